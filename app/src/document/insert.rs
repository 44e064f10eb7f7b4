//! Verbs that add, copy and move states.

use super::draft::{Draft, index, key, name_of, parent, state_in};
use super::flow::Onward;
use super::names::{self, Names};
use super::room::has_room;
use super::{Addition, Blueprint, Change, Editing, Place, Refusal, Way};
use crate::text::document::{self as text, refusals};
use asl::graph::{Outline, Role, StateIx, StateType};
use asl::text::Pointer;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A state to put somewhere: its name, its type and its members, flow aside.
struct Newcomer {
    name: String,
    kind: StateType,
    members: Map<String, Value>,
}

/// Where a newcomer goes, resolved: the block, what comes after it, and the state written before it.
pub(super) struct Spot {
    pub(super) block: Pointer,
    pub(super) onward: Onward,
    pub(super) written_after: Option<String>,
}

impl Editing {
    /// Adds a state of a kind, or the states of a pattern, at a place, between what was there. Refused after the end of a
    /// run, or while the text is broken.
    pub fn insert(&self, place: &Place, addition: impl Into<Addition>) -> Result<Change, Refusal> {
        match addition.into() {
            Addition::State(blueprint) => self.insert_state(place, blueprint),
            Addition::Pattern(pattern) => self.insert_pattern(place, pattern),
        }
    }

    fn insert_state(&self, place: &Place, blueprint: Blueprint) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let mut names = Names::of(&draft.outline);
        let name = names.take(&blueprint.name());
        let language = draft.language(&Pointer::default());
        let members = blueprint.value(language, |base| names.take(base));
        let newcomer = Newcomer {
            name: name.clone(),
            kind: blueprint.kind(),
            members,
        };
        let at = draft.settle(place, newcomer, &mut names)?;
        Ok(draft.finish(text::add(&name), vec![at]))
    }

    /// Adds a copy of each state right after it, with a free name (also for the states inside).
    pub fn duplicate(&self, states: &[Pointer]) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let mut names = Names::of(&draft.outline);
        let mut copies = Vec::new();
        for pointer in states {
            let state = draft.state(pointer)?;
            let kind = draft.node(state).kind.unwrap_or(StateType::Pass);
            let name = names.take(&draft.node(state).name.clone());
            let mut members = draft.members(pointer)?;
            names.refresh(&mut members);
            copies.push(draft.copy_after(
                state,
                Newcomer {
                    name,
                    kind,
                    members,
                },
                &mut names,
            )?);
            draft.refresh();
        }
        let label = match copies.as_slice() {
            [one] => text::duplicate(&name_of(one)),
            many => text::duplicate_many(many.len()),
        };
        Ok(draft.finish(label, copies))
    }

    /// Takes a state out of its place, joins what was around it, and puts it at another place.
    pub fn move_state(&self, pointer: &Pointer, place: &Place) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let state = draft.state(pointer)?;
        let name = draft.node(state).name.to_string();
        if draft.adjoins(state, place) {
            return Ok(Change {
                label: text::leave_there(&name),
                ..Change::default()
            });
        }
        has_room(&draft.outline, Some(pointer), place)?;
        let kind = draft.node(state).kind.unwrap_or(StateType::Pass);
        let mut members = draft.members(pointer)?;
        strip_flow(kind, &mut members);
        let mut names = Names::of(&draft.outline);
        let own_block = draft.block_of(state);
        let stays = draft.block_at(place)? == Some(own_block);
        if !stays {
            forget_ways(kind, &mut members);
        }
        let passing = names.take("Moving");
        let at = draft.settle(
            place,
            Newcomer {
                name: passing,
                kind,
                members,
            },
            &mut names,
        )?;
        draft.refresh();
        draft.detach(std::slice::from_ref(pointer))?;
        draft.refresh();
        let landed = draft.give_name(&at, &name)?;
        if landed != *pointer {
            draft.note_move(pointer.clone(), landed.clone());
        }
        Ok(draft.finish(text::move_state(&name), vec![landed]))
    }
}

