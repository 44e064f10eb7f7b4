//! The context object as it is likely to be at a state (asl-rules 9). Values are examples.

use super::Flow;
use crate::graph::{StateIx, StateType};
use crate::text::Node;
use serde_json::{Value, json};

/// The context object in a state. The item of a Map is there only where its selector can stand.
pub(in crate::editor) fn context(flow: &Flow<'_>, ix: Option<StateIx>) -> Value {
    let state = ix.and_then(|ix| flow.outline.state(ix));
    let name = state.map_or("State", |state| &*state.name);
    let input = flow
        .knowledge
        .input
        .as_ref()
        .map(|input| (*flow.shown(input).value).clone());
    let mut context = json!({
        "Execution": {
            "Id": "arn:aws:states:us-east-1:123456789012:execution:workflow:run",
            "Input": input,
            "StartTime": "2026-01-31T12:00:00.000Z",
            "Name": "run",
            "RoleArn": "arn:aws:iam::123456789012:role/workflow",
            "RedriveCount": 0
        },
        "StateMachine": {"Id": "arn:aws:states:us-east-1:123456789012:stateMachine:workflow", "Name": "workflow"},
        "State": {"Name": name, "EnteredTime": "2026-01-31T12:00:00.000Z"}
    });
    let Some((ix, state)) = ix.zip(state) else {
        return context;
    };
    if flow.has_result(ix) {
        context["State"]["RetryCount"] = json!(0);
    }
    let waits = state
        .resource
        .as_ref()
        .is_some_and(|resource| resource.ends_with(".waitForTaskToken"));
    if waits {
        context["Task"] = json!({"Token": "token"});
    }
    if state.kind == Some(StateType::Map) && !flow.seeks_items.get() {
        let item = flow
            .node(ix)
            .map(|node| flow.raw_item(ix, node, super::DEEPEST))
            .unwrap_or_default();
        context["Map"] = json!({"Item": {"Index": 0, "Value": &*item.value}});
        if flow.node(ix).and_then(is_distributed).is_some() {
            context["Map"]["Item"]["Source"] = json!("STATE_DATA");
        }
    }
    context
}

fn is_distributed(map: &Node) -> Option<()> {
    let mode = map
        .field("ItemProcessor")?
        .field("ProcessorConfig")?
        .field("Mode")?;
    (mode.as_str() == Some("DISTRIBUTED")).then_some(())
}
