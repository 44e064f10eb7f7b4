//! `States.Format` as texts joined by `&`.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::{Code, Refusal};
use super::piece::Piece;
use super::query::Surroundings;
use crate::query::intrinsic::Argument;
use serde_json::Value;

/// The text that a format gives.
pub(super) fn format(
    around: &mut Surroundings<'_>,
    arguments: &[Argument],
) -> Result<Expression, Refusal> {
    let (format, values) = match arguments.split_first() {
        Some((Argument::Text(format), values)) => (format, values),
        Some((format, values)) => return computed_format(around, format, values),
        None => return Refusal::new("States.Format has no format, which always fails"),
    };
    let texts = format.pieces().map_err(Refusal)?;
    if texts.len() != values.len() + 1 {
        let slots = texts.len() - 1;
        let given = values.len();
        return Refusal::new(format!(
            "States.Format has {slots} slots but {given} values, which always fails"
        ));
    }
    let mut parts: Vec<Part> = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        push_text(&mut parts, text);
        if let Some(value) = values.get(index) {
            let value = around.argument(value)?;
            match value {
                Piece::Plain(Value::String(text)) => push_text(&mut parts, text),
                other => parts.push(Part::Value(printable(around, other))),
            }
        }
    }
    Ok(joined(parts))
}

/// A format that is read at run time: it is split at its slots.
fn computed_format(
    around: &mut Surroundings<'_>,
    format: &Argument,
    values: &[Argument],
) -> Result<Expression, Refusal> {
    around.note(
        Code::FormatEscapes,
        "A format that is read at run time is split at {}; backslashes in it escape nothing.",
    );
    let format = around.argument(format)?.into_expression().swallowed();
    let pieces = around.names.local("pieces");
    let mut text = format!("${pieces}[0]");
    let mut parts = vec![format];
    for (index, value) in values.iter().enumerate() {
        let value = around.argument(value)?;
        let value = printable(around, value).swallowed();
        text.push_str(&format!(
            " & {} & ${pieces}[{}]",
            value.at(Level::Product),
            index + 1
        ));
        parts.push(value);
    }
    let count = values.len() + 1;
    Ok(Expression::of(parts, Shape::Text, Level::Path, |parts| {
        let format: &str = parts
            .first()
            .map(|format| &*format.text)
            .unwrap_or_default();
        let message = format!("The format needs {} slots", count - 1);
        format!(
            "(${pieces} := $split({format}, \"{{}}\"); $assert($count(${pieces}) = {count}, {}); {text})",
            quoted(&message)
        )
    }))
}

/// A part of the text.
enum Part {
    Text(String),
    Value(Expression),
}

fn push_text(parts: &mut Vec<Part>, text: String) {
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(&text),
        _ if text.is_empty() => {}
        _ => parts.push(Part::Text(text)),
    }
}

fn printable(around: &mut Surroundings<'_>, value: Piece) -> Expression {
    let value = value.into_expression();
    match value.shape {
        Shape::Any | Shape::List | Shape::Object => around.note(
            Code::PrintedStructure,
            "States.Format prints an object or a list as Java does, {a=1}; JSONata prints it as JSON.",
        ),
        Shape::Text | Shape::Number | Shape::Boolean => {}
    }
    value
}

fn joined(parts: Vec<Part>) -> Expression {
    let is_alone = parts.len() == 1;
    let mut parts = parts.into_iter().map(|part| match part {
        Part::Text(text) => Expression::text(&text),
        Part::Value(value) if is_alone && value.shape == Shape::Text => value,
        Part::Value(value) if is_alone => Expression::call("string", vec![value], Shape::Text),
        Part::Value(value) => value.swallowed(),
    });
    let Some(first) = parts.next() else {
        return Expression::text("");
    };
    parts.fold(first, |text, part| {
        Expression::binary(text, "&", part, Level::Sum, Shape::Text)
    })
}
