//! Undo and redo as diffs of the text. Selection, zoom and hover never enter it.
//!
//! A gesture (a drag, typing without a pause) is one step; cancelling a gesture leaves neither an undo nor a redo step.
//! Only so many steps are remembered, the oldest go first. Each has a number that it keeps, so that what is stored of the
//! history (`journal.rs`) grows by what was done and is not written anew.

use super::change::Change;
use asl::text::{Format, Pointer, Span, TextEdit};

/// The most steps that are remembered.
pub const MOST_STEPS: usize = 1000;
/// The most bytes of diffs that are remembered. The latest step stays, however large.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// One step that undo takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it did, in words.
    pub label: String,
    /// What was selected before.
    pub before: Vec<Pointer>,
    /// What was selected after.
    pub after: Vec<Pointer>,
    pub(super) batches: Vec<Batch>,
    pub(super) typed: bool,
}

/// Edits that were made at once, and those that take them back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) edits: Vec<TextEdit>,
    pub(super) inverse: Vec<TextEdit>,
    pub(super) notations: Option<(Format, Format)>,
}

impl Batch {
    /// Takes in an edit of what this one has written, or of what touches it, so that a word that is typed is one edit.
    /// Says whether it could.
    fn take_in(&mut self, next: &Self) -> bool {
        let ([edit], [old], [then], [gone]) = (
            self.edits.as_mut_slice(),
            self.inverse.as_mut_slice(),
            next.edits.as_slice(),
            next.inverse.as_slice(),
        ) else {
            return false;
        };
        let written = old.span;
        let touches = then.span.start <= written.end && then.span.end >= written.start;
        if !touches || self.notations.is_some() || next.notations.is_some() {
            return false;
        }
        let before = written.start.saturating_sub(then.span.start);
        let after = then.span.end.saturating_sub(written.end);
        let kept_head = then.span.start.saturating_sub(written.start);
        let kept_tail = written.end.saturating_sub(then.span.end);
        let Some(text) = spliced(edit, (kept_head, kept_tail), &then.replacement) else {
            return false;
        };
        let (Some(head), Some(tail)) = (
            gone.replacement.get(..before),
            gone.replacement.get(gone.replacement.len() - after..),
        ) else {
            return false;
        };
        old.replacement = format!("{head}{}{tail}", old.replacement);
        edit.span = Span::new(edit.span.start - before, edit.span.end + after);
        old.span = Span::new(edit.span.start, edit.span.start + text.len());
        edit.replacement = text;
        true
    }

    fn bytes(&self) -> usize {
        let edits = self.edits.iter().chain(&self.inverse);
        edits
            .map(|edit| edit.replacement.len() + size_of::<TextEdit>())
            .sum()
    }
}

/// What an edit writes, with its middle replaced.
fn spliced(edit: &TextEdit, (head, tail): (usize, usize), middle: &str) -> Option<String> {
    let written = &edit.replacement;
    let head = written.get(..head)?;
    let tail = written.get(written.len().checked_sub(tail)?..)?;
    Some(format!("{head}{middle}{tail}"))
}

impl Step {
    /// The diffs that do the step again, one after the other, each with the notation that it leads to when that is another.
    pub fn forward(&self) -> impl Iterator<Item = (&[TextEdit], Option<Format>)> {
        self.batches.iter().map(|batch| {
            let after = batch.notations.map(|(_, after)| after);
            (batch.edits.as_slice(), after)
        })
    }

    /// The diffs that take the step back, one after the other; see [`Self::forward`].
    pub fn backward(&self) -> impl Iterator<Item = (&[TextEdit], Option<Format>)> {
        self.batches.iter().rev().map(|batch| {
            let before = batch.notations.map(|(before, _)| before);
            (batch.inverse.as_slice(), before)
        })
    }

    fn bytes(&self) -> usize {
        self.batches.iter().map(Batch::bytes).sum()
    }
}

/// The steps done and undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub(super) done: Vec<Step>,
    pub(super) undone: Vec<Step>,
    /// How many steps there were when the open gesture began.
    mark: Option<usize>,
    /// The number of the oldest step.
    pub(super) first: u64,
    /// The lowest number from which on the stored history differs; none when it is this one.
    pub(super) unstored: Option<u64>,
}

