//! Expressions that an evaluation reads by itself (`$eval`). They must live as long as the functions that they make: they are kept until the
//! environment is dropped.

use crate::syntax::Program;
use std::sync::OnceLock;

/// A list that only grows, so that what it holds can be borrowed while more is added.
#[derive(Debug, Default)]
pub(super) struct Programs {
    first: OnceLock<Box<Link>>,
}

#[derive(Debug)]
struct Link {
    program: Program,
    next: OnceLock<Box<Link>>,
}

impl Programs {
    /// Keeps a program.
    pub(super) fn add(&self, program: Program) -> &Program {
        let mut link = Box::new(Link {
            program,
            next: OnceLock::new(),
        });
        let mut place = &self.first;
        loop {
            match place.set(link) {
                Ok(()) => break,
                Err(back) => link = back,
            }
            match place.get() {
                Some(taken) => place = &taken.next,
                None => break,
            }
        }
        place.get().map_or(&NOTHING, |link| &link.program)
    }
}

static NOTHING: Program = Program {
    nodes: Vec::new(),
    root: 0,
    parents: Vec::new(),
    slots: Vec::new(),
};

impl Drop for Programs {
    /// One link after the other: dropping the first would drop the rest by recursion.
    fn drop(&mut self) {
        let mut next = self.first.take();
        while let Some(mut link) = next {
            next = link.next.take();
        }
    }
}
