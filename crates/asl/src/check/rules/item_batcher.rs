//! `EMPTY_ITEM_BATCHER`: a batcher says how big its batches are (asl-rules 11).

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::text::Span;

const LIMITS: [&str; 4] = [
    "MaxItemsPerBatch",
    "MaxItemsPerBatchPath",
    "MaxInputBytesPerBatch",
    "MaxInputBytesPerBatchPath",
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::ItemBatcher)
    {
        if LIMITS.iter().all(|name| place.node.member(name).is_none()) {
            let span = Span::new(place.node.span.start, place.node.span.start + 1);
            let message =
                "An ItemBatcher needs a limit; set MaxItemsPerBatch or MaxInputBytesPerBatch.";
            found.push(Diagnostic::error(
                "EMPTY_ITEM_BATCHER",
                span,
                place.pointer.clone(),
                message,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    #[test]
    fn a_batcher_needs_a_limit() {
        let text = state(
            r#"{"Type": "Map", "End": true, "ItemBatcher": {"BatchInput": {}},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}"#,
        );
        assert_eq!(codes(&text), ["EMPTY_ITEM_BATCHER"]);
    }
}
