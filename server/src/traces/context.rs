//! Ids of traces and spans. They follow from the execution's ARN, or from the X-Ray header that it was started with:
//! `Root=1-<8 digits>-<24 digits>;Parent=<16 digits>;Sampled=1` (feature map, 12.3).

use asl::machine::Identity;
use opentelemetry::trace::{SpanId, TraceId};
use sha2::{Digest, Sha256};

/// The member of a header that says that an execution has started before.
const AGAIN: &str = "Again";

/// Where the spans of an execution belong.
#[derive(Debug)]
pub(super) struct Context {
    /// Its trace.
    pub(super) trace: TraceId,
    /// The span of who started it.
    pub(super) parent: Option<SpanId>,
    /// Whether who started it wants a trace.
    pub(super) is_sampled: bool,
    /// What its spans' ids are made of.
    key: String,
}

impl Context {
    /// A header that names no trace counts for nothing but its `Sampled=0`.
    pub(super) fn of(identity: &Identity) -> Self {
        let header = identity.trace_header.as_deref().unwrap_or_default();
        let member = |name: &str| {
            let mut members = header.split(';').filter_map(|part| part.split_once('='));
            members
                .find(|(key, _)| key.trim() == name)
                .map(|(_, value)| value.trim())
        };
        let root = member("Root").and_then(trace_id);
        let parent = member("Parent").and_then(|id| SpanId::from_hex(id).ok());
        Self {
            trace: root.unwrap_or_else(|| TraceId::from_bytes(digest(&identity.execution_arn, ""))),
            parent: parent.filter(|id| root.is_some() && *id != SpanId::INVALID),
            is_sampled: member("Sampled") != Some("0"),
            key: match member(AGAIN) {
                None => identity.execution_arn.clone(),
                Some(again) => format!("{} {again}", identity.execution_arn),
            },
        }
    }

    /// The span of the execution, from its start or a redrive on.
    pub(super) fn run(&self, redrive_count: u32) -> SpanId {
        self.span(&format!("run {redrive_count}"))
    }

    /// The span that begins with an event.
    pub(super) fn event(&self, id: u64) -> SpanId {
        self.span(&format!("event {id}"))
    }

    fn span(&self, what: &str) -> SpanId {
        SpanId::from_bytes(digest(&self.key, what))
    }
}

/// The header that an execution gives to those that it starts, so that they are in its trace and below its span.
pub(crate) fn header_of_child(parent: &Identity) -> String {
    let context = Context::of(parent);
    let trace = context.trace.to_string();
    let (time, unique) = trace.split_at(8);
    let (span, sampled) = (context.run(0), u8::from(context.is_sampled));
    format!("Root=1-{time}-{unique};Parent={span};Sampled={sampled}")
}

/// The same for an execution that starts once more under its ARN, at this time in milliseconds since 1970: the spans of each of
/// its lives have ids of their own.
pub(crate) fn header_of_restart(header: &str, start_ms: i64) -> String {
    format!("{header};{AGAIN}={start_ms}")
}

/// `1-<8 digits>-<24 digits>`
fn trace_id(root: &str) -> Option<TraceId> {
    let (time, unique) = root.strip_prefix("1-")?.split_once('-')?;
    if (time.len(), unique.len()) != (8, 24) {
        return None;
    }
    let id = TraceId::from_hex(&format!("{time}{unique}")).ok();
    id.filter(|id| *id != TraceId::INVALID)
}

/// The beginning of a SHA-256.
fn digest<const N: usize>(execution: &str, what: &str) -> [u8; N] {
    let digest = Sha256::digest(format!("{execution} {what}"));
    let mut bytes = [0; N];
    bytes.copy_from_slice(&digest[..N]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, header: Option<&str>) -> Identity {
        Identity {
            execution_arn: format!("arn:aws:states:us-east-1:123456789012:execution:m:{name}"),
            execution_name: name.into(),
            machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:m".into(),
            machine_name: "m".into(),
            role_arn: "role".into(),
            region: "us-east-1".into(),
            alias_arn: None,
            version_arn: None,
            trace_header: header.map(str::to_owned),
        }
    }

    #[test]
    fn a_header_gives_trace_parent_and_whether_there_is_one() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        let context = Context::of(&identity("a", Some(header)));
        assert_eq!(
            context.trace.to_string(),
            "5759e988bd862e3fe1be46a994272793"
        );
        assert_eq!(context.parent.unwrap().to_string(), "53995c3f42cd8ad8");
        assert!(context.is_sampled);
        let quiet = Context::of(&identity(
            "a",
            Some("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0"),
        ));
        assert!(!quiet.is_sampled && quiet.parent.is_none());
    }

    #[test]
    fn without_a_header_that_can_be_read_ids_follow_from_the_execution() {
        let plain = Context::of(&identity("a", None));
        for header in [
            "",
            "Root=1-5759e988",
            "Root=1-zzzzzzzz-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
            "Root=1-00000000-000000000000000000000000",
            "ä=;;=",
        ] {
            let context = Context::of(&identity("a", Some(header)));
            assert_eq!(context.trace, plain.trace, "{header}");
            assert_eq!(context.parent, None, "{header}");
        }
        let other = Context::of(&identity("b", None));
        assert!(other.trace != plain.trace && other.run(0) != plain.run(0));
        assert!(plain.run(0) != plain.run(1) && plain.event(1) != plain.event(2));
    }

    #[test]
    fn children_are_in_the_trace_of_their_parent_and_below_its_span() {
        let parent = identity("a", None);
        let child = Context::of(&identity("b", Some(&header_of_child(&parent))));
        let parent = Context::of(&parent);
        assert_eq!(
            (child.trace, child.parent),
            (parent.trace, Some(parent.run(0)))
        );
    }

    #[test]
    fn an_execution_that_starts_again_has_other_spans_in_the_same_place() {
        let header = header_of_child(&identity("a", None));
        let of = |header: &str| Context::of(&identity("b", Some(header)));
        let (first, again) = (of(&header), of(&header_of_restart(&header, 5)));
        assert_eq!((again.trace, again.parent), (first.trace, first.parent));
        assert!(again.run(0) != first.run(0) && again.event(1) != first.event(1));
        let child = Context::of(&identity(
            "c",
            Some(&header_of_child(&identity(
                "b",
                Some(&header_of_restart(&header, 5)),
            ))),
        ));
        assert_eq!(child.parent, Some(again.run(0)));
    }
}
