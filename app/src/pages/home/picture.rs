//! The pictures of the starter pipelines: which shapes they are made of, and how a card shows them.
//!
//! The first page loads no layout. The pictures lie beside the starters, in `/pipelines/pictures.json`, as the canvas's own layout
//! gives them; a test keeps them true and renews them when `UPDATE_EXPECT` is set.

use super::starters::FOLDER;
use crate::api::studio;
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A small drawing of a pipeline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Picture {
    /// What is seen: left, top, width and height.
    view: [i32; 4],
    /// The ways, as the data of SVG paths.
    ways: Vec<String>,
    /// The states, containers before what is in them.
    boxes: Vec<Drawn>,
    /// The middles of the start and the ends.
    caps: Vec<[i32; 2]>,
}

/// A state of a picture.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Drawn {
    /// Left, top, width and height.
    at: [i32; 4],
    /// The class of its kind, which gives its hue.
    kind: String,
    /// Whether it holds other states.
    #[serde(default)]
    around: bool,
}

/// All pictures by the ids of their starters. Without the file the cards have none.
pub async fn all() -> BTreeMap<String, Picture> {
    let file = studio::asset(&format!("{FOLDER}pictures.json")).await;
    file.ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// A picture as large as its card allows.
pub fn drawing(picture: &Picture) -> impl IntoView + use<> {
    let boxes: Vec<_> = picture.boxes.iter().map(drawn).collect();
    let ways: Vec<_> = picture
        .ways
        .iter()
        .map(|way| view! { <path d=way.clone()/> })
        .collect();
    let caps: Vec<_> = picture
        .caps
        .iter()
        .map(|[x, y]| view! { <circle cx=*x cy=*y r="22"/> })
        .collect();
    let [x, y, w, h] = picture.view;
    view! {
        <svg class="starter-picture" aria-hidden="true" viewBox=format!("{x} {y} {w} {h}")>
            {boxes}
            {ways}
            {caps}
        </svg>
    }
}

fn drawn(state: &Drawn) -> impl IntoView + use<> {
    let [x, y, w, h] = state.at;
    let class = if state.around {
        format!("{} around", state.kind)
    } else {
        state.kind.clone()
    };
    view! { <rect class=class x=x y=y width=w height=h rx="16"/> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Kind;
    use asl::graph::Outlined;
    use asl::text::Document;
    use layout::{EdgeStyle, Layout, Orientation, PlacedNode, Point, Rect, Shape, path};
    use rustc_hash::FxHashSet;
    use std::path::PathBuf;
    use std::sync::Arc;

    fn folder() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public/pipelines")
    }

    /// Cards are less wide than pipelines are long: a picture is taller than the drawing, so that its states can be seen.
    const STRETCH: f64 = 1.7;

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a drawing of some thousand units"
    )]
    fn whole<const N: usize>(lengths: [f64; N]) -> [i32; N] {
        lengths.map(|length| length.round() as i32)
    }

    fn area(rect: Rect) -> [i32; 4] {
        whole([rect.x, rect.y * STRETCH, rect.w, rect.h * STRETCH])
    }

    fn way(points: &[Point]) -> String {
        let stretched = |at: &Point| Point {
            y: (at.y * STRETCH).round(),
            ..*at
        };
        path(&points.iter().map(stretched).collect::<Vec<_>>(), 10.0)
    }

    fn cap(rect: Rect) -> [i32; 2] {
        let middle = rect.centre();
        whole([middle.x, middle.y * STRETCH])
    }

    fn picture_of(text: &str) -> Picture {
        let outlined = Outlined::of(Arc::new(Document::parse(text)));
        let (outline, document) = (outlined.outline(), outlined.document());
        let layout = Layout::of(outline, &FxHashSet::default(), Orientation::Horizontal);
        let drawn = |node: &PlacedNode| Drawn {
            at: area(node.rect),
            kind: Kind::of(document, &outline.states[node.state.0])
                .class()
                .to_owned(),
            around: matches!(node.shape, Shape::Container { .. }),
        };
        let mut boxes: Vec<Drawn> = layout.nodes.iter().map(drawn).collect();
        boxes.sort_by_key(|state| !state.around);
        let ways = layout
            .edges
            .iter()
            .filter(|way| way.style != EdgeStyle::Hidden);
        Picture {
            view: area(layout.bounds),
            ways: ways.map(|edge| way(&edge.points)).collect(),
            boxes,
            caps: layout.pills.iter().map(|pill| cap(pill.rect)).collect(),
        }
    }

    #[test]
    fn the_pictures_of_the_starters_are_what_the_canvas_draws() {
        let read = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        let starters: Vec<super::super::starters::Starter> =
            serde_json::from_str(&read("index.json")).expect("the list of starters");
        let pictures: BTreeMap<String, Picture> = starters
            .into_iter()
            .map(|starter| {
                let text = read(&format!("{}.asl.json", starter.id));
                (starter.id, picture_of(&text))
            })
            .collect();
        let drawn = serde_json::to_string(&pictures).expect("pictures as JSON") + "\n";
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(folder().join("pictures.json"), &drawn).expect("a folder to write to");
        }
        assert!(
            drawn == read("pictures.json"),
            "renew the pictures: UPDATE_EXPECT=1 cargo test -p app --lib pictures"
        );
    }
}
