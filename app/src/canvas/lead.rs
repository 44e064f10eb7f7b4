//! Leading a way somewhere, by hand or with the keys: handles at its ends, the states that are possible, the line, and why
//! not.
//!
//! What may lead where is asked of [`crate::document::Rules`], which the verb asks, too.

use super::board::{Board, Drawing, FAR_ZOOM};
use super::menu;
use crate::document::{Goal, Lead, Refusal, Way, WayEnd};
use crate::session::Taken;
use crate::text::canvas as text;
use crate::ui::{Glyph, Icon, Status};
use asl::text::Pointer;
use layout::{PlacedEdge, Point, Rect};
use leptos::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// How far a handle stands outside of its way, towards the state, so that the disc in the middle of a short one stays free.
const OUT: f64 = 3.0;

/// How near a press must be to a handle, in pixels: with a pointer, and with a finger.
const REACH: (f64, f64) = (8.0, 20.0);

/// The states to which what is led somewhere may lead; none while nothing is.
pub(super) type Possible = Memo<Option<Arc<FxHashSet<Pointer>>>>;

/// The point of a handle.
fn handle(edge: &PlacedEdge, end: WayEnd) -> Option<Point> {
    let (at, next) = match (end, edge.points.as_slice()) {
        (WayEnd::Beginning, [first, next, ..]) => (first, next),
        (WayEnd::Tip, [.., next, last]) => (last, next),
        _ => return None,
    };
    let length = (at.x - next.x).hypot(at.y - next.y).max(1.0);
    Some(at.moved(
        (at.x - next.x) / length * OUT,
        (at.y - next.y) / length * OUT,
    ))
}

/// The ends of a way that can be led elsewhere by hand. The beginning stands where a new way is drawn from its state, so only
/// a way that was selected first has it.
fn free_ends(way: &Way, is_selected: bool) -> &'static [WayEnd] {
    match way {
        Way::Transition(_) if is_selected => &[WayEnd::Beginning, WayEnd::Tip],
        Way::Start(_) | Way::End(_) | Way::Transition(_) => &[WayEnd::Tip],
    }
}

impl Board {
    /// The way whose handles are shown: the one under the pointer, else the selected one.
    fn way_in_hand(self) -> Option<Way> {
        let selection = self.session.selection();
        let hovered = self.hovered_way.get();
        hovered.or_else(|| selection.with(|all| all.way.clone()))
    }

    /// Whether a way is the selected one; tracked.
    fn is_selected(self, way: &Way) -> bool {
        self.session
            .selection()
            .with(|all| all.way.as_ref() == Some(way))
    }

    /// The end of a way that a press at a point takes: one whose handle is shown there.
    pub(super) fn end_at(self, point: Point, by_finger: bool) -> Option<Lead> {
        let zoom = self.session.view().get_untracked().zoom;
        if self.read_only || zoom < FAR_ZOOM {
            return None;
        }
        let reach = if by_finger { REACH.1 } else { REACH.0 } / zoom;
        let way = untrack(|| self.way_in_hand())?;
        let end = self.drawing.with_untracked(|drawing| {
            let edge = drawing.edge(&way)?;
            let far =
                |end: WayEnd| handle(edge, end).map(|at| (at.x - point.x).hypot(at.y - point.y));
            let is_selected = untrack(|| self.is_selected(&way));
            let ends = free_ends(&way, is_selected).iter().copied();
            let near = ends.filter_map(|end| far(end).map(|far| (far, end)));
            near.filter(|(far, _)| *far <= reach)
                .min_by(|a, b| a.0.total_cmp(&b.0))
        })?;
        Some(Lead::End(way, end.1))
    }

