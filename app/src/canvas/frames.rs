//! How groups of states are drawn: as a titled frame where that is true, else as a mark with the name on each state.
//!
//! A frame says "these and no others", so there is one only where nothing but the group's states stands in it, and its title
//! lies on nothing. The layout knows no groups: grouping moves no state.

use crate::document::Group;
use asl::graph::Outline;
use asl::text::Pointer;
use layout::measure::HEAD;
use layout::{Layout, PlacedNode, Point, Rect, Shape};
use rustc_hash::FxHashMap;

/// Space between a frame and its states: two frames in neighbouring rows do not meet.
const PAD: f64 = 10.0;

/// Height of a title.
const TITLE_H: f64 = 14.0;

/// How far a title stands from the corner.
const TITLE_X: f64 = 10.0;

/// The most that a title takes of its frame's width: the main way comes in at the middle.
const TITLE_SHARE: f64 = 0.42;

/// Titles are never wider.
const TITLE_MAX: f64 = 240.0;

/// A group that is drawn as a frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    /// The group.
    pub(crate) group: Group,
    /// The frame.
    pub(crate) rect: Rect,
    /// Where its name stands.
    pub(crate) title: Rect,
}

/// How the groups of a pipeline are drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Grouped {
    /// The groups with a frame.
    pub(crate) frames: Vec<Frame>,
    /// The states that carry the name of their group, since it has no frame.
    pub(crate) marks: FxHashMap<Pointer, String>,
}

impl Grouped {
    /// How groups are drawn on a layout.
    pub(crate) fn of(layout: &Layout, outline: &Outline, groups: Vec<Group>) -> Self {
        let mut grouped = Self::default();
        if groups.is_empty() {
            return grouped;
        }
        let nodes = layout.nodes.iter().map(|node| (&node.pointer, node));
        let placed: FxHashMap<&Pointer, &PlacedNode> = nodes.collect();
        for group in groups {
            match framed(layout, &placed, outline, &group, &grouped.frames) {
                Some((rect, title)) => grouped.frames.push(Frame { group, rect, title }),
                None => {
                    let marks = group
                        .states
                        .iter()
                        .map(|state| (state.clone(), group.name.clone()));
                    grouped.marks.extend(marks);
                }
            }
        }
        grouped
    }
}

/// The frame around a group's states and the place of its title, when it can have one.
fn framed(
    layout: &Layout,
    placed: &FxHashMap<&Pointer, &PlacedNode>,
    outline: &Outline,
    group: &Group,
    others: &[Frame],
) -> Option<(Rect, Rect)> {
    let own: Vec<&PlacedNode> = group
        .states
        .iter()
        .filter_map(|state| placed.get(state).copied())
        .collect();
    if own.is_empty() || own.len() < group.states.len() {
        return None;
    }
    let rect = own
        .iter()
        .skip(1)
        .fold(own[0].rect, |all, node| all.with(node.rect))
        .grown(PAD);
    let is_apart = |other: &Frame| !other.rect.meets(rect) || nests(other, group);
    let is_clear = layout
        .nodes
        .iter()
        .all(|node| is_no_obstacle(node, group, rect))
        && layout.pills.iter().all(|pill| !pill.rect.meets(rect))
        && others.iter().all(is_apart);
    if !is_clear {
        return None;
    }
    let around = outline
        .blocks
        .iter()
        .find(|block| block.pointer == group.block)
        .and_then(|block| block.owner);
    let head = around.and_then(|owner| {
        let owner = layout.nodes.iter().find(|node| node.state == owner)?;
        Some(Rect::new(owner.rect.x, owner.rect.y, owner.rect.w, HEAD))
    });
    title(layout, rect, head, others, &group.name).map(|title| (rect, title))
}

/// Whether a state may stand where it does: in the group, in one of its states, around all of it, or elsewhere.
fn is_no_obstacle(node: &PlacedNode, group: &Group, frame: Rect) -> bool {
    let is_around = group.block.starts_with(&node.pointer);
    let is_own = || {
        group
            .states
            .iter()
            .any(|state| node.pointer.starts_with(state))
    };
    if is_around {
        return node.rect.contains(frame);
    }
    !node.rect.meets(frame) || is_own()
}

/// Whether one of two frames is of a group inside a state of the other one.
fn nests(other: &Frame, group: &Group) -> bool {
    let holds = |outer: &Group, inner: &Group| {
        outer
            .states
            .iter()
            .any(|state| inner.block.starts_with(state))
    };
    holds(&other.group, group) || holds(group, &other.group)
}

