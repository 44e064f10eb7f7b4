//! The query of the present address, where a page keeps what is shown of it. It makes no history entries.

use leptos::prelude::*;

/// Replaces the query by these members; without any, the address ends with its path.
pub fn replace(members: &[(&str, String)]) {
    let Ok(path) = window().location().pathname() else {
        return;
    };
    let address = format!("{path}{}", written(members));
    let Ok(history) = window().history() else {
        return;
    };
    let state = history.state().unwrap_or(wasm_bindgen::JsValue::NULL);
    // A browser that refuses (too many changes at once) keeps the older address: only the link is less exact.
    let _ = history.replace_state_with_url(&state, "", Some(&address));
}

/// The query as it stands in an address, with its question mark.
fn written(members: &[(&str, String)]) -> String {
    let parts: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::api::path_segment(value)))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_written_so_that_any_value_can_stand_in_an_address() {
        let members = [
            ("state", "/States/A & B".to_owned()),
            ("tab", "x".to_owned()),
        ];
        assert_eq!(written(&members), "?state=%2FStates%2FA%20%26%20B&tab=x");
        assert_eq!(written(&[]), "");
    }
}
