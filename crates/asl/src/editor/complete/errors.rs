//! Names of errors: the reserved ones, those that the task's resource is known for, and those that the workflow names.

use super::offer::Offer;
use super::{CompletionKind, Place};
use crate::check::fields::Kind;
use crate::editor::cursor::MARKER;
use crate::editor::docs;
use crate::graph::StateType;
use crate::text::Node;
use std::collections::BTreeSet;

const ALL: &str = "States.ALL";

pub(super) fn offers(place: &Place<'_>) -> Vec<Offer> {
    let listed: BTreeSet<&str> = place
        .room
        .node
        .elements()
        .iter()
        .filter_map(Node::as_str)
        .filter(|name| *name != MARKER)
        .collect();
    let mut offers: Vec<Offer> = of_resource(place).collect();
    offers.extend(reserved(place, listed.is_empty()));
    let known: BTreeSet<String> = offers.iter().map(|offer| offer.label.clone()).collect();
    let used = used(place)
        .into_iter()
        .filter(|name| !known.contains(*name));
    offers.extend(used.map(|name| {
        Offer::text(CompletionKind::Error, name)
            .detail("used in this workflow")
            .rank(1)
    }));
    offers.retain(|offer| !listed.contains(offer.label.as_str()));
    offers
}

/// `States.ALL` only where it can stand alone and last.
fn reserved(place: &Place<'_>, is_alone: bool) -> impl Iterator<Item = Offer> {
    let kind = state_type(place);
    let language = place.room.language;
    let is_all_possible = is_alone && is_last(place);
    docs::known_errors()
        .filter(move |error| error.name != ALL || is_all_possible)
        .map(move |error| {
            let occurs = error.occurs(kind, language);
            Offer::text(CompletionKind::Error, error.name)
                .documentation(error.words)
                .rank(if occurs { 2 } else { 8 })
        })
}

fn state_type(place: &Place<'_>) -> Option<StateType> {
    let Kind::State(kind) = place.room.state.as_ref()?.kind else {
        return None;
    };
    Some(kind)
}

/// Whether the retrier or catcher is the last of its list.
fn is_last(place: &Place<'_>) -> bool {
    let handler = place.room.pointer.parent();
    let Some((list, last)) = handler
        .as_ref()
        .and_then(|at| Some((at.parent()?, at.0.last()?)))
    else {
        return true;
    };
    let count = place
        .cursor
        .mended
        .get(&list)
        .map_or(0, |list| list.elements().len());
    last.name()
        .parse::<usize>()
        .is_ok_and(|index| index + 1 == count)
}

fn of_resource<'p>(place: &'p Place<'_>) -> impl Iterator<Item = Offer> + 'p {
    let resource = place
        .room
        .state
        .as_ref()
        .and_then(|state| state.node.field("Resource")?.as_str());
    let errors = resource
        .and_then(docs::service_of)
        .map_or(&[][..], docs::errors_of_service);
    errors.iter().map(|(name, words)| {
        Offer::text(CompletionKind::Error, *name)
            .documentation(*words)
            .rank(0)
    })
}

/// Names in `ErrorEquals` and `Error` anywhere in the text.
fn used<'p>(place: &'p Place<'_>) -> BTreeSet<&'p str> {
    let mut names = BTreeSet::new();
    let mut open: Vec<&Node> = place.cursor.mended.root().into_iter().collect();
    while let Some(node) = open.pop() {
        for member in node.members() {
            match &*member.key {
                "ErrorEquals" => {
                    names.extend(member.value.elements().iter().filter_map(Node::as_str))
                }
                "Error" => names.extend(member.value.as_str()),
                _ => open.push(&member.value),
            }
        }
        open.extend(node.elements());
    }
    names.retain(|name| *name != MARKER && !name.is_empty() && !name.starts_with("{%"));
    names
}
