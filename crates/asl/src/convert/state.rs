//! The fields of one state, rewritten for JSONata.

use super::expression::{Expression, Shape};
use super::finding::{Code, Refusal};
use super::flow::ResultPath;
use super::names::Names;
use super::object::ObjectEdit;
use super::piece::{Piece, has_expression_text, looks_like_expression};
use super::query::{Notes, Surroundings};
use crate::graph::StateType;
use crate::text::{Node, Pointer};
use serde_json::Value;

mod catch;
mod map;

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
            pointer,
            names,
            state: ObjectEdit::new(node),
            inner: Vec::new(),
            notes: Vec::new(),
            needed: Vec::new(),
            shown: Vec::new(),
            merges: (false, false),
            computes: false,
        }
    }

    /// Rewrites the state; `language` is what becomes of its own `QueryLanguage`.
    pub(super) fn convert(mut self, kind: StateType) -> Result<Converted<'d>, Refused> {
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

    // States without work

    fn pass(&mut self) -> Done {
        let input = self.effective_input()?;
        let result = match self.node.field("Result") {
            Some(result) => Piece::Plain(result.to_value().unwrap_or(Value::Null)),
            None => self.template("Parameters", &input)?.unwrap_or(input),
        };
        self.assign(&result)?;
        let is_drawn_twice = result.is_random() && self.node.field("Assign").is_some();
        let output = self.output(result)?;
        if is_drawn_twice && output.is_random() {
            let message = "The output and the variables each draw a random value; in JSONPath they share one.";
            self.note("Assign", Code::DrawnTwice, message);
        }
        self.put_output(output, &Piece::input())
    }

    fn succeed(&mut self) -> Done {
        let input = self.effective_input()?;
        let output = self.after_output_path(&input)?;
        self.put_output(output, &Piece::input())
    }

    fn wait(&mut self) -> Done {
        let input = self.effective_input()?;
        self.number("Seconds", &input)?;
        self.query("Timestamp", &input)?;
        self.assign(&input)?;
        let output = self.after_output_path(&input)?;
        self.put_output(output, &Piece::input())
    }

    fn fail(&mut self) -> Done {
        for name in ["Error", "Cause"] {
            self.query(name, &Piece::input())?;
            if let Some(text) = self.node.field(name).and_then(Node::as_str)
                && looks_like_expression(text)
            {
                let piece = Piece::Plain(Value::from(text));
                self.put(&[name], name, piece)?;
            }
        }
        Ok(())
    }

    fn choice(&mut self) -> Done {
        let input = self.effective_input()?;
        self.assign(&input)?;
        let output = self.after_output_path(&input)?;
        let rules = self.node.field("Choices");
        let mut known = Vec::new();
        for (index, rule) in rules.into_iter().flat_map(Node::elements).enumerate() {
            let place = self.pointer.join("Choices").join(index);
            let mut edit = ObjectEdit::new(rule);
            let condition = self.look(&place, &input, |around| around.condition(rule, &known))?;
            known.extend(condition.if_false);
            let value = self.value(&place, Piece::Computed(condition.expression))?;
            let compared: Vec<&str> = rule
                .members()
                .iter()
                .map(|member| &*member.key)
                .filter(|key| !matches!(*key, "Next" | "Assign" | "Comment"))
                .collect();
            edit.put(&compared, "Condition", value, "Next");
            edit.remove(&compared);
            if let Some(assign) = rule.field("Assign") {
                let value = assign.to_value().unwrap_or(Value::Null);
                let at = place.join("Assign");
                let piece = self.look(&at, &input, |around| around.template(&value))?;
                self.put_into(&mut edit, &at, &["Assign"], "Assign", piece)?;
            }
            if !output.is(&Piece::input()) {
                let value = self.value(&place, output.clone())?;
                edit.put(&[], "Output", value, "Condition");
            }
            self.inner.push(edit);
        }
        self.put_output(output, &Piece::input())
    }

    // States with work

    fn task(&mut self) -> Done {
        let input = self.effective_input()?;
        let arguments = self.template("Parameters", &input)?;
        self.put_arguments(arguments.unwrap_or_else(|| input.clone()))?;
        self.number("TimeoutSeconds", &input)?;
        self.number("HeartbeatSeconds", &input)?;
        if let Some(piece) = self.template("Credentials", &input)? {
            self.put(&["Credentials"], "Credentials", piece)?;
        }
        self.after_work()?;
        self.catchers()
    }

    fn parallel(&mut self) -> Done {
        let input = self.effective_input()?;
        let arguments = self.template("Parameters", &input)?;
        self.put_arguments(arguments.unwrap_or(input))?;
        self.after_work()?;
        self.catchers()
    }

    fn put_arguments(&mut self, arguments: Piece) -> Done {
        if arguments.is(&Piece::input()) {
            return Ok(());
        }
        self.put(&["Parameters", "InputPath"], "Arguments", arguments)
    }

    /// `ResultSelector`, `Assign`, `ResultPath` and `OutputPath`.
    fn after_work(&mut self) -> Done {
        self.assign(&Piece::result())?;
        let selected = self.template("ResultSelector", &Piece::result())?;
        let output = self.output(selected.unwrap_or_else(Piece::result))?;
        self.put_output(output, &Piece::result())
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

    /// A field whose `…Path` partner gives a number, or a text that spells one.
    fn number(&mut self, name: &str, input: &Piece) -> Done {
        let (node, at) = (self.node, self.pointer.clone());
        let mut edit = std::mem::replace(&mut self.state, ObjectEdit::new(node));
        let done = self.number_in(&mut edit, node, &at, name, input);
        self.state = edit;
        done
    }

    fn number_in(
        &mut self,
        edit: &mut ObjectEdit<'d>,
        node: &Node,
        at: &Pointer,
        name: &str,
        input: &Piece,
    ) -> Done {
        let path = format!("{name}Path");
        let Some(text) = node.field(&path).and_then(Node::as_str) else {
            return Ok(());
        };
        let at = at.join(path.as_str());
        let number = self
            .look(&at, input, |around| around.path_text(text))?
            .into_expression();
        let number = Expression::call("number", vec![number], Shape::Number);
        self.notes.push(Note {
            pointer: at.clone(),
            code: Code::NumberField,
            message: format!("{name} takes texts that spell a number in both; $number makes 1 and 0 of true and false, too."),
        });
        self.put_into(edit, &at, &[&path], name, Piece::Computed(number))
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

    fn value(&mut self, at: &Pointer, piece: Piece) -> Result<Value, Refused> {
        self.computes |= !matches!(piece, Piece::Plain(_));
        self.shown.extend(piece.missable());
        piece
            .into_value(self.names)
            .map_err(|refusal| refused(at, refusal))
    }

    /// Puts a member of the state in the place of one of `old`.
    fn put(&mut self, old: &[&str], new: &str, piece: Piece) -> Done {
        let (node, at) = (self.node, self.pointer.join(new));
        let mut edit = std::mem::replace(&mut self.state, ObjectEdit::new(node));
        let done = self.put_into(&mut edit, &at, old, new, piece);
        self.state = edit;
        done
    }

    /// Puts a member in the place of one of `old`; one that is written with the same value only gets its new name.
    fn put_into(
        &mut self,
        edit: &mut ObjectEdit<'d>,
        at: &Pointer,
        old: &[&str],
        new: &str,
        piece: Piece,
    ) -> Done {
        if let Piece::Plain(value) = &piece
            && !has_expression_text(value)
            && edit.rename(old, new, value)
        {
            return Ok(());
        }
        let value = self.value(at, piece)?;
        edit.put(old, new, value, "Type");
        Ok(())
    }
}

fn refused(at: &Pointer, refusal: Refusal) -> Refused {
    Refused {
        pointer: at.clone(),
        message: refusal.0,
    }
}
