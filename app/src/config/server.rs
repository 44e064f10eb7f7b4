//! What the server knows of the pipeline: read when the view opens and again after each change.

use crate::api::versions::{self, Alias, number_of};
use crate::api::{ApiError, Info, MachineItem, Time, aws, studio};
use crate::pages::parts::Load;
use crate::studio::Keeper;
use crate::text::config as text;
use crate::ui::hand_on;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

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

/// A published version. Its description is read later ([`Server::description`]).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Version {
    /// Its ARN.
    pub(super) arn: String,
    /// Its number.
    pub(super) number: String,
    /// When it was published.
    pub(super) created: Time,
}

/// How far the pipeline's versions and aliases are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    /// The server was asked.
    Asked,
    /// It did not answer.
    Failed(ApiError),
    /// The pipeline is not deployed.
    Undeployed,
    /// They are here.
    Here,
}

/// What a request was about: its refusal stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum About {
    /// Publishing what is deployed.
    Publishing,
    /// An alias that is made.
    NewAlias,
    /// The alias of an ARN.
    Alias(String),
    /// The version of an ARN.
    Version(String),
}

/// Something that is done on the server.
pub(super) struct Act {
    pub(super) about: About,
    /// What has the focus while it is done, as a selector.
    pub(super) from: String,
    /// Where the focus goes when that has gone or the act brought something: the first that is there.
    pub(super) goals: Vec<String>,
}

/// The server, as this view sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    keeper: Keeper,
    pub(super) known: RwSignal<Load<Known>>,
    /// How far versions and aliases are known.
    pub(super) state: Memo<State>,
    /// The versions, newest first.
    pub(super) versions: Memo<Vec<Version>>,
    /// The aliases, oldest first.
    pub(super) aliases: Memo<Vec<Alias>>,
    /// What is new in versions, by ARN. It stays when the list is read again: a version never changes.
    described: RwSignal<HashMap<String, Option<String>>>,
    /// What was refused last, and what it was about.
    refused: RwSignal<Option<(About, String)>>,
}

