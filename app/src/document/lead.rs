//! Leading a way somewhere: what may lead where, and the verb that does it.
//!
//! One set of rules serves both the preview and the action: a hand that drags an end of a way asks [`Rules`], and the verb
//! does, too. What a new way from a Choice or a Task means (a rule, a catcher) is asked elsewhere (`connect.rs`).

use super::connect::catches_all;
use super::draft::{Draft, index, key, language_at, name_of};
use super::flow::{Onward, apart};
use super::{Change, Editing, Language, Refusal, Way};
use crate::text::document::{self as text, refusals};
use asl::graph::{BlockIx, Outline, Role, StateIx, StateNode, StateType};
use asl::text::{Document, Node, Pointer};
use serde_json::{Value, json};

/// One of the two ends of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WayEnd {
    /// Where it leaves a state.
    Beginning,
    /// Where its arrow is.
    Tip,
}

/// What is led somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lead {
    /// A new way from the state at this pointer.
    New(Pointer),
    /// One end of a way that is there.
    End(Way, WayEnd),
}

/// Where it is led.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Goal {
    /// To the state at this pointer.
    State(Pointer),
    /// To the end of the pipeline.
    End,
}

/// What a way may be led to; made once for a gesture and asked for each state.
pub struct Rules<'e> {
    outline: &'e Outline,
    document: &'e Document,
    end: WayEnd,
    /// The block that the way is in.
    block: BlockIx,
    /// The state that it leaves; none for the start.
    source: Option<StateIx>,
    /// The field that makes it.
    role: Made,
}

/// How a way comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// `StartAt`.
    Start,
    /// A transition that is written.
    By(Role),
    /// `End`.
    End,
    /// It is about to be made.
    New,
}

impl<'e> Rules<'e> {
    fn of(editing: &'e Editing, lead: &Lead) -> Result<Self, Refusal> {
        editing.whole()?;
        let outline: &Outline = editing.outline();
        let rules = |block, source, role, end| Self {
            outline,
            document: editing.document(),
            end,
            block,
            source,
            role,
        };
        let leaving = |state: &Pointer, role| {
            let ix = outline
                .find(state)
                .ok_or_else(|| Refusal::Gone(name_of(state)))?;
            let node = &outline.states[ix.0];
            if is_terminal(node) {
                return Err(Refusal::Ends(node.name.to_string()));
            }
            Ok(rules(node.block, Some(ix), role, WayEnd::Tip))
        };
        match lead {
            Lead::New(from) => leaving(from, Made::New),
            Lead::End(Way::Start(_), WayEnd::Beginning) => Err(shape(refusals::BEGINS_AT_START)),
            Lead::End(Way::End(_), WayEnd::Beginning) => Err(shape(refusals::BEGINS_AT_ITS_STATE)),
            Lead::End(Way::End(state), WayEnd::Tip) => leaving(state, Made::End),
            Lead::End(Way::Start(at), WayEnd::Tip) => {
                let block = outline.blocks.iter().position(|block| block.pointer == *at);
                let block = block.ok_or_else(|| Refusal::Gone(name_of(at)))?;
                Ok(rules(BlockIx(block), None, Made::Start, WayEnd::Tip))
            }
            Lead::End(Way::Transition(at), end) => {
                let (source, role) = transition(outline, at)?;
                let block = outline.states[source.0].block;
                Ok(rules(block, Some(source), Made::By(role), *end))
            }
        }
    }

    /// Whether the way may be led there, or why not.
    pub fn may(&self, goal: &Goal) -> Result<(), Refusal> {
        match (goal, self.end) {
            (Goal::State(state), end) => {
                let ix = self.outline.find(state);
                let ix = ix.ok_or_else(|| Refusal::Gone(name_of(state)))?;
                self.may_state(ix, end)
            }
            (Goal::End, WayEnd::Beginning) => Err(shape(refusals::NOTHING_BEGINS_AT_END)),
            (Goal::End, WayEnd::Tip) => self.may_end(),
        }
    }

