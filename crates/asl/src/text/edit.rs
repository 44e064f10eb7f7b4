//! Edits of JSON by pointer. Each gives the smallest change of the text; everything else stays as it was.

use super::format::{Style, first_child, line_indent, quote};
use super::{Document, EditError, Member, Node, NodeKind, Pointer, Span, Step, TextEdit};
use serde_json::Value;
use std::sync::Arc;

/// An object in one line is broken into lines when a new member would make it longer than this.
const LONG_LINE: usize = 100;

impl Document {
    /// [`Document::set`] in JSON.
    pub(super) fn set_in_json(
        &self,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        self.set_styled(&Style::of(self), pointer, value, after)
    }

    fn set_styled(
        &self,
        style: &Style,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        let Some((last, parents)) = pointer.0.split_last() else {
            return Ok(vec![self.set_root(style, value)]);
        };
        if let Some(node) = self.get(pointer) {
            return Ok(vec![self.replace(style, node, value)]);
        }
        let parent = Pointer(parents.to_vec());
        let node = self.get(&parent).ok_or_else(|| no_such_place(&parent))?;
        match (&node.kind, last) {
            (NodeKind::Object(members), step) => {
                Ok(self.insert_member(style, node, members, &step.name(), value, after))
            }
            (NodeKind::Array(items), Step::Index(index)) if *index == items.len() => Ok(self
                .insert(
                    style,
                    node,
                    items.last().map(|item| item.span),
                    items.len(),
                    &|style, indent| style.write(value, indent),
                )),
            _ => Err(no_such_place(pointer)),
        }
    }

    /// [`Document::set`] inside brackets of YAML: JSON in one line.
    pub(super) fn set_in_flow(
        &self,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        self.set_styled(&Style::flow(), pointer, value, after)
    }

    /// [`Document::remove`] in JSON.
    pub(super) fn remove_in_json(&self, pointer: &Pointer) -> Result<Vec<TextEdit>, EditError> {
        let missing = || no_such_place(pointer);
        let (last, parents) = pointer.0.split_last().ok_or_else(missing)?;
        let parent = self.get(&Pointer(parents.to_vec())).ok_or_else(missing)?;
        let index = position(parent, last).ok_or_else(missing)?;
        let span = self.removal(parent, index).ok_or_else(missing)?;
        Ok(vec![TextEdit::new(span, "")])
    }

    /// [`Document::rename_key`] in JSON.
    pub(super) fn rename_in_json(
        &self,
        pointer: &Pointer,
        name: &str,
    ) -> Result<Vec<TextEdit>, EditError> {
        let member = self
            .get_member(pointer)
            .ok_or_else(|| no_such_place(pointer))?;
        Ok(vec![TextEdit::new(member.key_span, quote(name))])
    }

    /// Applies edits (none overlapping, any order) and reads the result. Insertions at one place keep their order.
    pub fn apply(&self, edits: &[TextEdit]) -> Result<Document, EditError> {
        let mut after = self.clone();
        after.edit(edits)?;
        Ok(after)
    }

    /// [`Document::apply`] in place. What no edit touched is not read again.
    pub fn edit(&mut self, edits: &[TextEdit]) -> Result<(), EditError> {
        let mut sorted: Vec<&TextEdit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for edit in &sorted {
            if edit.span.start > edit.span.end {
                return Err(EditError::Overlap);
            }
            // `get` refuses ranges that run backwards, reach past the end or cut a character.
            text.push_str(
                self.text
                    .get(done..edit.span.start)
                    .ok_or(EditError::Overlap)?,
            );
            text.push_str(&edit.replacement);
            done = edit.span.end;
        }
        text.push_str(self.text.get(done..).ok_or(EditError::Overlap)?);
        let text: Arc<str> = text.into();
        let is_sound = self.faults.is_empty();
        let root = self.root.take().filter(|_| is_sound);
        let reread = root.and_then(|root| self.notation.reread(root, &text, &sorted));
        match reread {
            Some(root) => {
                self.root = Some(root);
                self.text = text;
            }
            None => *self = Document::read(text, self.notation),
        }
        Ok(())
    }

    /// The habits of the text, for the edits below.
    pub(crate) fn style(&self) -> Style {
        Style::of(self)
    }

    /// The edit that puts `value` in the place of a value of this document.
    pub(crate) fn replacement(&self, style: &Style, node: &Node, value: &Value) -> TextEdit {
        self.replace(style, node, value)
    }

