//! What changed between two definitions, state by state (added, removed, renamed, moved, changed). Pure.
//!
//! A state is the same one when it stands at the same place; else when it is the only one of its name; else when it says the
//! same at a place of the same block, or a way that led to it leads to the other. It does not know which of the two texts is
//! deployed or kept, and draws nothing.

use super::fields::{FieldChange, differences, own};
use asl::graph::{BlockIx, Outline, Role, StateIx, StateNode, StateType};
use asl::text::{Document, Pointer};
use serde_json::Value;
use std::collections::HashMap;

/// What changed between two definitions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Fields of the machine itself.
    pub machine: Vec<FieldChange>,
    /// States that changed, in the order of the newer definition; those that are gone come last.
    pub states: Vec<StateChange>,
}

/// What became of a state.
#[derive(Debug, Clone, PartialEq)]
pub struct StateChange {
    /// Its name: the newer one, when it has two.
    pub name: String,
    /// Its type in the newer definition, or in the older when it is gone.
    pub kind: Option<StateType>,
    /// Where it was; none when it was added.
    pub before: Option<Pointer>,
    /// Where it is; none when it is gone.
    pub after: Option<Pointer>,
    /// What it was called, when it was renamed.
    pub was: Option<String>,
    /// The states that held it before and hold it now, when that changed; an empty name is the machine itself.
    pub moved: Option<(String, String)>,
    /// Fields that differ.
    pub fields: Vec<FieldChange>,
}

/// The most that is known of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name, and maybe other fields.
    Renamed,
    /// Other states hold it, and maybe its fields changed, too.
    Moved,
    /// Fields differ.
    Changed,
}

impl StateChange {
    /// What it is, above all.
    pub fn sort(&self) -> Sort {
        match (&self.before, &self.after) {
            (None, _) => Sort::Added,
            (_, None) => Sort::Removed,
            _ if self.was.is_some() => Sort::Renamed,
            _ if self.moved.is_some() => Sort::Moved,
            _ => Sort::Changed,
        }
    }
}

impl Changes {
    /// Compares two definitions that have a shape.
    pub fn between(before: &Document, after: &Document) -> Self {
        let (old, new) = (Outline::of(before), Outline::of(after));
        let sides = Sides {
            before: Side::of(before, &old),
            after: Side::of(after, &new),
        };
        let pairs = sides.pairs();
        sides.changes(&pairs)
    }

    /// Whether both say the same, whatever their layout.
    pub fn is_empty(&self) -> bool {
        self.machine.is_empty() && self.states.is_empty()
    }

    /// How many states changed in a way.
    pub fn count(&self, sort: Sort) -> usize {
        let states = self.states.iter();
        states.filter(|state| state.sort() == sort).count()
    }
}

/// Which states of an older definition are left in a newer one.
pub(super) struct Kept {
    /// The shape of the older one.
    pub(super) old: Outline,
    /// The shape of the newer one.
    pub(super) new: Outline,
    /// For each state of the older one, which it is in the newer one; none when it is gone.
    pub(super) after_of: Vec<Option<StateIx>>,
}

impl Kept {
    /// Compares two definitions that have a shape.
    pub(super) fn between(before: &Document, after: &Document) -> Self {
        let (old, new) = (Outline::of(before), Outline::of(after));
        let sides = Sides {
            before: Side::of(before, &old),
            after: Side::of(after, &new),
        };
        let after_of = sides.pairs().after_of;
        Self { old, new, after_of }
    }

    /// The states that are gone and are in none that is gone, too.
    pub(super) fn removed(&self) -> impl Iterator<Item = StateIx> {
        let states = self.old.states.iter().enumerate();
        let gone = states.filter(|(index, state)| {
            let owner = self.old.blocks[state.block.0].owner;
            let is_held = owner.is_none_or(|owner| self.after_of[owner.0].is_some());
            is_held && self.after_of[*index].is_none()
        });
        gone.map(|(index, _)| StateIx(index))
    }

