//! Payload templates as values with expressions, their members in the order in which AWS writes the result.

use super::finding::Refusal;
use super::piece::Piece;
use super::query::Surroundings;
use crate::query::{Intrinsic, hash_order};
use serde_json::Value;

impl Surroundings<'_> {
    /// The value of a payload template. Nesting is bounded by the definition, which was read before.
    pub(super) fn template(&mut self, template: &Value) -> Result<Piece, Refusal> {
        match template {
            Value::Object(members) => {
                let mut pieces = Vec::with_capacity(members.len());
                let mut computed: Vec<(&str, &Value)> = Vec::new();
                for (key, value) in members {
                    match key.strip_suffix(".$") {
                        Some(name) => computed.push((name, value)),
                        None => pieces.push((key.clone(), self.template(value)?)),
                    }
                }
                hash_order::sort_by_key(&mut computed, |(name, _)| name);
                for (name, value) in computed {
                    pieces.push((name.to_owned(), self.template_query(value)?));
                }
                Ok(object(pieces))
            }
            Value::Array(items) => {
                let items = items.iter().map(|item| self.template(item));
                items.collect::<Result<_, _>>().map(array)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Ok(Piece::Plain(template.clone()))
            }
        }
    }

    fn template_query(&mut self, value: &Value) -> Result<Piece, Refusal> {
        match value {
            Value::String(text) => self.query_text(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => Refusal::new("A key ending in .$ must hold a text"),
        }
    }

    /// The value of a path or of an intrinsic function.
    pub(super) fn query_text(&mut self, text: &str) -> Result<Piece, Refusal> {
        if text.starts_with('$') {
            return self.path_text(text);
        }
        match Intrinsic::parse(text) {
            Ok(call) => self.intrinsic(&call),
            Err(error) => Refusal::new(format!("`{text}` is no intrinsic function: {error}")),
        }
    }
}

/// An object; as written, when nothing in it is computed.
fn object(members: Vec<(String, Piece)>) -> Piece {
    let plain: Option<serde_json::Map<_, _>> = members
        .iter()
        .map(|(key, piece)| Some((key.clone(), plain(piece)?.clone())))
        .collect();
    plain.map_or(Piece::Object(members), |members| {
        Piece::Plain(Value::Object(members))
    })
}

fn array(items: Vec<Piece>) -> Piece {
    let plain: Option<Vec<_>> = items.iter().map(|piece| plain(piece).cloned()).collect();
    plain.map_or(Piece::Array(items), |items| {
        Piece::Plain(Value::Array(items))
    })
}

fn plain(piece: &Piece) -> Option<&Value> {
    match piece {
        Piece::Plain(value) => Some(value),
        Piece::Computed(_) | Piece::Object(_) | Piece::Array(_) => None,
    }
}
