//! What can be in the data when a state is entered: an interpretation of the definition on shapes instead of values.
//!
//! It goes along the transitions of each block until nothing changes. Where something is not certain, it knows nothing, so
//! that whoever asks is told of members that cannot be there, and never the other way round. Each state is looked at a
//! small number of times.

mod shape;
mod transfer;

pub(super) use shape::{Finding, Shape};
pub(super) use transfer::context;

use super::view::View;
use crate::graph::{BlockIx, StateIx};
use std::collections::VecDeque;

/// After so many changes of what comes into a state, nothing is known of it.
const PATIENCE: u8 = 6;

/// What comes into each state, and what its work gives.
pub(super) struct Flow {
    inputs: Vec<Option<Shape>>,
}

impl Flow {
    /// Follows the data through the whole machine. Outer blocks come before inner ones.
    pub(super) fn of(view: &View<'_>) -> Self {
        let count = view.outline.states.len();
        let mut run = Run {
            view,
            inputs: vec![None; count],
            changes: vec![0; count],
            open: VecDeque::new(),
        };
        for index in 0..view.outline.blocks.len() {
            run.block(BlockIx(index));
        }
        Self { inputs: run.inputs }
    }

    /// What comes into a state; none when nothing leads there.
    pub(super) fn input(&self, state: StateIx) -> Option<&Shape> {
        self.inputs.get(state.0)?.as_ref()
    }

    /// The same after `InputPath`.
    pub(super) fn effective(&self, view: &View<'_>, state: StateIx) -> Option<Shape> {
        let node = &view.states.get(state.0)?.value;
        Some(transfer::effective(view, node, self.input(state)?))
    }

    /// What the work of a Task gives.
    pub(super) fn result(&self, view: &View<'_>, state: StateIx) -> Option<Shape> {
        let node = &view.states.get(state.0)?.value;
        self.input(state)?;
        Some(transfer::task_result(node))
    }

    /// What comes out of the work of a state, before `OutputPath`.
    pub(super) fn merged(&self, view: &View<'_>, state: StateIx) -> Option<Shape> {
        transfer::merged(view, state, self.input(state)?)
    }
}

struct Run<'v, 'a> {
    view: &'v View<'a>,
    inputs: Vec<Option<Shape>>,
    changes: Vec<u8>,
    open: VecDeque<StateIx>,
}

impl Run<'_, '_> {
    fn block(&mut self, ix: BlockIx) {
        let view = self.view;
        let Some(block) = view.outline.block(ix) else {
            return;
        };
        let Some(start) = block.start else { return };
        let enters = match block.owner {
            None => Shape::Any,
            Some(owner) => {
                let input = self.inputs.get(owner.0).cloned().flatten();
                transfer::into_block(view, owner, input.as_ref())
            }
        };
        self.enter(start, &enters);
        while let Some(state) = self.open.pop_front() {
            self.leave(state);
        }
    }

    fn enter(&mut self, state: StateIx, shape: &Shape) {
        let (Some(known), Some(changes)) =
            (self.inputs.get_mut(state.0), self.changes.get_mut(state.0))
        else {
            return;
        };
        let joined = match known.as_ref() {
            Some(known) => known.join(shape),
            None => shape.clone(),
        };
        if known.as_ref() == Some(&joined) {
            return;
        }
        *changes = changes.saturating_add(1);
        *known = Some(if *changes > PATIENCE {
            Shape::Any
        } else {
            joined
        });
        self.open.push_back(state);
    }

    fn leave(&mut self, state: StateIx) {
        let view = self.view;
        let input = self.inputs.get(state.0).cloned().flatten();
        let (Some(node), Some(input)) = (view.outline.state(state), input) else {
            return;
        };
        for transition in &node.transitions {
            if let Some(to) = transition.to {
                let shape = transfer::along(view, state, transition.role, &input);
                self.enter(to, &shape);
            }
        }
    }
}
