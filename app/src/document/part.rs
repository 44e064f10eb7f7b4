//! Verbs that give a state one more part: a rule, a retry rule, a catch rule, a branch, a variable.

use super::connect::{catcher, catches_all, rule};
use super::draft::{Draft, index, key};
use super::lead::catches;
use super::{Blueprint, Change, Editing, Language, Place, Refusal};
use crate::text::document::{self as text, refusals};
use asl::graph::{StateIx, StateNode, StateType};
use asl::text::{Pointer, Span, TextEdit};
use serde_json::{Value, json};

/// What a state can have more of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A rule of a Choice.
    Rule,
    /// A rule that tries it again.
    Retrier,
    /// A rule that takes an error.
    Catcher,
    /// A branch of a Parallel.
    Branch,
    /// A variable that it sets.
    Variable,
}

/// A change that adds a part.
#[derive(Debug, Clone)]
pub struct Added {
    /// The change.
    pub change: Change,
    /// What is filled in first of what was added: a field, or the first state of a branch.
    pub first: Pointer,
}

impl Part {
    /// Whether a state can have it, or why not.
    fn fits(self, state: &StateNode) -> Result<(), Refusal> {
        let (can, why): (bool, fn(&str) -> String) = match self {
            Self::Rule => (state.kind == Some(StateType::Choice), refusals::no_rules),
            Self::Retrier => (catches(state), refusals::no_retry),
            Self::Catcher => (catches(state), refusals::no_catch),
            Self::Branch => (
                state.kind == Some(StateType::Parallel),
                refusals::no_branches,
            ),
            Self::Variable => (assigns(state), refusals::no_variables),
        };
        if can {
            Ok(())
        } else {
            Err(Refusal::Shape(why(&state.name)))
        }
    }
}

fn assigns(state: &StateNode) -> bool {
    match state.kind {
        Some(
            StateType::Task
            | StateType::Parallel
            | StateType::Map
            | StateType::Pass
            | StateType::Choice
            | StateType::Wait,
        ) => true,
        Some(StateType::Succeed | StateType::Fail) | None => false,
    }
}

impl Editing {
    /// Whether a state can be given a part, or why not; cheaper than to do it.
    pub fn may_add(&self, state: &Pointer, part: Part) -> Result<(), Refusal> {
        self.whole()?;
        let outline = self.outline();
        let Some(found) = outline.find(state) else {
            return Err(Refusal::Gone(super::draft::name_of(state)));
        };
        part.fits(&outline.states[found.0])?;
        match part {
            Part::Catcher if !has_other(outline, found) => {
                Err(Refusal::Shape(refusals::NO_STATE_FOR_ERRORS.to_owned()))
            }
            Part::Rule | Part::Retrier | Part::Catcher | Part::Branch | Part::Variable => Ok(()),
        }
    }

    /// Gives a state one more part, which works as it is and says what is to be filled in.
    pub fn add_part(&self, state: &Pointer, part: Part) -> Result<Added, Refusal> {
        self.may_add(state, part)?;
        let mut draft = Draft::begin(self)?;
        let found = draft.state(state)?;
        let name = draft.node(found).name.to_string();
        let (first, label) = match part {
            Part::Rule => (draft.give_rule(found)?, text::add_choice_rule(&name)),
            Part::Retrier => (draft.give_retrier(state)?, text::add_retrier(&name)),
            Part::Catcher => (draft.give_catcher(found)?, text::add_catcher(&name)),
            Part::Variable => (draft.give_variable(state)?, text::add_variable(&name)),
            Part::Branch => return self.add_branch(state),
        };
        let change = draft.finish(label, Vec::new());
        Ok(Added { change, first })
    }

    fn add_branch(&self, state: &Pointer) -> Result<Added, Refusal> {
        let change = self.insert(&Place::Branch(state.clone()), Blueprint::Pass)?;
        let first = change.select.first().unwrap_or(state).clone();
        Ok(Added { change, first })
    }
}

fn has_other(outline: &asl::graph::Outline, state: StateIx) -> bool {
    let block = &outline.blocks[outline.states[state.0].block.0];
    block.states.len() > 1
}

