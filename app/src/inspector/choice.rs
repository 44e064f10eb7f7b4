//! A Choice: rules in order, each with a condition and a target; otherwise the default.

use super::assist::{Shown, helper};
use super::comparison::{self, OPERATORS, Operand};
use super::findings::{PartMark, PartNotes, notes_at, notes_of};
use super::parts::{JsonIn, QueryIn, Section, StatePicker, TextIn};
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::document::Part;
use crate::text::inspector::{self, choice as text};
use crate::ui::{AssistField, Button, Choice, Glyph, IconButton, Select, TextField};
use asl::catalog::ParameterKind;
use asl::text::Node;
use leptos::prelude::*;
use serde_json::{Map, Value, json};

/// The rules of a Choice.
#[component]
pub(super) fn ChoiceForms(place: Place) -> impl IntoView {
    let count = place.count("Choices");
    let jsonata = uses_jsonata(place);
    let default = place.text("Default");
    view! {
        <Section title=text::RULES about=place.member("Choices").way() count=count add=(text::ADD_RULE.to_owned(), place.adding(Part::Rule))>
            <p class="sm t2">{text::RULES_HINT}</p>
            <PartNotes place=place.member("Choices")/>
            {move || (0..count.get()).map(|index| {
                view! { <Rule owner=place place=place.member("Choices").element(index) index=index count=count jsonata=jsonata/> }
            }).collect_view()}
        </Section>
        <Section title=text::OTHERWISE>
            <StatePicker
                label=inspector::GO_ON_TO
                hint=text::OTHERWISE_HINT
                value=default
                notes=notes_at(place, &["Default"])
                nothing=text::NO_RULE_FITS
                on_change=move |name: String| { place.put("Default", (!name.is_empty()).then(|| json!(name)).as_ref()); }
            />
        </Section>
    }
}

#[component]
fn Rule(
    owner: Place,
    place: Place,
    index: usize,
    count: Memo<usize>,
    jsonata: Memo<bool>,
) -> impl IntoView {
    let swap = move |with: usize| {
        let list = owner.value("Choices").get_untracked();
        let Some(Value::Array(mut list)) = list else {
            return;
        };
        if with < list.len() && index < list.len() {
            list.swap(index, with);
            owner.set("Choices", &Value::Array(list));
        }
    };
    view! {
        <div class="rule">
            <div class="rule-head">
                <span class="num-chip">{index + 1}</span>
                <b>{if index == 0 { text::IF } else { text::ELSE_IF }}</b>
                <span class="end"></span>
                <PartMark place=place/>
                <IconButton label=text::move_up(index + 1) glyph=Glyph::Up disabled=index == 0 on_press=move || swap(index.wrapping_sub(1))/>
                <IconButton label=text::move_down(index + 1) glyph=Glyph::Down disabled=Signal::derive(move || index + 1 >= count.get()) on_press=move || swap(index + 1)/>
                <IconButton label=text::remove_rule(index + 1) glyph=Glyph::Trash on_press=move || { place.remove(""); }/>
            </div>
            <div class="rule-body stack">
                {move || jsonata.get().then(|| view! { <PartNotes place=place/> })}
                {move || if jsonata.get() {
                    view! { <ValueIn at=Slot::new(place, "Condition", Dynamic::Expression) entry=Entry::new(ParameterKind::Flag, text::CONDITION).hint(text::CONDITION_HINT).start(json!(true))/> }.into_any()
                } else {
                    view! { <Condition place=place top=true/> }.into_any()
                }}
                <StatePicker
                    label=inspector::GO_ON_TO
                    hint=inspector::GO_ON_TO_HINT
                    value=place.text("Next")
                    notes=notes_at(place, &["Next"])
                    on_change=move |name: String| { place.set("Next", &json!(name)); }
                />
                <More place=place jsonata=jsonata/>
            </div>
        </div>
    }
}

/// What few rules have: open from the start where one has it.
#[component]
fn More(place: Place, jsonata: Memo<bool>) -> impl IntoView {
    let has = ["Comment", "Assign", "Output"].map(|field| place.has(field));
    let open = has.iter().any(|has| has.get_untracked());
    view! {
        <details class="more" open=open>
            <summary class="sm t2">{text::MORE}</summary>
            <div class="stack">
                <TextIn place=place field="Comment" label=inspector::NOTE hint=inspector::NOTE_HINT/>
                <JsonIn place=place field="Assign" label=inspector::SET_VARIABLES hint=text::VARIABLES_HINT placeholder=inspector::NONE rows=1/>
                {move || jsonata.get().then(|| view! {
                    <JsonIn place=place field="Output" label=inspector::OUTPUT hint=text::OUTPUT_HINT placeholder=text::STATE_OUTPUT rows=1/>
                })}
            </div>
        </details>
    }
}

