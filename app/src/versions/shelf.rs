//! What the dialog knows: the versions, which two are compared, their texts.

use crate::api::versions::number_of;
use crate::api::{ApiError, PublishedVersion, aws};
use crate::commands::Desk;
use crate::document::Editing;
use crate::pages::parts::Load;
use crate::pages::words::now_ms;
use crate::session::{Session, after_frame};
use crate::studio::Keeper;
use crate::text::versions as says;
use crate::ui::hand_on;
use crate::vault::{self, VaultError, Version, Why};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::sync::Arc;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// The draft as it stands.
    Present,
    /// What is deployed, as this browser knows it.
    Deployed,
    /// A version that this browser kept, by its time.
    Kept(u64),
    /// A version that the server published, by its ARN.
    Published(String),
}

impl Source {
    /// A word for it, as a list of choices has it.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Present => "present".to_owned(),
            Self::Deployed => "deployed".to_owned(),
            Self::Kept(at) => format!("kept:{at}"),
            Self::Published(arn) => format!("published:{arn}"),
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word.split_once(':') {
            None if word == "present" => Some(Self::Present),
            None if word == "deployed" => Some(Self::Deployed),
            Some(("kept", at)) => at.parse().ok().map(Self::Kept),
            Some(("published", arn)) => Some(Self::Published(arn.to_owned())),
            None | Some(_) => None,
        }
    }
}

/// What is known of the kept versions.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    Asked,
    Here(Vec<Version>),
    Failed(VaultError),
}

/// A text that is on its way, here, or did not come.
type Text = Result<Arc<str>, String>;

/// What the dialog works on.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    pub(super) desk: Desk,
    pub(super) keeper: Keeper,
    pub(super) open: RwSignal<bool>,
    pub(super) kept: RwSignal<Kept>,
    /// What changed since the version before, by time, where it had to be worked out again.
    pub(super) changed: RwSignal<HashMap<u64, String>>,
    pub(super) published: RwSignal<Load<Vec<PublishedVersion>>>,
    /// The version that is looked at.
    pub(super) from: RwSignal<Option<Source>>,
    /// What it is compared with.
    pub(super) to: RwSignal<Source>,
    texts: RwSignal<HashMap<Source, Text>>,
    /// What did not work.
    pub(super) fault: RwSignal<Option<String>>,
}

impl Shelf {
    pub(super) fn new(desk: Desk, keeper: Keeper, open: RwSignal<bool>) -> Self {
        Self {
            desk,
            keeper,
            open,
            kept: RwSignal::new(Kept::Asked),
            changed: RwSignal::default(),
            published: RwSignal::new(Load::Asked),
            from: RwSignal::new(None),
            to: RwSignal::new(Source::Present),
            texts: RwSignal::default(),
            fault: RwSignal::new(None),
        }
    }

    pub(super) fn session(self) -> Session {
        self.keeper.session()
    }

    fn name(self) -> String {
        self.session().name().get_untracked()
    }

    /// Reads everything anew.
    pub(super) fn begin(self) {
        self.kept.set(Kept::Asked);
        self.published.set(Load::Asked);
        self.from.set(None);
        self.to.set(Source::Present);
        self.texts.set(HashMap::new());
        self.fault.set(None);
        self.read_published();
        // What is kept as the page opens comes first.
        after_frame(move || {
            if self.open.try_get_untracked().is_some() {
                self.read_kept();
            }
        });
    }

    /// Reads the kept versions; the newest one that differs from the present text is looked at first.
    pub(super) fn read_kept(self) {
        spawn_local(async move {
            if let Some(versions) = self.read_list().await {
                self.tell_changes(versions).await;
            }
        });
    }

