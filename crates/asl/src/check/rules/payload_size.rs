//! `GROWING_PAYLOAD`: data that grow with every turn of a loop. `PAYLOAD_TOO_LARGE`: a constant beyond 256 KiB.
//! `NO_RESULT_WRITER`: a distributed Map that gathers the results of any number of items (feature map, API-901, ASL-413).

use crate::check::Diagnostic;
use crate::check::expressions;
use crate::check::fields::{Kind, Language};
use crate::check::view::{State, View};
use crate::check::walk;
use crate::graph::{StateIx, StateType};
use crate::text::{Node, Pointer, Span};
use rustc_hash::FxHashSet;

/// Bytes that a state may hand on.
const MOST: usize = 262_144;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let looping = looping(view);
    for state in view.states() {
        if looping.contains(&state.ix) {
            found.extend(growing(view, state));
        }
        found.extend(too_large(view, state));
    }
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Map))
    {
        found.extend(gathering(place.node, &place.pointer));
    }
}

/// The states that a run can come back to.
fn looping(view: &View<'_>) -> FxHashSet<StateIx> {
    let blocks = view.blocks().map(|(ix, _, _)| ix);
    blocks
        .flat_map(|ix| view.outline.cycles(ix))
        .flatten()
        .collect()
}

/// A Pass that puts its whole input inside its output, once for each turn.
fn growing(view: &View<'_>, state: State<'_, '_>) -> Option<Diagnostic> {
    if state.outline.kind != Some(StateType::Pass) {
        return None;
    }
    let (field, whole): (&str, fn(&str, &Node) -> bool) = match view.language_of(state.node) {
        Language::JsonPath => ("Parameters", |key, value| {
            key.ends_with(".$") && value.as_str() == Some("$")
        }),
        Language::Jsonata => ("Output", |_, value| {
            let text = value.as_str().and_then(expressions::inside);
            text.is_some_and(|text| text.trim() == "$states.input")
        }),
    };
    let dropped = state.node.field("ResultPath").is_some_and(Node::is_null);
    let kept = state
        .node
        .field("OutputPath")
        .is_none_or(|path| path.as_str() == Some("$"));
    let template = state.node.field(field).filter(|_| !dropped && kept)?;
    let mut place: Option<Span> = None;
    walk::each(template, |_, node| {
        let copy = node
            .members()
            .iter()
            .find(|member| whole(&member.key, &member.value));
        place = place.or(copy.map(|member| member.value.span));
    });
    let message = format!(
        "{} is in a loop and puts its whole input inside its output, so that the data grow with every turn until they pass \
         256 KiB; keep only what is needed.",
        view.name(Some(state.ix))
    );
    Some(Diagnostic::warning(
        "GROWING_PAYLOAD",
        place?,
        state.outline.pointer.join(field),
        message,
    ))
}

fn too_large(view: &View<'_>, state: State<'_, '_>) -> Option<Diagnostic> {
    let field = ["Result", "Parameters", "Output", "Arguments"]
        .into_iter()
        .find(|field| {
            state
                .node
                .field(field)
                .is_some_and(|value| constant_size(view, value) > MOST)
        })?;
    let value = state.node.field(field)?;
    let message = format!(
        "{field} of {} holds more than 256 KiB, which no state may hand on; keep the data in a store and pass on where they are.",
        view.name(Some(state.ix))
    );
    let span = Span::new(value.span.start, value.span.start + 1);
    Some(Diagnostic::warning(
        "PAYLOAD_TOO_LARGE",
        span,
        state.outline.pointer.join(field),
        message,
    ))
}

/// The bytes of the texts and numbers in a value; blanks and punctuation are not counted, nor what is computed.
fn constant_size(view: &View<'_>, value: &Node) -> usize {
    if value.span.end - value.span.start <= MOST {
        return 0;
    }
    let mut size = 0;
    walk::each(value, |_, node| {
        let computed = node
            .as_str()
            .is_some_and(|text| expressions::inside(text).is_some() || view.is_open_text(text));
        if !node.is_object() && !node.is_array() && !computed {
            size += node.span.end - node.span.start;
        }
    });
    size
}

fn gathering(node: &Node, pointer: &Pointer) -> Option<Diagnostic> {
    let reader = node.member("ItemReader")?;
    let processor = node
        .field("ItemProcessor")
        .or_else(|| node.field("Iterator"))?;
    let mode = processor.field("ProcessorConfig")?.field("Mode")?;
    let dropped = node.field("ResultPath").is_some_and(Node::is_null);
    let shaped = ["ResultWriter", "ResultSelector", "Output"]
        .iter()
        .any(|name| node.member(name).is_some());
    let limited = reader
        .value
        .field("ReaderConfig")
        .is_some_and(|config| config.member("MaxItems").is_some());
    if mode.as_str() != Some("DISTRIBUTED") || dropped || shaped || limited {
        return None;
    }
    let message = "The results of all items become one array, which may hold 256 KiB; add a ResultWriter, or drop them with \
                   ResultPath null.";
    Some(Diagnostic::hint(
        "NO_RESULT_WRITER",
        reader.key_span,
        pointer.clone(),
        message,
    ))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn looping(pass: &str) -> String {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", {pass}, "Next": "B"}},
            "B": {{"Type": "Choice", "Choices": [{{"Variable": "$.n", "IsPresent": true, "Next": "C"}}], "Default": "A"}},
            "C": {{"Type": "Succeed"}}}}}}"#
        )
    }

    #[test]
    fn a_loop_does_not_carry_its_past_along() {
        assert_eq!(
            codes(&looping(r#""Parameters": {"n": 1, "before.$": "$"}"#)),
            ["GROWING_PAYLOAD"]
        );
        for good in [
            r#""Parameters": {"n.$": "$.n"}"#,
            r#""Parameters": {"before.$": "$"}, "ResultPath": null"#,
            r#""Parameters": {"before.$": "$"}, "OutputPath": "$.before""#,
        ] {
            assert!(
                !codes(&looping(good)).contains(&"GROWING_PAYLOAD"),
                "{good}"
            );
        }
        let once = state(r#"{"Type": "Pass", "Parameters": {"before.$": "$"}, "End": true}"#);
        assert_eq!(codes(&once), Vec::<&str>::new());
    }

    #[test]
    fn a_constant_fits_into_a_payload() {
        let pass = |size: usize| {
            state(&format!(
                r#"{{"Type": "Pass", "Result": "{}", "End": true}}"#,
                "x".repeat(size)
            ))
        };
        assert_eq!(codes(&pass(262_000)), Vec::<&str>::new());
        assert_eq!(codes(&pass(263_000)), ["PAYLOAD_TOO_LARGE"]);
    }

    #[test]
    fn the_results_of_many_items_are_written_somewhere() {
        let map = |field: &str| {
            state(&format!(
                r#"{{"Type": "Map", "End": true, {field} "ItemReader": {{"Resource": "arn:aws:states:::s3:getObject",
                "Parameters": {{"Bucket": "b", "Key": "k"}}}}, "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED",
                "ExecutionType": "STANDARD"}}, "StartAt": "B", "States": {{"B": {{"Type": "Succeed"}}}}}}}}"#
            ))
        };
        assert_eq!(codes(&map("")), ["NO_RESULT_WRITER"]);
        assert_eq!(codes(&map(r#""ResultPath": null,"#)), Vec::<&str>::new());
    }
}
