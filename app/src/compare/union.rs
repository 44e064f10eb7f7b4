//! The newer definition with what was removed put back, so that one drawing shows both. Pure.
//!
//! A removed state stands in the block that its block has become, with its ways on to states that are left. The ways that are lost
//! without their state are drawn beside the ones that there are instead (`lost`). A removed branch is a branch of its own. What
//! cannot be put back (a value that is no JSON) is left out; nothing of this is ever a definition to work on.

use super::changes::{Kept, follow};
use super::lost::Lost;
use crate::document::Way;
use crate::text::compare as text;
use asl::graph::{BlockIx, Outline, StateIx, StateNode, StateType};
use asl::text::{Document, Pointer};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The newer definition with what was removed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Union {
    /// Both, as JSON.
    pub(super) text: String,
    /// The shape of both, with the ways that led to what was removed.
    pub(super) outline: Outline,
    /// Where each removed state stands here, by where it stood.
    pub(super) ghosts: HashMap<Pointer, Pointer>,
    /// The ways that were removed: those of removed states and to them, and those between what is left.
    pub(super) ways: Vec<Way>,
    /// How many of them neither leave a removed state nor lead to one.
    pub(super) between: usize,
    /// The ways from a start to the state that a block begins with instead.
    pub(super) begun: Vec<Way>,
}

/// Where removed states of a block go in the newer definition.
enum Home {
    /// Into the block at this pointer.
    Block(Pointer),
    /// Into a further branch of the Parallel at this pointer.
    Branch(Pointer),
}

impl Union {
    /// Both definitions in one; none when neither a state nor a way was removed.
    pub(super) fn of(before: &Document, after: &Document) -> Option<Self> {
        let kept = Kept::between(before, after);
        let mut work = Work {
            before: stripped(before, &kept)?,
            value: after.root()?.to_value()?,
            renamed: kept.renamed(),
            kept: &kept,
            ghosts: HashMap::new(),
        };
        let mut removed: BTreeMap<BlockIx, Vec<StateIx>> = BTreeMap::new();
        for state in work.kept.removed() {
            let block = kept.old.states[state.0].block;
            removed.entry(block).or_default().push(state);
        }
        for (block, states) in &removed {
            work.put_back(*block, states);
        }
        let (value, ghosts) = (work.value, work.ghosts);
        let text = serde_json::to_string(&value).ok()?;
        let mut outline = Outline::of(&Document::parse(&*text));
        let mut ways = ways_of(&outline, &ghosts);
        let lost = Lost::put_back(&mut outline, &kept, &ghosts);
        ways.extend(lost.ways);
        let is_same = ghosts.is_empty() && ways.is_empty() && lost.begun.is_empty();
        (!is_same).then_some(Self {
            text,
            outline,
            ghosts,
            ways,
            between: lost.between,
            begun: lost.begun,
        })
    }
}

struct Work<'a> {
    before: Value,
    value: Value,
    renamed: HashMap<&'a str, &'a str>,
    kept: &'a Kept,
    ghosts: HashMap<Pointer, Pointer>,
}

impl Work<'_> {
    /// Puts the removed states of a block where they belong.
    fn put_back(&mut self, block: BlockIx, states: &[StateIx]) {
        let place = match home(self.kept, block) {
            Some(Home::Block(place)) => Some(place),
            Some(Home::Branch(owner)) => self.add_branch(block, &owner),
            None => None,
        };
        for state in states {
            if let Some(place) = &place {
                self.add(place, &self.kept.old.states[state.0]);
            }
        }
    }

    fn add_branch(&mut self, block: BlockIx, owner: &Pointer) -> Option<Pointer> {
        let start = self.kept.old.blocks[block.0].start_at.as_deref();
        let branches = owner.join("Branches");
        let all = self.value.pointer_mut(&branches.to_string())?;
        let all = all.as_array_mut()?;
        all.push(json!({"StartAt": start, "States": {}}));
        Some(branches.join(all.len() - 1))
    }

    /// Adds a removed state, with what it holds, to the block at a pointer.
    fn add(&mut self, block: &Pointer, state: &StateNode) {
        let Some(value) = self.before.pointer(&state.pointer.to_string()) else {
            return;
        };
        let value = follow(value, &self.renamed);
        let Some(Value::Object(holder)) = self.value.pointer_mut(&block.to_string()) else {
            return;
        };
        let states = holder
            .entry("States")
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(states) = states else {
            return;
        };
        let mut name = state.name.to_string();
        while states.contains_key(&name) {
            name.push_str(text::REMOVED_MARK);
        }
        let place = block.join("States").join(name.as_str());
        states.insert(name, value);
        self.remember(&state.pointer, &place);
    }

    /// Remembers where a state and those in it stand.
    fn remember(&mut self, from: &Pointer, to: &Pointer) {
        for (index, state) in self.kept.old.states.iter().enumerate() {
            let is_gone = self.kept.after_of[index].is_none();
            if is_gone && state.pointer.starts_with(from) {
                let rest = state.pointer.0.iter().skip(from.0.len());
                let place = Pointer(to.0.iter().chain(rest).cloned().collect());
                self.ghosts.insert(state.pointer.clone(), place);
            }
        }
    }
}

