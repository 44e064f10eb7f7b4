//! Which activities of a definition people answer (ARCHITECTURE.md, "Approvals"): those whose task asks a `Question`.

use asl::text::{Document, Node};

/// An activity that a task refers to and people are to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleActivity {
    /// The state that asks.
    pub state: String,
    /// Region in its ARN.
    pub region: String,
    /// Account in its ARN.
    pub account: String,
    /// Its name.
    pub name: String,
}

/// Every such activity, each once, in written order.
pub fn people_activities(document: &Document) -> Vec<PeopleActivity> {
    let mut found = Vec::new();
    if let Some(root) = document.root() {
        in_block(root, &mut found);
    }
    found
}

fn in_block(block: &Node, found: &mut Vec<PeopleActivity>) {
    for member in block.field("States").map(Node::members).unwrap_or_default() {
        in_state(&member.key, &member.value, found);
    }
}

fn in_state(name: &str, state: &Node, found: &mut Vec<PeopleActivity>) {
    for inner in ["ItemProcessor", "Iterator"] {
        if let Some(block) = state.field(inner) {
            in_block(block, found);
        }
    }
    for branch in state
        .field("Branches")
        .map(Node::elements)
        .unwrap_or_default()
    {
        in_block(branch, found);
    }
    let activity = asks(state).then(|| resource(name, state)).flatten();
    if let Some(activity) = activity.filter(|a| !found.iter().any(|f| f.name == a.name)) {
        found.push(activity);
    }
}

fn asks(state: &Node) -> bool {
    let request = state
        .field("Parameters")
        .or_else(|| state.field("Arguments"));
    request.is_some_and(|r| r.field("Question").is_some() || r.field("Question.$").is_some())
}

fn resource(state: &str, node: &Node) -> Option<PeopleActivity> {
    let arn = node.field("Resource")?.as_str()?;
    let parts: Vec<&str> = arn.split(':').collect();
    match parts.as_slice() {
        ["arn", _, "states", region, account, "activity", name] => Some(PeopleActivity {
            state: state.to_owned(),
            region: (*region).to_owned(),
            account: (*account).to_owned(),
            name: (*name).to_owned(),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        people_activities(&Document::parse(text))
            .into_iter()
            .map(|a| format!("{}/{}", a.state, a.name))
            .collect()
    }

    const ARN: &str = "arn:aws:states:us-east-1:000000000000:activity:ask";

    #[test]
    fn a_task_that_asks_a_question_of_an_activity_is_found() {
        let text = format!(
            r#"{{"States":{{"Ask":{{"Type":"Task","Resource":"{ARN}","Parameters":{{"Question":"Ship?"}}}}}}}}"#
        );
        assert_eq!(found(&text), ["Ask/ask"]);
    }

    #[test]
    fn an_activity_without_a_question_belongs_to_workers() {
        let text = format!(r#"{{"States":{{"Work":{{"Type":"Task","Resource":"{ARN}"}}}}}}"#);
        assert!(found(&text).is_empty());
    }

    #[test]
    fn approvals_inside_branches_and_maps_are_found_once() {
        let ask =
            format!(r#"{{"Type":"Task","Resource":"{ARN}","Parameters":{{"Question.$":"$.q"}}}}"#);
        let text = format!(
            r#"{{"States":{{"P":{{"Branches":[{{"States":{{"A":{ask}}}}}]}},"M":{{"ItemProcessor":{{"States":{{"B":{ask}}}}}}}}}}}"#
        );
        assert_eq!(found(&text), ["A/ask"]);
    }
}
