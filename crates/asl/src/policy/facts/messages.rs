//! SNS, SQS, EventBridge.

use super::{NO_RESOURCES, Right, When, allow};

pub(super) const RIGHTS: &[Right] = &[
    Right::new(
        ("sns", "publish"),
        "publishes a message by SNS",
        &[
            allow(
                &["sns:Publish"],
                &["sns:{region}:{account}:{TopicArn|TargetArn}"],
            )
            .when(When::Without("PhoneNumber")),
            allow(&["sns:Publish"], &["*"])
                .when(When::Given("PhoneNumber"))
                .wide(NO_RESOURCES),
        ],
    ),
    Right::new(
        ("sqs", "sendMessage"),
        "sends a message to an SQS queue",
        &[allow(
            &["sqs:SendMessage"],
            &["sqs:{region}:{account}:{QueueUrl:queue}"],
        )],
    ),
    Right::new(
        ("events", "putEvents"),
        "sends events to EventBridge",
        &[allow(
            &["events:PutEvents"],
            &["events:{region}:{account}:event-bus/{Entries[].EventBusName=default}"],
        )],
    ),
];