    /// Which block of the newer one a block has become: where those of its states are that are left, else by its place.
    pub(super) fn became(&self, block: BlockIx) -> Option<BlockIx> {
        let Some(owner) = self.old.blocks[block.0].owner else {
            return (!self.new.blocks.is_empty()).then_some(BlockIx(0));
        };
        let heir = self.after_of[owner.0]?;
        let left = self.old.blocks[block.0].states.iter();
        let mut left = left.filter_map(|state| self.after_of[state.0]);
        let beside = left.find_map(|state| {
            let block = self.new.states[state.0].block;
            (self.new.blocks[block.0].owner == Some(heir)).then_some(block)
        });
        let holder = &self.new.states[heir.0];
        // A branch without any of its states is another one.
        let by_place = holder.children.first().copied();
        beside.or(by_place.filter(|_| holder.kind != Some(StateType::Parallel)))
    }

    /// The names that states have lost, with the ones that they have.
    pub(super) fn renamed(&self) -> HashMap<&str, &str> {
        renamed(&self.old, &self.new, &self.after_of)
    }
}

/// One definition: its shape, and what each state says.
struct Side<'a> {
    outline: &'a Outline,
    machine: Value,
    values: Vec<Value>,
    /// For each state, which ways lead to it: from where, and as what.
    led: Vec<Vec<(StateIx, Role)>>,
}

impl<'a> Side<'a> {
    fn of(document: &Document, outline: &'a Outline) -> Self {
        let value = |state: &StateNode| own(document.get(&state.pointer));
        Self {
            machine: own(document.root()),
            values: outline.states.iter().map(value).collect(),
            led: led(outline),
            outline,
        }
    }

    fn node(&self, state: StateIx) -> &StateNode {
        &self.outline.states[state.0]
    }

    /// The states of a name, when there is just one.
    fn by_name(&self) -> HashMap<&str, Option<StateIx>> {
        let mut found: HashMap<&str, Option<StateIx>> = HashMap::new();
        for (index, state) in self.outline.states.iter().enumerate() {
            found
                .entry(&state.name)
                .and_modify(|it| *it = None)
                .or_insert(Some(StateIx(index)));
        }
        found
    }

    fn by_pointer(&self) -> HashMap<&Pointer, StateIx> {
        let states = self.outline.states.iter().enumerate();
        states
            .map(|(index, state)| (&state.pointer, StateIx(index)))
            .collect()
    }

    /// The state that holds a state.
    fn owner(&self, state: StateIx) -> Option<StateIx> {
        self.outline.blocks[self.node(state).block.0].owner
    }

    /// Which of its owner's blocks a state is in.
    fn lane(&self, state: StateIx) -> usize {
        let block: BlockIx = self.node(state).block;
        let siblings = self.owner(state).map(|owner| &self.node(owner).children);
        siblings
            .and_then(|all| all.iter().position(|it| *it == block))
            .unwrap_or(0)
    }

    fn owner_name(&self, state: StateIx) -> String {
        self.owner(state)
            .map_or_else(String::new, |owner| self.node(owner).name.to_string())
    }
}

fn led(outline: &Outline) -> Vec<Vec<(StateIx, Role)>> {
    let mut led = vec![Vec::new(); outline.states.len()];
    for (index, state) in outline.states.iter().enumerate() {
        for way in &state.transitions {
            if let Some(to) = way.to {
                led[to.0].push((StateIx(index), way.role));
            }
        }
    }
    led
}

/// Which state of the one definition is which of the other, both ways.
struct Pairs {
    after_of: Vec<Option<StateIx>>,
    before_of: Vec<Option<StateIx>>,
}

impl Pairs {
    fn join(&mut self, before: StateIx, after: StateIx) {
        self.after_of[before.0] = Some(after);
        self.before_of[after.0] = Some(before);
    }

    fn is_open(&self, before: StateIx, after: StateIx) -> bool {
        self.after_of[before.0].is_none() && self.before_of[after.0].is_none()
    }

    fn open_before(&self) -> Vec<StateIx> {
        open(&self.after_of)
    }

    fn open_after(&self) -> Vec<StateIx> {
        open(&self.before_of)
    }
}

fn open(all: &[Option<StateIx>]) -> Vec<StateIx> {
    let states = all.iter().enumerate().filter(|(_, other)| other.is_none());
    states.map(|(index, _)| StateIx(index)).collect()
}

struct Sides<'a> {
    before: Side<'a>,
    after: Side<'a>,
}

