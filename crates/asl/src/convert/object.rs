//! Edits of the members of one object, put together so that they never overlap.

use crate::text::{Document, EditError, Node, Pointer, Span, Style, TextEdit};
use serde_json::Value;

/// What becomes of a member.
#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Stays,
    Goes,
    /// Another name, the value as it was written.
    IsRenamed(String),
    /// Another name and another value.
    IsReplaced(String, Value),
}

/// The value of a new member.
#[derive(Debug, Clone)]
pub(super) enum Written {
    /// Nothing in it is computed; where it stands already, it stays as it is written.
    Plain(Value),
    New(Value),
}

impl Written {
    fn into_value(self) -> Value {
        match self {
            Self::Plain(value) | Self::New(value) => value,
        }
    }
}

/// An object whose members change.
pub(super) struct ObjectEdit<'d> {
    pointer: Pointer,
    node: &'d Node,
    fates: Vec<Fate>,
    /// New members, with the number of the member that they come after.
    added: Vec<(usize, String, Value)>,
}

impl<'d> ObjectEdit<'d> {
    pub(super) fn new(pointer: Pointer, node: &'d Node) -> Self {
        Self {
            pointer,
            node,
            fates: vec![Fate::Stays; node.members().len()],
            added: Vec::new(),
        }
    }

    /// Whether anything changes.
    pub(super) fn is_changed(&self) -> bool {
        !self.added.is_empty() || self.fates.iter().any(|fate| *fate != Fate::Stays)
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.node
            .members()
            .iter()
            .rposition(|member| &*member.key == name)
    }

    fn decide(&mut self, index: usize, fate: Fate) {
        if let Some(slot) = self.fates.get_mut(index) {
            *slot = fate;
        }
    }

    /// Puts a member in the place of the first of `old` that is there and still free; one that has this value already
    /// only gets the new name.
    pub(super) fn place(&mut self, old: &[&str], new: &str, written: Written) {
        if let Written::Plain(value) = &written
            && self.rename(old, new, value)
        {
            return;
        }
        self.put(old, new, written.into_value(), "Type");
    }

    /// Adds a member after the one that is now called `after`.
    pub(super) fn place_after(&mut self, after: &str, new: &str, written: Written) {
        let is_it = |fate: &Fate| matches!(fate, Fate::IsReplaced(name, _) if name == after);
        let last = self.fates.len().saturating_sub(1);
        let index = self.fates.iter().position(is_it).unwrap_or(last);
        self.added
            .push((index, new.to_owned(), written.into_value()));
    }

    /// Gives a member another name and leaves its value as it is written: the first of `old` that is still free and has
    /// this value. Says whether there was one.
    fn rename(&mut self, old: &[&str], new: &str, value: &Value) -> bool {
        let found = old.iter().find_map(|name| {
            let index = self.position(name)?;
            let member = self.node.members().get(index)?;
            let is_free = self.fates.get(index) == Some(&Fate::Stays);
            (is_free && member.value.to_value().as_ref() == Some(value)).then_some(index)
        });
        if let Some(index) = found {
            self.decide(index, Fate::IsRenamed(new.to_owned()));
        }
        found.is_some()
    }

    /// Puts a member in the place of the first of `old` that is there and still free, else after `after`.
    pub(super) fn put(&mut self, old: &[&str], new: &str, value: Value, after: &str) {
        let free = old.iter().find_map(|name| {
            let index = self.position(name)?;
            matches!(self.fates.get(index), Some(Fate::Stays | Fate::Goes)).then_some(index)
        });
        match free {
            Some(index) => self.decide(index, Fate::IsReplaced(new.to_owned(), value)),
            None => {
                let last = self.fates.len().saturating_sub(1);
                let index = self.position(after).unwrap_or(last);
                self.added.push((index, new.to_owned(), value));
            }
        }
    }

    /// Removes those of these members that nothing has taken the place of.
    pub(super) fn remove(&mut self, names: &[&str]) {
        for name in names {
            if let Some(index) = self.position(name)
                && self.fates.get(index) == Some(&Fate::Stays)
            {
                self.decide(index, Fate::Goes);
            }
        }
    }