/// A value's place with the comment that follows it in its last line, as YAML may have one.
fn with_remark(text: &str, span: Span) -> Span {
    let after = text.get(span.end..).unwrap_or_default();
    let line = after.lines().next().unwrap_or_default().trim_end();
    let is_remark = line.trim_start().starts_with('#');
    let end = span.end + if is_remark { line.len() } else { 0 };
    Span { end, ..span }
}

impl Draft {
    /// The states beside one, by name, in the order of the text.
    fn beside(&self, state: StateIx) -> impl DoubleEndedIterator<Item = String> {
        let block = &self.outline.blocks[self.node(state).block.0];
        let others = block.states.iter().filter(move |other| **other != state);
        others.map(|other| self.node(*other).name.to_string())
    }

    /// A rule leads where the default does, so that the pipeline acts as before until its target is picked.
    fn give_rule(&mut self, found: StateIx) -> Result<Pointer, Refusal> {
        let state = self.node(found).pointer.clone();
        let default = match self.value(&key(&state, "Default")) {
            Some(Value::String(name)) => Some(name),
            Some(_) | None => None,
        };
        let next = default
            .or_else(|| self.beside(found).next())
            .unwrap_or_default();
        let language = self.language(&state);
        let first = match language {
            Language::JsonPath => "Variable",
            Language::JsonAta => "Condition",
        };
        let rules = key(&state, "Choices");
        let at = self.push(&rules, rule(language, &next))?;
        Ok(key(&index(&rules, at), first))
    }

