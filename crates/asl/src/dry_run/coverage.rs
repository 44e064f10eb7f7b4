//! Which places of a definition a set of runs came through: states, rules and defaults of Choice states, retriers,
//! catchers, and branches of Parallel states.
//!
//! It counts what [`Passage`]s say and judges nothing: how much is enough is for the caller.

use crate::definition::{State, StateId, StateKind, StateMachine};
use crate::machine::{Passage, Through};
use crate::text::Step;
use indexmap::IndexMap;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// How often each place of one machine was reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    places: IndexMap<Place, u64>,
    names: Vec<Arc<str>>,
    /// The branches that begin with a state.
    begins: HashMap<StateId, Place>,
}

/// A place of a definition, in the order of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    state: StateId,
    part: Part,
}

/// A part of a state; numbers are those of the list in the definition, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The state itself.
    State,
    /// An element of `Choices`.
    Rule(usize),
    /// `Default`
    Default,
    /// An element of `Retry`.
    Retrier(usize),
    /// An element of `Catch`.
    Catcher(usize),
    /// An element of `Branches`.
    Branch(usize),
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// States.
    States,
    /// Rules of Choice states, and their defaults.
    Rules,
    /// Retriers.
    Retriers,
    /// Catchers.
    Catchers,
    /// Branches of Parallel states.
    Branches,
}

/// A place and how often it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The name of the state.
    pub state: Arc<str>,
    /// Which part of it.
    pub part: Part,
    /// How often.
    pub times: u64,
}

/// How many of some places were reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// So many were reached.
    pub reached: usize,
    /// So many there are.
    pub total: usize,
}

impl Group {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::States,
        Self::Rules,
        Self::Retriers,
        Self::Catchers,
        Self::Branches,
    ];

    /// Its name, in the plural.
    pub fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Rules => "rules",
            Self::Retriers => "retriers",
            Self::Catchers => "catchers",
            Self::Branches => "branches",
        }
    }
}

impl Part {
    /// The group in which it counts.
    pub fn group(self) -> Group {
        match self {
            Self::State => Group::States,
            Self::Rule(_) | Self::Default => Group::Rules,
            Self::Retrier(_) => Group::Retriers,
            Self::Catcher(_) => Group::Catchers,
            Self::Branch(_) => Group::Branches,
        }
    }

    /// The way from the state to the part.
    pub fn steps(self) -> Vec<Step> {
        let element = |name: &str, index: usize| vec![Step::from(name), Step::from(index)];
        match self {
            Self::State => Vec::new(),
            Self::Rule(index) => element("Choices", index),
            Self::Default => vec![Step::from("Default")],
            Self::Retrier(index) => element("Retry", index),
            Self::Catcher(index) => element("Catch", index),
            Self::Branch(index) => element("Branches", index),
        }
    }
}

/// The field of the state, such as `Choices[1]`; nothing for the state itself.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State => Ok(()),
            Self::Rule(index) => write!(f, "Choices[{index}]"),
            Self::Default => f.write_str("Default"),
            Self::Retrier(index) => write!(f, "Retry[{index}]"),
            Self::Catcher(index) => write!(f, "Catch[{index}]"),
            Self::Branch(index) => write!(f, "Branches[{index}]"),
        }
    }
}

impl Share {
    /// From 0 to 100; all of nothing is 100.
    pub fn percent(self) -> f64 {
        if self.total == 0 {
            return 100.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "there are few places")]
        let (reached, total) = (self.reached as f64, self.total as f64);
        reached / total * 100.0
    }
}

impl Coverage {
    /// Nothing of the machine was reached yet.
    pub fn of(machine: &StateMachine) -> Self {
        let mut coverage = Self {
            places: IndexMap::new(),
            names: machine.states().map(|state| state.name.clone()).collect(),
            begins: HashMap::new(),
        };
        for state in machine.states() {
            for part in parts(state) {
                let place = Place {
                    state: state.id,
                    part,
                };
                coverage.places.insert(place, 0);
                if let Some(begin) = beginning(machine, state, part) {
                    coverage.begins.insert(begin, place);
                }
            }
        }
        coverage
    }

    /// Counts what a run of the same machine came through.
    pub fn add(&mut self, passages: &[Passage]) {
        for passage in passages {
            let part = match passage.through {
                Through::Entry => Part::State,
                Through::Rule(index) => Part::Rule(index),
                Through::Default => Part::Default,
                Through::Retrier(index) => Part::Retrier(index),
                Through::Catcher(index) => Part::Catcher(index),
                Through::Failure(_) => continue,
            };
            let state = passage.state;
            self.count(Place { state, part }, 1);
            if part == Part::State
                && let Some(branch) = self.begins.get(&state)
            {
                self.count(*branch, 1);
            }
        }
    }

    /// Counts what other runs of the same machine came through.
    pub fn merge(&mut self, other: &Self) {
        for (place, times) in &other.places {
            self.count(*place, *times);
        }
    }

    fn count(&mut self, place: Place, times: u64) {
        if let Some(count) = self.places.get_mut(&place) {
            *count = count.saturating_add(times);
        }
    }

