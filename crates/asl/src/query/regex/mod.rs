//! Regular expressions for `=~` in filters, matched in time that is linear in the text.
//!
//! Definitions come from strangers, so a backtracking engine would let one line of a definition stall a server. The
//! syntax is that of Java's `Pattern` without what needs backtracking: back references, look-around and possessive
//! quantifiers are refused with a message.

use super::QueryError;
use super::budget::Budget;

mod class;
mod parse;
mod program;

use program::{Assertion, Instruction, Program};

/// A pattern, ready to match.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Regex {
    source: String,
    flags: String,
    program: Program,
}

/// What the letters after a pattern ask for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Flags {
    /// `i`
    ignore_case: bool,
    /// `s`
    dot_all: bool,
    /// `m`
    multiline: bool,
    /// `x`
    comments: bool,
}

impl Flags {
    fn set(&mut self, letter: char, on: bool) -> Result<(), String> {
        match letter {
            'i' => self.ignore_case = on,
            's' => self.dot_all = on,
            'm' => self.multiline = on,
            'x' => self.comments = on,
            'u' | 'U' | 'd' => {}
            other => {
                return Err(format!(
                    "\"{other}\" is not a flag of patterns; known are i, s, m, x and u"
                ));
            }
        }
        Ok(())
    }
}

impl Regex {
    /// Reads a pattern; the error is a plain sentence.
    pub(crate) fn parse(source: &str, flags: &str) -> Result<Self, String> {
        let mut set = Flags::default();
        flags.chars().try_for_each(|letter| set.set(letter, true))?;
        let program = program::compile(&parse::parse(source, set)?)?;
        Ok(Self {
            source: source.to_owned(),
            flags: flags.to_owned(),
            program,
        })
    }

    /// The pattern, as written.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The letters after it.
    pub(crate) fn flags(&self) -> &str {
        &self.flags
    }

    /// Whether the whole of `text` fits.
    pub(crate) fn matches(&self, text: &str, budget: &mut Budget) -> Result<bool, QueryError> {
        let mut threads = Threads::new(self.program.len());
        let mut next = Threads::new(self.program.len());
        let mut rest = text.chars();
        self.enter(&mut threads, 0, None, rest.clone().next());
        while let Some(c) = rest.next() {
            budget.charge(1 + threads.live.len() / 4)?;
            let after = rest.clone().next();
            next.clear();
            for &at in &threads.live {
                if let Instruction::Char(matcher) = &self.program[at]
                    && matcher.fits(c)
                {
                    self.enter(&mut next, at + 1, Some(c), after);
                }
            }
            std::mem::swap(&mut threads, &mut next);
            if threads.live.is_empty() {
                return Ok(false);
            }
        }
        Ok(threads
            .live
            .iter()
            .any(|&at| self.program[at] == Instruction::Match))
    }

    /// Adds a thread, and all that it leads to without reading a character.
    fn enter(&self, threads: &mut Threads, at: usize, before: Option<char>, after: Option<char>) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if !threads.add(at) {
                continue;
            }
            match &self.program[at] {
                Instruction::Char(_) | Instruction::Match => {}
                Instruction::Jump(to) => open.push(*to),
                Instruction::Split(first, second) => open.extend([*second, *first]),
                Instruction::Assert(assertion) => {
                    if holds(*assertion, before, after) {
                        open.push(at + 1);
                    }
                }
            }
        }
    }
}

fn holds(assertion: Assertion, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(class::is_word);
    match assertion {
        Assertion::Start => before.is_none(),
        Assertion::End => after.is_none(),
        Assertion::LineStart => before.is_none_or(|c| c == '\n'),
        Assertion::LineEnd => after.is_none_or(|c| c == '\n'),
        Assertion::WordEdge => is_word(before) != is_word(after),
        Assertion::NoWordEdge => is_word(before) == is_word(after),
    }
}

/// Places in the program where the match stands at once.
struct Threads {
    live: Vec<usize>,
    seen: Vec<bool>,
}

impl Threads {
    fn new(size: usize) -> Self {
        Self {
            live: Vec::new(),
            seen: vec![false; size],
        }
    }

    fn add(&mut self, at: usize) -> bool {
        let fresh = !self.seen[at];
        if fresh {
            self.seen[at] = true;
            self.live.push(at);
        }
        fresh
    }

    fn clear(&mut self) {
        for at in self.live.drain(..) {
            self.seen[at] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(pattern: &str, flags: &str, text: &str) -> bool {
        Regex::parse(pattern, flags)
            .unwrap()
            .matches(text, &mut Budget::new())
            .unwrap()
    }

    #[test]
    fn a_pattern_must_fit_the_whole_text() {
        assert!(fits("fo+", "", "foo"));
        assert!(!fits("fo+", "", "foobar"));
        assert!(fits(".*ba.", "", "foobar"));
        assert!(fits("^foo$", "", "foo"));
    }

    #[test]
    fn classes_groups_and_counts_work_as_in_java() {
        assert!(fits(r"\d{4}-\d{2}", "", "2024-11"));
        assert!(!fits(r"\d{4}-\d{2}", "", "224-11"));
        assert!(fits(r"(?:a|bc)+[^x-z]\w*", "", "abca_9"));
        assert!(fits(
            r"[\w.\-]+@[a-z]+\.[a-z]{2,}",
            "i",
            "A.b-C@Example.ORG"
        ));
        assert!(fits(r"(?i)abc", "", "ABC"));
        assert!(fits("[]a]+", "", "]a"));
        assert!(fits("", "", ""));
        assert!(fits("a{2}|b{0,1}", "", "b"));
        assert!(fits(r"\Q.*\E", "", ".*"));
        assert!(fits(r"\p{Lu}\p{L}*", "", "Ärger"));
    }

    #[test]
    fn a_dot_stops_at_a_line_break_unless_told() {
        assert!(!fits("a.b", "", "a\nb"));
        assert!(fits("a.b", "s", "a\nb"));
    }

    #[test]
    fn what_needs_backtracking_is_refused() {
        for pattern in [
            r"(a)\1", "(?=a)b", "(?<!a)b", "a*+", "(", ")", "a{2,1}", "[b-a]", "*a", r"\k<x>",
        ] {
            assert!(Regex::parse(pattern, "").is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_would_backtrack_for_ever_is_answered() {
        assert!(!fits("(a+)+b", "", &"a".repeat(5_000)));
        assert!(!fits("(x+x+)+y", "", &"x".repeat(5_000)));
    }

    #[test]
    fn a_pattern_that_grows_too_large_is_refused() {
        assert!(Regex::parse("((a{1000}){1000}){1000}", "").is_err());
        assert!(Regex::parse(&"(".repeat(100_000), "").is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(pattern in "\\PC{0,24}", text in "\\PC{0,24}") {
            if let Ok(regex) = Regex::parse(&pattern, "") {
                let _ = regex.matches(&text, &mut Budget::new());
            }
        }

        #[test]
        fn a_quoted_text_fits_itself(text in "[^\\\\]{0,24}") {
            let pattern = format!("\\Q{text}\\E");
            prop_assert!(fits(&pattern, "s", &text));
        }

        #[test]
        fn it_agrees_with_another_engine(pattern in "[ab.|()*+?]{1,8}", text in "[abc]{0,8}") {
            let ours = Regex::parse(&pattern, "");
            let theirs = regress::Regex::new(&format!("^(?:{pattern})$"));
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                prop_assert_eq!(ours.matches(&text, &mut Budget::new()).unwrap(), theirs.find(&text).is_some());
            }
        }
    }
}
