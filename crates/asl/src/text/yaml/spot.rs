//! Where a value stands in YAML text: behind a colon or a dash, at which column, in which lines.

use super::write::Habits;
use crate::text::{Document, EditError, Node, Pointer, Span, Step};

/// What a value stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: it is the whole document.
    Root,
    /// The colon of its name.
    Member,
    /// A dash.
    Item,
}

/// A value and what of the text belongs to it.
pub(super) struct Spot<'d> {
    pub(super) node: &'d Node,
    pub(super) kind: Kind,
    /// Whether it stands inside `{ … }` or `[ … ]`.
    pub(super) in_flow: bool,
    /// Whether nothing else stands in the collection around it.
    pub(super) is_only_one: bool,
    /// The column at which the entries of the collection around it begin; none for the root.
    pub(super) column: Option<usize>,
    /// Where its name or dash begins.
    pub(super) start: usize,
    /// What follows the colon or dash and the anchor behind it.
    pub(super) behind: usize,
    /// Whether an anchor stands there.
    pub(super) has_properties: bool,
    /// Where the next entry begins, when there is one.
    next: Option<usize>,
}

impl<'d> Spot<'d> {
    /// The spot of the value at `pointer`.
    pub(super) fn find(document: &'d Document, pointer: &Pointer) -> Result<Self, EditError> {
        let missing = || EditError::NoSuchPlace(pointer.to_string());
        let tangled = || EditError::Tangled(pointer.to_string());
        let root = document.root().ok_or_else(missing)?;
        let mut spot = Self::root(root);
        let mut in_flow = false;
        for step in &pointer.0 {
            let parent = spot.node;
            in_flow |= is_flow(document, parent);
            let is_written_here = is_flow(document, parent) || is_block_style(document, parent);
            let is_function = document.slice(parent.span).starts_with('!');
            if is_function {
                // Only what a function is applied to can be edited, and only in flow style.
                let content = parent.child(step).ok_or_else(missing)?;
                spot = Self::root(content);
                spot.in_flow = true;
                in_flow = true;
                continue;
            }
            if !is_written_here {
                return Err(tangled());
            }
            let index = position(parent, step).ok_or_else(missing)?;
            spot = Self::of_child(document, parent, index).ok_or_else(tangled)?;
            spot.in_flow = in_flow;
        }
        Ok(spot)
    }

    fn root(node: &'d Node) -> Self {
        Self {
            node,
            kind: Kind::Root,
            in_flow: false,
            is_only_one: true,
            column: None,
            start: node.span.start,
            behind: node.span.start,
            has_properties: false,
            next: None,
        }
    }

    /// A member of an object or an element of a list.
    pub(super) fn of_child(document: &Document, parent: &'d Node, index: usize) -> Option<Self> {
        if parent.is_array() {
            Self::of_item(document, parent, index)
        } else {
            Self::of_member(document, parent, index)
        }
    }

    /// A member of an object; none when its name is not written there, but comes from an alias.
    pub(super) fn of_member(document: &Document, object: &'d Node, index: usize) -> Option<Self> {
        let member = object.members().get(index)?;
        let name = document.slice(member.key_span);
        if name.starts_with('*') {
            return None;
        }
        let gap = Span::new(
            member.key_span.end,
            member.value.span.start.max(member.key_span.end),
        );
        let colon = document.slice(gap).find(':');
        let colon = colon.map_or(gap.start, |at| gap.start + at + 1);
        let next = object
            .members()
            .get(index + 1)
            .map(|next| next.key_span.start);
        Some(
            Self {
                kind: Kind::Member,
                is_only_one: object.members().len() == 1,
                column: Some(column(document, object.span.start)),
                start: member.key_span.start,
                behind: colon,
                next,
                ..Self::root(&member.value)
            }
            .behind_properties(document),
        )
    }

    fn of_item(document: &Document, list: &'d Node, index: usize) -> Option<Self> {
        let node = list.elements().get(index)?;
        let dash = dash(document, list, index)?;
        let next = dash_if_any(document, list, index + 1);
        Some(
            Self {
                kind: Kind::Item,
                is_only_one: list.elements().len() == 1,
                column: Some(column(document, list.span.start)),
                start: dash,
                behind: dash + 1,
                next,
                ..Self::root(node)
            }
            .behind_properties(document),
        )
    }

    /// The same, with an anchor left before the value.
    fn behind_properties(mut self, document: &Document) -> Self {
        let gap = document.slice(Span::new(self.behind, self.node.span.start));
        let blanks = gap.len() - gap.trim_start().len();
        let rest = gap.get(blanks..).unwrap_or_default();
        if rest.starts_with('&') {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.behind += blanks + length;
            self.has_properties = true;
        }
        self
    }

