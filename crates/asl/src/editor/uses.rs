//! Variables where they are set and read. A variable belongs to the block whose states set it; blocks inside it read it,
//! unless they belong to a distributed Map (asl-rules 8).

use super::expression::Expression as Braced;
use super::flow::assigned_members;
use super::literal::Literal;
use super::room::{RoomKind, is_query, own_language, state_kind};
use super::tokens::{TokenKind, tokens};
use crate::check::fields::Language;
use crate::graph::{BlockIx, Outline, Parts, StateIx, parts};
use crate::text::{Document, Member, Node, Span, Step};
use jsonata::{Expression, Use, UseKind};
use std::collections::HashSet;

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    /// The block that it belongs to.
    pub(super) block: BlockIx,
}

/// Where a variable is set or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The name in the text, without `$`.
    pub(super) span: Span,
    /// Whether it is set here.
    pub(super) sets: bool,
}

/// The variables of a document.
pub(super) struct Variables<'d> {
    document: &'d Document,
    outline: Outline,
    parts: Parts<'d>,
    machine: Language,
    /// The names that the states of each block set.
    set: Vec<HashSet<&'d str>>,
}

impl<'d> Variables<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let outline = Outline::of(document);
        let parts = parts(document, &outline);
        let machine = document
            .root()
            .and_then(own_language)
            .unwrap_or(Language::JsonPath);
        let mut set = vec![HashSet::new(); outline.blocks.len()];
        for (state, member) in outline.states.iter().zip(&parts.states) {
            let node: &'d Node = &member.value;
            let language = own_language(node).unwrap_or(machine);
            if let Some(names) = set.get_mut(state.block.0) {
                names.extend(
                    assigned_members(node)
                        .into_iter()
                        .map(|member| assigned_name(member, language)),
                );
            }
        }
        Self {
            document,
            outline,
            parts,
            machine,
            set,
        }
    }

    /// The variable that is set or read at an offset in a state.
    pub(super) fn at(&self, ix: StateIx, offset: usize) -> Option<Variable> {
        let (name, _) = self
            .in_state(ix, "")
            .into_iter()
            .find(|(_, found)| found.span.touches(offset))?;
        let block = self.block_of(ix, &name)?;
        Some(Variable { name, block })
    }

    /// All places of a variable, in the order of the text.
    pub(super) fn uses(&self, variable: &Variable) -> Vec<Occurrence> {
        let states = (0..self.outline.states.len()).map(StateIx);
        let mut found: Vec<Occurrence> = states
            .filter(|ix| self.block_of(*ix, &variable.name) == Some(variable.block))
            .flat_map(|ix| self.in_state(ix, &variable.name))
            .filter(|(name, _)| *name == variable.name)
            .map(|(_, found)| found)
            .collect();
        found.sort_by_key(|found| found.span);
        found
    }

    /// The innermost block around a state whose states set the variable.
    fn block_of(&self, ix: StateIx, name: &str) -> Option<BlockIx> {
        let mut at = Some(ix);
        while let Some(state) = at.and_then(|ix| self.outline.state(ix)) {
            let block = self.outline.block(state.block)?;
            if self
                .set
                .get(state.block.0)
                .is_some_and(|names| names.contains(name))
            {
                return Some(state.block);
            }
            at = block.owner.filter(|_| !self.is_distributed(state.block));
        }
        None
    }

    /// Whether a variable of that name is set or read anywhere.
    pub(super) fn is_known(&self, name: &str) -> bool {
        let states = (0..self.outline.states.len()).map(StateIx);
        states
            .flat_map(|ix| self.in_state(ix, name))
            .any(|(known, _)| known == name)
    }

    fn is_distributed(&self, block: BlockIx) -> bool {
        let node = self.parts.blocks.get(block.0);
        let mode = node.and_then(|node| node.field("ProcessorConfig")?.field("Mode"));
        mode.and_then(Node::as_str) == Some("DISTRIBUTED")
    }

    fn state(&self, ix: StateIx) -> Option<(&'d Node, Language)> {
        let node: &'d Node = &self.parts.states.get(ix.0)?.value;
        Some((node, own_language(node).unwrap_or(self.machine)))
    }

    /// The variables that a state sets and reads, its inner blocks aside. Texts without `wanted` are passed over.
    fn in_state(&self, ix: StateIx, wanted: &str) -> Vec<(String, Occurrence)> {
        let Some((node, language)) = self.state(ix) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for member in assigned_members(node) {
            let name = assigned_name(member, language);
            let key = Literal::written(self.document.text(), member.key_span);
            let span = Span::new(key.place(0), key.place(name.len()));
            found.push((name.to_owned(), Occurrence { span, sets: true }));
        }
        self.read(node, language, wanted, &mut found);
        found
    }

    /// Adds what the texts of a state read. Lists of what is still to do stand for the call stack.
    fn read(
        &self,
        state: &'d Node,
        language: Language,
        wanted: &str,
        found: &mut Vec<(String, Occurrence)>,
    ) {
        let mut open = vec![(RoomKind::Fields(state_kind(state)), state)];
        while let Some((kind, node)) = open.pop() {
            let members = node
                .members()
                .iter()
                .map(|member| (Step::Key((&*member.key).into()), &member.value));
            let elements = node
                .elements()
                .iter()
                .enumerate()
                .map(|(index, item)| (Step::Index(index), item));
            for (step, value) in members.chain(elements) {
                if let Some(text) = value.as_str() {
                    if text.contains('$') && text.contains(wanted) && is_read(kind, &step, language)
                    {
                        self.read_text(value, language, found);
                    }
                } else if !is_inner_block(kind, &step) {
                    open.push((kind.inner(&step, value), value));
                }
            }
        }
    }

    fn read_text(&self, value: &Node, language: Language, found: &mut Vec<(String, Occurrence)>) {
        let literal = Literal::written(self.document.text(), value.span);
        let names = match language {
            Language::JsonPath => in_query(&literal.text),
            Language::Jsonata => in_expression(&literal.text),
        };
        for (start, name) in names {
            let span = Span::new(literal.place(start), literal.place(start + name.len()));
            found.push((name, Occurrence { span, sets: false }));
        }
    }
}

