//! Edits of YAML by pointer. In block style they move whole lines and leave comments, order and indentation alone; inside
//! `{ … }` and `[ … ]` they write JSON, which is YAML there.

use super::Yaml;
use super::scalar;
use super::spot::{Kind, Spot, column, is_block_style, is_flow, line_end, line_start};
use super::verify::{put, take, verified};
use super::write::{Habits, Writer, is_block};
use crate::text::format::Style;
use crate::text::json::Json::Template as Json;
use crate::text::notation::{Format, Notation};
use crate::text::{
    Document, EditError, Node, NodeKind, Pointer, Span, Step, SyntaxFault, TextEdit,
};
use serde_json::Value;

impl Notation for Yaml {
    fn format(&self) -> Format {
        Format::Yaml
    }

    fn read(&self, text: &str) -> (Option<Node>, Vec<SyntaxFault>) {
        super::read(text)
    }

    fn formatted(&self, document: &Document) -> String {
        super::layout::formatted(document)
    }

    fn set(
        &self,
        document: &Document,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        let new = Node::of_value(value);
        let edits = match document.get(pointer) {
            Some(_) => Spot::find(document, pointer)?.replace(document, &new),
            None if pointer.0.is_empty() => vec![whole(document, &new)],
            None => insert(document, pointer, value, &new, after)?,
        };
        let edits = with_line_ends(document, edits);
        verified(document, pointer, edits, |values| {
            put(values, pointer, value)
        })
    }

    fn remove(&self, document: &Document, pointer: &Pointer) -> Result<Vec<TextEdit>, EditError> {
        let missing = || EditError::NoSuchPlace(pointer.to_string());
        let parent = pointer.parent().ok_or_else(missing)?;
        document.get(pointer).ok_or_else(missing)?;
        let spot = Spot::find(document, pointer)?;
        let around = document.get(&parent).ok_or_else(missing)?;
        let edits = if spot.in_flow {
            Json.remove(document, pointer)?
        } else if spot.is_only_one {
            let empty = if around.is_array() {
                NodeKind::Array(Vec::new())
            } else {
                NodeKind::Object(Vec::new())
            };
            let empty = Node {
                span: Span::default(),
                kind: empty,
            };
            Spot::find(document, &parent)?.replace(document, &empty)
        } else {
            vec![TextEdit::new(spot.lines(document), "")]
        };
        verified(document, pointer, edits, |values| {
            take(values, pointer).map(drop)
        })
    }

    fn rename_key(
        &self,
        document: &Document,
        pointer: &Pointer,
        name: &str,
    ) -> Result<Vec<TextEdit>, EditError> {
        let missing = || EditError::NoSuchPlace(pointer.to_string());
        let member = document.get_member(pointer).ok_or_else(missing)?;
        let spot = Spot::find(document, pointer)?;
        let written = match spot.in_flow {
            true => flow(&Node::of_value(&Value::from(name))),
            false => scalar::name(name),
        };
        let edits = vec![TextEdit::new(member.key_span, written)];
        verified(document, pointer, edits, |values| {
            let value = take(values, pointer)?;
            put(values, &pointer.parent()?.join(name), &value)
        })
    }

    fn add_member(
        &self,
        document: &Document,
        _style: &Style,
        object: &Node,
        key: &str,
        value: &Value,
    ) -> Vec<TextEdit> {
        if !is_block_style(document, object) {
            return Json.add_member(document, &Style::flow(), object, key, value);
        }
        let edits = vec![add(document, object, key, &Node::of_value(value), None)];
        with_line_ends(document, edits)
    }

    fn remove_member(&self, document: &Document, object: &Node, index: usize) -> Vec<TextEdit> {
        if is_flow(document, object) {
            return Json.remove_member(document, object, index);
        }
        let spot = Spot::of_member(document, object, index).filter(|spot| !spot.is_only_one);
        spot.map(|spot| TextEdit::new(spot.lines(document), ""))
            .into_iter()
            .collect()
    }
}

/// The whole text anew, for one without a value.
fn whole(document: &Document, new: &Node) -> TextEdit {
    let span = Span::new(0, document.text().len());
    TextEdit::new(span, super::write::document(new))
}

/// Edits that add what is not there yet.
fn insert(
    document: &Document,
    pointer: &Pointer,
    value: &Value,
    new: &Node,
    after: Option<&str>,
) -> Result<Vec<TextEdit>, EditError> {
    let missing = || EditError::NoSuchPlace(pointer.to_string());
    let (last, _) = pointer.0.split_last().ok_or_else(missing)?;
    let at = pointer.parent().ok_or_else(missing)?;
    let parent = document
        .get(&at)
        .ok_or_else(|| EditError::NoSuchPlace(at.to_string()))?;
    let around = Spot::find(document, &at)?;
    let is_next = *last == Step::Index(parent.elements().len());
    let can_grow = parent.is_object() || (parent.is_array() && is_next);
    if !can_grow {
        return Err(missing());
    }
    if is_block_style(document, parent) {
        let edit = match parent.is_object() {
            true => add(document, parent, &last.name(), new, after),
            false => append(document, parent, new),
        };
        return Ok(vec![edit]);
    }
    let is_written_here = is_flow(document, parent);
    if !is_written_here {
        return Err(EditError::Tangled(at.to_string()));
    }
    if around.in_flow || is_block(parent) {
        return document.set_in_flow(pointer, value, after);
    }
    // An empty collection in block style becomes lines.
    let filled = if parent.is_object() {
        serde_json::json!({ last.name(): value })
    } else {
        serde_json::json!([value])
    };
    Ok(around.replace(document, &Node::of_value(&filled)))
}