impl Sides<'_> {
    fn pairs(&self) -> Pairs {
        let mut pairs = Pairs {
            after_of: vec![None; self.before.values.len()],
            before_of: vec![None; self.after.values.len()],
        };
        self.pair_by_place(&mut pairs);
        self.pair_by_name(&mut pairs);
        // A container that was renamed takes its states along: outer states first, until nothing more is found.
        while self.pair_renamed(&mut pairs) {
            self.pair_inside(&mut pairs);
        }
        pairs
    }

    fn pair_by_place(&self, pairs: &mut Pairs) {
        let places = self.before.by_pointer();
        for (index, state) in self.after.outline.states.iter().enumerate() {
            if let Some(before) = places.get(&state.pointer) {
                pairs.join(*before, StateIx(index));
            }
        }
    }

    fn pair_by_name(&self, pairs: &mut Pairs) {
        let (before, after) = (self.before.by_name(), self.after.by_name());
        for (name, state) in before {
            let other = after.get(name).copied().flatten();
            if let (Some(state), Some(other)) = (state, other)
                && pairs.is_open(state, other)
            {
                pairs.join(state, other);
            }
        }
    }

    /// Pairs states of containers that are paired, by name: names may stand twice in a broken definition.
    fn pair_inside(&self, pairs: &mut Pairs) {
        for before in pairs.open_before() {
            let same = |after: &StateIx| {
                self.is_one_block(pairs, before, *after)
                    && self.before.node(before).name == self.after.node(*after).name
            };
            let found = pairs.open_after().into_iter().find(same);
            if let Some(after) = found {
                pairs.join(before, after);
            }
        }
    }

    /// Pairs states that evidently were renamed; says whether there were any.
    fn pair_renamed(&self, pairs: &mut Pairs) -> bool {
        let mut is_found = false;
        for before in pairs.open_before() {
            let fits = |after: &StateIx| {
                self.is_one_block(pairs, before, *after) && self.is_renamed(pairs, before, *after)
            };
            let found = pairs.open_after().into_iter().find(fits);
            if let Some(after) = found {
                pairs.join(before, after);
                is_found = true;
            }
        }
        is_found
    }

    /// Whether two states stand in the same branch of the same container, as far as is known.
    fn is_one_block(&self, pairs: &Pairs, before: StateIx, after: StateIx) -> bool {
        let owners = (self.before.owner(before), self.after.owner(after));
        let same_owner = match owners {
            (None, None) => true,
            (Some(before), Some(after)) => pairs.after_of[before.0] == Some(after),
            (Some(_), None) | (None, Some(_)) => false,
        };
        same_owner && self.before.lane(before) == self.after.lane(after)
    }

    /// Whether a state stayed in its container while branches came or went beside it.
    fn is_shifted(&self, pairs: &Pairs, before: StateIx, after: StateIx) -> bool {
        let owners = (self.before.owner(before), self.after.owner(after));
        let (Some(old), Some(new)) = owners else {
            return false;
        };
        let lanes = (
            self.before.node(old).children.len(),
            self.after.node(new).children.len(),
        );
        pairs.after_of[old.0] == Some(new) && lanes.0 != lanes.1
    }

    fn is_renamed(&self, pairs: &Pairs, before: StateIx, after: StateIx) -> bool {
        let (old, new) = (self.before.node(before), self.after.node(after));
        let values = (&self.before.values[before.0], &self.after.values[after.0]);
        old.kind == new.kind
            && (values.0 == values.1 || self.is_led_to(pairs, before, after) && alike(values))
    }

    /// Whether the start or a way of a state that stayed led to the one and leads to the other.
    fn is_led_to(&self, pairs: &Pairs, before: StateIx, after: StateIx) -> bool {
        let (old, new) = (self.before.node(before), self.after.node(after));
        let starts = (
            self.before.outline.blocks[old.block.0].start == Some(before),
            self.after.outline.blocks[new.block.0].start == Some(after),
        );
        let led = |(from, role): &(StateIx, Role)| {
            let was = pairs.before_of[from.0];
            was.is_some_and(|was| self.before.led[before.0].contains(&(was, *role)))
        };
        starts == (true, true) || self.after.led[after.0].iter().any(led)
    }

    fn changes(&self, pairs: &Pairs) -> Changes {
        let renamed = renamed(self.before.outline, self.after.outline, &pairs.after_of);
        let after = (0..self.after.values.len()).map(StateIx);
        let kept = after.filter_map(|after| match pairs.before_of[after.0] {
            Some(before) => self.kept(pairs, &renamed, before, after),
            None => Some(plain(self.after.node(after), Sort::Added)),
        });
        let gone = pairs.open_before().into_iter();
        let gone = gone.map(|before| plain(self.before.node(before), Sort::Removed));
        let before = follow(&self.before.machine, &renamed);
        Changes {
            machine: differences(&before, &self.after.machine),
            states: kept.chain(gone).collect(),
        }
    }

    /// What changed in a state that is in both; none when nothing did.
    fn kept(
        &self,
        pairs: &Pairs,
        renamed: &HashMap<&str, &str>,
        before: StateIx,
        after: StateIx,
    ) -> Option<StateChange> {
        let (old, new) = (self.before.node(before), self.after.node(after));
        let stays =
            self.is_one_block(pairs, before, after) || self.is_shifted(pairs, before, after);
        let owners = (self.before.owner_name(before), self.after.owner_name(after));
        let value = follow(&self.before.values[before.0], renamed);
        let change = StateChange {
            name: new.name.to_string(),
            kind: new.kind,
            before: Some(old.pointer.clone()),
            after: Some(new.pointer.clone()),
            was: (old.name != new.name).then(|| old.name.to_string()),
            moved: (!stays).then_some(owners),
            fields: differences(&value, &self.after.values[after.0]),
        };
        let is_change = change.was.is_some() || change.moved.is_some() || !change.fields.is_empty();
        is_change.then_some(change)
    }
}

