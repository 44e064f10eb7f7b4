//! The starter pipelines that come with the studio, listed in `/pipelines/index.json`.

use crate::api::{ApiError, studio};
use crate::drafts::Draft;
use crate::pages::start::readiness::mocks_for;
use serde::Deserialize;
use serde_json::Value;

/// Where they lie.
pub(super) const FOLDER: &str = "/pipelines/";

/// A starter pipeline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Starter {
    /// Names its files and the draft made of it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub summary: String,
    /// The file of its definition.
    #[serde(default)]
    file: Value,
    /// The file of its sample results.
    #[serde(default)]
    mocks: Value,
    /// The files of its sample inputs; the first one is taken.
    #[serde(default)]
    inputs: Value,
    /// Its sample results, in the mock file's order.
    #[serde(default)]
    pub cases: Vec<Case>,
}

/// A case of a starter's sample results.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// Its name in the mock file.
    pub name: String,
    /// What it shows, in a few words.
    pub title: String,
}

/// The first file named in a member: text, a list, or an object with `file`.
fn file(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Array(list) => list.first().and_then(file),
        Value::Object(members) => members
            .get("file")
            .or_else(|| members.values().next())
            .and_then(file),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn address(name: &str) -> String {
    if name.starts_with('/') {
        name.to_owned()
    } else {
        format!("{FOLDER}{name}")
    }
}

fn read_list(text: &str) -> Result<Vec<Starter>, ApiError> {
    serde_json::from_str(text).map_err(|e| ApiError::Unreadable {
        detail: e.to_string(),
    })
}

/// All starters.
pub async fn list() -> Result<Vec<Starter>, ApiError> {
    read_list(&studio::asset(&format!("{FOLDER}index.json")).await?)
}

/// A fresh draft of a starter. Sample results and input are a help: without them it opens all the same.
pub async fn draft(starter: &Starter) -> Result<Draft, ApiError> {
    let named = |value: &Value, ending: &str| {
        file(value).unwrap_or_else(|| format!("{}.{ending}", starter.id))
    };
    let text = studio::asset(&address(&named(&starter.file, "asl.json"))).await?;
    let mut draft = Draft::new(starter.id.clone(), text);
    if let Ok(mocks) = studio::asset(&address(&named(&starter.mocks, "mocks.json"))).await {
        draft.mocks = mocks_for(&mocks, &starter.id);
    }
    if let Ok(input) = studio::asset(&address(&named(&starter.inputs, "input.json"))).await {
        draft.input = input;
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_may_be_named_in_three_ways() {
        assert_eq!(file(&json!("a.json")).as_deref(), Some("a.json"));
        assert_eq!(
            file(&json!(["a.json", "b.json"])).as_deref(),
            Some("a.json")
        );
        assert_eq!(
            file(&json!([{"title": "x", "file": "a.json"}])).as_deref(),
            Some("a.json")
        );
        assert_eq!(file(&json!(null)), None);
    }

    #[test]
    fn a_starter_needs_no_more_than_id_title_and_summary() {
        let list = read_list(r#"[{"id":"a","title":"A","summary":"B"}]"#).expect("a list");
        assert_eq!(list[0].id, "a");
    }
}
