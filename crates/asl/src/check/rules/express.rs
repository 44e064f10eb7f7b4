//! `NOT_IN_EXPRESS`: what Express workflows cannot do (feature map, INT-06; ASL-118).

use crate::check::arn::{self, Pattern, Resource};
use crate::check::fields::Kind;
use crate::check::view::{Place, View};
use crate::check::{Diagnostic, MachineType};
use crate::graph::StateType;
use crate::text::Node;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    if view.machine_type == MachineType::Standard {
        return;
    }
    for place in &view.places {
        match place.kind {
            Kind::State(StateType::Task) => task(place, found),
            Kind::ProcessorConfig => processor(place, found),
            _ => {}
        }
    }
}

fn task(place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = place.node.field("Resource") else {
        return;
    };
    let (message, aws) = match arn::read(node.as_str().unwrap_or_default()) {
        Resource::Activity => (
            "Express workflows cannot wait for activities; use a Standard workflow.".to_owned(),
            "Express state machine does not support Activity ARN".to_owned(),
        ),
        Resource::Optimized { pattern, .. } | Resource::Sdk { pattern }
            if pattern != Pattern::Request =>
        {
            let suffix = pattern.suffix();
            // The blank at the end is AWS's.
            let blank = if pattern == Pattern::Callback {
                " "
            } else {
                ""
            };
            (
                format!(
                    "Express workflows cannot wait with {suffix}; remove it or use a Standard workflow."
                ),
                format!(
                    "Express state machine does not support '{suffix}' service integration{blank}"
                ),
            )
        }
        _ => return,
    };
    found.push(
        Diagnostic::error(
            "NOT_IN_EXPRESS",
            node.span,
            place.pointer.join("Resource"),
            message,
        )
        .aws(aws),
    );
}

fn processor(place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(mode) = place
        .node
        .field("Mode")
        .filter(|mode| Node::as_str(mode) == Some("DISTRIBUTED"))
    {
        let message = "Express workflows have no distributed Map; set Mode to INLINE or use a Standard workflow.";
        let pointer = place.pointer.join("Mode");
        found.push(Diagnostic::error("NOT_IN_EXPRESS", mode.span, pointer, message).aws(
            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::state;
    use crate::check::{MachineType, check};
    use crate::text::Document;

    fn express(resource: &str) -> Vec<String> {
        let text = state(&format!(
            r#"{{"Type": "Task", "Resource": "{resource}", "End": true}}"#
        ));
        check(&Document::parse(text), MachineType::Express)
            .into_iter()
            .filter(|finding| finding.code == "NOT_IN_EXPRESS")
            .map(|finding| finding.aws_message)
            .collect()
    }

    #[test]
    fn express_workflows_do_not_wait_for_others() {
        assert_eq!(
            express("arn:aws:states:::sqs:sendMessage.waitForTaskToken"),
            ["Express state machine does not support '.waitForTaskToken' service integration "]
        );
        assert_eq!(
            express("arn:aws:states:::states:startExecution.sync"),
            ["Express state machine does not support '.sync' service integration"]
        );
        assert_eq!(
            express("arn:aws:states:us-east-1:123456789012:activity:a").len(),
            1
        );
        assert_eq!(
            express("arn:aws:states:::sqs:sendMessage"),
            Vec::<String>::new()
        );
    }
}
