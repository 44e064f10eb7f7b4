//! The measures of the drawing, from the design's rules for nodes and edges.

use super::Orientation;

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
/// Space on both sides of a label on the run between a state and what stands beside it.
pub(crate) const LABEL_SIDES: f64 = 28.0;
/// Space for lines that turn down beside a state, before a label on the run there.
pub(crate) const TURN: f64 = 20.0;
/// Space between parallel runs in a channel.
pub(crate) const TRACK: f64 = 12.0;
/// Space above the first run of a channel.
pub(crate) const TRACK_TOP: f64 = 14.0;
/// Space below the last run of a channel, with room for a corner and an arrow.
pub(crate) const TRACK_BOTTOM: f64 = 20.0;
/// Least distance of a run from a node.
pub(crate) const CLEAR: f64 = 14.0;
/// Least distance of two runs side by side.
pub(crate) const APART: f64 = 10.0;
/// Radius of an edge's corners.
pub const CORNER: f64 = 10.0;
/// Least room between a label and everything beside it.
pub(crate) const BESIDE: f64 = 6.0;
/// Height of a label.
pub const LABEL_H: f64 = 20.0;
/// Labels are never wider.
pub(crate) const LABEL_MAX: f64 = 148.0;

/// The width of a label's chip, estimated from its characters.
pub fn label_width(text: &str) -> f64 {
    let width: f64 = text
        .chars()
        .map(|letter| if letter.is_ascii() { 6.0 } else { 7.5 })
        .sum();
    (width + 14.0).min(LABEL_MAX)
}

/// Least difference between a node's length along the flow and that of chips on the run beside it.
const CHIP_MARGIN: f64 = 8.0;

/// Measures that differ between a drawing down the page and one to the right: first across the flow, then along it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// A node.
    pub(crate) node: (f64, f64),
    /// The start and the end.
    pub(crate) pill: (f64, f64),
    /// Between neighbours in a row.
    pub(crate) column_gap: f64,
    /// Between a state and the handler of its errors.
    pub(crate) catch_gap: f64,
    /// Between edges that end at one node.
    pub(crate) port: f64,
    /// Between rows, where only straight edges pass.
    pub(crate) row_gap: f64,
}

impl Sizes {
    /// The most that chips on the run beside a node take along the flow.
    pub(crate) fn tallest_chip(&self) -> f64 {
        self.node.1 - CHIP_MARGIN
    }

    pub(crate) fn of(orientation: Orientation) -> Self {
        match orientation {
            Orientation::Vertical => Self {
                node: (NODE_W, NODE_H),
                pill: (PILL_W, PILL_H),
                column_gap: 56.0,
                catch_gap: 132.0,
                port: 36.0,
                row_gap: 24.0,
            },
            Orientation::Horizontal => Self {
                node: (NODE_H, NODE_W),
                pill: (PILL_H, PILL_W),
                column_gap: 40.0,
                catch_gap: 56.0,
                port: 20.0,
                row_gap: 40.0,
            },
        }
    }
}
