//! The 39 comparisons of Choice rules as JSONata.
//!
//! A value of the wrong type makes a rule false. `=` does that, too; the order of two values of different types is an error
//! in JSONata, so their types are looked at first.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::{Code, Refusal};
use super::piece::literal;
use super::query::Surroundings;
use crate::query::Operator;
use crate::query::compare::Kind;
use crate::text::Node;
use serde_json::Value;

/// The times that ASL accepts (asl-rules 14).
const TIMESTAMP: &str = r"/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-7]):[0-5]\d|[+-]18:00)$/";

/// A test of `variable`.
pub(super) fn test(
    around: &mut Surroundings<'_>,
    variable: Expression,
    operator: Operator,
    operand: &Node,
) -> Result<Expression, Refusal> {
    if operator.kind() == Kind::Test {
        return question(around, variable, operator, operand);
    }
    let other = if operator.takes_path() {
        around
            .path_text(operand.as_str().unwrap_or_default())?
            .into_expression()
    } else {
        literal(&operand.to_value().unwrap_or(Value::Null))
    };
    let is_written = !operator.takes_path();
    let parts = vec![variable.swallowed(), other.swallowed()];
    let pair = Pair::of(&parts, is_written, sign(operator));
    let (text, level) = match operator.kind() {
        Kind::String => pair.typed("string"),
        Kind::Numeric => pair.typed("number"),
        Kind::Boolean => pair.typed("boolean"),
        Kind::Timestamp => {
            note_times(around);
            pair.times()
        }
        Kind::Pattern => pattern(&pair.variable, operand.as_str().unwrap_or_default())?,
        Kind::Test => (String::new(), Level::Path),
    };
    Ok(Expression::of(parts, Shape::Boolean, level, |_| text))
}

fn note_times(around: &mut Surroundings<'_>) {
    around.note(
        Code::Milliseconds,
        "Times are compared to the millisecond, and days such as 30 February are taken for times.",
    );
}

/// How two values are compared.
fn sign(operator: Operator) -> &'static str {
    match operator.name().trim_end_matches("Path") {
        name if name.ends_with("LessThanEquals") => "<=",
        name if name.ends_with("GreaterThanEquals") => ">=",
        name if name.ends_with("LessThan") => "<",
        name if name.ends_with("GreaterThan") => ">",
        _ => "=",
    }
}

/// Two values to compare.
struct Pair {
    variable: String,
    other: String,
    /// Whether the other value is written out, so that its type is known.
    is_written: bool,
    sign: &'static str,
}

impl Pair {
    fn of(parts: &[Expression], is_written: bool, sign: &'static str) -> Self {
        let text = |index: usize| {
            parts
                .get(index)
                .map(|part| part.at(Level::Sum))
                .unwrap_or_default()
        };
        Self {
            variable: text(0),
            other: text(1),
            is_written,
            sign,
        }
    }

    /// Values of one type.
    fn typed(&self, kind: &str) -> (String, Level) {
        let Self {
            variable,
            other,
            is_written,
            sign,
        } = self;
        let is = |value: &str| format!("$type({value}) = \"{kind}\"");
        let compared = format!("{variable} {sign} {other}");
        match (*sign, is_written) {
            ("=", true) => (compared, Level::Comparison),
            ("=", false) | (_, true) => (format!("{} and {compared}", is(variable)), Level::And),
            (_, false) => (
                format!("{} and {} and {compared}", is(variable), is(other)),
                Level::And,
            ),
        }
    }

    fn times(&self) -> (String, Level) {
        let Self {
            variable,
            other,
            is_written,
            sign,
        } = self;
        let compared = format!("$toMillis({variable}) {sign} $toMillis({other})");
        let text = if *is_written {
            format!("{} and {compared}", is_time(variable))
        } else {
            format!(
                "{} and {} and {compared}",
                is_time(variable),
                is_time(other)
            )
        };
        (text, Level::And)
    }
}

fn is_time(value: &str) -> String {
    format!("$type({value}) = \"string\" and $contains({value}, {TIMESTAMP})")
}

