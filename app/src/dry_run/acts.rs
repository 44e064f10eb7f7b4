//! What the dry run is asked to do, by its bar or by commands, and why it cannot. Deciding is pure.

use super::runner::{Runner, Until};
use crate::text::dry_run as text;
use asl::dry_run::Status as RunStatus;
use leptos::prelude::*;

/// Something that the dry run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DryAct {
    /// Runs to the next breakpoint.
    Run,
    /// Runs to the end.
    RunToEnd,
    /// Takes one step.
    Step,
    /// Steps into the next state.
    StepInto,
    /// Takes one step back.
    StepBack,
    /// Gives the run up.
    StartOver,
    /// Stops a run that is at work.
    Stop,
    /// Shows the sample results.
    Samples,
    /// Shows what such runs cost.
    Cost,
}

/// How a run stands, as far as it decides what can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Standing {
    begun: bool,
    busy: bool,
    over: bool,
    waits: bool,
    position: usize,
    transitions: usize,
}

impl DryAct {
    /// Why it cannot be done where no run has begun.
    pub(crate) fn refused_before_begin(self) -> Option<&'static str> {
        self.refused(Standing::default())
    }

    /// Why it cannot be done.
    fn refused(self, run: Standing) -> Option<&'static str> {
        let lacks = |met: bool, why| (!met).then_some(why);
        match self {
            Self::Samples => None,
            Self::StartOver => lacks(run.begun, text::NOT_BEGUN),
            Self::Stop => lacks(run.busy, text::NOT_AT_WORK),
            _ if run.busy => Some(text::STILL_AT_WORK),
            Self::Cost => lacks(run.transitions > 0, text::NOT_BEGUN),
            Self::StepBack if !run.begun => Some(text::NOT_BEGUN),
            Self::StepBack => lacks(run.position > 0, text::AT_START),
            Self::Run | Self::RunToEnd | Self::Step | Self::StepInto => match run {
                Standing { over: true, .. } => Some(text::OVER),
                Standing { waits: true, .. } => Some(text::WAITS),
                _ => None,
            },
        }
    }
}

impl Runner {
    fn standing(self) -> Standing {
        Standing {
            begun: self.begun.get(),
            busy: self.busy.get(),
            over: matches!(
                self.status.get(),
                Some(RunStatus::Finished(_) | RunStatus::Exhausted)
            ),
            waits: !self.asks.with(Vec::is_empty),
            position: self.position.get(),
            transitions: self.transitions.get(),
        }
    }

    /// Why something cannot be done now; tracked.
    pub(super) fn refusal(self, act: DryAct) -> Option<&'static str> {
        act.refused(self.standing())
    }

    /// Does what concerns the run itself; the bar shows the rest.
    pub(super) fn carry_out(self, act: DryAct) {
        match act {
            DryAct::Run => self.go(Until::Breakpoint),
            DryAct::RunToEnd => self.go(Until::End),
            DryAct::Step => self.act(|run| {
                run.step();
            }),
            DryAct::StepInto => self.act(|run| {
                run.step_state();
            }),
            DryAct::StepBack => self.act(|run| run.go_to(run.position().saturating_sub(1))),
            DryAct::StartOver => {
                self.reset();
                self.trouble.set(None);
            }
            DryAct::Stop => self.halt(),
            DryAct::Samples | DryAct::Cost => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_it_has_begun_a_run_can_be_begun_and_given_samples() {
        let begins = [
            DryAct::Run,
            DryAct::RunToEnd,
            DryAct::Step,
            DryAct::StepInto,
            DryAct::Samples,
        ];
        for act in begins {
            assert_eq!(act.refused_before_begin(), None, "{act:?}");
        }
        for act in [DryAct::Cost, DryAct::StepBack, DryAct::StartOver] {
            assert_eq!(act.refused_before_begin(), Some(text::NOT_BEGUN));
        }
    }

    #[test]
    fn a_run_at_work_is_only_stopped_or_given_up() {
        let busy = Standing {
            begun: true,
            busy: true,
            position: 3,
            transitions: 2,
            ..Standing::default()
        };
        for act in [DryAct::Stop, DryAct::StartOver, DryAct::Samples] {
            assert_eq!(act.refused(busy), None, "{act:?}");
        }
        for act in [DryAct::Run, DryAct::StepBack, DryAct::Cost] {
            assert_eq!(act.refused(busy), Some(text::STILL_AT_WORK));
        }
    }

    #[test]
    fn a_run_that_is_over_or_waits_goes_back_but_not_on() {
        let stood = Standing {
            begun: true,
            position: 3,
            transitions: 2,
            ..Standing::default()
        };
        let over = Standing {
            over: true,
            ..stood
        };
        let waits = Standing {
            waits: true,
            ..stood
        };
        for (run, why) in [(over, text::OVER), (waits, text::WAITS)] {
            assert_eq!(DryAct::Step.refused(run), Some(why));
            assert_eq!(DryAct::StepBack.refused(run), None);
            assert_eq!(DryAct::Cost.refused(run), None);
        }
    }
}
