//! What the server knows of the pipeline: read when the view opens and again after each change.

use crate::api::versions::{self, Alias, number_of};
use crate::api::{ApiError, Info, MachineItem, Time, aws, studio};
use crate::pages::parts::Load;
use crate::studio::Keeper;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Only the newest versions say what is new in them: each description is a request.
const DESCRIBED: usize = 20;

/// What is known of the pipeline on the server.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// Account and region.
    pub(super) info: Info,
    /// Every machine there.
    pub(super) machines: Vec<MachineItem>,
    /// This pipeline, when it is deployed.
    pub(super) machine: Option<Machine>,
}

/// The pipeline on the server.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Machine {
    /// Its ARN.
    pub(super) arn: String,
    /// Its versions, newest first.
    pub(super) versions: Vec<Version>,
    /// Its aliases, oldest first.
    pub(super) aliases: Vec<Alias>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Version {
    /// Its ARN.
    pub(super) arn: String,
    /// Its number.
    pub(super) number: String,
    /// When it was published.
    pub(super) created: Time,
    /// What is new in it.
    pub(super) description: Option<String>,
}

impl Machine {
    /// The aliases that lead to a version, each with the part of the runs that it sends there.
    pub(super) fn leading_to(&self, version: &str) -> Vec<String> {
        let mut said = Vec::new();
        for alias in &self.aliases {
            for route in &alias.routing_configuration {
                if route.state_machine_version_arn == version {
                    said.push(match route.weight {
                        100 => alias.name.clone(),
                        weight => format!("{} ({weight} %)", alias.name),
                    });
                }
            }
        }
        said
    }
}

/// The server, as this view sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    keeper: Keeper,
    pub(super) known: RwSignal<Load<Known>>,
    /// What was refused last.
    pub(super) fault: RwSignal<Option<String>>,
}

impl Server {
    /// Reads what is there, and again when the pipeline is deployed.
    pub(super) fn open(keeper: Keeper) -> Self {
        let server = Self {
            keeper,
            known: RwSignal::new(Load::Asked),
            fault: RwSignal::new(None),
        };
        Effect::new(move || {
            keeper.deployed.track();
            keeper.deployed_settings.track();
            server.read();
        });
        server
    }

    /// Asks again.
    pub(super) fn read(self) {
        // An answer may come when the studio has been left.
        let Some(name) = self.keeper.session().name().try_get_untracked() else {
            return;
        };
        spawn_local(async move {
            let known = known(&name).await;
            let arn = known
                .as_ref()
                .ok()
                .and_then(|known| known.machine.as_ref())
                .map(|machine| machine.arn.clone());
            if self.known.try_set(known.into()).is_some() {
                return;
            }
            if let Some(arn) = arn {
                self.learn(&arn).await;
            }
        });
    }

    /// Takes over settings that are not known here, and reads what is new in each version.
    async fn learn(self, arn: &str) {
        let is_known = self.keeper.deployed_settings.try_get_untracked();
        if is_known == Some(None)
            && let Ok(settings) = aws::machine_settings(arn).await
            && self.known.try_get_untracked().is_some()
        {
            return self.keeper.learn_settings(settings);
        }
        let versions: Vec<String> = self.known.try_with_untracked(listed).unwrap_or_default();
        for version in versions {
            let Ok(Some(words)) = versions::version_description(&version).await else {
                continue;
            };
            let _ = self
                .known
                .try_update(|known| describe(known, &version, words));
        }
    }

    /// Does something on the server, then reads again; a refusal is shown.
    pub(super) fn act(self, work: impl Future<Output = Result<(), ApiError>> + 'static) {
        self.fault.set(None);
        spawn_local(async move {
            match work.await {
                Ok(()) => self.read(),
                Err(error) => drop(self.fault.try_set(Some(error.to_string()))),
            }
        });
    }

    /// Every machine on the server, as far as that is known.
    pub(super) fn machines(self) -> Vec<MachineItem> {
        let known = self.known.read_untracked();
        known
            .here()
            .map(|known| known.machines.clone())
            .unwrap_or_default()
    }

    /// The log group that AWS proposes, in the server's account and region.
    pub(super) fn usual_group(self) -> String {
        let known = self.known.read_untracked();
        let info = known.here().map(|known| &known.info);
        let (region, account) = info.map_or(("us-east-1", "123456789012"), |info| {
            (info.region.as_str(), info.account_id.as_str())
        });
        let name = self.keeper.session().name().get_untracked();
        format!("arn:aws:logs:{region}:{account}:log-group:/aws/vendedlogs/states/{name}-Logs:*")
    }
}

async fn known(name: &str) -> Result<Known, ApiError> {
    let info = studio::info().await?;
    let machines = aws::list_state_machines().await?;
    let found = machines.iter().find(|machine| machine.name == name);
    let machine = match found {
        Some(found) => Some(machine(&found.state_machine_arn).await?),
        None => None,
    };
    Ok(Known {
        info,
        machines,
        machine,
    })
}

async fn machine(arn: &str) -> Result<Machine, ApiError> {
    let versions = aws::list_state_machine_versions(arn).await?;
    Ok(Machine {
        arn: arn.to_owned(),
        versions: versions
            .into_iter()
            .map(|item| Version {
                number: number_of(&item.state_machine_version_arn).to_owned(),
                arn: item.state_machine_version_arn,
                created: item.creation_date,
                description: None,
            })
            .collect(),
        aliases: versions::list_aliases(arn).await?,
    })
}

fn listed(known: &Load<Known>) -> Vec<String> {
    let machine = known.here().and_then(|known| known.machine.as_ref());
    let versions = machine.map(|machine| machine.versions.as_slice());
    versions
        .unwrap_or_default()
        .iter()
        .take(DESCRIBED)
        .map(|version| version.arn.clone())
        .collect()
}

fn describe(known: &mut Load<Known>, arn: &str, words: String) {
    let Load::Here(Known {
        machine: Some(machine),
        ..
    }) = known
    else {
        return;
    };
    if let Some(version) = machine.versions.iter_mut().find(|each| each.arn == arn) {
        version.description = Some(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::versions::Route;

    #[test]
    fn a_version_names_the_aliases_that_lead_to_it() {
        let route = |number: u8, weight| Route {
            state_machine_version_arn: format!("arn:m:{number}"),
            weight,
        };
        let alias = |name: &str, routes: Vec<Route>| Alias {
            state_machine_alias_arn: format!("arn:m:{name}"),
            name: name.into(),
            description: None,
            routing_configuration: routes,
        };
        let machine = Machine {
            arn: "arn:m".into(),
            versions: Vec::new(),
            aliases: vec![
                alias("PROD", vec![route(1, 90), route(2, 10)]),
                alias("TEST", vec![route(2, 100)]),
            ],
        };
        assert_eq!(machine.leading_to("arn:m:2"), ["PROD (10 %)", "TEST"]);
        assert_eq!(machine.leading_to("arn:m:3"), Vec::<String>::new());
    }
}
