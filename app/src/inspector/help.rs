//! Help under the forms: what a field, a state or the pipeline is, an example, and a link (feature map, WS-09).
//!
//! The words are `asl::editor`'s. While it is open, it follows the focus from field to field and the selection from state to
//! state. Nothing is fetched: the link is an ordinary one.

use crate::session::{Ask, Session};
use crate::text::inspector::help as text;
use crate::ui::{Explainer, Glyph, Icon, IconButton, hand_on, json, marked};
use asl::editor::{Help, help};
use asl::text::{Pointer, Step};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What the help is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    session: Session,
    selected: Memo<Option<Pointer>>,
    /// The way from what is selected to the place; none while the help is closed.
    at: RwSignal<Option<Pointer>>,
}

impl Topic {
    /// Offers help to all forms inside, and answers the command.
    pub(super) fn provide(session: Session, selected: Memo<Option<Pointer>>) -> Self {
        let topic = Self {
            session,
            selected,
            at: RwSignal::new(None),
        };
        provide_context(topic);
        provide_context(Explainer(Callback::new(move |place: String| {
            topic.turn(place.parse().ok());
        })));
        Effect::new(move || {
            if session.ask().get() == Some(Ask::Help) {
                session.ask().set(None);
                topic.turn(focused().or(Some(Pointer::default())));
            }
        });
        topic
    }

    /// Shows help on a place; on the one that it is about already it is closed.
    fn turn(self, place: Option<Pointer>) {
        let is_same = self.at.with_untracked(|at| *at == place);
        self.at.set(place.filter(|_| !is_same));
    }

    /// Goes on to what is selected.
    pub(super) fn follow_selection(self) {
        self.follow(Pointer::default());
    }

    /// Goes on to another place while it is open.
    fn follow(self, place: Pointer) {
        if self.at.with_untracked(Option::is_some) {
            self.at.set(Some(place));
        }
    }

    /// Goes on to the field that has the focus now. The button of a field that is pressed asks by itself: to be there before it
    /// would make it close the help.
    pub(super) fn follow_focus(self) {
        if let Some(place) = focused().filter(|_| !is_on_button()) {
            self.follow(place);
        }
    }

    fn close(self) {
        self.at.set(None);
        hand_on("", vec![".inspector .form".to_owned()]);
    }
}

/// Whether the focus is on the button that asks for help on a field.
fn is_on_button() -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.matches(".explain > button").unwrap_or(false))
}

/// The way from what is selected to the field that has the focus.
fn focused() -> Option<Pointer> {
    let active = document().active_element()?;
    let field = active.closest(".inspector [data-at]").ok().flatten()?;
    let field = field.dyn_into::<web_sys::Element>().ok()?;
    let mut way: Pointer = field.get_attribute("data-at")?.parse().ok()?;
    // What adds a member stands where one without a name would; the help is on what it goes into.
    if matches!(way.0.last(), Some(Step::Key(name)) if name.is_empty()) {
        way.0.pop();
    }
    Some(way)
}

/// The help, while it is open.
#[component]
pub(super) fn HelpPanel(topic: Topic) -> impl IntoView {
    let told = Memo::new(move |_| {
        let way = topic.at.get()?;
        let mut at = topic.selected.get_untracked().unwrap_or_default();
        at.0.extend(way.0);
        // What is typed meanwhile changes no help: to ask after each edit would be work for nothing.
        topic
            .session
            .outlined()
            .with_untracked(|document| help(document, &at))
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            topic.close();
        }
    };
    move || {
        topic.at.with(Option::is_some).then(|| view! {
            <section class="help-panel" aria-label=text::TITLE on:keydown=keys>
                <header class="help-head">
                    <Icon glyph=Glyph::Info/>
                    <h2>{text::TITLE}</h2>
                    <span class="end"></span>
                    <IconButton label=text::CLOSE glyph=Glyph::Cross on_press=move || topic.close()/>
                </header>
                <div class="help-words" aria-live="polite" tabindex="0" role="group" aria-label=text::WORDS>
                    {move || match told.get() {
                        Some(help) => view! { <Words help=help/> }.into_any(),
                        None => view! { <p class="t2">{text::UNKNOWN}</p> }.into_any(),
                    }}
                </div>
            </section>
        })
    }
}

#[component]
fn Words(help: Help) -> impl IntoView {
    let example = (!help.example.is_empty()).then(|| {
        view! {
            <pre class="json" aria-label=text::EXAMPLE>{json::coloured(&help.example)}</pre>
        }
    });
    view! {
        <h3>{help.title}</h3>
        {marked(&help.text)}
        {example}
        <p><a href=help.page.address target="_blank" rel="noreferrer">{text::page(help.page.title)}</a></p>
    }
}
