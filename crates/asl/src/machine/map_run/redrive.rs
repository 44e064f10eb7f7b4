//! Redriving a map run: its children without success go on or start again, those that had not begun begin, and what
//! succeeded is kept (feature map, RED-06).
//!
//! The map run does not know which of its children had no success: it asks for as many of them as there is room for, in the
//! order of their numbers, and remembers the last one. So its state does not grow with their number, and a child that fails
//! again is not found again.

use super::progress::{Pending, Phase, Redrive};
use super::step::{SHARE, Turn, is_success};
use super::{Effect, Unsuccessful};

impl Redrive {
    /// What was asked and not answered yet.
    pub(super) fn question(&self) -> Option<Effect> {
        let pending = self.pending.as_ref()?;
        Some(Effect::FindUnsuccessful {
            redrive_count: self.count,
            after: pending.after,
            most: pending.asked?,
        })
    }
}

impl Turn<'_, '_> {
    /// The execution goes on with this map run.
    pub(super) fn redrive(&mut self, redrive_count: u32) {
        let progress = &mut self.map_run.progress;
        if redrive_count <= progress.redrive.count {
            return;
        }
        match (&progress.phase, &progress.stopping) {
            // It was over before the execution could know.
            (Phase::Ended(end), _) if is_success(end) => {
                let end = end.clone();
                self.note_redrive(redrive_count);
                self.effects.push(Effect::Finish(end));
            }
            (Phase::Ended(_), _) => self.reopen(redrive_count),
            // It was never told that nobody waited for it.
            (_, None) => self.note_redrive(redrive_count),
            (_, Some(_)) => progress.redrive.asked = Some(redrive_count),
        }
    }

    fn note_redrive(&mut self, redrive_count: u32) {
        let redrive = &mut self.map_run.progress.redrive;
        redrive.count = redrive_count;
        redrive.at_ms = Some(self.run.now_ms);
        redrive.asked = None;
    }

    /// Goes on after the end. A map run that had no child yet reads its items again.
    pub(super) fn reopen(&mut self, redrive_count: u32) {
        self.note_redrive(redrive_count);
        let progress = &mut self.map_run.progress;
        progress.stopping = None;
        progress.written = (0, 0);
        progress.redrive.not_redrivable = (0, 0);
        if progress.next_child == 0 {
            if self.map_run.plan.reader.is_some() {
                progress.total = 0;
                self.map_run.items = None;
            }
            return self.begin();
        }
        progress.phase = Phase::Running;
        progress.redrive.pending = (progress.children.unsuccessful() > 0).then(|| Pending {
            after: None,
            asked: None,
            items: progress.items.take_unsuccessful(),
            children: progress.children.take_unsuccessful(),
        });
    }

    /// Asks for the next children that wait to be redriven, as far as there is room; `false` when none waits.
    pub(super) fn ask_for_unsuccessful(&mut self) -> bool {
        let most = u32::try_from(SHARE).unwrap_or(u32::MAX).min(self.room());
        let redrive = &mut self.map_run.progress.redrive;
        let Some(pending) = &mut redrive.pending else {
            return false;
        };
        if pending.asked.is_none() && most > 0 {
            pending.asked = Some(most);
            self.effects.extend(redrive.question());
        }
        true
    }

    /// Redrives the children that were found.
    pub(super) fn found_unsuccessful(&mut self, redrive_count: u32, children: &[Unsuccessful]) {
        let redrive = &mut self.map_run.progress.redrive;
        if redrive_count != redrive.count {
            return;
        }
        let pending = redrive.pending.as_mut();
        let Some(most) = pending.and_then(|pending| pending.asked.take()) else {
            return;
        };
        for child in children {
            self.redrive_child(child);
        }
        if children.len() < most as usize {
            self.give_up_pending();
        }
        let total = self.total();
        self.check_tolerance(total);
    }

    fn redrive_child(&mut self, found: &Unsuccessful) {
        let is_express = self.map_run.plan.is_express();
        let progress = &mut self.map_run.progress;
        let Some(pending) = &mut progress.redrive.pending else {
            return;
        };
        pending.after = Some(found.child);
        let items = pending.items.give(found.how, u64::from(found.items));
        let children = pending.children.give(found.how, 1);
        if !is_express && !found.is_redrivable {
            progress.items.add(&items);
            progress.children.add(&children);
            progress.redrive.not_redrivable.0 += u64::from(found.items);
            progress.redrive.not_redrivable.1 += 1;
            return;
        }
        let child = found.child;
        progress.active.insert(child, found.items);
        self.effects.push(if is_express {
            Effect::RestartChild { child }
        } else {
            Effect::RedriveChild { child }
        });
    }

    /// Nothing waits to be redriven any more: what did is as it had ended.
    pub(super) fn give_up_pending(&mut self) {
        let progress = &mut self.map_run.progress;
        if let Some(pending) = progress.redrive.pending.take() {
            progress.items.add(&pending.items);
            progress.children.add(&pending.children);
        }
    }
}