/// What a condition is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Comparison,
    And,
    Or,
    Not,
}

impl Shape {
    fn of(node: Option<&Node>) -> Self {
        let has = |key| node.is_some_and(|node| node.member(key).is_some());
        if has("And") {
            Self::And
        } else if has("Or") {
            Self::Or
        } else if has("Not") {
            Self::Not
        } else {
            Self::Comparison
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Comparison => "one",
            Self::And => "And",
            Self::Or => "Or",
            Self::Not => "Not",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "And" => Self::And,
            "Or" => Self::Or,
            "Not" => Self::Not,
            _ => Self::Comparison,
        }
    }
}

/// The members of a rule that are its condition, and those that are not.
fn split(rule: Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    let is_condition = |key: &str| {
        matches!(key, "Variable" | "And" | "Or" | "Not") || comparison::find(key).is_some()
    };
    rule.into_iter().partition(|(key, _)| is_condition(key))
}

/// The rule with its condition in another shape; what was there goes inside, or comes out again.
fn reshape(rule: Map<String, Value>, from: Shape, to: Shape) -> Map<String, Value> {
    let (condition, rest) = split(rule);
    let group = condition.get(from.word()).cloned();
    let inner = match from {
        Shape::Comparison => Value::Object(condition),
        Shape::And | Shape::Or => group
            .as_ref()
            .and_then(|list| list.get(0))
            .cloned()
            .unwrap_or_else(fresh),
        Shape::Not => group.clone().unwrap_or_else(fresh),
    };
    let all = match (from, group) {
        (Shape::And | Shape::Or, Some(list)) => list,
        _ => json!([inner.clone()]),
    };
    let mut changed = match to {
        Shape::Comparison => inner.as_object().cloned().unwrap_or_default(),
        Shape::And | Shape::Or => Map::from_iter([(to.word().to_owned(), all)]),
        Shape::Not => Map::from_iter([("Not".to_owned(), inner)]),
    };
    changed.extend(rest);
    changed
}

fn fresh() -> Value {
    json!({ "Variable": "$.value", "IsPresent": true })
}

/// A condition: one comparison, or a group of conditions. `top` conditions share their object with `Next`.
#[component]
fn Condition(place: Place, #[prop(optional)] top: bool) -> impl IntoView {
    let shape = place.read("", Shape::of);
    let choices = vec![
        Choice::new("one", text::ONE),
        Choice::new("And", text::AND),
        Choice::new("Or", text::OR),
        Choice::new("Not", text::NOT),
    ];
    let change = move |word: String| {
        if let Some(Value::Object(rule)) = place.value("").get_untracked() {
            place.set(
                "",
                &Value::Object(reshape(
                    rule,
                    shape.get_untracked(),
                    Shape::from_word(&word),
                )),
            );
        }
    };
    view! {
        <div class="condition" class:nested=!top>
            <PartNotes place=place/>
            <Select label=text::CONDITION choices=choices value=Signal::derive(move || shape.get().word().to_owned()) on_change=change/>
            {move || match shape.get() {
                Shape::Comparison => view! { <Comparison place=place/> }.into_any(),
                Shape::And => view! { <Group place=place field="And"/> }.into_any(),
                Shape::Or => view! { <Group place=place field="Or"/> }.into_any(),
                Shape::Not => view! { <Condition place=place.member("Not")/> }.into_any(),
            }}
            {(!top).then(|| view! { <InnerNote place=place/> })}
        </div>
    }
    .into_any()
}

/// The note of a condition inside another one, where it has one.
#[component]
fn InnerNote(place: Place) -> impl IntoView {
    let has = place.has("Comment");
    view! {
        <Show when=move || has.get()>
            <TextIn place=place field="Comment" label=inspector::NOTE hint=inspector::NOTE_HINT/>
        </Show>
    }
}

