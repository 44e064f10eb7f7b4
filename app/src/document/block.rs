//! A block on its own: the states that a pattern or the clipboard holds, and the verbs that put it between other states.
//!
//! On the clipboard it is plain ASL, so that any editor takes it, and any text with `States` can be pasted.

use super::blueprint::members;
use super::draft::{Draft, name_of, state_in};
use super::flow::Onward;
use super::names::{Names, inner_blocks, redirect_state};
use super::remove::outermost;
use super::{Change, Editing, Language, Pattern, Place, Refusal, sent};
use crate::text::document::{self as text, refusals};
use asl::check::{MachineType, check};
use asl::graph::{StateIx, StateType};
use asl::text::{Document, Format, Pointer};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// States with the one that begins. A target that none of them has is a way out of the block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    start: String,
    states: Map<String, Value>,
    language: Language,
}

impl Block {
    /// A block that begins with its first state.
    pub(super) fn beginning_with_first(states: Vec<(String, Value)>, language: Language) -> Self {
        Self {
            start: states
                .first()
                .map(|(name, _)| name.clone())
                .unwrap_or_default(),
            states: states.into_iter().collect(),
            language,
        }
    }

    /// The block that a text holds, JSON or YAML: a whole definition, `StartAt` with `States`, `States` alone, or one state.
    /// None for any other text.
    pub fn read(text: &str) -> Option<Self> {
        let document = Document::parse_as(text, Format::of_text(text));
        let block = Self::of(&document)?;
        match document.format() {
            Format::Json => Some(block),
            // In YAML only the field tells whether a placeholder is meant as a text, so a whole definition is asked.
            Format::Yaml => {
                let whole = Document::parse(block.text()).to_yaml();
                Self::of(&Document::parse(sent(&Document::parse_as(
                    whole,
                    Format::Yaml,
                ))))
            }
        }
    }

    fn of(document: &Document) -> Option<Self> {
        let root = document
            .root()
            .filter(|root| document.faults().is_empty() && root.is_object())?;
        let mut whole = members(root.to_value()?);
        let kind = whole.get("Type").and_then(Value::as_str);
        let is_state = kind.and_then(StateType::from_name).is_some();
        let states = match whole.remove("States") {
            Some(Value::Object(states)) => states,
            None if is_state => {
                Map::from_iter([(text::PASTED.to_owned(), Value::Object(whole.clone()))])
            }
            Some(_) | None => return None,
        };
        let named = whole.get("StartAt").and_then(Value::as_str);
        let start = named
            .filter(|start| states.contains_key(*start))
            .or_else(|| states.keys().next().map(String::as_str))?
            .to_owned();
        let said = whole.get("QueryLanguage").and_then(Value::as_str);
        let block = Self {
            start,
            states,
            language: Language::JsonPath,
        };
        let language = block.language(said);
        let is_whole = block.states.values().all(Value::is_object);
        is_whole.then_some(Self { language, ..block })
    }

    /// The query language that a text says; where it says none, JSONata only for states that cannot be JSONPath.
    fn language(&self, said: Option<&str>) -> Language {
        match said {
            Some("JSONata") => Language::JsonAta,
            Some(_) => Language::JsonPath,
            None if !self.fits(Language::JsonPath) && self.fits(Language::JsonAta) => {
                Language::JsonAta
            }
            None => Language::JsonPath,
        }
    }

    /// Whether a pipeline in a query language can hold the states as they are.
    fn fits(&self, language: Language) -> bool {
        let whole = Self {
            language,
            ..self.clone()
        };
        let found = check(&Document::parse(whole.text()), MachineType::Standard);
        let is_foreign = |code: &str| matches!(code, "WRONG_QUERY_LANGUAGE" | "LANGUAGE_DOWNGRADE");
        !found.iter().any(|finding| is_foreign(finding.code))
    }

    /// The block as plain ASL. Ways out of it keep their targets, so that nothing is lost on the way to another pipeline.
    pub fn text(&self) -> String {
        let mut whole = Map::new();
        if self.language == Language::JsonAta {
            whole.insert("QueryLanguage".to_owned(), json!("JSONata"));
        }
        whole.insert("StartAt".to_owned(), json!(self.start));
        whole.insert("States".to_owned(), Value::Object(self.states.clone()));
        asl::text::json_of(&Value::Object(whole))
    }

    /// How many states it has, inner ones apart.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether it has no state.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Gives all states free names; references follow.
    fn refresh(&mut self, names: &mut Names) {
        let mut renamed = HashMap::new();
        self.states = std::mem::take(&mut self.states)
            .into_iter()
            .map(|(name, mut state)| {
                let fresh = names.take(&name);
                if let Value::Object(members) = &mut state {
                    names.refresh(members);
                }
                renamed.insert(name, fresh.clone());
                (fresh, state)
            })
            .collect();
        for state in self.states.values_mut().filter_map(Value::as_object_mut) {
            // What leads out of the block must not lead to a state that has the same name by chance.
            redirect_state(state, &|name| {
                Some(renamed.get(name).cloned().unwrap_or_default())
            });
        }
        self.start = renamed.get(&self.start).cloned().unwrap_or_default();
    }
}

