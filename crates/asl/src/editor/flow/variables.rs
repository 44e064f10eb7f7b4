//! Variables in scope at a state: those that states before it in its block may have set, and those of the blocks around
//! it. Distributed processors see nothing of what is around them (asl-rules 8).

use super::{Flow, Guess, Sight, results};
use crate::check::fields::Language;
use crate::graph::{BlockIx, StateIx};
use crate::text::{Member, Node};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashSet;

/// A variable.
#[derive(Debug, Clone)]
pub(in crate::editor) struct Variable {
    /// The names of the states that set it, in written order.
    pub(in crate::editor) set_by: Vec<String>,
    /// A likely value.
    pub(in crate::editor) value: Guess,
}

/// Where in a state a variable is set.
#[derive(Clone, Copy, PartialEq)]
enum Setter {
    State,
    Rule,
    Catcher,
}

/// All assignments of a state, its rules and catchers.
fn assignments(state: &Node) -> Vec<(Setter, &Member)> {
    let mut found: Vec<(Setter, &Member)> =
        of(state).map(|member| (Setter::State, member)).collect();
    let list = |name: &str| state.field(name).map(Node::elements).unwrap_or_default();
    for rule in list("Choices") {
        found.extend(of(rule).map(|member| (Setter::Rule, member)));
    }
    for catcher in list("Catch") {
        found.extend(of(catcher).map(|member| (Setter::Catcher, member)));
    }
    found
}

/// All members that set variables in a state.
pub(in crate::editor) fn assigned_members(state: &Node) -> Vec<&Member> {
    let all = assignments(state).into_iter();
    all.map(|(_, member)| member).collect()
}

fn of(holder: &Node) -> impl Iterator<Item = &Member> {
    holder
        .field("Assign")
        .map(Node::members)
        .unwrap_or_default()
        .iter()
}

impl Flow<'_> {
    /// The variables in scope at a state, by name.
    pub(in crate::editor) fn variables(&self, ix: StateIx) -> IndexMap<String, Variable> {
        self.input(ix);
        let mut found = IndexMap::new();
        let mut at = Some(ix);
        while let Some(state) = at {
            for before in self.all_before(state) {
                self.gather(before, &mut found);
            }
            let block = self.outline.state(state).map(|state| state.block);
            let block = block.and_then(|block| Some((block, self.outline.block(block)?)));
            at = block
                .filter(|(ix, _)| !self.is_distributed(*ix))
                .and_then(|(_, block)| block.owner);
        }
        if let Some(seen) = self.seen_of(ix) {
            for (name, value) in &seen.variables {
                let set_by = Vec::new();
                let variable = found.entry(name.clone()).or_insert(Variable {
                    set_by,
                    value: Guess::default(),
                });
                variable.value = self.shown(value);
            }
        }
        found
    }

    /// A likely value of a variable that a state sets.
    pub(in crate::editor) fn assigned_in(&self, ix: StateIx, name: &str) -> Guess {
        let Some(node) = self.node(ix) else {
            return Guess::default();
        };
        self.input(ix);
        let language = self.language(node);
        let setters = assignments(node).into_iter();
        let mut values = setters
            .filter(|(_, member)| variable_name(member, language) == name)
            .map(|(setter, member)| self.assigned(ix, node, setter, member));
        values.find(Guess::is_known).unwrap_or_default()
    }

    /// Likely values of the variables that a run has shown.
    pub(super) fn values(&self, ix: StateIx) -> IndexMap<String, Value> {
        let seen = self.seen_of(ix).map(|seen| &seen.variables);
        let seen = seen.into_iter().flatten();
        seen.map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// The states that may have run before a state, in its block.
    fn all_before(&self, ix: StateIx) -> Vec<StateIx> {
        let mut seen = HashSet::new();
        let mut open = vec![ix];
        while let Some(state) = open.pop() {
            for (from, _) in self
                .before
                .get(&state)
                .map(Vec::as_slice)
                .unwrap_or_default()
            {
                if seen.insert(*from) {
                    open.push(*from);
                }
            }
        }
        let mut all: Vec<StateIx> = seen.into_iter().collect();
        all.sort_unstable();
        all
    }

    fn gather(&self, ix: StateIx, found: &mut IndexMap<String, Variable>) {
        let Some((node, state)) = self.node(ix).zip(self.outline.state(ix)) else {
            return;
        };
        let language = self.language(node);
        for (setter, member) in assignments(node) {
            let name = variable_name(member, language);
            let variable = found.entry(name.to_owned()).or_insert(Variable {
                set_by: Vec::new(),
                value: Guess::default(),
            });
            if variable
                .set_by
                .last()
                .is_none_or(|last| **last != *state.name)
            {
                variable.set_by.push(state.name.to_string());
            }
            // A value that two states leave unknown is most likely unknown in all.
            if !variable.value.is_known() && variable.set_by.len() <= 2 {
                variable.value = self.assigned(ix, node, setter, member);
            }
        }
    }

    fn assigned(&self, ix: StateIx, node: &Node, setter: Setter, member: &Member) -> Guess {
        let depth = super::DEEPEST / 2;
        let is_path = member.key.ends_with(".$");
        match (self.language(node), setter) {
            (Language::JsonPath, _) if !is_path => {
                Guess::likely(member.value.to_value().unwrap_or_default())
            }
            (Language::JsonPath, Setter::Catcher) => {
                let error = Guess::likely(results::error_output());
                self.path(member.value.as_str().unwrap_or_default(), &error, ix)
            }
            (Language::JsonPath, Setter::Rule | Setter::State) => {
                let input = if setter == Setter::State {
                    self.result(ix, node, depth)
                } else {
                    self.filtered(ix, node, depth)
                };
                self.path(member.value.as_str().unwrap_or_default(), &input, ix)
            }
            (Language::Jsonata, _) => {
                let sight = Sight {
                    result: (setter == Setter::State && self.has_result(ix))
                        .then(|| self.result(ix, node, depth)),
                    ..Sight::of_input(self.input_within(ix, depth))
                };
                self.expressions(&member.value, &sight, ix)
            }
        }
    }

    fn is_distributed(&self, ix: BlockIx) -> bool {
        let node = self.blocks.get(ix.0);
        let mode = node.and_then(|node| node.field("ProcessorConfig")?.field("Mode"));
        mode.and_then(Node::as_str) == Some("DISTRIBUTED")
    }
}

/// The name that an assignment sets.
fn variable_name(member: &Member, language: Language) -> &str {
    match language {
        Language::JsonPath => member.key.strip_suffix(".$").unwrap_or(&member.key),
        Language::Jsonata => &member.key,
    }
}
