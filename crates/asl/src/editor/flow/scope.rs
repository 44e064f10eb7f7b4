//! What a query at a place can see: which data `$` is, and what `$states` holds (asl-rules 7, 8, 10).

use super::{Flow, Guess, context, results};
use crate::check::fields::Kind;
use crate::editor::room::{Room, RoomKind};
use crate::graph::{StateIx, StateType};
use serde_json::{Map, Value};

/// What a query can see.
pub(in crate::editor) struct Sight {
    /// `$`, or `$states.input`.
    pub(in crate::editor) input: Guess,
    /// `$states.result`, where it is allowed.
    pub(in crate::editor) result: Option<Guess>,
    /// `$states.errorOutput`, where it is allowed.
    pub(in crate::editor) error: Option<Guess>,
}

impl Sight {
    pub(super) fn of_input(input: Guess) -> Self {
        Self {
            input,
            result: None,
            error: None,
        }
    }

    pub(in crate::editor) fn is_seen(&self) -> bool {
        self.input.is_seen
            && self.result.as_ref().is_none_or(|result| result.is_seen)
            && self.error.is_none()
    }

    /// `$states`, with or without the context object.
    pub(in crate::editor) fn states(
        &self,
        flow: &Flow<'_>,
        ix: StateIx,
        has_context: bool,
    ) -> Value {
        let mut states = Map::new();
        states.insert("input".to_owned(), (*self.input.value).clone());
        if has_context {
            states.insert("context".to_owned(), context(flow, Some(ix)));
        }
        let more = [("result", &self.result), ("errorOutput", &self.error)];
        for (name, guess) in more {
            if let Some(guess) = guess {
                states.insert(name.to_owned(), (*guess.value).clone());
            }
        }
        Value::Object(states)
    }
}

/// What `$` is in a field of JSONPath.
#[derive(Clone, Copy, PartialEq)]
enum Root {
    Raw,
    Filtered,
    Result,
    Merged,
    Error,
}

/// What a query in `field` of this place can see in a JSONPath state (`is_jsonata` unset) or a JSONata state.
pub(in crate::editor) fn at(
    flow: &Flow<'_>,
    ix: StateIx,
    room: &Room<'_>,
    field: &str,
    is_jsonata: bool,
) -> Sight {
    let Some(node) = flow.node(ix) else {
        return Sight::of_input(Guess::default());
    };
    let (holder, field) = match room.kind {
        RoomKind::Data(kind, field) | RoomKind::Texts(kind, field) => (kind, field),
        RoomKind::Fields(kind) => (kind, field),
        RoomKind::States | RoomKind::List(_) | RoomKind::Unknown => (Kind::UntypedState, field),
    };
    let depth = super::DEEPEST;
    let raw = flow.input(ix);
    if is_jsonata {
        let is_end = matches!(field, "Output" | "Assign");
        let is_result = is_end && matches!(holder, Kind::State(_)) && flow.has_result(ix);
        return Sight {
            input: raw,
            result: is_result.then(|| flow.result(ix, node, depth)),
            error: (is_end && holder == Kind::Catcher)
                .then(|| Guess::likely(results::error_output())),
        };
    }
    Sight::of_input(match root(holder, field, flow.kind(ix)) {
        Root::Raw => raw,
        Root::Filtered => flow.filtered(ix, node, depth),
        Root::Result => flow.result(ix, node, depth),
        Root::Merged => flow.before_output_path(ix, node, depth),
        Root::Error => Guess::likely(results::error_output()),
    })
}

fn root(holder: Kind, field: &str, state: Option<StateType>) -> Root {
    let works = matches!(
        state,
        Some(StateType::Task | StateType::Map | StateType::Parallel | StateType::Pass)
    );
    match field {
        "InputPath" | "ResultPath" | "ErrorPath" | "CausePath" => Root::Raw,
        "OutputPath" => Root::Merged,
        "ResultSelector" => Root::Result,
        "Assign" if holder == Kind::Catcher => Root::Error,
        "Assign" if matches!(holder, Kind::State(_)) && works => Root::Result,
        _ => Root::Filtered,
    }
}
