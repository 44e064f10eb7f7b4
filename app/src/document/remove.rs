//! Removing states: what led to them leads to what came after them.

use super::draft::{Draft, key, name_of, parent};
use super::flow::{Onward, Reference};
use super::{Change, Editing, Refusal};
use crate::text::document as text;
use asl::graph::{Role, StateIx, StateType};
use asl::text::{NodeKind, Pointer};
use rustc_hash::FxHashSet;
use serde_json::json;

impl Editing {
    /// Removes states (and what is inside them) and joins the flow around them. What led to a state after which nothing
    /// comes ends there; a rule or catcher that led to it goes.
    pub fn remove_states(&self, states: &[Pointer]) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let outer = outermost(states);
        let select = draft.neighbour(&outer);
        draft.detach(&outer)?;
        let label = match outer.as_slice() {
            [one] => text::delete(&name_of(one)),
            many => text::delete_many(many.len()),
        };
        Ok(draft.finish(label, select.into_iter().collect()))
    }
}

/// The pointers that are not inside another one of them.
pub(super) fn outermost(states: &[Pointer]) -> Vec<Pointer> {
    let inside = |inner: &Pointer| {
        states
            .iter()
            .any(|outer| outer != inner && inner.0.starts_with(&outer.0))
    };
    let mut seen = FxHashSet::default();
    states
        .iter()
        .filter(|state| !inside(state) && seen.insert((*state).clone()))
        .cloned()
        .collect()
}

impl Draft {
    /// The state to select when `states` are gone: one that led to the first of them, else one after it.
    fn neighbour(&self, states: &[Pointer]) -> Option<Pointer> {
        let first = self.outline.find(states.first()?)?;
        let node = self.node(first);
        let stays = |state: &StateIx| !states.contains(&self.node(*state).pointer);
        let before = self
            .references(node.block, &node.name)
            .into_iter()
            .filter_map(|reference| reference.from);
        let after = node.transitions.iter().filter_map(|way| way.to);
        before
            .chain(after)
            .find(stays)
            .map(|state| self.node(state).pointer.clone())
    }

    /// Takes states out of the text, outermost only, and joins the flow around them.
    pub(super) fn detach(&mut self, states: &[Pointer]) -> Result<(), Refusal> {
        let mut leaving = FxHashSet::default();
        for pointer in states {
            leaving.insert(self.state(pointer)?);
        }
        // Rules and catchers go from the last to the first, so that the positions of the others hold.
        let mut references = self.references_to(&leaving);
        references.sort_by(|(a, _), (b, _)| b.pointer.cmp(&a.pointer));
        for (reference, state) in references {
            match self.beyond(state, &leaving) {
                Some(Onward::To(name)) => self.set(&reference.pointer, &json!(name))?,
                Some(Onward::End) | None => self.end_way(&reference, &leaving)?,
            }
        }
        for pointer in states {
            self.remove(pointer)?;
        }
        Ok(())
    }

    /// Where states that stay name states that leave.
    fn references_to(&self, leaving: &FxHashSet<StateIx>) -> Vec<(Reference, StateIx)> {
        let mut found = Vec::new();
        for &state in leaving {
            let node = self.node(state);
            for reference in self.references(node.block, &node.name) {
                if reference.from.is_none_or(|from| !leaving.contains(&from)) {
                    found.push((reference, state));
                }
            }
        }
        found
    }

    /// What comes after a state, past all that leave.
    fn beyond(&self, state: StateIx, leaving: &FxHashSet<StateIx>) -> Option<Onward> {
        let block = self.node(state).block;
        let mut at = state;
        for _ in 0..=leaving.len() {
            let Onward::To(name) = self.onward(at)? else {
                return Some(Onward::End);
            };
            let shape = &self.outline.blocks[block.0];
            let next = shape
                .states
                .iter()
                .copied()
                .find(|&next| *self.node(next).name == *name);
            match next {
                Some(next) if leaving.contains(&next) => at = next,
                Some(_) | None => return Some(Onward::To(name)),
            }
        }
        None
    }

    /// A way whose target goes and has nothing after it: `Next` becomes `End`, a rule or catcher goes, the start moves
    /// to a state that stays.
    fn end_way(
        &mut self,
        reference: &Reference,
        leaving: &FxHashSet<StateIx>,
    ) -> Result<(), Refusal> {
        match (reference.role, reference.from) {
            (None, _) | (_, None) => self.restart(&parent(&reference.pointer), leaving),
            (Some(role), Some(from)) => self.cut(role, &self.node(from).pointer.clone()),
        }
    }

    /// Cuts a transition of the state at `pointer`.
    pub(super) fn cut(&mut self, role: Role, pointer: &Pointer) -> Result<(), Refusal> {
        match role {
            Role::Next => Ok(self.lead(pointer, &Onward::End)?),
            Role::Default => Ok(self.remove(&key(pointer, "Default"))?),
            Role::Choice(rule) => {
                Ok(self.remove(&super::draft::index(&key(pointer, "Choices"), rule))?)
            }
            Role::Catch(catcher) => {
                let list = key(pointer, "Catch");
                let only = self.document().get(&list).is_some_and(
                    |node| matches!(&node.kind, NodeKind::Array(catchers) if catchers.len() == 1),
                );
                let gone = if only {
                    list
                } else {
                    super::draft::index(&list, catcher)
                };
                Ok(self.remove(&gone)?)
            }
        }
    }

    /// Lets a block begin with the first state that stays, a Fail only if there is nothing else; an empty block with
    /// nothing.
    fn restart(&mut self, block: &Pointer, leaving: &FxHashSet<StateIx>) -> Result<(), Refusal> {
        let shape = &self.outline.blocks[self.block(block)?.0];
        let stay = || {
            shape
                .states
                .iter()
                .filter(|state| !leaving.contains(state))
                .map(|&state| self.node(state))
        };
        let next = stay()
            .find(|node| node.kind != Some(StateType::Fail))
            .or_else(|| stay().next());
        let name = next.map(|node| node.name.to_string()).unwrap_or_default();
        Ok(self.set(&key(block, "StartAt"), &json!(name))?)
    }
}
