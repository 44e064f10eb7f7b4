//! Unsaved work, kept in the browser. It never touches what the server holds.
//!
//! One draft for each pipeline name, in `localStorage`: it is written before a closing page goes away, and it tells other
//! tabs of each change. Two tabs on one draft: the last writer wins, and [`watch`] hands the other tab what was written,
//! so that it can say so and offer both. A browser that refuses storage gives [`StoreError`], to be shown.

mod name;
mod open;
mod rename;
mod settings;
mod store;

pub use name::{NameFault, check_name, name_from_file, unique_name};
pub use open::{OpenError, open};
pub use rename::rename;
pub use settings::{Faults, Key, Level, Logging, Settings, Tag, changes};
pub use store::{StoreError, Watch, is_taken, list, load, remove, save, watch};

use asl::check::MachineType;
use asl::text::{Document, Format};
use layout::Orientation;
use serde::{Deserialize, Serialize};

/// How [`Orientation`] is written.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Orientation", rename_all = "lowercase")]
enum OrientationWord {
    Vertical,
    Horizontal,
}

/// A pipeline as it is being worked on in this browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The pipeline's name; one draft for each.
    pub name: String,
    /// The definition as it stands now, in JSON or YAML.
    pub text: String,
    /// The definition as it was last deployed, in JSON; none when it never was.
    #[serde(default)]
    pub deployed: Option<String>,
    /// A text that says what is deployed in other words: YAML of it.
    #[serde(default)]
    pub deployed_as: Option<String>,
    /// Standard or Express.
    #[serde(default)]
    pub machine_type: MachineType,
    /// What it is besides its definition.
    #[serde(default)]
    pub settings: Settings,
    /// The settings as they were last deployed; none when that is not known.
    #[serde(default)]
    pub deployed_settings: Option<Settings>,
    /// The description of the version that deploying publishes; none to publish none.
    #[serde(default)]
    pub publish: Option<String>,
    /// Sample results, as the text of a `MockConfigFile.json`; empty for none.
    #[serde(default)]
    pub mocks: String,
    /// The dry run's input, as JSON text as typed.
    #[serde(default)]
    pub input: String,
    /// Where its drawing goes.
    #[serde(default, with = "OrientationWord")]
    pub orientation: Orientation,
    /// When it last changed, in milliseconds since 1970; [`save`] sets it.
    #[serde(default)]
    pub changed_ms: i64,
}

impl Draft {
    /// A draft that was never deployed.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            deployed: None,
            deployed_as: None,
            machine_type: MachineType::Standard,
            settings: Settings::default(),
            deployed_settings: None,
            publish: None,
            mocks: String::new(),
            input: "{}".to_owned(),
            orientation: Orientation::default(),
            changed_ms: 0,
        }
    }

    /// Whether it differs from what is deployed.
    pub fn is_dirty(&self) -> bool {
        let text = Some(self.text.as_str());
        self.deployed.is_none()
            || self.deployed.as_deref() != text && self.deployed_as.as_deref() != text
            || self.has_other_settings()
    }

    /// Whether its settings differ from those that are deployed. Where those are not known, settings that nobody made say nothing.
    pub fn has_other_settings(&self) -> bool {
        self.settings.differ_from(self.deployed_settings.as_ref())
    }

    /// What is deployed, in the words of the draft where they say the same.
    pub fn deployed_text(&self) -> Option<&str> {
        self.deployed_as.as_deref().or(self.deployed.as_deref())
    }

    /// Its text, read as what it is: JSON or YAML.
    pub fn document(&self) -> Document {
        Document::parse_as(self.text.as_str(), Format::of_text(&self.text))
    }
}

/// The text of a pipeline that begins empty: one Pass state, so that it is valid at once.
pub const EMPTY_PIPELINE: &str = "{
  \"StartAt\": \"Begin\",
  \"States\": {
    \"Begin\": {
      \"Type\": \"Pass\",
      \"End\": true
    }
  }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_dirty_until_its_text_is_what_was_deployed() {
        let mut draft = Draft::new("a", "{}");
        assert!(draft.is_dirty());
        draft.deployed = Some("{}".to_owned());
        assert!(!draft.is_dirty());
        draft.text.push(' ');
        assert!(draft.is_dirty());
        draft.deployed_as = Some("{} ".to_owned());
        assert!(!draft.is_dirty());
        draft.settings.tracing = true;
        assert!(draft.is_dirty());
        draft.deployed_settings = Some(draft.settings.clone());
        assert!(!draft.is_dirty());
    }

    #[test]
    fn a_draft_of_an_older_studio_is_still_read() {
        let draft: Draft = serde_json::from_str(r#"{"name":"a","text":"{}"}"#).expect("a draft");
        assert_eq!((draft.deployed, draft.input.as_str()), (None, ""));
        assert_eq!(draft.orientation, Orientation::Vertical);
    }

    #[test]
    fn a_draft_keeps_where_its_drawing_goes() {
        let mut draft = Draft::new("a", "{}");
        draft.orientation = Orientation::Horizontal;
        let kept = serde_json::to_string(&draft).expect("a text");
        assert!(kept.contains(r#""orientation":"horizontal""#), "{kept}");
        assert_eq!(serde_json::from_str::<Draft>(&kept).ok(), Some(draft));
    }
}
