//! What the editor asks and commands: questions go to [`super::help`], changes to the session.

use super::help;
use super::pane::Pane;
use crate::document::{Change, Editing, invert};
use crate::session::Ask;
use crate::text::code as words;
use asl::text::Pointer;
use leptos::prelude::*;
use serde::Serialize;

/// A fix of a finding, by its place in the list of findings.
#[derive(Serialize)]
struct Mending {
    index: usize,
    label: String,
}

/// What a new name was answered with; nothing when it was taken over.
#[derive(Serialize)]
struct Refused {
    error: String,
}

impl Pane {
    /// The answer to a question of the editor, as JSON.
    pub(super) fn answer(self, what: &str, at: u32, word: &str) -> Option<String> {
        let ruler = self.ruler();
        match what {
            "complete" => json(&help::offers(&ruler, at, &self.knowledge())),
            "hover" => json(&help::explained(&ruler, at, &self.knowledge())?),
            "call" => json(&help::call(&ruler, at)?),
            "named" => json(&help::named(&ruler, at)?),
            "around" => json(&help::around(&ruler, at)),
            "fixes" => json(&self.fixes(at)),
            "rename" => json(&Refused {
                error: self.rename(at, word).err()?,
            }),
            _ => None,
        }
    }

    /// Does what the editor commands.
    pub(super) fn command(self, name: &str) {
        match name {
            "undo" => self.session.undo(),
            "redo" => self.session.redo(),
            "format" => self.format(),
            "reveal" => self.reveal(),
            _ => {}
        }
    }

    /// Lays the text out in the usual way, as one step; the cursor stays.
    pub(super) fn format(self) {
        self.flush();
        match self.session.consider(Editing::format) {
            Ok(change) if change.is_empty() => self.session.say(words::FORMATTED_ALREADY),
            Ok(change) => {
                self.perform(&change);
            }
            Err(refusal) => {
                self.session.edit(|_| Err(refusal));
            }
        }
    }

    /// Brings the selected state into view on the canvas, when there is one beside the code.
    fn reveal(self) {
        let state = self.session.selection().get_untracked().primary().cloned();
        if let Some(state) = state.filter(|_| self.beside.get_untracked()) {
            self.session.ask().set(Some(Ask::Reveal(state)));
        }
    }

    /// Gives the state or variable at a place another name, with all its uses, as one step. Says why when it cannot.
    fn rename(self, at: u32, name: &str) -> Result<(), String> {
        let ruler = self.ruler();
        let byte = ruler.byte(at);
        let change = match self.state_named_at(byte) {
            Some(state) => {
                let renamed = self
                    .session
                    .consider(|editing| editing.rename(&state, name));
                renamed.map_err(|refusal| refusal.to_string())?
            }
            None => self.renamed_variable(byte, name)?,
        };
        self.perform(&change);
        Ok(())
    }

    /// The state that is named at a byte offset: by its key, or where something leads to it.
    fn state_named_at(self, byte: usize) -> Option<Pointer> {
        let names = asl::editor::references(self.ruler().text(), byte)?;
        let definition = names.definitions.first()?;
        self.session.outline().with_untracked(|outline| {
            let state = outline
                .states
                .iter()
                .find(|state| state.name_span == *definition)?;
            Some(state.pointer.clone())
        })
    }

    fn renamed_variable(self, byte: usize, name: &str) -> Result<Change, String> {
        let ruler = self.ruler();
        let text = ruler.text();
        let whole = self.session.consider(Editing::whole);
        whole.map_err(|refusal| refusal.to_string())?;
        let mut edits =
            asl::editor::rename(text, byte, name).map_err(|error| sentence(&error.to_string()))?;
        edits.sort_by_key(|edit| edit.span);
        Ok(Change {
            inverse: invert(text, &edits),
            edits,
            label: words::rename(name),
            ..Change::default()
        })
    }

    /// The fixes of what is found at a place, else of what is found in its line.
    fn fixes(self, at: u32) -> Vec<Mending> {
        let ruler = self.ruler();
        let byte = ruler.byte(at);
        let line = ruler.line_at(byte);
        self.session.diagnostics().with_untracked(|findings| {
            let all = findings.iter().enumerate().filter_map(|(index, finding)| {
                let label = finding.fix.as_ref()?.label.clone();
                Some((finding.span, Mending { index, label }))
            });
            let in_line = all.filter(|(span, _)| span.start <= line.end && span.end >= line.start);
            let (here, beside): (Vec<_>, Vec<_>) =
                in_line.partition(|(span, _)| span.touches(byte));
            let chosen = if here.is_empty() { beside } else { here };
            chosen.into_iter().map(|(_, mending)| mending).collect()
        })
    }
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), characters.as_str())
}

fn json<T: Serialize>(answer: &T) -> Option<String> {
    serde_json::to_string(answer).ok()
}
