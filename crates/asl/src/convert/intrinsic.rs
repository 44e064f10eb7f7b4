//! Intrinsic functions as JSONata, with the functions that AWS adds to it.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::{Code, Refusal};
use super::piece::{Piece, literal};
use super::query::Surroundings;
use crate::query::Intrinsic;
use crate::query::intrinsic::{Argument, Call, Function};
use serde_json::Value;
use std::collections::BTreeSet;

impl Surroundings<'_> {
    /// The value of a call.
    pub(super) fn intrinsic(&mut self, intrinsic: &Intrinsic) -> Result<Piece, Refusal> {
        self.call(intrinsic.call())
    }

    /// Calls are nested ten deep at most.
    fn call(&mut self, call: &Call) -> Result<Piece, Refusal> {
        let function = call.function();
        if function == Function::Format {
            return super::format::format(self, call.arguments()).map(Piece::Computed);
        }
        let arguments = call.arguments().iter();
        let arguments: Vec<Piece> = arguments
            .map(|argument| self.argument(argument))
            .collect::<Result<_, _>>()?;
        let arguments = Arguments {
            function,
            pieces: arguments,
        };
        if function == Function::Array {
            return Ok(Piece::Array(arguments.pieces));
        }
        self.apply(arguments).map(Piece::Computed)
    }

    pub(super) fn argument(&mut self, argument: &Argument) -> Result<Piece, Refusal> {
        match argument {
            Argument::Value(value) => Ok(Piece::Plain(value.clone())),
            Argument::Text(literal) => match literal.plain() {
                Ok(text) => Ok(Piece::Plain(Value::String(text))),
                Err(message) => Refusal::new(message),
            },
            Argument::Path(path) => self.path(path),
            Argument::Call(call) => self.call(call),
        }
    }

    fn apply(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        match given.function {
            Function::ArrayPartition => {
                let [array, size] = given.expressions()?;
                self.whole(&size);
                Ok(Expression::call(
                    "partition",
                    vec![array, size],
                    Shape::List,
                ))
            }
            Function::ArrayContains => contains(given),
            Function::ArrayRange => self.range(given),
            Function::ArrayGetItem => self.item(given),
            Function::ArrayLength => {
                let [array] = given.expressions()?;
                Ok(Expression::call(
                    "count",
                    vec![array.swallowed()],
                    Shape::Number,
                ))
            }
            Function::ArrayUnique => {
                let [array] = given.expressions()?;
                Ok(Expression::call("distinct", vec![array], Shape::List))
            }
            Function::StringToJson => self.parse(given),
            Function::JsonToString => self.print(given),
            Function::StringSplit => split(given),
            Function::Base64Encode => self.base64(given, "base64encode"),
            Function::Base64Decode => self.base64(given, "base64decode"),
            Function::Hash => hash(given),
            Function::JsonMerge => merge(given),
            Function::MathAdd => {
                let [left, right] = given.expressions()?;
                let (left, right) = (self.rounded(left), self.rounded(right));
                Ok(sum(left, right))
            }
            Function::MathRandom => self.random(given),
            Function::Uuid => {
                let [] = given.expressions()?;
                self.note(
                    Code::Random,
                    "Values drawn at random are other ones in each run.",
                );
                Ok(Expression::call("uuid", Vec::new(), Shape::Text))
            }
            Function::Format | Function::Array => given.refuse("has no place here"),
        }
    }

    /// A number that JSONPath rounds half up.
    fn rounded(&mut self, number: Expression) -> Expression {
        match number.text.parse::<f64>() {
            Ok(known) if known.fract() == 0.0 => number,
            Ok(known) => literal(&Value::from((known + 0.5).floor())),
            Err(_) => {
                self.whole(&number);
                number
            }
        }
    }

    fn whole(&mut self, number: &Expression) {
        if number.text.parse::<i64>().is_err() {
            self.note(
                Code::Rounding,
                "Intrinsic functions round numbers that are not whole first; JSONata takes them as they are.",
            );
        }
    }

    fn range(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        let parts: [Expression; 3] = given.expressions()?;
        parts.iter().for_each(|part| self.whole(part));
        let is_known = parts.iter().all(|part| part.text.parse::<i64>().is_ok());
        let parts: Vec<_> = parts.into_iter().map(Expression::swallowed).collect();
        Ok(Expression::of(
            parts,
            Shape::List,
            Level::Path,
            |parts| match parts {
                [first, last, step] if is_known && step.text == "1" => {
                    format!("[{}..{}]", first.text, last.text)
                }
                parts => {
                    let texts: Vec<_> = parts.iter().map(|part| &*part.text).collect();
                    format!("[$range({})]", texts.join(", "))
                }
            },
        ))
    }

    fn item(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        let [array, index] = given.expressions()?;
        if index.text.starts_with('-') {
            return Refusal::new("States.ArrayGetItem has a negative index, which always fails");
        }
        self.whole(&index);
        let index = index.swallowed();
        let mut item = Expression::path(format!("{}[{}]", array.at(Level::Path), index.text));
        item = item.maybe_missing();
        super::expression::add(&mut item.needs, array.needs);
        super::expression::add(&mut item.needs, index.needs);
        Ok(item)
    }

    fn parse(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        let [text] = given.expressions()?;
        self.note(
            Code::BlankText,
            "States.StringToJson makes null of a blank text; for $parse it is an error.",
        );
        Ok(Expression::call("parse", vec![text], Shape::Any))
    }

    fn print(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        if let [Piece::Plain(value)] = given.pieces.as_slice() {
            return Ok(Expression::text(&value.to_string()));
        }
        let [value] = given.expressions()?;
        match value.shape {
            Shape::Any | Shape::Text => self.note(
                Code::UnquotedText,
                "States.JsonToString puts a text into quotes; $string gives it as it is.",
            ),
            Shape::List | Shape::Number | Shape::Boolean | Shape::Object => {}
        }
        Ok(Expression::call("string", vec![value], Shape::Text))
    }

    fn base64(&mut self, given: Arguments, name: &str) -> Result<Expression, Refusal> {
        let [text] = given.expressions()?;
        self.note(
            Code::WideCharacters,
            format!("${name} takes characters for bytes: only ASCII texts come out the same."),
        );
        Ok(Expression::call(name, vec![text], Shape::Text))
    }

    fn random(&mut self, given: Arguments) -> Result<Expression, Refusal> {
        let seed = match given.pieces.len() {
            2 => Vec::new(),
            _ => {
                self.note(Code::Seed, "The same seed gives another number in JSONata.");
                let [_, _, seed] = given.expressions_ref()?;
                vec![seed]
            }
        };
        self.note(
            Code::Random,
            "Values drawn at random are other ones in each run.",
        );
        let bounds: Vec<Expression> = given
            .pieces
            .into_iter()
            .take(2)
            .map(Piece::into_expression)
            .collect();
        let [from, to] = <[Expression; 2]>::try_from(bounds)
            .map_err(|_| Refusal("States.MathRandom takes 2 or 3 arguments".to_owned()))?;
        let (from, to) = (self.rounded(from), self.rounded(to));
        let random = Expression::call("random", seed, Shape::Number).text;
        Ok(Expression::of(
            vec![from, to],
            Shape::Number,
            Level::Sum,
            |bounds| {
                let text = |index: usize| {
                    bounds
                        .get(index)
                        .map(|bound| bound.at(Level::Product))
                        .unwrap_or_default()
                };
                let (from, to) = (text(0), text(1));
                match from.as_str() {
                    "0" => format!("$floor({random} * {to})"),
                    _ => format!("{from} + $floor({random} * ({to} - {from}))"),
                }
            },
        ))
    }
}

