//! Numbers in English words, both ways.
//!
//! The words are those of the reference: British "and", a comma between groups, and no scale above a trillion, so that
//! larger numbers repeat it. What stands around the words in a picture is not known here.

use super::{Case, Style};

/// Every word that means a number. The order is that in which a date picture tries them, and the writer below relies on
/// the cardinals being first, the ordinals second and the tens third, each ten before its ordinal.
const VOCABULARY: [(&str, f64); 67] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("zeroth", 0.0),
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("eleventh", 11.0),
    ("twelfth", 12.0),
    ("thirteenth", 13.0),
    ("fourteenth", 14.0),
    ("fifteenth", 15.0),
    ("sixteenth", 16.0),
    ("seventeenth", 17.0),
    ("eighteenth", 18.0),
    ("nineteenth", 19.0),
    ("twenty", 20.0),
    ("twentieth", 20.0),
    ("thirty", 30.0),
    ("thirtieth", 30.0),
    ("forty", 40.0),
    ("fortieth", 40.0),
    ("fifty", 50.0),
    ("fiftieth", 50.0),
    ("sixty", 60.0),
    ("sixtieth", 60.0),
    ("seventy", 70.0),
    ("seventieth", 70.0),
    ("eighty", 80.0),
    ("eightieth", 80.0),
    ("ninety", 90.0),
    ("ninetieth", 90.0),
    ("hundred", 100.0),
    // The reference derives this form from the rule for the tens and accepts it.
    ("hundreieth", 100.0),
    ("hundredth", 100.0),
    ("thousand", 1e3),
    ("thousandth", 1e3),
    ("million", 1e6),
    ("millionth", 1e6),
    ("billion", 1e9),
    ("billionth", 1e9),
    ("trillion", 1e12),
    ("trillionth", 1e12),
];

/// Where the ordinals and the tens start in the vocabulary.
const ORDINALS: usize = 20;
const TENS: usize = 40;

/// The scales, the largest first.
const SCALES: [(f64, &str); 4] = [
    (1e12, " trillion"),
    (1e9, " billion"),
    (1e6, " million"),
    (1e3, " thousand"),
];

/// Writes a non-negative finite integer in words.
pub(super) fn to_words(value: f64, style: Style, case: Case) -> String {
    let text = lower_case(value, style);
    match case {
        Case::Lower => text,
        Case::Upper => text.to_ascii_uppercase(),
        Case::Title => title_case(&text),
    }
}

/// What is still to be written, the next on top.
enum Step {
    Number {
        value: f64,
        place: Place,
        style: Style,
    },
    Text(&'static str),
}

/// Where a number stands, which decides how it is joined to what is before it.
#[derive(Clone, Copy)]
enum Place {
    First,
    AfterGroup,
}

fn lower_case(value: f64, style: Style) -> String {
    let mut out = String::new();
    let mut steps = vec![Step::Number {
        value,
        place: Place::First,
        style,
    }];
    while let Some(step) = steps.pop() {
        match step {
            Step::Text(text) => out.push_str(text),
            Step::Number {
                value,
                place,
                style,
            } if value < 100.0 => {
                out.push_str(joint(place, " and "));
                below_hundred(&mut out, value as usize, style);
            }
            Step::Number {
                value,
                place,
                style,
            } => {
                out.push_str(joint(place, ", "));
                split(&mut steps, value, style);
            }
        }
    }
    out
}

fn joint(place: Place, text: &'static str) -> &'static str {
    match place {
        Place::First => "",
        Place::AfterGroup => text,
    }
}

fn below_hundred(out: &mut String, value: usize, style: Style) {
    let (tens, ones) = (value / 10, value % 10);
    if tens < 2 {
        out.push_str(simple(value, style));
    } else if ones == 0 {
        out.push_str(word(TENS + 2 * (tens - 2) + style.pick(0, 1)));
    } else {
        out.push_str(word(TENS + 2 * (tens - 2)));
        out.push('-');
        out.push_str(simple(ones, style));
    }
}

/// The word of a number below twenty.
fn simple(value: usize, style: Style) -> &'static str {
    word(value + style.pick(0, ORDINALS))
}

fn word(index: usize) -> &'static str {
    VOCABULARY.get(index).map_or("", |&(word, _)| word)
}

