//! A version of a draft as it is kept, and which ones go when there are too many. Pure: the present time comes in.
//!
//! What somebody named stays longest, then what marks an event, then what was kept while one worked; of those fewer and
//! fewer stay as they grow old.

use crate::text::vault as text;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// How records are written; what is written in another way is left alone.
const FORMAT: u32 = 1;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The least time between two versions that are kept while one works, in milliseconds.
pub const INTERVAL_MS: u64 = 5 * MINUTE;
/// The most versions of one pipeline.
const MOST: usize = 60;
/// The most bytes of text that the versions of one pipeline take.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The most bytes of text that all versions in this browser take.
const MOST_BYTES_IN_ALL: usize = 128 * 1024 * 1024;

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Why {
    /// It was opened with changes that are not deployed.
    Opened,
    /// A few minutes of work.
    Edited,
    /// It was deployed.
    Deployed,
    /// Another version was about to take its place.
    Restoring,
    /// What another tab wrote was about to take its place.
    OtherTab,
    /// Nearly all of it was about to be replaced at once.
    Replaced,
    /// Somebody asked for it.
    Asked,
}

impl Why {
    /// What stands for a version that has no note.
    pub fn words(self) -> &'static str {
        match self {
            Self::Opened => text::OPENED,
            Self::Edited => text::EDITED,
            Self::Deployed => text::DEPLOYED,
            Self::Restoring => text::RESTORING,
            Self::OtherTab => text::OTHER_TAB,
            Self::Replaced => text::REPLACED,
            Self::Asked => text::BY_HAND,
        }
    }

    fn rank(self) -> Rank {
        match self {
            Self::Asked => Rank::Named,
            Self::Deployed | Self::Restoring | Self::Replaced => Rank::Event,
            Self::Opened | Self::Edited | Self::OtherTab => Rank::Passing,
        }
    }
}

/// A version, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    format: u32,
    /// The pipeline's name.
    pub pipeline: String,
    /// When it was kept, in milliseconds since 1970; its number among the versions of the pipeline.
    pub at: u64,
    /// Why.
    pub why: Why,
    /// What somebody wrote about it.
    #[serde(default)]
    pub note: Option<String>,
    /// How many states it has; none when it could not be read.
    pub states: Option<usize>,
    /// How long its text is, in bytes.
    pub bytes: usize,
    /// What changed since the version before it, in words.
    pub changed: String,
    /// The version before it.
    #[serde(default)]
    pub since: Option<u64>,
}

/// How long a version stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Passing,
    Event,
    Named,
}

impl Version {
    /// A version of a text of `bytes`.
    pub fn new(pipeline: &str, at: u64, why: Why, bytes: usize) -> Self {
        Self {
            format: FORMAT,
            pipeline: pipeline.to_owned(),
            at,
            why,
            note: None,
            states: None,
            bytes,
            changed: String::new(),
            since: None,
        }
    }

    /// Reads a record; none when it is not one.
    pub fn read(text: &str) -> Option<Self> {
        let version: Self = serde_json::from_str(text).ok()?;
        (version.format == FORMAT).then_some(version)
    }

    /// Its heading: the note, or why it was kept.
    pub fn title(&self) -> String {
        let note = self.note.clone().filter(|note| !note.is_empty());
        note.unwrap_or_else(|| self.why.words().to_owned())
    }

    /// The same text was to be kept once more: the weightier reason stays.
    ///
    /// Says whether that is worth the time of it: what is only the same text again is as old as it was.
    pub fn kept_again(&mut self, why: Why, note: Option<String>) -> bool {
        let is_weightier = why.rank() > self.why.rank();
        if is_weightier {
            self.why = why;
        }
        let is_named = note.is_some();
        self.note = note.or(self.note.take());
        is_weightier || is_named
    }

    fn rank(&self) -> Rank {
        if self.note.is_some() {
            Rank::Named
        } else {
            self.why.rank()
        }
    }
}

/// Whether so much time has gone since the last version that another one is due.
pub fn is_due(now: u64, last: u64) -> bool {
    now.saturating_sub(last) >= INTERVAL_MS
}

/// Of each stretch of time the newest stays: the stretch grows with the age.
fn stretch(age: u64) -> (u64, u64) {
    let length = match age {
        ..HOUR => 1,
        HOUR..DAY => HOUR,
        _ if age < 30 * DAY => DAY,
        _ => 7 * DAY,
    };
    (length, age / length)
}

/// The versions that go, of all that are kept in this browser. The newest of each pipeline stays.
pub fn surplus(all: &[Version], now: u64) -> Vec<Version> {
    let mut pipelines: HashMap<&str, Vec<&Version>> = HashMap::new();
    for version in all {
        pipelines
            .entry(&version.pipeline)
            .or_default()
            .push(version);
    }
    let (mut stay, mut latest) = (Vec::new(), Vec::new());
    for versions in pipelines.values_mut() {
        versions.sort_by_key(|version| std::cmp::Reverse(version.at));
        let Some((newest, older)) = versions.split_first() else {
            continue;
        };
        let thinned = thinned(older, now);
        let room = (MOST - 1, MOST_BYTES.saturating_sub(newest.bytes));
        stay.extend(within(thinned, room));
        latest.push(*newest);
    }
    let taken: usize = latest.iter().map(|version| version.bytes).sum();
    let stay = within(stay, (usize::MAX, MOST_BYTES_IN_ALL.saturating_sub(taken)));
    let kept: HashSet<(&str, u64)> = stay.iter().chain(&latest).map(|it| key(it)).collect();
    let gone = all.iter().filter(|version| !kept.contains(&key(version)));
    gone.cloned().collect()
}

