//! What commands cannot do without, and the reason when it is missing.

use super::desk::Desk;
use crate::document::{Editing, Part, Refusal};
use crate::dry_run::DryAct;
use crate::text::commands as text;
use asl::text::{Format, Pointer};
use leptos::prelude::*;

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The pipeline can be changed here.
    Editable,
    /// The text has no fault.
    Whole,
    /// A state is selected.
    State,
    /// States are selected.
    States,
    /// A way is selected.
    Way,
    /// A state of a group is selected.
    Group,
    /// States or a way are selected.
    Selection,
    /// The selected states have one way in and one way out.
    Stretch,
    /// A state is selected that can have one more of these; the text has no fault.
    Part(Part),
    /// The selected state is a Task.
    Task,
    /// A state with states inside is selected.
    Container,
    /// The drawing is shown.
    Canvas,
    /// The page is wide enough for the inspector.
    Inspector,
    /// The page is the studio.
    Page,
    /// The selected state is written in JSONPath.
    StateInPaths,
    /// A state is written in JSONPath.
    InPaths,
    /// The text is in another notation.
    Otherwise(Format),
    /// The server has the pipeline.
    Deployed,
    /// The dry run can do this now.
    DryRun(DryAct),
    /// There is a step to take back.
    Undo,
    /// There is a step to do again.
    Redo,
}

impl Need {
    /// Whether it is met now, or why not.
    pub(super) fn check(self, desk: Desk) -> Result<(), String> {
        let session = desk.session;
        let selection = session.selection().get_untracked();
        let tried = |verb: fn(&Editing, &[Pointer]) -> Result<(), Refusal>| {
            let asked = session.consider(|editing| verb(editing, &selection.states));
            asked.map_err(|refusal| refusal.to_string())
        };
        let held =
            |is_met: bool, reason: &str| is_met.then_some(()).ok_or_else(|| reason.to_owned());
        match self {
            Self::Editable => held(!desk.read_only.get_untracked(), text::NEEDS_EDITABLE),
            Self::Whole => tried(|editing, _| editing.whole()),
            Self::State | Self::States => held(!selection.states.is_empty(), text::NEEDS_STATE),
            Self::Group => held(desk.group().is_some(), text::NEEDS_GROUP),
            Self::Way => held(selection.way.is_some(), text::NEEDS_WAY),
            Self::Selection => held(
                !selection.states.is_empty() || selection.way.is_some(),
                text::NEEDS_SELECTION,
            ),
            Self::Stretch => tried(|editing, states| editing.wrap_in_parallel(states).map(|_| ())),
            Self::Part(part) => desk.may_add(part),
            Self::Task => held(desk.is_task(), text::NEEDS_TASK),
            Self::Container => held(desk.container().is_some(), text::NEEDS_CONTAINER),
            Self::Canvas => held(
                desk.canvas.with_untracked(Option::is_some),
                text::NEEDS_CANVAS,
            ),
            Self::Inspector => held(!desk.read_only.get_untracked(), text::NEEDS_INSPECTOR),
            Self::Page => held(desk.page.is_some(), text::NEEDS_PAGE),
            Self::StateInPaths => held(
                desk.is_in_paths(&selection.states),
                text::NEEDS_STATE_IN_PATHS,
            ),
            Self::InPaths => held(desk.is_in_paths(&desk.all()), text::NEEDS_IN_PATHS),
            Self::Otherwise(notation) => {
                let present = session
                    .document()
                    .with_untracked(|document| document.format());
                held(present != notation, text::NEEDS_OTHER_NOTATION)
            }
            Self::Deployed => held(desk.is_deployed(), text::NEEDS_DEPLOYED),
            Self::DryRun(act) => desk
                .dry_run_refusal(act)
                .map_or(Ok(()), |why| Err(why.to_owned())),
            Self::Undo => held(untrack(|| session.can_undo()), text::NEEDS_UNDO),
            Self::Redo => held(untrack(|| session.can_redo()), text::NEEDS_REDO),
        }
    }
}
