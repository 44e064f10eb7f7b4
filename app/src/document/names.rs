//! Free names for new states. AWS wants every name once in a whole machine, so all blocks count.

use super::Refusal;
use crate::text::document::refusals;
use asl::graph::Outline;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// The longest name that AWS takes, in characters (asl-rules: names).
const LONGEST: usize = 80;

/// The names in use.
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The names of all states of `outline`.
    pub(super) fn of(outline: &Outline) -> Self {
        Self(
            outline
                .states
                .iter()
                .map(|state| state.name.to_string())
                .collect(),
        )
    }

    /// `base`, or `base 2`, `base 3`…; the name is in use afterwards.
    pub(super) fn take(&mut self, base: &str) -> String {
        let stem = stem(base);
        let name = std::iter::once(base.to_owned())
            .chain((2..).map(|number| format!("{} {number}", shortened(stem, number))))
            .find(|name| !self.0.contains(name))
            .unwrap_or_default();
        self.0.insert(name.clone());
        name
    }

    /// Whether a state of that name exists.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Gives every state inside `state` (branches, processors) a free name, with the references to it.
    pub(super) fn refresh(&mut self, state: &mut Map<String, Value>) {
        for block in inner_blocks(state) {
            let mut renamed = HashMap::new();
            if let Some(Value::Object(states)) = block.get_mut("States") {
                *states = std::mem::take(states)
                    .into_iter()
                    .map(|(name, mut value)| {
                        let fresh = self.take(&name);
                        renamed.insert(name, fresh.clone());
                        if let Value::Object(members) = &mut value {
                            self.refresh(members);
                        }
                        (fresh, value)
                    })
                    .collect();
            }
            redirect_block(block, &|name| renamed.get(name).cloned());
        }
    }
}

/// `base` without a number at its end.
fn stem(base: &str) -> &str {
    match base.rsplit_once(' ') {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u32>().is_ok() => stem,
        Some(_) | None => base,
    }
}

/// `stem` cut so that it fits with its number.
fn shortened(stem: &str, number: u32) -> String {
    stem.chars()
        .take(LONGEST - 1 - number.to_string().len())
        .collect()
}

/// Refuses a name that AWS would refuse, or that another state has.
pub(super) fn check(outline: &Outline, name: &str) -> Result<(), Refusal> {
    let refuse = |words: String| Err(Refusal::Name(words));
    if name.trim().is_empty() {
        return refuse(refusals::NAMELESS.to_owned());
    }
    if name.chars().count() > LONGEST {
        return refuse(refusals::name_too_long(LONGEST));
    }
    if name.chars().any(char::is_control) {
        return refuse(refusals::NAME_MARKS.to_owned());
    }
    if Names::of(outline).has(name) {
        return refuse(refusals::name_taken(name));
    }
    Ok(())
}

/// The blocks inside a state's value.
pub(super) fn inner_blocks(state: &mut Map<String, Value>) -> Vec<&mut Map<String, Value>> {
    let mut blocks = Vec::new();
    for (key, value) in state.iter_mut() {
        match (key.as_str(), value) {
            ("Branches", Value::Array(branches)) => {
                blocks.extend(branches.iter_mut().filter_map(Value::as_object_mut));
            }
            ("ItemProcessor" | "Iterator", Value::Object(block)) => blocks.push(block),
            _ => {}
        }
    }
    blocks
}

/// Replaces names in `StartAt` and in the transitions of a block's states.
fn redirect_block(block: &mut Map<String, Value>, rename: &dyn Fn(&str) -> Option<String>) {
    redirect(block, "StartAt", rename);
    let Some(Value::Object(states)) = block.get_mut("States") else {
        return;
    };
    for state in states.values_mut().filter_map(Value::as_object_mut) {
        redirect_state(state, rename);
    }
}

/// Replaces names in the transitions of one state.
pub(super) fn redirect_state(
    state: &mut Map<String, Value>,
    rename: &dyn Fn(&str) -> Option<String>,
) {
    redirect(state, "Next", rename);
    redirect(state, "Default", rename);
    for list in ["Choices", "Catch"] {
        let Some(Value::Array(items)) = state.get_mut(list) else {
            continue;
        };
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            redirect(item, "Next", rename);
        }
    }
}

fn redirect(
    members: &mut Map<String, Value>,
    field: &str,
    rename: &dyn Fn(&str) -> Option<String>,
) {
    if let Some(Value::String(name)) = members.get_mut(field)
        && let Some(fresh) = rename(name)
    {
        *name = fresh;
    }
}