/// What a function is given.
struct Arguments {
    function: Function,
    pieces: Vec<Piece>,
}

impl Arguments {
    /// Exactly so many arguments, as expressions.
    fn expressions<const N: usize>(self) -> Result<[Expression; N], Refusal> {
        let message = format!("{} takes {N} arguments", self.function.name());
        let expressions: Vec<_> = self
            .pieces
            .into_iter()
            .map(Piece::into_expression)
            .collect();
        expressions.try_into().map_err(|_| Refusal(message))
    }

    fn expressions_ref<const N: usize>(&self) -> Result<[Expression; N], Refusal> {
        Arguments {
            function: self.function,
            pieces: self.pieces.clone(),
        }
        .expressions()
    }

    fn refuse<T>(&self, message: &str) -> Result<T, Refusal> {
        Refusal::new(format!("{} {message}", self.function.name()))
    }
}

/// A sum; a negative number that is written out is taken away.
fn sum(left: Expression, right: Expression) -> Expression {
    match right.text.strip_prefix('-').map(str::to_owned) {
        Some(text) if text.parse::<f64>().is_ok() => {
            let right = Expression { text, ..right };
            Expression::binary(left, "-", right, Level::Sum, Shape::Number)
        }
        _ => Expression::binary(left, "+", right, Level::Sum, Shape::Number),
    }
}

