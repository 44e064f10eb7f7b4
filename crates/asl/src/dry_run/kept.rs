//! Worlds kept along a run, so that going back need not begin at the start.
//!
//! Their number is bounded: when there are too many, every other one goes, and the distance between them doubles. What lies
//! between is repeated from the nearest one before.

use super::world::World;

/// Most worlds that are kept; even, so that half of them stand on the doubled distance.
const MOST: usize = 32;

/// Steps between two kept worlds at the beginning.
const FIRST_DISTANCE: usize = 32;

/// Worlds before the steps 0, d, 2d, …
#[derive(Debug, Clone)]
pub(super) struct Kept {
    distance: usize,
    worlds: Vec<World>,
}

impl Kept {
    pub(super) fn new(world: World) -> Self {
        Self {
            distance: FIRST_DISTANCE,
            worlds: vec![world],
        }
    }

    /// Keeps the world after so many steps, when it is one to keep.
    pub(super) fn offer(&mut self, steps: usize, world: &World) {
        if steps != self.worlds.len() * self.distance {
            return;
        }
        if self.worlds.len() == MOST {
            let mut index = 0;
            self.worlds.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.distance *= 2;
        }
        self.worlds.push(world.clone());
    }

    /// The last kept world that is not after `step`, and the step before which it stands.
    pub(super) fn before(&self, step: usize) -> Option<(usize, &World)> {
        let index = (step / self.distance).min(self.worlds.len().saturating_sub(1));
        Some((index * self.distance, self.worlds.get(index)?))
    }

    /// Forgets the worlds after `step`.
    pub(super) fn forget_after(&mut self, step: usize) {
        self.worlds.truncate(step / self.distance + 1);
    }
}