    /// The edit that adds a member right after another one of the same object.
    pub(crate) fn member_after(
        &self,
        style: &Style,
        object: &Node,
        before: &Member,
        key: &str,
        value: &Value,
    ) -> TextEdit {
        let first = first_child(object).map_or(before.key_span.start, |span| span.start);
        let (indent, own_line) = line_indent(&self.text, first);
        let text = if own_line {
            let member = style.write_member(key, value, indent);
            format!(",{}{indent}{member}", style.newline)
        } else {
            let member = style.in_one_line().write_member(key, value, indent);
            format!("{}{member}", self.separator(object))
        };
        TextEdit::new(Span::at(before.span().end), text)
    }

    /// The text between the brackets of an object or array.
    pub(crate) fn between_brackets(&self, parent: &Node) -> Span {
        self.inside(parent)
    }

    /// What goes away with the child number `index`.
    pub(super) fn removal(&self, parent: &Node, index: usize) -> Option<Span> {
        let spans = child_spans(parent);
        let here = *spans.get(index)?;
        let before = index.checked_sub(1).and_then(|index| spans.get(index));
        Some(match (before, spans.get(index + 1)) {
            (Some(before), _) => Span::new(before.end, here.end),
            (None, Some(next)) => Span::new(here.start, next.start),
            (None, None) => self.inside(parent),
        })
    }

    fn set_root(&self, style: &Style, value: &Value) -> TextEdit {
        let span = self
            .root()
            .map_or(Span::new(0, self.text.len()), |root| root.span);
        TextEdit::new(span, style.write(value, ""))
    }

    fn replace(&self, style: &Style, node: &Node, value: &Value) -> TextEdit {
        let (indent, _) = line_indent(&self.text, node.span.start);
        let was_in_lines = self.slice(node.span).contains('\n');
        let holds_content = first_child(node).is_some();
        let one_line = self.sibling_style(style, node, was_in_lines || !holds_content);
        TextEdit::new(
            node.span,
            format!(
                "{}{}",
                self.colon_if_missing(node),
                one_line.write(value, indent)
            ),
        )
    }

    /// The style of a value's replacement: on one line when the value was.
    fn sibling_style(&self, style: &Style, node: &Node, in_lines: bool) -> Style {
        let (_, own_line) = line_indent(&self.text, self.line_start_of(node));
        if in_lines && own_line {
            style.clone()
        } else {
            style.in_one_line()
        }
    }

    /// Where the member or element begins that holds `node`: its name when it has one before it.
    fn line_start_of(&self, node: &Node) -> usize {
        let before = self.text.get(..node.span.start).unwrap_or_default();
        let Some(name) = before.trim_end().strip_suffix(':') else {
            return node.span.start;
        };
        let quoted = name.trim_end();
        let inside = quoted.strip_suffix('"').unwrap_or(quoted);
        let mut end = inside.len();
        // An escaped quote belongs to the name.
        while let Some(at) = inside.get(..end).and_then(|text| text.rfind('"')) {
            let escapes = inside.get(..at).unwrap_or_default();
            if (escapes.len() - escapes.trim_end_matches('\\').len()) % 2 == 0 {
                return at;
            }
            end = at;
        }
        node.span.start
    }