/// A corner of the frame where its title covers nothing.
fn title(
    layout: &Layout,
    frame: Rect,
    head: Option<Rect>,
    others: &[Frame],
    name: &str,
) -> Option<Rect> {
    let letters = name
        .chars()
        .map(|letter| if letter.is_ascii() { 6.2 } else { 11.0 });
    let wanted = letters.sum::<f64>() + 14.0;
    let width = wanted.min(frame.w * TITLE_SHARE).clamp(36.0, TITLE_MAX);
    let (left, right) = (frame.x + TITLE_X, frame.right() - TITLE_X - width);
    // On the border, right beside the states: inside a container there is little room.
    let (top, bottom) = (frame.y + PAD - 1.0 - TITLE_H, frame.bottom() - PAD + 1.0);
    [(left, top), (right, top), (left, bottom), (right, bottom)]
        .into_iter()
        .map(|(x, y)| Rect::new(x, y, width, TITLE_H))
        .find(|at| {
            let is_clear = head.is_none_or(|head| !head.meets(*at))
                && others.iter().all(|other| !other.title.meets(*at));
            is_clear && covers_nothing(layout, *at)
        })
}

fn covers_nothing(layout: &Layout, at: Rect) -> bool {
    let on_node = |node: &PlacedNode| match node.shape {
        // The ground of a container can be stood on, its border cannot.
        Shape::Container { .. } => node.rect.meets(at) && !node.rect.contains(at),
        Shape::Node | Shape::Choice | Shape::Folded => node.rect.meets(at),
    };
    !layout.nodes.iter().any(on_node)
        && layout.pills.iter().all(|pill| !pill.rect.meets(at))
        && layout.slots.iter().all(|slot| !slot.rect.meets(at))
        && layout.edges.iter().all(|edge| {
            let on_label = edge
                .label
                .as_ref()
                .is_some_and(|label| label.rect.meets(at));
            !on_label
                && !edge
                    .points
                    .windows(2)
                    .any(|two| run(two[0], two[1]).meets(at))
        })
}

/// A straight piece of a way, with its width.
fn run(a: Point, b: Point) -> Rect {
    Rect::new(
        a.x.min(b.x),
        a.y.min(b.y),
        (a.x - b.x).abs(),
        (a.y - b.y).abs(),
    )
    .grown(2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::text::Document;
    use layout::Orientation;
    use rustc_hash::FxHashSet;

    fn drawn(text: &str, orientation: Orientation) -> (Layout, Grouped) {
        let document = Document::parse(text);
        let outline = Outline::of(&document);
        let layout = Layout::of(&outline, &FxHashSet::default(), orientation);
        let grouped = Grouped::of(&layout, &outline, Group::all(&document));
        (layout, grouped)
    }

    const ROW: &str = r#"{ "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Comment": "[group: First]", "Next": "B" },
        "B": { "Type": "Pass", "Comment": "[group: First]", "Next": "C" },
        "C": { "Type": "Pass", "Comment": "[group: Second]", "Next": "Files" },
        "Files": { "Type": "Map", "Comment": "[group: Second]", "End": true, "ItemProcessor": { "StartAt": "R", "States": {
            "R": { "Type": "Pass", "Comment": "[group: Inner]", "Next": "S" },
            "S": { "Type": "Pass", "Comment": "[group: Inner]", "End": true } } } } } }"#;

    #[test]
    fn states_that_lie_together_have_a_frame_and_frames_do_not_meet() {
        for orientation in [Orientation::Vertical, Orientation::Horizontal] {
            let (layout, grouped) = drawn(ROW, orientation);
            assert_eq!(
                grouped.frames.len(),
                3,
                "{orientation:?} {:?}",
                grouped.marks
            );
            for frame in &grouped.frames {
                for state in &frame.group.states {
                    assert!(frame.rect.contains(layout.node(state).unwrap().rect));
                }
                let inside = layout
                    .nodes
                    .iter()
                    .filter(|node| frame.rect.contains(node.rect));
                let is_own = |node: &PlacedNode| {
                    frame
                        .group
                        .states
                        .iter()
                        .any(|state| node.pointer.starts_with(state))
                };
                assert!(inside.into_iter().all(is_own));
                assert!(layout.nodes.iter().all(|node| {
                    matches!(node.shape, Shape::Container { .. }) || !node.rect.meets(frame.title)
                }));
            }
            assert!(!grouped.frames[0].rect.meets(grouped.frames[1].rect));
        }
    }

    #[test]
    fn a_group_with_another_state_in_between_is_marked_on_each_state() {
        let apart = ROW.replace(
            "\"B\": { \"Type\": \"Pass\", \"Comment\": \"[group: First]\"",
            "\"B\": { \"Type\": \"Pass\"",
        );
        let apart = apart.replace("[group: Second]", "[group: First]");
        let (_, grouped) = drawn(&apart, Orientation::Vertical);
        let marked: Vec<&String> = grouped.marks.values().collect();
        assert_eq!(marked, ["First", "First", "First"]);
        assert_eq!(grouped.frames.len(), 1, "the inner group keeps its frame");
    }

    #[test]
    fn a_group_that_is_folded_away_has_neither() {
        let document = Document::parse(ROW);
        let outline = Outline::of(&document);
        let folded = FxHashSet::from_iter(["/States/Files".parse().unwrap()]);
        let layout = Layout::of(&outline, &folded, Orientation::Vertical);
        let grouped = Grouped::of(&layout, &outline, Group::all(&document));
        assert_eq!(grouped.frames.len(), 2);
        assert!(
            grouped
                .frames
                .iter()
                .all(|frame| frame.group.name != "Inner")
        );
    }
}
