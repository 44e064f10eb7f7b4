//! What is filled in for a test: texts as typed, so that nothing typed is lost. Pure; where first values come from is told.

use crate::text::test_state as text;
use asl::dry_run::mocks::Answer;
use asl::editor::Seen;
use asl::graph::StateType;
use asl::test_state::{
    Configuration, ErrorOutput, FieldValidationMode, Mock, Request, example_result,
};
use serde_json::{Value, json};

/// What the work of the state is said to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Work {
    #[default]
    Result,
    Error,
}

/// The fields of a test, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entries {
    pub(super) input: String,
    pub(super) variables: String,
    pub(super) context: String,
    pub(super) work: Work,
    pub(super) result: String,
    pub(super) error: String,
    pub(super) cause: String,
    /// How many retries were made before.
    pub(super) retries: u64,
    /// How many iterations of a Map failed.
    pub(super) failures: u64,
    /// What a Map's reader has read.
    pub(super) items: String,
    /// The state inside that the error comes from.
    pub(super) inner: String,
    pub(super) validation: Validation,
}

/// How a result is held against the service's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Validation {
    Strict,
    #[default]
    Present,
    Off,
}

impl Validation {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Present => "present",
            Self::Off => "off",
        }
    }

    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "strict" => Self::Strict,
            "off" => Self::Off,
            _ => Self::Present,
        }
    }
}

/// A field that something is wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Input,
    Variables,
    Context,
    Result,
    Items,
}

impl Entries {
    /// The text of a field.
    pub(super) fn text(&self, field: Field) -> &str {
        match field {
            Field::Input => &self.input,
            Field::Variables => &self.variables,
            Field::Context => &self.context,
            Field::Result => &self.result,
            Field::Items => &self.items,
        }
    }

    pub(super) fn set(&mut self, field: Field, text: String) {
        let place = match field {
            Field::Input => &mut self.input,
            Field::Variables => &mut self.variables,
            Field::Context => &mut self.context,
            Field::Result => &mut self.result,
            Field::Items => &mut self.items,
        };
        *place = text;
    }

    /// What is wrong with a field's text.
    pub(super) fn fault(&self, field: Field) -> Option<String> {
        let read = match crate::ui::json::read(self.text(field)) {
            Ok(read) => read,
            Err(words) => return Some(words),
        };
        match (field, read) {
            (Field::Variables | Field::Context, Some(value)) if !value.is_object() => {
                Some(text::NO_OBJECT.to_owned())
            }
            (Field::Result, None) => Some(text::NO_RESULT.to_owned()),
            _ => None,
        }
    }

    /// The fields that are looked at in a state of this kind.
    pub(super) fn fields(&self, kind: StateType) -> Vec<Field> {
        let mut fields = vec![Field::Input, Field::Variables];
        if works(kind) {
            fields.push(Field::Context);
            if self.work == Work::Result {
                fields.push(Field::Result);
            }
        }
        if kind == StateType::Map {
            fields.push(Field::Items);
        }
        fields
    }

    /// What the work is said to give, as an answer in sample results; none when it cannot be read.
    pub(super) fn answer(&self) -> Option<Answer> {
        match self.work {
            Work::Error => Some(Answer::Throw {
                error: self.error.trim().to_owned(),
                cause: self.cause.trim().to_owned(),
            }),
            Work::Result => serde_json::from_str(&self.result).ok().map(Answer::Return),
        }
    }

    /// The request for a state of this kind, without its definition.
    pub(super) fn request(&self, kind: StateType) -> Request {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        let mut request = Request {
            input: filled(&self.input),
            variables: filled(&self.variables),
            inspection_level: asl::test_state::InspectionLevel::Trace,
            ..Request::default()
        };
        if works(kind) {
            request.context = filled(&self.context);
            request.mock = Some(self.mock());
            request.configuration = self.configuration(kind);
        }
        request
    }

    fn mock(&self) -> Mock {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let is_error = self.work == Work::Error;
        Mock {
            result: (!is_error).then(|| self.result.clone()),
            error_output: is_error.then(|| ErrorOutput {
                error: filled(&self.error),
                cause: filled(&self.cause),
            }),
            field_validation_mode: match self.validation {
                Validation::Strict => FieldValidationMode::Strict,
                Validation::Present => FieldValidationMode::Present,
                Validation::Off => FieldValidationMode::None,
            },
        }
    }

    fn configuration(&self, kind: StateType) -> Configuration {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let is_map = kind == StateType::Map;
        let has_inner = is_map || kind == StateType::Parallel;
        Configuration {
            retrier_retry_count: (self.retries > 0).then_some(self.retries),
            error_caused_by_state: filled(&self.inner)
                .filter(|_| has_inner && self.work == Work::Error),
            map_iteration_failure_count: (is_map && self.failures > 0).then_some(self.failures),
            map_item_reader_data: filled(&self.items).filter(|_| is_map),
        }
    }
}

