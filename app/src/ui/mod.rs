//! The small kit of controls that every part of the studio is made of.
//!
//! Every control has a role, a name and a key. Nothing here knows pipelines, runs or the server; the tables of state
//! types ([`kinds`]) and statuses ([`status`]) are here so that icon, hue and word stay the same everywhere.

mod assist;
mod assistant;
mod attention;
mod badge;
mod button;
mod caret;
mod combo;
mod dialog;
mod field;
mod focus;
mod help;
mod icon;
pub mod json;
mod json_editor;
pub mod kinds;
mod menu;
mod menu_list;
mod note;
mod number;
mod offers;
mod options;
mod panes;
mod pause;
mod pick;
pub mod status;
mod tabs;
mod theme;
mod tip;
mod toast;
mod tried;
mod typing;

pub use assist::AssistField;
pub use assistant::Helper;
pub use badge::{Badge, EmptyState, Kbd};
pub use button::{Button, ButtonLook, IconButton};
pub use combo::Finder;
pub use dialog::Dialog;
pub use field::{Field, FieldGroup, TextArea, TextField};
pub use focus::{give, hand_on};
pub use help::{ExplainButton, Explainer};
pub use icon::{Glyph, Icon, Mark};
pub use json::JsonView;
pub use json_editor::JsonEditor;
pub use kinds::{Kind, KindSquare};
pub use menu::{Menu, MenuItem, PointMenu};
pub use note::{Note, NoteAct, NoteLine, NoteList, Notes, Weight};
pub use number::NumberField;
pub use offers::Offered;
pub use panes::{Resizer, Side};
pub use pick::{Choice, Segmented, Select, Switch};
pub use status::{Status, StatusDisc, StatusWord};
pub use tabs::Tabs;
pub use theme::{Theme, ThemeToggle};
pub use toast::{ToastShelf, Toasts, Tone, provide_toasts, toast};
pub use tried::{Tried, marked};
pub use typing::{
    end_entry, has_marked_text, is_for_text, is_in_dialog, is_in_field, is_on_button, unmark_text,
};

use std::sync::atomic::{AtomicUsize, Ordering};

/// An element id that no other element has.
pub fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Scrolls what is around an element as little as it takes to show it.
pub fn scroll_to(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
