//! The canvas with the keyboard: it is one tab stop; arrows follow the graph, letters act on the state in focus.

use super::board::{Board, Drawing};
use super::gesture::Hand;
use super::menu;
use crate::commands::{Command, Desk, Hears, Press, heard};
use crate::document::{Goal, Lead};
use crate::ui;
use asl::text::Pointer;
use layout::{Orientation, PlacedNode, Rect, Shape};
use leptos::prelude::*;

/// Where an arrow key leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl Direction {
    /// What it is in a drawing down the page.
    fn turned(self, orientation: Orientation) -> Self {
        match (orientation, self) {
            (Orientation::Vertical, direction) => direction,
            (Orientation::Horizontal, Self::Up) => Self::Left,
            (Orientation::Horizontal, Self::Down) => Self::Right,
            (Orientation::Horizontal, Self::Left) => Self::Up,
            (Orientation::Horizontal, Self::Right) => Self::Down,
        }
    }
}

/// Answers a key; says whether it meant something.
pub(super) fn press(board: Board, hand: Hand, desk: Desk, event: &web_sys::KeyboardEvent) -> bool {
    let press = Press::of(event);
    if matches!(press.key.as_str(), " " | "Enter") && ui::is_on_button(event) {
        return false;
    }
    if press.key == " " {
        hand.space.set(true);
        return true;
    }
    let is_plain = !press.command && !press.alt;
    if let Some(direction) = direction(&press.key).filter(|_| is_plain) {
        return done(|| board.go(direction, press.shift));
    }
    if let Some(last) = end(&press.key).filter(|_| is_plain) {
        return done(|| board.go_to_end(last, press.shift));
    }
    match heard(&press, Hears::Canvas) {
        Some(Command::SelectNone) if ui::is_in_dialog(event) => board.give_up(),
        Some(Command::SelectNone) => board.escape(),
        Some(Command::Inspect) => board.enter(desk),
        Some(command) if command.is_for_work() && board.read_only => false,
        Some(command) => done(|| board.command(desk, command)),
        None => false,
    }
}

fn done(work: impl FnOnce()) -> bool {
    work();
    true
}

fn direction(key: &str) -> Option<Direction> {
    match key {
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        _ => None,
    }
}

/// Whether a key leads to the last state; none when it leads to neither end.
fn end(key: &str) -> Option<bool> {
    match key {
        "Home" => Some(false),
        "End" => Some(true),
        _ => None,
    }
}

impl Board {
    /// Does a command; one for a state is about the state under the keys.
    fn command(self, desk: Desk, command: Command) {
        if command.is_about_state()
            && let Some(state) = self.under_keys()
            && !self
                .session
                .selection()
                .with_untracked(|all| all.has(&state))
        {
            self.session.select(state);
        }
        menu::Act::Do(command).run(self, desk);
    }

    /// Moves to the next state in a direction; with shift it is added to the selection.
    fn go(self, direction: Direction, extend: bool) {
        let next = self.drawing.with_untracked(|drawing| {
            let from = self.active.get_untracked();
            match from.and_then(|from| drawing.node(&from).cloned()) {
                Some(from) => neighbour(drawing, &from, direction),
                None => drawing
                    .layout
                    .nodes
                    .first()
                    .map(|node| node.pointer.clone()),
            }
        });
        if let Some(next) = next {
            self.go_to(next, extend);
        }
    }

    /// Moves to the first or the last state of the drawing.
    fn go_to_end(self, last: bool, extend: bool) {
        let next = self
            .drawing
            .with_untracked(|drawing| outermost(drawing, last));
        if let Some(next) = next {
            self.go_to(next, extend);
        }
    }

    /// Moves to a state; while something is led, says whether it can lead there.
    fn go_to(self, next: Pointer, extend: bool) {
        if let Some(lead) = self.linking.get_untracked() {
            self.aim_at(&lead, &next);
        } else {
            if extend {
                self.session.toggle(&next);
            } else {
                self.session.select(next.clone());
            }
        }
        self.reveal(&next);
        self.focus(Some(next));
    }

    /// Shows the state in the inspector; while connecting, connects.
    fn enter(self, desk: Desk) -> bool {
        let Some(state) = self.under_keys() else {
            return false;
        };
        let Some(lead) = self.linking.get_untracked() else {
            self.command(desk, Command::Inspect);
            return true;
        };
        let goal = Goal::State(state.clone());
        let asked = self
            .session
            .consider(|editing| editing.rules(&lead)?.may(&goal));
        match asked {
            Ok(()) => {
                self.stop_leading();
                self.lead(&lead, &goal, menu::beside(self, &state));
                if matches!(lead, Lead::End(..)) {
                    self.focus(Some(state));
                }
            }
            Err(refusal) => drop(self.session.refuse(&refusal)),
        }
        true
    }

    /// Says of a state that the keys came to why nothing can lead there, if so.
    fn aim_at(self, lead: &Lead, state: &Pointer) {
        let centre = self
            .drawing
            .with_untracked(|drawing| drawing.node(state).map(|node| node.rect.centre()));
        self.pointer.set(centre.unwrap_or_default());
        self.aim(lead, Some(Goal::State(state.clone())));
    }

    /// Gives up what is under way, else the selection.
    fn escape(self) -> bool {
        if self.give_up() {
            return true;
        }
        if self.linking.with_untracked(Option::is_some) {
            self.stop_leading();
            self.focus(self.under_keys());
            return true;
        }
        let selected = self
            .session
            .selection()
            .with_untracked(|all| !all.states.is_empty() || all.way.is_some());
        self.session.select_none();
        selected
    }
}

