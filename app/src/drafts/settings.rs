//! What a machine is besides its definition: role, logging, tracing, key, tags (feature map, WS-51 to WS-53). Pure.
//!
//! [`Settings::faults`] holds an entry to what the server's API takes; [`changes`] says a difference in words.

use crate::text::drafts as says;
use asl::policy::Subject;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A role for machines that are deployed without one; a Statecraft server runs everything itself and asks no role.
pub const STUDIO_ROLE: &str = "arn:aws:iam::000000000000:role/statecraft";

/// The most tags that a machine may have.
const MOST_TAGS: usize = 50;

/// The settings of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `roleArn`; empty for [`STUDIO_ROLE`].
    pub role: String,
    /// `loggingConfiguration`
    pub logging: Logging,
    /// `tracingConfiguration.enabled`
    pub tracing: bool,
    /// `encryptionConfiguration`; none for a key that AWS owns.
    pub key: Option<Key>,
    /// Its tags, as they were written.
    pub tags: Vec<Tag>,
}

/// How a machine logs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Logging {
    /// Which events.
    pub level: Level,
    /// `includeExecutionData`: whether inputs and outputs are logged.
    pub include_data: bool,
    /// The ARN of the log group; empty for none.
    pub group: String,
}

/// Which events are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// None.
    #[default]
    Off,
    /// All.
    All,
    /// Errors, also those that are caught.
    Error,
    /// Errors that end a run.
    Fatal,
}

impl Level {
    /// Every level, from nothing to everything.
    pub const ALL: [Self; 4] = [Self::Off, Self::Fatal, Self::Error, Self::All];

    /// AWS's name.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::All => "ALL",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
        }
    }

    /// The level of that name; what is unknown is off.
    pub fn from_wire(name: &str) -> Self {
        let found = Self::ALL
            .into_iter()
            .find(|level| level.wire_name() == name);
        found.unwrap_or_default()
    }

    /// What is logged, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Off => says::LOG_NOTHING,
            Self::Fatal => says::LOG_FATAL,
            Self::Error => says::LOG_ERRORS,
            Self::All => says::LOG_ALL,
        }
    }
}

/// A customer's key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Key {
    /// `kmsKeyId`
    pub id: String,
    /// `kmsDataKeyReusePeriodSeconds`; none for AWS's 300.
    pub reuse_seconds: Option<u32>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// What is wrong with settings, by field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// The role.
    pub role: Option<String>,
    /// The log group.
    pub group: Option<String>,
    /// The key.
    pub key: Option<String>,
    /// How long a data key is used again.
    pub reuse: Option<String>,
    /// Each tag, in their order.
    pub tags: Vec<Option<String>>,
    /// All tags together.
    pub all_tags: Option<String>,
}

impl Faults {
    /// Every fault, in the order of the fields.
    pub fn all(&self) -> Vec<String> {
        let fields = [&self.role, &self.group, &self.key, &self.reuse];
        let named = fields.into_iter().chain(&self.tags).chain([&self.all_tags]);
        named.flatten().cloned().collect()
    }
}

impl Settings {
    /// These settings, made without knowing those of the server: what nobody touched stays as the server has it.
    pub fn over(self, server: &Self) -> Self {
        let nobody = Self::default();
        fn made<T: PartialEq + Clone>(here: T, nobody: &T, server: &T) -> T {
            if here == *nobody {
                server.clone()
            } else {
                here
            }
        }
        Self {
            role: made(self.role, &nobody.role, &server.role),
            logging: made(self.logging, &nobody.logging, &server.logging),
            tracing: made(self.tracing, &nobody.tracing, &server.tracing),
            key: made(self.key, &nobody.key, &server.key),
            tags: made(self.tags, &nobody.tags, &server.tags),
        }
    }

    /// Whether they differ from those that are deployed; where those are not known, whether anything was set.
    pub fn differ_from(&self, deployed: Option<&Self>) -> bool {
        match deployed {
            Some(deployed) => self != deployed,
            None => *self != Self::default(),
        }
    }

