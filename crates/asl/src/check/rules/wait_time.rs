//! `MISSING_WAIT_TIME`: a Wait says for how long, or until when (asl-rules 3.3).

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::fields::{Kind, Language};
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::Span;
use serde_json::Value;

const ONE_OF: [&str; 4] = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let waits = view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Wait));
    for place in waits {
        if ONE_OF.iter().any(|name| place.node.member(name).is_some()) {
            continue;
        }
        let known = match place.language {
            Language::JsonPath => "Seconds, Timestamp, SecondsPath or TimestampPath",
            Language::Jsonata => "Seconds or Timestamp",
        };
        let message = format!(
            "{} does not say how long to wait; set {known}.",
            view.name(place.state)
        );
        let span = Span::new(place.node.span.start, place.node.span.start + 1);
        let finding = Diagnostic::error("MISSING_WAIT_TIME", span, place.pointer.clone(), message)
            .aws("This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]");
        let finding = if wants_fix(found) {
            let edits =
                view.document
                    .add_member(&view.style, place.node, "Seconds", &Value::from(60));
            finding.fix("Wait 60 seconds", edits)
        } else {
            finding
        };
        found.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    #[test]
    fn a_wait_says_how_long() {
        let text = state(r#"{"Type": "Wait", "End": true}"#);
        assert_eq!(codes(&text), ["MISSING_WAIT_TIME"]);
        clean_after_fix(&text);
    }
}