/// The names that states have lost, with the ones that they have.
fn renamed<'a>(
    old: &'a Outline,
    new: &'a Outline,
    after_of: &[Option<StateIx>],
) -> HashMap<&'a str, &'a str> {
    let all = old.states.iter().zip(after_of);
    let names = all.filter_map(|(before, after)| {
        let before = &*before.name;
        let after = &*new.states[(*after)?.0].name;
        (before != after).then_some((before, after))
    });
    names.collect()
}

fn plain(state: &StateNode, sort: Sort) -> StateChange {
    let place = Some(state.pointer.clone());
    let (before, after) = match sort {
        Sort::Added => (None, place),
        Sort::Removed | Sort::Renamed | Sort::Moved | Sort::Changed => (place, None),
    };
    StateChange {
        name: state.name.to_string(),
        kind: state.kind,
        before,
        after,
        was: None,
        moved: None,
        fields: Vec::new(),
    }
}

/// Whether at least half of the fields are the same, apart from where it leads.
fn alike((before, after): (&Value, &Value)) -> bool {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return false;
    };
    let says = |key: &&String| !matches!(key.as_str(), "Next" | "Default" | "End");
    let same = before.keys().filter(says);
    let same = same.filter(|key| before.get(*key) == after.get(*key));
    let most = before.keys().filter(says).count();
    let most = most.max(after.keys().filter(says).count());
    2 * same.count() >= most
}

