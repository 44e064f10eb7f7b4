//! Names of fields: those that the object may have and does not have yet, with values of the right shape.

use super::offer::{Offer, member};
use super::{CompletionKind, Place, skeletons};
use crate::check::fields::{Field, Kind, Language, OPERATORS};
use crate::check::{groups, required};
use crate::editor::docs;
use crate::editor::flow::{Flow, sight};
use crate::graph::StateType;
use crate::query::timestamp::Instant;
use crate::text::Node;
use serde_json::Value;

pub(super) fn offers(place: &Place<'_>, kind: Kind, has_value: bool) -> Vec<Offer> {
    let tested = tested(place, kind);
    let operators: &[Field] = if kind.is_rule() { OPERATORS } else { &[] };
    let fields = kind.fields().chain(operators);
    let allowed = fields.filter(|field| is_allowed(place, kind, field));
    let mut offers: Vec<Offer> = allowed
        .map(|field| Offer {
            rank: rank(place, kind, field, &tested),
            ..offer(place, kind, field)
        })
        .collect();
    if !has_value {
        offers.extend(skeletons::in_object(place, kind));
    }
    offers
}

fn offer(place: &Place<'_>, kind: Kind, field: &Field) -> Offer {
    let is_required = needs(place, kind, field.name);
    let shape = docs::shape(field.shape);
    let detail = if is_required {
        format!("required, {shape}")
    } else {
        shape.to_owned()
    };
    let value = skeletons::value(place, kind, field);
    let offer = Offer::whole(
        CompletionKind::Field,
        field.name,
        member(field.name, &value, place.cursor),
    );
    Offer {
        deprecated: is_deprecated(kind, field.name),
        ..offer
            .detail(detail)
            .documentation(docs::field(kind, field.name))
    }
}

fn is_allowed(place: &Place<'_>, kind: Kind, field: &Field) -> bool {
    let other = field.only.is_some_and(|only| only != place.room.language);
    let excluded = groups(kind)
        .iter()
        .filter(|group| group.contains(&field.name))
        .any(|group| group.iter().any(|name| place.has(name)));
    let never = matches!((kind, field.name), (Kind::Machine, "ProcessorConfig"));
    !other && !excluded && !never && !place.has(field.name) && !is_contrary(place, kind, field)
}

/// Whether something stands that leaves no room for the field.
fn is_contrary(place: &Place<'_>, kind: Kind, field: &Field) -> bool {
    let has_any = |names: &[&str]| names.iter().any(|name| place.has(name));
    let combined = ["And", "Or", "Not"];
    match field.name {
        "Next" if matches!(kind, Kind::State(_)) => place.has("End"),
        "End" => place.has("Next"),
        "Result" => place.has("Parameters"),
        "QueryLanguage" if matches!(kind, Kind::State(_) | Kind::UntypedState) => {
            machine_language(place) == Language::Jsonata
        }
        _ if !kind.is_rule() => false,
        "And" | "Or" | "Not" => has_any(&combined) || place.has("Variable") || has_operator(place),
        "Variable" => has_any(&combined),
        name if is_operator(name) => has_any(&combined) || has_operator(place),
        _ => false,
    }
}

fn machine_language(place: &Place<'_>) -> Language {
    let root = place.cursor.mended.root();
    root.and_then(crate::editor::room::own_language)
        .unwrap_or(Language::JsonPath)
}

fn is_operator(name: &str) -> bool {
    OPERATORS.iter().any(|field| field.name == name)
}

fn has_operator(place: &Place<'_>) -> bool {
    let members = place.room.node.members();
    members.iter().any(|member| is_operator(&member.key))
}

fn is_deprecated(kind: Kind, name: &str) -> bool {
    kind == Kind::State(StateType::Map) && matches!(name, "Iterator" | "Parameters")
}

/// Whether the object cannot be without the field.
fn needs(place: &Place<'_>, kind: Kind, name: &str) -> bool {
    let (node, language) = (place.room.node, place.room.language);
    let is_state = matches!(kind, Kind::State(_) | Kind::UntypedState);
    let is_rule = kind.is_rule() && language == Language::JsonPath;
    required(kind, node, language).contains(&name)
        || (name == "Type" && is_state)
        || (name == "Variable" && is_rule)
        || (name == "ProcessorConfig" && kind == Kind::Processor && is_used_distributed(place))
}

/// Whether the Map around a processor has fields that only distributed ones have.
fn is_used_distributed(place: &Place<'_>) -> bool {
    let map = place.room.state.as_ref().map(|state| state.node);
    let fields = ["ItemReader", "ItemBatcher", "ResultWriter"];
    map.is_some_and(|map| fields.iter().any(|name| map.member(name).is_some()))
}

/// Required fields first, then where to go on, then the others in the order of the table, and last what few need.
fn rank(place: &Place<'_>, kind: Kind, field: &Field, tested: &Value) -> u16 {
    let is_machine = kind == Kind::Machine;
    match field.name {
        name if needs(place, kind, name) => 0,
        "Next" | "End" => 1,
        _ if is_deprecated(kind, field.name) => 9,
        "QueryLanguage" | "Version" if !is_machine => 8,
        "Version" => 8,
        "Comment" => 7,
        "Credentials" => 8,
        "ItemReader"
        | "ItemBatcher"
        | "ResultWriter"
        | "Label"
        | "ToleratedFailureCount"
        | "ToleratedFailureCountPath"
        | "ToleratedFailurePercentage"
        | "ToleratedFailurePercentagePath"
            if !is_distributed(place.room.node) =>
        {
            8
        }
        name if is_operator(name) => operator_rank(name, tested),
        _ => 3,
    }
}

/// Operators that fit what is known of the tested value come first.
fn operator_rank(name: &str, tested: &Value) -> u16 {
    let fits = match tested {
        Value::Null => return if name.ends_with("Path") { 5 } else { 4 },
        Value::Bool(_) => name.starts_with("Boolean"),
        Value::Number(_) => name.starts_with("Numeric"),
        Value::String(text) if Instant::parse(text).is_some() => name.starts_with("Timestamp"),
        Value::String(_) => name.starts_with("String"),
        Value::Array(_) | Value::Object(_) => name == "IsPresent",
    };
    match (fits, name.ends_with("Path")) {
        (true, false) => 2,
        (true, true) => 3,
        (false, _) if name.starts_with("Is") => 4,
        (false, _) => 6,
    }
}

/// What the `Variable` of a rule is likely to hold; null when that is not known.
fn tested(place: &Place<'_>, kind: Kind) -> Value {
    let variable = place.room.node.field("Variable").and_then(Node::as_str);
    let Some(variable) = variable.filter(|_| kind.is_rule()) else {
        return Value::Null;
    };
    let flow = Flow::of(&place.cursor.mended, place.knowledge);
    let state = place.room.state.as_ref();
    let Some(ix) = state.and_then(|state| flow.outline.find(&state.pointer)) else {
        return Value::Null;
    };
    let input = sight(&flow, ix, &place.room, "Variable", false).input;
    (*flow.path(variable, &input, ix).value).clone()
}

fn is_distributed(map: &Node) -> bool {
    let processor = map.field("ItemProcessor").or_else(|| map.field("Iterator"));
    let mode = processor.and_then(|processor| processor.field("ProcessorConfig")?.field("Mode"));
    mode.and_then(Node::as_str) == Some("DISTRIBUTED")
}