/// Whether a text in such an object can read variables.
fn is_read(kind: RoomKind, step: &Step, language: Language) -> bool {
    match language {
        Language::JsonPath => is_query(kind, step),
        Language::Jsonata => !matches!(kind, RoomKind::Unknown | RoomKind::States),
    }
}

/// Whether the states of a block stand there, which are looked at by themselves.
fn is_inner_block(kind: RoomKind, step: &Step) -> bool {
    matches!(kind, RoomKind::Fields(_))
        && matches!(step, Step::Key(name) if matches!(&**name, "Branches" | "ItemProcessor" | "Iterator"))
}

fn assigned_name(member: &Member, language: Language) -> &str {
    match language {
        Language::JsonPath => member.key.strip_suffix(".$").unwrap_or(&member.key),
        Language::Jsonata => &member.key,
    }
}

/// The names of variables in a query of JSONPath, with where they begin.
fn in_query(text: &str) -> Vec<(usize, String)> {
    let paths = tokens(text)
        .into_iter()
        .filter(|token| token.kind == TokenKind::Path);
    let names = paths.filter_map(|token| {
        let path = text.get(token.range.start + 1..token.range.end)?;
        let end = path
            .find(|c| !unicode_ident::is_xid_continue(c))
            .unwrap_or(path.len());
        let name = path.get(..end).filter(|name| !name.is_empty())?;
        Some((token.range.start + 1, name.to_owned()))
    });
    names.collect()
}

/// The names of variables in an expression that it does not bind itself, with where they begin.
fn in_expression(text: &str) -> Vec<(usize, String)> {
    let Some(inner) = Braced::of(text) else {
        return Vec::new();
    };
    let expression = Expression::read(inner.text);
    let variable = |found: Use<'_>| match found.kind {
        UseKind::Variable { name, .. } if name != "states" => {
            Some((inner.start + found.span.start + 1, name.to_owned()))
        }
        UseKind::Variable { .. }
        | UseKind::Name(_)
        | UseKind::Context
        | UseKind::Root
        | UseKind::Call { .. } => None,
    };
    expression.uses().into_iter().filter_map(variable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_from_paths_and_the_context_object() {
        let text = "States.Format('$no', $.a, $$.State.Name, $limit, $order.id)";
        let names: Vec<String> = in_query(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["limit", "order"]);
    }

    #[test]
    fn names_that_an_expression_binds_are_its_own() {
        let text = "{% ($x := $limit; $map($states.input, function($v) { $v + $x + $rate })) %}";
        let names: Vec<&str> = in_expression(text)
            .iter()
            .map(|(start, name)| &text[*start..*start + name.len()])
            .collect();
        assert_eq!(names, ["limit", "rate"]);
    }
}
