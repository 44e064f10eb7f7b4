//! A state's own JSON, with whatever no form knows.

use super::assist::json_helper;
use super::findings::notes_of;
use super::place::Place;
use crate::text::inspector as text;
use crate::ui::JsonEditor;
use leptos::prelude::*;
use serde_json::{Map, Value};

/// The members of a state, or why a value cannot stand for one.
fn members(value: Option<Value>) -> Result<Map<String, Value>, &'static str> {
    match value {
        Some(Value::Object(members)) => Ok(members),
        None => Err(text::RAW_NOTHING),
        Some(_) => Err(text::RAW_NO_OBJECT),
    }
}

/// The state as JSON; a whole entry is one step of the history.
#[component]
pub(super) fn RawForm(place: Place) -> impl IntoView {
    let value = place.json("");
    let take = move |entry: Option<Value>| match members(entry) {
        Ok(members) => {
            let session = place.session;
            session.edit(|editing| editing.set_members(&place.pointer(), &members));
        }
        Err(words) => place.session.say(words),
    };
    view! {
        <section>
            <JsonEditor label=text::RAW hint=text::RAW_HINT value=value rows=18 placeholders=true helper=json_helper(place) on_change=take notes=notes_of(vec![place])/>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_an_object_can_be_a_state() {
        assert_eq!(members(Some(json!({}))), Ok(Map::new()));
        assert!(members(Some(json!([]))).is_err_and(|words| words.contains("object")));
        assert!(members(None).is_err_and(|words| words.contains("Delete")));
    }
}
