//! Regular expressions as JavaScript's `RegExp` has them without the flag u, for patterns and texts of anyone's making.
//!
//! A pattern is parsed into a tree (`parse`, `escape`, `tree`), the tree is compiled into a program (`program`,
//! `start`), and the program runs on a backtracking machine (`run`, `take`, `stack`). All of JavaScript's syntax is
//! there, with what browsers accept beyond it: lookaheads and lookbehinds, back references, named groups, lazy and
//! counted repeats, and the flags i and m.
//!
//! One thing differs on purpose: a character is a Unicode code point, not half of a surrogate pair, since a match must
//! never split a character of a `&str`. So `.` takes an emoji whole, and `\uD83D\uDE00` in a pattern is one character.
//! There are no flags u, v, y or s, no inline modifiers, and the names of groups are only there to be referred to.
//!
//! Backtracking can take exponentially long, so searching costs fuel and ends when that is used up. Nothing recurses by
//! the pattern beyond a fixed depth, and nothing at all by the text.

mod class;
mod cursor;
mod escape;
mod fold;
mod parse;
mod program;
mod run;
mod stack;
mod start;
mod take;
#[cfg(test)]
mod tests;
mod tree;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use program::Program;
use run::Machine;

/// A pattern that is ready to be searched for. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Regex(Arc<Compiled>);

struct Compiled {
    pattern: Box<str>,
    flags: Flags,
    program: Program,
}

/// How a pattern is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Flags {
    /// Upper and lower case are the same: the flag i.
    pub ignore_case: bool,
    /// `^` and `$` also match at line ends: the flag m.
    pub multi_line: bool,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PatternFault {
    /// Byte offset in the pattern.
    pub at: usize,
    /// A plain sentence.
    pub message: String,
}

/// The fuel was used up, or the memory, before it was clear whether there is a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OutOfFuel;

/// Where a pattern was found, in bytes of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// The whole match.
    pub range: Range<usize>,
    /// What each capture group took, the first group first; `None` where it took no part.
    pub groups: Vec<Option<Range<usize>>>,
}

impl Regex {
    /// Reads a pattern as `new RegExp(pattern, flags)` does.
    pub(crate) fn new(pattern: &str, flags: Flags) -> Result<Regex, PatternFault> {
        let parsed = parse::parse(pattern, flags)?;
        Ok(Regex(Arc::new(Compiled {
            pattern: pattern.into(),
            flags,
            program: program::compile(&parsed),
        })))
    }

    /// The pattern as it was given.
    pub(crate) fn pattern(&self) -> &str {
        &self.0.pattern
    }

    /// How the pattern is meant.
    pub(crate) fn flags(&self) -> Flags {
        self.0.flags
    }

    /// The leftmost match that starts at or after the byte `from`.
    ///
    /// What stands before `from` is still seen by `^`, `\b` and lookbehinds. Every step of work takes one from `fuel`,
    /// which is zero after [`OutOfFuel`], unless the stack was full first.
    pub(crate) fn find_at(
        &self,
        text: &str,
        from: usize,
        fuel: &mut u64,
    ) -> Result<Option<Match>, OutOfFuel> {
        if from > text.len() {
            return Ok(None);
        }
        let Compiled { flags, program, .. } = &*self.0;
        let mut machine = Machine::new(program, *flags, text, fuel)?;
        let mut from = text.ceil_char_boundary(from);
        while let Some(start) = program.start.next(text, from) {
            machine.spend_on(start - from)?;
            if let Some(end) = machine.match_at(start)? {
                let groups = (1..=program.groups).map(|group| machine.group(group));
                return Ok(Some(Match {
                    range: start..end,
                    groups: groups.collect(),
                }));
            }
            if start == text.len() {
                return Ok(None);
            }
            from = text.ceil_char_boundary(start + 1);
        }
        machine.spend_on(text.len() - from)?;
        Ok(None)
    }
}

impl fmt::Debug for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Flags {
            ignore_case,
            multi_line,
        } = self.flags();
        let i = if ignore_case { "i" } else { "" };
        let m = if multi_line { "m" } else { "" };
        write!(f, "/{}/{i}{m}", self.pattern())
    }
}
