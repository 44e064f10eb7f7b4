//! One list of deployed pipelines and drafts. Pure.

use crate::api::{MachineItem, RunItem, Time};
use crate::drafts::Draft;
use std::collections::BTreeMap;

/// Where a pipeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Only in this browser.
    Draft,
    /// On the server, and the same here or not here at all.
    Deployed,
    /// On the server, with changes in this browser.
    Changed,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub stage: Stage,
    /// Its ARN, when it is deployed.
    pub arn: Option<String>,
    /// Whether a draft is in this browser.
    pub has_draft: bool,
    /// Its latest run.
    pub last: Option<RunItem>,
    /// When it was last changed or deployed.
    pub changed: Option<Time>,
}

/// Every pipeline once, latest change first.
pub fn pipelines(
    machines: &[MachineItem],
    drafts: &[Draft],
    latest: &BTreeMap<String, RunItem>,
) -> Vec<Pipeline> {
    let mut all: Vec<Pipeline> = machines
        .iter()
        .map(|m| of_machine(m, drafts, latest))
        .collect();
    let own = drafts
        .iter()
        .filter(|d| !machines.iter().any(|m| m.name == d.name));
    all.extend(own.map(|d| Pipeline {
        name: d.name.clone(),
        stage: Stage::Draft,
        arn: None,
        has_draft: true,
        last: None,
        changed: Some(Time(d.changed_ms)),
    }));
    all.sort_by_key(|p| std::cmp::Reverse(p.changed));
    all
}

fn of_machine(
    machine: &MachineItem,
    drafts: &[Draft],
    latest: &BTreeMap<String, RunItem>,
) -> Pipeline {
    let draft = drafts.iter().find(|d| d.name == machine.name);
    let changed = draft.filter(|d| d.is_dirty());
    Pipeline {
        name: machine.name.clone(),
        stage: if changed.is_some() {
            Stage::Changed
        } else {
            Stage::Deployed
        },
        arn: Some(machine.state_machine_arn.clone()),
        has_draft: draft.is_some(),
        last: latest.get(&machine.name).cloned(),
        changed: Some(changed.map_or(machine.creation_date, |d| Time(d.changed_ms))),
    }
}

/// Whether a pipeline has what was searched for in its name.
pub fn matches(pipeline: &Pipeline, wanted: &str) -> bool {
    pipeline
        .name
        .to_lowercase()
        .contains(&wanted.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(name: &str) -> MachineItem {
        MachineItem {
            state_machine_arn: format!("arn:{name}"),
            name: name.into(),
            kind: "STANDARD".into(),
            creation_date: Time(10),
        }
    }

    fn draft(name: &str, deployed: Option<&str>, changed_ms: i64) -> Draft {
        let mut draft = Draft::new(name, "{}");
        draft.deployed = deployed.map(Into::into);
        draft.changed_ms = changed_ms;
        draft
    }

    #[test]
    fn a_pipeline_stands_once_whether_draft_or_deployed() {
        let machines = [machine("a"), machine("b")];
        let drafts = [
            draft("a", Some("{}"), 50),
            draft("b", Some("old"), 40),
            draft("c", None, 30),
        ];
        let all = pipelines(&machines, &drafts, &BTreeMap::new());
        let stages: Vec<_> = all.iter().map(|p| (p.name.as_str(), p.stage)).collect();
        assert_eq!(
            stages,
            [
                ("b", Stage::Changed),
                ("c", Stage::Draft),
                ("a", Stage::Deployed)
            ]
        );
    }
}