    /// Every state that the way may be led to.
    pub fn possible(&self) -> impl Iterator<Item = &'e Pointer> {
        // Only the states of its own block are asked: no other one can be meant.
        let states = &self.outline.blocks[self.block.0].states;
        states
            .iter()
            .filter(|state| self.may_state(**state, self.end).is_ok())
            .map(|state| &self.outline.states[state.0].pointer)
    }

    fn may_state(&self, state: StateIx, end: WayEnd) -> Result<(), Refusal> {
        apart(self.outline, (self.source, self.block), state)?;
        match end {
            WayEnd::Tip => Ok(()),
            WayEnd::Beginning if self.source == Some(state) => Ok(()),
            WayEnd::Beginning => self.may_leave(state),
        }
    }

    /// The end is one of the whole pipeline, and only `Next` has it for its other value.
    fn may_end(&self) -> Result<(), Refusal> {
        if let Some(owner) = self.outline.blocks[self.block.0].owner {
            return Err(Refusal::Outside {
                state: refusals::THE_END.to_owned(),
                container: self.outline.states[owner.0].name.to_string(),
            });
        }
        let is_choice = self
            .source
            .is_some_and(|source| self.outline.states[source.0].kind == Some(StateType::Choice));
        match self.role {
            Made::By(Role::Next) | Made::End => Ok(()),
            Made::New if !is_choice => Ok(()),
            Made::Start => Err(shape(refusals::MUST_BEGIN)),
            Made::New | Made::By(Role::Choice(_) | Role::Default | Role::Catch(_)) => {
                Err(shape(refusals::CANNOT_END))
            }
        }
    }

    /// Whether the way may leave another state: a rule needs a Choice, a catcher a state that catches.
    fn may_leave(&self, state: StateIx) -> Result<(), Refusal> {
        let node = &self.outline.states[state.0];
        if is_terminal(node) {
            return Err(Refusal::Ends(node.name.to_string()));
        }
        match self.role {
            Made::By(Role::Choice(_)) => {
                if node.kind != Some(StateType::Choice) {
                    return Err(Refusal::Shape(refusals::no_choice(&node.name)));
                }
                self.same_language(node)
            }
            Made::By(Role::Catch(catcher)) => {
                if !catches(node) {
                    return Err(Refusal::NoCatch(node.name.to_string()));
                }
                self.same_language(node)?;
                self.catches_once(node, catcher)
            }
            Made::By(Role::Next | Role::Default) | Made::Start | Made::End | Made::New => Ok(()),
        }
    }

    /// Rules and catchers are moved as they are written.
    fn same_language(&self, node: &StateNode) -> Result<(), Refusal> {
        let own = self
            .source
            .map(|source| &self.outline.states[source.0].pointer);
        let of = |at: &Pointer| language_at(self.document, at);
        if own.is_none_or(|own| of(own) == of(&node.pointer)) {
            return Ok(());
        }
        let language = match of(&node.pointer) {
            Language::JsonPath => "JSONPath",
            Language::JsonAta => "JSONata",
        };
        Err(Refusal::Shape(refusals::other_language(
            &node.name, language,
        )))
    }

    /// A second catcher of all errors would never be reached.
    fn catches_once(&self, node: &StateNode, catcher: usize) -> Result<(), Refusal> {
        let value = |at: &Pointer| self.document.get(at).and_then(Node::to_value);
        let list = value(&key(&node.pointer, "Catch")).unwrap_or_default();
        let source = self
            .source
            .map(|source| &self.outline.states[source.0].pointer);
        let moved = source.and_then(|source| value(&index(&key(source, "Catch"), catcher)));
        let is_second = catches_all(&list).is_some()
            && moved.is_some_and(|moved| catches_all(&json!([moved])).is_some());
        if is_second {
            return Err(Refusal::Shape(refusals::catches_all(&node.name)));
        }
        Ok(())
    }
}

