//! The 39 comparisons of the Choice state (feature map 4.4, asl-rules 12).
//!
//! A value of the wrong type never matches and is never an error.

use super::timestamp::Instant;
use super::{QueryError, json};
use serde_json::Value;
use std::cmp::Ordering;
use std::str::FromStr;

/// Writes the enum, its names, its kinds and the answers of the type tests from one table.
macro_rules! operators {
    ($($kind:ident: [$($name:ident),* $(,)?]),*; tests: [$($test:ident => $holds:expr),* $(,)?]) => {
        /// A comparison of a Choice rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are the language's own")]
        pub enum Operator { $($($name,)*)* $($test,)* }

        impl Operator {
            /// All 39.
            pub const ALL: [Self; 39] = [$($(Self::$name,)*)* $(Self::$test,)*];

            /// The name in a definition.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Self::$name => stringify!($name),)*)*
                    $(Self::$test => stringify!($test),)*
                }
            }

            /// What it compares.
            pub fn kind(self) -> Kind {
                match self {
                    $($(Self::$name => Kind::$kind,)*)*
                    $(Self::$test => Kind::Test,)*
                }
            }

            /// The answer of a type test about a value that is there; comparisons are no tests.
            fn is(self, value: &Value) -> bool {
                match self {
                    $($(Self::$name)|* => false,)*
                    $(Self::$test => $holds(value),)*
                }
            }
        }
    };
}

operators! {
    String: [
        StringEquals, StringLessThan, StringGreaterThan, StringLessThanEquals, StringGreaterThanEquals,
        StringEqualsPath, StringLessThanPath, StringGreaterThanPath, StringLessThanEqualsPath,
        StringGreaterThanEqualsPath,
    ],
    Pattern: [StringMatches],
    Numeric: [
        NumericEquals, NumericLessThan, NumericGreaterThan, NumericLessThanEquals, NumericGreaterThanEquals,
        NumericEqualsPath, NumericLessThanPath, NumericGreaterThanPath, NumericLessThanEqualsPath,
        NumericGreaterThanEqualsPath,
    ],
    Boolean: [BooleanEquals, BooleanEqualsPath],
    Timestamp: [
        TimestampEquals, TimestampLessThan, TimestampGreaterThan, TimestampLessThanEquals, TimestampGreaterThanEquals,
        TimestampEqualsPath, TimestampLessThanPath, TimestampGreaterThanPath, TimestampLessThanEqualsPath,
        TimestampGreaterThanEqualsPath,
    ];
    tests: [
        IsNull => Value::is_null,
        IsPresent => is_present,
        IsNumeric => Value::is_number,
        IsString => Value::is_string,
        IsBoolean => Value::is_boolean,
        IsTimestamp => is_timestamp,
    ]
}

/// What is there is present, `null` too.
fn is_present(_value: &Value) -> bool {
    true
}

fn is_timestamp(value: &Value) -> bool {
    value.as_str().and_then(Instant::parse).is_some()
}

/// No comparison has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a comparison of a Choice rule")]
pub struct UnknownOperator(pub String);

impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|operator| operator.name() == name)
            .ok_or_else(|| UnknownOperator(name.to_owned()))
    }
}

/// What kind of values an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Texts, by UTF-16 units.
    String,
    /// A text and a pattern.
    Pattern,
    /// Numbers, by value.
    Numeric,
    /// `true` and `false`.
    Boolean,
    /// Instants.
    Timestamp,
    /// A question about the value itself; the operand is `true` or `false`.
    Test,
}

impl Operator {
    /// Whether the operand is a path to the value that is compared with.
    pub fn takes_path(self) -> bool {
        self.name().ends_with("Path")
    }

    /// Whether an order of the two values fits the operator.
    fn fits(self, order: Ordering) -> bool {
        match self.name().trim_end_matches("Path") {
            name if name.ends_with("LessThanEquals") => order.is_le(),
            name if name.ends_with("GreaterThanEquals") => order.is_ge(),
            name if name.ends_with("LessThan") => order.is_lt(),
            name if name.ends_with("GreaterThan") => order.is_gt(),
            _ => order.is_eq(),
        }
    }