/// Splits a number at its largest scale. Above a trillion trillion the parts are as inexact as the number itself.
fn split(steps: &mut Vec<Step>, value: f64, style: Style) {
    let scale = SCALES.into_iter().find(|&(size, _)| value >= size);
    let (size, name) = scale.unwrap_or((100.0, " hundred"));
    let count = (value / size).floor();
    let rest = value - count * size;
    if rest > 0.0 {
        steps.push(Step::Number {
            value: rest,
            place: Place::AfterGroup,
            style,
        });
    } else {
        steps.push(Step::Text(style.pick("", "th")));
    }
    steps.push(Step::Text(name));
    steps.push(Step::Number {
        value: count,
        place: Place::First,
        style: Style::Cardinal,
    });
}

/// Capitalises every word but "and".
fn title_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let mut chars = word.chars();
        if word != "and" {
            out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        }
        out.push_str(chars.as_str());
        let gap = after
            .find(|c: char| c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (between, next) = after.split_at(gap);
        out.push_str(between);
        rest = next;
    }
    out
}

/// Reads a number in words. A word that means no number makes it NaN.
pub(super) fn from_words(text: &str) -> f64 {
    let lower = text.to_lowercase();
    // The groups whose sum is the number; the last one still grows.
    let mut groups = 0.0;
    let mut current = 0.0;
    let mut rest = Some(lower.as_str());
    while let Some(text) = rest {
        let (word, after) = split_word(text);
        let value = value_of(word);
        if value >= 100.0 || value.is_nan() {
            current *= value;
        } else if current >= 1000.0 {
            groups += current;
            current = value;
        } else {
            current += value;
        }
        rest = after;
    }
    groups + current
}

/// The first word, and what comes after the separator behind it if there is one.
fn split_word(text: &str) -> (&str, Option<&str>) {
    let is_gap = |c: char| super::is_space(c) || c == '-' || c == '\\';
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let past_comma = after.strip_prefix(super::is_space).filter(|_| c == ',');
        let past_and = || {
            after
                .strip_prefix("and")?
                .strip_prefix(super::is_space)
                .filter(|_| super::is_space(c))
        };
        let next = past_comma
            .or_else(past_and)
            .or_else(|| is_gap(c).then_some(after));
        if next.is_some() {
            return (text.get(..at).unwrap_or_default(), next);
        }
    }
    (text, None)
}

fn value_of(word: &str) -> f64 {
    VOCABULARY
        .iter()
        .find(|&&(known, _)| known == word)
        .map_or(f64::NAN, |&(_, value)| value)
}

/// The lengths of everything that may stand at the start of `text` inside a number in words, in the order in which a
/// date picture tries them.
pub(super) fn pieces(text: &[char]) -> impl Iterator<Item = usize> {
    let words = VOCABULARY
        .iter()
        .map(|&(word, _)| word)
        .chain(["and", "-", ",", " "]);
    words.filter(|word| starts_with(text, word)).map(str::len)
}

/// Whether a text starts with an ASCII word in either case.
fn starts_with(text: &[char], word: &str) -> bool {
    text.len() >= word.len()
        && text
            .iter()
            .zip(word.chars())
            .all(|(c, expected)| c.eq_ignore_ascii_case(&expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_join_groups_as_spoken() {
        assert_eq!(to_words(0.0, Style::Cardinal, Case::Lower), "zero");
        assert_eq!(
            to_words(1_415.0, Style::Cardinal, Case::Lower),
            "one thousand, four hundred and fifteen"
        );
        assert_eq!(
            to_words(2_000_040.0, Style::Ordinal, Case::Title),
            "Two Million and Fortieth"
        );
        assert_eq!(
            to_words(88_000.0, Style::Ordinal, Case::Upper),
            "EIGHTY-EIGHT THOUSANDTH"
        );
    }

    #[test]
    fn numbers_past_a_trillion_repeat_the_scale() {
        assert_eq!(
            to_words(3e15, Style::Cardinal, Case::Lower),
            "three thousand trillion"
        );
        assert_eq!(
            to_words(3e24, Style::Cardinal, Case::Lower),
            "three trillion trillion"
        );
    }

    #[test]
    fn words_are_read_back() {
        for value in [
            0.0,
            7.0,
            20.0,
            99.0,
            100.0,
            615.0,
            4_000.0,
            90_017.0,
            7_000_000_300.0,
        ] {
            assert_eq!(
                from_words(&to_words(value, Style::Cardinal, Case::Title)),
                value
            );
            assert_eq!(
                from_words(&to_words(value, Style::Ordinal, Case::Upper)),
                value
            );
        }
    }

    #[test]
    fn an_unknown_word_is_no_number() {
        assert!(from_words("twelve dozen").is_nan());
        assert!(from_words("").is_nan());
    }
}
