//! The comparisons of a Choice, as they stand between a value and what it is compared with.

pub(crate) const NUMBER_EQUALS: &str = "is the number";
pub(crate) const NUMBER_AT_LEAST: &str = "is at least";
pub(crate) const NUMBER_ABOVE: &str = "is more than";
pub(crate) const NUMBER_AT_MOST: &str = "is at most";
pub(crate) const NUMBER_BELOW: &str = "is less than";
pub(crate) const TEXT_EQUALS: &str = "is the text";
pub(crate) const TEXT_MATCHES: &str = "matches the pattern (* for anything)";
pub(crate) const TEXT_FROM: &str = "is the text or sorts after it";
pub(crate) const TEXT_AFTER: &str = "sorts after";
pub(crate) const TEXT_UP_TO: &str = "is the text or sorts before it";
pub(crate) const TEXT_BEFORE: &str = "sorts before";
pub(crate) const TRUTH_EQUALS: &str = "is";
pub(crate) const TIME_EQUALS: &str = "is the time";
pub(crate) const TIME_FROM: &str = "is not before";
pub(crate) const TIME_AFTER: &str = "is after";
pub(crate) const TIME_UP_TO: &str = "is not after";
pub(crate) const TIME_BEFORE: &str = "is before";
pub(crate) const IS_PRESENT: &str = "is there";
pub(crate) const IS_NULL: &str = "is null";
pub(crate) const IS_TEXT: &str = "is a text";
pub(crate) const IS_NUMBER: &str = "is a number";
pub(crate) const IS_TRUTH: &str = "is true or false";
pub(crate) const IS_TIME: &str = "is a time";

pub(crate) const NUMBER_EQUALS_PATH: &str = "is the number at";
pub(crate) const NUMBER_AT_LEAST_PATH: &str = "is at least the number at";
pub(crate) const NUMBER_ABOVE_PATH: &str = "is more than the number at";
pub(crate) const NUMBER_AT_MOST_PATH: &str = "is at most the number at";
pub(crate) const NUMBER_BELOW_PATH: &str = "is less than the number at";
pub(crate) const TEXT_EQUALS_PATH: &str = "is the text at";
pub(crate) const TEXT_FROM_PATH: &str = "is or sorts after the text at";
pub(crate) const TEXT_AFTER_PATH: &str = "sorts after the text at";
pub(crate) const TEXT_UP_TO_PATH: &str = "is or sorts before the text at";
pub(crate) const TEXT_BEFORE_PATH: &str = "sorts before the text at";
pub(crate) const TRUTH_EQUALS_PATH: &str = "is the truth value at";
pub(crate) const TIME_EQUALS_PATH: &str = "is the time at";
pub(crate) const TIME_FROM_PATH: &str = "is not before the time at";
pub(crate) const TIME_AFTER_PATH: &str = "is after the time at";
pub(crate) const TIME_UP_TO_PATH: &str = "is not after the time at";
pub(crate) const TIME_BEFORE_PATH: &str = "is before the time at";

pub(crate) const NO_PATH: &str = "A path begins with $, for example $.limit.";
pub(crate) const NO_TIME: &str = "A time looks like 2030-01-01T00:00:00Z.";
pub(crate) const NO_TRUTH: &str = "Only true or false fits here.";

pub(crate) fn no_number(entry: &str) -> String {
    format!("“{entry}” is not a number.")
}
