//! `CONCURRENCY_LIMIT`: a `MaxConcurrency` beyond what the mode of the Map can do (feature map, ASL-117, ASL-418).

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::Node;

/// Iterations of an inline Map that really run at once.
const INLINE: f64 = 40.0;
/// Child executions of a distributed Map.
const DISTRIBUTED: f64 = 10_000.0;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Map))
    {
        let Some(node) = place.node.field("MaxConcurrency") else {
            continue;
        };
        let number = node.as_number().and_then(|text| text.parse::<f64>().ok());
        let processor = place
            .node
            .field("ItemProcessor")
            .or_else(|| place.node.field("Iterator"));
        let mode = processor.and_then(|node| node.field("ProcessorConfig")?.field("Mode"));
        if mode.is_some_and(|mode| view.is_open(mode)) {
            continue;
        }
        let distributed = mode.and_then(Node::as_str) == Some("DISTRIBUTED");
        let (limit, what) = match distributed {
            true => (
                DISTRIBUTED,
                "a distributed Map runs at most 10,000 child executions at once",
            ),
            false => (
                INLINE,
                "an inline Map runs about 40 iterations at once; a distributed one runs up to 10,000",
            ),
        };
        if number.is_some_and(|number| number > limit) {
            let message = format!(
                "{} asks for more than it gets: {what}.",
                view.name(place.state)
            );
            let pointer = place.pointer.join("MaxConcurrency");
            found.push(Diagnostic::hint(
                "CONCURRENCY_LIMIT",
                node.span,
                pointer,
                message,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    #[test]
    fn nobody_counts_on_more_than_there_is() {
        let map = |most: u32, config: &str| {
            codes(&state(&format!(
                r#"{{"Type": "Map", "MaxConcurrency": {most}, "End": true, "ItemProcessor": {{"ProcessorConfig": {config},
                "StartAt": "B", "States": {{"B": {{"Type": "Succeed"}}}}}}}}"#
            )))
        };
        let distributed = r#"{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}"#;
        assert_eq!(map(40, "{}"), Vec::<&str>::new());
        assert_eq!(map(41, "{}"), ["CONCURRENCY_LIMIT"]);
        assert_eq!(map(1000, distributed), Vec::<&str>::new());
        assert_eq!(map(20_000, distributed), ["CONCURRENCY_LIMIT"]);
    }
}