    /// Whether the rule matches. `variable` is none when its path leads to nothing: then only `IsPresent` may be asked.
    /// `operand` is the literal, or what the operand's path leads to. The one error is a bad pattern of `StringMatches`.
    pub fn test(self, variable: Option<&Value>, operand: &Value) -> Result<bool, QueryError> {
        let Some(value) = variable else {
            return Ok(self == Self::IsPresent && *operand == Value::Bool(false));
        };
        Ok(match self.kind() {
            Kind::String => self.ordered(strings(value, operand)),
            Kind::Numeric => self.ordered(numbers(value, operand)),
            Kind::Timestamp => self.ordered(instants(value, operand)),
            Kind::Boolean => value.is_boolean() && value == operand,
            Kind::Test => operand.as_bool() == Some(self.is(value)),
            Kind::Pattern => match (value.as_str(), operand.as_str()) {
                (Some(text), Some(pattern)) => matches(text, pattern)?,
                _ => false,
            },
        })
    }

    fn ordered(self, order: Option<Ordering>) -> bool {
        order.is_some_and(|order| self.fits(order))
    }
}

fn strings(left: &Value, right: &Value) -> Option<Ordering> {
    Some(
        left.as_str()?
            .encode_utf16()
            .cmp(right.as_str()?.encode_utf16()),
    )
}

fn numbers(left: &Value, right: &Value) -> Option<Ordering> {
    Some(json::compare_numbers(left.as_number()?, right.as_number()?))
}

fn instants(left: &Value, right: &Value) -> Option<Ordering> {
    Some(Instant::parse(left.as_str()?)?.cmp(&Instant::parse(right.as_str()?)?))
}

