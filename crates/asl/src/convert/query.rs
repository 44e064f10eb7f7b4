//! JSONPath as JSONata: one value at a definite path.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::{Code, Refusal};
use super::names::{Names, field};
use super::nodes;
use super::piece::Piece;
use crate::query::path::Path;
use crate::query::path::ast::{Query, Root, Step};
use serde_json::Value;

/// What is said on the way, without a place.
pub(super) type Notes = Vec<(Code, String)>;

/// The surroundings of a query.
pub(super) struct Surroundings<'a> {
    /// What `$` stands for.
    pub(super) input: Piece,
    pub(super) names: &'a Names,
    pub(super) notes: &'a mut Notes,
}

impl Surroundings<'_> {
    pub(super) fn note(&mut self, code: Code, message: impl Into<String>) {
        let note = (code, message.into());
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The value at a path.
    pub(super) fn path(&mut self, path: &Path) -> Result<Piece, Refusal> {
        let start = self.root(path.query())?;
        self.steps(start, path.query(), 0, path.text())
    }

    /// The value at the path that a text spells.
    pub(super) fn path_text(&mut self, text: &str) -> Result<Piece, Refusal> {
        match Path::parse(text) {
            Ok(path) => self.path(&path),
            Err(error) => Refusal::new(format!("`{text}` is no path: {error}")),
        }
    }

    fn root(&self, query: &Query) -> Result<Piece, Refusal> {
        match &query.root {
            Root::Input => Ok(self.input.clone()),
            Root::Context => Ok(Piece::Computed(Expression::path("$states.context"))),
            Root::Variable(name) => Ok(variable(name)),
            Root::Current => Refusal::new("\"@\" stands for nothing here"),
        }
    }

    /// The value at the steps of a query from number `from` on. `text` is the path, as written.
    pub(super) fn steps(
        &mut self,
        start: Piece,
        query: &Query,
        from: usize,
        text: &str,
    ) -> Result<Piece, Refusal> {
        let mut piece = start;
        let mut at = from;
        while let Some(step) = query.steps.get(at) {
            let Some(inner) = written_out(&piece, step) else {
                break;
            };
            piece = inner.ok_or_else(|| Refusal(format!("`{text}` leads to nothing")))?;
            at += 1;
        }
        if at == query.steps.len() {
            return Ok(piece);
        }
        let mut value = piece.into_expression();
        let is_known = query.root == Root::Context && is_always_there(&query.steps);
        while let Some(step) = query.steps.get(at) {
            let is_last = at + 1 == query.steps.len();
            let Some(next) = definite(&value, step, is_last) else {
                return nodes::convert(self, value, query, at, text).map(Piece::Computed);
            };
            if at > 0 || query.root != Root::Input {
                self.note_way(query);
            }
            let is_whole = matches!(step, Step::Names(_));
            value = if is_known || is_whole {
                next
            } else {
                next.maybe_missing()
            };
            at += 1;
        }
        Ok(Piece::Computed(value))
    }

    fn note_way(&mut self, query: &Query) {
        if !matches!(query.root, Root::Context) {
            self.note(
                Code::ListOnTheWay,
                "Where a path leads through a list by a name, or through something else by a number, JSONPath fails; \
                 JSONata goes on with the elements, or with the thing itself.",
            );
        }
    }
}

/// A variable of the machine.
fn variable(name: &str) -> Piece {
    Piece::Computed(Expression::path(format!("${name}")).maybe_missing())
}

/// What a definite step leads to in a piece that is written out; the outer `None` says that it is not, or that the step
/// is of another kind.
fn written_out(piece: &Piece, step: &Step) -> Option<Option<Piece>> {
    let index = match step {
        Step::Name(name) => {
            return match piece {
                Piece::Computed(_) => None,
                Piece::Plain(_) | Piece::Object(_) | Piece::Array(_) => Some(piece.member(name)),
            };
        }
        Step::Indices(indices) => match indices[..] {
            [index] => index,
            _ => return None,
        },
        Step::Names(_)
        | Step::Slice { .. }
        | Step::Wildcard
        | Step::Descent
        | Step::Filter(_)
        | Step::Call(..) => return None,
    };
    match piece {
        Piece::Array(items) => {
            Some(place(index, items.len()).and_then(|at| items.get(at).cloned()))
        }
        Piece::Plain(Value::Array(items)) => {
            let item = place(index, items.len()).and_then(|at| items.get(at).cloned());
            Some(item.map(Piece::Plain))
        }
        Piece::Plain(_) | Piece::Object(_) => Some(None),
        Piece::Computed(_) => None,
    }
}

/// The place of an index; a negative one counts from the end.
fn place(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The expression one definite step further; `None` for steps that may lead to many places.
pub(super) fn definite(value: &Expression, step: &Step, is_last: bool) -> Option<Expression> {
    let needs = value.needs.clone();
    let with_needs = |expression: Expression| Expression {
        needs: needs.clone(),
        ..expression
    };
    match step {
        Step::Name(name) => Some(with_needs(Expression::path(member(
            &value.at(Level::Path),
            name,
        )))),
        Step::Indices(indices) => match indices[..] {
            [index] => Some(with_needs(Expression::path(format!(
                "{}[{index}]",
                value.at(Level::Path)
            )))),
            _ => None,
        },
        Step::Names(names) if is_last => Some(Expression {
            needs: value.clone().swallowed().needs,
            ..some_members(value, names)?
        }),
        Step::Names(_)
        | Step::Slice { .. }
        | Step::Wildcard
        | Step::Descent
        | Step::Filter(_)
        | Step::Call(..) => None,
    }
}

/// The member of an expression; the empty expression is the item that a filter looks at.
pub(super) fn member(of: &str, name: &str) -> String {
    match (of, field(name)) {
        ("", Some(field)) => field,
        ("", None) => format!("$lookup($, {})", quoted(name)),
        (of, Some(field)) => format!("{of}.{field}"),
        (of, None) => format!("$lookup({of}, {})", quoted(name)),
    }
}

/// `['a','b']` at the end of a path: an object of those that are there.
pub(super) fn some_members(value: &Expression, names: &[String]) -> Option<Expression> {
    let distinct = names
        .iter()
        .enumerate()
        .all(|(index, name)| !names[..index].contains(name));
    let of = value.at(Level::Path);
    let members: Vec<_> = names
        .iter()
        .map(|name| format!("{}: {}", quoted(name), member(&of, name)))
        .collect();
    let text = format!("{{{}}}", members.join(", "));
    distinct.then(|| Expression::new(text, Level::Path, Shape::Object))
}

/// Whether the context object always has what these steps lead to.
fn is_always_there(steps: &[Step]) -> bool {
    let names: Option<Vec<&str>> = steps
        .iter()
        .map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Names(_)
            | Step::Indices(_)
            | Step::Slice { .. }
            | Step::Wildcard
            | Step::Descent
            | Step::Filter(_)
            | Step::Call(..) => None,
        })
        .collect();
    matches!(
        names.as_deref(),
        Some(
            ["Execution" | "StateMachine" | "State"]
                | [
                    "Execution",
                    "Id" | "Input" | "StartTime" | "Name" | "RoleArn"
                ]
                | ["StateMachine", "Id" | "Name"]
                | ["State", "Name" | "EnteredTime"]
        )
    )
}
