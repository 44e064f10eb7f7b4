//! The fields of one state, rewritten for JSONata.

use super::expression::{Expression, Shape};
use super::finding::{Code, Refusal};
use super::flow::ResultPath;
use super::names::Names;
use super::object::{ObjectEdit, Written};
use super::piece::{Piece, has_expression_text};
use super::query::{Notes, Surroundings};
use crate::graph::StateType;
use crate::text::{Node, Pointer};
use serde_json::Value;

mod catch;
mod choice;
mod map;
mod plain;
mod work;

/// The fields of the JSONPath data flow, in the order in which their places are taken by `Output`.
const FLOW: [&str; 6] = [
    "OutputPath",
    "ResultPath",
    "ResultSelector",
    "Result",
    "Parameters",
    "InputPath",
];

/// Something to say at a place.
pub(super) struct Note {
    pub(super) pointer: Pointer,
    pub(super) code: Code,
    pub(super) message: String,
}

/// Why a state is not converted, and where.
pub(super) struct Refused {
    pub(super) pointer: Pointer,
    pub(super) message: String,
}

/// A state under conversion.
pub(super) struct StateEdit<'d> {
    node: &'d Node,
    pointer: Pointer,
    names: &'d Names,
    /// The state's own members.
    state: ObjectEdit<'d>,
    /// Objects inside the state: rules, catchers, readers.
    inner: Vec<ObjectEdit<'d>>,
    notes: Vec<Note>,
    /// What the JSONPath state computes on the way and can fail at.
    needed: Vec<String>,
    /// What the written values fail at when it is missing.
    shown: Vec<String>,
    /// Whether a result is set inside the input, which fails where there is no room for it; and whether that is written.
    merges: (bool, bool),
    computes: bool,
}

/// What the conversion of a state gives.
pub(super) struct Converted<'d> {
    pub(super) objects: Vec<ObjectEdit<'d>>,
    pub(super) notes: Vec<Note>,
    /// Whether anything in it is an expression now.
    pub(super) computes: bool,
}

type Done = Result<(), Refused>;

impl<'d> StateEdit<'d> {
    pub(super) fn new(node: &'d Node, pointer: Pointer, names: &'d Names) -> Self {
        Self {
            node,
            state: ObjectEdit::new(pointer.clone(), node),
            pointer,
            names,
            inner: Vec::new(),
            notes: Vec::new(),
            needed: Vec::new(),
            shown: Vec::new(),
            merges: (false, false),
            computes: false,
        }
    }

