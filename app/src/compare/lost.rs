//! The ways that were lost without their state, put back into a drawing beside the ones that there are instead. Pure.
//!
//! A way between two states is there as long as one rule leads it; a catcher's is another way. A state that ends its block well led
//! to the end, whether it says so or is a Succeed. A block that begins with another state has lost the way to the one before, and
//! the way that it has instead counts as added.

use super::changes::Kept;
use crate::document::Way;
use asl::graph::{BlockIx, Former, Outline, Role, StateIx, StateNode, StateType, Transition};
use asl::text::{Pointer, Span, Step};
use std::collections::HashMap;

/// What was lost without its state.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// The ways, as the outline has them now.
    pub(super) ways: Vec<Way>,
    /// How many of them lead to no removed state.
    pub(super) between: usize,
    /// The starts that blocks have instead of lost ones.
    pub(super) begun: Vec<Way>,
}

impl Lost {
    /// Puts the lost ways into the outline of the newer definition, where removed states stand as `ghosts`.
    pub(super) fn put_back(
        outline: &mut Outline,
        kept: &Kept,
        ghosts: &HashMap<Pointer, Pointer>,
    ) -> Self {
        let mut work = Work {
            places: Places::of(outline, kept, ghosts),
            outline,
            kept,
            lost: Self::default(),
        };
        for state in (0..kept.old.states.len()).map(StateIx) {
            if let Some(from) = work.places.left[state.0] {
                work.transitions(state, from);
                work.end(state, from);
            }
        }
        for block in (0..kept.old.blocks.len()).map(BlockIx) {
            work.start(block);
        }
        work.lost
    }
}

/// Where what the older definition has stands in the drawing.
struct Places {
    /// The states that are left.
    left: Vec<Option<StateIx>>,
    /// Those that were removed.
    ghosts: Vec<Option<StateIx>>,
    /// What blocks have become.
    blocks: Vec<Option<BlockIx>>,
}

impl Places {
    fn of(outline: &Outline, kept: &Kept, ghosts: &HashMap<Pointer, Pointer>) -> Self {
        let states = outline.states.iter().enumerate();
        let states: HashMap<&Pointer, StateIx> = states
            .map(|(index, state)| (&state.pointer, StateIx(index)))
            .collect();
        let find = |pointer: &Pointer| states.get(pointer).copied();
        let heirs = kept.after_of.iter();
        let left = heirs.map(|heir| find(&kept.new.states[(*heir)?.0].pointer));
        let removed = kept.old.states.iter();
        let removed = removed.map(|state| find(ghosts.get(&state.pointer)?));
        let blocks = (0..kept.old.blocks.len()).map(|block| {
            let heir = kept.became(BlockIx(block))?;
            let pointer = &kept.new.blocks[heir.0].pointer;
            let found = outline.blocks.iter().position(|it| it.pointer == *pointer);
            found.map(BlockIx)
        });
        Self {
            left: left.collect(),
            ghosts: removed.collect(),
            blocks: blocks.collect(),
        }
    }

    /// Where a state of the older definition stands, left or removed.
    fn any(&self, state: StateIx) -> Option<StateIx> {
        self.ghosts[state.0].or(self.left[state.0])
    }
}

struct Work<'a> {
    outline: &'a mut Outline,
    kept: &'a Kept,
    places: Places,
    lost: Lost,
}

impl Work<'_> {
    fn remember(&mut self, way: Way, to: Option<StateIx>) {
        let is_ghost = to.is_some_and(|to| self.places.ghosts[to.0].is_some());
        self.lost.between += usize::from(!is_ghost);
        self.lost.ways.push(way);
    }

    /// Puts back the ways to other states that a state had.
    fn transitions(&mut self, state: StateIx, from: StateIx) {
        let own = self.outline.states[from.0].transitions.len();
        let kept = self.kept;
        let ways = kept.old.states[state.0].transitions.iter();
        for (number, way) in ways.enumerate() {
            let goal = way.to.and_then(|to| self.places.any(to));
            let Some(to) = goal.filter(|to| is_lost(self.outline, from, *to, way, own)) else {
                continue;
            };
            let gone = gone(self.outline, from, to, way, number);
            self.remember(Way::Transition(gone.pointer.clone()), way.to);
            self.outline.states[from.0].transitions.push(gone);
        }
    }

    /// Puts back the way to the end that a state had.
    fn end(&mut self, state: StateIx, from: StateIx) {
        let old = &self.kept.old.states[state.0];
        let now = &self.outline.states[from.0];
        let is_same_block = self.places.blocks[old.block.0] == Some(now.block);
        if is_same_block && ends_well(old) && !ends_well(now) {
            let way = Way::End(now.pointer.clone());
            self.outline.former.push(Former::End(from));
            self.remember(way, None);
        }
    }

    /// Puts back the way from a block's start, when the block begins with another state.
    fn start(&mut self, block: BlockIx) {
        let start = self.kept.old.blocks[block.0].start;
        let (Some(start), Some(heir)) = (start, self.places.blocks[block.0]) else {
            return;
        };
        let place = self.places.any(start);
        let shape = &self.outline.blocks[heir.0];
        if place.is_some() && place == shape.start {
            return;
        }
        let way = Way::Start(shape.pointer.clone());
        let pointer = shape.pointer.join("Removed").join(Step::Index(block.0));
        if self.begins_anew(heir) && !self.lost.begun.contains(&way) {
            self.lost.begun.push(way);
        }
        if let Some(to) = place.filter(|to| self.outline.states[to.0].block == heir) {
            self.remember(Way::Start(pointer.clone()), Some(start));
            let block = heir;
            self.outline
                .former
                .push(Former::Start { block, to, pointer });
        }
    }

    /// Whether a block begins with a state of the newer definition, with which none of the blocks began that it was.
    fn begins_anew(&self, heir: BlockIx) -> bool {
        let Some(start) = self.outline.blocks[heir.0].start else {
            return false;
        };
        let was = self.kept.old.blocks.iter().zip(&self.places.blocks);
        let mut was = was.filter(|(_, place)| **place == Some(heir));
        let is_ghost = self.places.ghosts.contains(&Some(start));
        let is_same = |start_of: &StateIx| self.places.left[start_of.0] == Some(start);
        !is_ghost && !was.any(|(block, _)| block.start.as_ref().is_some_and(is_same))
    }
}

