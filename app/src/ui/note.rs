//! Notes under a field: what is known of the value that stands there, each with its weight and, where there is one, the act
//! that mends it. What they say comes from outside; nothing is judged here.

use super::button::Button;
use super::icon::{Glyph, Icon};
use crate::text::common as text;
use leptos::callback::Callable;
use leptos::prelude::*;

/// How much a note weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The value is wrong.
    Error,
    /// The value is likely not what was meant.
    Warning,
    /// The value could be better.
    Hint,
}

impl Weight {
    /// The word that stands for its icon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => text::ERROR,
            Self::Warning => text::WARNING,
            Self::Hint => text::HINT,
        }
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Error => Glyph::Error,
            Self::Warning => Glyph::Warning,
            Self::Hint => Glyph::Info,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Error => "note error",
            Self::Warning => "note warning",
            Self::Hint => "note",
        }
    }
}

/// Something to press under a note.
#[derive(Debug, Clone)]
pub struct NoteAct {
    /// What the button says.
    pub label: String,
    /// What it does.
    pub act: Callback<()>,
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// How much it weighs.
    pub weight: Weight,
    /// A sentence.
    pub words: String,
    /// What can be done about it.
    pub acts: Vec<NoteAct>,
}

/// The notes of one field, and a name of the place that its value stands at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Notes {
    list: Signal<Vec<Note>>,
    place: Option<StoredValue<String>>,
}

impl Notes {
    /// Notes that may change, of the value at `place`; fields are found by it (`data-at`).
    pub fn new(place: String, list: Signal<Vec<Note>>) -> Self {
        Self {
            list,
            place: Some(StoredValue::new(place)),
        }
    }

    /// Whether the value is wrong; tracked.
    pub fn is_bad(self) -> bool {
        self.list
            .with(|list| list.iter().any(|note| note.weight == Weight::Error))
    }

    /// The name of the place.
    pub fn place(self) -> Option<String> {
        self.place.map(|place| place.get_value())
    }

    /// What describes the control of this id: the fault of its entry, and the notes.
    pub fn described(id: &str) -> String {
        format!("{id}-error {id}-notes")
    }
}

/// The list of notes; its element has the id `{id}-notes`.
#[component]
pub fn NoteList(
    /// The control's id.
    id: String,
    /// The notes.
    notes: Notes,
) -> impl IntoView {
    let element = id + "-notes";
    view! {
        <ul class="field-notes" id=element hidden=move || notes.list.with(Vec::is_empty)>
            {move || notes.list.get().into_iter().map(|note| view! { <NoteLine note=note/> }).collect_view()}
        </ul>
    }
}

/// One note, as an element of a list.
#[component]
pub fn NoteLine(
    /// The note.
    note: Note,
    /// A name of the place that it is about.
    #[prop(optional, into)]
    at: Option<String>,
) -> impl IntoView {
    let acts = note
        .acts
        .into_iter()
        .map(|NoteAct { label, act }| view! { <Button label=label on_press=move || act.run(())/> });
    view! {
        <li class=note.weight.class() data-at=at tabindex="-1">
            <Icon glyph=note.weight.glyph() size="s"/>
            <div>
                <span class="sr">{format!("{}: ", note.weight.word())}</span>
                {note.words}
                {acts.collect_view()}
            </div>
        </li>
    }
}
