//! Where AWS's documentation says more. Addresses only: nothing is read from there.

use crate::check::fields::Kind;
use crate::editor::help::Page;
use crate::graph::StateType;

macro_rules! address {
    ($name:literal) => {
        concat!(
            "https://docs.aws.amazon.com/step-functions/latest/dg/",
            $name,
            ".html"
        )
    };
}

const fn page(title: &'static str, address: &'static str) -> Page {
    Page { title, address }
}

/// On definitions as a whole.
pub(in crate::editor) const MACHINE_PAGE: Page = page(
    "State machine structure",
    address!("statemachine-structure"),
);
const ERRORS: Page = page("Handling errors", address!("concepts-error-handling"));
const VARIABLES: Page = page("Variables", address!("workflow-variables"));
const PATHS: Page = page(
    "Input and output with JSONPath",
    address!("concepts-input-output-filtering"),
);
const JSONATA: Page = page(
    "Transforming data with JSONata",
    address!("transforming-data"),
);
const READER: Page = page("ItemReader", address!("input-output-itemreader"));
const BATCHER: Page = page("ItemBatcher", address!("input-output-itembatcher"));
const WRITER: Page = page("ResultWriter", address!("input-output-resultwriter"));

/// On a type of states.
pub(in crate::editor) const fn state_page(kind: StateType) -> Page {
    match kind {
        StateType::Task => page("Task state", address!("state-task")),
        StateType::Pass => page("Pass state", address!("state-pass")),
        StateType::Choice => page("Choice state", address!("state-choice")),
        StateType::Wait => page("Wait state", address!("state-wait")),
        StateType::Succeed => page("Succeed state", address!("state-succeed")),
        StateType::Fail => page("Fail state", address!("state-fail")),
        StateType::Parallel => page("Parallel state", address!("state-parallel")),
        StateType::Map => page("Map state", address!("state-map")),
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
