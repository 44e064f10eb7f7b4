//! Telling and asking: people, topics, queues, events.

use super::action::{Action, Answer, Form, REQUEST, Subject, TOKEN};
use super::parameter::{Parameter, any, list, number, object, text};

pub(super) const ACTIONS: &[Action] = &[
    APPROVAL,
    Action::new(
        ("sns", "publish"),
        TOKEN,
        ("Publish a message", "SNS topic"),
        SNS,
    )
    .about(Subject::After("TopicArn"))
    .usual(),
    Action::new(
        ("sqs", "sendMessage"),
        TOKEN,
        ("Send a message", "SQS message"),
        SQS,
    )
    .usual(),
    Action::new(
        ("events", "putEvents"),
        TOKEN,
        ("Send events", "EventBridge events"),
        EVENTS,
    )
    .usual(),
];

pub(super) const APPROVAL: Action = Action::new(
    ("people", "approvals"),
    REQUEST,
    ("Ask a reviewer", "Decision of a person"),
    REVIEW,
)
.form(Form::Activity)
.about(Subject::Alone("Title"))
.answers(Answer::Beside("review"))
.usual();

const REVIEW: &[Parameter] = &[
    text("Title", "What the reviewer sees first.")
        .required()
        .like("A decision is needed"),
    text("Question", "What is to be decided.")
        .required()
        .like("Shall this go on?"),
    text("IfApproved", "What a yes causes.")
        .required()
        .like("The pipeline goes on."),
    text("IfRejected", "What a no causes.")
        .required()
        .like("The pipeline stops here."),
    any("Evidence", "What the decision is based on.").input(),
    text("Details", "What the reviewer should know."),
    list("Reviewers", "Who may decide; anybody without it."),
];
const SNS: &[Parameter] = &[
    text("TopicArn", "")
        .like("arn:aws:sns:us-east-1:123456789012:my-topic")
        .required(),
    any("Message", "").input().checked(),
    text("Subject", "Of mails.").like("Pipeline failed"),
    object("MessageAttributes", ""),
];
const SQS: &[Parameter] = &[
    text("QueueUrl", "")
        .checked()
        .like("https://sqs.us-east-1.amazonaws.com/123456789012/my-queue"),
    any("MessageBody", "").input().checked(),
    object("MessageAttributes", ""),
    text("MessageGroupId", "Needed for FIFO queues."),
    number("DelaySeconds", "At most 900."),
];
const EVENTS: &[Parameter] = &[list(
    "Entries",
    "Events, each with Detail, DetailType, EventBusName and Source.",
)
.checked()
.json(r#"[{"Source": "my.pipeline", "DetailType": "Finished", "Detail": {}, "EventBusName": "default"}]"#)];
