//! What a hand points at in a drawing, in the words of the definition: a way that is drawn, a place for a state.

use asl::text::Pointer;

/// A way that is drawn between two states, or between a state and the start or the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// From the start of the block at this pointer.
    Start(Pointer),
    /// A transition, by the pointer of the name that it gives (`/States/A/Next`, `/States/C/Choices/0/Next`).
    Transition(Pointer),
    /// From the state at this pointer to the end of its block.
    End(Pointer),
}

/// Where a new or moved state goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// Onto a drawn way, between its two ends.
    On(Way),
    /// After a state, before what follows it.
    After(Pointer),
    /// At the end of the block at this pointer; an empty block begins with it.
    Into(Pointer),
    /// As a new branch of the Parallel at this pointer.
    Branch(Pointer),
}