/// Lets every way out of a block, and every end in it, lead to `onward`. Rules and catchers cannot end: they keep their
/// targets when `onward` is the end.
fn close(states: &mut Map<String, Value>, onward: &Onward) {
    let own: HashSet<String> = states.keys().cloned().collect();
    for state in states.values_mut().filter_map(Value::as_object_mut) {
        let leads_on = |name: &str| !own.contains(name);
        match onward {
            Onward::To(next) => {
                redirect_state(state, &|name| leads_on(name).then(|| next.clone()));
                let ends = state.get("End") == Some(&json!(true));
                if ends {
                    replace(state, "End", "Next", &json!(next));
                }
            }
            Onward::End => {
                if state
                    .get("Next")
                    .and_then(Value::as_str)
                    .is_some_and(leads_on)
                {
                    replace(state, "Next", "End", &json!(true));
                }
            }
        }
        if !says_what_follows(state) {
            onward.write(StateType::Pass, state);
        }
    }
}

/// Whether a state says what comes after it, or ends the run by its type.
fn says_what_follows(state: &Map<String, Value>) -> bool {
    let ends = matches!(
        state.get("Type").and_then(Value::as_str),
        Some("Choice" | "Succeed" | "Fail")
    );
    ends || state.contains_key("Next") || state.contains_key("End")
}

/// Gives a member another name and value, in its place.
fn replace(state: &mut Map<String, Value>, old: &str, new: &str, value: &Value) {
    *state = std::mem::take(state)
        .into_iter()
        .map(|(field, present)| {
            if field == old {
                (new.to_owned(), value.clone())
            } else {
                (field, present)
            }
        })
        .collect();
}

/// Whether a rule or a catcher leads out of a block, which needs a state to lead to.
fn needs_target(states: &Map<String, Value>) -> bool {
    let leaves = |name: &Value| name.as_str().is_some_and(|name| !states.contains_key(name));
    states.values().any(|state| {
        let items = |list: &str| {
            state[list]
                .as_array()
                .is_some_and(|items| items.iter().any(|item| leaves(&item["Next"])))
        };
        items("Choices") || items("Catch") || leaves(&state["Default"])
    })
}

impl Editing {
    /// Adds the states of a pattern at a place, in the pipeline's query language.
    pub(super) fn insert_pattern(
        &self,
        place: &Place,
        pattern: Pattern,
    ) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let block = pattern.block(draft.language(&Pointer::default()));
        let mut all = draft.settle_block(place, block)?;
        all.truncate(1);
        Ok(draft.finish(text::add(pattern.label()), all))
    }

    /// Adds copied states at a place: with free names, led to by what led there, leading to what came after.
    pub fn paste(&self, place: &Place, block: &Block) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let count = block.len();
        let mut all = draft.settle_block(place, block.clone())?;
        // The inspector shows the last one of a selection.
        all.reverse();
        let label = match all.as_slice() {
            [one] => text::paste(&name_of(one)),
            _ => text::paste_many(count),
        };
        Ok(draft.finish(label, all))
    }

    /// The selected states as a block of their own; refused when they are in different blocks.
    pub fn copy(&self, states: &[Pointer]) -> Result<Block, Refusal> {
        Draft::begin(self)?.copied(states)
    }

    /// Moves states into a pipeline of their own, which a task in their place starts and waits for. Gives the change and
    /// the text of the pipeline called `machine`.
    pub fn extract(&self, states: &[Pointer], machine: &str) -> Result<(Change, String), Refusal> {
        let mut block = self.copy(states)?;
        close(&mut block.states, &Onward::End);
        let wrapped = self.wrap_in_parallel(states)?;
        let mut inner = self.clone();
        inner.apply(&wrapped, Vec::new())?;
        let container = wrapped.select.first().cloned().unwrap_or_default();
        let change = inner.start_instead(&container, machine)?;
        let mut both = inner.clone();
        both.apply(&change, Vec::new())?;
        Ok((
            Change::between(self.text(), both.text(), change.label, change.select),
            block.text(),
        ))
    }

    /// Puts a task that starts another pipeline in the place of a state.
    fn start_instead(&self, state: &Pointer, machine: &str) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let ix = draft.state(state)?;
        let onward = draft.onward(ix).unwrap_or(Onward::End);
        let arn = format!("arn:aws:states:us-east-1:123456789012:stateMachine:{machine}");
        let language = draft.language(&Pointer::default());
        let mut task =
            asl::catalog::find(asl::catalog::Form::Optimized, "states", "startExecution")
                .map(|action| super::blueprint::task(action, language))
                .unwrap_or_default();
        let (field, answer, output) = match language {
            Language::JsonPath => ("Parameters", "OutputPath", "$.Output"),
            Language::JsonAta => ("Arguments", "Output", "{% $states.result.Output %}"),
        };
        let request = task.entry(field).or_insert_with(|| json!({}));
        if let Some(request) = request.as_object_mut() {
            request.insert("StateMachineArn".to_owned(), json!(arn));
        }
        task.insert(answer.to_owned(), json!(output));
        onward.write(StateType::Task, &mut task);
        draft.set(state, &Value::Object(task))?;
        let name = Names::of(&draft.outline).take(&text::run_machine(machine));
        let landed = draft.give_name_after(state, &name)?;
        Ok(draft.finish(text::extract(machine), vec![landed]))
    }
}

