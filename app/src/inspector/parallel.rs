//! A Parallel: its branches.

use super::findings::PartNotes;
use super::parts::Section;
use super::place::Place;
use crate::document::Part;
use crate::session::Ask;
use crate::text::inspector::parallel as text;
use crate::ui::{Button, Glyph, IconButton};
use leptos::prelude::*;

/// The forms of a Parallel.
#[component]
pub(super) fn ParallelForms(place: Place) -> impl IntoView {
    let session = place.session;
    let count = place.count("Branches");
    // For each branch: how many states it has, and its first one.
    let branches = Memo::new(move |_| {
        session.outline().with(|outline| {
            let Some(found) = outline.find(&place.state()) else {
                return Vec::new();
            };
            let blocks = outline.states[found.0]
                .children
                .iter()
                .map(|block| &outline.blocks[block.0]);
            blocks
                .map(|block| {
                    let first = block
                        .start
                        .map(|start| outline.states[start.0].pointer.clone());
                    (
                        block.states.len(),
                        block.start_at.as_deref().unwrap_or_default().to_owned(),
                        first,
                    )
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Section title=text::BRANCHES about=place.member("Branches").way() count=count>
            <p class="sm t2">{text::BRANCHES_HINT}</p>
            <PartNotes place=place.member("Branches")/>
            <ul class="rows">
                {move || branches.get().into_iter().enumerate().map(|(index, (states, start, first))| {
                    view! {
                        <li class="row">
                            <span class="num-chip">{index + 1}</span>
                            <button type="button" class="grow clip" on:click=move |_| if let Some(first) = first.clone() {
                                session.select(first.clone());
                                session.ask().set(Some(Ask::Reveal(first)));
                            }>{text::branch(&start, states)}</button>
                            <IconButton label=text::remove(index + 1) glyph=Glyph::Trash on_press=move || { place.member("Branches").element(index).remove(""); }/>
                        </li>
                    }
                }).collect_view()}
            </ul>
            <Button label=text::ADD glyph=Glyph::Plus on_press=place.adding(Part::Branch)/>
        </Section>
    }
}