    /// Reads the list of kept versions; gives it when it is here and the dialog still there.
    async fn read_list(self) -> Option<Vec<Version>> {
        let name = self.session().name().try_get_untracked()?;
        let kept = match vault::versions(&name).await {
            Ok(versions) => Kept::Here(versions),
            Err(error) => Kept::Failed(error),
        };
        let versions = match &kept {
            Kept::Here(versions) => Some(versions.clone()),
            Kept::Asked | Kept::Failed(_) => None,
        };
        if self.kept.try_set(kept).is_some() {
            return None;
        }
        let versions = versions?;
        self.look_first(&versions);
        Some(versions)
    }

    fn look_first(self, versions: &[Version]) {
        let is_there = |from: &Source| match from {
            Source::Kept(at) => versions.iter().any(|version| version.at == *at),
            Source::Present | Source::Deployed | Source::Published(_) => true,
        };
        if self.from.read_untracked().as_ref().is_some_and(is_there) {
            return;
        }
        let first = versions.first().map(|version| Source::Kept(version.at));
        let deployed = self.keeper.deployed.read_untracked().is_some();
        let first = first.or_else(|| deployed.then_some(Source::Deployed));
        match first {
            Some(first) => self.look_at(first),
            None => self.from.set(None),
        }
    }

    /// Works out what changed where the version before went meanwhile.
    async fn tell_changes(self, versions: Vec<Version>) {
        for pair in versions.windows(2) {
            let [version, before] = pair else { continue };
            if version.since == Some(before.at) {
                continue;
            }
            let Ok(words) = vault::changed_since(version, before).await else {
                return;
            };
            let at = version.at;
            let told = self.changed.try_update(|all| all.insert(at, words));
            if told.is_none() {
                return;
            }
        }
    }

    fn read_published(self) {
        let name = self.name();
        spawn_local(async move {
            let found = published(&name).await;
            let _ = self.published.try_set(found.into());
        });
    }

    /// Looks at a version, compared with what was chosen.
    pub(super) fn look_at(self, source: Source) {
        self.fetch(&source);
        self.fault.set(None);
        self.from.set(Some(source));
    }

    /// Compares with another one.
    pub(super) fn compare_with(self, source: Source) {
        self.fetch(&source);
        self.to.set(source);
    }

    fn fetch(self, source: &Source) {
        let is_here = self
            .texts
            .read_untracked()
            .get(source)
            .is_some_and(Result::is_ok);
        if is_here {
            return;
        }
        let (name, source) = (self.name(), source.clone());
        match source {
            Source::Present | Source::Deployed => {}
            Source::Kept(at) => spawn_local(async move {
                let text = match vault::text_of(&name, at).await {
                    Ok(Some(text)) => Ok(Arc::from(text)),
                    Ok(None) => Err(says::TEXT_GONE.to_owned()),
                    Err(error) => Err(error.to_string()),
                };
                let _ = self.texts.try_update(|texts| texts.insert(source, text));
            }),
            Source::Published(ref arn) => {
                let arn = arn.clone();
                spawn_local(async move {
                    let text = aws::describe_state_machine(&arn).await;
                    let text = text
                        .map(|it| Arc::from(it.definition))
                        .map_err(|e| e.to_string());
                    let _ = self.texts.try_update(|texts| texts.insert(source, text));
                });
            }
        }
    }

    /// The text of a source; none while it is on its way. Tracked.
    pub(super) fn text(self, source: &Source) -> Option<Text> {
        match source {
            Source::Present => Some(Ok(self.session().text())),
            Source::Deployed => {
                let deployed = self.keeper.deployed.read();
                deployed.as_deref().map(|text| Ok(Arc::from(text)))
            }
            Source::Kept(_) | Source::Published(_) => self.texts.read().get(source).cloned(),
        }
    }

    /// Keeps the present text as a version; the field of its note is emptied when it is kept.
    pub(super) fn keep(self, field: RwSignal<String>) {
        let note = Some(field.get_untracked().trim().to_owned()).filter(|note| !note.is_empty());
        let (name, text) = (self.name(), self.session().text());
        spawn_local(async move {
            let now = now_ms();
            match vault::keep_version(&name, &text, Why::Asked, note, now).await {
                Ok(at) => {
                    if self.from.try_set(Some(Source::Kept(at))).is_none() {
                        let _ = field.try_set(String::new());
                        self.look_at(Source::Kept(at));
                        self.read_kept();
                        self.session().say(says::KEPT);
                    }
                }
                Err(error) => drop(self.fault.try_set(Some(error.to_string()))),
            }
        });
    }

