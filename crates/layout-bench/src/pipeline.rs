//! The graph that the canvas benchmark shows in every program: chains, and Choices whose branches merge again.

use crate::random::Random;
use serde_json::{Map, Value, json};

const VERBS: [&str; 12] = [
    "Validate", "Load", "Enrich", "Score", "Publish", "Archive", "Notify", "Train", "Evaluate",
    "Resize", "Tag", "Index",
];
const THINGS: [&str; 12] = [
    "order", "payment", "image", "model", "dataset", "invoice", "report", "customer", "batch",
    "feature", "claim", "parcel",
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Task,
    Pass,
    Wait,
    Choice,
    Succeed,
}

struct Maker {
    random: Random,
    states: Vec<(String, Kind, Vec<usize>)>,
}

/// A definition of exactly `count` states; the same for the same number.
pub fn pipeline(count: usize) -> Value {
    let seed = u32::try_from(count).unwrap_or(u32::MAX).wrapping_mul(7919);
    let mut maker = Maker {
        random: Random::new(seed.wrapping_add(1)),
        states: Vec::new(),
    };
    let ends = maker.sequence(Vec::new(), count.saturating_sub(1), 0);
    maker.add(Kind::Succeed, &ends);
    maker.definition()
}

impl Maker {
    /// A state that the loose ends lead to.
    fn add(&mut self, kind: Kind, ends: &[usize]) -> usize {
        let index = self.states.len();
        let verb = VERBS[self.random.below(VERBS.len())];
        let thing = THINGS[self.random.below(THINGS.len())];
        // The second line of the benchmark's nodes takes a number, too.
        self.random.share();
        self.states
            .push((format!("{verb} {thing} {index}"), kind, Vec::new()));
        for &end in ends {
            self.states[end].2.push(index);
        }
        index
    }

    fn chain(&mut self, mut ends: Vec<usize>, length: usize) -> Vec<usize> {
        for _ in 0..length {
            let kind = match self.random.share() {
                share if share < 0.75 => Kind::Task,
                share if share < 0.9 => Kind::Pass,
                _ => Kind::Wait,
            };
            ends = vec![self.add(kind, &ends)];
        }
        ends
    }

    fn sequence(&mut self, mut ends: Vec<usize>, budget: usize, depth: usize) -> Vec<usize> {
        let stop = self.states.len() + budget;
        while self.states.len() < stop {
            let left = stop - self.states.len();
            let length = left.min(self.random.between(1, 3));
            ends = self.chain(ends, length);
            let room = stop - self.states.len();
            if room < 8 {
                return self.chain(ends, room);
            }
            let choice = self.add(Kind::Choice, &ends);
            ends = self.branches(choice, room, depth);
        }
        ends
    }

    fn branches(&mut self, choice: usize, room: usize, depth: usize) -> Vec<usize> {
        let width = self.random.between(2, 4);
        let wide = depth < 2 && room > 120;
        let share = room * 6 / 10 / width;
        let mut ends = Vec::new();
        for branch in 0..width {
            if branch + 1 < width {
                self.random.share();
            }
            let branch = if wide {
                self.sequence(vec![choice], share, depth + 1)
            } else {
                let length = if branch == 0 {
                    self.random.between(0, 1)
                } else {
                    self.random.between(1, 2)
                };
                self.chain(vec![choice], length)
            };
            ends.extend(branch);
        }
        ends
    }

    fn definition(&self) -> Value {
        let mut states = Map::new();
        for (name, kind, next) in &self.states {
            let to: Vec<&str> = next.iter().map(|&to| self.states[to].0.as_str()).collect();
            states.insert(name.clone(), state(*kind, &to));
        }
        json!({ "StartAt": self.states[0].0, "States": states })
    }
}

fn state(kind: Kind, to: &[&str]) -> Value {
    match kind {
        Kind::Task => json!({
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": { "FunctionName": "bench" }, "Next": to[0]
        }),
        Kind::Pass => json!({ "Type": "Pass", "Next": to[0] }),
        Kind::Wait => json!({ "Type": "Wait", "Seconds": 30, "Next": to[0] }),
        Kind::Choice => {
            let rules = to[..to.len() - 1].iter().enumerate();
            let rules: Vec<Value> = rules
                .map(|(at, next)| json!({ "Variable": "$.v", "NumericGreaterThan": at, "Next": next }))
                .collect();
            json!({ "Type": "Choice", "Choices": rules, "Default": to.last() })
        }
        Kind::Succeed => json!({ "Type": "Succeed" }),
    }
}
