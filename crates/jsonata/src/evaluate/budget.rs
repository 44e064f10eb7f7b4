//! Limits on what an evaluation may use. They count work, not time, so that the same expression ends in the same way everywhere.

use crate::fault::{Code, Fault};

/// What an evaluation may use. Each limit has an error of its own; none can be passed inside a single function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Steps: one for each node that is evaluated, and one for about sixteen members or sixty-four bytes that a function goes through. D1014.
    pub fuel: u64,
    /// Levels of evaluation under way at once. Calls that are the last thing a function does take none. D1011.
    pub depth: u32,
    /// Members of one array that an expression makes. D2015.
    pub sequence: usize,
    /// Bytes of all texts, arrays and objects that the evaluation makes, also of those that it drops. D1015.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fuel: 10_000_000,
            depth: 10_000,
            sequence: 10_000_000,
            bytes: 512 << 20,
        }
    }
}

/// How often the host is asked whether to stop: each so many steps.
const ASK_EVERY: u64 = 1 << 12;

/// What is left.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    pub(crate) fuel: u64,
    bytes: u64,
    /// Fuel at which the host is asked next.
    next_question: u64,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            fuel: limits.fuel,
            bytes: limits.bytes,
            next_question: limits.fuel.saturating_sub(ASK_EVERY),
            limits,
        }
    }

    /// Takes steps. True when it is time to ask the host.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<bool, Fault> {
        if self.fuel < steps {
            self.fuel = 0;
            return Err(self.out_of_fuel());
        }
        self.fuel -= steps;
        let ask = self.fuel < self.next_question;
        if ask {
            self.next_question = self.fuel.saturating_sub(ASK_EVERY);
        }
        Ok(ask)
    }

    pub(crate) fn out_of_fuel(&self) -> Fault {
        Fault::with(Code::D1014, self.limits.fuel.to_string())
    }

    /// Takes bytes, before they are made.
    pub(crate) fn make(&mut self, bytes: usize) -> Result<(), Fault> {
        match self.bytes.checked_sub(bytes as u64) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(Fault::with(Code::D1015, self.limits.bytes.to_string())),
        }
    }

    /// Whether an array may have so many members.
    pub(crate) fn members(&self, len: usize) -> Result<(), Fault> {
        if len > self.limits.sequence {
            return Err(Fault::with(Code::D2015, self.limits.sequence.to_string()));
        }
        Ok(())
    }

    pub(crate) fn depth(&self, depth: u32) -> Result<(), Fault> {
        if depth > self.limits.depth {
            return Err(Fault::new(Code::D1011));
        }
        Ok(())
    }
}
