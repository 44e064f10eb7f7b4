//! The role of a machine in a template: rights as SAM and CloudFormation write them.

use super::reference::value_of;
use super::tree::{list, object, text, with_texts};
use crate::policy::{Home, Policy, Unknown, trust_policy};
use crate::text::Node;

/// A policy as a document of IAM inside of a template; `resolve` says what placeholders of the definition stand for in it.
pub(super) fn document(policy: &Policy, resolve: &impl Fn(&str) -> String) -> Node {
    let value = Node::of_value(&policy.to_value());
    with_texts(&value, &|text| value_of(&resolve(text)))
}

/// A role that Step Functions takes on, with this policy.
pub(super) fn resource(policy: Node) -> Node {
    let home = Home {
        unknown: Unknown::Template,
        ..Home::default()
    };
    let trust = with_texts(&Node::of_value(&trust_policy(&home)), &value_of);
    let inline = object([
        ("PolicyName", text("StateMachine")),
        ("PolicyDocument", policy),
    ]);
    let properties = object([
        ("AssumeRolePolicyDocument", trust),
        ("Policies", list([inline])),
    ]);
    object([("Type", text("AWS::IAM::Role")), ("Properties", properties)])
}
