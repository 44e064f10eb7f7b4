//! Which object has which fields (asl-rules 2, 3, 11 to 13; feature map 4).

use super::shape::QueryShape::{
    self, NullablePath, Path, PathOrIntrinsic, ReferencePath, ResultPath, RulePath,
};
use super::shape::Shape::{
    self, Any, Array, Flag, Integer, Number, Object, Objects, OneOf, SomeObjects, SomeTexts,
    Template, Text, Timestamp,
};
use crate::graph::StateType;

/// How the values in a state are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    JsonPath,
    Jsonata,
}

impl Language {
    /// The name in definitions.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Language::JsonPath => "JSONPath",
            Language::Jsonata => "JSONata",
        }
    }
    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Language::JsonPath => Language::Jsonata,
            Language::Jsonata => Language::JsonPath,
        }
    }
}

/// What an object in a definition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Machine,
    Branch,
    Processor,
    ProcessorConfig,
    State(StateType),
    /// A state without a type, or with one that does not exist.
    UntypedState,
    Retrier,
    Catcher,
    /// A rule in `Choices`.
    Rule,
    /// A rule inside `And`, `Or` or `Not`.
    InnerRule,
    ItemReader,
    ReaderConfig,
    ItemBatcher,
    ResultWriter,
    WriterConfig,
}

/// A field that an object may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// The only language that knows it.
    pub(crate) only: Option<Language>,
    /// Whether a JSONata expression may stand for the value.
    pub(crate) expression: bool,
}

/// Fields of both languages in which JSONata expressions are evaluated, at any depth.
const EVALUATED: [&str; 6] = [
    "Assign",
    "ItemSelector",
    "BatchInput",
    "Error",
    "Cause",
    "Credentials",
];

impl Field {
    /// Whether JSONata expressions in the value are evaluated (asl-rules 7).
    pub(super) fn is_evaluated(&self) -> bool {
        self.expression || EVALUATED.contains(&self.name)
    }
    /// Whether such expressions may stand in it in a JSONata state.
    pub(super) fn holds_expressions(&self) -> bool {
        self.only != Some(Language::JsonPath) && self.is_evaluated()
    }
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        only: None,
        expression: false,
    }
}
/// A field whose value a JSONata expression can give.
const fn computed(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        only: None,
        expression: true,
    }
}
/// A field that a JSONPath query stands in.
const fn query(name: &'static str, shape: QueryShape) -> Field {
    path_only(name, Shape::Query(shape))
}
const fn path_only(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        only: Some(Language::JsonPath),
        expression: false,
    }
}
const fn jsonata_only(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        only: Some(Language::Jsonata),
        expression: true,
    }
}

const LONGEST: i64 = 99_999_999;
const LANGUAGES: &[&str] = &["JSONPath", "JSONata"];
pub(crate) const TYPES: &[&str] = &[
    "Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map",
];

const COMMENT: Field = field("Comment", Text);
const NEXT: Field = field("Next", Text);
const END: Field = field("End", Flag);
const ASSIGN: Field = field("Assign", Object);
const OUTPUT: Field = jsonata_only("Output", Any);
const ARGUMENTS: Field = jsonata_only("Arguments", Any);
const INPUT_PATH: Field = query("InputPath", NullablePath);
const OUTPUT_PATH: Field = query("OutputPath", NullablePath);
const PARAMETERS: Field = path_only("Parameters", Template);
const RESULT_SELECTOR: Field = path_only("ResultSelector", Template);
const RESULT_PATH: Field = query("ResultPath", ResultPath);
const RETRY: Field = field("Retry", Objects);
const CATCH: Field = field("Catch", Objects);

const STATE: &[Field] = &[
    field("Type", OneOf(TYPES)),
    COMMENT,
    field("QueryLanguage", OneOf(LANGUAGES)),
];

