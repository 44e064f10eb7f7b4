//! The JSONata expressions of a definition: each is read once, and every place in it has a place in the text.

use super::fields::Language;
use super::view::View;
use super::walk;
use crate::graph::StateIx;
use crate::text::{Document, Escapes, Format, Node, Pointer, Span};
use jsonata::{Use, UseKind};
use std::cell::OnceCell;
use std::ops::Range;

/// An expression between `{%` and `%}`.
pub(super) struct Expression<'a> {
    /// The object that holds it, by position among the places.
    pub(super) place: usize,
    /// The field of that object.
    pub(super) field: &'static str,
    pub(super) state: Option<StateIx>,
    /// The value of that field, and the way from there in numbers: few expressions are ever pointed at.
    value: &'a Node,
    way: Box<[usize]>,
    pub(super) node: &'a Node,
    /// What stands between the braces.
    pub(super) text: &'a str,
    pub(super) parsed: jsonata::Expression,
    escapes: OnceCell<Escapes>,
}

const BRACE: usize = 2;

/// What stands between the braces of a text that is an expression (asl-rules 7).
pub(super) fn inside(text: &str) -> Option<&str> {
    text.strip_prefix("{%")?.strip_suffix("%}")
}

/// All expressions that are evaluated, in the order of the places. What a placeholder stands in, nobody can read.
pub(super) fn all<'a>(view: &View<'a>) -> Vec<Expression<'a>> {
    let mut found = Vec::new();
    for (index, place) in view.places.iter().enumerate() {
        if place.language != Language::Jsonata {
            continue;
        }
        for (member, field) in place.members() {
            let Some(field) = field.filter(|field| field.holds_expressions()) else {
                continue;
            };
            walk::each(&member.value, |way, node| {
                let text = node.as_str().and_then(inside);
                let Some(text) = text.filter(|text| !view.is_open_text(text)) else {
                    return;
                };
                found.push(Expression {
                    place: index,
                    field: field.name,
                    state: place.state,
                    value: &member.value,
                    way: way.numbers().collect(),
                    node,
                    text,
                    parsed: jsonata::Expression::read(text),
                    escapes: OnceCell::new(),
                });
            });
        }
    }
    found
}

impl Expression<'_> {
    /// Where it stands in the definition.
    pub(super) fn pointer(&self, view: &View<'_>) -> Pointer {
        let holder = view.places.get(self.place);
        let field = holder.map(|place| place.pointer.join(self.field));
        walk::pointer(field.unwrap_or_default(), self.value, &self.way)
    }

    /// What it reads and calls; nothing while it cannot be read.
    pub(super) fn uses(&self) -> Vec<Use<'_>> {
        if self.parsed.errors().is_empty() {
            self.parsed.uses()
        } else {
            Vec::new()
        }
    }

    /// The place in the text of a part of the expression, as well as it can be told where a text of YAML is folded.
    pub(super) fn span(&self, document: &Document, part: &Range<usize>) -> Span {
        let part_of_line = self.part(document, part);
        part_of_line.unwrap_or_else(|| self.counted(document, part))
    }

    /// The place in the text of a part of the expression, for edits. YAML can fold a text over lines; then there is none.
    pub(super) fn part(&self, document: &Document, part: &Range<usize>) -> Option<Span> {
        let written = document.slice(self.node.span);
        if document.format() == Format::Yaml {
            let first = self.node.span.start + written.find(self.text)?;
            return Some(Span::new(first + part.start, first + part.end));
        }
        Some(self.counted(document, part))
    }

    /// The place of a part, behind what is written in the text and not said by it.
    fn counted(&self, document: &Document, part: &Range<usize>) -> Span {
        let escapes = self.escapes.get_or_init(|| {
            let said = self.node.as_str().unwrap_or_default();
            Escapes::of(document.slice(self.node.span), said)
        });
        let Span { start, end } = self.node.span;
        let at = |offset: usize| (start + escapes.written(BRACE + offset)).min(end);
        Span::new(at(part.start), at(part.end))
    }

    /// When the expression is nothing but a path from a variable: that variable. `uses` is what it reads and calls.
    pub(super) fn only_use<'u, 'e>(&self, uses: &'u [Use<'e>]) -> Option<&'u Use<'e>> {
        let [only] = uses else { return None };
        let is_variable = matches!(only.kind, UseKind::Variable { .. });
        let whole = self.text.get(only.span.clone()) == Some(self.text.trim());
        (is_variable && whole).then_some(only)
    }
}