/// `in` compares plain values only; a predicate compares everything.
fn contains(given: Arguments) -> Result<Expression, Refusal> {
    let [array, wanted] = given.expressions()?;
    let is_plain = matches!(wanted.shape, Shape::Text | Shape::Number | Shape::Boolean);
    let parts = vec![array.swallowed(), wanted.swallowed()];
    let level = if is_plain {
        Level::Comparison
    } else {
        Level::Path
    };
    Ok(Expression::of(parts, Shape::Boolean, level, |parts| {
        let text = |index: usize, level| {
            parts
                .get(index)
                .map(|part| part.at(level))
                .unwrap_or_default()
        };
        if is_plain {
            format!("{} in {}", text(1, Level::Sum), text(0, Level::Sum))
        } else {
            format!(
                "$exists({}[$ = {}])",
                text(0, Level::Path),
                text(1, Level::Sum)
            )
        }
    }))
}

/// Every character of the second text splits, and empty pieces are left out.
fn split(given: Arguments) -> Result<Expression, Refusal> {
    let Some(Piece::Plain(Value::String(delimiters))) = given.pieces.get(1).cloned() else {
        return given.refuse("is converted only when its delimiters are written out");
    };
    let [text, _] = given.expressions()?;
    let delimiters: String = delimiters
        .chars()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let pieces = match delimiters.chars().count() {
        0 => text.swallowed(),
        1 => {
            let delimiter = Expression::text(&delimiters);
            Expression::call("split", vec![text.swallowed(), delimiter], Shape::List)
        }
        _ => {
            let class = Expression::path(format!("/[{}]/", class(&delimiters)));
            Expression::call("split", vec![text.swallowed(), class], Shape::List)
        }
    };
    Ok(Expression::of(
        vec![pieces],
        Shape::List,
        Level::Path,
        |pieces| {
            let pieces: String = pieces.iter().map(|pieces| pieces.at(Level::Path)).collect();
            format!("[{pieces}[$ != \"\"]]")
        },
    ))
}

/// The characters as they stand in a class of a regular expression.
fn class(characters: &str) -> String {
    let escaped = |c: char| match c {
        '\\' | ']' | '[' | '^' | '-' | '/' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        other => other.to_string(),
    };
    characters.chars().map(escaped).collect()
}

/// A text is hashed as it is, everything else as its JSON text; `$string` gives both.
fn hash(given: Arguments) -> Result<Expression, Refusal> {
    let [data, algorithm] = given.expressions()?;
    let data = match data.shape {
        Shape::Text => data,
        Shape::Any | Shape::List | Shape::Number | Shape::Boolean | Shape::Object => {
            Expression::call("string", vec![data], Shape::Text)
        }
    };
    Ok(Expression::call("hash", vec![data, algorithm], Shape::Text))
}

fn merge(given: Arguments) -> Result<Expression, Refusal> {
    if given.pieces.get(2) != Some(&Piece::Plain(Value::Bool(false))) {
        return given.refuse("is converted only when its last argument is false");
    }
    let [first, second, _] = given.expressions()?;
    Ok(merged(first.swallowed(), second.swallowed()))
}

/// `$merge` of two objects.
pub(super) fn merged(first: Expression, second: Expression) -> Expression {
    Expression::of(vec![first, second], Shape::Object, Level::Path, |parts| {
        let texts: Vec<_> = parts.iter().map(|part| &*part.text).collect();
        format!("$merge([{}])", texts.join(", "))
    })
}

/// An object with one member.
pub(super) fn single(name: &str, value: Expression) -> Expression {
    Expression::of(
        vec![value.swallowed()],
        Shape::Object,
        Level::Path,
        |value| {
            let value: String = value.iter().map(|value| value.text.as_str()).collect();
            format!("{{{}: {value}}}", quoted(name))
        },
    )
}