const TASK: &[Field] = &[
    NEXT,
    END,
    ASSIGN,
    OUTPUT,
    ARGUMENTS,
    INPUT_PATH,
    OUTPUT_PATH,
    PARAMETERS,
    RESULT_SELECTOR,
    RESULT_PATH,
    RETRY,
    CATCH,
    field("Resource", Text),
    field("Credentials", Object),
    computed("TimeoutSeconds", Integer(1, LONGEST)),
    query("TimeoutSecondsPath", ReferencePath),
    computed("HeartbeatSeconds", Integer(1, LONGEST)),
    query("HeartbeatSecondsPath", ReferencePath),
];
const PASS: &[Field] = &[
    NEXT,
    END,
    ASSIGN,
    OUTPUT,
    INPUT_PATH,
    OUTPUT_PATH,
    PARAMETERS,
    RESULT_PATH,
    path_only("Result", Any),
];
const WAIT: &[Field] = &[
    NEXT,
    END,
    ASSIGN,
    OUTPUT,
    INPUT_PATH,
    OUTPUT_PATH,
    computed("Seconds", Integer(0, LONGEST)),
    query("SecondsPath", ReferencePath),
    computed("Timestamp", Timestamp),
    query("TimestampPath", ReferencePath),
];
const CHOICE: &[Field] = &[
    ASSIGN,
    OUTPUT,
    INPUT_PATH,
    OUTPUT_PATH,
    field("Choices", SomeObjects),
    field("Default", Text),
];
const SUCCEED: &[Field] = &[OUTPUT, INPUT_PATH, OUTPUT_PATH];
const FAIL: &[Field] = &[
    field("Error", Text),
    query("ErrorPath", PathOrIntrinsic),
    field("Cause", Text),
    query("CausePath", PathOrIntrinsic),
];
const PARALLEL: &[Field] = &[
    NEXT,
    END,
    ASSIGN,
    OUTPUT,
    ARGUMENTS,
    INPUT_PATH,
    OUTPUT_PATH,
    PARAMETERS,
    RESULT_SELECTOR,
    RESULT_PATH,
    RETRY,
    CATCH,
    field("Branches", SomeObjects),
];
const MAP: &[Field] = &[
    NEXT,
    END,
    ASSIGN,
    OUTPUT,
    INPUT_PATH,
    OUTPUT_PATH,
    PARAMETERS,
    RESULT_SELECTOR,
    RESULT_PATH,
    RETRY,
    CATCH,
    field("ItemProcessor", Object),
    field("Iterator", Object),
    jsonata_only("Items", Array),
    query("ItemsPath", Path),
    field("ItemSelector", Template),
    computed("MaxConcurrency", Integer(0, i64::MAX)),
    query("MaxConcurrencyPath", ReferencePath),
    computed("ToleratedFailureCount", Integer(0, i64::MAX)),
    query("ToleratedFailureCountPath", ReferencePath),
    computed("ToleratedFailurePercentage", Number(0.0, 100.0)),
    query("ToleratedFailurePercentagePath", ReferencePath),
    field("ItemReader", Object),
    field("ItemBatcher", Object),
    field("ResultWriter", Object),
    field("Label", Text),
];
const MACHINE: &[Field] = &[
    field("States", Object),
    field("StartAt", Text),
    COMMENT,
    field("Version", OneOf(&["1.0"])),
    field("TimeoutSeconds", Integer(0, LONGEST)),
    field("QueryLanguage", OneOf(LANGUAGES)),
    field("ProcessorConfig", Object),
];
const BRANCH: &[Field] = &[field("States", Object), field("StartAt", Text), COMMENT];
const PROCESSOR: &[Field] = &[
    field("States", Object),
    field("StartAt", Text),
    COMMENT,
    field("ProcessorConfig", Object),
];
const PROCESSOR_CONFIG: &[Field] = &[
    field("Mode", OneOf(&["INLINE", "DISTRIBUTED"])),
    field("ExecutionType", OneOf(&["STANDARD", "EXPRESS"])),
];
const RETRIER: &[Field] = &[
    field("ErrorEquals", SomeTexts),
    field("IntervalSeconds", Integer(0, LONGEST)),
    field("MaxAttempts", Integer(0, LONGEST)),
    field("BackoffRate", Number(1.0, f64::MAX)),
    field("MaxDelaySeconds", Integer(1, 31_622_400)),
    field("JitterStrategy", OneOf(&["FULL", "NONE"])),
    COMMENT,
];
const CATCHER: &[Field] = &[
    field("ErrorEquals", SomeTexts),
    NEXT,
    RESULT_PATH,
    OUTPUT,
    ASSIGN,
    COMMENT,
];
const RULE: &[Field] = &[
    NEXT,
    COMMENT,
    ASSIGN,
    OUTPUT,
    jsonata_only("Condition", Flag),
    query("Variable", RulePath),
    path_only("And", SomeObjects),
    path_only("Or", SomeObjects),
    path_only("Not", Object),
];
const INNER_RULE: &[Field] = &[
    COMMENT,
    query("Variable", RulePath),
    path_only("And", SomeObjects),
    path_only("Or", SomeObjects),
    path_only("Not", Object),
];
const ITEM_READER: &[Field] = &[
    field("Resource", Text),
    PARAMETERS,
    ARGUMENTS,
    field("ReaderConfig", Object),
];
const READER_CONFIG: &[Field] = &[
    field(
        "InputType",
        OneOf(&["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]),
    ),
    field("Transformation", OneOf(&["NONE", "LOAD_AND_FLATTEN"])),
    field("ManifestType", OneOf(&["ATHENA_DATA", "S3_INVENTORY"])),
    field(
        "CSVDelimiter",
        OneOf(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    ),
    field("CSVHeaderLocation", OneOf(&["FIRST_ROW", "GIVEN"])),
    field("CSVHeaders", SomeTexts),
    computed("MaxItems", Integer(0, 100_000_000)),
    query("MaxItemsPath", ReferencePath),
    field("ItemsPointer", Text),
];
const ITEM_BATCHER: &[Field] = &[
    field("BatchInput", Template),
    computed("MaxItemsPerBatch", Integer(1, i64::MAX)),
    query("MaxItemsPerBatchPath", ReferencePath),
    computed("MaxInputBytesPerBatch", Integer(1, 262_144)),
    query("MaxInputBytesPerBatchPath", ReferencePath),
];
const RESULT_WRITER: &[Field] = &[
    field("Resource", Text),
    PARAMETERS,
    ARGUMENTS,
    field("WriterConfig", Object),
];
const WRITER_CONFIG: &[Field] = &[
    field("Transformation", OneOf(&["NONE", "COMPACT", "FLATTEN"])),
    field("OutputType", OneOf(&["JSON", "JSONL"])),
];

impl Kind {
    /// The fields of such an object, without the comparison operators of rules.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'static Field> {
        let (shared, own): (&[Field], &[Field]) = match self {
            Kind::State(kind) => (STATE, state_fields(kind)),
            Kind::UntypedState => (STATE, &[]),
            Kind::Machine => (&[], MACHINE),
            Kind::Branch => (&[], BRANCH),
            Kind::Processor => (&[], PROCESSOR),
            Kind::ProcessorConfig => (&[], PROCESSOR_CONFIG),
            Kind::Retrier => (&[], RETRIER),
            Kind::Catcher => (&[], CATCHER),
            Kind::Rule => (&[], RULE),
            Kind::InnerRule => (&[], INNER_RULE),
            Kind::ItemReader => (&[], ITEM_READER),
            Kind::ReaderConfig => (&[], READER_CONFIG),
            Kind::ItemBatcher => (&[], ITEM_BATCHER),
            Kind::ResultWriter => (&[], RESULT_WRITER),
            Kind::WriterConfig => (&[], WRITER_CONFIG),
        };
        shared.iter().chain(own)
    }

    /// The field of that name, comparison operators of rules included.
    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        let known = self.fields().find(|field| field.name == name);
        let is_rule = matches!(self, Kind::Rule | Kind::InnerRule);
        known.or_else(|| is_rule.then(|| operator(name)).flatten())
    }

    /// Every field of every object.
    #[cfg(test)]
    pub(crate) fn all_fields() -> impl Iterator<Item = (Kind, &'static Field)> {
        let others = [
            Kind::Machine,
            Kind::Branch,
            Kind::Processor,
            Kind::ProcessorConfig,
            Kind::UntypedState,
            Kind::Retrier,
            Kind::Catcher,
            Kind::Rule,
            Kind::InnerRule,
            Kind::ItemReader,
            Kind::ReaderConfig,
            Kind::ItemBatcher,
            Kind::ResultWriter,
            Kind::WriterConfig,
        ];
        let states = StateType::ALL.into_iter().map(Kind::State);
        let own = states
            .chain(others)
            .flat_map(|kind| kind.fields().map(move |field| (kind, field)));
        own.chain(OPERATORS.iter().map(|field| (Kind::Rule, field)))
    }

    /// Whether the fields of these objects are written for one language.
    pub(crate) fn is_rule(self) -> bool {
        matches!(self, Kind::Rule | Kind::InnerRule)
    }

    /// What such an object is called in a message.
    pub(crate) fn noun(self) -> String {
        match self {
            Kind::State(kind) => format!("a {} state", kind.name()),
            Kind::UntypedState => "a state".to_owned(),
            Kind::Machine => "a workflow".to_owned(),
            Kind::Branch => "a branch".to_owned(),
            Kind::Processor => "an ItemProcessor".to_owned(),
            Kind::ProcessorConfig => "a ProcessorConfig".to_owned(),
            Kind::Retrier => "a retrier".to_owned(),
            Kind::Catcher => "a catcher".to_owned(),
            Kind::Rule => "a Choice rule".to_owned(),
            Kind::InnerRule => "a rule inside And, Or or Not".to_owned(),
            Kind::ItemReader => "an ItemReader".to_owned(),
            Kind::ReaderConfig => "a ReaderConfig".to_owned(),
            Kind::ItemBatcher => "an ItemBatcher".to_owned(),
            Kind::ResultWriter => "a ResultWriter".to_owned(),
            Kind::WriterConfig => "a WriterConfig".to_owned(),
        }
    }
}

fn state_fields(kind: StateType) -> &'static [Field] {
    match kind {
        StateType::Task => TASK,
        StateType::Pass => PASS,
        StateType::Choice => CHOICE,
        StateType::Wait => WAIT,
        StateType::Succeed => SUCCEED,
        StateType::Fail => FAIL,
        StateType::Parallel => PARALLEL,
        StateType::Map => MAP,
    }
}

