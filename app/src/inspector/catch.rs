//! What happens when it still fails.

use super::findings::{PartMark, PartNotes, notes_at};
use super::parts::{JsonIn, QueryIn, Section, StatePicker, TextIn};
use super::place::{Place, uses_jsonata};
use super::retry::{ErrorChips, errors_title};
use crate::document::Part;
use crate::text::inspector::{self, catch as text};
use crate::ui::{Glyph, Icon, IconButton};
use leptos::prelude::*;
use serde_json::json;

/// All catchers of a state.
#[component]
pub(super) fn Catchers(place: Place) -> impl IntoView {
    let count = place.count("Catch");
    view! {
        <Section title=text::TITLE about=place.member("Catch").way() count=count add=(text::ADD.to_owned(), place.adding(Part::Catcher))>
            <Show when=move || count.get() == 0>
                <p class="sm t3">{text::NONE}</p>
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
                        <StatePicker label=inspector::GO_ON_TO hint=inspector::GO_ON_TO_HINT value=next notes=notes_at(place, &["Next"]) on_change=move |name: String| { place.set("Next", &json!(name)); }/>
                        {move || if jsonata.get() {
                            view! { <JsonIn place=place field="Output" label=text::PASS_ON hint=text::PASS_ON_HINT rows=1/> }.into_any()
                        } else {
                            view! { <QueryIn place=place field="ResultPath" label=text::KEEP_ERROR hint=text::KEEP_ERROR_HINT placeholder=text::INSTEAD_OF_INPUT/> }.into_any()
                        }}
                    </div>
                    <JsonIn place=place field="Assign" label=inspector::SET_VARIABLES hint=text::VARIABLES_HINT placeholder=inspector::NONE rows=1/>
                    <TextIn place=place field="Comment" label=inspector::NOTE hint=inspector::NOTE_HINT/>
                </div>
            </details>
            <IconButton label=text::remove(number) glyph=Glyph::Trash on_press=move || { place.remove(""); }/>
        </div>
    }
}