/// A value with the names of renamed states where they name a state: those fields do not count as changed.
pub(super) fn follow(value: &Value, renamed: &HashMap<&str, &str>) -> Value {
    if renamed.is_empty() {
        return value.clone();
    }
    match value {
        Value::Array(items) => items.iter().map(|item| follow(item, renamed)).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let target = value.as_str().filter(|_| names_a_state(key));
                let value = match target.and_then(|name| renamed.get(name)) {
                    Some(name) => Value::from(*name),
                    None if holds_ways(key) => follow(value, renamed),
                    None => value.clone(),
                };
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The fields in which further ones name a state; what stands in others is data.
fn holds_ways(field: &str) -> bool {
    matches!(
        field,
        "Choices" | "Catch" | "Branches" | "ItemProcessor" | "Iterator"
    )
}

fn names_a_state(field: &str) -> bool {
    matches!(field, "Next" | "Default" | "StartAt")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = r#"{"StartAt": "Load", "States": {
        "Load": {"Type": "Task", "Resource": "arn:load", "Next": "Train"},
        "Train": {"Type": "Task", "Resource": "arn:train", "TimeoutSeconds": 300, "Next": "Both"},
        "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
            {"StartAt": "L", "States": {"L": {"Type": "Pass", "End": true}}},
            {"StartAt": "R", "States": {"R": {"Type": "Wait", "Seconds": 1, "End": true}}}]},
        "Done": {"Type": "Succeed"}}}"#;

    fn changes(after: &str) -> Changes {
        let [before, after] = [BEFORE, after].map(Document::parse);
        Changes::between(&before, &after)
    }

    fn told(after: &str) -> Vec<String> {
        let states = changes(after).states;
        states
            .iter()
            .map(|it| format!("{:?} {}", it.sort(), it.name))
            .collect()
    }

    #[test]
    fn the_same_in_another_layout_is_no_change() {
        let yaml = Document::parse(BEFORE).to_yaml();
        let after = Document::parse_as(yaml, asl::text::Format::Yaml);
        assert!(Changes::between(&Document::parse(BEFORE), &after).is_empty());
    }

    #[test]
    fn data_that_is_called_like_a_way_is_no_way() {
        let before = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
            "B": {"Type": "Pass", "Parameters": {"Next": "A", "Text": "a b"}, "End": true}}}"#;
        let after = before
            .replace("\"A\": {", "\"First\": {")
            .replace("\"StartAt\": \"A\"", "\"StartAt\": \"First\"");
        let compared = |after: &str| {
            let [before, after] = [before, after].map(Document::parse);
            Changes::between(&before, &after).states
        };
        let names: Vec<String> = compared(&after).iter().map(|it| it.name.clone()).collect();
        assert_eq!(names, ["First"]);
        let spaced = compared(&before.replace("a b", "a  b"));
        let field = &spaced[0].fields[0];
        assert_ne!(field.before, field.after, "white space alone is shown");
    }

    #[test]
    fn a_field_that_changed_is_named_with_both_values() {
        let found = changes(&BEFORE.replace("300", "600"));
        let [train] = found.states.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(
            (train.sort(), train.name.as_str()),
            (Sort::Changed, "Train")
        );
        assert_eq!(train.fields.len(), 1);
        assert_eq!(train.fields[0].before.as_deref(), Some("300"));
    }

    #[test]
    fn a_renamed_state_is_one_change_and_what_leads_to_it_is_none() {
        assert_eq!(
            told(&BEFORE.replace("\"Train\"", "\"Fit\"")),
            ["Renamed Fit"]
        );
        assert_eq!(
            told(&BEFORE.replace("\"Load\"", "\"Read\"")),
            ["Renamed Read"]
        );
        assert!(
            changes(&BEFORE.replace("\"Load\"", "\"Read\""))
                .machine
                .is_empty()
        );
        let both = BEFORE.replace("\"Train\"", "\"Fit\"").replace("300", "600");
        assert_eq!(told(&both), ["Renamed Fit"]);
    }

    #[test]
    fn a_renamed_container_takes_its_states_along() {
        assert_eq!(
            told(&BEFORE.replace("\"Both\"", "\"Pair\"")),
            ["Renamed Pair"]
        );
        let inner = BEFORE
            .replace("\"Both\"", "\"Pair\"")
            .replace("\"L\"", "\"Left\"");
        assert_eq!(told(&inner), ["Renamed Pair", "Renamed Left"]);
    }

    #[test]
    fn what_is_added_removed_and_led_around_is_told_apart() {
        let after = BEFORE
            .replace(r#""Next": "Train""#, r#""Next": "Check""#)
            .replace(r#""Train": {"Type": "Task", "Resource": "arn:train", "TimeoutSeconds": 300, "Next": "Both"}"#,
                     r#""Check": {"Type": "Choice", "Choices": [], "Default": "Both"}"#);
        assert_eq!(
            told(&after),
            ["Changed Load", "Added Check", "Removed Train"]
        );
    }

    #[test]
    fn a_state_in_another_branch_was_moved() {
        let after = r#"{"StartAt": "Load", "States": {
            "Load": {"Type": "Task", "Resource": "arn:load", "Next": "L"},
            "L": {"Type": "Pass", "Next": "Train"},
            "Train": {"Type": "Task", "Resource": "arn:train", "TimeoutSeconds": 300, "Next": "Both"},
            "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
                {"StartAt": "R", "States": {"R": {"Type": "Wait", "Seconds": 1, "End": true}}}]},
            "Done": {"Type": "Succeed"}}}"#;
        let found = changes(after);
        let moved = found.states.iter().find(|it| it.name == "L").expect("L");
        assert_eq!(moved.sort(), Sort::Moved);
        assert_eq!(moved.moved, Some(("Both".to_owned(), String::new())));
        assert!(!found.states.iter().any(|it| it.name == "R"));
    }

    #[test]
    fn a_definition_without_states_is_compared_too() {
        let found = changes("[]");
        assert_eq!(found.count(Sort::Removed), 6);
    }
}
