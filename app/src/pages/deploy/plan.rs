//! What deploying would do, worked out before anything is done.

use super::approvals::{PeopleActivity, people_activities};
use crate::api::{ApiError, Info, aws, studio, versions};
use crate::document::{laid_out, sent};
use crate::drafts::{Draft, Settings, changes};
use crate::pages::start::readiness::mocks_for;
use asl::check::MachineType;
use asl::text::{Document, Format};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What deploying would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The account and region of the server.
    pub info: Info,
    /// What happens to the pipeline itself.
    pub change: Change,
    /// What it is besides its definition, there and here.
    pub settings: Compared,
    /// Activities for people that are made sure of.
    pub activities: Vec<PeopleActivity>,
    /// Activities in another account or region: the server cannot make them.
    pub foreign: Vec<PeopleActivity>,
}

/// What a machine is besides its definition, on the server and after deploying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// As the server has it; none when the machine is not there.
    pub present: Option<Settings>,
    /// As it will be.
    pub wanted: Settings,
}

impl Compared {
    /// Settings that nobody made here leave the server's as they are.
    fn of(present: Option<Settings>, draft: &Draft) -> Self {
        let made = draft.settings.clone();
        let wanted = match (&present, &draft.deployed_settings) {
            (Some(present), None) => made.over(present),
            (Some(_), Some(_)) | (None, _) => made,
        };
        Self { present, wanted }
    }

    /// What changes, in words; of a machine that is made, what is set.
    pub fn changes(&self) -> Vec<String> {
        let present = self.present.clone().unwrap_or_default();
        changes(&present, &self.wanted)
    }

    /// The members of UpdateStateMachine that change.
    fn changed_members(&self) -> Map<String, Value> {
        let present = self
            .present
            .as_ref()
            .map(Settings::wire)
            .unwrap_or_default();
        let wanted = self.wanted.wire().into_iter();
        wanted
            .filter(|(name, value)| present.get(name) != Some(value))
            .collect()
    }
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
    let machine = machines.into_iter().find(|m| m.name == *name);
    let present = match &machine {
        Some(machine) => Some(aws::machine_settings(&machine.state_machine_arn).await?),
        None => None,
    };
    let change = match machine {
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
        settings: Compared::of(present, draft),
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

/// A pipeline that was deployed.
#[derive(Debug, Clone, PartialEq)]
pub struct Deployed {
    /// The draft as deployed, under its present name.
    pub draft: Draft,
    /// The ARN of the version that was published with it.
    pub version: Option<String>,
}

/// Does what the plan says.
pub async fn deploy(plan: &Plan, draft: &Draft) -> Result<Deployed, ApiError> {
    for activity in &plan.activities {
        aws::create_people_activity(&activity.name).await?;
    }
    let definition = sent(&draft.document());
    let version = send(plan, draft, &definition).await?;
    let mut deployed = draft.clone();
    if !draft.mocks.trim().is_empty() {
        deployed.mocks = mocks_for(&draft.mocks, &draft.name);
        studio::put_mocks(&draft.name, &deployed.mocks).await?;
    }
    deployed.deployed_as = Some(draft.text.clone()).filter(|text| *text != definition);
    deployed.deployed = Some(definition);
    deployed.settings = plan.settings.wanted.clone();
    deployed.deployed_settings = Some(plan.settings.wanted.clone());
    // The next version is another one, so its description is, too.
    deployed.publish = draft.publish.as_ref().map(|_| String::new());
    Ok(Deployed {
        draft: deployed,
        version,
    })
}

/// Sends the pipeline itself; gives the ARN of the version that was published.
async fn send(plan: &Plan, draft: &Draft, definition: &str) -> Result<Option<String>, ApiError> {
    let settings = &plan.settings;
    let publish = draft.publish.as_deref();
    let (arn, is_same) = match &plan.change {
        Change::Create => {
            let kind = wire_type(draft.machine_type);
            let wanted = &settings.wanted;
            return aws::create_state_machine(&draft.name, definition, kind, wanted, publish).await;
        }
        Change::Update { arn, .. } => (arn, false),
        Change::Same { arn } => (arn, true),
        Change::OtherType { .. } => return Ok(None),
    };
    if let Some(present) = &settings.present {
        versions::set_tags(arn, &present.tags, &settings.wanted.tags).await?;
    }
    let members = settings.changed_members();
    match publish {
        Some(description) if is_same && members.is_empty() => {
            versions::publish_version(arn, description).await.map(Some)
        }
        None if is_same && members.is_empty() => Ok(None),
        publish => aws::update_state_machine(arn, definition, members, publish).await,
    }
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
    fn settings_that_nobody_made_here_leave_those_of_the_server() {
        let there = Settings {
            tracing: true,
            ..Settings::default()
        };
        let mut draft = Draft::new("a", "{}");
        let compared = Compared::of(Some(there.clone()), &draft);
        assert_eq!(compared.changes(), Vec::<String>::new());
        assert!(compared.changed_members().is_empty());
        draft.settings.role = "arn:aws:iam::123456789012:role/mine".into();
        let compared = Compared::of(Some(there.clone()), &draft);
        assert!(compared.wanted.tracing, "only the role was set here");
        draft.settings = Settings::default();
        draft.deployed_settings = Some(there.clone());
        let compared = Compared::of(Some(there), &draft);
        assert_eq!(compared.changes(), ["Tracing: on → off"]);
        let members = compared.changed_members();
        assert_eq!(members.keys().collect::<Vec<_>>(), ["tracingConfiguration"]);
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
