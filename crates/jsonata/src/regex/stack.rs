//! What a running program remembers in order to go back: places to try again, and values to put back on the way there.
//!
//! A lookaround that has held is not tried again, as ECMAScript has it: its places are dropped, but what its groups
//! took can still be taken back.

use std::ops::Range;

use super::OutOfFuel;
use super::program::{Address, Code, Round};
use super::run::{Machine, Step};
use super::tree::Greed;

/// How many frames there may be: 32 MB at most.
const MAX_FRAMES: usize = 1 << 21;

/// The place of what is not in the text.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The state of a counted loop.
#[derive(Clone, Copy, Default)]
pub(super) struct Counter {
    /// Rounds begun.
    count: u32,
    /// Where the present round began.
    start: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Frame {
    /// Go on at the address.
    Branch { to: Address, pos: u32 },
    /// Let the run at the address, which took up to `pos`, take one character less.
    Greedy { at: Address, least: u32, pos: u32 },
    /// Let the run at the address, which took up to `pos`, take one character more.
    Lazy { at: Address, pos: u32, more: u32 },
    /// Put back a slot.
    Slot { slot: u32, old: u32 },
    /// Put back a loop's counter.
    Counter { counter: u32, old: Counter },
    /// A lookaround started here; nothing below it is its own.
    Look { pos: u32 },
    /// The same for one that wants no match, and that holds once it fails.
    LookNot { to: Address, pos: u32 },
}

impl Frame {
    fn puts_back(&self) -> bool {
        match self {
            Frame::Slot { .. } | Frame::Counter { .. } => true,
            Frame::Branch { .. }
            | Frame::Greedy { .. }
            | Frame::Lazy { .. }
            | Frame::Look { .. }
            | Frame::LookNot { .. } => false,
        }
    }
}

impl Machine<'_> {
    /// Remembers something and goes on.
    pub(super) fn push(&mut self, frame: Frame) -> Result<Step, OutOfFuel> {
        self.spend(1)?;
        if self.stack.len() >= MAX_FRAMES {
            return Err(OutOfFuel);
        }
        self.stack.push(frame);
        Ok(Step::Next)
    }

    /// Tries the first address, and later perhaps the second.
    pub(super) fn fork(&mut self, first: Address, second: Address) -> Result<Step, OutOfFuel> {
        let pos = self.pos as u32;
        self.push(Frame::Branch { to: second, pos })?;
        Ok(Step::Goto(first))
    }