    /// Whether a point is on a handle of a way.
    pub(super) fn is_on_handle(self, drawing: &Drawing, way: &Way, point: Point) -> bool {
        let zoom = self.session.view().get_untracked().zoom;
        drawing.edge(way).is_some_and(|edge| {
            let near = |end: &WayEnd| {
                handle(edge, *end)
                    .is_some_and(|at| (at.x - point.x).hypot(at.y - point.y) <= REACH.0 / zoom)
            };
            let is_selected = untrack(|| self.is_selected(way));
            zoom >= FAR_ZOOM && free_ends(way, is_selected).iter().any(near)
        })
    }

    /// What is under a point, for what is led: a state or the end. A container around its way is mere ground, and so is the
    /// state that a new way leaves.
    pub(super) fn goal_at(self, lead: &Lead, point: Point) -> Option<Goal> {
        let state = self.state_at(point);
        let on_end = self.drawing.with_untracked(|drawing| {
            let ends = drawing.layout.pills.iter().filter(|pill| !pill.start);
            ends.into_iter()
                .any(|pill| pill.rect.grown(6.0).holds(point))
        });
        let ground = |state: &Pointer| match lead {
            Lead::New(from) => from.starts_with(state),
            Lead::End(Way::Start(at) | Way::Transition(at) | Way::End(at), _) => {
                at != state && at.starts_with(state) && !self.is_own(at, state)
            }
        };
        match state {
            Some(state) => Some(Goal::State(state.clone())).filter(|_| !ground(&state)),
            None => on_end.then_some(Goal::End),
        }
    }

    /// Whether a way leaves a state itself.
    fn is_own(self, at: &Pointer, state: &Pointer) -> bool {
        self.drawing.with_untracked(|drawing| {
            let edge = drawing.edge(&Way::Transition(at.clone()));
            let from = edge.and_then(|edge| edge.from);
            from.is_some_and(|from| drawing.outline.states[from.0].pointer == *state)
        })
    }

    /// The goal when it is possible; else says why not, at the pointer and in the live region.
    pub(super) fn aim(self, lead: &Lead, goal: Option<Goal>) -> Option<Goal> {
        let answer = goal.as_ref().map(|goal| {
            self.session
                .consider(|editing| editing.rules(lead)?.may(goal))
        });
        let refusal = answer.and_then(Result::err);
        let goal = goal.filter(|_| refusal.is_none());
        self.object(refusal);
        goal
    }

    /// Shows why something cannot be done here, or that it can.
    pub(super) fn object(self, refusal: Option<Refusal>) {
        if self.refusal.with_untracked(|before| *before == refusal) {
            return;
        }
        if let Some(refusal) = &refusal {
            self.session.say(refusal.to_string());
        }
        self.refusal.set(refusal);
    }

    /// Leads something to a goal. A new way to a state asks which one is meant, when several are.
    pub(super) fn lead(self, lead: &Lead, goal: &Goal, at: (f64, f64)) {
        match (lead, goal) {
            (Lead::New(from), Goal::State(to)) => menu::connect(self, from, to, at),
            (Lead::New(_), Goal::End) | (Lead::End(..), _) => {
                self.session.edit(|editing| editing.lead(lead, goal));
            }
        }
    }

    /// Begins to lead something with the keys; arrows then choose where. Refused where it can lead nowhere.
    pub(super) fn begin_leading(self, lead: Lead) {
        let asked = self
            .session
            .consider(|editing| editing.rules(&lead).map(|_| ()));
        if let Err(refusal) = asked {
            self.session.refuse(&refusal);
            return;
        }
        let from = self
            .drawing
            .with_untracked(|drawing| source(drawing, &lead));
        let words = question(&lead);
        self.linking.set(Some(lead));
        self.session.say(text::leading(words));
        self.focus(from.or(self.under_keys()));
    }

    /// Ends leading with the keys.
    pub(super) fn stop_leading(self) {
        self.linking.set(None);
        self.object(None);
    }

