//! A state's own JSON, with whatever no form knows.

use super::place::Place;
use crate::ui::JsonEditor;
use leptos::prelude::*;
use serde_json::Value;

/// Why a value cannot stand for a state.
fn refusal(value: Option<&Value>) -> Option<&'static str> {
    match value {
        Some(Value::Object(_)) => None,
        None => Some("A state cannot be empty. Delete it instead."),
        Some(_) => Some("A state is an object: begin with { and end with }."),
    }
}

/// The state as JSON; a whole entry is one step of the history.
#[component]
pub(super) fn RawForm(place: Place) -> impl IntoView {
    let value = place.json("");
    let take = move |entry: Option<Value>| match (refusal(entry.as_ref()), entry) {
        (None, Some(value)) => {
            place.set("", &value);
        }
        (Some(words), _) => place.session.say(words),
        (None, None) => {}
    };
    view! {
        <section>
            <JsonEditor label="The state as JSON" hint="Everything that the state holds, also what no form shows" value=value rows=18 on_change=take/>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_an_object_can_be_a_state() {
        assert_eq!(refusal(Some(&json!({}))), None);
        assert!(refusal(Some(&json!([]))).is_some_and(|words| words.contains("object")));
        assert!(refusal(None).is_some_and(|words| words.contains("Delete")));
    }
}