    /// Where a value ends, with the empty lines that a block scalar at its end keeps.
    pub(super) fn end_of(document: &Document, node: &Node) -> usize {
        let mut last = node;
        while is_block_style(document, last) {
            let member = last.members().last().map(|member| &member.value);
            let Some(inner) = member.or_else(|| last.elements().last()) else {
                break;
            };
            last = inner;
        }
        let end = node.span.end;
        let header = document.slice(last.span).lines().next().unwrap_or_default();
        let mut marks = header.bytes();
        let is_block = matches!(marks.next(), Some(b'|' | b'>'));
        let keeps = is_block && marks.take(2).any(|mark| mark == b'+');
        if !keeps {
            return end;
        }
        let rest = document.slice(Span::new(end, document.text().len()));
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ']).len();
        // The last line break ends the last kept line.
        let kept = rest.get(..blank).and_then(|lines| lines.rfind('\n'));
        let kept = rest.get(..kept.unwrap_or_default()).unwrap_or_default();
        end + kept.trim_end_matches('\r').len()
    }

    /// What goes away with the entry: its lines, or up to the next entry when it begins behind a dash.
    pub(super) fn lines(&self, document: &Document) -> Span {
        let begins = line_start(document, self.start);
        let before = document.slice(Span::new(begins, self.start));
        let end = line_end(document, Self::end_of(document, self.node).max(self.behind));
        match self.next {
            Some(next) if !before.trim().is_empty() => Span::new(self.start, next),
            _ => whole_lines(document, begins, end),
        }
    }
}

/// Lines with the line break after them.
fn whole_lines(document: &Document, begins: usize, end: usize) -> Span {
    let rest = document.slice(Span::new(end, document.text().len()));
    let width = ["\r\n", "\n"]
        .into_iter()
        .find(|line_end| rest.starts_with(line_end));
    Span::new(begins, end + width.map_or(0, str::len))
}

/// Whether a filled object or list is written line by line.
pub(super) fn is_block_style(document: &Document, node: &Node) -> bool {
    let filled = !node.members().is_empty() || !node.elements().is_empty();
    filled && !document.slice(node.span).starts_with(['{', '[', '*', '!'])
}

/// Whether an object or list is written in brackets.
pub(super) fn is_flow(document: &Document, node: &Node) -> bool {
    (node.is_object() || node.is_array()) && document.slice(node.span).starts_with(['{', '['])
}

fn position(parent: &Node, step: &Step) -> Option<usize> {
    if parent.is_array() {
        let index: usize = step.name().parse().ok()?;
        return (index < parent.elements().len()).then_some(index);
    }
    let name = step.name();
    parent
        .members()
        .iter()
        .rposition(|member| *member.key == *name)
}

/// Where the dash of an element stands.
fn dash(document: &Document, list: &Node, index: usize) -> Option<usize> {
    if is_flow(document, list) {
        return list.elements().get(index).map(|item| item.span.start);
    }
    dash_if_any(document, list, index)
}

fn dash_if_any(document: &Document, list: &Node, index: usize) -> Option<usize> {
    let item = list.elements().get(index)?;
    let Some(before) = index.checked_sub(1) else {
        return Some(list.span.start);
    };
    let mut at = list.elements().get(before)?.span.end;
    loop {
        at = document.text().get(at..)?.find('\n')? + at + 1;
        if at > item.span.start {
            return None;
        }
        let line = document.slice(Span::new(at, line_end(document, at)));
        let blanks = line.len() - line.trim_start().len();
        if line.trim_start().starts_with('-') {
            return Some(at + blanks);
        }
    }
}

pub(super) fn line_start(document: &Document, offset: usize) -> usize {
    let before = document.slice(Span::new(0, offset));
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, without its line break.
pub(super) fn line_end(document: &Document, offset: usize) -> usize {
    let rest = document.slice(Span::new(offset, document.text().len()));
    let line = rest.split('\n').next().unwrap_or_default();
    offset + line.strip_suffix('\r').unwrap_or(line).len()
}

/// How many characters stand before an offset in its line.
pub(super) fn column(document: &Document, offset: usize) -> usize {
    let before = document.slice(Span::new(line_start(document, offset), offset));
    before.trim_start_matches('\u{feff}').chars().count()
}

impl Habits {
    /// How a document is indented; the usual way where it does not show.
    pub(super) fn of(document: &Document) -> Self {
        let mut habits = (None, None);
        let mut open: Vec<&Node> = document.root().into_iter().collect();
        while let Some(node) = open.pop() {
            if is_block_style(document, node) && node.is_object() {
                let here = column(document, node.span.start);
                for member in node.members() {
                    let value = &member.value;
                    let on_own_line = document
                        .slice(Span::new(member.key_span.end, value.span.start))
                        .contains('\n');
                    if !on_own_line || !is_block_style(document, value) {
                        continue;
                    }
                    let inner = column(document, value.span.start).checked_sub(here);
                    match value.is_array() {
                        true => habits.1 = habits.1.or(inner),
                        false => {
                            habits.0 = habits.0.or(inner.filter(|unit| (1..=9).contains(unit)))
                        }
                    }
                }
            }
            if habits.0.is_some() && habits.1.is_some() {
                break;
            }
            open.extend(node.members().iter().rev().map(|member| &member.value));
            open.extend(node.elements().iter().rev());
        }
        let unit = habits.0.unwrap_or(2);
        Self {
            unit,
            list: habits.1.unwrap_or(unit),
        }
    }
}