/// Whether the whole text fits a pattern: `*` stands for any run of characters, `\*` and `\\` for themselves.
fn matches(text: &str, pattern: &str) -> Result<bool, QueryError> {
    let pieces = pieces(pattern)?;
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return Ok(text.is_empty());
    };
    if pieces.len() == 1 {
        return Ok(text == first);
    }
    let Some(rest) = text.strip_prefix(first.as_str()) else {
        return Ok(false);
    };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
        return Ok(false);
    };
    for piece in &pieces[1..pieces.len() - 1] {
        match rest.find(piece.as_str()) {
            Some(found) => rest = &rest[found + piece.len()..],
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// The texts between the wildcards.
fn pieces(pattern: &str) -> Result<Vec<String>, QueryError> {
    let mut pieces = vec![String::new()];
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let literal = match c {
            '*' => {
                pieces.push(String::new());
                continue;
            }
            '\\' => rest
                .next()
                .filter(|c| matches!(c, '*' | '\\'))
                .ok_or_else(|| QueryError::Pattern {
                    pattern: pattern.to_owned(),
                })?,
            other => other,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(literal);
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "literals read better without a reference"
    )]
    fn test(operator: &str, value: Value, operand: Value) -> bool {
        operator
            .parse::<Operator>()
            .unwrap()
            .test(Some(&value), &operand)
            .unwrap()
    }

    #[test]
    fn every_operator_is_found_by_its_name() {
        for operator in Operator::ALL {
            assert_eq!(operator.name().parse(), Ok(operator));
        }
        assert!("stringEquals".parse::<Operator>().is_err());
    }

    #[test]
    fn each_comparison_means_what_its_name_says() {
        for (suffix, less, equal, greater) in [
            ("Equals", false, true, false),
            ("LessThan", true, false, false),
            ("GreaterThan", false, false, true),
            ("LessThanEquals", true, true, false),
            ("GreaterThanEquals", false, true, true),
        ] {
            for ending in ["", "Path"] {
                for (kind, low, high) in [
                    ("Numeric", json!(1), json!(2.5)),
                    ("String", json!("a"), json!("b")),
                    (
                        "Timestamp",
                        json!("2020-01-01T00:00:00Z"),
                        json!("2020-01-01T00:00:00-01:00"),
                    ),
                ] {
                    let name = format!("{kind}{suffix}{ending}");
                    assert_eq!(test(&name, low.clone(), high.clone()), less, "{name}");
                    assert_eq!(test(&name, low.clone(), low.clone()), equal, "{name}");
                    assert_eq!(test(&name, high, low), greater, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_wrong_type_never_matches() {
        assert!(!test("NumericEquals", json!("42"), json!(42)));
        assert!(!test("BooleanEquals", json!(0), json!(false)));
        assert!(!test("StringEquals", json!(["a"]), json!("a")));
        assert!(!test("TimestampEquals", json!("soon"), json!("soon")));
        assert!(!test("NumericLessThanEquals", json!(null), json!(0)));
        assert!(!test("StringMatches", json!(1), json!("*")));
    }

    #[test]
    fn numbers_compare_by_value_and_instants_across_zones() {
        assert!(test("NumericEquals", json!(0), json!(0.0)));
        assert!(test(
            "TimestampEquals",
            json!("2020-01-01T01:00:00+01:00"),
            json!("2020-01-01T00:00:00.000Z")
        ));
    }

    #[test]
    fn texts_compare_by_utf_16_units() {
        assert!(test("StringLessThan", json!("A"), json!("AB")));
        assert!(test(
            "StringGreaterThan",
            json!("\u{ff61}"),
            json!("\u{1f600}")
        ));
        assert!(!test("StringEquals", json!(" "), json!("     ")));
    }

    #[test]
    fn tests_are_turned_round_by_false() {
        assert!(test("IsNull", json!(null), json!(true)));
        assert!(test("IsNull", json!(1), json!(false)));
        assert!(!test("IsNumeric", json!("1"), json!(true)));
        assert!(test(
            "IsTimestamp",
            json!("2020-01-01T00:00:00Z"),
            json!(true)
        ));
        assert!(test("IsPresent", json!(null), json!(true)));
        assert!(Operator::IsPresent.test(None, &json!(false)).unwrap());
        assert!(!Operator::IsPresent.test(None, &json!(true)).unwrap());
    }

    #[test]
    fn wildcards_stand_for_any_run_and_may_be_escaped() {
        for (text, pattern, fits) in [
            ("log-2020.txt", "log-*.txt", true),
            ("log-2020.txt", "*", true),
            ("", "*", true),
            ("foo*bar", r"foo\*bar", true),
            ("fooxbar", r"foo\*bar", false),
            (r"a\b", r"a\\*", true),
            ("aba", "ab*ba", false),
            ("abcabc", "a*c*c", true),
            ("zebra", "*eb*", true),
            ("a", "", false),
        ] {
            assert_eq!(
                test("StringMatches", json!(text), json!(pattern)),
                fits,
                "{text} {pattern}"
            );
        }
    }

    #[test]
    fn a_lone_backslash_in_a_pattern_is_an_error() {
        assert!(matches!(
            Operator::StringMatches.test(Some(&json!("a")), &json!(r"\a")),
            Err(QueryError::Pattern { .. })
        ));
    }

    proptest! {
        #[test]
        fn a_pattern_agrees_with_a_slow_and_simple_one(text in "[ab]{0,8}", pattern in "[ab*]{0,6}") {
            fn slow(text: &str, pattern: &str) -> bool {
                match pattern.chars().next() {
                    None => text.is_empty(),
                    Some('*') => (0..=text.len()).any(|at| slow(&text[at..], &pattern[1..])),
                    Some(c) => text.starts_with(c) && slow(&text[1..], &pattern[1..]),
                }
            }
            prop_assert_eq!(matches(&text, &pattern).unwrap(), slow(&text, &pattern));
        }
    }
}
