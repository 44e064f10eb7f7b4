//! What is known of a pipeline's data beyond its text, for completions: the sample input and what a dry run has shown.

use asl::editor::{Knowledge, Seen};
use asl::machine::{Observation, Stage};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// What is known, made anew only when what it is made of changes.
#[derive(Default)]
pub(crate) struct Known {
    input: String,
    shown: Arc<Vec<Observation>>,
    knowledge: Arc<Knowledge>,
}

impl Known {
    /// The knowledge from an input, as typed, and the values that a dry run has shown.
    pub(crate) fn of(&mut self, input: String, shown: Arc<Vec<Observation>>) -> Arc<Knowledge> {
        if self.input != input || !Arc::ptr_eq(&self.shown, &shown) {
            self.knowledge = Arc::new(Knowledge {
                input: serde_json::from_str(&input).ok(),
                seen: seen(&shown),
                resources: Vec::new(),
            });
            (self.input, self.shown) = (input, shown);
        }
        self.knowledge.clone()
    }
}

/// The latest values of each state. What is assigned is known to the states that are entered afterwards.
fn seen(shown: &[Observation]) -> HashMap<Arc<str>, Seen> {
    let mut latest: HashMap<(&Arc<str>, Stage), &Arc<str>> = HashMap::new();
    let mut assigned: Option<&Arc<str>> = None;
    for value in shown {
        match (value.stage, assigned) {
            (Stage::Variables, _) => assigned = Some(&value.value),
            (Stage::Input, Some(variables)) => {
                latest.insert((&value.state, Stage::Input), &value.value);
                latest.insert((&value.state, Stage::Variables), variables);
            }
            (stage, _) => {
                latest.insert((&value.state, stage), &value.value);
            }
        }
    }
    let mut seen: HashMap<Arc<str>, Seen> = HashMap::new();
    for ((state, stage), text) in latest {
        if let Ok(value) = serde_json::from_str(text) {
            keep(seen.entry(state.clone()).or_default(), stage, value);
        }
    }
    seen
}

fn keep(state: &mut Seen, stage: Stage, value: Value) {
    match stage {
        Stage::Input => state.input = Some(value),
        Stage::Result => state.result = Some(value),
        Stage::Output => state.output = Some(value),
        Stage::Variables => {
            if let Value::Object(variables) = value {
                state.variables = variables;
            }
        }
        Stage::AfterInputPath
        | Stage::AfterParameters
        | Stage::AfterArguments
        | Stage::MaxConcurrency
        | Stage::AfterItemsPath
        | Stage::ToleratedFailureCount
        | Stage::ToleratedFailurePercentage
        | Stage::AfterItemsPointer
        | Stage::AfterItemSelector
        | Stage::AfterItemBatcher
        | Stage::AfterResultSelector
        | Stage::AfterResultPath
        | Stage::Error => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_value_of_each_stage_counts() {
        let value = |state: &str, stage, value: &str| Observation {
            state: state.into(),
            entered: 1,
            stage,
            value: value.into(),
        };
        let shown = Arc::new(vec![
            value("A", Stage::Input, "1"),
            value("A", Stage::Input, "2"),
            value("A", Stage::Variables, r#"{"x": 1}"#),
            value("B", Stage::Input, "3"),
        ]);
        let knowledge = Known::default().of("{\"a\": 1}".to_owned(), shown);
        let seen = |state: &str| knowledge.seen.get(state).expect("a state");
        assert_eq!(seen("A").input, Some(Value::from(2)));
        assert!(seen("A").variables.is_empty());
        assert_eq!(seen("B").variables.get("x"), Some(&Value::from(1)));
        assert!(knowledge.input.is_some());
    }
}