    /// Rewrites the state.
    pub(super) fn convert(mut self, kind: StateType) -> Result<Converted<'d>, Refused> {
        self.refuse_jsonata()?;
        match kind {
            StateType::Pass => self.pass()?,
            StateType::Task => self.task()?,
            StateType::Choice => self.choice()?,
            StateType::Wait => self.wait()?,
            StateType::Succeed => self.succeed()?,
            StateType::Fail => self.fail()?,
            StateType::Parallel => self.parallel()?,
            StateType::Map => self.map()?,
        }
        self.state.remove(&FLOW);
        self.note_what_is_dropped();
        let mut objects = self.inner;
        objects.insert(0, self.state);
        Ok(Converted {
            objects,
            notes: self.notes,
            computes: self.computes,
        })
    }

    /// Fields of JSONata have no effect in a JSONPath state, and would come to life.
    fn refuse_jsonata(&self) -> Done {
        let rules = self
            .node
            .field("Choices")
            .into_iter()
            .flat_map(Node::elements);
        let mut objects = rules.chain([self.node]);
        let found = objects.find_map(|object| {
            let names = ["Arguments", "Output", "Items", "Condition"];
            names.into_iter().find(|name| object.field(name).is_some())
        });
        match found {
            None => Ok(()),
            Some(name) => Err(Refused {
                pointer: self.pointer.clone(),
                message: format!(
                    "it has the field {name}, which belongs to JSONata; remove it first"
                ),
            }),
        }
    }

    // The flow of data

    fn effective_input(&mut self) -> Result<Piece, Refused> {
        let field = self.node.field("InputPath");
        let at = self.pointer.join("InputPath");
        let input = self.look(&at, &Piece::input(), |around| around.flow_path(field))?;
        self.needed.extend(input.missable());
        Ok(input)
    }

    /// `OutputPath` of a state without a result.
    fn after_output_path(&mut self, input: &Piece) -> Result<Piece, Refused> {
        let field = self.node.field("OutputPath");
        let at = self.pointer.join("OutputPath");
        self.look(&at, input, |around| around.flow_path(field))
    }

    fn output(&mut self, result: Piece) -> Result<Piece, Refused> {
        let (path, output) = (self.node.field("ResultPath"), self.node.field("OutputPath"));
        let at = self.pointer.join("ResultPath");
        let path = ResultPath::read(path).map_err(|refusal| refused(&at, refusal))?;
        self.needed.extend(result.missable());
        self.merges.0 |= matches!(path, ResultPath::Set(_));
        self.look(&at, &Piece::input(), |around| {
            around.output(result, &path, output)
        })
    }

    /// What JSONPath computes and then drops cannot fail any more.
    fn note_what_is_dropped(&mut self) {
        let is_shown = |need: &String| {
            let goes_on = |part: &str| part.is_empty() || part.starts_with(['.', '[']);
            self.shown
                .iter()
                .any(|part| part.strip_prefix(need.as_str()).is_some_and(goes_on))
        };
        if !self.needed.iter().all(is_shown) || (self.merges.0 && !self.merges.1) {
            let message = "Something that JSONPath computes and then drops is not computed any more, so it cannot fail.";
            self.notes.push(Note {
                pointer: self.pointer.clone(),
                code: Code::NotComputed,
                message: message.to_owned(),
            });
        }
    }

    fn put_output(&mut self, output: Piece, default: &Piece) -> Done {
        if output.is(default) {
            return Ok(());
        }
        self.merges.1 |= output.is_merged();
        self.put(&FLOW, "Output", output)
    }

    /// `Assign`, in which `$` is `seen`.
    fn assign(&mut self, seen: &Piece) -> Done {
        match self.template("Assign", seen)? {
            Some(piece) => self.put(&["Assign"], "Assign", piece),
            None => Ok(()),
        }
    }

    // Single fields

    /// The payload template in a field.
    fn template(&mut self, name: &str, input: &Piece) -> Result<Option<Piece>, Refused> {
        let Some(field) = self.node.field(name) else {
            return Ok(None);
        };
        let value = field.to_value().unwrap_or(Value::Null);
        let at = self.pointer.join(name);
        let piece = self.look(&at, input, |around| around.template(&value))?;
        self.needed.extend(piece.missable());
        Ok(Some(piece))
    }

    /// A field of the state whose `…Path` partner gives a number.
    fn number(&mut self, name: &str, input: &Piece) -> Done {
        let (node, at) = (self.node, self.pointer.clone());
        if let Some(number) = self.number_of(node, &at, name, input)? {
            self.state.place(&[&format!("{name}Path")], name, number);
        }
        Ok(())
    }

    /// The value of a field whose `…Path` partner gives a number, or a text that spells one.
    fn number_of(
        &mut self,
        node: &Node,
        at: &Pointer,
        name: &str,
        input: &Piece,
    ) -> Result<Option<Written>, Refused> {
        let path = format!("{name}Path");
        let Some(text) = node.field(&path).and_then(Node::as_str) else {
            return Ok(None);
        };
        let at = at.join(path.as_str());
        let number = self.look(&at, input, |around| around.path_text(text))?;
        let number = Expression::call("number", vec![number.into_expression()], Shape::Number);
        self.notes.push(Note {
            pointer: at.clone(),
            code: Code::NumberField,
            message: format!(
                "{name} takes texts that spell a number in both; $number makes 1 and 0 of true and false, too."
            ),
        });
        self.written(&at, Piece::Computed(number)).map(Some)
    }

    /// A field whose `…Path` partner gives a text.
    fn query(&mut self, name: &str, input: &Piece) -> Done {
        let path = format!("{name}Path");
        let Some(text) = self.node.field(&path).and_then(Node::as_str) else {
            return Ok(());
        };
        let at = self.pointer.join(path.as_str());
        let text = self
            .look(&at, input, |around| around.query_text(text))?
            .into_expression();
        self.put(&[&path], name, Piece::Computed(text))
    }

    // Tools

    /// Does something with queries on an input, at a place.
    fn look<T>(
        &mut self,
        at: &Pointer,
        input: &Piece,
        act: impl FnOnce(&mut Surroundings<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refused> {
        let mut notes = Notes::new();
        let mut around = Surroundings {
            input: input.clone(),
            names: self.names,
            notes: &mut notes,
        };
        let result = act(&mut around);
        let place = |(code, message)| Note {
            pointer: at.clone(),
            code,
            message,
        };
        self.notes.extend(notes.into_iter().map(place));
        result.map_err(|refusal| refused(at, refusal))
    }

    fn note(&mut self, field: &str, code: Code, message: &str) {
        self.notes.push(Note {
            pointer: self.pointer.join(field),
            code,
            message: message.to_owned(),
        });
    }

    /// The value of a field that holds this piece.
    fn written(&mut self, at: &Pointer, piece: Piece) -> Result<Written, Refused> {
        if let Piece::Plain(value) = &piece
            && !has_expression_text(value)
        {
            return Ok(Written::Plain(value.clone()));
        }
        self.computes |= !matches!(piece, Piece::Plain(_));
        self.shown.extend(piece.missable());
        let value = piece.into_value(self.names);
        value
            .map(Written::New)
            .map_err(|refusal| refused(at, refusal))
    }

    /// Puts a member of the state in the place of one of `old`.
    fn put(&mut self, old: &[&str], new: &str, piece: Piece) -> Done {
        let at = self.pointer.join(new);
        let written = self.written(&at, piece)?;
        self.state.place(old, new, written);
        Ok(())
    }

    /// The template in a field of an object inside the state.
    fn template_of(
        &mut self,
        node: &Node,
        at: &Pointer,
        name: &str,
        input: &Piece,
    ) -> Result<Option<Written>, Refused> {
        let Some(template) = node.field(name) else {
            return Ok(None);
        };
        let value = template.to_value().unwrap_or(Value::Null);
        let at = at.join(name);
        let piece = self.look(&at, input, |around| around.template(&value))?;
        self.written(&at, piece).map(Some)
    }
}

fn refused(at: &Pointer, refusal: Refusal) -> Refused {
    Refused {
        pointer: at.clone(),
        message: refusal.0,
    }
}
