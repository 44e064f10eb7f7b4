//! The history of undo and redo as texts that can be stored, and back.
//!
//! A stored history is a head and one text for each step, under the step's number. What is stored grows by what was done: a
//! step is written again only when it changed. A history is taken over only when each of its diffs fits the text that it is
//! said to lead to, byte by byte. Where the texts are kept is not known here.

use super::change::invert;
use super::history::{Batch, History, Step};
use super::{Editing, Format};
use asl::text::{Pointer, Span, Step as PointerStep, TextEdit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the texts are written; a history that is written in another way is left alone.
const VERSION: u32 = 1;

/// What is stored beside the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    version: u32,
    /// The number of the oldest step.
    pub first: u64,
    /// The number of the first undone step.
    pub at: u64,
    /// The number after the last undone step.
    pub end: u64,
    /// The text that the done steps lead to.
    text: String,
    /// How that text is written; broken text does not tell.
    notation: Notation,
}

/// What a stored history lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstored {
    /// The head, as a text.
    pub head: String,
    /// The number of the oldest step; older ones are to be forgotten.
    pub first: u64,
    /// The number after the last step; what is stored from there on is to be forgotten.
    pub end: u64,
    /// The steps that are to be written, each under its number.
    pub steps: Vec<(u64, String)>,
}

/// Steps that were stored, all of which fit the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    done: Vec<Step>,
    undone: Vec<Step>,
    first: u64,
    notation: Format,
}

impl Past {
    /// Reads a stored history. None when it is not one, or does not lead from and to exactly `text`.
    pub fn read(head: &str, steps: &[String], text: &str) -> Option<Self> {
        let head: Head = serde_json::from_str(head).ok()?;
        let count = usize::try_from(head.end.checked_sub(head.first)?).ok()?;
        let done = usize::try_from(head.at.checked_sub(head.first)?).ok()?;
        if head.version != VERSION || head.text != text || count != steps.len() || done > count {
            return None;
        }
        let read: Option<Vec<Step>> = (head.first..)
            .zip(steps)
            .map(|(number, step)| StepText::read(step, number))
            .collect();
        let mut done_steps = read?;
        let mut undone = done_steps.split_off(done);
        undone.reverse();
        let past = Self {
            done: done_steps,
            undone,
            first: head.first,
            notation: head.notation.format(),
        };
        past.fits(text).then_some(past)
    }

    /// Whether each diff, back to the first step and on to the last, fits the text that it is made for.
    fn fits(&self, text: &str) -> bool {
        let (mut back, mut on) = (text.to_owned(), text.to_owned());
        let back_fits = self.done.iter().rev().all(|step| {
            let mut batches = step.batches.iter().rev();
            batches.all(|batch| replayed(&mut back, &batch.inverse, &batch.edits))
        });
        back_fits
            && self.undone.iter().rev().all(|step| {
                let mut batches = step.batches.iter();
                batches.all(|batch| replayed(&mut on, &batch.edits, &batch.inverse))
            })
    }
}

/// Makes edits when they fit the text and `counter` takes them back; says whether it did.
fn replayed(text: &mut String, edits: &[TextEdit], counter: &[TextEdit]) -> bool {
    let mut end = 0;
    let is_sound = edits.iter().all(|edit| {
        let is_next = edit.span.start >= end && text.get(edit.span.start..edit.span.end).is_some();
        end = edit.span.end;
        is_next
    });
    if !is_sound || invert(text, edits) != counter {
        return false;
    }
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
    }
    true
}

impl History {
    /// The notation of the text that it began with. `present` is the one of the text that it leads to.
    fn begun_in(&self, present: Format) -> Format {
        let batches = self.done.iter().flat_map(|step| &step.batches);
        let mut changes = batches.filter_map(|batch| batch.notations);
        changes.next().map_or(present, |(before, _)| before)
    }

    /// What a stored history lacks; none when it is this one. `text` is the present one. It counts as stored from then on.
    fn take_unstored(&mut self, text: &str, notation: Format) -> Option<Unstored> {
        let from = self.unstored.take()?.max(self.first);
        let (at, end) = (self.at(), self.end());
        let head = Head {
            version: VERSION,
            first: self.first,
            at,
            end,
            text: text.to_owned(),
            notation: Notation::of(notation),
        };
        let in_order = self.done.iter().chain(self.undone.iter().rev());
        let steps = (self.first..)
            .zip(in_order)
            .filter(|(number, _)| *number >= from);
        Some(Unstored {
            head: serde_json::to_string(&head).ok()?,
            first: self.first,
            end,
            steps: steps
                .filter_map(|(number, step)| Some((number, StepText::write(step, number)?)))
                .collect(),
        })
    }
}

