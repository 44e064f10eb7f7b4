//! Groups and notes on the drawing: frames with their titles, and the note of a state beside it.

use super::board::Board;
use super::frames::{Frame, Grouped};
use super::menu;
use crate::commands::{Command, Desk};
use crate::document::{Editing, Group, note_of};
use crate::text::canvas as words;
use crate::ui::{Glyph, Icon};
use asl::text::Pointer;
use layout::Rect;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// How the groups are drawn. Without groups it costs one look at each comment.
pub(super) fn grouped(board: Board) -> Memo<Arc<Grouped>> {
    let groups = Memo::new(move |_| Group::all(&board.session.outlined().get()));
    Memo::new(move |_| {
        let groups = groups.get();
        if groups.is_empty() {
            return Arc::default();
        }
        let drawn = |drawing: &Arc<super::board::Drawing>| {
            Grouped::of(&drawing.layout, &drawing.outline, groups)
        };
        Arc::new(board.drawing.with(drawn))
    })
}

/// The frames, behind everything. A title selects its states; its menu renames and dissolves the group.
#[component]
pub(super) fn Frames(board: Board, desk: Desk) -> impl IntoView {
    let sight = board.sight();
    let seen = Memo::new(move |_| {
        let sight = sight.get();
        let grouped = board.grouped();
        let frames = grouped.frames.iter();
        let seen = frames.filter(|frame| frame.rect.meets(sight));
        let seen: Vec<(Pointer, String)> = seen
            .map(|frame| (frame.group.block.clone(), frame.group.name.clone()))
            .collect();
        seen
    });
    view! { <For each=move || seen.get() key=Clone::clone let:own><FrameView board=board desk=desk own=own/></For> }
}

/// One frame; while it is there it is one element, so that it moves with its states.
#[component]
fn FrameView(board: Board, desk: Desk, own: (Pointer, String)) -> impl IntoView {
    let name = own.1.clone();
    let frame = Memo::new(move |before: Option<&Option<Frame>>| {
        let grouped = board.grouped();
        let is_own = |frame: &&Frame| frame.group.block == own.0 && frame.group.name == own.1;
        // A frame that is about to go keeps its place until then.
        let now = grouped.frames.iter().find(is_own).cloned();
        now.or_else(|| before.cloned().flatten())
    });
    let place = move |rect: fn(&Frame) -> Rect| {
        let rect = frame.with(|frame| frame.as_ref().map(rect).unwrap_or_default());
        format!(
            "translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px",
            rect.x, rect.y, rect.w, rect.h
        )
    };
    let select = move || {
        let states = frame.with_untracked(|frame| {
            let frame = frame.as_ref();
            frame
                .map(|frame| frame.group.states.clone())
                .unwrap_or_default()
        });
        board.session.select_all(states);
    };
    let context = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        event.stop_propagation();
        if !board.read_only {
            select();
            menu::open_group(
                board,
                f64::from(event.client_x()),
                f64::from(event.client_y()),
            );
        }
    };
    let rename = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        if !board.read_only {
            select();
            desk.run(Command::RenameGroup);
        }
    };
    view! {
        <div class="frame" style=move || place(|frame| frame.rect) aria-hidden="true"></div>
        <button
            type="button"
            class="frame-title"
            style=move || place(|frame| frame.title)
            title=name.clone()
            aria-label=words::group_label(&name)
            tabindex="-1"
            on:pointerdown=|event| event.stop_propagation()
            on:click=move |_| select()
            on:dblclick=rename
            on:contextmenu=context
        >{name.clone()}</button>
    }
}

/// The note of a state, open beside it: read and changed there.
#[component]
pub(super) fn NoteBubble(board: Board) -> impl IntoView {
    // A state that is gone has no note to show.
    let open = Memo::new(move |_| {
        let state = board.noted.get()?;
        board
            .drawing
            .with(|drawing| drawing.node(&state).map(|_| state))
    });
    move || {
        open.get()
            .map(|state| view! { <Note board=board state=state/> })
    }
}

#[component]
fn Note(board: Board, state: Pointer) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let name = state
        .0
        .last()
        .map(|step| step.name().into_owned())
        .unwrap_or_default();
    let state = StoredValue::new(state);
    let text = note_of(
        &board.session.outlined().get_untracked(),
        &state.get_value(),
    );
    let before = StoredValue::new(text.clone());
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A field that cannot take the focus keeps it where it was.
            let _ = field.focus();
        }
    });
    // Says whether nothing is lost when the bubble closes: an entry that is refused stays open, with the reason said.
    let keep = move || {
        let entry = field.get_untracked().map(|field| field.value());
        let Some(entry) = entry.filter(|entry| before.with_value(|before| before != entry)) else {
            return true;
        };
        let verb = |editing: &Editing| editing.set_note(&state.get_value(), &entry);
        let is_kept = board.session.edit(verb);
        if is_kept {
            before.set_value(entry.clone());
        }
        is_kept
    };
    let close = move || {
        board.noted.set(None);
        board.focus(Some(state.get_value()));
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => close(),
            "Enter" if event.ctrl_key() || event.meta_key() => {
                if keep() {
                    close();
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // Whoever goes elsewhere keeps what was written.
    let left = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let own = event
            .current_target()
            .and_then(|own| own.dyn_into::<web_sys::Node>().ok());
        if own.is_some_and(|own| !own.contains(to.as_ref()))
            && board.noted.get_untracked().is_some()
            && keep()
        {
            board.noted.set(None);
        }
    };
    let stop = |event: web_sys::PointerEvent| event.stop_propagation();
    view! {
        <div
            class="note-bubble"
            role="dialog"
            aria-label=words::note_of(&name)
            style=move || beside(board, &state.get_value())
            on:pointerdown=stop
            on:wheel=|event| event.stop_propagation()
            on:dblclick=|event| event.stop_propagation()
            on:contextmenu=|event| event.stop_propagation()
            on:keydown=keys
            on:focusout=left
        >
            <p class="note-head"><Icon glyph=Glyph::Note size="s"/>{name.clone()}</p>
            <textarea
                node_ref=field
                rows="4"
                aria-label=words::NOTE
                placeholder=words::NOTE_HINT
                readonly=move || board.read_only || board.session.stale().get()
                prop:value=text
            ></textarea>
            {(!board.read_only).then(|| view! { <p class="note-foot">{words::NOTE_FOOT}<kbd>{words::NOTE_KEYS}</kbd></p> })}
        </div>
    }
}

/// The bubble's place: beside the state, inside the canvas.
fn beside(board: Board, state: &Pointer) -> String {
    let rect = board
        .drawing
        .with(|drawing| drawing.node(state).map(|node| node.rect))
        .unwrap_or_default();
    let (view, (width, height)) = (board.session.view().get(), board.size.get());
    let (right, top) = view.to_window(rect.right(), rect.y);
    let (left, _) = view.to_window(rect.x, rect.y);
    let fits_right = right + GAP + BUBBLE.0 <= width;
    let x = if fits_right {
        right + GAP
    } else {
        left - GAP - BUBBLE.0
    };
    let x = x.clamp(8.0, (width - BUBBLE.0 - 8.0).max(8.0));
    let y = top.clamp(8.0, (height - BUBBLE.1 - 8.0).max(8.0));
    format!("inset-inline-start:{x:.0}px;inset-block-start:{y:.0}px")
}

/// Space between a state and its note.
const GAP: f64 = 12.0;

/// The size of the bubble, in pixels, as in `style/canvas.css`.
const BUBBLE: (f64, f64) = (248.0, 164.0);