/// Whether a state of this kind has work whose result is filled in.
pub(super) fn works(kind: StateType) -> bool {
    match kind {
        StateType::Task | StateType::Parallel | StateType::Map => true,
        StateType::Pass
        | StateType::Choice
        | StateType::Wait
        | StateType::Succeed
        | StateType::Fail => false,
    }
}

/// What is known of a state before somebody fills anything in.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// What the last dry run has shown of it.
    pub(super) seen: Option<Seen>,
    /// The sample input of the pipeline, where the state is its first one.
    pub(super) sample: Option<Value>,
    /// Its sample result: a result, or an error with its cause.
    pub(super) mocked: Option<Result<Value, (String, String)>>,
    pub(super) resource: String,
    /// How many branches a Parallel has.
    pub(super) branches: usize,
}

impl Known {
    /// The fields to begin with.
    pub(super) fn entries(&self, kind: StateType) -> Entries {
        let seen = self.seen.as_ref();
        let input = seen.and_then(|seen| seen.input.clone());
        let input = input.or_else(|| self.sample.clone()).unwrap_or(json!({}));
        let variables = seen.map(|seen| seen.variables.clone()).unwrap_or_default();
        let mut entries = Entries {
            input: pretty(&input),
            ..Entries::default()
        };
        if !variables.is_empty() {
            entries.variables = pretty(&Value::Object(variables));
        }
        match &self.mocked {
            Some(Err((error, cause))) => {
                entries.work = Work::Error;
                (entries.error, entries.cause) = (error.clone(), cause.clone());
            }
            Some(Ok(_)) | None => "States.TaskFailed".clone_into(&mut entries.error),
        }
        entries.result = pretty(&self.result(kind));
        entries
    }

    /// The sample result, what the last dry run gave, or an example.
    fn result(&self, kind: StateType) -> Value {
        let mocked = self.mocked.as_ref().and_then(|mocked| mocked.as_ref().ok());
        let seen = self.seen.as_ref().and_then(|seen| seen.result.as_ref());
        mocked.or(seen).cloned().unwrap_or_else(|| match kind {
            StateType::Parallel => Value::Array(vec![json!({}); self.branches]),
            StateType::Map => json!([]),
            StateType::Task
            | StateType::Pass
            | StateType::Choice
            | StateType::Wait
            | StateType::Succeed
            | StateType::Fail => example_result(&self.resource),
        })
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_begins_with_what_the_dry_run_has_shown_and_what_the_samples_say() {
        let known = Known {
            seen: Some(Seen {
                input: Some(json!(1)),
                result: Some(json!(2)),
                variables: json!({"x": 3}).as_object().cloned().unwrap_or_default(),
                ..Seen::default()
            }),
            mocked: Some(Ok(json!({"a": 4}))),
            ..Known::default()
        };
        let entries = known.entries(StateType::Task);
        assert_eq!(entries.input, "1");
        assert!(entries.variables.contains("\"x\": 3"));
        assert!(entries.result.contains("\"a\": 4"));
        let failed = Known {
            mocked: Some(Err(("Busy".to_owned(), "later".to_owned()))),
            ..known
        };
        let entries = failed.entries(StateType::Task);
        assert_eq!((entries.work, &*entries.error), (Work::Error, "Busy"));
        assert_eq!(entries.result, "2");
    }

    #[test]
    fn without_anything_known_a_result_is_an_example_that_fits_the_state() {
        let known = Known {
            resource: "arn:aws:states:::lambda:invoke".to_owned(),
            branches: 2,
            ..Known::default()
        };
        assert!(known.entries(StateType::Task).result.contains("StatusCode"));
        let parallel = known.entries(StateType::Parallel).result;
        assert_eq!(
            serde_json::from_str::<Value>(&parallel).ok(),
            Some(json!([{}, {}]))
        );
        assert_eq!(known.entries(StateType::Pass).input, "{}");
    }

    #[test]
    fn what_is_wrong_with_a_text_is_told_for_its_field() {
        let mut entries = Entries {
            input: "{".to_owned(),
            variables: "[1]".to_owned(),
            ..Entries::default()
        };
        assert!(
            entries
                .fault(Field::Input)
                .is_some_and(|words| words.starts_with("Line 1"))
        );
        assert!(
            entries
                .fault(Field::Variables)
                .is_some_and(|words| words.contains("object"))
        );
        assert!(entries.fault(Field::Result).is_some());
        entries.set(Field::Input, "{}".to_owned());
        assert_eq!(entries.fault(Field::Input), None);
        assert!(!entries.fields(StateType::Pass).contains(&Field::Result));
    }
}