impl Editing {
    /// What a stored history lacks of this one; none when nothing was done since. It counts as stored from then on.
    pub fn take_unstored(&mut self) -> Option<Unstored> {
        let text = self.text().clone();
        let notation = self.notation();
        self.history.take_unstored(&text, notation)
    }

    /// Nothing counts as stored: the whole history is to be written the next time.
    pub fn unstore(&mut self) {
        self.history.unstored = Some(self.history.first);
    }

    /// Goes on with what was done before, which leads to the text that this began with. What was done since comes after it.
    /// Says whether the text is read in another notation since.
    pub fn remember(&mut self, past: Past) -> bool {
        let is_other = past.notation != self.history.begun_in(self.notation());
        if self.history.is_empty() {
            if is_other {
                let document = (**self.document()).clone();
                self.show(super::notation::read_as(document, past.notation));
            }
            self.history = History::of(past.done, past.undone, past.first);
            return is_other;
        }
        if self.history.first == 0 && !is_other {
            self.history.prepend(past.done);
        }
        false
    }
}

/// A step as it is written. Names are short, since there are many.
#[derive(Serialize, Deserialize)]
struct StepText {
    #[serde(rename = "n")]
    number: u64,
    #[serde(rename = "l")]
    label: String,
    #[serde(rename = "b")]
    before: Vec<Vec<Place>>,
    #[serde(rename = "a")]
    after: Vec<Vec<Place>>,
    #[serde(rename = "d")]
    batches: Vec<BatchText>,
}

/// A step of a pointer.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Place {
    Index(usize),
    Key(String),
}

#[derive(Serialize, Deserialize)]
struct BatchText {
    /// Where each edit begins and ends, and what is there afterwards.
    #[serde(rename = "e")]
    edits: Vec<(usize, usize, String)>,
    #[serde(rename = "i")]
    inverse: Vec<(usize, usize, String)>,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    notations: Option<(Notation, Notation)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Notation {
    Json,
    Yaml,
}

impl StepText {
    fn write(step: &Step, number: u64) -> Option<String> {
        let text = Self {
            number,
            label: step.label.clone(),
            before: step.before.iter().map(places).collect(),
            after: step.after.iter().map(places).collect(),
            batches: step.batches.iter().map(BatchText::of).collect(),
        };
        serde_json::to_string(&text).ok()
    }

    /// The step of that number.
    fn read(text: &str, number: u64) -> Option<Step> {
        let text: Self = serde_json::from_str(text).ok()?;
        (text.number == number).then(|| Step {
            label: text.label,
            before: text.before.into_iter().map(pointer).collect(),
            after: text.after.into_iter().map(pointer).collect(),
            batches: text.batches.into_iter().map(BatchText::read).collect(),
            typed: false,
        })
    }
}

fn places(pointer: &Pointer) -> Vec<Place> {
    let place = |step: &PointerStep| match step {
        PointerStep::Index(index) => Place::Index(*index),
        PointerStep::Key(key) => Place::Key(key.to_string()),
    };
    pointer.0.iter().map(place).collect()
}

fn pointer(places: Vec<Place>) -> Pointer {
    let step = |place| match place {
        Place::Index(index) => PointerStep::Index(index),
        Place::Key(key) => PointerStep::Key(Arc::from(key)),
    };
    Pointer(places.into_iter().map(step).collect())
}

impl BatchText {
    fn of(batch: &Batch) -> Self {
        let plain = |edits: &[TextEdit]| {
            let each = edits.iter();
            each.map(|edit| (edit.span.start, edit.span.end, edit.replacement.clone()))
                .collect()
        };
        Self {
            edits: plain(&batch.edits),
            inverse: plain(&batch.inverse),
            notations: batch
                .notations
                .map(|(before, after)| (Notation::of(before), Notation::of(after))),
        }
    }

    fn read(self) -> Batch {
        let edits = |plain: Vec<(usize, usize, String)>| {
            let each = plain.into_iter();
            each.map(|(start, end, text)| TextEdit {
                span: Span { start, end },
                replacement: text,
            })
            .collect()
        };
        Batch {
            edits: edits(self.edits),
            inverse: edits(self.inverse),
            notations: self
                .notations
                .map(|(before, after)| (before.format(), after.format())),
        }
    }
}

impl Notation {
    fn of(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Yaml => Self::Yaml,
        }
    }

    fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Yaml => Format::Yaml,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Kept;
    use super::*;

    const TEXT: &str =
        "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true}}}";

    fn typed(editing: &mut Editing, text: &str) {
        editing.set_text(text, vec!["/States/A".parse().expect("a pointer")]);
        editing.pause();
    }

    fn worked_on() -> Editing {
        let mut editing = Editing::new(TEXT);
        typed(&mut editing, &TEXT.replace("Pass", "Wait"));
        typed(&mut editing, &TEXT.replace("Pass", "Succeed"));
        let yaml = editing.convert(Format::Yaml).expect("whole");
        editing.apply(&yaml, Vec::new()).expect("applies");
        editing
    }

    #[test]
    fn a_history_that_is_stored_and_read_is_the_same_history() {
        let mut editing = worked_on();
        editing.undo();
        let mut kept = Kept::default();
        kept.take(editing.take_unstored());
        let past = kept.read(editing.text()).expect("a history");
        let mut again = Editing::new(editing.text().clone());
        again.remember(past);
        assert_eq!(again.history().undo_label(), Some("Type in the code"));
        again.redo();
        assert_eq!(again.notation(), Format::Yaml);
        for _ in 0..3 {
            let step = again.undo().expect("a step");
            assert!(step.before.len() <= 1);
        }
        assert_eq!(&**again.text(), TEXT);
        assert!(again.undo().is_none());
    }

    #[test]
    fn only_what_changed_is_written() {
        let mut editing = worked_on();
        assert_eq!(editing.take_unstored().map(|it| it.steps.len()), Some(3));
        assert_eq!(editing.take_unstored(), None);
        editing.undo();
        let moved = editing.take_unstored().expect("the head");
        assert!(moved.steps.is_empty() && moved.end == 3);
        typed(&mut editing, TEXT);
        let next = editing.take_unstored().expect("a step");
        let numbers: Vec<u64> = next.steps.iter().map(|(number, _)| *number).collect();
        assert_eq!((numbers, next.end), (vec![2], 3));
        editing.unstore();
        assert_eq!(editing.take_unstored().map(|it| it.steps.len()), Some(3));
    }

    #[test]
    fn a_history_that_leads_elsewhere_or_is_broken_is_dropped() {
        let mut editing = worked_on();
        let mut kept = Kept::default();
        kept.take(editing.take_unstored());
        let text = editing.text().clone();
        assert!(kept.read(&text).is_some());
        assert_eq!(kept.read(&format!("{text} ")), None, "another text");
        let mut lacks = kept.clone();
        lacks.steps.remove(&1);
        assert_eq!(lacks.read(&text), None, "a step is missing");
        let mut other = kept.clone();
        let step = other.steps[&1].replace("Wait", "Fail");
        other.steps.insert(1, step);
        assert_eq!(other.read(&text), None, "a step of another text");
        for head in [
            "",
            "{}",
            "[]",
            &kept.head.replace("\"version\":1", "\"version\":9"),
        ] {
            let unknown = Kept {
                head: head.to_owned(),
                ..kept.clone()
            };
            assert_eq!(unknown.read(&text), None, "{head}");
        }
        kept.steps.insert(0, "{}".to_owned());
        assert_eq!(kept.read(&text), None, "no step");
    }

    #[test]
    fn a_broken_text_stays_in_the_notation_in_which_it_broke() {
        let mut editing = Editing::new(TEXT);
        typed(&mut editing, &format!("x{TEXT}"));
        let mut kept = Kept::default();
        kept.take(editing.take_unstored());
        let mut again = Editing::new(editing.text().clone());
        assert_eq!(again.notation(), Format::Yaml);
        assert!(again.remember(kept.read(editing.text()).expect("a history")));
        assert_eq!(again.notation(), Format::Json);
    }

    #[test]
    fn what_was_done_before_the_past_came_stays_behind_it() {
        let mut editing = worked_on();
        let mut kept = Kept::default();
        kept.take(editing.take_unstored());
        let mut again = Editing::new(editing.text().clone());
        let past = kept.read(again.text()).expect("a history");
        typed(&mut again, TEXT);
        again.remember(past);
        kept.take(again.take_unstored());
        assert_eq!(kept.steps.len(), 4);
        let mut third = Editing::new(again.text().clone());
        third.remember(kept.read(again.text()).expect("a history"));
        for _ in 0..4 {
            third.undo();
        }
        assert_eq!(&**third.text(), TEXT);
    }
}