    /// Reads what DescribeStateMachine and ListTagsForResource answer.
    pub fn of_server(machine: &Value, tags: Vec<Tag>) -> Self {
        let text = |path: &str| machine.pointer(path).and_then(Value::as_str);
        let flag = |path: &str| machine.pointer(path).and_then(Value::as_bool);
        let group = "/loggingConfiguration/destinations/0/cloudWatchLogsLogGroup/logGroupArn";
        let reuse = "/encryptionConfiguration/kmsDataKeyReusePeriodSeconds";
        let key = text("/encryptionConfiguration/kmsKeyId").map(|id| Key {
            id: id.to_owned(),
            reuse_seconds: machine
                .pointer(reuse)
                .and_then(Value::as_u64)
                .and_then(|seconds| u32::try_from(seconds).ok()),
        });
        Self {
            role: text("/roleArn")
                .filter(|role| *role != STUDIO_ROLE)
                .unwrap_or_default()
                .to_owned(),
            logging: Logging {
                level: Level::from_wire(text("/loggingConfiguration/level").unwrap_or_default()),
                include_data: flag("/loggingConfiguration/includeExecutionData")
                    .unwrap_or_default(),
                group: text(group).unwrap_or_default().to_owned(),
            },
            tracing: flag("/tracingConfiguration/enabled").unwrap_or_default(),
            key,
            tags,
        }
    }

    /// The members of CreateStateMachine and UpdateStateMachine, without tags, which have operations of their own.
    pub fn wire(&self) -> Map<String, Value> {
        let role = match self.role.as_str() {
            "" => STUDIO_ROLE,
            role => role,
        };
        let mut logging = json!({
            "level": self.logging.level.wire_name(),
            "includeExecutionData": self.logging.include_data,
        });
        if !self.logging.group.is_empty() {
            logging["destinations"] =
                json!([{"cloudWatchLogsLogGroup": {"logGroupArn": self.logging.group}}]);
        }
        let mut members = Map::new();
        members.insert("roleArn".into(), role.into());
        members.insert("loggingConfiguration".into(), logging);
        members.insert(
            "tracingConfiguration".into(),
            json!({"enabled": self.tracing}),
        );
        members.insert("encryptionConfiguration".into(), self.encryption());
        members
    }

    fn encryption(&self) -> Value {
        let Some(key) = &self.key else {
            return json!({"type": "AWS_OWNED_KEY"});
        };
        let mut encryption = json!({"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": key.id});
        if let Some(seconds) = key.reuse_seconds {
            encryption["kmsDataKeyReusePeriodSeconds"] = seconds.into();
        }
        encryption
    }

    /// What of them a role must be allowed.
    pub fn subject(&self) -> Subject {
        Subject {
            logging: self.logging.level != Level::Off,
            tracing: self.tracing,
            key: self.key.as_ref().map(|key| key.id.clone()),
            ..Subject::default()
        }
    }

    /// What the API would refuse, in words, each with what to do.
    pub fn faults(&self) -> Faults {
        let key = self.key.as_ref();
        Faults {
            role: role_fault(&self.role),
            group: self.logging.fault(),
            key: key.and_then(|key| key_fault(&key.id)),
            reuse: key.and_then(|key| reuse_fault(key.reuse_seconds)),
            tags: self.tag_faults(),
            all_tags: (self.tags.len() > MOST_TAGS)
                .then(|| says::too_many_tags(self.tags.len(), MOST_TAGS)),
        }
    }

    fn tag_faults(&self) -> Vec<Option<String>> {
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for tag in &self.tags {
            let is_known = !seen.insert(tag.key.as_str());
            let twice = is_known.then(|| says::key_twice(&tag.key));
            faults.push(tag_fault(tag).or(twice));
        }
        faults
    }
}

