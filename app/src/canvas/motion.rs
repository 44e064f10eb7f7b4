//! What is seen of a change for a moment: states and ways that come appear, those that are gone fade.
//!
//! That what stays moves to its place is the style's work alone (`style/canvas.css`): places and paths are given as they
//! are now, and the browser leads there. Only what is in sight is looked at, and nothing where less motion is asked for.

use super::board::{Board, Drawing};
use super::edge_box;
use crate::ui::{Icon, Kind};
use layout::measure::CORNER;
use layout::{EdgeStyle, Rect, Shape, path};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long a change is seen: a little longer than `--m-move`.
const MOMENT: Duration = Duration::from_millis(200);

/// Something that is gone and fades.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Gone {
    /// A state.
    State {
        /// Where it stood.
        rect: Rect,
        kind: Kind,
        name: String,
        /// Whether it was drawn around others.
        is_container: bool,
    },
    /// A way, as the path of its line.
    Way(String),
}

/// Follows the drawing: what goes with a change fades for a moment, and for as long it is known what was there before.
pub(super) fn follow(board: Board) {
    let sight = board.sight();
    let turn = StoredValue::new(0_u32);
    Effect::new(move || {
        let drawing = board.drawing.get();
        let Some(before) = board.before.get_value() else {
            return;
        };
        if is_motion_wanted(board) {
            let gone = gone(board, &before, &drawing, sight.get_untracked());
            board.leaving.set(gone);
        }
        let now = turn.get_value().wrapping_add(1);
        turn.set_value(now);
        let rest = move || {
            // The canvas may be gone when the moment is over.
            if turn.try_get_value() == Some(now) {
                board.before.set_value(None);
                board.leaving.set(Vec::new());
            }
        };
        // Counted from the frame that shows the change, however long that takes.
        request_animation_frame(move || set_timeout(rest, MOMENT));
    });
}

/// Whether an element that is made now shows something that comes with a change, not something that only comes into sight.
pub(super) fn is_coming(board: Board, was_there: impl Fn(&Drawing) -> bool) -> bool {
    let before = board.before.get_value();
    before.is_some_and(|before| !was_there(&before)) && is_motion_wanted(board)
}

/// What was drawn before, when states or ways have come or gone since. A state that is renamed is another one in the same
/// place, and nothing moves.
pub(super) fn changed(before: Option<&Arc<Drawing>>, now: &Drawing) -> Option<Arc<Drawing>> {
    let counts = |drawing: &Drawing| (drawing.layout.nodes.len(), drawing.layout.edges.len());
    before
        .filter(|before| counts(before) != counts(now))
        .cloned()
}

/// Nothing moves where less motion is asked for, nor in a large drawing, where a change can move everything that is in sight.
fn is_motion_wanted(board: Board) -> bool {
    if board.large.get_untracked() {
        return false;
    }
    let asked = window().match_media("(prefers-reduced-motion: reduce)");
    !asked.ok().flatten().is_some_and(|asked| asked.matches())
}

/// What was in sight and is not there any more.
fn gone(board: Board, before: &Drawing, now: &Drawing, sight: Rect) -> Vec<Gone> {
    let document = board.session.outlined().get_untracked();
    let nodes = before
        .layout
        .nodes
        .iter()
        .filter(|node| node.rect.meets(sight) && now.node(&node.pointer).is_none());
    let states = nodes.map(|node| {
        let state = &before.outline.states[node.state.0];
        Gone::State {
            rect: node.rect,
            kind: Kind::of(&document, state),
            name: state.name.to_string(),
            is_container: matches!(node.shape, Shape::Container { .. }),
        }
    });
    let edges = before.layout.edges.iter().filter(|edge| {
        edge.style != EdgeStyle::Hidden
            && edge_box(edge).meets(sight)
            && now.edge(&edge.way).is_none()
    });
    let ways = edges.map(|edge| Gone::Way(path(&edge.points, CORNER)));
    ways.chain(states).collect()
}

/// What is gone, while it fades.
#[component]
pub(super) fn Leaving(board: Board) -> impl IntoView {
    move || {
        board
            .leaving
            .get()
            .into_iter()
            .map(|gone| match gone {
                Gone::Way(line) => view! { <svg class="edges leaving" aria-hidden="true"><g class="edge"><path class="line" d=line/></g></svg> }.into_any(),
                Gone::State { rect, kind, name, is_container } => {
                    let base = if is_container { "group" } else { "node" };
                    let style = format!(
                        "translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px",
                        rect.x, rect.y, rect.w, rect.h
                    );
                    view! {
                        <div class=format!("{base} leaving {}", kind.class()) style=style aria-hidden="true">
                            {(!is_container).then(|| view! { <span class="sq"><Icon glyph=kind.glyph()/></span><span class="body"><span class="name"><span>{name}</span></span></span> })}
                        </div>
                    }.into_any()
                }
            })
            .collect_view()
    }
}
