//! `ONLY_IN_DISTRIBUTED_MAP`: fields that an inline Map passes over (feature map, ASL-118).
//! `NO_PROCESSOR`: a ProcessorConfig in the machine itself, where it configures nothing (ASL-107). A processor that was
//! cut out of its Map looks like that.

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::{Node, Pointer};

const FIELDS: [&str; 4] = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    inline_maps(view, found);
    let config = view
        .document
        .root()
        .and_then(|root| root.member("ProcessorConfig"));
    if let Some(config) = config {
        let message = "ProcessorConfig belongs into the ItemProcessor of a Map and does nothing here; remove it.";
        let pointer = Pointer::root().join("ProcessorConfig");
        found.push(Diagnostic::warning(
            "NO_PROCESSOR",
            config.key_span,
            pointer,
            message,
        ));
    }
}

fn inline_maps(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Map))
    {
        let processor = place
            .node
            .field("ItemProcessor")
            .or_else(|| place.node.field("Iterator"));
        let mode = processor.and_then(|node| node.field("ProcessorConfig")?.field("Mode"));
        if processor.is_none() || mode.and_then(Node::as_str) == Some("DISTRIBUTED") {
            continue;
        }
        for member in place
            .node
            .members()
            .iter()
            .filter(|member| FIELDS.contains(&&*member.key))
        {
            let message = format!(
                "{} works in distributed Maps only; set Mode to DISTRIBUTED in the ProcessorConfig of {}.",
                member.key,
                view.name(place.state)
            );
            let pointer = place.pointer.join(&*member.key);
            found.push(Diagnostic::warning(
                "ONLY_IN_DISTRIBUTED_MAP",
                member.key_span,
                pointer,
                message,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn map(mode: &str, fields: &str) -> Vec<&'static str> {
        codes(&state(&format!(
            r#"{{"Type": "Map", "End": true, {fields} "ItemProcessor": {{"ProcessorConfig": {{"Mode": "{mode}", "ExecutionType": "STANDARD"}},
            "StartAt": "B", "States": {{"B": {{"Type": "Succeed"}}}}}}}}"#
        )))
    }

    #[test]
    fn a_processor_without_its_map_is_pointed_out() {
        let text = r#"{"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
        assert_eq!(codes(text), ["NO_PROCESSOR"]);
    }

    #[test]
    fn readers_batchers_and_writers_need_a_distributed_map() {
        let batcher = r#""ItemBatcher": {"MaxItemsPerBatch": 5},"#;
        assert_eq!(map("DISTRIBUTED", batcher), Vec::<&str>::new());
        assert_eq!(map("INLINE", batcher), ["ONLY_IN_DISTRIBUTED_MAP"]);
        assert_eq!(
            map("INLINE", r#""ToleratedFailureCount": 1,"#),
            Vec::<&str>::new()
        );
    }
}