impl Editing {
    /// What may be led where; refused when it can be led nowhere.
    pub fn rules(&self, lead: &Lead) -> Result<Rules<'_>, Refusal> {
        Rules::of(self, lead)
    }

    /// Leads a way somewhere. Its tip goes to another state of the block, or to the end; its beginning to another state:
    /// `Next` and `Default` take the place of what that one had, a rule or a catcher is added to it as it is written, before
    /// a catcher of all errors.
    pub fn lead(&self, lead: &Lead, goal: &Goal) -> Result<Change, Refusal> {
        self.rules(lead)?.may(goal)?;
        match (lead, goal) {
            (Lead::New(from), Goal::State(to)) => self.connect(from, to),
            (Lead::New(from) | Lead::End(Way::End(from), _), Goal::End) => {
                self.set_next(from, None)
            }
            (Lead::End(Way::End(from), _), Goal::State(to)) => self.connect(from, to),
            (Lead::End(Way::Start(block), _), Goal::State(to)) => self.begin_with(block, to),
            (Lead::End(Way::Transition(way), WayEnd::Tip), Goal::State(to)) => {
                self.redirect(way, to)
            }
            (Lead::End(Way::Transition(way), WayEnd::Tip), Goal::End) => {
                self.disconnect(&Way::Transition(way.clone()))
            }
            (Lead::End(Way::Transition(way), WayEnd::Beginning), Goal::State(from)) => {
                self.leave_from(way, from)
            }
            // The rules refuse these.
            (Lead::End(Way::Start(_) | Way::Transition(_), _), Goal::End) => Ok(Change::default()),
        }
    }

    fn begin_with(&self, block: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let name = draft.node(draft.state(to)?).name.to_string();
        draft.set(&key(block, "StartAt"), &json!(name))?;
        Ok(draft.finish(text::begin_with(&name), Vec::new()))
    }

    fn redirect(&self, way: &Pointer, to: &Pointer) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let (source, _) = transition(&draft.outline, way)?;
        let own = draft.node(source).name.to_string();
        let name = draft.node(draft.state(to)?).name.to_string();
        draft.set(way, &json!(name))?;
        Ok(draft.finish(text::lead(&own, &name), Vec::new()))
    }

    /// Takes a way from its state and gives it to another one.
    fn leave_from(&self, way: &Pointer, from: &Pointer) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let (source, role) = transition(&draft.outline, way)?;
        let old = draft.node(source).pointer.clone();
        if old == *from {
            return Ok(Change::default());
        }
        let own = draft.node(draft.state(from)?).clone();
        let target = draft.value(way).unwrap_or_default();
        match role {
            Role::Next | Role::Default => draft.hand_over(&old, role, &own, &target)?,
            Role::Choice(rule) => {
                let rule = draft.written(&index(&key(&old, "Choices"), rule))?;
                draft.cut(role, &old)?;
                draft.push(&key(from, "Choices"), rule)?;
            }
            Role::Catch(catcher) => {
                let catcher = draft.written(&index(&key(&old, "Catch"), catcher))?;
                draft.cut(role, &old)?;
                draft.add_catcher(&key(from, "Catch"), catcher)?;
            }
        }
        let to = target.as_str().unwrap_or_default();
        let label = text::lead_instead(&own.name, to, &name_of(&old));
        Ok(draft.finish(label, vec![from.clone()]))
    }
}

impl Draft {
    /// Gives a `Next` or a `Default` to another state, as what that one has: a Choice its default, others their `Next`.
    fn hand_over(
        &mut self,
        old: &Pointer,
        role: Role,
        own: &StateNode,
        target: &Value,
    ) -> Result<(), Refusal> {
        self.cut(role, old)?;
        if own.kind == Some(StateType::Choice) {
            return Ok(self.set(&key(&own.pointer, "Default"), target)?);
        }
        let name = target.as_str().unwrap_or_default().to_owned();
        Ok(self.lead(&own.pointer, &Onward::To(name))?)
    }

    /// A value to be written elsewhere.
    fn written(&self, at: &Pointer) -> Result<Value, Refusal> {
        self.value(at).ok_or_else(|| shape(refusals::NO_JSON))
    }

    /// Adds a catcher, before one of all errors, which has to be the last.
    fn add_catcher(&mut self, list: &Pointer, catcher: Value) -> Result<(), Refusal> {
        let present = self.value(list).unwrap_or_default();
        let Some(last) = catches_all(&present) else {
            self.push(list, catcher)?;
            return Ok(());
        };
        let all = self.written(&index(list, last))?;
        self.set(&index(list, last), &catcher)?;
        self.push(list, all)?;
        Ok(())
    }
}

/// The state that a transition leaves, and the field that makes it.
fn transition(outline: &Outline, at: &Pointer) -> Result<(StateIx, Role), Refusal> {
    let found = outline.states.iter().enumerate().find_map(|(ix, state)| {
        let way = state.transitions.iter().find(|way| way.pointer == *at)?;
        Some((StateIx(ix), way.role))
    });
    found.ok_or_else(|| Refusal::Gone(refusals::THIS_WAY.to_owned()))
}

fn is_terminal(node: &StateNode) -> bool {
    matches!(node.kind, Some(StateType::Succeed | StateType::Fail))
}