    /// Goes back to the last place to try again, if there is one.
    pub(super) fn backtrack(&mut self) -> Result<bool, OutOfFuel> {
        while let Some(frame) = self.stack.pop() {
            self.spend(1)?;
            if self.resume(frame) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the frame was a place to go on from.
    fn resume(&mut self, frame: Frame) -> bool {
        match frame {
            Frame::Branch { to, pos } | Frame::LookNot { to, pos } => {
                self.at = to;
                self.pos = pos as usize;
                true
            }
            Frame::Greedy { at, least, pos } => self.take_less(at, least, pos),
            Frame::Lazy { at, pos, more } => self.take_more(at, pos, more),
            Frame::Slot { slot, old } => {
                self.put_slot(slot, old);
                false
            }
            Frame::Counter { counter, old } => {
                self.put_counter(counter, old);
                false
            }
            Frame::Look { .. } => false,
        }
    }

    fn take_less(&mut self, at: Address, least: u32, pos: u32) -> bool {
        let Some(Code::Run(run)) = self.program.code.get(at as usize) else {
            return false;
        };
        self.pos = run.back(self.text, pos as usize);
        self.at = at + 1;
        let pos = self.pos as u32;
        if pos != least {
            self.stack.push(Frame::Greedy { at, least, pos });
        }
        true
    }

    fn take_more(&mut self, at: Address, pos: u32, more: u32) -> bool {
        let Some(Code::Run(run)) = self.program.code.get(at as usize) else {
            return false;
        };
        let Some(next) = run.next(self.text, pos as usize) else {
            return false;
        };
        self.pos = next;
        self.at = at + 1;
        if more > 1 {
            let (pos, more) = (next as u32, more - 1);
            self.stack.push(Frame::Lazy { at, pos, more });
        }
        true
    }

    /// What a group took, if it took anything.
    pub(super) fn group(&self, number: u32) -> Option<Range<usize>> {
        let end = number as usize * 2 + 1;
        let (start, end) = (*self.slots.get(end - 1)?, *self.slots.get(end)?);
        (start != NOWHERE && end != NOWHERE).then_some(start as usize..end as usize)
    }

    fn put_slot(&mut self, slot: u32, pos: u32) -> u32 {
        match self.slots.get_mut(slot as usize) {
            Some(place) => std::mem::replace(place, pos),
            None => NOWHERE,
        }
    }

    fn change_slot(&mut self, slot: u32, pos: u32) -> Result<Step, OutOfFuel> {
        let old = self.put_slot(slot, pos);
        if old == pos || self.will_put_back(slot) {
            return Ok(Step::Next);
        }
        self.push(Frame::Slot { slot, old })
    }

    /// Whether the slot was changed already since the last place to try again, as in a group that is a loop's body.
    fn will_put_back(&self, wanted: u32) -> bool {
        let changed = |frame: &Frame| matches!(frame, Frame::Slot { slot, .. } if *slot == wanted);
        let last = self.stack.iter().rev().take(2);
        last.take_while(|frame| frame.puts_back()).any(changed)
    }

    pub(super) fn save(&mut self, slot: u32) -> Result<Step, OutOfFuel> {
        self.change_slot(slot, self.pos as u32)
    }

    pub(super) fn forget(&mut self, groups: Range<u32>) -> Result<Step, OutOfFuel> {
        self.spend_on(groups.len())?;
        for slot in groups.start * 2..groups.end * 2 {
            self.change_slot(slot, NOWHERE)?;
        }
        Ok(Step::Next)
    }

    fn counter(&self, counter: u32) -> Counter {
        let known = self.counters.get(counter as usize);
        known.copied().unwrap_or_default()
    }

    fn put_counter(&mut self, counter: u32, value: Counter) {
        if let Some(place) = self.counters.get_mut(counter as usize) {
            *place = value;
        }
    }

    fn change_counter(&mut self, counter: u32, value: Counter) -> Result<Step, OutOfFuel> {
        let old = self.counter(counter);
        self.put_counter(counter, value);
        self.push(Frame::Counter { counter, old })
    }

    pub(super) fn enter_loop(&mut self, counter: u32) -> Result<Step, OutOfFuel> {
        self.change_counter(counter, Counter::default())
    }

    /// One more round, or on to what follows the loop.
    pub(super) fn next_round(&mut self, round: &Round) -> Result<Step, OutOfFuel> {
        let count = self.counter(round.counter).count;
        let body = self.at + 1;
        match round.greed {
            _ if count < round.min => Ok(Step::Next),
            _ if count >= round.max => Ok(Step::Goto(round.exit)),
            Greed::Greedy => self.fork(body, round.exit),
            Greed::Lazy => self.fork(round.exit, body),
        }
    }

    pub(super) fn begin_round(&mut self, counter: u32) -> Result<Step, OutOfFuel> {
        let begun = Counter {
            count: self.counter(counter).count.saturating_add(1),
            start: self.pos as u32,
        };
        self.change_counter(counter, begun)
    }

    /// A round beyond those asked for must take something, or loops would never end.
    pub(super) fn end_round(&self, counter: u32, min: u32, round: Address) -> Step {
        let Counter { count, start } = self.counter(counter);
        if count > min && start == self.pos as u32 {
            Step::Fail
        } else {
            Step::Goto(round)
        }
    }

    pub(super) fn look(&mut self) -> Result<Step, OutOfFuel> {
        let pos = self.pos as u32;
        self.push(Frame::Look { pos })
    }

    /// Starts a lookaround that wants no match; when there is none, it is on to the address.
    pub(super) fn look_not(&mut self, to: Address) -> Result<Step, OutOfFuel> {
        let pos = self.pos as u32;
        self.push(Frame::LookNot { to, pos })
    }

    /// The body of the innermost lookaround matches: on from where it started.
    pub(super) fn held(&mut self) -> Result<Step, OutOfFuel> {
        let started = |frame: &Frame| matches!(frame, Frame::Look { .. });
        let Some(head) = self.stack.iter().rposition(started) else {
            return Ok(Step::Fail);
        };
        let inside = self.stack.split_off(head + 1);
        self.spend(inside.len() as u64)?;
        if let Some(Frame::Look { pos }) = self.stack.pop() {
            self.pos = pos as usize;
        }
        self.stack
            .extend(inside.into_iter().filter(Frame::puts_back));
        Ok(Step::Next)
    }

    /// The body of the innermost lookaround that wants no match does match.
    pub(super) fn refuted(&mut self) -> Step {
        while let Some(frame) = self.stack.pop() {
            match frame {
                Frame::LookNot { .. } => break,
                Frame::Slot { slot, old } => drop(self.put_slot(slot, old)),
                Frame::Counter { counter, old } => self.put_counter(counter, old),
                Frame::Branch { .. }
                | Frame::Greedy { .. }
                | Frame::Lazy { .. }
                | Frame::Look { .. } => {}
            }
        }
        Step::Fail
    }
}
