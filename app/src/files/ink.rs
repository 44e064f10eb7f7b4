//! The colours of the page, for a picture that leaves it.
//!
//! Tokens stand in the style sheet alone, so that a picture has the colours of the theme that its maker sees.

use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::JsCast;

/// Gives the colour of a token (`surface`, `t-task`).
pub(super) trait Ink {
    /// A colour that stands for itself in an SVG attribute.
    fn of(&self, token: &str) -> String;
}

/// The tokens as the page shows them now.
pub(super) struct PageInk {
    probe: web_sys::HtmlElement,
    /// What was asked before: a page tells its styles slowly.
    known: RefCell<HashMap<String, String>>,
}

impl PageInk {
    /// Ink of this page; none where it has no body to measure on.
    pub(super) fn take() -> Option<Self> {
        let probe = document().create_element("i").ok()?;
        let probe: web_sys::HtmlElement = probe.dyn_into().ok()?;
        probe.set_hidden(true);
        document().body()?.append_child(&probe).ok()?;
        Some(Self {
            probe,
            known: RefCell::default(),
        })
    }
}

impl PageInk {
    fn ask(&self, token: &str) -> String {
        // An element on the page takes a colour, and tells what it is.
        let _ = self
            .probe
            .style()
            .set_property("color", &format!("var(--{token})"));
        let computed = window().get_computed_style(&self.probe).ok().flatten();
        computed
            .and_then(|style| style.get_property_value("color").ok())
            .unwrap_or_default()
    }
}

impl Ink for PageInk {
    fn of(&self, token: &str) -> String {
        let mut known = self.known.borrow_mut();
        let colour = known
            .entry(token.to_owned())
            .or_insert_with(|| self.ask(token));
        colour.clone()
    }
}

impl Drop for PageInk {
    fn drop(&mut self) {
        self.probe.remove();
    }
}
