//! What deploying would do, worked out before anything is done.

use super::approvals::{PeopleActivity, people_activities};
use crate::api::{ApiError, Info, aws, studio};
use crate::document::{laid_out, sent};
use crate::drafts::Draft;
use crate::pages::start::readiness::mocks_for;
use asl::check::MachineType;
use asl::text::{Document, Format};
use std::sync::Arc;

/// What deploying would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The account and region of the server.
    pub info: Info,
    /// What happens to the pipeline itself.
    pub change: Change,
    /// Activities for people that are made sure of.
    pub activities: Vec<PeopleActivity>,
    /// Activities in another account or region: the server cannot make them.
    pub foreign: Vec<PeopleActivity>,
}

/// What happens to the pipeline itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is not there yet.
    Create,
    /// It is there and differs.
    Update {
        /// Its ARN.
        arn: String,
        /// What is deployed.
        before: Arc<str>,
        /// What will be.
        after: Arc<str>,
    },
    /// It is there and equal.
    Same {
        /// Its ARN.
        arn: String,
    },
    /// It is there with another type, which cannot be changed.
    OtherType {
        /// The type that it has.
        kind: String,
    },
}

/// AWS's word for a machine type.
pub fn wire_type(machine_type: MachineType) -> &'static str {
    match machine_type {
        MachineType::Standard => "STANDARD",
        MachineType::Express => "EXPRESS",
    }
}

/// Asks the server what is there and compares.
pub async fn plan(draft: &Draft) -> Result<Plan, ApiError> {
    let (name, machine_type) = (&draft.name, draft.machine_type);
    let document = draft.document();
    let info = studio::info().await?;
    let machines = aws::list_state_machines().await?;
    let change = match machines.into_iter().find(|m| m.name == *name) {
        None => Change::Create,
        Some(machine) if machine.kind != wire_type(machine_type) => {
            Change::OtherType { kind: machine.kind }
        }
        Some(machine) => {
            let deployed = aws::describe_state_machine(&machine.state_machine_arn).await?;
            compare(machine.state_machine_arn, &deployed.definition, &document)
        }
    };
    let (activities, foreign) = sort_activities(people_activities(&document), &info);
    Ok(Plan {
        info,
        change,
        activities,
        foreign,
    })
}

/// Compares JSON with JSON; how YAML would be laid out as JSON is no difference.
fn compare(arn: String, old: &str, document: &Document) -> Change {
    let (old, new) = match document.format() {
        Format::Json => (old.to_owned(), document.text().to_string()),
        Format::Yaml => (laid_out(old), sent(document)),
    };
    if old == new {
        Change::Same { arn }
    } else {
        Change::Update {
            arn,
            before: old.into(),
            after: new.into(),
        }
    }
}

/// Those that this server can make, and those of another account or region.
fn sort_activities(
    all: Vec<PeopleActivity>,
    info: &Info,
) -> (Vec<PeopleActivity>, Vec<PeopleActivity>) {
    all.into_iter()
        .partition(|a| a.region == info.region && a.account == info.account_id)
}

/// Does what the plan says. Gives the draft as deployed, under its present name.
pub async fn deploy(plan: &Plan, draft: &Draft) -> Result<Draft, ApiError> {
    for activity in &plan.activities {
        aws::create_people_activity(&activity.name).await?;
    }
    let definition = sent(&draft.document());
    match &plan.change {
        Change::Create => {
            aws::create_state_machine(&draft.name, &definition, wire_type(draft.machine_type))
                .await?;
        }
        Change::Update { arn, .. } => aws::update_state_machine(arn, &definition).await?,
        Change::Same { .. } | Change::OtherType { .. } => {}
    }
    let mut deployed = draft.clone();
    if !draft.mocks.trim().is_empty() {
        deployed.mocks = mocks_for(&draft.mocks, &draft.name);
        studio::put_mocks(&draft.name, &deployed.mocks).await?;
    }
    deployed.deployed_as = Some(draft.text.clone()).filter(|text| *text != definition);
    deployed.deployed = Some(definition);
    Ok(deployed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_of_another_account_is_set_apart() {
        let info = Info {
            version: "1".into(),
            region: "eu-west-1".into(),
            account_id: "1".into(),
        };
        let activity = |region: &str| PeopleActivity {
            state: "Ask".into(),
            region: region.into(),
            account: "1".into(),
            name: "ask".into(),
        };
        let (own, foreign) =
            sort_activities(vec![activity("eu-west-1"), activity("us-east-1")], &info);
        assert_eq!((own.len(), foreign.len()), (1, 1));
    }

    #[test]
    fn an_equal_definition_needs_no_update() {
        let compared = |old: &str, new: &str| {
            let draft = Draft::new("a", new);
            compare("a".into(), old, &draft.document())
        };
        let same = Change::Same { arn: "a".into() };
        assert_eq!(compared("{}", "{}"), same);
        assert!(matches!(compared("{}", "{ }"), Change::Update { .. }));
        assert_eq!(
            compared("{ \"Comment\":\"x\" }", "Comment: x # the same\n"),
            same
        );
        assert!(matches!(
            compared("{\"Comment\": \"y\"}", "Comment: x\n"),
            Change::Update { .. }
        ));
    }
}
