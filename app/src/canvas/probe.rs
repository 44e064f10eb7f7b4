//! What a measuring tool needs of a canvas, as `window.statecraft`; it is there only when the address asks with `?probe`.
//!
//! It looks and acts through the same session as hands do, and is not part of what a page may rely on. What it does is in the
//! page when it returns, as what a hand does is when its event is over.

use super::board::Board;
use crate::document::{Blueprint, Place};
use crate::shell::tasks::settle;
use asl::text::Pointer;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::{Closure, IntoWasmClosure, WasmClosure};
use wasm_bindgen::{JsCast, JsValue};

/// Puts the probe into the window when the address asks for it.
pub(super) fn offer(board: Board) {
    let asked = window().location().search().is_ok_and(|query| {
        query
            .trim_start_matches('?')
            .split('&')
            .any(|word| word == "probe")
    });
    if !asked {
        return;
    }
    let probe = Object::new();
    look(board, &probe);
    act(board, &probe);
    put(&window(), "statecraft", &probe);
}

/// What can be asked.
fn look(board: Board, probe: &Object) {
    let session = board.session;
    offer_as::<dyn Fn() -> bool>(probe, "checked", move || session.is_checked());
    offer_as::<dyn Fn() -> bool>(probe, "simplified", move || board.far.get_untracked());
    offer_as::<dyn Fn() -> Array>(probe, "states", move || {
        let texts = |drawing: &std::sync::Arc<super::board::Drawing>| {
            let nodes = drawing.layout.nodes.iter();
            nodes
                .map(|node| JsValue::from(node.pointer.to_string()))
                .collect()
        };
        board.drawing.with_untracked(texts)
    });
    offer_as::<dyn Fn(String) -> JsValue>(probe, "box", move |state: String| {
        let found = state.parse().ok().and_then(|state: Pointer| {
            board
                .drawing
                .with_untracked(|drawing| drawing.node(&state).map(|node| node.rect))
        });
        found.map_or(JsValue::NULL, |rect| {
            numbers(&[rect.x, rect.y, rect.w, rect.h]).into()
        })
    });
    offer_as::<dyn Fn() -> Array>(probe, "view", move || {
        let view = session.view().get_untracked();
        numbers(&[view.x, view.y, view.zoom])
    });
    offer_as::<dyn Fn() -> f64>(probe, "memory", || {
        let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
        f64::from(buffer.byte_length())
    });
}

/// What can be done.
fn act(board: Board, probe: &Object) {
    let session = board.session;
    offer_as::<dyn Fn()>(probe, "fit", move || {
        board.fit();
        settle();
    });
    offer_as::<dyn Fn()>(probe, "home", move || {
        board.home();
        settle();
    });
    offer_as::<dyn Fn(String, String) -> JsValue>(
        probe,
        "rename",
        move |state: String, name: String| {
            let Ok(state) = state.parse::<Pointer>() else {
                return JsValue::NULL;
            };
            session.edit(|editing| editing.rename(&state, &name));
            settle();
            state
                .parent()
                .map_or(JsValue::NULL, |block| block.join(&*name).to_string().into())
        },
    );
    offer_as::<dyn Fn(String)>(probe, "remove", move |state: String| {
        if let Ok(state) = state.parse::<Pointer>() {
            session.edit(|editing| editing.remove_states(&[state]));
            settle();
        }
    });
    offer_as::<dyn Fn(String) -> JsValue>(probe, "add", move |state: String| {
        let Ok(state) = state.parse::<Pointer>() else {
            return JsValue::NULL;
        };
        session.edit(|editing| editing.insert(&Place::After(state), Blueprint::Pass));
        settle();
        let added = session
            .selection()
            .with_untracked(|all| all.primary().map(ToString::to_string));
        added.map_or(JsValue::NULL, JsValue::from)
    });
}

fn numbers(all: &[f64]) -> Array {
    all.iter().copied().map(JsValue::from).collect()
}

/// Adds a function; it lives as long as the page.
fn offer_as<F: ?Sized + WasmClosure>(
    probe: &Object,
    name: &str,
    work: impl IntoWasmClosure<F> + 'static,
) {
    put(probe, name, &Closure::<F>::new(work).into_js_value());
}

fn put(target: &JsValue, name: &str, value: &JsValue) {
    // A fresh object and the window take members.
    let _ = Reflect::set(target, &name.into(), value);
}
