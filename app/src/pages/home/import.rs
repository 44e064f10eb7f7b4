//! Takes a definition from a file, opened or dropped onto the page, or from the clipboard.

use crate::drafts::{self, Draft};
use crate::pages::parts;
use crate::ui::Glyph;
use asl::text::{Document, Format, Node};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// AWS takes definitions up to 1 MiB.
const LARGEST: f64 = 1_048_576.0;

/// A draft of a file's content, or why there is none. A broken one opens, too: the studio shows what is wrong with it.
/// YAML is known by its names alone, so that this page need not be able to read it.
fn draft_of(name: &str, text: String) -> Result<Draft, String> {
    if text.contains('\0') {
        return Err(format!(
            "{name} is no text file, so it cannot be a definition."
        ));
    }
    let is_definition = |format| match format {
        Format::Json => Document::parse(text.as_str())
            .root()
            .is_some_and(Node::is_object),
        Format::Yaml => text.lines().any(names_a_part),
    };
    // Names of files are wrong at times, and beginnings are broken.
    let told = [Format::of_name(name), Some(Format::of_text(&text))];
    if !told.into_iter().flatten().any(is_definition) {
        return Err(format!(
            "{name} is no definition. A definition has StartAt and States, in JSON or YAML; one in JSON begins with {{."
        ));
    }
    Ok(Draft::new(drafts::name_from_file(name), text))
}

/// Whether a line of YAML has a name that a definition has, at its beginning or in braces.
fn names_a_part(line: &str) -> bool {
    let mut names = line.split(['{', ',']).filter_map(|part| {
        let (name, _) = part.split_once(':')?;
        Some(name.trim().trim_matches(['"', '\'']))
    });
    names.any(|name| matches!(name, "StartAt" | "States"))
}

fn read(file: &web_sys::File, on_take: Callback<Draft>, on_fault: Callback<String>) {
    let name = file.name();
    if file.size() > LARGEST {
        on_fault.run(format!(
            "{name} is larger than 1 MiB, the most that a definition may have."
        ));
        return;
    }
    let content = file.text();
    spawn_local(async move {
        let text = JsFuture::from(content)
            .await
            .ok()
            .and_then(|t| t.as_string())
            .ok_or_else(|| format!("{name} could not be read."));
        match text.and_then(|t| draft_of(&name, t)) {
            Ok(draft) => on_take.run(draft),
            Err(fault) => on_fault.run(fault),
        }
    });
}

/// The name of a draft that was pasted as text.
const PASTED: &str = "pasted";

/// Takes a definition that is pasted onto the page: a file, or text. A field keeps what is pasted into it.
pub(super) fn take_pasted(on_take: Callback<Draft>, on_fault: Callback<String>) {
    let handle = window_event_listener(leptos::ev::paste, move |event| {
        let Some(pasted) = event.clipboard_data().filter(|_| !goes_elsewhere()) else {
            return;
        };
        if let Some(file) = pasted.files().and_then(|files| files.get(0)) {
            read(&file, on_take, on_fault);
            return;
        }
        let text = pasted.get_data("text/plain").unwrap_or_default();
        match draft_of(PASTED, text) {
            Ok(draft) => on_take.run(draft),
            Err(_) => on_fault.run(
                "What was pasted is no definition. One has StartAt and States, in JSON or YAML."
                    .to_owned(),
            ),
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether what is pasted is meant for a field or a dialog.
fn goes_elsewhere() -> bool {
    document()
        .query_selector("dialog[open], input:focus, textarea:focus")
        .ok()
        .flatten()
        .is_some()
}

/// A button that opens a file.
#[component]
pub(super) fn ImportButton(on_take: Callback<Draft>, on_fault: Callback<String>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let pick = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let take = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if let Some(file) = field.files().and_then(|f| f.get(0)) {
            read(&file, on_take, on_fault);
        }
        // The same file may be opened again after it was mended.
        field.set_value("");
    };
    view! {
        <button type="button" class="btn" title="You can also drop a definition here, or paste it." on:click=pick>{parts::icon(Glyph::Upload)}"Import a file…"</button>
        <input type="file" accept=".json,.asl,.yaml,.yml,application/json,application/yaml" hidden node_ref=field on:change=take aria-label="Definition file" />
    }
}

/// A part of the page onto which a file can be dropped.
#[component]
pub(super) fn DropZone(
    on_take: Callback<Draft>,
    on_fault: Callback<String>,
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let hover = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let take = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        let file = event
            .data_transfer()
            .and_then(|d| d.files())
            .and_then(|f| f.get(0));
        if let Some(file) = file {
            read(&file, on_take, on_fault);
        }
    };
    view! {
        <div class="drop-zone" class:over=over on:dragover=hover on:dragleave=move |_| over.set(false) on:drop=take>
            {children()}
            <div class="drop-hint" aria-hidden="true">"Drop the definition to open it"</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_file_becomes_a_draft_of_its_name() {
        let draft = draft_of("train.asl.json", "{\"States\":{}}".into()).expect("a draft");
        assert_eq!(draft.name, "train");
    }

    #[test]
    fn what_is_no_definition_is_refused_with_a_reason() {
        assert!(
            draft_of("a.png", "\0PNG".into())
                .expect_err("refused")
                .contains("no text file")
        );
        assert!(
            draft_of("a.json", "[1]".into())
                .expect_err("refused")
                .contains("no definition")
        );
        assert!(draft_of("notes.yaml", "just: notes\n".into()).is_err());
    }

    #[test]
    fn a_file_is_taken_when_its_name_or_its_beginning_says_what_it_is() {
        for (name, text) in [
            ("a.yaml", "{\"StartAt\":\"A\",\"States\":{}}"),
            ("b.yml", "\"StartAt\": A\n"),
            ("c.yaml", "{ StartAt: A }"),
            ("d.json", "StartAt: A\n"),
            ("e.json", "\"StartAt\": \"A\", \"States\": {}}"),
        ] {
            assert!(draft_of(name, text.into()).is_ok(), "{name}");
        }
        assert!(draft_of("f.json", "[1]".into()).is_err());
    }

    #[test]
    fn yaml_becomes_a_draft_as_it_stands_also_when_it_is_broken() {
        let broken = "# mine\nStartAt: A\nStates:\n  A: [\n";
        let draft = draft_of("flow.asl.yaml", broken.into()).expect("a draft");
        assert_eq!((draft.name.as_str(), draft.text.as_str()), ("flow", broken));
    }
}
