//! Conversion from JSONPath to JSONata: of one state, or of a whole machine.
//!
//! It gives edits of the text, so that everything else in the file stays as it was, and findings: what could not be
//! converted, and where the new text may act otherwise. Each state is converted as a whole or not at all. When one cannot
//! be, the machine stays a JSONPath machine and the converted states say their language themselves.
//!
//! The results are the same, down to the order of keys; what only unusual data would show is said in findings of
//! severity [`Severity::Info`]. Values that are not there are the great difference: JSONPath fails, JSONata goes on with
//! nothing. Where that would not show, the new text asserts that they are there.
//!
//! What it deliberately does not do: make a workflow better, by variables or otherwise; convert back.

mod choice;
mod compare;
mod expression;
mod filter;
mod finding;
mod flow;
mod format;
mod intrinsic;
mod names;
mod nodes;
mod object;
mod operator;
mod piece;
mod query;
mod state;
mod template;
mod walk;

#[cfg(test)]
mod tests;

pub use compare::{Difference, Scenario, compare};
pub use finding::{Code, Finding, Severity};

use crate::check::{self, MachineType};
use crate::definition::StateMachine;
use crate::text::{Document, EditError, Format, Node, Pointer, Span, Step, TextEdit};
use names::Names;
use object::ObjectEdit;
use serde_json::Value;
use state::{Note, StateEdit};
use std::collections::HashSet;
use walk::StatePlace;

/// What is to be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All states of the machine, nested ones included.
    Machine,
    /// The state at this place; states inside it stay as they are.
    State(Pointer),
}

impl Scope {
    /// The state of this name, at any depth.
    pub fn named(document: &Document, name: &str) -> Option<Self> {
        let places = walk::states(document);
        let place = places.into_iter().find(|place| place.name == name)?;
        Some(Self::State(place.pointer))
    }
}

/// A conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The changes of the text; none overlap.
    pub edits: Vec<TextEdit>,
    /// What there is to say, in order of position.
    pub findings: Vec<Finding>,
    /// The states that are converted.
    pub converted: Vec<Pointer>,
    /// The states that stay as they were, though they were to be converted.
    pub left: Vec<Pointer>,
}

/// Converts what `scope` names from JSONPath to JSONata.
///
/// States that are JSONata already stay as they are. A document that cannot be run is not converted at all.
pub fn to_jsonata(document: &Document, scope: &Scope) -> Conversion {
    let mut conversion = Conversion {
        edits: Vec::new(),
        findings: Vec::new(),
        converted: Vec::new(),
        left: Vec::new(),
    };
    if let Err(errors) = StateMachine::build(document) {
        for error in errors {
            conversion.say(document, Code::Unreadable, error.pointer, error.message);
        }
        return conversion;
    }
    let places = walk::states(document);
    let chosen: Vec<&StatePlace<'_>> = match scope {
        Scope::Machine => places.iter().filter(|place| place.is_json_path).collect(),
        Scope::State(pointer) => {
            let found = places.iter().find(|place| place.pointer == *pointer);
            if found.is_none() {
                let message = "There is no state here".to_owned();
                conversion.say(document, Code::Unreadable, pointer.clone(), message);
            }
            found
                .into_iter()
                .filter(|place| place.is_json_path)
                .collect()
        }
    };
    conversion.convert(document, scope, &chosen);
    conversion.check(document);
    conversion
        .findings
        .sort_by_key(|finding| (finding.span.start, finding.code));
    conversion
}

impl Conversion {
    fn say(&mut self, document: &Document, code: Code, pointer: Pointer, message: String) {
        let span = document.root().and_then(|root| span_of(root, &pointer.0));
        self.findings.push(Finding {
            code,
            pointer,
            span: span.unwrap_or_default(),
            message,
        });
    }

    /// As [`Conversion::say`] for a place in a state, which needs no search from the root.
    fn say_in(&mut self, state: &StatePlace<'_>, code: Code, pointer: Pointer, message: String) {
        let inside = pointer.0.get(state.pointer.0.len()..).unwrap_or_default();
        let span = span_of(state.node, inside).unwrap_or(state.name_span);
        self.findings.push(Finding {
            code,
            pointer,
            span,
            message,
        });
    }

