//! `%`: which step's context each parent operator means.
//!
//! Every `%` has a slot. A slot looks for its step from the end of a path to its beginning, one level for each `%` that it stands behind; the step
//! that it finds keeps its context in a variable of its own. Slots that find no step in a path look on in the path around it.

use super::tree::{Extras, Kind, Node, NodeId, Program};
use crate::fault::{Code, Fault};

/// A `%` on its way to its step.
#[derive(Debug, Clone)]
struct Slot {
    level: i32,
}

/// All slots of an expression, and for each node those that are still looking.
#[derive(Debug, Default)]
pub(super) struct Ancestry {
    slots: Vec<Slot>,
    seeking: Vec<Vec<usize>>,
}

impl Ancestry {
    /// A new `%`.
    pub(super) fn slot(&mut self, program: &mut Program) -> usize {
        let slot = self.slots.len();
        self.slots.push(Slot { level: 1 });
        program.parents.push(format!("!{slot}").into());
        program.slots.push(slot);
        slot
    }

    /// Slots that are still looking below a node.
    pub(super) fn seeking(&self, node: NodeId) -> &[usize] {
        self.seeking.get(node as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn seek(&mut self, node: NodeId, slot: usize) {
        let place = node as usize;
        if self.seeking.len() <= place {
            self.seeking.resize(place + 1, Vec::new());
        }
        if let Some(slots) = self.seeking.get_mut(place) {
            slots.push(slot);
        }
    }

    /// What a node is, or holds, looks on from the node around it.
    pub(super) fn pass_on(&mut self, program: &Program, from: NodeId, to: NodeId) {
        for slot in self.open(program, from) {
            self.seek(to, slot);
        }
    }

    fn open(&self, program: &Program, node: NodeId) -> Vec<usize> {
        let mut slots = self.seeking(node).to_vec();
        if let Some(Kind::Parent(slot)) = program.nodes.get(node as usize).map(|node| &node.kind) {
            slots.push(*slot);
        }
        slots
    }

    /// What a predicate asks for: the step that it stands behind, or one further up.
    pub(super) fn of_predicate(
        &mut self,
        program: &mut Program,
        step: NodeId,
        predicate: NodeId,
    ) -> Result<(), Fault> {
        let slots = self.seeking(predicate).to_vec();
        for slot in &slots {
            if self.level(*slot) == 1 {
                self.find(program, step, *slot)?;
            } else {
                self.add(*slot, -1);
            }
        }
        if !slots.is_empty() {
            self.pass_on(program, predicate, step);
        }
        Ok(())
    }

    /// What the last step of a path asks for: one of the steps before it, or the path around.
    pub(super) fn of_path(&mut self, program: &mut Program, path: NodeId) -> Result<(), Fault> {
        let Some(last) = last_of(program, path) else {
            return Ok(());
        };
        let open = self.open(program, last);
        if open.is_empty() {
            return Ok(());
        }
        let mut steps = steps_of(program, path);
        steps.pop();
        let before = steps.as_slice();
        for slot in open {
            let mut left = before.len();
            while self.level(slot) > 0 {
                let Some(index) = left.checked_sub(1) else {
                    self.seek(path, slot);
                    break;
                };
                left = first_of_focus(program, before, index);
                if let Some(step) = before.get(left) {
                    self.find(program, *step, slot)?;
                }
            }
        }
        Ok(())
    }

    fn level(&self, slot: usize) -> i32 {
        self.slots.get(slot).map_or(0, |slot| slot.level)
    }

    fn add(&mut self, slot: usize, change: i32) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.level += change;
        }
    }

    /// Looks for a slot's step in one node. Recursion is bounded by how deeply blocks and paths are nested.
    fn find(&mut self, program: &mut Program, node: NodeId, slot: usize) -> Result<(), Fault> {
        let Some(found) = program.nodes.get_mut(node as usize) else {
            return Ok(());
        };
        match &found.kind {
            Kind::Name(_) | Kind::Wildcard => {
                self.add(slot, -1);
                if self.level(slot) == 0 {
                    keep(program, node, slot);
                }
            }
            Kind::Parent(_) => self.add(slot, 1),
            Kind::Block(parts) => {
                let last = parts.last().copied();
                found.tuple |= last.is_some();
                if let Some(last) = last {
                    self.find(program, last, slot)?;
                }
            }
            Kind::Path { steps, .. } => {
                let steps = steps.clone();
                found.tuple = true;
                for (index, step) in steps.iter().enumerate().rev() {
                    let first = index + 1 == steps.len();
                    if first || self.level(slot) > 0 {
                        self.find(program, *step, slot)?;
                    }
                }
            }
            _ => return Err(underivable(found)),
        }
        Ok(())
    }
}

fn underivable(node: &Node) -> Fault {
    Fault::new(Code::S0217)
        .token(node.kind.word())
        .at(node.span(), node.position as usize)
}

fn last_of(program: &Program, path: NodeId) -> Option<NodeId> {
    match program.nodes.get(path as usize).map(|node| &node.kind) {
        Some(Kind::Path { steps, .. }) => steps.last().copied(),
        _ => None,
    }
}

fn steps_of(program: &Program, path: NodeId) -> Vec<NodeId> {
    match program.nodes.get(path as usize).map(|node| &node.kind) {
        Some(Kind::Path { steps, .. }) => steps.clone(),
        _ => Vec::new(),
    }
}

/// Steps in a row that bind a variable with `@` count as one.
fn first_of_focus(program: &Program, steps: &[NodeId], mut index: usize) -> usize {
    let focuses = |index: usize| {
        let step = steps
            .get(index)
            .and_then(|step| program.nodes.get(*step as usize));
        step.and_then(|step| step.extras.as_ref())
            .is_some_and(|extras| extras.focus.is_some())
    };
    while index > 0 && focuses(index) && focuses(index - 1) {
        index -= 1;
    }
    index
}

/// The step keeps its context for the slot; a second slot of the same step reads the first one's variable.
fn keep(program: &mut Program, node: NodeId, slot: usize) {
    let Some(found) = program.nodes.get_mut(node as usize) else {
        return;
    };
    found.tuple = true;
    let extras = found
        .extras
        .get_or_insert_with(|| Box::new(Extras::default()));
    let earlier = extras.ancestor.replace(slot);
    let label = earlier.and_then(|earlier| program.slots.get(earlier).copied());
    if let (Some(label), Some(own)) = (label, program.slots.get_mut(slot)) {
        *own = label;
    }
}
