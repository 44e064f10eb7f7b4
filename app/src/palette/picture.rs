//! A pattern as a small picture, drawn by the canvas's own layout.

use crate::document::{Editing, Pattern, Place};
use asl::text::Pointer;
use layout::{Layout, Orientation, Shape, path};
use leptos::prelude::*;
use rustc_hash::FxHashSet;

/// The drawing of a pattern in a pipeline of its own.
fn drawn(pattern: Pattern) -> Layout {
    let mut editing = Editing::new_pipeline("");
    // A pattern goes into every pipeline; without it the picture would be empty.
    if let Ok(change) = editing.insert(&Place::Into(Pointer::default()), pattern) {
        let _ = editing.apply(&change, Vec::new());
    }
    Layout::of(
        editing.outline(),
        &FxHashSet::default(),
        Orientation::default(),
    )
}

/// The picture of a pattern.
#[component]
pub(super) fn Picture(pattern: Pattern) -> impl IntoView {
    let layout = drawn(pattern);
    let bounds = layout.bounds;
    let boxes = layout.nodes.iter().map(|node| {
        let class = match node.shape {
            Shape::Container { .. } => "around",
            Shape::Choice => "choice",
            Shape::Node | Shape::Folded => "plain",
        };
        let rect = node.rect;
        view! { <rect class=class x=rect.x y=rect.y width=rect.w height=rect.h rx="16"/> }
    });
    let ways = layout
        .edges
        .iter()
        .map(|edge| view! { <path d=path(&edge.points, 10.0)/> });
    view! {
        <svg class="picture" aria-hidden="true" viewBox=format!("{} {} {} {}", bounds.x, bounds.y, bounds.w, bounds.h)>
            {ways.collect_view()}
            {boxes.collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_a_picture_with_a_box_for_each_state() {
        for pattern in Pattern::ALL {
            let block = pattern.block(crate::document::Language::JsonPath);
            assert!(drawn(pattern).nodes.len() >= block.len(), "{pattern:?}");
        }
    }
}
