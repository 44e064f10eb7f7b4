//! What will happen to the tasks of a run, before it is started. Pure.

use crate::api::TaskReadiness;
use serde_json::Value;

/// The tasks that need a word before a run is started.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Tasks that nothing serves.
    pub unserved: Vec<TaskReadiness>,
    /// States at which a person must answer.
    pub people: Vec<String>,
}

fn machines(mocks: &str) -> Option<Value> {
    let mut file: Value = serde_json::from_str(mocks).ok()?;
    file.get_mut("StateMachines").map(Value::take)
}

/// The names of a machine's cases in a mock file, in written order.
pub fn cases(mocks: &str, machine: &str) -> Vec<String> {
    let file = machines(mocks).unwrap_or_default();
    let cases = file
        .get(machine)
        .and_then(|m| m.get("TestCases"))
        .and_then(Value::as_object);
    cases
        .map(|c| c.keys().cloned().collect())
        .unwrap_or_default()
}

/// Whether the case answers for the state, whatever machine of the file it belongs to.
fn answers(mocks: &str, case: &str, state: &str) -> bool {
    let file = machines(mocks).unwrap_or_default();
    let found = |m: &Value| {
        m.get("TestCases")
            .and_then(|t| t.get(case))
            .and_then(|c| c.get(state))
            .is_some()
    };
    file.as_object().is_some_and(|all| all.values().any(found))
}

/// Which tasks are not served when a run takes a case, or none.
pub fn outlook(
    tasks: &[TaskReadiness],
    mocks: &str,
    case: Option<&str>,
    cases: &[String],
) -> Outlook {
    let case = case.filter(|c| cases.iter().any(|known| known == c));
    let left = |t: &&TaskReadiness| case.is_none_or(|c| !answers(mocks, c, &t.state));
    let mut outlook = Outlook::default();
    for task in tasks.iter().filter(left) {
        if !task.served {
            outlook.unserved.push(task.clone());
        } else if task
            .by
            .as_deref()
            .is_some_and(|by| by.to_lowercase().contains("people"))
        {
            outlook.people.push(task.state.clone());
        }
    }
    outlook
}

/// A mock file for a machine of this name: a file about one machine of another name is renamed to it.
pub fn mocks_for(mocks: &str, machine: &str) -> String {
    let renamed = || {
        let mut file: Value = serde_json::from_str(mocks).ok()?;
        let machines = file.get_mut("StateMachines")?.as_object_mut()?;
        if machines.contains_key(machine) || machines.len() != 1 {
            return None;
        }
        let only = machines.keys().next()?.clone();
        let cases = machines.shift_remove(&only)?;
        machines.insert(machine.to_owned(), cases);
        serde_json::to_string_pretty(&file).ok()
    };
    renamed().unwrap_or_else(|| mocks.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOCKS: &str = r#"{"StateMachines":{"train":{"TestCases":{"Good":{"Train":"ok"},"Bad":{}}}},"MockedResponses":{"ok":{}}}"#;

    fn task(state: &str, served: bool, by: Option<&str>) -> TaskReadiness {
        TaskReadiness {
            state: state.into(),
            resource: "r".into(),
            served,
            by: by.map(Into::into),
            reason: None,
        }
    }

    #[test]
    fn cases_come_in_written_order() {
        assert_eq!(cases(MOCKS, "train"), ["Good", "Bad"]);
        assert!(cases(MOCKS, "other").is_empty());
        assert!(cases("no json", "train").is_empty());
    }

    #[test]
    fn a_mocked_task_needs_nobody_to_serve_it() {
        let tasks = [
            task("Train", false, None),
            task("Ask", true, Some("people")),
            task("Deploy", true, Some("worker")),
        ];
        let all = cases(MOCKS, "train");
        let unserved = |case| outlook(&tasks, MOCKS, case, &all).unserved.len();
        assert_eq!(
            (
                unserved(None),
                unserved(Some("Good")),
                unserved(Some("Bad"))
            ),
            (1, 0, 1)
        );
        assert_eq!(outlook(&tasks, MOCKS, None, &all).people, ["Ask"]);
    }

    #[test]
    fn a_file_about_another_machine_is_renamed() {
        assert_eq!(
            cases(&mocks_for(MOCKS, "train-2"), "train-2"),
            ["Good", "Bad"]
        );
        assert_eq!(mocks_for(MOCKS, "train"), MOCKS);
        assert_eq!(mocks_for("", "train"), "");
    }
}
