//! `HEARTBEAT_TOO_LONG`: a heartbeat is shorter than the timeout (asl-rules 3.2).

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::{Node, Pointer, Span};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task))
    {
        let seconds = |name| {
            place
                .node
                .field(name)
                .and_then(Node::as_number)?
                .parse::<i64>()
                .ok()
        };
        let (Some(heartbeat), Some(timeout)) =
            (seconds("HeartbeatSeconds"), seconds("TimeoutSeconds"))
        else {
            continue;
        };
        if let Some(node) = place.node.field("HeartbeatSeconds")
            && heartbeat >= timeout
        {
            found.push(finding(
                node.span,
                place.pointer.join("HeartbeatSeconds"),
                heartbeat,
                timeout,
            ));
        }
    }
}

/// The language wants less; AWS takes definitions where both are equal.
fn finding(span: Span, pointer: Pointer, heartbeat: i64, timeout: i64) -> Diagnostic {
    let message = format!(
        "HeartbeatSeconds ({heartbeat}) must be less than TimeoutSeconds ({timeout}); otherwise it never counts."
    );
    if heartbeat == timeout {
        return Diagnostic::warning("HEARTBEAT_TOO_LONG", span, pointer, message);
    }
    Diagnostic::error("HEARTBEAT_TOO_LONG", span, pointer, message)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    #[test]
    fn a_heartbeat_is_shorter_than_the_timeout() {
        let task = |heartbeat, timeout| {
            codes(&state(&format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true,
                "HeartbeatSeconds": {heartbeat}, "TimeoutSeconds": {timeout}}}"#
            )))
        };
        assert_eq!(task(5, 6), Vec::<&str>::new());
        assert_eq!(task(6, 6), ["HEARTBEAT_TOO_LONG"]);
        assert_eq!(task(7, 6), ["HEARTBEAT_TOO_LONG"]);
    }
}
