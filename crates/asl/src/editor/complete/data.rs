//! Names in data: the parameters of a call, the role of a task, the members that a callback needs.

use super::offer::{Offer, member};
use super::{CompletionKind, Place};
use crate::catalog::{self, Form, Parameter, Pattern};
use crate::check::fields::Language;
use crate::text::Node;

/// Names in the data of a field; they are known at its top only, where a call looks for them.
pub(super) fn offers(place: &Place<'_>, field: &str) -> Vec<Offer> {
    let is_top = place
        .room
        .pointer
        .0
        .last()
        .is_some_and(|step| step.name() == field);
    let mut offers = match field {
        "Credentials" if is_top => named(
            place,
            "RoleArn",
            "The ARN of the role that the task runs as.",
            false,
        ),
        "Parameters" | "Arguments" if is_top => of_call(place),
        _ => Vec::new(),
    };
    offers.retain(|offer| {
        let bare = offer.label.strip_suffix(".$").unwrap_or(&offer.label);
        !place.has(bare) && !place.has(&format!("{bare}.$"))
    });
    if field == "Parameters" || field == "Arguments" {
        offers.extend(token(place));
    }
    offers
}

/// A name with a constant, and in JSONPath with a path.
fn named(place: &Place<'_>, name: &str, words: &str, is_data: bool) -> Vec<Offer> {
    let offer = |label: &str, value: &str, rank: u16| {
        let template = member(label, value, place.cursor);
        Offer::whole(CompletionKind::Field, label, template)
            .documentation(words)
            .rank(rank)
    };
    let value = if is_data { "{\n\t«»\n}" } else { "\"«»\"" };
    let mut offers = vec![offer(name, value, 0)];
    if place.room.language == Language::JsonPath {
        offers.push(offer(&format!("{name}.$"), "\"$.«»\"", 1));
    }
    offers
}

/// What the data is given to.
fn resource<'p>(place: &'p Place<'_>) -> Option<&'p str> {
    let reader = place.room.pointer.parent();
    let holder = reader.and_then(|at| place.cursor.mended.get(&at))?;
    holder.field("Resource")?.as_str()
}

fn of_call(place: &Place<'_>) -> Vec<Offer> {
    let Some(resource) = resource(place) else {
        return Vec::new();
    };
    let request = place.cursor.mended.get(&place.room.pointer);
    let offers = known(resource, request)
        .iter()
        .flat_map(|parameter| named(place, parameter.name, parameter.words, parameter.is_data()));
    offers.collect()
}

/// The parameters of what a task or a Map's reader calls.
fn known(resource: &str, request: Option<&Node>) -> &'static [Parameter] {
    let of_map = || {
        let (service, name) = resource
            .strip_prefix("arn:aws:states:::")?
            .split_once(':')?;
        catalog::find(Form::MapData, service, name)
    };
    let called = catalog::of_resource(resource).map(|(action, _)| action);
    called
        .filter(|action| *action != catalog::approval() || request.is_some_and(catalog::asks))
        .or_else(of_map)
        .map_or(&[], |action| action.parameters)
}

/// The task token, at any depth of the parameters of a callback.
fn token(place: &Place<'_>) -> Option<Offer> {
    let state = place.room.state.as_ref()?;
    let resource = state.node.field("Resource")?.as_str()?;
    if !resource.ends_with(Pattern::Callback.suffix()) {
        return None;
    }
    let (label, value) = match place.room.language {
        Language::JsonPath => ("TaskToken.$", "\"$$.Task.Token\""),
        Language::Jsonata => ("TaskToken", "\"{% $states.context.Task.Token %}\""),
    };
    let offer = Offer::whole(
        CompletionKind::Field,
        label,
        member(label, value, place.cursor),
    );
    (!place.has(label)).then(|| {
        offer
            .documentation("Whoever returns this token ends the task.")
            .rank(2)
    })
}