    /// Selects the next way of the state under the keys: first those that leave it, then the one from the start.
    pub(super) fn select_next_way(self) {
        let Some(state) = self.under_keys() else {
            return;
        };
        let selected = self
            .session
            .selection()
            .with_untracked(|all| all.way.clone());
        let next = self
            .drawing
            .with_untracked(|drawing| next_way(drawing, &state, selected.as_ref()));
        match next {
            Some((way, words)) => {
                let taken = self
                    .session
                    .marks()
                    .with_untracked(|marks| marks.ways.get(&way).copied());
                self.session.select_way(way);
                self.session.say(with_fate(words, taken));
            }
            None => self.session.say(text::NO_WAY),
        }
    }
}

/// What the keys choose while something is led.
pub(super) fn question(lead: &Lead) -> &'static str {
    match lead {
        Lead::New(_) | Lead::End(_, WayEnd::Tip) => text::LEAD_TIP,
        Lead::End(_, WayEnd::Beginning) => text::LEAD_BEGINNING,
    }
}

/// The state from which what is led begins.
fn source(drawing: &Drawing, lead: &Lead) -> Option<Pointer> {
    match lead {
        Lead::New(from) | Lead::End(Way::End(from), _) => Some(from.clone()),
        Lead::End(way, _) => {
            let edge = drawing.edge(way)?;
            let state = edge.from.or(edge.to)?;
            Some(drawing.outline.states[state.0].pointer.clone())
        }
    }
}

/// The way after the selected one among those of a state, with words for it.
fn next_way(drawing: &Drawing, state: &Pointer, selected: Option<&Way>) -> Option<(Way, String)> {
    let own = drawing.node(state)?.state;
    let edges = &drawing.layout.edges;
    let leaves = edges.iter().filter(|edge| edge.from == Some(own));
    let enters = edges
        .iter()
        .filter(|edge| edge.from.is_none() && edge.to == Some(own));
    let all: Vec<&PlacedEdge> = leaves.chain(enters).collect();
    let after = all.iter().position(|edge| Some(&edge.way) == selected);
    let edge = all.get(after.map_or(0, |at| (at + 1) % all.len()))?;
    Some((edge.way.clone(), spoken(drawing, edge)))
}

/// A way in words.
fn spoken(drawing: &Drawing, edge: &PlacedEdge) -> String {
    let name = |state: asl::graph::StateIx| &*drawing.outline.states[state.0].name;
    let label = edge.label.as_ref().map(|label| &*label.text);
    text::way(edge.from.map(name), edge.to.map(name), label)
}

/// Words for a way, with what became of it in a comparison.
fn with_fate(way: String, taken: Option<Taken>) -> String {
    match taken {
        Some(Taken::Removed) => text::way_that_is(&way, Status::Removed.label()),
        Some(Taken::Added) => text::way_that_is(&way, Status::Added.label()),
        Some(Taken::Done | Taken::Now | Taken::Error) | None => way,
    }
}

/// The states to which what is led somewhere may lead.
pub(super) fn possible(board: Board, leading: Memo<Option<Lead>>) -> Possible {
    Memo::new(move |_| {
        let lead = leading.get()?;
        board.session.outline().track();
        let states = board.session.consider(|editing| {
            let rules = editing.rules(&lead).ok()?;
            Some(rules.possible().cloned().collect())
        });
        states.map(Arc::new)
    })
}

/// What is led, by hand or with the keys.
pub(super) fn leading(board: Board) -> Memo<Option<Lead>> {
    Memo::new(move |_| {
        let by_hand = board.gesture.with(|gesture| gesture.leads().cloned());
        by_hand.or_else(|| board.linking.get())
    })
}