    /// Writes a note on a version.
    pub(super) fn note(self, version: &Version, note: &str) {
        let (version, note) = (version.clone(), note.to_owned());
        spawn_local(async move {
            self.told(vault::note_version(&version, &note).await);
        });
    }

    /// Forgets a version; its neighbour is looked at instead, and has the focus.
    pub(super) fn remove(self, version: &Version) {
        let version = version.clone();
        let neighbour = self.neighbour(version.at);
        spawn_local(async move {
            let removed = vault::remove_version(&version).await;
            if let Err(error) = removed {
                return drop(self.fault.try_set(Some(error.to_string())));
            }
            let Some(from) = self.from.try_get_untracked() else {
                return;
            };
            if from == Some(Source::Kept(version.at)) {
                self.from.set(None);
                neighbour
                    .into_iter()
                    .for_each(|at| self.look_at(Source::Kept(at)));
            }
            let versions = self.read_list().await;
            let goals = [
                ".versions .version[aria-pressed='true']",
                ".versions-keep input",
            ];
            hand_on("", goals.map(str::to_owned).to_vec());
            if let Some(versions) = versions {
                self.session().say(says::deleted(&version.title()));
                self.tell_changes(versions).await;
            }
        });
    }

    /// The kept version that is listed after one, else the one before.
    fn neighbour(self, at: u64) -> Option<u64> {
        let kept = self.kept.read_untracked();
        let Kept::Here(versions) = &*kept else {
            return None;
        };
        let place = versions.iter().position(|version| version.at == at)?;
        let before = place.checked_sub(1).and_then(|it| versions.get(it));
        versions.get(place + 1).or(before).map(|version| version.at)
    }

    fn told(self, done: Result<(), VaultError>) {
        match done {
            // The studio may have been left meanwhile.
            Ok(()) if self.open.try_get_untracked().is_some() => self.read_kept(),
            Ok(()) => {}
            Err(error) => drop(self.fault.try_set(Some(error.to_string()))),
        }
    }

    /// Puts a version into the draft, as one step, after the present text was kept.
    pub(super) fn restore(self, source: &Source) {
        let Some(Ok(text)) = untrack(|| self.text(source)) else {
            return;
        };
        let title = untrack(|| self.title(source));
        self.keeper.keep_version(Why::Restoring);
        self.session()
            .edit(|editing: &Editing| Ok(editing.put_in_place(&text, says::restoring(&title))));
        self.open.set(false);
        self.desk.tell(&says::restored(&title));
    }

    /// What a source is called; tracked.
    pub(super) fn title(self, source: &Source) -> String {
        match source {
            Source::Present => says::PRESENT.to_owned(),
            Source::Deployed => says::DEPLOYED.to_owned(),
            Source::Kept(at) => self
                .version(*at)
                .map_or_else(|| says::A_VERSION.to_owned(), |version| version.title()),
            Source::Published(arn) => says::published(number_of(arn)),
        }
    }

    /// A kept version; tracked.
    pub(super) fn version(self, at: u64) -> Option<Version> {
        match &*self.kept.read() {
            Kept::Here(versions) => versions.iter().find(|version| version.at == at).cloned(),
            Kept::Asked | Kept::Failed(_) => None,
        }
    }
}

/// The versions that the server published; none where the pipeline is not deployed.
async fn published(name: &str) -> Result<Vec<PublishedVersion>, ApiError> {
    let machines = aws::list_state_machines().await?;
    match machines.into_iter().find(|machine| machine.name == name) {
        Some(machine) => aws::list_state_machine_versions(&machine.state_machine_arn).await,
        None => Ok(Vec::new()),
    }
}
