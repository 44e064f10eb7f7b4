//! `DEFINITION_TOO_LONG`: a text that AWS refuses for its length, or that soon comes to it (feature map, API-901).

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::text::{Pointer, Span};

/// Characters that a definition may have.
const MOST: usize = 1_048_576;

/// From here on it is told: nine tenths.
const NEAR: usize = MOST / 10 * 9;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let text = view.document.text();
    // No text has more characters than bytes.
    if text.len() < NEAR {
        return;
    }
    let length = text.chars().count();
    if length > MOST {
        let message = format!(
            "The definition has {length} characters, and AWS takes {MOST}; move a part into a pipeline of its own, or keep \
             large constants in a store."
        );
        let finding = Diagnostic::error("DEFINITION_TOO_LONG", start(), Pointer::root(), message);
        found.push(finding.aws(format!(
            "Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to {MOST}"
        )));
    } else if length >= NEAR {
        let message = format!(
            "The definition has {length} of the {MOST} characters that AWS takes; keep large constants in a store."
        );
        found.push(Diagnostic::warning(
            "DEFINITION_TOO_LONG",
            start(),
            Pointer::root(),
            message,
        ));
    }
}

fn start() -> Span {
    Span::new(0, 1)
}

#[cfg(test)]
mod tests {
    use crate::check::Severity;
    use crate::check::tests::{codes, only};

    fn of_length(length: usize) -> String {
        let head = r#"{"StartAt": "A", "Comment": ""#;
        let tail = r#"", "States": {"A": {"Type": "Succeed"}}}"#;
        let filling = "ä".repeat(length - head.len() - tail.len());
        format!("{head}{filling}{tail}")
    }

    #[test]
    fn a_definition_is_told_when_it_comes_near_to_what_aws_takes_and_refused_beyond() {
        assert_eq!(codes(&of_length(900_000)), Vec::<&str>::new());
        let near = only(&of_length(1_048_576), "DEFINITION_TOO_LONG");
        assert_eq!(near.severity, Severity::Warning);
        let beyond = only(&of_length(1_048_577), "DEFINITION_TOO_LONG");
        assert_eq!(beyond.severity, Severity::Error);
    }
}
