//! `ONLY_IN_DISTRIBUTED_MAP`: fields that an inline Map passes over (feature map, ASL-118).
//! `NO_PROCESSOR`: a ProcessorConfig in the machine itself, where it configures nothing (ASL-107). A processor that was
//! cut out of its Map looks like that. `NO_EXECUTION_TYPE_HERE`: an inline Map has no executions of its own.

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::{Node, Pointer};

const FIELDS: [&str; 4] = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    inline_maps(view, found);
    execution_types(view, found);
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

fn execution_types(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::ProcessorConfig)
    {
        let members = place.node.members();
        let inline = place.node.field("Mode").and_then(Node::as_str) == Some("INLINE");
        let index = members
            .iter()
            .position(|member| &*member.key == "ExecutionType");
        let Some((index, member)) = index
            .filter(|_| inline)
            .and_then(|index| Some((index, members.get(index)?)))
        else {
            continue;
        };
        let message = "An inline Map starts no executions, so that ExecutionType means nothing; remove it or set Mode to DISTRIBUTED.";
        let finding = Diagnostic::error(
            "NO_EXECUTION_TYPE_HERE",
            member.key_span,
            place.pointer.clone(),
            message,
        );
        found.push(finding.aws("Field 'ExecutionType' is not supported").fix(
            "Remove ExecutionType",
            view.document.remove_member(place.node, index),
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    #[test]
    fn inline_maps_have_no_execution_type() {
        let text = state(
            r#"{"Type": "Map", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE", "ExecutionType": "EXPRESS"},
            "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}"#,
        );
        assert_eq!(codes(&text), ["NO_EXECUTION_TYPE_HERE"]);
        clean_after_fix(&text);
    }

    fn map(mode: &str, fields: &str) -> Vec<&'static str> {
        let execution = match mode {
            "INLINE" => "",
            _ => r#", "ExecutionType": "STANDARD""#,
        };
        codes(&state(&format!(
            r#"{{"Type": "Map", "End": true, {fields} "ItemProcessor": {{"ProcessorConfig": {{"Mode": "{mode}"{execution}}},
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