impl History {
    /// Steps that were stored: those done, those undone (the next to be done last), and the number of the oldest.
    pub(super) fn of(done: Vec<Step>, undone: Vec<Step>, first: u64) -> Self {
        Self {
            done,
            undone,
            first,
            mark: None,
            unstored: None,
        }
    }

    /// Goes on with steps that were done before, in front of what was done since. Nothing of it counts as stored then.
    pub(super) fn prepend(&mut self, mut earlier: Vec<Step>) {
        self.mark = self.mark.map(|mark| mark + earlier.len());
        earlier.append(&mut self.done);
        self.done = earlier;
        self.unstored = Some(self.first);
        self.trim();
    }

    /// Whether nothing was done since the beginning.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty() && self.first == 0
    }

    /// The number of the next step that is done.
    pub(super) fn at(&self) -> u64 {
        self.first + self.done.len() as u64
    }

    /// The number after the last step.
    pub(super) fn end(&self) -> u64 {
        self.at() + self.undone.len() as u64
    }

    /// The stored history differs from this number on.
    fn touch(&mut self, number: u64) {
        self.unstored = Some(self.unstored.map_or(number, |lowest| lowest.min(number)));
    }

    /// Forgets the oldest steps when there are too many. A gesture keeps all of its own.
    fn trim(&mut self) {
        let mut bytes: usize = self.done.iter().map(Step::bytes).sum();
        let mut surplus = 0;
        while self.mark.is_none()
            && surplus + 1 < self.done.len()
            && (self.done.len() - surplus > MOST_STEPS || bytes > MOST_BYTES)
        {
            bytes -= self.done[surplus].bytes();
            surplus += 1;
        }
        self.done.drain(..surplus);
        self.first += surplus as u64;
    }

    /// Records a change; typing right after typing joins the same step. Redo is cut off.
    pub fn record(&mut self, change: &Change, before: Vec<Pointer>, typed: bool) {
        self.undone.clear();
        let batch = Batch {
            edits: change.edits.clone(),
            inverse: change.inverse.clone(),
            notations: change.notations,
        };
        if let Some(last) = self
            .done
            .last_mut()
            .filter(|last| typed && last.typed && joins(last, &batch))
        {
            let is_taken_in = last.batches.last_mut().is_some_and(|it| it.take_in(&batch));
            if !is_taken_in {
                last.batches.push(batch);
            }
            last.after.clone_from(&change.select);
            self.touch(self.at() - 1);
            return;
        }
        self.touch(self.at());
        self.done.push(Step {
            label: change.label.clone(),
            before,
            after: change.select.clone(),
            batches: vec![batch],
            typed,
        });
        self.trim();
    }

    /// Ends the present run of typing: the next character begins a step of its own.
    pub fn pause(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.typed = false;
        }
    }

    /// Begins a gesture; its changes will be one step.
    pub fn begin(&mut self) {
        self.pause();
        self.mark.get_or_insert(self.done.len());
    }

    /// Ends the gesture: what it did becomes one step named `label`.
    pub fn commit(&mut self, label: &str) {
        let Some(mark) = self.mark.take() else { return };
        let steps = self.done.split_off(mark.min(self.done.len()));
        let mut steps = steps.into_iter();
        let Some(mut first) = steps.next() else {
            return;
        };
        for step in steps {
            first.batches.extend(step.batches);
            first.after = step.after;
        }
        first.label = label.to_owned();
        first.typed = false;
        self.touch(self.at());
        self.done.push(first);
        self.trim();
    }

    /// Gives up the gesture: the steps to take back, latest first. They are forgotten.
    pub fn cancel(&mut self) -> Vec<Step> {
        let Some(mark) = self.mark.take() else {
            return Vec::new();
        };
        let mut steps = self.done.split_off(mark.min(self.done.len()));
        steps.reverse();
        self.touch(self.at());
        steps
    }

    /// The step to take back; it moves to the redo side.
    pub fn undo(&mut self) -> Option<Step> {
        self.mark = None;
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        self.touch(self.end());
        Some(step)
    }

    /// The step to do again; it moves back to the undo side.
    pub fn redo(&mut self) -> Option<Step> {
        self.mark = None;
        let mut step = self.undone.pop()?;
        step.typed = false;
        self.done.push(step.clone());
        self.touch(self.end());
        Some(step)
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}