    fn give_retrier(&mut self, state: &Pointer) -> Result<Pointer, Refusal> {
        let retrier = json!({ "ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 2 });
        self.push_before_rest(&key(state, "Retry"), retrier)
    }

    /// The first catcher takes all errors, any other those of the work.
    fn give_catcher(&mut self, found: StateIx) -> Result<Pointer, Refusal> {
        let state = self.node(found).pointer.clone();
        let target = self.beside(found).next_back().unwrap_or_default();
        let list = key(&state, "Catch");
        let mut added = catcher(self.language(&state), &target);
        if self.value(&list).as_ref().and_then(catches_all).is_some() {
            added["ErrorEquals"] = json!(["States.TaskFailed"]);
        }
        self.push_before_rest(&list, added)
    }

    /// Appends a rule for errors; one for all errors has to stay the last. Returns where its errors are named.
    fn push_before_rest(&mut self, list: &Pointer, rule: Value) -> Result<Pointer, Refusal> {
        let rest = self.value(list).as_ref().and_then(catches_all);
        let at = self.push(list, rule)?;
        let at = match rest {
            Some(rest) if rest + 1 == at => {
                self.change_places(&index(list, rest), &index(list, at))?;
                rest
            }
            Some(_) | None => at,
        };
        Ok(key(&index(list, at), "ErrorEquals"))
    }

    /// Lets two elements of a list change places. They keep their text with what a tree does not hold, such as comments, unless
    /// the one cannot be written where the other stands.
    fn change_places(&mut self, first: &Pointer, second: &Pointer) -> Result<(), Refusal> {
        let [Some(one), Some(other)] = [first, second].map(|at| self.value(at)) else {
            return Ok(());
        };
        let written = self.places_changed(first, second);
        let after = self.document().apply(&written);
        let is_done = after.is_ok_and(|after| {
            let value = |at| after.get(at).and_then(asl::text::Node::to_value);
            value(first).as_ref() == Some(&other) && value(second).as_ref() == Some(&one)
        });
        if is_done {
            return Ok(self.edit(&written)?);
        }
        self.set(first, &other)?;
        Ok(self.set(second, &one)?)
    }

    /// The edits that write each of two values where the other stands.
    fn places_changed(&self, first: &Pointer, second: &Pointer) -> Vec<TextEdit> {
        let document = self.document();
        let text = |span: Span| {
            document
                .text()
                .get(span.start..span.end)
                .unwrap_or_default()
        };
        let place = |at| {
            let node = document.get(at);
            node.map(|node| with_remark(document.text(), node.span))
        };
        let (Some(one), Some(other)) = (place(first), place(second)) else {
            return Vec::new();
        };
        vec![
            TextEdit::new(one, text(other)),
            TextEdit::new(other, text(one)),
        ]
    }

    /// A variable under a free name, with the state's input.
    fn give_variable(&mut self, state: &Pointer) -> Result<Pointer, Refusal> {
        let all = key(state, "Assign");
        let present = self.value(&all).unwrap_or_default();
        let is_free = |name: &String| {
            present.get(name).is_none() && present.get(format!("{name}.$")).is_none()
        };
        let numbered = (2..).map(|number| format!("{}{number}", text::VARIABLE));
        let name = std::iter::once(text::VARIABLE.to_owned())
            .chain(numbered)
            .find(is_free)
            .unwrap_or_default();
        let (name, value) = match self.language(state) {
            Language::JsonPath => (format!("{name}.$"), "$"),
            Language::JsonAta => (name, "{% $states.input %}"),
        };
        if present.is_object() {
            self.set(&key(&all, &name), &json!(value))?;
        } else if present.is_null() {
            self.set(&all, &json!({ name: value }))?;
        } else {
            return Err(Refusal::Shape(refusals::ASSIGN_NO_OBJECT.to_owned()));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::check::{MachineType, Severity};

    const PATHS: &str = r#"{"StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Both"},
        "Both": {"Type": "Parallel", "Branches": [], "Next": "Pick"},
        "Pick": {"Type": "Choice", "Choices": [], "Default": "Done"},
        "Done": {"Type": "Succeed"}
    }}"#;

    fn state(name: &str) -> Pointer {
        Pointer::root().join("States").join(name)
    }

    #[track_caller]
    fn add(editing: &mut Editing, name: &str, part: Part) -> Pointer {
        let added = editing.add_part(&state(name), part).unwrap();
        editing.apply(&added.change, Vec::new()).unwrap();
        added.first
    }

    fn value(editing: &Editing, name: &str) -> Value {
        let all: Value = serde_json::from_str(editing.text()).unwrap();
        all["States"][name].clone()
    }

    fn why(editing: &Editing, name: &str, part: Part) -> String {
        let asked = editing.may_add(&state(name), part);
        asked.err().map(|why| why.to_string()).unwrap_or_default()
    }

    #[test]
    fn each_part_is_added_and_what_is_filled_in_first_stands_in_it() {
        let mut editing = Editing::new(PATHS);
        let parts = [
            ("Pick", Part::Rule, "/States/Pick/Choices/0/Variable"),
            ("Work", Part::Retrier, "/States/Work/Retry/0/ErrorEquals"),
            ("Work", Part::Catcher, "/States/Work/Catch/0/ErrorEquals"),
            ("Both", Part::Branch, "/States/Both/Branches/0/States/Pass"),
            ("Work", Part::Variable, "/States/Work/Assign"),
        ];
        for (name, part, first) in parts {
            assert_eq!(add(&mut editing, name, part).to_string(), first);
            let at = first.parse().unwrap();
            assert!(editing.document().get(&at).is_some(), "{first}");
        }
        assert_eq!(value(&editing, "Pick")["Choices"][0]["Next"], "Done");
    }

    #[test]
    fn nothing_is_wrong_with_what_is_added() {
        let all = [
            ("Pick", Part::Rule),
            ("Work", Part::Retrier),
            ("Work", Part::Catcher),
            ("Work", Part::Catcher),
            ("Both", Part::Branch),
            ("Work", Part::Variable),
        ];
        let in_jsonata = PATHS.replacen('{', "{\"QueryLanguage\": \"JSONata\", ", 1);
        for text in [PATHS.to_owned(), in_jsonata] {
            let mut editing = Editing::new(text);
            let codes = |editing: &Editing| {
                let found = asl::check::check(editing.document(), MachineType::Standard);
                // That nothing reads a variable yet is a hint.
                let wrong = found.into_iter().filter(|it| it.severity != Severity::Hint);
                wrong.map(|it| it.code).collect::<Vec<_>>()
            };
            let before = codes(&editing);
            for (name, part) in all {
                add(&mut editing, name, part);
            }
            let mut news = codes(&editing);
            news.retain(|code| !before.contains(code));
            assert_eq!(news, Vec::<&str>::new(), "{}", editing.text());
        }
    }

    #[test]
    fn a_rule_for_all_errors_stays_the_last_one() {
        let mut editing = Editing::new(PATHS);
        add(&mut editing, "Work", Part::Catcher);
        let second = add(&mut editing, "Work", Part::Catcher);
        assert_eq!(second.to_string(), "/States/Work/Catch/0/ErrorEquals");
        let errors = |at: usize| value(&editing, "Work")["Catch"][at]["ErrorEquals"].clone();
        assert_eq!(errors(0), json!(["States.TaskFailed"]));
        assert_eq!(errors(1), json!(["States.ALL"]));
    }

    #[test]
    fn a_rule_that_moves_to_the_end_keeps_its_form_and_its_comments() {
        let yaml = "StartAt: A\nStates:\n  A:\n    Type: Map\n    Catch:\n      - ErrorEquals: [States.ALL]\n        # Whom to wake.\n        Next: B  # at night\n    Next: B\n  B:\n    Type: Succeed\n";
        let json = r#"{"StartAt": "A", "States": {
            "A": {"Type": "Map", "Catch": [
                { "ErrorEquals":["States.ALL"],   "Next":"B" }
            ], "Next": "B"},
            "B": {"Type": "Succeed"}}}"#;
        let remarks = "        # Whom to wake.\n        Next: B  # at night\n";
        let form = r#"{ "ErrorEquals":["States.ALL"],   "Next":"B" }"#;
        for (text, kept) in [(yaml, remarks), (json, form)] {
            let mut editing = Editing::new(text);
            let first = add(&mut editing, "A", Part::Catcher);
            assert_eq!(first.to_string(), "/States/A/Catch/0/ErrorEquals");
            assert!(editing.text().contains(kept), "{}", editing.text());
            let errors = |at: usize| {
                let place = format!("/States/A/Catch/{at}/ErrorEquals/0");
                let node = editing.document().get(&place.parse().unwrap());
                node.and_then(|node| node.as_str().map(str::to_owned))
            };
            assert_eq!(errors(0).as_deref(), Some("States.TaskFailed"));
            assert_eq!(errors(1).as_deref(), Some("States.ALL"));
        }
    }