fn key(version: &Version) -> (&str, u64) {
    (&version.pipeline, version.at)
}

/// What stays of versions, newest first, as they grow old.
fn thinned<'a>(versions: &[&'a Version], now: u64) -> Vec<&'a Version> {
    let mut seen = HashSet::new();
    let stays = |version: &&&Version| {
        version.rank() != Rank::Passing || seen.insert(stretch(now.saturating_sub(version.at)))
    };
    versions.iter().filter(stays).copied().collect()
}

/// What fits into so many versions and bytes: the highest rank first, then the newest.
fn within(mut versions: Vec<&Version>, (most, bytes): (usize, usize)) -> Vec<&Version> {
    versions.sort_by_key(|version| std::cmp::Reverse((version.rank(), version.at)));
    let mut left = bytes;
    let fits = |version: &&Version| match left.checked_sub(version.bytes) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    versions.into_iter().take(most).take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000 * DAY;

    fn version(pipeline: &str, age: u64, why: Why) -> Version {
        Version::new(pipeline, NOW - age, why, 1000)
    }

    fn stay(all: &[Version]) -> Vec<u64> {
        let gone: Vec<u64> = surplus(all, NOW).iter().map(|it| it.at).collect();
        let kept = all.iter().filter(|it| !gone.contains(&it.at));
        kept.map(|it| NOW - it.at).collect()
    }

    #[test]
    fn what_was_kept_while_one_worked_grows_thin_with_age() {
        let minutes: Vec<Version> = (0..12 * 24 * 40)
            .map(|number| version("a", number * 5 * MINUTE, Why::Edited))
            .collect();
        let ages = stay(&minutes);
        assert!(ages.len() <= MOST, "{}", ages.len());
        assert_eq!(ages.iter().filter(|age| **age < HOUR).count(), 12);
        let of_the_day = ages.iter().filter(|age| (HOUR..DAY).contains(*age));
        assert_eq!(of_the_day.count(), 23);
        assert!(
            ages.iter().any(|age| *age > 20 * DAY),
            "the oldest are not all gone"
        );
    }

    #[test]
    fn what_was_named_stays_longest_then_what_marks_an_event() {
        let mut all: Vec<Version> = (1..200)
            .map(|number| version("a", number, Why::Edited))
            .collect();
        all.push(version("a", 900 * DAY, Why::Asked));
        all.push(version("a", 800 * DAY, Why::Deployed));
        let ages = stay(&all);
        assert_eq!(ages.len(), MOST);
        assert!(ages.contains(&(900 * DAY)) && ages.contains(&(800 * DAY)));
        let named: Vec<Version> = (1..200)
            .map(|number| version("a", number * DAY, Why::Asked))
            .collect();
        let ages = stay(&named);
        assert_eq!((ages.len(), ages.contains(&DAY)), (MOST, true));
    }

    #[test]
    fn the_newest_version_of_each_pipeline_stays_however_large() {
        let mut large = version("a", 5, Why::Edited);
        large.bytes = MOST_BYTES_IN_ALL * 2;
        let all = [
            large,
            version("b", 9, Why::Edited),
            version("b", 70, Why::Asked),
        ];
        assert_eq!(stay(&all), [5, 9]);
    }

    #[test]
    fn a_record_is_read_as_it_was_written_and_another_format_is_none() {
        let mut kept = version("a", 5, Why::Asked);
        kept.note = Some("before the audit".to_owned());
        let text = serde_json::to_string(&kept).expect("a text");
        assert_eq!(kept.title(), "before the audit");
        assert_eq!(Version::read(&text), Some(kept));
        assert_eq!(
            Version::read(&text.replace("\"format\":1", "\"format\":2")),
            None
        );
        assert_eq!(Version::read("{}"), None);
    }

    #[test]
    fn a_text_that_is_kept_again_has_the_weightier_reason_and_the_newer_note() {
        let mut kept = version("a", 5, Why::Opened);
        assert!(kept.kept_again(Why::Replaced, None));
        assert_eq!(kept.why, Why::Replaced);
        assert!(kept.kept_again(Why::Edited, Some("mine".to_owned())));
        assert!(
            !kept.kept_again(Why::Edited, None),
            "it is as old as it was"
        );
        kept.kept_again(Why::Deployed, None);
        assert_eq!((kept.why, kept.title().as_str()), (Why::Replaced, "mine"));
    }

    #[test]
    fn another_version_is_due_after_minutes_of_work() {
        assert!(!is_due(NOW, NOW - INTERVAL_MS + 1));
        assert!(is_due(NOW, NOW - INTERVAL_MS));
    }
}
