//! Runs a program on a text, backtracking over a stack of its own.
//!
//! Every instruction, every frame and every few characters cost fuel, and the stack has an upper bound, so that no
//! pattern and no text can take more time or memory than was granted. Nothing is remembered of places that failed: a
//! pattern that takes exponentially long runs out of fuel.

use super::class::{is_line_end, is_word};
use super::program::{Address, Code, Program};
use super::stack::{Counter, Frame, NOWHERE};
use super::tree::{Assert, Way};
use super::{Flags, OutOfFuel};

/// How many characters a tight loop passes for one unit of fuel.
const CHARS_PER_FUEL: u64 = 16;

/// What an instruction leads to.
pub(super) enum Step {
    Next,
    Goto(Address),
    Fail,
    Done,
}

/// A program on its way through a text. After a failed attempt it is as it was before.
pub(super) struct Machine<'a> {
    pub(super) program: &'a Program,
    pub(super) flags: Flags,
    pub(super) text: &'a str,
    pub(super) at: Address,
    pub(super) pos: usize,
    pub(super) stack: Vec<Frame>,
    pub(super) slots: Vec<u32>,
    pub(super) counters: Vec<Counter>,
    fuel: &'a mut u64,
}

impl<'a> Machine<'a> {
    /// Places are kept in 32 bits, so a longer text counts as too much work.
    pub(super) fn new(
        program: &'a Program,
        flags: Flags,
        text: &'a str,
        fuel: &'a mut u64,
    ) -> Result<Machine<'a>, OutOfFuel> {
        if text.len() >= NOWHERE as usize {
            return Err(OutOfFuel);
        }
        let (slots, counters) = (program.groups as usize * 2 + 2, program.loops as usize);
        let mut machine = Machine {
            program,
            flags,
            text,
            at: 0,
            pos: 0,
            stack: Vec::new(),
            slots: vec![NOWHERE; slots],
            counters: vec![Counter::default(); counters],
            fuel,
        };
        machine.spend(1)?;
        machine.spend_on(slots + counters)?;
        Ok(machine)
    }

    /// Where the match that starts at `start` ends.
    pub(super) fn match_at(&mut self, start: usize) -> Result<Option<usize>, OutOfFuel> {
        let program = self.program;
        self.at = 0;
        self.pos = start;
        while let Some(code) = program.code.get(self.at as usize) {
            self.spend(1)?;
            match self.step(code)? {
                Step::Next => self.at += 1,
                Step::Goto(at) => self.at = at,
                Step::Fail if self.backtrack()? => {}
                Step::Fail => return Ok(None),
                Step::Done => return Ok(Some(self.pos)),
            }
        }
        Ok(None)
    }

    pub(super) fn spend(&mut self, amount: u64) -> Result<(), OutOfFuel> {
        match self.fuel.checked_sub(amount) {
            Some(left) => *self.fuel = left,
            None => {
                *self.fuel = 0;
                return Err(OutOfFuel);
            }
        }
        Ok(())
    }

    /// Pays for passing over many characters at once.
    pub(super) fn spend_on(&mut self, chars: usize) -> Result<(), OutOfFuel> {
        self.spend(chars as u64 / CHARS_PER_FUEL)
    }

    #[inline]
    fn step(&mut self, code: &Code) -> Result<Step, OutOfFuel> {
        match code {
            Code::Done => Ok(Step::Done),
            Code::Text(text, way) => self.take_text(text, *way),
            Code::OneOf(set, Way::Forward) => Ok(self.go_to(set.after(self.text, self.pos))),
            Code::OneOf(set, Way::Backward) => Ok(self.go_to(set.before(self.text, self.pos))),
            Code::Run(run) => self.take_run(run),
            Code::Assert(assert) if self.holds(*assert) => Ok(Step::Next),
            Code::Assert(_) => Ok(Step::Fail),
            Code::BackReference(group, way) => self.take_again(*group, *way),
            Code::Save(slot) => self.save(*slot),
            Code::Forget(groups) => self.forget(groups.clone()),
            Code::Jump(to) => Ok(Step::Goto(*to)),
            Code::Fork(first, second) => self.fork(*first, *second),
            Code::Enter(counter) => self.enter_loop(*counter),
            Code::Round(round) => self.next_round(round),
            Code::Begin(counter) => self.begin_round(*counter),
            Code::End {
                counter,
                min,
                round,
            } => Ok(self.end_round(*counter, *min, *round)),
            Code::Look => self.look(),
            Code::LookNot(to) => self.look_not(*to),
            Code::Held => self.held(),
            Code::Refuted => Ok(self.refuted()),
        }
    }

    pub(super) fn go_to(&mut self, pos: Option<usize>) -> Step {
        match pos {
            Some(pos) => {
                self.pos = pos;
                Step::Next
            }
            None => Step::Fail,
        }
    }

    fn char_after(&self) -> Option<char> {
        self.text.get(self.pos..)?.chars().next()
    }

    fn char_before(&self) -> Option<char> {
        self.text.get(..self.pos)?.chars().next_back()
    }

    fn holds(&self, assert: Assert) -> bool {
        match assert {
            Assert::TextStart => self.pos == 0,
            Assert::TextEnd => self.pos == self.text.len(),
            Assert::LineStart => self.char_before().is_none_or(is_line_end),
            Assert::LineEnd => self.char_after().is_none_or(is_line_end),
            Assert::WordEdge => self.at_word_edge(),
            Assert::NoWordEdge => !self.at_word_edge(),
        }
    }

    fn at_word_edge(&self) -> bool {
        self.char_before().is_some_and(is_word) != self.char_after().is_some_and(is_word)
    }
}
