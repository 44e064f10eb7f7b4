//! What is measured, without a clock: each piece of work is prepared once and can then be done again and again.

use crate::definitions::{self, Language};
use crate::world::identity;
use asl::check::{Diagnostic, MachineType, check, check_outlined};
use asl::definition::StateMachine;
use asl::dry_run::{DryRun, Options, mocks::Case};
use asl::graph::Outlined;
use asl::history::{Event, EventKind, StateEvent};
use asl::machine::{Effect, Execution, Input, Moment, step};
use asl::text::{Document, Step};
use std::sync::Arc;

/// A piece of work by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reading and checking a definition of 1 MiB.
    CheckLarge,
    /// One edit of a definition of 200 states: the new text, its outline and its findings.
    CheckAfterEdit,
    /// Ten Pass states that hand on 1 kB.
    Chain(Language),
    /// Ten Pass states that make a new output from 1 kB.
    WorkingChain(Language),
    /// A dry run of a loop, to the end of its history.
    Loop(Language),
}

/// Work that is ready to be done.
#[derive(Debug)]
pub enum Work {
    /// Reads and checks this text.
    Check(Arc<str>),
    /// Renames a state of this document.
    Edit(Document),
    /// Runs this machine on this input.
    Run(StateMachine, Arc<str>),
    /// Dry-runs this machine on this input.
    DryRun(Arc<StateMachine>, Arc<str>),
}

impl Kind {
    /// All pieces of work.
    pub const ALL: [Kind; 8] = [
        Kind::CheckLarge,
        Kind::CheckAfterEdit,
        Kind::Chain(Language::JsonPath),
        Kind::Chain(Language::Jsonata),
        Kind::WorkingChain(Language::JsonPath),
        Kind::WorkingChain(Language::Jsonata),
        Kind::Loop(Language::JsonPath),
        Kind::Loop(Language::Jsonata),
    ];

    /// The name by which tables and JavaScript know it.
    pub fn name(self) -> String {
        match self {
            Self::CheckLarge => "check 1 MiB".to_owned(),
            Self::CheckAfterEdit => "check after an edit".to_owned(),
            Self::Chain(language) => format!("chain, {}", language.name()),
            Self::WorkingChain(language) => format!("working chain, {}", language.name()),
            Self::Loop(language) => format!("loop, {}", language.name()),
        }
    }

    /// Makes its texts, documents and machines.
    ///
    /// # Errors
    ///
    /// When a generated definition cannot be run, which is a fault of [`definitions`].
    pub fn prepare(self) -> Result<Work, String> {
        let text = || Arc::from(definitions::payload(1_000));
        Ok(match self {
            Self::CheckLarge => Work::Check(Arc::from(definitions::of_size(1 << 20))),
            Self::CheckAfterEdit => Work::Edit(Document::parse(definitions::of_states(200))),
            Self::Chain(language) => Work::Run(machine(definitions::chain(language))?, text()),
            Self::WorkingChain(language) => {
                Work::Run(machine(definitions::working_chain(language))?, text())
            }
            Self::Loop(language) => {
                let machine = machine(definitions::counting_loop(language))?;
                Work::DryRun(Arc::new(machine), text())
            }
        })
    }
}

impl Work {
    /// Does it once, and says how many of its units that were: findings looked for, edits, or transitions.
    pub fn run(&self) -> usize {
        match self {
            Self::Check(text) => {
                let found = check(&Document::parse(text.clone()), MachineType::Standard);
                // The largest are longer than AWS takes; everything else about them is right.
                let is_length = |finding: &Diagnostic| finding.code == "DEFINITION_TOO_LONG";
                assert!(
                    found.iter().all(is_length),
                    "a generated definition has a finding"
                );
                1
            }
            Self::Edit(document) => edit(document),
            Self::Run(machine, input) => run(machine, input.clone(), |_| {}),
            Self::DryRun(machine, input) => dry_run(machine.clone(), input.clone()),
        }
    }
}

/// Builds a machine.
///
/// # Errors
///
/// What keeps the text from being run.
pub fn machine(text: String) -> Result<StateMachine, String> {
    let said = |errors: Vec<asl::definition::DefinitionError>| {
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        texts.join("; ")
    };
    StateMachine::build(&Document::parse(text)).map_err(said)
}

fn edit(document: &Document) -> usize {
    let place = ["States", "Settle 5", "Next"].map(|name| Step::Key(Arc::from(name)));
    let value = serde_json::json!("Report 4");
    let edits = document.set(&asl::text::Pointer(place.to_vec()), &value, None);
    let Ok(edited) = edits.and_then(|edits| document.apply(&edits)) else {
        return 0;
    };
    let outlined = Outlined::of(Arc::new(edited));
    let found = check_outlined(&outlined, MachineType::Standard);
    usize::from(!outlined.outline().states.is_empty()) + found.len()
}

/// Runs a machine without tasks to its end; its events are shown and dropped, as a server does that writes them down. Gives the states entered.
pub fn run(machine: &StateMachine, input: Arc<str>, mut see: impl FnMut(&[Event])) -> usize {
    let mut execution = Execution::new(machine, identity(), input);
    let mut next = Some(Input::Start);
    let mut entered = 0;
    while let Some(input) = next.take() {
        let moment = Moment {
            now_ms: START_MS,
            entropy: [7; 32],
        };
        let outcome = step(machine, &mut execution, input, moment);
        entered += count_entered(&outcome.events);
        see(&outcome.events);
        next = outcome.effects.iter().find_map(|effect| match effect {
            Effect::SetTimer { timer, .. } => Some(Input::TimerFired { timer: *timer }),
            _ => None,
        });
    }
    entered
}

/// Dry-runs a machine to its end and gives the states entered.
pub fn dry_run(machine: Arc<StateMachine>, input: Arc<str>) -> usize {
    let options = Options {
        start_ms: START_MS,
        seed: 7,
        machine_name: "measured".to_owned(),
        max_steps: 100_000,
    };
    let mut run = DryRun::new(machine, input, Case::default(), options);
    run.run(&|_| false);
    count_entered(run.events())
}

/// A moment in 2026.
const START_MS: i64 = 1_773_194_400_000;

fn count_entered(events: &[Event]) -> usize {
    let is_entered =
        |event: &&Event| matches!(event.kind, EventKind::State(StateEvent::Entered { .. }));
    events.iter().filter(is_entered).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_of_work_does_what_it_says() {
        for kind in Kind::ALL {
            let expected = match kind {
                Kind::CheckLarge | Kind::CheckAfterEdit => 1,
                Kind::Chain(_) | Kind::WorkingChain(_) => 10,
                Kind::Loop(_) => 12_499,
            };
            assert_eq!(kind.prepare().unwrap().run(), expected, "{}", kind.name());
        }
    }
}
