//! `EXCLUSIVE_FIELDS`: two fields of which only one may stand (asl-rules 3, 11).

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::fields::Kind;
use crate::check::view::{Place, View};
use crate::graph::StateType;

/// Fields that exclude each other.
pub(crate) type Group = &'static [&'static str];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        for group in groups(place.kind) {
            let present: Vec<usize> = (0..place.node.members().len())
                .filter(|index| {
                    place
                        .node
                        .members()
                        .get(*index)
                        .is_some_and(|member| group.contains(&&*member.key))
                })
                .collect();
            if let [_, .., last] = present.as_slice() {
                found.extend(finding(view, place, group, *last, found));
            }
        }
    }
}

/// The groups of fields of such an object of which only one may stand.
pub(crate) fn groups(kind: Kind) -> &'static [Group] {
    match kind {
        Kind::State(StateType::Task) => &[
            &["TimeoutSeconds", "TimeoutSecondsPath"],
            &["HeartbeatSeconds", "HeartbeatSecondsPath"],
        ],
        Kind::State(StateType::Wait) => {
            &[&["SecondsPath", "Seconds", "TimestampPath", "Timestamp"]]
        }
        Kind::State(StateType::Fail) => &[&["Error", "ErrorPath"], &["Cause", "CausePath"]],
        Kind::State(StateType::Map) => &[
            &["ItemProcessor", "Iterator"],
            &["ItemSelector", "Parameters"],
            &["MaxConcurrency", "MaxConcurrencyPath"],
            &["ToleratedFailureCount", "ToleratedFailureCountPath"],
            &[
                "ToleratedFailurePercentage",
                "ToleratedFailurePercentagePath",
            ],
        ],
        Kind::ItemBatcher => &[
            &["MaxItemsPerBatch", "MaxItemsPerBatchPath"],
            &["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
        ],
        Kind::ReaderConfig => &[&["MaxItems", "MaxItemsPath"]],
        Kind::State(_)
        | Kind::UntypedState
        | Kind::Machine
        | Kind::Branch
        | Kind::Processor
        | Kind::ProcessorConfig
        | Kind::Retrier
        | Kind::Catcher
        | Kind::Rule
        | Kind::InnerRule
        | Kind::ItemReader
        | Kind::ResultWriter
        | Kind::WriterConfig => &[],
    }
}

fn finding(
    view: &View<'_>,
    place: &Place<'_>,
    group: Group,
    last: usize,
    found: &[Diagnostic],
) -> Option<Diagnostic> {
    let member = place.node.members().get(last)?;
    let other = place
        .node
        .members()
        .iter()
        .find(|other| group.contains(&&*other.key) && other.key != member.key)?;
    let message = format!(
        "{} has both {} and {}; keep one of them.",
        view.name(place.state),
        other.key,
        member.key
    );
    let finding = Diagnostic::error(
        "EXCLUSIVE_FIELDS",
        member.key_span,
        place.pointer.clone(),
        message,
    )
    .aws(format!(
        "There should only be one of the following fields: [{}]",
        group.join(", ")
    ))
    .about(group.to_vec());
    let edits = wants_fix(found).then(|| view.document.remove_member(place.node, last));
    Some(match edits {
        Some(edits) => finding.fix(format!("Remove {}", member.key), edits),
        None => finding,
    })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn only_one_of_a_group_may_stand() {
        let text = state(r#"{"Type": "Wait", "Seconds": 1, "SecondsPath": "$.x", "End": true}"#);
        assert_eq!(
            only(&text, "EXCLUSIVE_FIELDS").aws_message,
            "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]"
        );
        clean_after_fix(&text);
        let fail = state(
            r#"{"Type": "Fail", "Error": "E", "ErrorPath": "$.e", "Cause": "c", "CausePath": "$.c"}"#,
        );
        assert_eq!(codes(&fail), ["EXCLUSIVE_FIELDS", "EXCLUSIVE_FIELDS"]);
    }
}