impl Draft {
    /// Reads the shape of the present copy.
    pub(super) fn refresh(&mut self) {
        self.outline = Arc::new(Outline::of(self.document()));
    }

    fn members(&self, pointer: &Pointer) -> Result<Map<String, Value>, Refusal> {
        match self.value(pointer) {
            Some(Value::Object(members)) => Ok(members),
            Some(_) | None => Err(Refusal::Gone(name_of(pointer))),
        }
    }

    /// Makes room at `place` and writes the newcomer there; returns its pointer.
    fn settle(
        &mut self,
        place: &Place,
        mut newcomer: Newcomer,
        names: &mut Names,
    ) -> Result<Pointer, Refusal> {
        let spot = self.make_room(place, &newcomer.name)?;
        let mut onward = spot.onward;
        if newcomer.kind == StateType::Choice && onward == Onward::End {
            let done = names.take(text::DONE);
            self.set(&state_in(&spot.block, &done), &json!({ "Type": "Succeed" }))?;
            onward = Onward::To(done);
        }
        onward.write(newcomer.kind, &mut newcomer.members);
        let at = state_in(&spot.block, &newcomer.name);
        let value = Value::Object(newcomer.members);
        match spot.written_after {
            Some(before) => self.set_after(&at, &value, &before)?,
            None => self.set(&at, &value)?,
        }
        Ok(at)
    }

    /// Lets what leads to `place` lead to the state called `name`.
    pub(super) fn make_room(&mut self, place: &Place, name: &str) -> Result<Spot, Refusal> {
        has_room(&self.outline, None, place)?;
        match place {
            Place::On(Way::Start(block)) => self.room_at_start(block, name),
            Place::On(Way::Transition(way)) => self.room_on_way(way, name),
            Place::On(Way::End(state)) | Place::After(state) => self.room_after(state, name),
            Place::Into(block) => {
                let end = self.end_of(self.block(block)?);
                self.make_room(&end, name)
            }
            Place::Branch(parallel) => self.room_in_branch(parallel, name),
        }
    }

    fn room_at_start(&mut self, block: &Pointer, name: &str) -> Result<Spot, Refusal> {
        let shape = self.outline.clone();
        let shape = &shape.blocks[self.block(block)?.0];
        let onward = match (shape.start, shape.start_at.as_deref()) {
            (Some(_), Some(start)) => Onward::To(start.to_owned()),
            _ => Onward::End,
        };
        let states = key(block, "States");
        if !self.has(&states) {
            self.set(&states, &json!({}))?;
        }
        self.set(&key(block, "StartAt"), &json!(name))?;
        Ok(Spot {
            block: block.clone(),
            onward,
            written_after: None,
        })
    }

    fn room_on_way(&mut self, way: &Pointer, name: &str) -> Result<Spot, Refusal> {
        let (from, target) = self.way(way)?;
        self.set(way, &json!(name))?;
        Ok(Spot {
            block: self.block_of(from),
            onward: Onward::To(target),
            written_after: Some(self.node(from).name.to_string()),
        })
    }

    /// The state that a transition leaves, and the name that it gives.
    fn way(&self, way: &Pointer) -> Result<(StateIx, String), Refusal> {
        self.outline
            .states
            .iter()
            .enumerate()
            .find_map(|(ix, state)| {
                let found = state
                    .transitions
                    .iter()
                    .find(|transition| transition.pointer == *way)?;
                Some((StateIx(ix), found.target.to_string()))
            })
            .ok_or_else(|| Refusal::Gone(refusals::THIS_WAY.to_owned()))
    }

    fn room_after(&mut self, pointer: &Pointer, name: &str) -> Result<Spot, Refusal> {
        let state = self.state(pointer)?;
        let node = self.node(state);
        let own = node.name.to_string();
        let default = node.transitions.iter().any(|way| way.role == Role::Default);
        let onward = match node.kind {
            Some(StateType::Choice) if !default => Onward::End,
            _ => self.onward(state).unwrap_or(Onward::End),
        };
        if node.kind == Some(StateType::Choice) {
            self.set(&key(pointer, "Default"), &json!(name))?;
        } else {
            self.lead(pointer, &Onward::To(name.to_owned()))?;
        }
        Ok(Spot {
            block: self.block_of(state),
            onward,
            written_after: Some(own),
        })
    }

