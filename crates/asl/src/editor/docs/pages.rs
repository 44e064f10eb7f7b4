//! Where AWS's documentation says more. Addresses only: nothing is read from there.

use crate::check::fields::Kind;
use crate::editor::help::Page;
use crate::graph::StateType;

const fn page(title: &'static str, address: &'static str) -> Page {
    Page { title, address }
}

/// On definitions as a whole.
pub(in crate::editor) const MACHINE_PAGE: Page = page(
    "State machine structure",
    "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html",
);
const ERRORS: Page = page(
    "Handling errors",
    "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
);
const VARIABLES: Page = page(
    "Variables",
    "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html",
);
const PATHS: Page = page(
    "Input and output with JSONPath",
    "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html",
);
const JSONATA: Page = page(
    "Transforming data with JSONata",
    "https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html",
);
const READER: Page = page(
    "ItemReader",
    "https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html",
);
const BATCHER: Page = page(
    "ItemBatcher",
    "https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html",
);
const WRITER: Page = page(
    "ResultWriter",
    "https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html",
);

/// On a type of states.
pub(in crate::editor) const fn state_page(kind: StateType) -> Page {
    match kind {
        StateType::Task => page(
            "Task state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html",
        ),
        StateType::Pass => page(
            "Pass state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html",
        ),
        StateType::Choice => page(
            "Choice state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html",
        ),
        StateType::Wait => page(
            "Wait state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html",
        ),
        StateType::Succeed => page(
            "Succeed state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html",
        ),
        StateType::Fail => page(
            "Fail state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html",
        ),
        StateType::Parallel => page(
            "Parallel state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html",
        ),
        StateType::Map => page(
            "Map state",
            "https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html",
        ),
    }
}

/// On a field of such an object.
pub(in crate::editor) fn field_page(kind: Kind, name: &str) -> Page {
    match (name, kind) {
        ("Retry" | "Catch", _) | (_, Kind::Retrier) => ERRORS,
        ("Assign", _) => VARIABLES,
        (_, Kind::Catcher) => ERRORS,
        ("ItemReader", _) | (_, Kind::ItemReader | Kind::ReaderConfig) => READER,
        ("ItemBatcher", _) | (_, Kind::ItemBatcher) => BATCHER,
        ("ResultWriter", _) | (_, Kind::ResultWriter | Kind::WriterConfig) => WRITER,
        ("InputPath" | "OutputPath" | "ResultPath" | "ResultSelector" | "Parameters", _) => PATHS,
        ("QueryLanguage" | "Arguments" | "Output", _) => JSONATA,
        (_, Kind::State(kind)) => state_page(kind),
        (_, Kind::Rule | Kind::InnerRule) => state_page(StateType::Choice),
        (_, Kind::Branch) => state_page(StateType::Parallel),
        (_, Kind::Processor | Kind::ProcessorConfig) => state_page(StateType::Map),
        (_, Kind::Machine | Kind::UntypedState) => MACHINE_PAGE,
    }
}