impl Draft {
    /// Makes room at a place and writes a block's states there; returns them, the beginning first.
    fn settle_block(&mut self, place: &Place, mut block: Block) -> Result<Vec<Pointer>, Refusal> {
        if block.is_empty() {
            return Err(Refusal::Shape(refusals::NO_STATE.to_owned()));
        }
        let mut names = Names::of(&self.outline);
        self.speak(&mut block)?;
        block.refresh(&mut names);
        let spot = self.make_room(place, &block.start)?;
        let mut onward = spot.onward;
        if onward == Onward::End && needs_target(&block.states) {
            let done = names.take(text::DONE);
            block
                .states
                .insert(done.clone(), json!({ "Type": "Succeed" }));
            onward = Onward::To(done);
        }
        close(&mut block.states, &onward);
        let mut before = spot.written_after;
        let mut all = Vec::new();
        for (name, state) in block.states {
            let at = state_in(&spot.block, &name);
            match &before {
                Some(before) => self.set_after(&at, &state, before)?,
                None => self.set(&at, &state)?,
            }
            if name == block.start {
                all.insert(0, at);
            } else {
                all.push(at);
            }
            before = Some(name);
        }
        Ok(all)
    }

    /// Says in each state of a block which query language it uses, when that is not the pipeline's. Refused where the
    /// pipeline cannot hold the states: one in JSONata has no JSONPath.
    fn speak(&self, block: &mut Block) -> Result<(), Refusal> {
        match (self.language(&Pointer::default()), block.language) {
            (Language::JsonPath, Language::JsonAta) => speak_jsonata(&mut block.states),
            (Language::JsonAta, Language::JsonPath) if !block.fits(Language::JsonAta) => {
                return Err(Refusal::Shape(refusals::WRITTEN_IN_JSONPATH.to_owned()));
            }
            (Language::JsonPath, Language::JsonPath) | (Language::JsonAta, _) => {}
        }
        Ok(())
    }

    fn copied(&self, pointers: &[Pointer]) -> Result<Block, Refusal> {
        let mut outer = outermost(pointers)
            .iter()
            .map(|pointer| self.state(pointer))
            .collect::<Result<Vec<StateIx>, _>>()?;
        outer.sort();
        let first = *outer
            .first()
            .ok_or_else(|| Refusal::Shape(refusals::COPY_NOTHING.to_owned()))?;
        let block = self.node(first).block;
        if outer.iter().any(|&state| self.node(state).block != block) {
            return Err(Refusal::Shape(refusals::COPY_APART.to_owned()));
        }
        let outside = |from: Option<StateIx>| from.is_none_or(|from| !outer.contains(&from));
        let entered = outer.iter().copied().find(|&state| {
            let named = self.references(block, &self.node(state).name);
            named.iter().any(|reference| outside(reference.from))
        });
        let states = outer
            .iter()
            .map(|&state| self.named(state))
            .collect::<Result<_, _>>()?;
        Ok(Block {
            start: self.node(entered.unwrap_or(first)).name.to_string(),
            states,
            language: self.language(&Pointer::default()),
        })
    }

    /// A state's name and value.
    fn named(&self, state: StateIx) -> Result<(String, Value), Refusal> {
        let node = self.node(state);
        match self.value(&node.pointer) {
            Some(value @ Value::Object(_)) => Ok((node.name.to_string(), value)),
            Some(_) | None => Err(Refusal::Shape(refusals::copy_no_object(&node.name))),
        }
    }

    /// Renames a state and the references to it, as the last edit of a verb.
    fn give_name_after(&mut self, pointer: &Pointer, name: &str) -> Result<Pointer, Refusal> {
        self.refresh();
        self.give_name(pointer, name)
    }
}

/// Marks states, and those inside them, as written in JSONata.
fn speak_jsonata(states: &mut Map<String, Value>) {
    for state in states.values_mut().filter_map(Value::as_object_mut) {
        let own = json!("JSONata");
        state.entry("QueryLanguage").or_insert(own);
        for block in inner_blocks(state) {
            if let Some(Value::Object(inner)) = block.get_mut("States") {
                speak_jsonata(inner);
            }
        }
    }
}
