//! Undo and redo as diffs of the text. Selection, zoom and hover never enter it.
//!
//! A gesture (a drag, typing without a pause) is one step; cancelling a gesture leaves neither an undo nor a redo step.

use super::change::Change;
use asl::text::{Format, Pointer, TextEdit};

/// One step that undo takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it did, in words.
    pub label: String,
    /// What was selected before.
    pub before: Vec<Pointer>,
    /// What was selected after.
    pub after: Vec<Pointer>,
    batches: Vec<Batch>,
    typed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Batch {
    edits: Vec<TextEdit>,
    inverse: Vec<TextEdit>,
    notations: Option<(Format, Format)>,
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
}

/// The steps done and undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// How many steps there were when the open gesture began.
    mark: Option<usize>,
}

impl History {
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
            last.batches.push(batch);
            last.after.clone_from(&change.select);
            return;
        }
        self.done.push(Step {
            label: change.label.clone(),
            before,
            after: change.select.clone(),
            batches: vec![batch],
            typed,
        });
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
        self.done.push(first);
    }

    /// Gives up the gesture: the steps to take back, latest first. They are forgotten.
    pub fn cancel(&mut self) -> Vec<Step> {
        let Some(mark) = self.mark.take() else {
            return Vec::new();
        };
        let mut steps = self.done.split_off(mark.min(self.done.len()));
        steps.reverse();
        steps
    }

    /// The step to take back; it moves to the redo side.
    pub fn undo(&mut self) -> Option<Step> {
        self.mark = None;
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// The step to do again; it moves back to the undo side.
    pub fn redo(&mut self) -> Option<Step> {
        self.mark = None;
        let mut step = self.undone.pop()?;
        step.typed = false;
        self.done.push(step.clone());
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
