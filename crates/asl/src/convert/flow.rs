//! `InputPath`, `ResultPath` and `OutputPath`: how data flows through a state, as one value.

use super::expression::Expression;
use super::expression::Level;
use super::finding::Refusal;
use super::intrinsic::{merged, single};
use super::piece::Piece;
use super::query::{Surroundings, member};
use crate::query::ReferencePath;
use crate::query::path::Path;
use crate::query::path::ast::{Root, Step};
use crate::text::Node;

/// Where a result goes.
pub(super) enum ResultPath {
    Replace,
    Discard,
    /// Into the raw input, at these names.
    Set(Vec<String>),
}

impl ResultPath {
    /// Reads the field; absent means that the result replaces the input.
    pub(super) fn read(field: Option<&Node>) -> Result<Self, Refusal> {
        let Some(field) = field else {
            return Ok(Self::Replace);
        };
        match field.as_str() {
            None => Ok(Self::Discard),
            Some("$") => Ok(Self::Replace),
            Some(text) => names(text).map(Self::Set),
        }
    }
}

fn names(text: &str) -> Result<Vec<String>, Refusal> {
    let path = ReferencePath::parse(text)
        .map_err(|error| Refusal(format!("`{text}` is no reference path: {error}")))?;
    let names = path.as_path().steps().iter().map(|step| match step {
        Step::Name(name) => Ok(name.clone()),
        Step::Names(_)
        | Step::Indices(_)
        | Step::Slice { .. }
        | Step::Wildcard
        | Step::Descent
        | Step::Filter(_)
        | Step::Call(..) => Refusal::new(format!(
            "ResultPath `{text}` writes into a list, which cannot be converted"
        )),
    });
    names.collect()
}

impl Surroundings<'_> {
    /// `InputPath` or `OutputPath` on this input: absent and `$` give all of it, `null` an empty object.
    pub(super) fn flow_path(&mut self, field: Option<&Node>) -> Result<Piece, Refusal> {
        match field {
            None => Ok(self.input.clone()),
            Some(field) => match field.as_str() {
                None => Ok(Piece::empty_object()),
                Some(text) => self.path_text(text),
            },
        }
    }

    /// The raw input with a result in its place, after `OutputPath`. The input of these surroundings is the raw one.
    pub(super) fn output(
        &mut self,
        result: Piece,
        result_path: &ResultPath,
        output_path: Option<&Node>,
    ) -> Result<Piece, Refusal> {
        let whole = |result: Piece, around: &mut Self| match result_path {
            ResultPath::Replace => result,
            ResultPath::Discard => around.input.clone(),
            ResultPath::Set(names) => set(around.input.clone(), names, result),
        };
        let Some(field) = output_path else {
            return Ok(whole(result, self));
        };
        let Some(text) = field.as_str() else {
            return Ok(Piece::empty_object());
        };
        let path =
            Path::parse(text).map_err(|error| Refusal(format!("`{text}` is no path: {error}")))?;
        if path.query().root != Root::Input {
            return self.path(&path);
        }
        match result_path {
            ResultPath::Discard => self.path(&path),
            ResultPath::Replace => self.steps(result, path.query(), 0, text),
            ResultPath::Set(names) => self.read_back(result, names, &path),
        }
    }

    /// What a path leads to in the raw input with a result at `names`, without putting together what is not asked for.
    fn read_back(
        &mut self,
        result: Piece,
        names: &[String],
        path: &Path,
    ) -> Result<Piece, Refusal> {
        let query = path.query();
        let shared = query
            .steps
            .iter()
            .zip(names)
            .take_while(|(step, name)| matches!(step, Step::Name(found) if found == *name))
            .count();
        if shared == names.len() {
            return self.steps(result, query, shared, path.text());
        }
        if shared < query.steps.len() && matches!(query.steps.get(shared), Some(Step::Name(_))) {
            return self.path(path);
        }
        let (before, after) = names.split_at(shared);
        let place = before.iter().fold(self.input.clone(), |piece, name| {
            inner(&piece.into_expression(), name)
        });
        self.steps(set(place, after, result), query, shared, path.text())
    }
}

/// `input` with `result` at `names`, missing parents made.
fn set(input: Piece, names: &[String], result: Piece) -> Piece {
    let Some((name, rest)) = names.split_first() else {
        return result;
    };
    let input = Expression {
        missable: Vec::new(),
        ..input.into_expression()
    };
    let value = set(inner(&input, name), rest, result).into_expression();
    Piece::Computed(merged(input, single(name, value)))
}

fn inner(of: &Expression, name: &str) -> Piece {
    Piece::Computed(Expression::path(member(&of.at(Level::Path), name)))
}
