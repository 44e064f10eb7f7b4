//! Verbs that make and cut ways between states; leading one elsewhere is `lead.rs`.

use super::draft::{Draft, index, key};
use super::flow::Onward;
use super::lead::catches;
use super::{Change, Editing, Language, Refusal, Way};
use crate::text::document::{self as text, refusals};
use asl::graph::{StateIx, StateType};
use asl::text::Pointer;
use serde_json::{Value, json};

impl Editing {
    /// Lets `from` go on to `to`. A Choice gets its default when it has none, else a new rule; another state's `Next`
    /// is turned, its `End` replaced.
    pub fn connect(&self, from: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let (mut draft, source, target) = self.ends(from, to)?;
        let name = draft.node(target).name.to_string();
        let own = draft.node(source).name.to_string();
        match draft.node(source).kind {
            Some(StateType::Succeed | StateType::Fail) => return Err(Refusal::Ends(own)),
            Some(StateType::Choice) => draft.add_branch(from, &name)?,
            Some(
                StateType::Task
                | StateType::Pass
                | StateType::Wait
                | StateType::Parallel
                | StateType::Map,
            )
            | None => draft.lead(from, &Onward::To(name.clone()))?,
        }
        Ok(draft.finish(text::connect(&own, &name), vec![from.clone()]))
    }

    /// Adds a rule to a Choice that leads to `to`.
    pub fn connect_rule(&self, from: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let (mut draft, source, target) = self.ends(from, to)?;
        let (own, name) = (
            draft.node(source).name.to_string(),
            draft.node(target).name.to_string(),
        );
        draft.add_rule(from, &name)?;
        Ok(draft.finish(text::add_rule(&own, &name), vec![from.clone()]))
    }

    /// Lets a Choice go to `to` when no rule holds.
    pub fn connect_default(&self, from: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let (mut draft, source, target) = self.ends(from, to)?;
        let (own, name) = (
            draft.node(source).name.to_string(),
            draft.node(target).name.to_string(),
        );
        draft.set(&key(from, "Default"), &json!(name))?;
        Ok(draft.finish(text::otherwise(&own, &name), vec![from.clone()]))
    }

    /// Lets errors of `from` lead to `to`: turns its catcher of all errors, or adds one.
    pub fn connect_catch(&self, from: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let (mut draft, source, target) = self.ends(from, to)?;
        let node = draft.node(source).clone();
        if !catches(&node) {
            return Err(Refusal::NoCatch(node.name.to_string()));
        }
        let name = draft.node(target).name.to_string();
        let list = key(from, "Catch");
        match draft.value(&list).as_ref().and_then(catches_all) {
            Some(catcher) => draft.set(&key(&index(&list, catcher), "Next"), &json!(name))?,
            None => {
                let catcher = catcher(draft.language(from), &name);
                draft.push(&list, catcher)?;
            }
        }
        Ok(draft.finish(text::catch_errors(&node.name, &name), vec![from.clone()]))
    }

    /// Cuts a way: `Next` becomes `End`, a rule, a default or a catcher goes. The start and the end have nothing to cut.
    pub fn disconnect(&self, way: &Way) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let Way::Transition(pointer) = way else {
            return Ok(Change::default());
        };
        let found = draft.outline.states.iter().find_map(|state| {
            let transition = state
                .transitions
                .iter()
                .find(|transition| transition.pointer == *pointer)?;
            Some((
                state.pointer.clone(),
                transition.role,
                text::disconnect(&transition.target, &state.name),
            ))
        });
        let Some((state, role, label)) = found else {
            return Err(Refusal::Gone(refusals::THIS_WAY.to_owned()));
        };
        draft.cut(role, &state)?;
        Ok(draft.finish(label, vec![state]))
    }

    /// Lets a state go on to the state called `next`, or to the end of its block.
    pub fn set_next(&self, pointer: &Pointer, next: Option<&str>) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let state = draft.state(pointer)?;
        let name = draft.node(state).name.to_string();
        let onward = next.map_or(Onward::End, |next| Onward::To(next.to_owned()));
        draft.lead(pointer, &onward)?;
        let label = match next {
            Some(next) => text::connect(&name, next),
            None => text::end_after(&name),
        };
        Ok(draft.finish(label, vec![pointer.clone()]))
    }

    fn ends(&self, from: &Pointer, to: &Pointer) -> Result<(Draft, StateIx, StateIx), Refusal> {
        let draft = Draft::begin(self)?;
        let (source, target) = (draft.state(from)?, draft.state(to)?);
        draft.same_block(source, target)?;
        Ok((draft, source, target))
    }
}

impl Draft {
    fn add_branch(&mut self, choice: &Pointer, name: &str) -> Result<(), Refusal> {
        let default = key(choice, "Default");
        if self.has(&default) {
            return self.add_rule(choice, name);
        }
        Ok(self.set(&default, &json!(name))?)
    }

    fn add_rule(&mut self, choice: &Pointer, name: &str) -> Result<(), Refusal> {
        let rule = rule(self.language(choice), name);
        self.push(&key(choice, "Choices"), rule)?;
        Ok(())
    }
}

/// The catcher of all errors in a `Catch` list. There is at most one, at the end.
pub(super) fn catches_all(list: &Value) -> Option<usize> {
    list.as_array()?.iter().position(|catcher| {
        catcher["ErrorEquals"]
            .as_array()
            .is_some_and(|errors| errors.iter().any(|error| error == "States.ALL"))
    })
}

/// A rule whose condition is an example.
pub(super) fn rule(language: Language, name: &str) -> Value {
    match language {
        Language::JsonPath => {
            json!({ "Variable": "$.value", "NumericGreaterThanEquals": 1, "Next": name })
        }
        Language::JsonAta => {
            json!({ "Condition": "{% $states.input.value >= 1 %}", "Next": name })
        }
    }
}

/// A catcher of all errors.
pub(super) fn catcher(language: Language, name: &str) -> Value {
    match language {
        Language::JsonPath => {
            json!({ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": name })
        }
        Language::JsonAta => json!({ "ErrorEquals": ["States.ALL"], "Next": name }),
    }
}