    fn room_in_branch(&mut self, parallel: &Pointer, name: &str) -> Result<Spot, Refusal> {
        let branches = key(parallel, "Branches");
        let added = self.push(&branches, json!({ "StartAt": name, "States": {} }))?;
        Ok(Spot {
            block: index(&branches, added),
            onward: Onward::End,
            written_after: None,
        })
    }

    /// Writes a copy after a state. A Choice's copy takes over its default; after Succeed and Fail it stands apart.
    fn copy_after(
        &mut self,
        state: StateIx,
        mut copy: Newcomer,
        names: &mut Names,
    ) -> Result<Pointer, Refusal> {
        let pointer = self.node(state).pointer.clone();
        if matches!(copy.kind, StateType::Succeed | StateType::Fail) {
            let at = state_in(&self.block_of(state), &copy.name);
            self.set_after(&at, &Value::Object(copy.members), &name_of(&pointer))?;
            return Ok(at);
        }
        strip_flow(copy.kind, &mut copy.members);
        self.settle(&Place::After(pointer), copy, names)
    }

    /// Whether a place is right before or right after a state already.
    fn adjoins(&self, state: StateIx, place: &Place) -> bool {
        let node = self.node(state);
        match place {
            Place::On(Way::Start(block)) => self
                .outline
                .blocks
                .iter()
                .any(|shape| shape.pointer == *block && shape.start == Some(state)),
            Place::On(Way::Transition(way)) => {
                let leaves = node.transitions.iter().any(|own| own.pointer == *way);
                leaves
                    || self
                        .way(way)
                        .is_ok_and(|(_, target)| *target == *node.name && self.shares(state, way))
            }
            Place::On(Way::End(other)) | Place::After(other) => *other == node.pointer,
            Place::Into(block) => self.block(block).is_ok_and(|ix| match self.end_of(ix) {
                Place::Into(_) => false,
                end => self.adjoins(state, &end),
            }),
            Place::Branch(_) => false,
        }
    }

    fn shares(&self, state: StateIx, way: &Pointer) -> bool {
        self.way(way)
            .is_ok_and(|(from, _)| self.node(from).block == self.node(state).block)
    }

    /// The block that a place is in; none for a branch that does not exist yet.
    fn block_at(&self, place: &Place) -> Result<Option<Pointer>, Refusal> {
        match place {
            Place::On(Way::Start(block)) | Place::Into(block) => Ok(Some(block.clone())),
            Place::On(Way::Transition(way)) => {
                self.way(way).map(|(from, _)| Some(self.block_of(from)))
            }
            Place::On(Way::End(state)) | Place::After(state) => Ok(Some(parent(&parent(state)))),
            Place::Branch(_) => Ok(None),
        }
    }

    /// Renames a state that nothing but the present verb knows.
    pub(super) fn give_name(&mut self, pointer: &Pointer, name: &str) -> Result<Pointer, Refusal> {
        let block = parent(&parent(pointer));
        let passing = name_of(pointer);
        let ix = self.block(&block)?;
        for reference in self.references(ix, &passing) {
            self.set(&reference.pointer, &json!(name))?;
        }
        self.rename_key(pointer, name)?;
        Ok(state_in(&block, name))
    }
}

/// Takes the main way out of a state's members; rules and catchers stay.
fn strip_flow(kind: StateType, members: &mut Map<String, Value>) {
    members.shift_remove("Next");
    members.shift_remove("End");
    if kind == StateType::Choice {
        members.shift_remove("Default");
    }
}

/// Takes all ways out of a state's members, since their targets are in another block.
fn forget_ways(kind: StateType, members: &mut Map<String, Value>) {
    members.shift_remove("Catch");
    if kind == StateType::Choice {
        names::redirect_state(members, &|_| Some(String::new()));
    }
}
