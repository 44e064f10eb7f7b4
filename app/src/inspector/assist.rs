//! Help in fields for expressions and paths: what can stand there, what it gives on sample data, what things are. All answers
//! come from [`asl::editor`]; the data is what the last dry run has shown, else the sample input.

use super::place::Place;
use super::slot::expression_in;
use crate::code::Known;
use crate::session::Session;
use crate::text::inspector as text;
use crate::ui::{Helper, Offered, Tried};
use asl::editor::{
    Basis, Completion, Knowledge, Trial, complete_field, hover_in_field, signature_help_in_field,
    try_field,
};
use asl::text::Pointer;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// What is known of the data of a pipeline.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    session: Session,
    input: RwSignal<String>,
    known: StoredValue<Known>,
}

impl Sample {
    /// Gives the fields below the sample input and what the session's dry run has shown.
    pub(super) fn provide(session: Session, input: RwSignal<String>) -> Self {
        let sample = Self {
            session,
            input,
            known: StoredValue::new(Known::default()),
        };
        provide_context(sample);
        sample
    }

    /// What is known at present.
    pub(super) fn knowledge(self) -> Arc<Knowledge> {
        let (input, shown) = (self.input.get_untracked(), self.session.shown().get_value());
        let mut found = Arc::default();
        self.known
            .update_value(|known| found = known.of(input, shown));
        found
    }

    /// What a value at a place gives.
    fn attempt(self, at: &Pointer, value: &Value) -> Option<Tried> {
        let document = self.session.outlined().get_untracked();
        let trial = try_field(&document, at, value, &self.knowledge())?;
        Some(self.told(trial))
    }

    fn told(self, trial: Trial) -> Tried {
        match trial {
            Trial::Value { value, basis } => Tried::Value {
                text: value.to_string(),
                caption: caption(basis).to_owned(),
            },
            Trial::Fault {
                words,
                basis: Basis::Sample,
            } if self.is_blank() => Tried::Unknown(text::sample_is_empty(&words)),
            Trial::Fault { words, basis } => Tried::Fault {
                words,
                caption: match basis {
                    Basis::Text => String::new(),
                    Basis::Run | Basis::Sample => caption(basis).to_owned(),
                },
            },
            Trial::Unknown(words) => Tried::Unknown(words.to_owned()),
        }
    }

    /// Whether nobody has given a sample input.
    fn is_blank(self) -> bool {
        let input = self.input.get_untracked();
        let text: String = input.split_whitespace().collect();
        text.is_empty() || text == "{}"
    }
}

fn caption(basis: Basis) -> &'static str {
    match basis {
        Basis::Run => text::IN_DRY_RUN,
        Basis::Sample => text::ON_SAMPLE,
        Basis::Text => text::BY_DEFINITION,
    }
}

/// How a field shows what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    Whole,
    /// Without the `{%` and `%}` around it.
    Inside,
}

const OPEN: &str = "{% ";

impl Shown {
    /// What is written for an entry.
    fn written(self, entry: &str) -> String {
        match self {
            Self::Whole => entry.to_owned(),
            Self::Inside if expression_in(entry).is_some() => entry.to_owned(),
            Self::Inside => format!("{OPEN}{entry} %}}"),
        }
    }

    /// How far what is written is shifted against the entry.
    fn shift(self, entry: &str) -> usize {
        match self {
            Self::Whole => 0,
            Self::Inside if expression_in(entry).is_some() => 0,
            Self::Inside => OPEN.len(),
        }
    }
}