    fn colon_if_missing(&self, node: &Node) -> &'static str {
        let before = self
            .text
            .get(..node.span.start)
            .unwrap_or_default()
            .trim_end();
        if node.is_missing() && before.ends_with('"') {
            ": "
        } else {
            ""
        }
    }

    /// Edits that add a member to an object, after another one or last.
    pub(super) fn insert_member(
        &self,
        style: &Style,
        parent: &Node,
        members: &[Member],
        key: &str,
        value: &Value,
        after: Option<&str>,
    ) -> Vec<TextEdit> {
        let index = after
            .and_then(|name| members.iter().rposition(|member| &*member.key == name))
            .or(members.len().checked_sub(1));
        let before = index.and_then(|index| members.get(index)).map(Member::span);
        let following = index.map_or(0, |index| index + 1);
        self.insert(style, parent, before, following, &|style, indent| {
            style.write_member(key, value, indent)
        })
    }

    /// Inserts an item after the child at `before`, in the manner of the others; it becomes number `index`.
    fn insert(
        &self,
        style: &Style,
        parent: &Node,
        before: Option<Span>,
        index: usize,
        write: &dyn Fn(&Style, &str) -> String,
    ) -> Vec<TextEdit> {
        let Some(before) = before else {
            return vec![self.fill(style, parent, write)];
        };
        let first = first_child(parent).map_or(before.start, |span| span.start);
        let (indent, own_line) = line_indent(&self.text, first);
        if own_line {
            let text = format!(",{}{indent}{}", style.newline, write(style, indent));
            return vec![TextEdit::new(Span::at(before.end), text)];
        }
        let flat = style.in_one_line();
        let text = format!("{}{}", self.separator(parent), write(&flat, indent));
        let in_lines = style.unit.as_ref().filter(|_| self.too_long(parent, &text));
        match in_lines {
            Some(unit) => self.break_lines(style, parent, unit, index, write),
            None => vec![TextEdit::new(Span::at(before.end), text)],
        }
    }

    /// Writes the only item of an empty object or array.
    fn fill(
        &self,
        style: &Style,
        parent: &Node,
        write: &dyn Fn(&Style, &str) -> String,
    ) -> TextEdit {
        let inside = self.inside(parent);
        let Some(unit) = &style.unit else {
            return TextEdit::new(inside, write(style, ""));
        };
        let (outer, _) = line_indent(&self.text, parent.span.start);
        let inner = format!("{outer}{unit}");
        let text = format!(
            "{nl}{inner}{}{nl}{outer}",
            write(style, &inner),
            nl = style.newline
        );
        TextEdit::new(inside, text)
    }

    /// Breaks an object or array in one line into lines, with a new item as number `index`.
    fn break_lines(
        &self,
        style: &Style,
        parent: &Node,
        unit: &str,
        index: usize,
        write: &dyn Fn(&Style, &str) -> String,
    ) -> Vec<TextEdit> {
        let (outer, _) = line_indent(&self.text, parent.span.start);
        let inner = format!("{outer}{unit}");
        let mut items: Vec<String> = child_spans(parent)
            .iter()
            .map(|span| self.slice(*span).to_owned())
            .collect();
        items.insert(index.min(items.len()), write(style, &inner));
        let nl = style.newline;
        let body = items.join(&format!(",{nl}{inner}"));
        vec![TextEdit::new(
            self.inside(parent),
            format!("{nl}{inner}{body}{nl}{outer}"),
        )]
    }

    fn too_long(&self, parent: &Node, addition: &str) -> bool {
        let line_start = self
            .text
            .get(..parent.span.start)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |at| at + 1);
        let line = self
            .text
            .get(line_start..)
            .and_then(|text| text.lines().next())
            .unwrap_or_default();
        let flat = !self.slice(parent.span).contains('\n');
        flat && line.chars().count() + addition.chars().count() > LONG_LINE
    }

    /// What stands between two items in one line.
    fn separator(&self, parent: &Node) -> &'static str {
        let spaced = match child_spans(parent).as_slice() {
            [first, second, ..] => self
                .slice(Span::new(first.end, second.start))
                .ends_with([' ', '\n']),
            _ => self.text.contains(": ") || self.text.contains('\n'),
        };
        if spaced { ", " } else { "," }
    }

    /// The text between the brackets of an object or array.
    fn inside(&self, parent: &Node) -> Span {
        let whole = self.slice(parent.span);
        let closed = whole.len() > 1 && whole.ends_with(['}', ']']);
        Span::new(parent.span.start + 1, parent.span.end - usize::from(closed))
    }
}

impl Member {
    /// Name and value.
    pub fn span(&self) -> Span {
        Span::new(
            self.key_span.start,
            self.value.span.end.max(self.key_span.end),
        )
    }
}

fn no_such_place(pointer: &Pointer) -> EditError {
    EditError::NoSuchPlace(pointer.to_string())
}

fn child_spans(node: &Node) -> Vec<Span> {
    let members = node.members().iter().map(Member::span);
    members
        .chain(node.elements().iter().map(|item| item.span))
        .collect()
}

fn position(parent: &Node, step: &Step) -> Option<usize> {
    if parent.is_array() {
        let index: usize = step.name().parse().ok()?;
        return (index < parent.elements().len()).then_some(index);
    }
    parent
        .members()
        .iter()
        .rposition(|member| *member.key == *step.name())
}
