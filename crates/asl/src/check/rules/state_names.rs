//! `INVALID_STATE_NAME`: names have 1 to 80 characters (asl-rules 1).

use crate::check::Diagnostic;
use crate::check::view::View;

const LONGEST: usize = 80;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for state in view.states() {
        let length = state.outline.name.chars().count();
        let message = match length {
            0 => "A state needs a name.".to_owned(),
            1..=LONGEST => continue,
            _ => format!("This name has {length} characters; shorten it to at most {LONGEST}."),
        };
        let finding = Diagnostic::error(
            "INVALID_STATE_NAME",
            state.outline.name_span,
            state.outline.pointer.clone(),
            message,
        );
        found.push(finding.aws_code("INVALID_STATE_NAME"));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    #[test]
    fn names_have_one_to_eighty_characters() {
        let named = |name: &str| {
            format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#)
        };
        assert_eq!(codes(&named(&"ä".repeat(80))), Vec::<&str>::new());
        assert_eq!(codes(&named(&"ä".repeat(81))), ["INVALID_STATE_NAME"]);
        assert_eq!(codes(&named("")), ["INVALID_STATE_NAME"]);
    }
}
