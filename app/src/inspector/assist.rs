//! Help in fields for expressions and paths: what can stand there, what it gives on sample data, what things are. All answers
//! come from [`asl::editor`]; the data is what the last dry run has shown, else the sample input.

use super::place::Place;
use super::slot::expression_in;
use crate::code::Known;
use crate::session::Session;
use crate::text::inspector as text;
use crate::ui::{Helper, Offered, Tried};
use asl::editor::{
    Basis, Completion, Completions, Knowledge, SignatureHelp, Trial, complete_field, complete_json,
    hover_in_field, hover_in_json, signature_help_in_field, signature_help_in_json, try_field,
    try_in_json,
};
use asl::text::{Pointer, TextEdit};
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

    /// What the one expression gives that the cursor is in, in the JSON at a place.
    fn attempt_at(self, at: &Pointer, entry: &str, cursor: usize) -> Option<Tried> {
        let document = self.session.outlined().get_untracked();
        let trial = try_in_json(&document, at, entry, cursor, &self.knowledge())?;
        Some(at_cursor(self.told(trial)))
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

/// The same with words that say that it is about a part of the entry.
fn at_cursor(tried: Tried) -> Tried {
    let named = |caption: String| match &*caption {
        "" => caption,
        basis => text::at_cursor(basis),
    };
    match tried {
        Tried::Value { text, caption } => Tried::Value {
            text,
            caption: named(caption),
        },
        Tried::Fault { words, caption } => Tried::Fault {
            words,
            caption: named(caption),
        },
        Tried::Unknown(words) => Tried::Unknown(words),
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
                    signature_help_in_field(&document, &at, &typed, place)
                        .as_ref()
                        .map(call)
                })
        }),
        attempt: Callback::new(move |(entry, _): (String, usize)| {
            sample?.attempt(&at.pointer(), &Value::from(shown.written(&entry)))
        }),
    }
}

/// The helper of a box that holds the JSON at a place. It gives the value of the expression at the cursor, else that of all
/// of the entry while it is whole.
pub(super) fn json_helper(at: Place) -> Helper {
    let sample = use_context::<Sample>();
    let session = at.session;
    let knowledge = move || sample.map(Sample::knowledge).unwrap_or_default();
    Helper {
        offers: Callback::new(move |(entry, place): (String, usize)| {
            let document = session.outlined().get_untracked();
            offers_in_json(
                complete_json(&document, &at.pointer(), &entry, place, &knowledge()),
                &entry,
            )
        }),
        explain: Callback::new(move |(entry, place): (String, usize)| {
            let document = session.outlined().get_untracked();
            let pointer = at.pointer();
            hover_in_json(&document, &pointer, &entry, place, &knowledge())
                .map(|found| found.text)
                .or_else(|| {
                    signature_help_in_json(&document, &pointer, &entry, place)
                        .as_ref()
                        .map(call)
                })
        }),
        attempt: Callback::new(move |(entry, place): (String, usize)| {
            let (sample, pointer) = (sample?, at.pointer());
            sample
                .attempt_at(&pointer, &entry, place)
                .or_else(|| sample.attempt(&pointer, &whole(&entry)?))
        }),
    }
}

/// The value of an entry; nothing while it is no JSON or holds nothing to evaluate.
fn whole(entry: &str) -> Option<Value> {
    let value = serde_json::from_str(entry).ok()?;
    let is_dynamic = entry.contains("{%") || entry.contains(".$\"");
    is_dynamic.then_some(value)
}

/// The call around a cursor, in words.
fn call(call: &SignatureHelp) -> String {
    format!("`{}`\n\n{}", call.label, call.documentation)
}

/// Offers for JSON; a comma that is missing before what they write belongs to each of them.
fn offers_in_json(found: Completions, entry: &str) -> Vec<Offered> {
    let Completions { items, also } = found;
    let items = items.into_iter();
    items
        .filter_map(|item| offer(item, entry, 0))
        .map(|offered| match also.first() {
            Some(before) => with_edit(offered, before, entry),
            None => offered,
        })
        .collect()
}