    fn convert(&mut self, document: &Document, scope: &Scope, places: &[&StatePlace<'_>]) {
        let names = Names::of(document);
        let mut done: Vec<(Vec<ObjectEdit<'_>>, bool)> = Vec::new();
        let mut notes = Vec::new();
        for place in places {
            match StateEdit::new(place.node, place.pointer.clone(), &names).convert(place.kind) {
                Ok(converted) => {
                    self.converted.push(place.pointer.clone());
                    notes.extend(converted.notes.into_iter().map(|note| (*place, note)));
                    done.push((converted.objects, converted.computes));
                }
                Err(refused) => {
                    self.left.push(place.pointer.clone());
                    let message =
                        format!("\"{}\" stays in JSONPath: {}", place.name, refused.message);
                    self.say_in(place, Code::NotConverted, refused.pointer, message);
                }
            }
        }
        if done.is_empty() {
            return;
        }
        let computes = done.iter().any(|(_, computes)| *computes);
        let whole = *scope == Scope::Machine && self.left.is_empty();
        let mut objects: Vec<ObjectEdit<'_>> = Vec::new();
        if whole {
            objects.extend(machine_language(document));
        }
        for (mut state, _) in done {
            let must_say = *scope != Scope::Machine || state.iter().any(ObjectEdit::is_changed);
            if let Some(own) = state.first_mut() {
                state_language(own, whole, must_say);
            }
            objects.extend(state.into_iter().filter(ObjectEdit::is_changed));
        }
        match edits(document, &objects) {
            Ok(edits) => self.edits = edits,
            Err(error) => {
                self.left.append(&mut self.converted);
                let message = format!("The text cannot be changed: {error}");
                return self.say(document, Code::NotConverted, Pointer::root(), message);
            }
        }
        self.say_once(document, scope, notes, computes);
    }

    /// Says what the notes say; what holds for everything is said once, at the top.
    fn say_once(
        &mut self,
        document: &Document,
        scope: &Scope,
        notes: Vec<(&StatePlace<'_>, Note)>,
        computes: bool,
    ) {
        let top = match scope {
            Scope::Machine => Pointer::root(),
            Scope::State(pointer) => pointer.clone(),
        };
        let mut said = HashSet::new();
        for (place, note) in notes {
            if note.code == Code::ListOnTheWay {
                if said.insert((note.code, top.clone(), note.message.clone())) {
                    self.say(document, note.code, top.clone(), note.message);
                }
            } else if said.insert((note.code, note.pointer.clone(), note.message.clone())) {
                self.say_in(place, note.code, note.pointer, note.message);
            }
        }
        if computes {
            let errors = "A query that fails ends in States.QueryEvaluationError, where JSONPath gives States.Runtime, \
                          States.IntrinsicFailure or States.ResultPathMatchFailure.";
            self.say(document, Code::ErrorName, top.clone(), errors.to_owned());
            let numbers = "JSONata computes with doubles: 1.0 is written as 1, whole numbers beyond 2^53 lose digits, and a \
                           text shows 15 digits of a number.";
            self.say(document, Code::Numbers, top, numbers.to_owned());
        }
    }

    /// Makes sure that the new text has no fault that the text before had not.
    fn check(&mut self, document: &Document) {
        if self.edits.is_empty() {
            return;
        }
        let errors = |document: &Document| {
            let found = check::check(document, MachineType::Standard).into_iter();
            found
                .filter(|finding| finding.severity == check::Severity::Error)
                .collect::<Vec<_>>()
        };
        let new = match document.apply(&self.edits) {
            Ok(new) => errors(&new),
            Err(error) => {
                return self.say(
                    document,
                    Code::InvalidResult,
                    Pointer::root(),
                    error.to_string(),
                );
            }
        };
        let old: Vec<_> = errors(document)
            .into_iter()
            .map(|error| error.code)
            .collect();
        for error in new.into_iter().filter(|error| !old.contains(&error.code)) {
            self.say(document, Code::InvalidResult, error.pointer, error.message);
        }
    }
}

/// Where something inside a value stands: its name, when it has one. The nearest thing around it when it is not there.
fn span_of(node: &Node, steps: &[Step]) -> Option<Span> {
    let mut at = node;
    let mut span = None;
    for step in steps {
        let Some(next) = at.child(step) else {
            return span;
        };
        span = Some(
            at.member(&step.name())
                .map_or(next.span, |member| member.key_span),
        );
        at = next;
    }
    span
}

/// The changes of all objects as edits of the text. YAML is changed step by step, which gives one edit.
fn edits(document: &Document, objects: &[ObjectEdit<'_>]) -> Result<Vec<TextEdit>, EditError> {
    match document.format() {
        Format::Json => {
            let style = document.style();
            let edits = objects.iter().map(|object| object.edits(document, &style));
            Ok(edits.flatten().collect())
        }
        Format::Yaml => {
            let mut new = document.clone();
            for object in objects {
                new = object.apply(&new)?;
            }
            Ok(vec![difference(document.text(), new.text())])
        }
    }
}

/// The edit that makes one text of another, without what both begin and end with.
fn difference(old: &str, new: &str) -> TextEdit {
    let same = |(left, right): &(char, char)| left == right;
    let start: usize = old
        .chars()
        .zip(new.chars())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end: usize = old_rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let span = Span::new(start, old.len() - end);
    TextEdit::new(span, &new_rest[..new_rest.len() - end])
}

fn machine_language(document: &Document) -> Option<ObjectEdit<'_>> {
    let root = document.root()?;
    let mut edit = ObjectEdit::new(Pointer::root(), root);
    let after = if root.field("Comment").is_some() {
        "Comment"
    } else {
        "StartAt"
    };
    edit.put(
        &["QueryLanguage"],
        "QueryLanguage",
        Value::from("JSONata"),
        after,
    );
    Some(edit)
}

/// In a JSONata machine states need not say their language; in a JSONPath machine those that use it must.
fn state_language(state: &mut ObjectEdit<'_>, whole: bool, must_say: bool) {
    if whole {
        state.remove(&["QueryLanguage"]);
    } else if must_say {
        let value = Value::from("JSONata");
        state.put(&["QueryLanguage"], "QueryLanguage", value, "Type");
    }
}
