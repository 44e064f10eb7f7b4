//! The measures of the drawing, from the design's rules for nodes and edges.

/// Width of a node.
pub const NODE_W: f64 = 208.0;
/// Height of a node.
pub const NODE_H: f64 = 52.0;
/// Height of the start and end pills.
pub const PILL_H: f64 = 24.0;
/// Width of the start and end pills, for routing; drawn pills take the width of their word.
pub const PILL_W: f64 = 56.0;
/// Height of a container's head.
pub const HEAD: f64 = 36.0;
/// Space between a container's border and what is in it.
pub const PAD: f64 = 16.0;
/// Space between two branches of a Parallel.
pub const BRANCH_GAP: f64 = 24.0;
/// Space between neighbours in a row.
pub(super) const COLUMN_GAP: f64 = 56.0;
/// Space between a state and the handler of its errors, with room for the label.
pub(super) const CATCH_GAP: f64 = 132.0;
/// Height of a channel that only straight edges cross.
pub(super) const ROW_GAP: f64 = 24.0;
/// Height of a channel with a label on a straight edge.
pub(super) const LABEL_GAP: f64 = 44.0;
/// Space between parallel runs in a channel.
pub(super) const TRACK: f64 = 12.0;
/// Space above the first run of a channel.
pub(super) const TRACK_TOP: f64 = 14.0;
/// Space below the last run of a channel, with room for a corner and an arrow.
pub(super) const TRACK_BOTTOM: f64 = 20.0;
/// Distance of edges that end at one node.
pub(super) const PORT: f64 = 36.0;
/// Least distance of a run from a node.
pub(super) const CLEAR: f64 = 14.0;
/// Least distance of two runs side by side.
pub(super) const APART: f64 = 10.0;
/// Radius of an edge's corners.
pub const CORNER: f64 = 10.0;
/// Height of a label.
pub const LABEL_H: f64 = 20.0;
/// Labels are never wider.
pub(super) const LABEL_MAX: f64 = 148.0;

/// The width of a label's chip, estimated from its characters.
pub(super) fn label_width(text: &str) -> f64 {
    let width: f64 = text
        .chars()
        .map(|letter| if letter.is_ascii() { 6.0 } else { 7.5 })
        .sum();
    (width + 14.0).min(LABEL_MAX)
}