/// `IsPresent`, `IsNull` and the questions about the type.
fn question(
    around: &mut Surroundings<'_>,
    variable: Expression,
    operator: Operator,
    operand: &Node,
) -> Result<Expression, Refusal> {
    let is_asked_for = operand.as_bool().unwrap_or(true);
    if operator == Operator::IsPresent {
        return Ok(present(&variable, is_asked_for));
    }
    let of = variable.at(Level::Sum);
    let (equals, differs) = ("=", "!=");
    let sign = if is_asked_for { equals } else { differs };
    let kind = |kind: &str| {
        (
            format!("$type({of}) {sign} {}", quoted(kind)),
            Level::Comparison,
        )
    };
    let (text, level) = match operator {
        Operator::IsNull => (format!("{of} {sign} null"), Level::Comparison),
        Operator::IsNumeric => kind("number"),
        Operator::IsString => kind("string"),
        Operator::IsBoolean => kind("boolean"),
        _ => {
            note_times(around);
            if is_asked_for {
                (is_time(&of), Level::And)
            } else {
                (format!("$not({})", is_time(&of)), Level::Path)
            }
        }
    };
    Ok(Expression::of(
        vec![variable.swallowed()],
        Shape::Boolean,
        level,
        |_| text,
    ))
}

/// Whether a path leads to something; a list at the end of a path is there when what it is made of is.
fn present(variable: &Expression, is_asked_for: bool) -> Expression {
    let needs = variable.clone().swallowed().needs;
    let asked: Vec<_> = needs
        .iter()
        .map(|need| format!("$exists({need})"))
        .collect();
    let (text, level) = match (asked.as_slice(), is_asked_for) {
        ([], true) => ("true".to_owned(), Level::Path),
        ([], false) => ("false".to_owned(), Level::Path),
        ([one], true) => (one.clone(), Level::Path),
        (all, true) => (all.join(" and "), Level::And),
        (all, false) => (format!("$not({})", all.join(" and ")), Level::Path),
    };
    Expression::new(text, level, Shape::Boolean)
}

/// `StringMatches`: `*` stands for any run of characters, `\*` and `\\` for themselves.
fn pattern(of: &str, pattern: &str) -> Result<(String, Level), Refusal> {
    let pieces = pieces(pattern)?;
    let is_text = format!("$type({of}) = \"string\"");
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return Refusal::new("StringMatches has no pattern");
    };
    if pieces.len() == 1 {
        return Ok((format!("{of} = {}", quoted(first)), Level::Comparison));
    }
    if pieces.iter().all(String::is_empty) {
        return Ok((is_text, Level::Comparison));
    }
    let matches =
        if let ["", middle, ""] = pieces.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            format!("$contains({of}, {})", quoted(middle))
        } else {
            let middle: Vec<_> = pieces.iter().map(|piece| regex_text(piece)).collect();
            let middle = middle.join(r"[\s\S]*");
            let inner = middle.as_str();
            let inner = if first.is_empty() {
                inner.trim_start_matches(r"[\s\S]*")
            } else {
                inner
            };
            let inner = if last.is_empty() {
                inner.trim_end_matches(r"[\s\S]*")
            } else {
                inner
            };
            let start = if first.is_empty() { "" } else { "^" };
            let end = if last.is_empty() { "" } else { "$" };
            format!("$contains({of}, /{start}{inner}{end}/)")
        };
    Ok((format!("{is_text} and {matches}"), Level::And))
}

/// The texts between the wildcards.
fn pieces(pattern: &str) -> Result<Vec<String>, Refusal> {
    let mut pieces = vec![String::new()];
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let c = match c {
            '*' => {
                pieces.push(String::new());
                continue;
            }
            '\\' => rest.next().filter(|c| matches!(c, '*' | '\\')).ok_or_else(|| {
                Refusal(format!(
                    "The pattern `{pattern}` has a backslash that escapes nothing, which always fails"
                ))
            })?,
            other => other,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    Ok(pieces)
}

/// A text as it stands in a regular expression.
fn regex_text(text: &str) -> String {
    let escaped = |c: char| match c {
        '\\' | '^' | '$' | '.' | '|' | '?' | '*' | '+' | '(' | ')' | '[' | ']' | '{' | '}'
        | '/' => {
            format!("\\{c}")
        }
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(escaped).collect()
}