#[component]
fn Group(place: Place, field: &'static str) -> impl IntoView {
    let count = place.count(field);
    let list = place.member(field);
    view! {
        {move || (0..count.get()).map(|index| view! {
            <div class="group-row">
                <Condition place=list.element(index)/>
                <IconButton label=text::remove_condition(index + 1) glyph=Glyph::Trash disabled=count.get() < 2 on_press=move || { list.element(index).remove(""); }/>
            </div>
        }).collect_view()}
        <Button label=text::ADD_CONDITION glyph=Glyph::Plus on_press=move || { place.push(field, &fresh()); }/>
    }
}

#[component]
fn Comparison(place: Place) -> impl IntoView {
    let found = place.read("", |node| {
        let Some(Value::Object(rule)) = node.and_then(Node::to_value) else {
            return None;
        };
        comparison::in_rule(&rule).map(|(operator, value)| (operator, value.clone()))
    });
    let error = RwSignal::new(None::<String>);
    let operator = Signal::derive(move || {
        found
            .get()
            .map(|(operator, _)| operator.field.to_owned())
            .unwrap_or_default()
    });
    let choices: Vec<Choice> = OPERATORS
        .iter()
        .map(|operator| Choice::new(operator.field, operator.words))
        .collect();
    let set_operator = move |field: String| {
        error.set(None);
        if let (Some(wanted), Some(Value::Object(rule))) =
            (comparison::find(&field), place.value("").get_untracked())
        {
            place.set("", &Value::Object(comparison::with_operator(&rule, wanted)));
        }
    };
    let set_value = move |entry: String| {
        let Some((operator, _)) = found.get_untracked() else {
            return;
        };
        match comparison::read(operator.operand, &entry) {
            Ok(value) => {
                error.set(None);
                place.set(operator.field, &value);
            }
            Err(message) => error.set(Some(message)),
        }
    };
    let operand = Memo::new(move |_| found.with(|found| found.as_ref().map(|(it, _)| *it)));
    let notes = move || {
        let operator = operand.get();
        notes_of(
            operator
                .map(|it| place.member(it.field))
                .into_iter()
                .collect(),
        )
    };
    let set_path = move |entry: String| {
        if let Some((operator, _)) = found.get_untracked() {
            place.set(operator.field, &Value::from(entry.trim()));
        }
    };
    let value = Signal::derive(move || {
        found
            .get()
            .map(|(_, value)| comparison::show(&value))
            .unwrap_or_default()
    });
    view! {
        <QueryIn place=place field="Variable" label=text::VARIABLE hint=text::VARIABLE_HINT placeholder=text::VARIABLE_EXAMPLE/>
        <div class="g2">
            <Select label=text::COMPARISON hint=operator choices=choices value=operator on_change=set_operator/>
            {move || if operand.get().is_some_and(|it| it.operand == Operand::Truth) {
                view! { <Select label=text::VALUE choices=vec![Choice::new("true", text::TRUE), Choice::new("false", text::FALSE)] value=value notes=notes() on_change=set_value/> }.into_any()
            } else if let Some(path) = operand.get().filter(|it| it.operand == Operand::Path) {
                let helper = helper(place.member(path.field), Shown::Whole);
                view! { <AssistField label=text::VALUE hint=text::VALUE_PATH_HINT value=value notes=notes() helper=helper on_change=set_path/> }.into_any()
            } else {
                view! { <TextField label=text::VALUE value=value error=error mono=true notes=notes() on_change=set_value/> }.into_any()
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_comparison_goes_into_a_group_and_comes_out_again_with_its_target() {
        let before = rule(&json!({"Variable": "$.x", "NumericEquals": 1, "Next": "A"}));
        let grouped = reshape(before.clone(), Shape::Comparison, Shape::And);
        assert_eq!(
            Value::Object(grouped.clone()),
            json!({"And": [{"Variable": "$.x", "NumericEquals": 1}], "Next": "A"})
        );
        assert_eq!(reshape(grouped, Shape::And, Shape::Comparison), before);
    }

    #[test]
    fn all_conditions_of_a_group_stay_when_it_becomes_another_group() {
        let both = rule(
            &json!({"And": [{"Variable": "$.a", "IsNull": true}, {"Variable": "$.b", "IsNull": true}], "Next": "A"}),
        );
        let or = reshape(both, Shape::And, Shape::Or);
        assert_eq!(or["Or"].as_array().map(Vec::len), Some(2));
    }
}