/// Whether typing continues where the last typing ended.
fn joins(last: &Step, batch: &Batch) -> bool {
    let end = last
        .batches
        .last()
        .and_then(|batch| batch.inverse.last())
        .map(|edit| edit.span);
    let start = batch.edits.first().map(|edit| edit.span);
    match (end, start) {
        (Some(end), Some(start)) => start.start <= end.end && start.end + 1 >= end.start,
        (None, _) | (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::text::Span;

    fn change(start: usize, end: usize, old: &str, new: &str) -> Change {
        Change {
            edits: vec![TextEdit {
                span: Span { start, end },
                replacement: new.to_owned(),
            }],
            inverse: vec![TextEdit {
                span: Span {
                    start,
                    end: start + new.len(),
                },
                replacement: old.to_owned(),
            }],
            label: "Type".to_owned(),
            ..Change::default()
        }
    }

    #[test]
    fn typing_without_a_pause_is_one_step() {
        let mut history = History::default();
        for at in 0..5 {
            history.record(&change(at, at, "", "x"), Vec::new(), true);
        }
        assert!(history.undo().is_some());
        assert!(history.undo().is_none());
    }

    #[test]
    fn a_word_that_is_typed_and_mended_is_one_edit() {
        let mut history = History::default();
        // Over "cd" of "abcdef": "x", then "y", then both go with the "b", then "Z".
        history.record(&change(2, 4, "cd", "x"), Vec::new(), true);
        history.record(&change(3, 3, "", "y"), Vec::new(), true);
        history.record(&change(1, 4, "bxy", ""), Vec::new(), true);
        history.record(&change(1, 2, "e", "Z"), Vec::new(), true);
        let step = history.undo().expect("a step");
        let (edits, _) = step.forward().next().expect("a batch");
        assert_eq!(edits, change(1, 5, "bcde", "Z").edits);
        let (inverse, _) = step.backward().next().expect("a batch");
        assert_eq!(inverse, change(1, 5, "bcde", "Z").inverse);
        assert_eq!(step.forward().count(), 1);
    }

    #[test]
    fn the_oldest_steps_go_first_and_the_others_keep_their_numbers() {
        let mut history = History::default();
        for _ in 0..MOST_STEPS + 5 {
            history.record(&change(0, 0, "", "x"), Vec::new(), false);
        }
        assert_eq!((history.first, history.done.len()), (5, MOST_STEPS));
        let large = "x".repeat(MOST_BYTES);
        history.record(&change(0, 0, "", &large), Vec::new(), false);
        assert_eq!(history.done.len(), 1);
        assert_eq!(history.at(), MOST_STEPS as u64 + 6);
    }

    #[test]
    fn typing_elsewhere_begins_a_step() {
        let mut history = History::default();
        history.record(&change(0, 0, "", "x"), Vec::new(), true);
        history.record(&change(90, 90, "", "x"), Vec::new(), true);
        assert!(history.undo().is_some());
        assert!(history.undo().is_some());
    }

    #[test]
    fn a_gesture_is_one_step_and_cancelling_it_leaves_none() {
        let mut history = History::default();
        history.begin();
        history.record(&change(0, 0, "", "a"), Vec::new(), false);
        history.record(&change(5, 5, "", "b"), Vec::new(), false);
        history.commit("Move Train");
        assert_eq!(history.undo_label(), Some("Move Train"));
        history.begin();
        history.record(&change(0, 0, "", "a"), Vec::new(), false);
        assert_eq!(history.cancel().len(), 1);
        assert_eq!(history.undo_label(), Some("Move Train"));
        assert_eq!(history.redo_label(), None);
    }

    #[test]
    fn a_new_edit_cuts_off_redo() {
        let mut history = History::default();
        history.record(&change(0, 0, "", "a"), Vec::new(), false);
        history.undo();
        history.record(&change(0, 0, "", "b"), Vec::new(), false);
        assert_eq!(history.redo_label(), None);
    }
}
