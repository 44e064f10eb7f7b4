//! The role of a machine in a template: rights as SAM and CloudFormation write them.

use super::reference::value_of;
use super::tree::{list, object, text, with_texts};
use crate::policy::{Home, Policy, Unknown, trust_policy};
use crate::text::Node;

/// A policy as a document of IAM inside of a template, none where it allows nothing, which IAM refuses; `resolve` says what placeholders of the definition stand for in it.
pub(super) fn document(policy: &Policy, resolve: &impl Fn(&str) -> String) -> Option<Node> {
    if policy.statements.is_empty() {
        return None;
    }
    let value = Node::of_value(&policy.to_value());
    Some(with_texts(&value, &|text| value_of(&resolve(text))))
}

/// A role that Step Functions takes on, with this policy, if there is any.
pub(super) fn resource(policy: Option<Node>) -> Node {
    let home = Home {
        unknown: Unknown::Template,
        ..Home::default()
    };
    let trust = with_texts(&Node::of_value(&trust_policy(&home)), &value_of);
    let inline = policy.map(|policy| {
        let policy = object([
            ("PolicyName", text("StateMachine")),
            ("PolicyDocument", policy),
        ]);
        ("Policies", list([policy]))
    });
    let trust = ("AssumeRolePolicyDocument", trust);
    let properties = object([trust].into_iter().chain(inline));
    object([("Type", text("AWS::IAM::Role")), ("Properties", properties)])
}
