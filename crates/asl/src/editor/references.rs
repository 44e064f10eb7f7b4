//! Names of states and variables: where they are defined, where they are used, and edits that rename them.

use super::cursor::MARKER;
use super::read;
use super::uses::{Occurrence, Variable, Variables};
use crate::graph::{Outline, StateIx};
use crate::text::{Document, EditError, Pointer, Span, TextEdit};
use serde_json::Value;

/// The longest name of a state or variable, in characters.
const LONGEST: usize = 80;

/// The uses of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The name.
    pub name: String,
    /// The name where the cursor is.
    pub here: Span,
    /// Where it is defined: the key of a state, the assignments of a variable.
    pub definitions: Vec<Span>,
    /// All other places, in the order of the text.
    pub references: Vec<Span>,
}

/// Why a name cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// No state or variable stands at the cursor.
    #[error("nothing here has a name that can be changed")]
    Nothing,
    /// The name is empty or too long.
    #[error("a name has 1 to {LONGEST} characters")]
    Length,
    /// Variables have the names of identifiers.
    #[error(
        "a variable's name begins with a letter and has letters, digits and _ only; \"states\" is reserved"
    )]
    NoIdentifier,
    /// Something else has that name.
    #[error("\"{0}\" exists already")]
    Taken(String),
    /// The text cannot be edited there.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// What stands at a cursor.
enum Named {
    State { ix: StateIx, here: Span },
    Variable { variable: Variable, here: Span },
}

/// The state or variable at a cursor with all its places; `offset` is in bytes.
pub fn references(text: &str, offset: usize) -> Option<Names> {
    let document = read(text);
    let outline = Outline::of(&document);
    match named(&document, &outline, offset)? {
        Named::State { ix, here } => {
            let state = outline.state(ix)?;
            let pointers = pointers(&outline, ix);
            let spans = pointers
                .iter()
                .filter_map(|at| Some(document.get(at)?.span));
            Some(Names {
                name: state.name.to_string(),
                here,
                definitions: vec![state.name_span],
                references: spans.collect(),
            })
        }
        Named::Variable { variable, here } => {
            let uses = Variables::of(&document).uses(&variable);
            let spans = |sets: bool| {
                uses.iter()
                    .filter(move |found| found.sets == sets)
                    .map(|found| found.span)
            };
            Some(Names {
                here,
                definitions: spans(true).collect(),
                references: spans(false).collect(),
                name: variable.name,
            })
        }
    }
}

/// Where the state or variable at a cursor is defined; empty when nothing is.
pub fn definition_at(text: &str, offset: usize) -> Vec<Span> {
    references(text, offset)
        .map(|names| names.definitions)
        .unwrap_or_default()
}

/// Edits that give the state or variable at a cursor another name, everywhere.
///
/// # Errors
///
/// When nothing at the cursor has a name, or the new one cannot be used.
pub fn rename(text: &str, offset: usize, name: &str) -> Result<Vec<TextEdit>, RenameError> {
    let document = read(text);
    let outline = Outline::of(&document);
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(MARKER) {
        return Err(RenameError::Length);
    }
    match named(&document, &outline, offset).ok_or(RenameError::Nothing)? {
        Named::State { ix, .. } => rename_state(&document, &outline, ix, name),
        Named::Variable { variable, .. } => rename_variable(&document, &variable, name),
    }
}

fn named(document: &Document, outline: &Outline, offset: usize) -> Option<Named> {
    let keys = outline
        .states
        .iter()
        .position(|state| state.name_span.touches(offset));
    if let Some(index) = keys {
        let here = outline.states.get(index)?.name_span;
        return Some(Named::State {
            ix: StateIx(index),
            here,
        });
    }
    let (pointer, node) = document.at_offset(offset)?;
    if node.span.touches(offset) {
        let blocks = outline.blocks.iter();
        let starts = blocks
            .filter(|block| block.pointer.join("StartAt").same_place(&pointer))
            .find_map(|block| block.start);
        let ways = outline.states.iter().flat_map(|state| &state.transitions);
        let target = ways
            .filter(|way| way.pointer.same_place(&pointer))
            .find_map(|way| way.to);
        if let Some(ix) = starts.or(target) {
            return Some(Named::State {
                ix,
                here: node.span,
            });
        }
    }
    let variables = Variables::of(document);
    let variable = variables.at(outline.at_offset(offset)?, offset)?;
    let uses = variables.uses(&variable);
    let here = uses
        .iter()
        .map(|found| found.span)
        .find(|span| span.touches(offset))?;
    Some(Named::Variable { variable, here })
}

/// The values that name a state.
fn pointers(outline: &Outline, ix: StateIx) -> Vec<Pointer> {
    let block = outline
        .state(ix)
        .and_then(|state| outline.block(state.block));
    let start = block
        .filter(|block| block.start == Some(ix))
        .map(|block| block.pointer.join("StartAt"));
    let states = block
        .map(|block| block.states.as_slice())
        .unwrap_or_default();
    let states = states.iter().filter_map(|ix| outline.state(*ix));
    let ways = states
        .flat_map(|state| &state.transitions)
        .filter(|way| way.to == Some(ix));
    start
        .into_iter()
        .chain(ways.map(|way| way.pointer.clone()))
        .collect()
}

fn rename_state(
    document: &Document,
    outline: &Outline,
    ix: StateIx,
    name: &str,
) -> Result<Vec<TextEdit>, RenameError> {
    let state = outline.state(ix).ok_or(RenameError::Nothing)?;
    if *state.name == *name {
        return Ok(Vec::new());
    }
    if outline.states.iter().any(|other| *other.name == *name) {
        return Err(RenameError::Taken(name.to_owned()));
    }
    let mut edits = document.rename_key(&state.pointer, name)?;
    for pointer in pointers(outline, ix) {
        edits.extend(document.set(&pointer, &Value::from(name), None)?);
    }
    edits.sort_by_key(|edit| edit.span);
    Ok(edits)
}

fn rename_variable(
    document: &Document,
    variable: &Variable,
    name: &str,
) -> Result<Vec<TextEdit>, RenameError> {
    let mut characters = name.chars();
    let begins = characters.next().is_some_and(unicode_ident::is_xid_start);
    if !begins || !characters.all(unicode_ident::is_xid_continue) || name == "states" {
        return Err(RenameError::NoIdentifier);
    }
    let variables = Variables::of(document);
    if name == variable.name {
        return Ok(Vec::new());
    }
    if variables.is_known(name) {
        return Err(RenameError::Taken(name.to_owned()));
    }
    let edit = |found: Occurrence| TextEdit::new(found.span, name);
    Ok(variables.uses(variable).into_iter().map(edit).collect())
}
