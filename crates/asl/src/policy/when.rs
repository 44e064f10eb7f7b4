//! When a row of the tables holds for a call, and the conditions that its arguments give.

use super::Condition;
use super::arguments::{Arguments, Given};
use super::expand::{Piece, pieces};
use super::facts::When;

/// Whether a row holds for a call with these arguments.
pub(super) fn holds(when: When, waits: bool, arguments: &Arguments<'_>) -> bool {
    match when {
        When::Always => true,
        When::Waiting => waits,
        When::Given(paths) => arguments.has(paths),
        When::Without(paths) => !arguments.has(paths),
        When::Is(path, value) => arguments.find(path).iter().any(|given| match given {
            Given::Text(text) => text == value,
            Given::Begins(_) | Given::RunTime => true,
            Given::Absent => false,
        }),
        When::Writes(path) => !arguments.find(path).iter().all(|given| match given {
            Given::Text(text) | Given::Begins(text) => only_reads(text),
            Given::RunTime | Given::Absent => false,
        }),
    }
}

/// Whether a statement of SQL begins like one that only reads.
fn only_reads(sql: &str) -> bool {
    let word = sql
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next();
    let words = ["select", "show", "describe", "explain", "with"];
    word.is_some_and(|word| words.iter().any(|reads| word.eq_ignore_ascii_case(reads)))
}

/// A condition with its value; none where the value reaches everything or is known only at run time.
pub(super) fn condition(
    (operator, key, value): (&'static str, &'static str, &'static str),
    arguments: &Arguments<'_>,
) -> Option<Condition> {
    let mut values = Vec::new();
    for piece in pieces(value) {
        match piece {
            Piece::Text(text) => values.push(text.to_owned()),
            Piece::Argument { paths, .. } => {
                for given in arguments.find(paths) {
                    match (given, operator) {
                        (Given::Text(text), _) => values.push(text),
                        (Given::Begins(text), "StringLike") => values.push(format!("{text}*")),
                        (Given::Begins(_) | Given::RunTime | Given::Absent, _) => return None,
                    }
                }
            }
            Piece::Region | Piece::Account | Piece::Machine => {}
        }
    }
    (!values.is_empty()).then_some(Condition {
        operator,
        key,
        values,
    })
}