/// An offer with an edit before it, as one change.
fn with_edit(offered: Offered, before: &TextEdit, entry: &str) -> Offered {
    let between = entry.get(before.span.end..offered.from).unwrap_or_default();
    let head = format!("{}{between}", before.replacement);
    let shift = head.len();
    Offered {
        from: before.span.start.min(offered.from),
        stop: offered
            .stop
            .map(|(start, end)| (start + shift, end + shift)),
        insert: head + &offered.insert,
        ..offered
    }
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
        with(|place| helper(place, Shown::Inside), claim);
    }

    fn with(make: impl FnOnce(Place) -> Helper, claim: impl FnOnce(Helper)) {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            Sample::provide(session, RwSignal::new(r#"{"score": 0.5}"#.to_owned()));
            let state = "/States/A".parse().expect("a pointer");
            let at = Place::of_state(session, state).member("Output");
            claim(make(at));
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
            let gives = helper
                .attempt
                .run(("$states.input.score * 2".to_owned(), 0));
            assert_eq!(
                gives,
                Some(Tried::Value {
                    text: "1".to_owned(),
                    caption: "On the sample input".to_owned()
                })
            );
            let told = helper.explain.run(("$count([])".to_owned(), 2));
            assert!(told.is_some_and(|words| words.contains("$count")));
            let fails = helper.attempt.run(("$states.input.".to_owned(), 0));
            assert!(matches!(fails, Some(Tried::Fault { .. })), "{fails:?}");
        });
    }

    #[test]
    fn an_expression_with_its_braces_typed_is_taken_as_it_is() {
        assert_eq!(Shown::Inside.written("{% $x %}"), "{% $x %}");
        assert_eq!(Shown::Inside.shift("{% $x %}"), 0);
        assert_eq!(Shown::Inside.written("$x"), "{% $x %}");
    }

    #[test]
    fn json_is_completed_where_it_is_broken_and_the_expression_at_the_cursor_is_tried_alone() {
        with(json_helper, |helper| {
            let entry = r#"{"a": "{% $states.input.sc"#;
            let offers = helper.offers.run((entry.to_owned(), entry.len()));
            let first = offers.first().expect("an offer");
            assert_eq!(
                (&*first.label, &*first.insert),
                ("score", "\"{% $states.input.score\"")
            );
            let entry = r#"{"a": "{% $states.input.score %}", "b": "{% 1 + 1 %}"}"#;
            let gives = |at| helper.attempt.run((entry.to_owned(), at));
            let value = |text: &str, caption: &str| {
                let (text, caption) = (text.to_owned(), caption.to_owned());
                Some(Tried::Value { text, caption })
            };
            assert_eq!(
                gives(12),
                value("0.5", "On the sample input, at the cursor")
            );
            assert_eq!(
                gives(entry.len()),
                value(r#"{"a":0.5,"b":2}"#, "On the sample input")
            );
        });
    }

    #[test]
    fn a_missing_comma_is_part_of_an_offer() {
        with(json_helper, |helper| {
            let entry = "{\"a\": 1 \n \"";
            let offered = Offered {
                label: String::new(),
                detail: String::new(),
                docs: String::new(),
                from: 10,
                to: 11,
                insert: "\"b\": 2".to_owned(),
                stop: Some((5, 6)),
            };
            let comma = TextEdit::new(asl::text::Span::at(7), ",");
            let joined = with_edit(offered, &comma, entry);
            assert_eq!(
                (joined.from, joined.to, &*joined.insert),
                (7, 11, ", \n \"b\": 2")
            );
            assert_eq!(joined.stop, Some((9, 10)));
            assert!(helper.offers.run((entry.to_owned(), 3)).is_empty());
        });
    }
}
