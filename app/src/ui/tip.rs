//! An explanation of what is under the pointer in a text, beside the pointer.

use super::assistant::Helper;
use super::caret::{byte_of, units_at};
use super::tried::marked;
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// An explanation beside the pointer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tip {
    at: usize,
    words: String,
    x: f64,
    y: f64,
}

/// A place in the text of an area, and the point of the window that it was found by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pointed {
    at: usize,
    x: f64,
    y: f64,
}

impl Pointed {
    /// What the pointer is at, where the browser can tell the place in the text.
    pub(super) fn of(event: &web_sys::PointerEvent, area: NodeRef<html::Textarea>) -> Option<Self> {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let area = area.get_untracked().filter(|_| event.buttons() == 0)?;
        let at = units_at(&area, x, y).map(|units| byte_of(&area.value(), units))?;
        Some(Self { at, x, y })
    }

    /// Whether a tip shows what is here already.
    pub(super) fn is_shown(self, tip: RwSignal<Option<Tip>>) -> bool {
        tip.with_untracked(|tip| tip.as_ref().is_some_and(|tip| tip.at == self.at))
    }

    /// Explains what is here.
    pub(super) fn explain(self, text: String, helper: Helper, tip: RwSignal<Option<Tip>>) {
        let Self { at, x, y } = self;
        let words = Some(at)
            .filter(|at| *at < text.len())
            .and_then(|at| helper.explain.run((text, at)));
        let new = words.map(|words| Tip { at, words, x, y });
        if *tip.read_untracked() != new {
            tip.set(new);
        }
    }
}

/// The explanation, while there is one.
#[component]
pub(super) fn TipView(tip: RwSignal<Option<Tip>>) -> impl IntoView {
    move || {
        tip.get().map(|tip| view! {
            <div class="tip" role="tooltip" style:left=format!("{}px", tip.x) style:top=format!("{}px", tip.y + 16.0)>{marked(&tip.words)}</div>
        })
    }
}