/// The handles at the ends of the way under the pointer or the selected one.
#[component]
pub(super) fn Handles(board: Board) -> impl IntoView {
    let way = Memo::new(move |_| {
        let is_free = !board.read_only
            && !board.session.stale().get()
            && board.linking.with(Option::is_none)
            && board.gesture.with(|gesture| gesture.is_idle());
        is_free.then(|| board.way_in_hand()).flatten()
    });
    let spots = Memo::new(move |_| {
        let Some(way) = way.get() else {
            return Vec::new();
        };
        board.drawing.with(|drawing| {
            let edge = drawing.edge(&way);
            let ends = free_ends(&way, board.is_selected(&way)).iter();
            ends.filter_map(|end| handle(edge?, *end).map(|at| (*end, at)))
                .collect()
        })
    });
    move || {
        spots.get().into_iter().map(|(end, at)| {
            let (word, title) = match end {
                WayEnd::Beginning => ("beginning", text::DRAG_BEGINNING),
                WayEnd::Tip => ("tip", text::DRAG_TIP),
            };
            view! { <span class="way-end" data-end=word title=title aria-hidden="true" style=format!("translate:{:.1}px {:.1}px", at.x, at.y)></span> }
        }).collect_view()
    }
}

/// The line that is drawn while something is led.
#[component]
pub(super) fn LeadLine(board: Board) -> impl IntoView {
    let path = move || {
        let lead = match board.gesture.get() {
            gesture if gesture.leads().is_some() => gesture
                .leads()
                .cloned()
                .map(|lead| (lead, gesture.goal().cloned())),
            _ => board
                .linking
                .get()
                .zip(board.active.get())
                .map(|(lead, state)| (lead, Some(Goal::State(state)))),
        };
        let ends = lead.and_then(|(lead, goal)| {
            board
                .drawing
                .with(|drawing| line_ends(drawing, &lead, goal.as_ref(), board.pointer))
        });
        let orientation = board.session.orientation().get();
        ends.map(|ends| curve(ends, |point| orientation.turned_point(point)))
            .unwrap_or_default()
    };
    view! { <path class="connect-line" d=path/> }
}

/// Where the line begins and ends.
fn line_ends(
    drawing: &Drawing,
    lead: &Lead,
    goal: Option<&Goal>,
    pointer: RwSignal<Point>,
) -> Option<(Point, Point)> {
    let free = |side: WayEnd| match goal {
        Some(Goal::State(state)) => {
            let node = drawing.node(state)?;
            Some(side_of(drawing, node.rect, side))
        }
        Some(Goal::End) => {
            let end = drawing.layout.pills.iter().find(|pill| !pill.start)?;
            Some(side_of(drawing, end.rect, side))
        }
        None => Some(pointer.get()),
    };
    match lead {
        Lead::New(from) if goal == Some(&Goal::State(from.clone())) => None,
        Lead::New(from) => {
            let node = drawing.node(from)?;
            let begins = side_of(drawing, node.rect, WayEnd::Beginning);
            Some((begins, free(WayEnd::Tip)?))
        }
        Lead::End(way, end) => {
            let edge = drawing.edge(way)?;
            match end {
                WayEnd::Beginning => Some((free(*end)?, *edge.points.last()?)),
                WayEnd::Tip => Some((*edge.points.first()?, free(*end)?)),
            }
        }
    }
}

/// The middle of the side at which ways leave a box, or enter it.
fn side_of(drawing: &Drawing, rect: Rect, side: WayEnd) -> Point {
    let orientation = drawing.layout.orientation;
    let rect = orientation.turned_rect(rect);
    orientation.turned_point(match side {
        WayEnd::Beginning => Point::new(rect.centre().x, rect.bottom()),
        WayEnd::Tip => Point::new(rect.centre().x, rect.y),
    })
}

/// A line that leaves along the flow and arrives along it.
fn curve((a, b): (Point, Point), turned: impl Fn(Point) -> Point) -> String {
    let (from, to) = (turned(a), turned(b));
    let bend = ((to.y - from.y) / 2.0).abs().max(24.0);
    let (c, d) = (turned(from.moved(0.0, bend)), turned(to.moved(0.0, -bend)));
    format!(
        "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
        a.x, a.y, c.x, c.y, d.x, d.y, b.x, b.y
    )
}

