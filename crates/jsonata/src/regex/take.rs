//! How a running program takes characters: a piece of text, a run of one set, what a group took before.
//!
//! Everything here goes both ways, since a lookbehind walks backwards. Positions are bytes and always stand between two
//! characters.

use super::OutOfFuel;
use super::fold::canonical;
use super::program::Run;
use super::run::{Machine, Step};
use super::stack::Frame;
use super::tree::{ENDLESS, Greed, Way};

impl Machine<'_> {
    pub(super) fn take_text(&mut self, part: &str, way: Way) -> Result<Step, OutOfFuel> {
        self.spend_on(part.len())?;
        Ok(self.go_to(past(self.text, self.pos, part, way)))
    }

    /// What the group took, if it took anything; nothing is there to be found otherwise.
    pub(super) fn take_again(&mut self, group: u32, way: Way) -> Result<Step, OutOfFuel> {
        let text = self.text;
        let Some(part) = self.group(group).and_then(|range| text.get(range)) else {
            return Ok(Step::Next);
        };
        if !self.flags.ignore_case {
            return self.take_text(part, way);
        }
        self.spend_on(part.len())?;
        Ok(self.go_to(past_in_any_case(text, self.pos, part, way)))
    }

    /// Takes what a run takes first, and notes that there could be less or more of it.
    pub(super) fn take_run(&mut self, run: &Run) -> Result<Step, OutOfFuel> {
        let at = self.at;
        let (least, count) = self.pass(run, self.pos, run.min)?;
        if count < run.min {
            return Ok(Step::Fail);
        }
        self.pos = least;
        let more = match run.max {
            ENDLESS => ENDLESS,
            max => max.saturating_sub(run.min),
        };
        let pos = least as u32;
        match run.greed {
            _ if more == 0 => Ok(Step::Next),
            Greed::Lazy => self.push(Frame::Lazy { at, pos, more }),
            Greed::Greedy => {
                let (most, count) = self.pass(run, least, more)?;
                self.pos = most;
                let (least, pos) = (pos, most as u32);
                match count {
                    0 => Ok(Step::Next),
                    _ => self.push(Frame::Greedy { at, least, pos }),
                }
            }
        }
    }

    /// Where at most `max` characters of a run end, and how many there are.
    fn pass(&mut self, run: &Run, from: usize, max: u32) -> Result<(usize, u32), OutOfFuel> {
        let (mut pos, mut count) = (from, 0);
        while count < max
            && let Some(next) = run.next(self.text, pos)
        {
            pos = next;
            count += 1;
        }
        self.spend_on(count as usize)?;
        Ok((pos, count))
    }
}

impl Run {
    /// Where one more character of the run ends.
    #[inline]
    pub(super) fn next(&self, text: &str, pos: usize) -> Option<usize> {
        match self.way {
            Way::Forward => self.set.after(text, pos),
            Way::Backward => self.set.before(text, pos),
        }
    }

    /// Where the last character of the run began, given where it ends.
    pub(super) fn back(&self, text: &str, pos: usize) -> usize {
        match self.way {
            Way::Forward => text.floor_char_boundary(pos.saturating_sub(1)),
            Way::Backward => text.ceil_char_boundary(pos + 1),
        }
    }
}

/// Where `part` ends if it stands at `pos`.
fn past(text: &str, pos: usize, part: &str, way: Way) -> Option<usize> {
    let bytes = text.as_bytes();
    match way {
        Way::Forward => {
            let found = bytes.get(pos..)?.starts_with(part.as_bytes());
            found.then(|| pos + part.len())
        }
        Way::Backward => {
            let found = bytes.get(..pos)?.ends_with(part.as_bytes());
            found.then(|| pos - part.len())
        }
    }
}

/// The same with case ignored, when it can be of another length.
fn past_in_any_case(text: &str, pos: usize, part: &str, way: Way) -> Option<usize> {
    match way {
        Way::Forward => {
            let length = same_length(text.get(pos..)?.chars(), part.chars())?;
            Some(pos + length)
        }
        Way::Backward => {
            let length = same_length(text.get(..pos)?.chars().rev(), part.chars().rev())?;
            Some(pos - length)
        }
    }
}

/// How many bytes of the text are the same as the part.
fn same_length(
    mut text: impl Iterator<Item = char>,
    mut part: impl Iterator<Item = char>,
) -> Option<usize> {
    part.try_fold(0, |length, wanted| {
        let char = text.next()?;
        (canonical(char) == canonical(wanted)).then(|| length + char.len_utf8())
    })
}