impl Server {
    /// Reads what is there, and again when the pipeline is deployed.
    pub(super) fn open(keeper: Keeper) -> Self {
        let known = RwSignal::new(Load::Asked);
        let server = Self {
            keeper,
            known,
            state: Memo::new(move |_| known.with(state)),
            versions: Memo::new(move |_| {
                known.with(|it| of_machine(it, |machine| &machine.versions))
            }),
            aliases: Memo::new(move |_| {
                known.with(|it| of_machine(it, |machine| &machine.aliases))
            }),
            described: RwSignal::default(),
            refused: RwSignal::new(None),
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
        spawn_local(async move {
            if let Some(arn) = self.read_lists().await {
                self.learn(&arn).await;
            }
        });
    }

    /// Reads the lists again; gives the machine's ARN when it is deployed and the view is still there.
    async fn read_lists(self) -> Option<String> {
        // An answer may come when the studio has been left.
        let name = self.keeper.session().name().try_get_untracked()?;
        let known = known(&name).await;
        let machine = known.as_ref().ok().and_then(|it| it.machine.as_ref());
        let arn = machine.map(|machine| machine.arn.clone());
        match self.known.try_set(known.into()) {
            None => arn,
            Some(_) => None,
        }
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
        let versions = self.versions.try_get_untracked().unwrap_or_default();
        for version in versions.into_iter().take(DESCRIBED) {
            let is_told = |all: &HashMap<_, _>| all.contains_key(&version.arn);
            if self.described.try_with_untracked(is_told) != Some(false) {
                continue;
            }
            if let Ok(words) = versions::version_description(&version.arn).await {
                let _ = self
                    .described
                    .try_update(|all| all.insert(version.arn, words));
            }
        }
    }

    /// What is new in a version, as far as that was read; tracked.
    pub(super) fn description(self, version: &str) -> Option<String> {
        self.described.read().get(version).cloned().flatten()
    }

    /// Why something was refused, when it was that which was refused last; tracked.
    pub(super) fn refusal(self, about: &About) -> Option<String> {
        let refused = self.refused.read();
        let (refused_about, words) = refused.as_ref()?;
        (refused_about == about).then(|| words.clone())
    }

    /// Does something on the server, reads again and says what was done; a refusal is kept to be shown.
    pub(super) fn act(
        self,
        act: Act,
        work: impl Future<Output = Result<String, ApiError>> + 'static,
    ) {
        self.refused.set(None);
        spawn_local(async move {
            let done = work.await;
            // What is not there any more is a reason to look again, too.
            let is_read = !matches!(&done, Err(error) if error.is_offline());
            let arn = if is_read {
                self.read_lists().await
            } else {
                None
            };
            match done {
                Ok(words) if self.known.try_get_untracked().is_some() => {
                    self.keeper.session().say(words);
                    hand_on(&act.from, act.goals);
                }
                Ok(_) => {}
                Err(error) => {
                    let aliases = self.aliases.try_get_untracked().unwrap_or_default();
                    let words = refusal(&act.about, &error, &aliases);
                    let _ = self.refused.try_set(Some((act.about, words)));
                }
            }
            if let Some(arn) = arn {
                self.learn(&arn).await;
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
            })
            .collect(),
        aliases: versions::list_aliases(arn).await?,
    })
}

fn state(known: &Load<Known>) -> State {
    match known {
        Load::Asked => State::Asked,
        Load::Failed(error) => State::Failed(error.clone()),
        Load::Here(known) if known.machine.is_none() => State::Undeployed,
        Load::Here(_) => State::Here,
    }
}

fn of_machine<T: Clone>(known: &Load<Known>, part: fn(&Machine) -> &Vec<T>) -> Vec<T> {
    let machine = known.here().and_then(|known| known.machine.as_ref());
    machine.map(part).cloned().unwrap_or_default()
}

/// The aliases that lead to a version, each with how many of a hundred runs it sends there.
fn routes_to<'a>(
    aliases: &'a [Alias],
    version: &'a str,
) -> impl Iterator<Item = (&'a str, u8)> + use<'a> {
    aliases.iter().flat_map(move |alias| {
        let routes = alias.routing_configuration.iter();
        let leading = routes.filter(move |route| route.state_machine_version_arn == version);
        leading.map(|route| (alias.name.as_str(), route.weight))
    })
}

/// The aliases that lead to a version, each with the part of the runs that it sends there.
pub(super) fn leading_to(aliases: &[Alias], version: &str) -> Vec<String> {
    let routes = routes_to(aliases, version);
    routes
        .map(|(name, weight)| text::alias_weighted(name, weight))
        .collect()
}

/// Which aliases hold a version, and what to do about it; none when none does.
pub(super) fn held(aliases: &[Alias], version: &str) -> Option<String> {
    let names: Vec<&str> = routes_to(aliases, version).map(|(name, _)| name).collect();
    text::held_by(&names)
}

/// Why something was not done, with what to do.
fn refusal(about: &About, error: &ApiError, aliases: &[Alias]) -> String {
    match (about, error.code()) {
        (About::Version(arn), "ConflictException") => {
            let held = held(aliases, arn);
            let why = held.unwrap_or_else(|| text::WAS_HELD.to_owned());
            text::not_deleted(number_of(arn), &why)
        }
        (About::NewAlias, "ConflictException") => text::ALIAS_TAKEN.to_owned(),
        (About::Alias(arn), "ResourceNotFound") => text::not_led(number_of(arn)),
        (About::Publishing | About::NewAlias | About::Alias(_) | About::Version(_), _) => {
            error.to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::versions::Route;

    fn aliases() -> Vec<Alias> {
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
        vec![
            alias("PROD", vec![route(1, 90), route(2, 10)]),
            alias("TEST", vec![route(2, 100)]),
        ]
    }

    #[test]
    fn a_version_names_the_aliases_that_lead_to_it() {
        assert_eq!(leading_to(&aliases(), "arn:m:2"), ["PROD (10 %)", "TEST"]);
        assert_eq!(leading_to(&aliases(), "arn:m:3"), Vec::<String>::new());
    }

    #[test]
    fn a_refused_deletion_says_what_holds_the_version_and_what_to_do() {
        let conflict = ApiError::Refused {
            status: 400,
            code: "ConflictException".into(),
            message: "Version to be deleted must not be referenced by an alias.".into(),
        };
        let said = |version: &str| {
            refusal(
                &About::Version(format!("arn:m:{version}")),
                &conflict,
                &aliases(),
            )
        };
        assert_eq!(
            said("1"),
            "Version 1 was not deleted: PROD leads to it. Lead PROD to another version or delete it first."
        );
        assert_eq!(
            said("2"),
            "Version 2 was not deleted: PROD and TEST lead to it. Lead them to other versions or delete them first."
        );
        assert_eq!(
            said("3"),
            "Version 3 was not deleted: An alias led to it. Try again."
        );
    }
}
