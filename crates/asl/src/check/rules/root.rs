//! `NOT_AN_OBJECT`: the machine, a block, `States` or a state is something else than an object.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::text::Pointer;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(root) = view.document.root()
        && !root.is_object()
        && !view.is_open(root)
    {
        let message = "A definition is an object: `{\"StartAt\": …, \"States\": { … }}`.";
        found.push(Diagnostic::error(
            "NOT_AN_OBJECT",
            root.span,
            Pointer::root(),
            message,
        ));
    }
    for state in view.states() {
        if !state.node.is_object() && !view.is_open(state.node) {
            let message = format!(
                "The state \"{}\" must be an object `{{ … }}` with a Type.",
                state.outline.name
            );
            let pointer = state.outline.pointer.clone();
            found.push(Diagnostic::error(
                "NOT_AN_OBJECT",
                state.node.span,
                pointer,
                message,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    #[test]
    fn a_definition_or_state_that_is_no_object_is_refused() {
        for text in [
            "[]",
            "5",
            "null",
            "\"x\"",
            r#"{"StartAt": "A", "States": {"A": 5}}"#,
        ] {
            assert!(codes(text).contains(&"NOT_AN_OBJECT"), "{text}");
        }
    }
}
