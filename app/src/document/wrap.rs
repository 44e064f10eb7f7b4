//! Verbs that put states into a new container.

use super::draft::{Draft, key, state_in};
use super::flow::Onward;
use super::names::{Names, redirect_state};
use super::{Change, Editing, Refusal};
use crate::text::document::{self as text, refusals};
use asl::graph::{BlockIx, StateIx, StateType};
use asl::text::Pointer;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// What a selection needs to be wrapped: where it begins, and what comes after it.
struct Stretch {
    block: BlockIx,
    states: Vec<StateIx>,
    entry: String,
    onward: Onward,
}

impl Editing {
    /// Puts states that have one way in and one way out into the first branch of a new Parallel.
    pub fn wrap_in_parallel(&self, states: &[Pointer]) -> Result<Change, Refusal> {
        self.wrap(
            states,
            "Parallel",
            |block| json!({ "Type": "Parallel", "Branches": [block] }),
        )
    }

    /// Puts states that have one way in and one way out into a new Map.
    pub fn wrap_in_map(&self, states: &[Pointer]) -> Result<Change, Refusal> {
        self.wrap(states, "Map", |mut block| {
            block["ProcessorConfig"] = json!({ "Mode": "INLINE" });
            json!({ "Type": "Map", "ItemProcessor": block })
        })
    }

    fn wrap(
        &self,
        pointers: &[Pointer],
        base: &str,
        container: fn(Value) -> Value,
    ) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let stretch = draft.stretch(pointers)?;
        let name = Names::of(&draft.outline).take(base);
        let block = draft.outline.blocks[stretch.block.0].pointer.clone();
        let mut value = container(draft.inner_block(&stretch)?);
        if let Value::Object(members) = &mut value {
            stretch.onward.write(StateType::Parallel, members);
        }
        draft.turn_to(&stretch, &name)?;
        let at = state_in(&block, &name);
        let first = draft.node(stretch.states[0]).name.to_string();
        draft.set_after(&at, &value, &first)?;
        for &state in &stretch.states {
            let pointer = draft.node(state).pointer.clone();
            draft.remove(&pointer)?;
            let inside = state_in(&inner_pointer(&at, base), &draft.node(state).name);
            draft.note_move(pointer, inside);
        }
        Ok(draft.finish(text::wrap(&name), vec![at]))
    }
}

fn inner_pointer(container: &Pointer, base: &str) -> Pointer {
    match base {
        "Map" => key(container, "ItemProcessor"),
        _ => super::draft::index(&key(container, "Branches"), 0),
    }
}

fn apart() -> Refusal {
    Refusal::Shape(refusals::NO_STRETCH.to_owned())
}

impl Draft {
    fn stretch(&self, pointers: &[Pointer]) -> Result<Stretch, Refusal> {
        let states = pointers
            .iter()
            .map(|pointer| self.state(pointer))
            .collect::<Result<Vec<_>, _>>()?;
        let inside: HashSet<StateIx> = states.iter().copied().collect();
        let block = self.node(*states.first().ok_or_else(apart)?).block;
        if states.iter().any(|&state| self.node(state).block != block) {
            return Err(apart());
        }
        let entry = self.entry(block, &states, &inside)?;
        let onward = self.exit(&states, &inside)?;
        let mut states = states;
        states.sort();
        states.dedup();
        Ok(Stretch {
            block,
            states,
            entry,
            onward,
        })
    }

    /// The one state of the selection that anything outside names.
    fn entry(
        &self,
        block: BlockIx,
        states: &[StateIx],
        inside: &HashSet<StateIx>,
    ) -> Result<String, Refusal> {
        let mut entries = states.iter().filter(|&&state| {
            let named = self.references(block, &self.node(state).name);
            named
                .iter()
                .any(|reference| reference.from.is_none_or(|from| !inside.contains(&from)))
        });
        let entry = entries.next().or(states.first()).ok_or_else(apart)?;
        match entries.next() {
            Some(_) => Err(apart()),
            None => Ok(self.node(*entry).name.to_string()),
        }
    }

    /// The one place outside that the selection leads to.
    fn exit(&self, states: &[StateIx], inside: &HashSet<StateIx>) -> Result<Onward, Refusal> {
        let mut exits = HashSet::new();
        for &state in states {
            let node = self.node(state);
            exits.extend(
                node.transitions
                    .iter()
                    .filter(|way| way.to.is_none_or(|to| !inside.contains(&to)))
                    .map(|way| Some(way.target.to_string())),
            );
            if node.ends && !matches!(node.kind, Some(StateType::Succeed | StateType::Fail)) {
                exits.insert(None);
            }
        }
        let mut exits = exits.into_iter();
        let onward = exits.next().flatten().map_or(Onward::End, Onward::To);
        if exits.next().is_some() {
            Err(apart())
        } else {
            Ok(onward)
        }
    }

    /// The block that the selection becomes: ways out of it end there.
    fn inner_block(&self, stretch: &Stretch) -> Result<Value, Refusal> {
        let mut states = Map::new();
        for &state in &stretch.states {
            let node = self.node(state);
            let Some(Value::Object(mut members)) = self.value(&node.pointer) else {
                return Err(apart());
            };
            self.end_inside(node.kind, &stretch.onward, &mut members)?;
            states.insert(node.name.to_string(), Value::Object(members));
        }
        Ok(json!({ "StartAt": stretch.entry, "States": states }))
    }

    fn end_inside(
        &self,
        kind: Option<StateType>,
        onward: &Onward,
        members: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        let Onward::To(outside) = onward else {
            return Ok(());
        };
        let leaves = |name: &str| name == outside;
        if members
            .get("Next")
            .and_then(Value::as_str)
            .is_some_and(leaves)
        {
            members.shift_remove("Next");
            members.insert("End".to_owned(), json!(true));
        }
        let mut crosses = false;
        redirect_check(members, &mut |name| crosses |= leaves(name));
        if crosses
            || kind == Some(StateType::Choice)
                && members.get("Default").is_some_and(|to| to == outside)
        {
            return Err(Refusal::Shape(refusals::STRETCH_LEFT.to_owned()));
        }
        Ok(())
    }

    /// Lets what led to the selection lead to the container.
    fn turn_to(&mut self, stretch: &Stretch, name: &str) -> Result<(), Refusal> {
        for reference in self.references(stretch.block, &stretch.entry) {
            if reference
                .from
                .is_none_or(|from| !stretch.states.contains(&from))
            {
                self.set(&reference.pointer, &json!(name))?;
            }
        }
        Ok(())
    }
}

/// Shows every transition's name to `see`.
fn redirect_check(members: &mut Map<String, Value>, see: &mut dyn FnMut(&str)) {
    let seen = std::cell::RefCell::new(Vec::new());
    redirect_state(members, &|name| {
        seen.borrow_mut().push(name.to_owned());
        None
    });
    for name in seen.into_inner() {
        see(&name);
    }
}