/// The older definition without the states that left a removed one for another place.
fn stripped(before: &Document, kept: &Kept) -> Option<Value> {
    let mut value = before.root()?.to_value()?;
    for (index, state) in kept.old.states.iter().enumerate() {
        let owner = kept.old.blocks[state.block.0].owner;
        let left = owner.is_some_and(|owner| kept.after_of[owner.0].is_none());
        if left
            && kept.after_of[index].is_some()
            && let Some(states) = state.pointer.parent()
            && let Some(Value::Object(states)) = value.pointer_mut(&states.to_string())
        {
            states.shift_remove(&*state.name);
        }
    }
    Some(value)
}

/// Where the removed states of a block go: into what it has become.
fn home(kept: &Kept, block: BlockIx) -> Option<Home> {
    let pointer = |block: BlockIx| kept.new.blocks[block.0].pointer.clone();
    let owner = kept.old.blocks[block.0].owner;
    let heir = owner.map(|owner| kept.after_of[owner.0]);
    let holder = heir.map(|heir| heir.map(|heir| &kept.new.states[heir.0]));
    match (kept.became(block), holder) {
        (Some(block), _) => Some(Home::Block(pointer(block))),
        (None, None | Some(None)) => None,
        (None, Some(Some(holder))) if holder.kind == Some(StateType::Parallel) => {
            Some(Home::Branch(holder.pointer.clone()))
        }
        // What holds no states any more leaves them beside it.
        (None, Some(Some(holder))) => Some(Home::Block(pointer(holder.block))),
    }
}

/// The ways that start at removed states or in them.
fn ways_of(outline: &Outline, ghosts: &HashMap<Pointer, Pointer>) -> Vec<Way> {
    let mut ways = Vec::new();
    for state in ghosts.values().filter_map(|place| outline.find(place)) {
        let state = &outline.states[state.0];
        let led = state.transitions.iter();
        ways.extend(led.map(|way| Way::Transition(way.pointer.clone())));
        if state.ends {
            ways.push(Way::End(state.pointer.clone()));
        }
        let block = &outline.blocks[state.block.0];
        if block
            .start
            .is_some_and(|start| outline.states[start.0].pointer == state.pointer)
        {
            ways.push(Way::Start(block.pointer.clone()));
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = r#"{"StartAt": "Load", "States": {
        "Load": {"Type": "Pass", "Next": "Check"},
        "Check": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "Both"}], "Default": "Train"},
        "Train": {"Type": "Task", "Resource": "arn:train", "Next": "Both"},
        "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
            {"StartAt": "L", "States": {"L": {"Type": "Pass", "End": true}}},
            {"StartAt": "R", "States": {"R": {"Type": "Wait", "Seconds": 1, "End": true}}}]},
        "Done": {"Type": "Succeed"}}}"#;

    fn union(before: &str, after: &str) -> Option<Union> {
        Union::of(&Document::parse(before), &Document::parse(after))
    }

    fn ways(union: &Union) -> Vec<String> {
        let outline = &union.outline;
        let mut said: Vec<String> = outline
            .states
            .iter()
            .flat_map(|state| {
                let led = state.transitions.iter();
                led.map(|way| format!("{} to {}", state.name, way.target))
            })
            .collect();
        said.sort();
        said
    }

    #[test]
    fn a_removed_state_is_back_with_the_ways_that_led_to_it_and_on() {
        let after = BEFORE
            .replace(
                r#""Train": {"Type": "Task", "Resource": "arn:train", "Next": "Both"},"#,
                "",
            )
            .replace(r#""Default": "Train""#, r#""Default": "Done""#)
            .replace("\"Both\"", "\"Pair\"");
        let union = union(BEFORE, &after).expect("a ghost");
        assert_eq!(
            ways(&union),
            [
                "Check to Done",
                "Check to Pair",
                "Check to Train",
                "Load to Check",
                "Pair to Done",
                "Train to Pair"
            ]
        );
        assert_eq!(union.ways.len(), 2);
        let train: Pointer = "/States/Train".parse().expect("a pointer");
        assert_eq!(union.ghosts.get(&train), Some(&train));
    }

    #[test]
    fn a_removed_branch_is_a_branch_of_its_own_and_a_removed_container_keeps_what_is_in_it() {
        let branch = r#",
            {"StartAt": "R", "States": {"R": {"Type": "Wait", "Seconds": 1, "End": true}}}"#;
        let less = union(BEFORE, &BEFORE.replace(branch, "")).expect("a ghost");
        let both = less
            .outline
            .find(&"/States/Both".parse().expect("a pointer"));
        let both = &less.outline.states[both.expect("Both").0];
        assert_eq!(both.children.len(), 2);

        let after = r#"{"StartAt": "Load", "States": {"Load": {"Type": "Pass", "Next": "R"},
            "R": {"Type": "Wait", "Seconds": 1, "End": true}}}"#;
        let less = union(BEFORE, after).expect("ghosts");
        let names: Vec<&str> = less.outline.states.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["Load", "R", "Check", "Train", "Both", "L", "Done"]);
        assert_eq!(less.ghosts.len(), 5);
        assert!(
            less.ghosts
                .values()
                .all(|place| less.outline.find(place).is_some())
        );
    }

    #[test]
    fn where_neither_a_state_nor_a_way_was_removed_there_is_nothing_to_put_back() {
        assert_eq!(union(BEFORE, &BEFORE.replace("\"L\"", "\"M\"")), None);
        assert_eq!(union("{}", BEFORE), None);
    }
}
