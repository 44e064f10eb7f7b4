//! The foot of the pane: how the text is written, and its layout.

use super::bridge::word;
use super::pane::Pane;
use crate::commands::{Command, Desk};
use crate::document::Editing;
use crate::text::code as text;
use crate::ui::{Button, ButtonLook, Choice, Dialog, Segmented};
use asl::text::Format;
use leptos::prelude::*;

/// The line under the text.
#[component]
pub(super) fn CodeFoot(pane: Pane) -> impl IntoView {
    let desk = use_context::<Desk>();
    let document = pane.session.document();
    let format =
        Signal::derive(move || word(document.with(|document| document.format())).to_owned());
    let choices = vec![Choice::new("json", "JSON"), Choice::new("yaml", "YAML")];
    let take = move |picked: String| {
        pane.flush();
        if let Some(desk) = desk {
            desk.run(match picked.as_str() {
                "json" => Command::AsJsonText,
                _ => Command::AsYamlText,
            });
        }
    };
    view! {
        <footer class="code-foot">
            <Segmented label=text::NOTATION choices=choices value=format on_change=take small=true/>
            <span class="code-keys t3"><kbd>{text::SUGGEST_KEYS}</kbd>{text::SUGGEST}</span>
            <Button label=text::FORMAT look=ButtonLook::Quiet title=text::FORMAT_HINT on_press=move || pane.format()/>
        </footer>
    }
}

/// Asks before comments are lost.
#[component]
pub fn CommentsDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let open = desk.comments_open;
    let words = move || text::comments_go(desk.session.consider(Editing::comments));
    let convert = move || {
        open.set(false);
        desk.write(Format::Json);
    };
    view! {
        <Dialog open=open title=text::TO_JSON>
            <div class="dialog-body"><p>{words()}</p></div>
            <footer class="dialog-foot">
                <Button label=text::KEEP_YAML on_press=move || open.set(false)/>
                <Button label=text::TO_JSON look=ButtonLook::Primary on_press=convert/>
            </footer>
        </Dialog>
    }
}
