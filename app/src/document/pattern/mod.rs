//! Patterns: several states that belong together and are inserted in one step.
//!
//! What they hold is in `blocks`, how a value is written in each query language in `pen`; putting them between what is
//! there is the work of the same verb that pastes.

mod blocks;
mod pen;
#[cfg(test)]
mod tests;

use super::{Block, Language};
use crate::text::document::patterns as text;
use pen::Pen;

/// A pattern that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is what its name says; `label` has the words"
)]
pub enum Pattern {
    RetryWithAlert,
    ValidateAndGate,
    Split,
    FanOut,
    Poll,
    Approval,
    BlueGreen,
    CircuitBreaker,
}

impl Pattern {
    /// Every pattern, in the palette's order.
    pub const ALL: [Self; 8] = [
        Self::RetryWithAlert,
        Self::ValidateAndGate,
        Self::Split,
        Self::FanOut,
        Self::Poll,
        Self::Approval,
        Self::BlueGreen,
        Self::CircuitBreaker,
    ];

    /// Its name in the palette.
    pub fn label(self) -> &'static str {
        match self {
            Self::RetryWithAlert => text::retry::LABEL,
            Self::ValidateAndGate => text::gate::LABEL,
            Self::Split => text::split::LABEL,
            Self::FanOut => text::fan_out::LABEL,
            Self::Poll => text::poll::LABEL,
            Self::Approval => text::approval::LABEL,
            Self::BlueGreen => text::blue_green::LABEL,
            Self::CircuitBreaker => text::breaker::LABEL,
        }
    }

    /// What it does, in a few words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::RetryWithAlert => text::retry::HINT,
            Self::ValidateAndGate => text::gate::HINT,
            Self::Split => text::split::HINT,
            Self::FanOut => text::fan_out::HINT,
            Self::Poll => text::poll::HINT,
            Self::Approval => text::approval::HINT,
            Self::BlueGreen => text::blue_green::HINT,
            Self::CircuitBreaker => text::breaker::HINT,
        }
    }

    /// Its states, named plainly, written in a query language.
    pub fn block(self, language: Language) -> Block {
        let pen = Pen(language);
        let states = match self {
            Self::RetryWithAlert => blocks::retry_with_alert(pen),
            Self::ValidateAndGate => blocks::validate_and_gate(pen),
            Self::Split => blocks::split(pen),
            Self::FanOut => blocks::fan_out(pen),
            Self::Poll => blocks::poll(pen),
            Self::Approval => blocks::approval(pen),
            Self::BlueGreen => blocks::blue_green(pen),
            Self::CircuitBreaker => blocks::circuit_breaker(pen),
        };
        Block::beginning_with_first(states, language)
    }
}