    /// The document with the changes made one after the other, for texts in which they cannot be put together.
    pub(super) fn apply(&self, document: &Document) -> Result<Document, EditError> {
        let mut new = document.clone();
        let members = self.node.members().iter().zip(&self.fates);
        for (member, fate) in members.clone() {
            new = match fate {
                Fate::Stays | Fate::Goes => new,
                Fate::IsRenamed(name) => self.renamed(&new, &member.key, name)?,
                Fate::IsReplaced(name, value) => {
                    let renamed = self.renamed(&new, &member.key, name)?;
                    renamed.apply(&renamed.set(
                        &self.pointer.join(name.as_str()),
                        value,
                        None,
                    )?)?
                }
            };
        }
        for (before, name, value) in &self.added {
            let at = self.pointer.join(name.as_str());
            new = new.apply(&new.set(&at, value, self.name_now(*before))?)?;
        }
        for (member, _) in members.filter(|(_, fate)| **fate == Fate::Goes) {
            new = new.apply(&new.remove(&self.pointer.join(&*member.key))?)?;
        }
        Ok(new)
    }

    fn renamed(&self, document: &Document, old: &str, new: &str) -> Result<Document, EditError> {
        if old == new {
            return Ok(document.clone());
        }
        document.apply(&document.rename_key(&self.pointer.join(old), new)?)
    }

    /// What a member is called after the change.
    fn name_now(&self, index: usize) -> Option<&str> {
        match self.fates.get(index)? {
            Fate::Stays | Fate::Goes => self.node.members().get(index).map(|member| &*member.key),
            Fate::IsRenamed(name) | Fate::IsReplaced(name, _) => Some(name),
        }
    }

    /// The edits of a text in JSON.
    pub(super) fn edits(&self, document: &Document, style: &Style) -> Vec<TextEdit> {
        let mut edits = self.removals(document);
        let members = self.node.members();
        for (member, fate) in members.iter().zip(&self.fates) {
            match fate {
                Fate::Stays | Fate::Goes => {}
                Fate::IsRenamed(name) => {
                    edits.push(TextEdit::new(
                        member.key_span,
                        Value::from(name.as_str()).to_string(),
                    ));
                }
                Fate::IsReplaced(name, value) => {
                    if *name != *member.key {
                        edits.push(TextEdit::new(
                            member.key_span,
                            Value::from(name.as_str()).to_string(),
                        ));
                    }
                    edits.push(document.replacement(style, &member.value, value));
                }
            }
        }
        edits.extend(self.insertions(document, style));
        edits
    }

    /// Removals of runs of members, each with the commas that go with it.
    fn removals(&self, document: &Document) -> Vec<TextEdit> {
        let members = self.node.members();
        let mut edits = Vec::new();
        let mut index = 0;
        while index < members.len() {
            if self.fates.get(index) != Some(&Fate::Goes) {
                index += 1;
                continue;
            }
            let rest = self.fates.iter().skip(index);
            let end = index + rest.take_while(|fate| **fate == Fate::Goes).count();
            let before = index.checked_sub(1).and_then(|index| members.get(index));
            let span = match (
                before,
                members.get(index),
                members.get(end - 1),
                members.get(end),
            ) {
                (Some(before), _, Some(last), _) => Span::new(before.span().end, last.span().end),
                (None, Some(first), _, Some(next)) => {
                    Span::new(first.span().start, next.span().start)
                }
                _ => document.between_brackets(self.node),
            };
            edits.push(TextEdit::new(span, ""));
            index = end;
        }
        edits
    }

    /// New members. When the member before goes away, they come after the nearest one that stays.
    fn insertions(&self, document: &Document, style: &Style) -> Vec<TextEdit> {
        let members = self.node.members();
        let added = self.added.iter().filter_map(|(index, name, value)| {
            let stays = |index: &usize| self.fates.get(*index) != Some(&Fate::Goes);
            let before = (0..=*index).rev().find(stays)?;
            let before = members.get(before)?;
            Some(document.member_after(style, self.node, before, name, value))
        });
        added.collect()
    }
}