/// The state that an arrow key leads to: in a drawing down the page, down and up follow the ways, left and right the
/// drawing; in one to the right, the other way round.
pub(super) fn neighbour(
    drawing: &Drawing,
    from: &PlacedNode,
    direction: Direction,
) -> Option<Pointer> {
    match direction.turned(drawing.layout.orientation) {
        Direction::Down => below(drawing, from),
        Direction::Up => above(drawing, from),
        aside @ (Direction::Left | Direction::Right) => beside(drawing, from, aside),
    }
}

/// The state that is drawn first, or last, of those in no container.
pub(super) fn outermost(drawing: &Drawing, last: bool) -> Option<Pointer> {
    let top = drawing.layout.nodes.iter().filter(|node| {
        let block = drawing.outline.states[node.state.0].block;
        drawing.outline.blocks[block.0].owner.is_none()
    });
    let placed = top.map(|node| (place(drawing, node), &node.pointer));
    let before = |a: &Rect, b: &Rect| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x));
    let found = if last {
        placed.max_by(|a, b| before(&a.0, &b.0))
    } else {
        placed.min_by(|a, b| before(&a.0, &b.0))
    };
    found.map(|(_, pointer)| pointer.clone())
}

/// Where a state would be in a drawing down the page.
fn place(drawing: &Drawing, node: &PlacedNode) -> Rect {
    drawing.layout.orientation.turned_rect(node.rect)
}

fn below(drawing: &Drawing, from: &PlacedNode) -> Option<Pointer> {
    let node = &drawing.outline.states[from.state.0];
    let first = || {
        let block = node
            .children
            .iter()
            .map(|block| &drawing.outline.blocks[block.0])
            .find(|block| block.start.is_some());
        block.and_then(|block| block.start)
    };
    let inside = matches!(from.shape, Shape::Container { .. })
        .then(first)
        .flatten();
    let state = inside.or_else(|| {
        // The way that goes straight down comes first.
        let ways = drawing
            .layout
            .edges
            .iter()
            .filter(|edge| edge.from == Some(from.state) && edge.to.is_some());
        let own = place(drawing, from);
        let straight = |to: Rect| (to.centre().x - own.centre().x).abs();
        let targets = ways.filter_map(|edge| {
            let to = drawing
                .layout
                .nodes
                .iter()
                .find(|node| Some(node.state) == edge.to)?;
            let rect = place(drawing, to);
            (rect.y > own.y).then_some((straight(rect), to.state))
        });
        targets
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, state)| state)
    });
    let around = || {
        let owner = drawing.outline.blocks[node.block.0].owner?;
        let owner = drawing
            .layout
            .nodes
            .iter()
            .find(|node| node.state == owner)?;
        let folded = PlacedNode {
            shape: Shape::Folded,
            ..owner.clone()
        };
        below(drawing, &folded)
    };
    state
        .map(|state| drawing.outline.states[state.0].pointer.clone())
        .or_else(around)
}

fn above(drawing: &Drawing, from: &PlacedNode) -> Option<Pointer> {
    let sources = drawing
        .layout
        .edges
        .iter()
        .filter(|edge| edge.to == Some(from.state))
        .filter_map(|edge| edge.from);
    let placed =
        sources.filter_map(|state| drawing.layout.nodes.iter().find(|node| node.state == state));
    let own = place(drawing, from);
    let higher = placed.filter(|node| place(drawing, node).y < own.y);
    let aside = |node: &PlacedNode| (place(drawing, node).centre().x - own.centre().x).abs();
    let nearest = higher
        .min_by(|a, b| aside(a).total_cmp(&aside(b)))
        .map(|node| node.pointer.clone());
    nearest.or_else(|| {
        let block = drawing.outline.states[from.state.0].block;
        let owner = drawing.outline.blocks[block.0].owner?;
        Some(drawing.outline.states[owner.0].pointer.clone())
    })
}

fn beside(drawing: &Drawing, from: &PlacedNode, direction: Direction) -> Option<Pointer> {
    let own = place(drawing, from).centre();
    let candidates = drawing.layout.nodes.iter().filter(|node| {
        let at = place(drawing, node).centre();
        let nested = node.pointer.0.starts_with(&from.pointer.0)
            || from.pointer.0.starts_with(&node.pointer.0);
        let right = at.x > own.x + 20.0;
        let left = at.x < own.x - 20.0;
        !nested
            && if direction == Direction::Right {
                right
            } else {
                left
            }
    });
    let far = |node: &PlacedNode| {
        let at = place(drawing, node).centre();
        (at.x - own.x).abs() + 3.0 * (at.y - own.y).abs()
    };
    candidates
        .min_by(|a, b| far(a).total_cmp(&far(b)))
        .map(|node| node.pointer.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::graph::Outline;
    use asl::text::Document;
    use layout::Layout;
    use rustc_hash::FxHashSet;
    use std::sync::Arc;

    const NESTED: &str = r#"{ "StartAt": "Each", "States": {
        "Done": { "Type": "Succeed" },
        "Each": { "Type": "Map", "Next": "Done", "ItemProcessor": { "StartAt": "One", "States": { "One": { "Type": "Pass", "End": true } } } } } }"#;

    #[test]
    fn home_and_end_lead_to_the_first_and_the_last_state_of_the_drawing() {
        let outline = Arc::new(Outline::of(&Document::parse(NESTED)));
        for orientation in [Orientation::Vertical, Orientation::Horizontal] {
            let layout = Layout::of(&outline, &FxHashSet::default(), orientation);
            let drawing = Drawing::of(outline.clone(), layout);
            let at = |last| outermost(&drawing, last).map(|state| state.to_string());
            assert_eq!(at(false).as_deref(), Some("/States/Each"));
            assert_eq!(at(true).as_deref(), Some("/States/Done"));
        }
    }
}
