//! `ZERO_SECONDS`: a time of no length where the language wants one: `IntervalSeconds` of a retrier, `TimeoutSeconds` of the
//! workflow (asl-rules 1, 13). AWS takes both.

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::text::Node;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        let (field, message) = match place.kind {
            Kind::Retrier => (
                "IntervalSeconds",
                "With IntervalSeconds 0 all attempts come at once; wait 1 second or more, so that the cause can pass.",
            ),
            Kind::Machine => (
                "TimeoutSeconds",
                "TimeoutSeconds 0 is no time to run in; set 1 or more, or remove it.",
            ),
            _ => continue,
        };
        let zero = place.node.field(field).filter(|value| {
            value.as_number().and_then(|text| text.parse::<f64>().ok()) == Some(0.0)
        });
        if let Some(value) = zero.map(|value: &Node| value.span) {
            let pointer = place.pointer.join(field);
            found.push(Diagnostic::warning("ZERO_SECONDS", value, pointer, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    #[test]
    fn times_of_no_length_are_pointed_out() {
        let text = r#"{"TimeoutSeconds": 0, "StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 0}]}}}"#;
        assert_eq!(codes(text), ["ZERO_SECONDS", "ZERO_SECONDS"]);
    }
}
