//! The dialog that names a group: one that is made of the selected states, or one that is there.

use super::desk::Desk;
use crate::document::{Group, Refusal};
use crate::text::{commands as text, common};
use crate::ui::{Button, ButtonLook, Dialog, TextField, fresh_id};
use leptos::prelude::*;

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Naming {
    /// A group of the selected states.
    #[default]
    Made,
    /// A group that has a name.
    Renamed(Group),
}

/// The dialog "Group".
#[component]
pub fn NamingDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let title = move || match desk.naming.get() {
        Naming::Made => text::NAMING_TITLE.to_owned(),
        Naming::Renamed(group) => text::naming_title(&group.name),
    };
    view! {
        <Dialog open=desk.naming_open title=Signal::derive(title)>
            <Form desk=desk/>
        </Dialog>
    }
}

#[component]
fn Form(desk: Desk) -> impl IntoView {
    let name = RwSignal::new(suggested(desk));
    let error = RwSignal::new(None::<String>);
    let list = fresh_id("groups");
    let known = known(desk);
    let make = move || {
        let entry = name.get_untracked();
        let asked = desk
            .session
            .consider(|editing| match desk.naming.get_untracked() {
                Naming::Made => editing.group(&desk.selected(), &entry),
                Naming::Renamed(group) => editing.rename_group(&group, &entry),
            });
        match asked {
            Ok(change) => {
                desk.naming_open.set(false);
                desk.session.apply(&change);
            }
            Err(refusal) => error.set(Some(words(&refusal))),
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        make();
    };
    let verb = match desk.naming.get_untracked() {
        Naming::Made => text::NAMING_GROUP,
        Naming::Renamed(_) => text::NAMING_RENAME,
    };
    view! {
        <form on:submit=submit>
            <div class="dialog-body">
                <TextField
                    label=common::NAME
                    hint=text::NAMING_HINT
                    value=name
                    list=list.clone()
                    error=Signal::derive(move || error.get())
                    on_input=move |entry: String| { name.set(entry); error.set(None); }
                    on_change=move |entry: String| name.set(entry)
                />
                <datalist id=list.clone()>{known.iter().map(|name| view! { <option value=name.clone()></option> }).collect_view()}</datalist>
                <p class="t3 sm">{text::NAMING_FRAME}</p>
            </div>
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=move || desk.naming_open.set(false)/>
                <Button label=verb look=ButtonLook::Primary on_press=make/>
            </footer>
        </form>
    }
}

fn words(refusal: &Refusal) -> String {
    refusal.to_string()
}

/// The name that is there, or a free one.
fn suggested(desk: Desk) -> String {
    match desk.naming.get_untracked() {
        Naming::Made => {
            let first = desk.selected().into_iter().next().unwrap_or_default();
            desk.session
                .consider(|editing| editing.free_group_name(&first))
        }
        Naming::Renamed(group) => group.name,
    }
}

/// The names of the groups beside the selected states.
fn known(desk: Desk) -> Vec<String> {
    let block = desk.subject().and_then(|state| state.parent()?.parent());
    let groups = Group::all(&desk.session.outlined().get_untracked());
    let beside = groups
        .into_iter()
        .filter(|group| Some(&group.block) == block.as_ref());
    beside.map(|group| group.name).collect()
}