/// Why what is carried or led cannot go where the pointer is, beside it.
#[component]
pub(super) fn Reason(board: Board) -> impl IntoView {
    let place = move || {
        let (at, view) = (board.pointer.get(), board.session.view().get());
        let (width, height) = board.size.get();
        let (x, y) = view.to_window(at.x, at.y);
        let (x, y) = (
            x.clamp(0.0, (width - 280.0).max(0.0)),
            y.clamp(0.0, (height - 96.0).max(0.0)),
        );
        format!("translate({:.0}px,{:.0}px)", x + 16.0, y + 20.0)
    };
    move || {
        board.refusal.get().map(|refusal| {
            view! { <p class="canvas-reason" style:transform=place aria-hidden="true"><Icon glyph=Glyph::Warning/><span>{refusal.to_string()}</span></p> }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::graph::{BlockIx, Former, Outline};
    use asl::text::Document;
    use layout::{Layout, Orientation};
    use rustc_hash::FxHashSet;

    fn drawing(text: &str) -> Drawing {
        let outline = Arc::new(Outline::of(&Document::parse(text)));
        let layout = Layout::of(&outline, &FxHashSet::default(), Orientation::Vertical);
        Drawing::of(outline, layout)
    }

    const CHOICE: &str = r#"{ "StartAt": "Route", "States": {
        "Route": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsPresent": true, "Next": "Done" }], "Default": "Bad" },
        "Bad": { "Type": "Fail" }, "Done": { "Type": "Succeed" } } }"#;

    #[test]
    fn the_ways_of_a_state_are_selected_one_after_the_other() {
        let drawing = drawing(CHOICE);
        let route: Pointer = "/States/Route".parse().unwrap();
        let mut selected = None;
        let mut words = Vec::new();
        for _ in 0..4 {
            let (way, said) = next_way(&drawing, &route, selected.as_ref()).unwrap();
            selected = Some(way);
            words.push(said);
        }
        assert_eq!(words[0], words[3]);
        words.sort();
        words.dedup();
        assert_eq!(words.len(), 3, "{words:?}");
        assert!(
            words
                .iter()
                .any(|words| words == "Way from the start to Route")
        );
        assert!(
            words
                .iter()
                .any(|words| words.starts_with("Way from Route to Bad"))
        );
    }

    #[test]
    fn former_ways_are_selected_too_and_what_became_of_them_is_said() {
        let mut outline = Outline::of(&Document::parse(CHOICE));
        let bad: Pointer = "/States/Bad".parse().unwrap();
        let to = outline.find(&bad).unwrap();
        let start = Former::Start {
            block: BlockIx(0),
            to,
            pointer: "/Removed/0".parse().unwrap(),
        };
        outline.former = vec![Former::End(to), start];
        let layout = Layout::of(&outline, &FxHashSet::default(), Orientation::Vertical);
        let drawing = Drawing::of(Arc::new(outline), layout);
        let (end, said) = next_way(&drawing, &bad, None).unwrap();
        assert_eq!(said, "Way from Bad to the end");
        let (_, start) = next_way(&drawing, &bad, Some(&end)).unwrap();
        let start = with_fate(start, Some(Taken::Removed));
        assert_eq!(start, "Way from the start to Bad, removed");
        assert_eq!(with_fate(said.clone(), None), said);
    }

    #[test]
    fn handles_leave_the_middle_of_a_short_way_free() {
        let drawing = drawing(CHOICE);
        let edge = drawing.edge(&Way::Start(Pointer::default())).unwrap();
        for end in [WayEnd::Beginning, WayEnd::Tip] {
            let at = handle(edge, end).unwrap();
            let far = (at.x - edge.middle.x).hypot(at.y - edge.middle.y);
            assert!(far >= 15.0, "{far}");
        }
    }
}