/// One of the 39 tests of a rule (feature map 4.4).
fn operator(name: &str) -> Option<&'static Field> {
    OPERATORS.iter().find(|field| field.name == name)
}

/// The 39 tests.
pub(crate) const OPERATORS: &[Field] = &[
    path_only("StringEquals", Text),
    query("StringEqualsPath", RulePath),
    path_only("StringLessThan", Text),
    query("StringLessThanPath", RulePath),
    path_only("StringGreaterThan", Text),
    query("StringGreaterThanPath", RulePath),
    path_only("StringLessThanEquals", Text),
    query("StringLessThanEqualsPath", RulePath),
    path_only("StringGreaterThanEquals", Text),
    query("StringGreaterThanEqualsPath", RulePath),
    path_only("StringMatches", Text),
    path_only("NumericEquals", Number(f64::MIN, f64::MAX)),
    query("NumericEqualsPath", RulePath),
    path_only("NumericLessThan", Number(f64::MIN, f64::MAX)),
    query("NumericLessThanPath", RulePath),
    path_only("NumericGreaterThan", Number(f64::MIN, f64::MAX)),
    query("NumericGreaterThanPath", RulePath),
    path_only("NumericLessThanEquals", Number(f64::MIN, f64::MAX)),
    query("NumericLessThanEqualsPath", RulePath),
    path_only("NumericGreaterThanEquals", Number(f64::MIN, f64::MAX)),
    query("NumericGreaterThanEqualsPath", RulePath),
    path_only("BooleanEquals", Flag),
    query("BooleanEqualsPath", RulePath),
    path_only("TimestampEquals", Timestamp),
    query("TimestampEqualsPath", RulePath),
    path_only("TimestampLessThan", Timestamp),
    query("TimestampLessThanPath", RulePath),
    path_only("TimestampGreaterThan", Timestamp),
    query("TimestampGreaterThanPath", RulePath),
    path_only("TimestampLessThanEquals", Timestamp),
    query("TimestampLessThanEqualsPath", RulePath),
    path_only("TimestampGreaterThanEquals", Timestamp),
    query("TimestampGreaterThanEqualsPath", RulePath),
    path_only("IsNull", Flag),
    path_only("IsPresent", Flag),
    path_only("IsNumeric", Flag),
    path_only("IsString", Flag),
    path_only("IsBoolean", Flag),
    path_only("IsTimestamp", Flag),
];