/// Adds a member to an object in block style.
fn add(
    document: &Document,
    object: &Node,
    key: &str,
    value: &Node,
    after: Option<&str>,
) -> TextEdit {
    let members = object.members();
    let named = after.and_then(|name| members.iter().rfind(|member| &*member.key == name));
    let before = named.or(members.last());
    let end = before.map_or(object.span.end, |member| {
        Spot::end_of(document, &member.value).max(member.key_span.end)
    });
    let at = column(document, object.span.start);
    let mut writer = Writer::new(Habits::of(document), true);
    writer.line(at);
    writer.member(key, value, at, 0);
    TextEdit::new(Span::at(line_end(document, end)), writer.into_text())
}

/// Adds an element to a list in block style, last.
fn append(document: &Document, list: &Node, value: &Node) -> TextEdit {
    let last = list.elements().last();
    let end = last.map_or(list.span.end, |item| Spot::end_of(document, item));
    let at = column(document, list.span.start);
    let mut writer = Writer::new(Habits::of(document), true);
    writer.line(at);
    writer.dash(value, at, 0);
    TextEdit::new(Span::at(line_end(document, end)), writer.into_text())
}

/// A value inside `{ … }` or `[ … ]`.
fn flow(node: &Node) -> String {
    scalar::printable(&Style::flow().write_node(node, ""))
}

/// The edits with the line ends of the text.
fn with_line_ends(document: &Document, mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    if document.text().contains("\r\n") {
        for edit in &mut edits {
            edit.replacement = edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n");
        }
    }
    edits
}

impl Spot<'_> {
    /// Edits that put another value here.
    fn replace(&self, document: &Document, new: &Node) -> Vec<TextEdit> {
        let old = self.node.span;
        if self.in_flow {
            let absent = old.start == old.end;
            let text = flow(new);
            let text = match (
                absent,
                document.slice(Span::new(0, old.start)).ends_with(':'),
            ) {
                (false, _) => text,
                (true, true) => format!(" {text}"),
                (true, false) => format!(": {text}"),
            };
            return vec![TextEdit::new(old, text)];
        }
        match (is_block_style(document, self.node), is_block(new)) {
            (true, true) => vec![self.block_by_block(document, new)],
            (true, false) => self.block_by_word(document, new),
            (false, true) => self.word_by_block(document, new),
            (false, false) => vec![self.word_by_word(document, new)],
        }
    }

    fn writer(&self, document: &Document) -> Writer {
        let end = self.node.span.end;
        let rest = document.slice(Span::new(end, line_end(document, end)));
        let has_line = rest.trim().is_empty() && !matches!(self.kind, Kind::Root);
        Writer::new(Habits::of(document), has_line)
    }

    fn block_by_block(&self, document: &Document, new: &Node) -> TextEdit {
        let old = self.node.span;
        let mut writer = self.writer(document);
        let here = column(document, old.start);
        let is_deeper = self.column.is_none_or(|around| here > around);
        if is_deeper || new.is_array() {
            writer.collection(new, here, 0);
            return TextEdit::new(old, writer.into_text());
        }
        let inner = here + writer.habits.unit;
        writer.blanks(inner);
        writer.collection(new, inner, 0);
        TextEdit::new(
            Span::new(line_start(document, old.start), old.end),
            writer.into_text(),
        )
    }

    fn block_by_word(&self, document: &Document, new: &Node) -> Vec<TextEdit> {
        let mut writer = self.writer(document);
        let old = self.node.span;
        if matches!(self.kind, Kind::Root) {
            writer.inline(new, 0);
            return vec![TextEdit::new(old, writer.into_text())];
        }
        let gap = document.slice(Span::new(self.behind, old.start));
        let noted = gap.trim_end();
        writer.blocks &= noted.is_empty();
        writer.space();
        writer.inline(new, self.column.unwrap_or_default());
        let text = writer.into_text();
        if noted.is_empty() {
            return vec![TextEdit::new(Span::new(self.behind, old.end), text)];
        }
        vec![
            TextEdit::new(Span::at(self.behind), text),
            TextEdit::new(Span::new(self.behind + noted.len(), old.end), ""),
        ]
    }

    fn word_by_block(&self, document: &Document, new: &Node) -> Vec<TextEdit> {
        let mut writer = self.writer(document);
        let old = self.node.span;
        let around = self.column.unwrap_or_default();
        match self.kind {
            Kind::Root => {
                writer.collection(new, 0, 0);
                vec![TextEdit::new(old, writer.into_text())]
            }
            Kind::Item if !self.has_properties => {
                writer.item(new, around, 0);
                vec![TextEdit::new(
                    Span::new(self.behind, old.end),
                    writer.into_text(),
                )]
            }
            Kind::Item | Kind::Member => {
                writer.blocks = true;
                writer.value(new, around, 0);
                let text = writer.into_text();
                let end = line_end(document, old.end);
                let rest = document.slice(Span::new(old.end, end)).trim_end();
                if rest.is_empty() {
                    return vec![TextEdit::new(Span::new(self.behind, old.end), text)];
                }
                vec![
                    TextEdit::new(Span::new(self.behind, old.end), ""),
                    TextEdit::new(Span::at(old.end + rest.len()), text),
                ]
            }
        }
    }

    fn word_by_word(&self, document: &Document, new: &Node) -> TextEdit {
        let mut writer = self.writer(document);
        let old = self.node.span;
        let is_absent = old.start == old.end;
        if is_absent {
            writer.space();
        }
        writer.inline(new, self.column.unwrap_or_default());
        let span = if is_absent {
            Span::at(self.behind)
        } else {
            old
        };
        TextEdit::new(span, writer.into_text())
    }
}