/// Whether a state's block can end with it, other than by failing.
fn ends_well(state: &StateNode) -> bool {
    state.ends && state.kind != Some(StateType::Fail)
}

/// Whether a state has no way like this one among its `own` first ones, though it could have one.
fn is_lost(outline: &Outline, from: StateIx, to: StateIx, way: &Transition, own: usize) -> bool {
    let is_for_errors = |role: Role| matches!(role, Role::Catch(_));
    let [source, goal] = [from, to].map(|state| &outline.states[state.0]);
    let mut present = source.transitions.iter().take(own);
    source.block == goal.block
        && !present.any(|it| it.to == Some(to) && is_for_errors(it.role) == is_for_errors(way.role))
}

/// A way that a state had, at a pointer that no other way has.
fn gone(
    outline: &Outline,
    from: StateIx,
    to: StateIx,
    way: &Transition,
    number: usize,
) -> Transition {
    let own = outline.states[from.0].pointer.join("Removed");
    Transition {
        role: way.role,
        target: outline.states[to.0].name.clone(),
        to: Some(to),
        pointer: own.join(Step::Index(number)),
        span: Span::default(),
        label: way.label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::union::Union;
    use super::*;
    use asl::text::Document;

    const BEFORE: &str = r#"{"StartAt": "Load", "States": {
        "Load": {"Type": "Pass", "Next": "Check"},
        "Check": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "Each"}], "Default": "Train"},
        "Train": {"Type": "Task", "Resource": "arn:train", "End": true},
        "Each": {"Type": "Map", "Next": "Done", "ItemProcessor": {"StartAt": "In", "States": {
            "In": {"Type": "Pass", "Next": "Out"}, "Out": {"Type": "Pass", "End": true}}}},
        "Done": {"Type": "Succeed"}}}"#;

    fn union(before: &str, after: &str) -> Option<Union> {
        Union::of(&Document::parse(before), &Document::parse(after))
    }

    /// The lost ways of a change in words: where they lead, and whether the start is another one.
    fn lost(before: &str, after: &str) -> (Vec<String>, usize, Vec<String>) {
        let Some(union) = union(before, after) else {
            return (Vec::new(), 0, Vec::new());
        };
        let outline = &union.outline;
        let start = |at: &Pointer| {
            let former = outline.former.iter().find_map(|way| match way {
                Former::Start { to, pointer, .. } => (pointer == at).then_some(*to),
                Former::End(_) => None,
            });
            let own = outline.blocks.iter().find(|block| block.pointer == *at);
            let to = former.or_else(|| own?.start);
            to.map_or("nowhere", |to| &*outline.states[to.0].name)
        };
        let told = |way: &Way| match way {
            Way::Start(at) => format!("start to {}", start(at)),
            Way::End(at) => format!("{at} to the end"),
            Way::Transition(at) => at.to_string(),
        };
        let ways = union.ways.iter().map(told).collect();
        (ways, union.between, union.begun.iter().map(told).collect())
    }

    #[test]
    fn a_way_that_was_removed_between_two_states_that_are_left_is_back() {
        let after = BEFORE
            .replace(r#""Default": "Train""#, r#""Default": "Done""#)
            .replace("\"Each\"", "\"All\"");
        let union = union(BEFORE, &after).expect("a way");
        assert!(union.ghosts.is_empty());
        assert_eq!((union.ways.len(), union.between), (1, 1));
        let check = &union.outline.states[1].transitions;
        let targets: Vec<&str> = check.iter().map(|way| &*way.target).collect();
        assert_eq!(targets, ["All", "Done", "Train"]);
    }

    #[test]
    fn a_way_is_there_as_long_as_one_rule_leads_it_and_a_catcher_is_another_way() {
        let rules = |rules: &str| {
            format!(
                r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Choice", "Choices": [{rules}]}}, "B": {{"Type": "Succeed"}}, "C": {{"Type": "Fail"}}}}}}"#
            )
        };
        let to = |at: &str, name: &str| {
            format!(r#"{{"Variable": "$.{at}", "IsNull": true, "Next": "{name}"}}"#)
        };
        let [b, again, c] = [to("a", "B"), to("b", "B"), to("c", "C")];
        let before = rules(&[&*b, &again, &c].join(","));
        let fewer = rules(&[&*c, &again].join(","));
        assert_eq!(union(&before, &fewer), None);
        let task = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:a", "Next": "B", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}]}, "B": {"Type": "Succeed"}}}"#;
        let bare = task.replace(
            r#", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}]"#,
            "",
        );
        let lost = union(task, &bare).expect("a way");
        assert_eq!(lost.outline.states[0].transitions.len(), 2);
    }
    #[test]
    fn a_way_to_the_end_that_a_state_had_is_back() {
        let on = r#""Resource": "arn:train", "Next": "Each""#;
        let after = BEFORE.replace(r#""Resource": "arn:train", "End": true"#, on);
        let (ways, between, begun) = lost(BEFORE, &after);
        assert_eq!(
            (ways, between),
            (vec!["/States/Train to the end".to_owned()], 1)
        );
        assert!(begun.is_empty());
        let succeed = BEFORE.replace(
            r#""Done": {"Type": "Succeed"}"#,
            r#""Done": {"Type": "Pass", "Next": "Train"}"#,
        );
        assert_eq!(lost(BEFORE, &succeed).0, ["/States/Done to the end"]);
        let fails = BEFORE.replace(
            r#""Task", "Resource": "arn:train", "End": true"#,
            r#""Fail""#,
        );
        assert_eq!(lost(BEFORE, &fails).0, ["/States/Train to the end"]);
        let inner = BEFORE.replace(
            r#""Out": {"Type": "Pass", "End": true}"#,
            r#""Out": {"Type": "Pass", "Next": "In"}"#,
        );
        let out = "/States/Each/ItemProcessor/States/Out to the end";
        assert_eq!(lost(BEFORE, &inner).0, [out]);
    }

    #[test]
    fn an_end_that_is_another_kind_of_end_is_not_lost_and_failing_leads_to_none() {
        let succeed = BEFORE.replace(
            r#""Done": {"Type": "Succeed"}"#,
            r#""Done": {"Type": "Pass", "End": true}"#,
        );
        assert_eq!(union(BEFORE, &succeed), None);
        assert_eq!(union(&succeed, BEFORE), None);
        let fails = BEFORE.replace(r#""Succeed""#, r#""Fail""#);
        let goes_on = BEFORE.replace(
            r#""Done": {"Type": "Succeed"}"#,
            r#""Done": {"Type": "Pass", "Next": "Train"}"#,
        );
        assert_eq!(union(&fails, &goes_on), None);
    }

    #[test]
    fn a_block_that_begins_with_another_state_has_the_way_to_the_one_before_and_an_added_one() {
        let after = BEFORE.replace(r#""StartAt": "Load""#, r#""StartAt": "Check""#);
        let own = |name: &str| vec![format!("start to {name}")];
        assert_eq!(lost(BEFORE, &after), (own("Load"), 1, own("Check")));
        let inner = BEFORE.replace(r#""StartAt": "In""#, r#""StartAt": "Out""#);
        assert_eq!(lost(BEFORE, &inner), (own("In"), 1, own("Out")));
        let in_front = BEFORE.replace(
            r#"{"StartAt": "Load", "States": {"#,
            r#"{"StartAt": "First", "States": {"First": {"Type": "Wait", "Seconds": 1, "Next": "Load"},"#,
        );
        assert_eq!(lost(BEFORE, &in_front), (own("Load"), 1, own("First")));
    }

    #[test]
    fn the_way_to_a_start_that_was_removed_leads_to_it_and_counts_with_it() {
        let after = BEFORE
            .replace(r#""Load": {"Type": "Pass", "Next": "Check"},"#, "")
            .replace(r#""StartAt": "Load""#, r#""StartAt": "Check""#);
        let (ways, between, begun) = lost(BEFORE, &after);
        assert_eq!(ways, ["/States/Load/Next", "start to Load"]);
        assert_eq!((between, begun), (0, vec!["start to Check".to_owned()]));
    }

    #[test]
    fn a_start_under_another_name_or_of_a_new_or_broken_block_is_no_change_of_the_start() {
        assert_eq!(union(BEFORE, &BEFORE.replace("\"Load\"", "\"Read\"")), None);
        assert_eq!(union(BEFORE, &BEFORE.replace("\"Each\"", "\"All\"")), None);
        let nowhere = BEFORE.replace(r#""StartAt": "Load""#, r#""StartAt": "Nothing""#);
        assert_eq!(union(&nowhere, BEFORE), None);
        let (ways, _, begun) = lost(BEFORE, &nowhere);
        assert_eq!(
            (ways, begun),
            (vec!["start to Load".to_owned()], Vec::new())
        );
    }
}