impl Logging {
    fn fault(&self) -> Option<String> {
        if self.group.is_empty() {
            return (self.level != Level::Off).then(|| says::NO_LOG_GROUP.to_owned());
        }
        if self.group.chars().count() > 256 {
            return Some(says::ARN_TOO_LONG.to_owned());
        }
        let mut parts = self.group.splitn(6, ':');
        let is_arn = parts.next() == Some("arn");
        let (service, own) = (parts.nth(1), parts.nth(2));
        let name = own.and_then(|own| own.strip_prefix("log-group:"));
        let is_group =
            is_arn && service == Some("logs") && name.is_some_and(|name| !name.is_empty());
        (!is_group).then(|| says::NOT_A_LOG_GROUP.to_owned())
    }
}

fn role_fault(role: &str) -> Option<String> {
    if role.is_empty() {
        return None;
    }
    let mut parts = role.splitn(6, ':');
    let is_arn = parts.next() == Some("arn");
    let (service, own) = (parts.nth(1), parts.nth(2));
    let name = own.and_then(|own| own.strip_prefix("role/"));
    let is_role = is_arn && service == Some("iam") && name.is_some_and(|name| !name.is_empty());
    match (is_role, role.chars().count() > 256) {
        (true, false) => None,
        (true, true) => Some(says::ARN_TOO_LONG.to_owned()),
        (false, _) => Some(says::NOT_A_ROLE.to_owned()),
    }
}

fn key_fault(id: &str) -> Option<String> {
    match id.chars().count() {
        0 => Some(says::NO_KEY.to_owned()),
        1..=2048 => None,
        count => Some(says::key_too_long(count, "2,048")),
    }
}

fn reuse_fault(seconds: Option<u32>) -> Option<String> {
    let is_out = seconds.is_some_and(|seconds| !(60..=900).contains(&seconds));
    is_out.then(|| says::REUSE_OUT_OF_RANGE.to_owned())
}

fn tag_fault(tag: &Tag) -> Option<String> {
    let (key, value) = (tag.key.chars().count(), tag.value.chars().count());
    if key == 0 {
        Some(says::TAG_WITHOUT_KEY.to_owned())
    } else if key > 128 {
        Some(says::key_too_long(key, "128"))
    } else if tag.key.to_lowercase().starts_with("aws:") {
        Some(says::KEY_OF_AWS.to_owned())
    } else {
        (value > 256).then(|| says::value_too_long(value))
    }
}

/// What differs, each difference as a sentence; from nothing, what was set.
pub fn changes(old: &Settings, new: &Settings) -> Vec<String> {
    let role = |settings: &Settings| match settings.role.as_str() {
        "" => says::OWN_ROLE.to_owned(),
        role => role.to_owned(),
    };
    let key = |settings: &Settings| match &settings.key {
        None => says::KEY_AWS_OWNS.to_owned(),
        Some(Key { id, reuse_seconds }) => match reuse_seconds {
            None => id.clone(),
            Some(seconds) => says::key_reused(id, *seconds),
        },
    };
    let traced = |settings: &Settings| says::tracing(settings.tracing).to_owned();
    let fields = [
        differ(says::ROLE, role, old, new),
        differ(says::LOGGING, logged, old, new),
        differ(says::TRACING, traced, old, new),
        differ(says::KEY, key, old, new),
    ];
    let mut said: Vec<String> = fields.into_iter().flatten().collect();
    said.extend(changed_tags(&old.tags, &new.tags));
    said
}

/// A difference as a sentence.
fn differ(
    what: &str,
    of: impl Fn(&Settings) -> String,
    old: &Settings,
    new: &Settings,
) -> Option<String> {
    let (old, new) = (of(old), of(new));
    (old != new).then(|| says::changed(what, &old, &new))
}

fn logged(settings: &Settings) -> String {
    let logging = &settings.logging;
    let group = Some(logging.group.as_str()).filter(|group| !group.is_empty());
    says::logged(logging.level.words(), logging.include_data, group)
}