/// The helper of a field that holds the value at a place.
pub(super) fn helper(at: Place, shown: Shown) -> Helper {
    let sample = use_context::<Sample>();
    let session = at.session;
    let knowledge = move || sample.map(Sample::knowledge).unwrap_or_default();
    Helper {
        offers: Callback::new(move |(entry, place): (String, usize)| {
            let document = session.outlined().get_untracked();
            let (typed, shift) = (shown.written(&entry), shown.shift(&entry));
            let found = complete_field(
                &document,
                &at.pointer(),
                &typed,
                place + shift,
                &knowledge(),
            );
            let items = found.items.into_iter();
            items
                .filter_map(|item| offer(item, &entry, shift))
                .collect()
        }),
        explain: Callback::new(move |(entry, place): (String, usize)| {
            let document = session.outlined().get_untracked();
            let (typed, place) = (shown.written(&entry), place + shown.shift(&entry));
            let (at, known) = (at.pointer(), knowledge());
            hover_in_field(&document, &at, &typed, place, &known)
                .map(|found| found.text)
                .or_else(|| {
                    let call = signature_help_in_field(&document, &at, &typed, place)?;
                    Some(format!("`{}`\n\n{}", call.label, call.documentation))
                })
        }),
        attempt: Callback::new(move |entry: String| {
            sample?.attempt(&at.pointer(), &Value::from(shown.written(&entry)))
        }),
    }
}

/// What the JSON at a place gives while it is written; nothing while it is no JSON or holds nothing to evaluate.
pub(super) fn json_attempt(at: Place) -> Callback<String, Option<Tried>> {
    let sample = use_context::<Sample>();
    Callback::new(move |entry: String| {
        let value: Value = serde_json::from_str(&entry).ok()?;
        let is_dynamic = entry.contains("{%") || entry.contains(".$\"");
        is_dynamic
            .then(|| sample?.attempt(&at.pointer(), &value))
            .flatten()
    })
}

/// An offer for the entry; none where it would change what is around the entry.
fn offer(item: Completion, entry: &str, shift: usize) -> Option<Offered> {
    let span = item.edit.span;
    let (from, to) = (span.start.checked_sub(shift)?, span.end.checked_sub(shift)?);
    if to > entry.len() {
        return None;
    }
    Some(Offered {
        label: item.label,
        detail: item.detail,
        docs: item.documentation,
        from,
        to,
        stop: item.edit.stops.first().map(|stop| (stop.start, stop.end)),
        insert: item.edit.text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::callback::Callable;

    const TEXT: &str = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% 1 %}", "End": true}}}"#;

    fn with_helper(claim: impl FnOnce(Helper)) {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            Sample::provide(session, RwSignal::new(r#"{"score": 0.5}"#.to_owned()));
            let state = "/States/A".parse().expect("a pointer");
            let at = Place::of_state(session, state).member("Output");
            claim(helper(at, Shown::Inside));
        });
    }

    #[test]
    fn an_expression_is_completed_without_its_braces() {
        with_helper(|helper| {
            let entry = "$states.input.sc";
            let offers = helper.offers.run((entry.to_owned(), entry.len()));
            let first = offers.first().expect("an offer");
            assert_eq!(first.label, "score");
            assert_eq!(entry.get(first.from..first.to), Some("sc"));
        });
    }

    #[test]
    fn what_an_expression_gives_and_what_its_functions_do_is_told() {
        with_helper(|helper| {
            let gives = helper.attempt.run("$states.input.score * 2".to_owned());
            assert_eq!(
                gives,
                Some(Tried::Value {
                    text: "1".to_owned(),
                    caption: "On the sample input".to_owned()
                })
            );
            let told = helper.explain.run(("$count([])".to_owned(), 2));
            assert!(told.is_some_and(|words| words.contains("$count")));
            let fails = helper.attempt.run("$states.input.".to_owned());
            assert!(matches!(fails, Some(Tried::Fault { .. })), "{fails:?}");
        });
    }

    #[test]
    fn an_expression_with_its_braces_typed_is_taken_as_it_is() {
        assert_eq!(Shown::Inside.written("{% $x %}"), "{% $x %}");
        assert_eq!(Shown::Inside.shift("{% $x %}"), 0);
        assert_eq!(Shown::Inside.written("$x"), "{% $x %}");
    }
}