    /// How much of a group was reached.
    pub fn share(&self, group: Group) -> Share {
        self.share_of(|part| part.group() == group)
    }

    /// How much of all places was reached.
    pub fn total(&self) -> Share {
        self.share_of(|_| true)
    }

    fn share_of(&self, counts: impl Fn(Part) -> bool) -> Share {
        let mut share = Share::default();
        let counted = self.places.iter().filter(|(place, _)| counts(place.part));
        for (_, times) in counted {
            share.total += 1;
            share.reached += usize::from(*times > 0);
        }
        share
    }

    /// All places with how often they were reached, in the order of the definition.
    pub fn places(&self) -> impl Iterator<Item = Reached> {
        self.places.iter().filter_map(|(place, times)| {
            Some(Reached {
                state: self.names.get(place.state.0 as usize)?.clone(),
                part: place.part,
                times: *times,
            })
        })
    }

    /// The places that were never reached, in the order of the definition.
    pub fn missing(&self) -> impl Iterator<Item = Reached> {
        self.places().filter(|place| place.times == 0)
    }
}

/// The parts of a state, in the order in which they are shown.
fn parts(state: &State) -> Vec<Part> {
    let mut parts = vec![Part::State];
    match &state.kind {
        StateKind::Choice(choice) => {
            parts.extend((0..choice.rules.len()).map(Part::Rule));
            parts.extend(choice.default.map(|_| Part::Default));
        }
        StateKind::Parallel(branches) => parts.extend((0..branches.len()).map(Part::Branch)),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_)
        | StateKind::Map(_) => {}
    }
    parts.extend((0..state.retry.len()).map(Part::Retrier));
    parts.extend((0..state.catch.len()).map(Part::Catcher));
    parts
}

/// The state with which a branch begins.
fn beginning(machine: &StateMachine, state: &State, part: Part) -> Option<StateId> {
    match (part, &state.kind) {
        (Part::Branch(index), StateKind::Parallel(branches)) => {
            Some(machine.block(*branches.get(index)?)?.start_at)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dry_run::mocks::{Answer, Case, Response};
    use crate::dry_run::{DryRun, Options};
    use crate::text::Document;
    use serde_json::json;

    fn machine() -> Arc<StateMachine> {
        let branch =
            |name: &str| json!({"StartAt": name, "States": {name: {"Type": "Pass", "End": true}}});
        let definition = json!({"StartAt": "Route", "States": {
            "Route": {
                "Type": "Choice",
                "Choices": [
                    {"Variable": "$.n", "NumericEquals": 1, "Next": "Work"},
                    {"Variable": "$.n", "NumericEquals": 2, "Next": "Both"}
                ],
                "Default": "Work"
            },
            "Work": {
                "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}],
                "Catch": [{"ErrorEquals": ["Other"], "Next": "Both"}, {"ErrorEquals": ["Busy"], "Next": "Both"}],
                "End": true
            },
            "Both": {"Type": "Parallel", "Branches": [branch("Left"), branch("Right")], "End": true}
        }});
        Arc::new(StateMachine::build(&Document::parse(definition.to_string())).unwrap())
    }

    fn covered(input: &str) -> Coverage {
        let busy = Answer::Throw {
            error: "Busy".to_owned(),
            cause: String::new(),
        };
        let mut case = Case::default();
        case.set("Work", "Busy", vec![Response::at_once(busy); 2]);
        let options = Options {
            start_ms: 0,
            seed: 0,
            machine_name: "m".to_owned(),
            max_steps: 1_000,
        };
        let mut run = DryRun::new(machine(), Arc::from(input), case, options);
        run.run(&|_| false);
        let mut coverage = Coverage::of(&machine());
        coverage.add(run.passages());
        coverage
    }

    fn missing(coverage: &Coverage) -> Vec<String> {
        let places = coverage.missing();
        places
            .map(|place| format!("{} {}", place.state, place.part))
            .collect()
    }

    #[test]
    fn what_no_run_came_through_is_named_in_the_order_of_the_definition() {
        assert_eq!(
            missing(&covered(r#"{"n": 1}"#)),
            ["Route Choices[1]", "Route Default", "Work Catch[0]"]
        );
        assert_eq!(missing(&covered(r#"{"n": 2}"#)).len(), 6);
    }

    #[test]
    fn runs_are_added_up() {
        let mut coverage = covered(r#"{"n": 1}"#);
        coverage.merge(&covered(r#"{"n": 2}"#));
        coverage.merge(&covered(r#"{"n": 3}"#));
        assert_eq!(missing(&coverage), ["Work Catch[0]"]);
        let share = |group| {
            let share = coverage.share(group);
            (share.reached, share.total)
        };
        assert_eq!(
            Group::ALL.map(share),
            [(5, 5), (3, 3), (1, 1), (1, 2), (2, 2)]
        );
        assert_eq!(
            coverage.total(),
            Share {
                reached: 12,
                total: 13
            }
        );
        let both = coverage
            .places()
            .find(|place| &*place.state == "Both")
            .unwrap();
        assert_eq!(both.times, 3);
    }

    #[test]
    fn all_of_nothing_is_everything() {
        assert!((Share::default().percent() - 100.0).abs() < f64::EPSILON);
    }
}
