//! What happens when it still fails.

use super::findings::{PartMark, PartNotes, notes_at};
use super::parts::{JsonIn, QueryIn, Section, StatePicker, TextIn};
use super::place::{Place, uses_jsonata};
use super::retry::{ErrorChips, errors_title};
use crate::ui::{Glyph, Icon, IconButton};
use leptos::prelude::*;
use serde_json::json;

/// All catchers of a state.
#[component]
pub(super) fn Catchers(place: Place) -> impl IntoView {
    let count = place.count("Catch");
    let session = place.session;
    let add = move || {
        let target = session.outline().with_untracked(|outline| {
            let found = outline.find(&place.pointer())?;
            let block = &outline.blocks[outline.states[found.0].block.0];
            let other = block.states.iter().rev().find(|other| **other != found)?;
            Some(outline.states[other.0].name.to_string())
        });
        match target {
            Some(next) => {
                place.push("Catch", &json!({ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": next }));
            }
            None => session.say("Add a state first that an error can lead to."),
        }
    };
    view! {
        <Section title="If it still fails" about=place.member("Catch").way() count=count add=("Add a catch rule".to_owned(), UnsyncCallback::from(add))>
            <Show when=move || count.get() == 0>
                <p class="sm t3">"The run fails."</p>
            </Show>
            {move || (0..count.get()).map(|index| {
                view! { <Catcher owner=place place=place.member("Catch").element(index) number=index+1/> }
            }).collect_view()}
        </Section>
    }
}

#[component]
fn Catcher(owner: Place, place: Place, number: usize) -> impl IntoView {
    let next = place.text("Next");
    let jsonata = uses_jsonata(owner);
    view! {
        <div class="rule-frame">
            <details class="rule" open=number == 1>
                <summary class="rule-head">
                    <Icon glyph=Glyph::Shield/>
                    <b class="clip">{errors_title(place)}</b>
                    <Icon glyph=Glyph::Pass size="s"/>
                    <span class="clip">{move || next.get()}</span>
                    <span class="end"></span>
                    <PartMark place=place/>
                </summary>
                <div class="rule-body stack">
                    <PartNotes place=place/>
                    <ErrorChips place=place/>
                    <div class="g2">
                        <StatePicker label="Go on to" hint="Next" value=next notes=notes_at(place, &["Next"]) on_change=move |name: String| { place.set("Next", &json!(name)); }/>
                        {move || if jsonata.get() {
                            view! { <JsonIn place=place field="Output" label="Pass on" hint="Output: $states.errorOutput is the error" rows=1/> }.into_any()
                        } else {
                            view! { <QueryIn place=place field="ResultPath" label="Keep the error in" hint="ResultPath: where in the state's input the error goes" placeholder="$, instead of the input"/> }.into_any()
                        }}
                    </div>
                    <JsonIn place=place field="Assign" label="Set variables" hint="Assign: names and values that are kept when this rule takes an error" placeholder="None" rows=1/>
                    <TextIn place=place field="Comment" label="Note" hint="Comment: for people, ignored by the run"/>
                </div>
            </details>
            <IconButton label=format!("Remove catch rule {number}") glyph=Glyph::Trash on_press=move || { place.remove(""); }/>
        </div>
    }
}