/// Whether a state of this type can have catchers.
pub(super) fn catches(node: &StateNode) -> bool {
    matches!(
        node.kind,
        Some(StateType::Task | StateType::Parallel | StateType::Map)
    )
}

fn shape(words: &str) -> Refusal {
    Refusal::Shape(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIPELINE: &str = r#"{
  "StartAt": "Prepare",
  "States": {
    "Prepare": { "Type": "Pass", "Next": "Route" },
    "Route": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.ready", "IsPresent": true, "Next": "Train" }],
      "Default": "Later"
    },
    "Again": { "Type": "Choice", "Choices": [], "Default": "Done" },
    "Later": { "Type": "Wait", "Seconds": 5, "Next": "Prepare" },
    "Train": {
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Catch": [{ "ErrorEquals": ["States.Timeout"], "Next": "Later" }, { "ErrorEquals": ["States.ALL"], "Next": "Bad" }],
      "Next": "Files"
    },
    "Files": {
      "Type": "Map",
      "ItemProcessor": { "StartAt": "Read", "States": { "Read": { "Type": "Pass", "Next": "Write" }, "Write": { "Type": "Pass", "End": true } } },
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Bad" }],
      "End": true
    },
    "Fancy": { "Type": "Choice", "QueryLanguage": "JSONata", "Choices": [], "Default": "Done" },
    "Bad": { "Type": "Fail" },
    "Done": { "Type": "Succeed" }
  }
}
"#;

    fn way(at: &str) -> Way {
        Way::Transition(at.parse().unwrap())
    }

    fn to(name: &str) -> Goal {
        Goal::State(at(name))
    }

    fn at(name: &str) -> Pointer {
        let inner = ["Read", "Write"].contains(&name);
        let around = if inner {
            "/States/Files/ItemProcessor"
        } else {
            ""
        };
        format!("{around}/States/{name}").parse().unwrap()
    }

    #[track_caller]
    fn led(lead: &Lead, goal: &Goal) -> Value {
        let mut editing = Editing::new(PIPELINE);
        let change = editing.lead(lead, goal).unwrap();
        editing.apply(&change, Vec::new()).unwrap();
        let value = serde_json::from_str(editing.text()).unwrap();
        editing.undo();
        assert_eq!(&**editing.text(), PIPELINE);
        value
    }

    #[track_caller]
    fn refused(lead: &Lead, goal: &Goal) -> String {
        let editing = Editing::new(PIPELINE);
        let refusal = editing.lead(lead, goal).unwrap_err();
        refusal.to_string()
    }

    fn tip(at: &str) -> Lead {
        Lead::End(way(at), WayEnd::Tip)
    }

    fn beginning(at: &str) -> Lead {
        Lead::End(way(at), WayEnd::Beginning)
    }

    #[test]
    fn a_tip_leads_to_another_state_of_the_block_or_to_the_end() {
        let led_to = led(&tip("/States/Route/Choices/0/Next"), &to("Done"));
        assert_eq!(led_to["States"]["Route"]["Choices"][0]["Next"], "Done");
        let ended = led(&tip("/States/Prepare/Next"), &Goal::End);
        assert_eq!(
            ended["States"]["Prepare"],
            json!({ "Type": "Pass", "End": true })
        );
        let start = Lead::End(Way::Start(Pointer::default()), WayEnd::Tip);
        assert_eq!(led(&start, &to("Train"))["StartAt"], "Train");
        let end = Lead::End(Way::End(at("Files")), WayEnd::Tip);
        assert_eq!(led(&end, &to("Done"))["States"]["Files"]["Next"], "Done");
    }

    #[test]
    fn a_way_can_lead_back_to_its_own_state() {
        let led = led(&tip("/States/Later/Next"), &to("Later"));
        assert_eq!(led["States"]["Later"]["Next"], "Later");
    }

    #[test]
    fn a_way_stays_in_its_block_and_says_which_container_is_in_between() {
        let into = refused(&tip("/States/Prepare/Next"), &to("Read"));
        assert_eq!(into, "“Read” is inside “Files”; a way cannot lead into it.");
        let read = tip("/States/Files/ItemProcessor/States/Read/Next");
        let out = refused(&read, &to("Done"));
        assert_eq!(
            out,
            "“Done” is outside of “Files”; a way cannot lead out of it."
        );
        assert!(refused(&read, &Goal::End).contains("outside of “Files”"));
    }

    #[test]
    fn only_next_can_become_the_end() {
        for at in [
            "Route/Choices/0/Next",
            "Route/Default",
            "Train/Catch/0/Next",
        ] {
            let words = refused(&tip(&format!("/States/{at}")), &Goal::End);
            assert!(words.contains("leads to a state"), "{at}: {words}");
        }
        let start = Lead::End(Way::Start(Pointer::default()), WayEnd::Tip);
        assert!(refused(&start, &Goal::End).contains("begin with a state"));
    }

    #[test]
    fn the_beginning_of_next_and_default_takes_the_place_of_what_the_other_state_had() {
        let next = led(&beginning("/States/Prepare/Next"), &to("Later"));
        assert_eq!(
            next["States"]["Prepare"],
            json!({ "Type": "Pass", "End": true })
        );
        assert_eq!(next["States"]["Later"]["Next"], "Route");
        let default = led(&beginning("/States/Route/Default"), &to("Again"));
        assert!(default["States"]["Route"].get("Default").is_none());
        assert_eq!(default["States"]["Again"]["Default"], "Later");
        let plain = led(&beginning("/States/Route/Default"), &to("Files"));
        assert_eq!(plain["States"]["Files"]["Next"], "Later");
        assert!(plain["States"]["Files"].get("End").is_none());
    }

    #[test]
    fn a_rule_moves_to_another_choice_with_its_condition() {
        let led = led(&beginning("/States/Route/Choices/0/Next"), &to("Again"));
        let rule = json!({ "Variable": "$.ready", "IsPresent": true, "Next": "Train" });
        assert_eq!(led["States"]["Again"]["Choices"], json!([rule]));
        assert_eq!(led["States"]["Route"]["Choices"], json!([]));
    }

    #[test]
    fn a_rule_belongs_to_a_choice_of_its_own_language() {
        let rule = || beginning("/States/Route/Choices/0/Next");
        let words = refused(&rule(), &to("Train"));
        assert_eq!(words, "A rule belongs to a Choice, and “Train” is none.");
        assert!(refused(&rule(), &to("Fancy")).contains("written in JSONata"));
        assert!(refused(&rule(), &to("Done")).contains("ends at Done"));
    }

    #[test]
    fn a_catcher_moves_before_the_one_of_all_errors_and_there_is_one_of_those() {
        let led = led(&beginning("/States/Train/Catch/0/Next"), &to("Files"));
        let errors: Vec<&Value> = led["States"]["Files"]["Catch"]
            .as_array()
            .unwrap()
            .iter()
            .map(|catcher| &catcher["ErrorEquals"][0])
            .collect();
        assert_eq!(errors, ["States.Timeout", "States.ALL"]);
        assert_eq!(led["States"]["Train"]["Catch"].as_array().unwrap().len(), 1);
        let all = || beginning("/States/Train/Catch/1/Next");
        assert_eq!(
            refused(&all(), &to("Files")),
            "“Files” catches all errors already."
        );
        assert!(refused(&all(), &to("Prepare")).contains("cannot catch errors"));
    }

    #[test]
    fn the_states_that_are_possible_are_those_that_the_verb_accepts() {
        let editing = Editing::new(PIPELINE);
        let leads = [
            Lead::New(at("Prepare")),
            Lead::New(at("Read")),
            tip("/States/Train/Catch/0/Next"),
            beginning("/States/Train/Catch/1/Next"),
            beginning("/States/Route/Choices/0/Next"),
            beginning("/States/Prepare/Next"),
        ];
        for lead in leads {
            let rules = editing.rules(&lead).unwrap();
            let possible: Vec<&Pointer> = rules.possible().collect();
            for state in &editing.outline().states {
                let accepted = editing.lead(&lead, &Goal::State(state.pointer.clone()));
                let is_possible = possible.contains(&&state.pointer);
                assert_eq!(accepted.is_ok(), is_possible, "{lead:?} to {}", state.name);
            }
        }
    }

    #[test]
    fn what_has_no_end_to_take_is_refused_from_the_beginning() {
        let editing = Editing::new(PIPELINE);
        let no = [
            Lead::New(at("Done")),
            Lead::End(Way::Start(Pointer::default()), WayEnd::Beginning),
            Lead::End(Way::End(at("Files")), WayEnd::Beginning),
            tip("/States/Nowhere/Next"),
        ];
        for lead in no {
            assert!(editing.rules(&lead).is_err(), "{lead:?}");
        }
    }
}