fn changed_tags(old: &[Tag], new: &[Tag]) -> Vec<String> {
    let value = |tags: &[Tag], key: &str| {
        let found = tags.iter().find(|tag| tag.key == key);
        found.map(|tag| tag.value.clone())
    };
    let gone = old
        .iter()
        .filter(|tag| value(new, &tag.key).is_none())
        .map(|tag| says::tag_removed(&tag.key));
    let set = new.iter().filter_map(|tag| match value(old, &tag.key) {
        Some(known) if known == tag.value => None,
        Some(known) => Some(says::tag_changed(&tag.key, &known, &tag.value)),
        None => Some(says::tag_added(&tag.key, &tag.value)),
    });
    gone.chain(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/a:*";

    fn full() -> Settings {
        let tag = |key: &str, value: &str| Tag {
            key: key.into(),
            value: value.into(),
        };
        Settings {
            role: "arn:aws:iam::123456789012:role/service-role/train".into(),
            logging: Logging {
                level: Level::Error,
                include_data: true,
                group: GROUP.into(),
            },
            tracing: true,
            key: Some(Key {
                id: "alias/mine".into(),
                reuse_seconds: Some(600),
            }),
            tags: vec![tag("team", "risk"), tag("stage", "")],
        }
    }

    #[test]
    fn what_nobody_set_stays_as_the_server_has_it() {
        let made = Settings {
            tracing: true,
            ..Settings::default()
        };
        let server = Settings {
            tracing: false,
            ..full()
        };
        assert_eq!(made.over(&server), full());
        assert_eq!(full().over(&Settings::default()), full());
    }

    #[test]
    fn settings_come_back_from_the_server_as_they_were_sent() {
        for settings in [full(), Settings::default()] {
            let answer = Value::Object(settings.wire());
            assert_eq!(
                Settings::of_server(&answer, settings.tags.clone()),
                settings
            );
            assert_eq!(settings.faults().all(), Vec::<String>::new());
        }
        assert_eq!(
            Settings::default().wire()["roleArn"],
            Value::from(STUDIO_ROLE)
        );
    }

    #[test]
    fn what_the_api_refuses_is_said_at_its_field() {
        let mut bad = full();
        bad.role = "admin".into();
        bad.logging.group = "my-group".into();
        bad.key = Some(Key {
            id: String::new(),
            reuse_seconds: Some(59),
        });
        for (key, value) in [("team", "twice"), ("", "x"), ("aws:x", ""), ("long", "")] {
            bad.tags.push(Tag {
                key: key.into(),
                value: value.into(),
            });
        }
        bad.tags[5].value = "x".repeat(257);
        let faults = bad.faults();
        assert!(faults.role.is_some() && faults.group.is_some());
        assert!(faults.key.is_some() && faults.reuse.is_some());
        let bad_tags: Vec<bool> = faults.tags.iter().map(Option::is_some).collect();
        assert_eq!(bad_tags, [false, false, true, true, true, true]);
        assert_eq!(faults.all().len(), 8);
    }

    #[test]
    fn logging_needs_a_group_and_not_more_than_fifty_tags_are_taken() {
        let mut settings = Settings::default();
        settings.logging.level = Level::All;
        assert!(settings.faults().group.is_some());
        settings.logging.group = GROUP.into();
        assert_eq!(settings.faults().group, None);
        settings.tags = (0..51)
            .map(|n| Tag {
                key: n.to_string(),
                value: String::new(),
            })
            .collect();
        assert!(settings.faults().all_tags.is_some());
    }

    #[test]
    fn differences_are_said_in_words() {
        let mut new = full();
        new.role = String::new();
        new.tracing = false;
        new.logging = Logging::default();
        new.tags[0].value = "fraud".into();
        new.tags.remove(1);
        new.tags.push(Tag {
            key: "cost".into(),
            value: "7".into(),
        });
        let said = changes(&full(), &new);
        assert_eq!(
            said,
            [
                "Role: arn:aws:iam::123456789012:role/service-role/train → the studio's own"
                    .to_owned(),
                format!("Logging: all errors with inputs and outputs to {GROUP} → nothing"),
                "Tracing: on → off".to_owned(),
                "Tag stage is removed".to_owned(),
                "Tag team: risk → fraud".to_owned(),
                "Tag cost is added: 7".to_owned(),
            ]
        );
        assert_eq!(changes(&new, &new), Vec::<String>::new());
    }
}