    #[test]
    fn what_is_added_is_written_in_the_language_of_the_state() {
        let text = PATHS.replacen('{', "{\"QueryLanguage\": \"JSONata\", ", 1);
        let mut editing = Editing::new(text);
        add(&mut editing, "Pick", Part::Rule);
        add(&mut editing, "Work", Part::Catcher);
        add(&mut editing, "Work", Part::Variable);
        add(&mut editing, "Work", Part::Variable);
        assert_eq!(
            value(&editing, "Pick")["Choices"][0]["Condition"],
            "{% $states.input.value >= 1 %}"
        );
        let work = value(&editing, "Work");
        assert_eq!(work["Catch"][0].get("ResultPath"), None);
        assert_eq!(
            work["Assign"],
            json!({ "variable": "{% $states.input %}", "variable2": "{% $states.input %}" })
        );
    }

    #[test]
    fn a_state_that_cannot_have_a_part_says_why() {
        let editing = Editing::new(PATHS);
        assert!(why(&editing, "Work", Part::Rule).contains("only a Choice"));
        assert!(why(&editing, "Pick", Part::Retrier).contains("only Task, Parallel and Map"));
        assert!(why(&editing, "Pick", Part::Catcher).contains("only Task, Parallel and Map"));
        assert!(why(&editing, "Work", Part::Branch).contains("only a Parallel"));
        assert!(why(&editing, "Done", Part::Variable).contains("Succeed"));
        assert_eq!(why(&editing, "Work", Part::Catcher), "");
        let alone = r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true}}}"#;
        let alone = Editing::new(alone);
        assert!(why(&alone, "A", Part::Catcher).contains("Add a state first"));
    }
}
