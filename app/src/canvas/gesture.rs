//! Pointer work: pan, zoom, select, drag, connect. Moves are remembered and done once a frame.

use super::board::{Board, Drawing};
use crate::document::{Goal, Lead, Place, Refusal, Way};
use crate::text::canvas as text;
use crate::ui;
use asl::text::Pointer;
use layout::measure::HEAD;
use layout::{Drop, PlacedNode, Point, Rect, Shape};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How far the pointer moves before a press becomes a drag, in pixels.
const SLACK: f64 = 4.0;

/// How near the pointer must be to a way to mean it, in pixels.
const NEAR: f64 = 9.0;

/// How near to a way a dragged state must be let go to be put on it, in pixels.
const MEANT: f64 = 160.0;

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pressed {
    Ground,
    State(Pointer),
    Port(Pointer),
    Way(Way),
    /// A handle at an end of a way.
    End(Lead),
}

/// What the pointer is doing. It changes when something begins or ends; where the pointer is meanwhile is [`Board::pointer`],
/// so that no state is asked anything for a mere move.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Gesture {
    None,
    /// Pressed, not moved yet.
    Press {
        at: (f64, f64),
        what: Pressed,
        extend: bool,
    },
    Pan,
    /// A rectangle is drawn to select what is in it.
    Marquee {
        from: Point,
    },
    /// A state is dragged.
    Drag {
        state: Pointer,
    },
    /// A way is drawn from a state's port, or an end of one that is there is dragged.
    Lead {
        lead: Lead,
        /// Where it is let go now; none over what is impossible.
        goal: Option<Goal>,
    },
}

impl Gesture {
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::None | Self::Press { .. })
    }

    pub(super) fn drags(&self, state: &Pointer) -> bool {
        matches!(self, Self::Drag { state: dragged } if dragged == state)
    }

    pub(super) fn points_at(&self, state: &Pointer) -> bool {
        matches!(self, Self::Lead { goal: Some(Goal::State(over)), .. } if over == state)
    }

    /// What is led somewhere.
    pub(super) fn leads(&self) -> Option<&Lead> {
        match self {
            Self::Lead { lead, .. } => Some(lead),
            Self::None
            | Self::Press { .. }
            | Self::Pan
            | Self::Marquee { .. }
            | Self::Drag { .. } => None,
        }
    }

    /// Where what is led would go.
    pub(super) fn goal(&self) -> Option<&Goal> {
        match self {
            Self::Lead { goal, .. } => goal.as_ref(),
            Self::None
            | Self::Press { .. }
            | Self::Pan
            | Self::Marquee { .. }
            | Self::Drag { .. } => None,
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Self::None | Self::Press { .. } | Self::Marquee { .. } => "",
            Self::Pan => "panning",
            Self::Drag { .. } => "dragging",
            Self::Lead { .. } => "connecting",
        }
    }
}

/// The class of the canvas while a gesture is under way.
pub(super) fn class(board: Board) -> &'static str {
    board.gesture.with(Gesture::class)
}

/// Listens to the pointer for one canvas.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    board: Board,
    latest: StoredValue<Option<(f64, f64)>>,
    /// From where the drawing was panned last.
    last: StoredValue<(f64, f64)>,
    due: StoredValue<bool>,
    fingers: StoredValue<Vec<(i32, f64, f64)>>,
    /// Whether the space bar is held: then the pointer pans.
    pub(super) space: RwSignal<bool>,
}

fn place(event: &web_sys::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

impl Hand {
    pub(super) fn new(board: Board) -> Self {
        Self {
            board,
            latest: StoredValue::new(None),
            last: StoredValue::new((0.0, 0.0)),
            due: StoredValue::new(false),
            fingers: StoredValue::new(Vec::new()),
            space: RwSignal::new(false),
        }
    }

    pub(super) fn down(self, event: &web_sys::PointerEvent) {
        let board = self.board;
        let at = place(event);
        board.measure();
        // What was marked elsewhere would be copied in place of the states that are selected here.
        ui::unmark_text();
        self.fingers
            .update_value(|fingers| fingers.push((event.pointer_id(), at.0, at.1)));
        if let Some(root) = board.root.get_untracked() {
            // Without capture the gesture still works while the pointer stays on the canvas.
            let _ = root.set_pointer_capture(event.pointer_id());
        }
        if self.fingers.with_value(|fingers| fingers.len() > 1)
            || event.button() == 1
            || self.space.get_untracked()
        {
            event.prevent_default();
            self.pan_from(at);
            return;
        }
        if event.button() != 0 {
            return;
        }
        let extend = event.shift_key() || event.ctrl_key() || event.meta_key();
        board.gesture.set(Gesture::Press {
            at,
            what: self.pressed(event, at),
            extend,
        });
    }

    fn pan_from(self, at: (f64, f64)) {
        self.last.set_value(at);
        self.board.change_to(Gesture::Pan);
    }

    fn pressed(self, event: &web_sys::PointerEvent, at: (f64, f64)) -> Pressed {
        let board = self.board;
        let point = board.to_drawing(at.0, at.1);
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let on_port = target.is_some_and(|target| target.has_attribute("data-port"));
        let reach = NEAR / board.session.view().get_untracked().zoom;
        let by_finger = event.pointer_type() == "touch";
        if let Some(lead) = board.end_at(point, by_finger).filter(|_| !on_port) {
            return Pressed::End(lead);
        }
        board.drawing.with_untracked(|drawing| {
            let back = drawing
                .layout
                .orientation
                .turned_point(Point::new(0.0, -10.0));
            if on_port && let Some(node) = drawing.layout.node_at(point.moved(back.x, back.y)) {
                return Pressed::Port(node.pointer.clone());
            }
            let node = board.state_under(drawing, point);
            let in_container = node.is_some_and(|node| is_inside(node, point));
            let edge = drawing
                .layout
                .edge_at(point, reach)
                .filter(|_| node.is_none() || in_container);
            match (edge, node) {
                (Some(edge), _) => Pressed::Way(edge.way.clone()),
                (None, Some(node)) => Pressed::State(node.pointer.clone()),
                (None, None) => Pressed::Ground,
            }
        })
    }

    pub(super) fn moved(self, event: &web_sys::PointerEvent) {
        let at = place(event);
        if self.pinch(event.pointer_id(), at) {
            return;
        }
        self.latest.set_value(Some(at));
        if self
            .due
            .try_update_value(|due| std::mem::replace(due, true))
            == Some(false)
        {
            request_animation_frame(move || self.frame());
        }
    }

    /// Two fingers: zoom by their distance, pan by their middle.
    fn pinch(self, id: i32, at: (f64, f64)) -> bool {
        let pair = self.fingers.try_update_value(|fingers| {
            let before = fingers.clone();
            if let Some(finger) = fingers.iter_mut().find(|finger| finger.0 == id) {
                (finger.1, finger.2) = at;
            }
            (before.len() == 2).then(|| (before, fingers.clone()))
        });
        let Some(Some((before, after))) = pair else {
            return false;
        };
        let span = |fingers: &[(i32, f64, f64)]| {
            (fingers[0].1 - fingers[1].1).hypot(fingers[0].2 - fingers[1].2)
        };
        let middle = |fingers: &[(i32, f64, f64)]| {
            self.board.to_window(
                f64::midpoint(fingers[0].1, fingers[1].1),
                f64::midpoint(fingers[0].2, fingers[1].2),
            )
        };
        let (from, to) = (middle(&before), middle(&after));
        let factor = span(&after) / span(&before).max(1.0);
        self.board.session.view().update(|view| {
            *view = view
                .panned(to.0 - from.0, to.1 - from.1)
                .zoomed(factor, to.0, to.1)
        });
        true
    }

    /// Does what the pointer did since the last frame.
    fn frame(self) {
        self.due.try_set_value(false);
        let Some(Some(at)) = self.latest.try_update_value(Option::take) else {
            return;
        };
        let board = self.board;
        let Some(gesture) = board.gesture.try_get_untracked() else {
            return;
        };
        if gesture == Gesture::None {
            // Panels that opened moved the canvas; during a gesture it stays where it is.
            board.measure();
        }
        let point = board.to_drawing(at.0, at.1);
        match gesture {
            Gesture::None => self.hover(at, point),
            Gesture::Press {
                at: from,
                what,
                extend,
            } => {
                if (at.0 - from.0).hypot(at.1 - from.1) > SLACK {
                    self.begin(from, what, extend);
                    self.latest.set_value(Some(at));
                    self.frame();
                }
            }
            Gesture::Pan => {
                let last = self.last.get_value();
                self.last.set_value(at);
                board
                    .session
                    .view()
                    .update(|view| *view = view.panned(at.0 - last.0, at.1 - last.1));
            }
            Gesture::Marquee { .. } => board.pointer.set(point),
            Gesture::Drag { state } => {
                board.show_drop(board.drop_for(&state, point));
                board.pointer.set(point);
            }
            Gesture::Lead { lead, .. } => {
                board.pointer.set(point);
                let goal = board.aim(&lead, board.goal_at(&lead, point));
                board.change_to(Gesture::Lead { lead, goal });
            }
        }
    }

    fn begin(self, from: (f64, f64), what: Pressed, extend: bool) {
        let board = self.board;
        let point = board.to_drawing(from.0, from.1);
        let free = !board.read_only && !board.session.stale().get_untracked();
        board.pointer.set(point);
        self.last.set_value(from);
        board.change_to(match what {
            Pressed::State(state) if free => Gesture::Drag { state },
            Pressed::Port(from) if free => Gesture::Lead {
                lead: Lead::New(from),
                goal: None,
            },
            Pressed::End(lead) if free => Gesture::Lead { lead, goal: None },
            // A way is no obstacle: most of the ground beside states is near one.
            Pressed::Ground | Pressed::Way(_) | Pressed::End(_) if extend => {
                Gesture::Marquee { from: point }
            }
            Pressed::Ground
            | Pressed::State(_)
            | Pressed::Port(_)
            | Pressed::Way(_)
            | Pressed::End(_) => Gesture::Pan,
        });
        board.hovered_state.set(None);
        board.hovered_way.set(None);
    }

    fn hover(self, at: (f64, f64), point: Point) {
        let board = self.board;
        let inside = board.holds(at.0, at.1);
        let reach = NEAR / board.session.view().get_untracked().zoom;
        let way = board.drawing.with_untracked(|drawing| {
            let node = drawing.layout.node_at(point);
            let open = node.is_none_or(|node| is_inside(node, point));
            let edge = drawing
                .layout
                .edge_at(point, reach)
                .filter(|_| inside && open);
            edge.map(|edge| edge.way.clone())
        });
        // The disc and the handles reach beyond the way; while the pointer is on them, the way stays hovered.
        let kept = board.hovered_way.get_untracked().filter(|kept| {
            board.drawing.with_untracked(|drawing| {
                let middle = drawing.edge(kept).map(|edge| edge.middle);
                let on_disc = middle
                    .is_some_and(|middle| (middle.x - point.x).hypot(middle.y - point.y) < 16.0);
                inside && (on_disc || board.is_on_handle(drawing, kept, point))
            })
        });
        let way = way.or(kept);
        if way != board.hovered_way.get_untracked() {
            board.hovered_way.set(way);
        }
        board.hover_state(point, inside);
    }

    /// Forgets a finger. After a pinch the one that stays pans on from where it is.
    fn lift(self, id: i32) -> bool {
        let left = self.fingers.try_update_value(|fingers| {
            let before = fingers.len();
            fingers.retain(|finger| finger.0 != id);
            fingers.first().copied().filter(|_| before > 1)
        });
        let Some(Some((_, x, y))) = left else {
            return false;
        };
        self.latest.set_value(None);
        self.pan_from((x, y));
        true
    }

    pub(super) fn up(self, event: &web_sys::PointerEvent) {
        if self.lift(event.pointer_id()) {
            return;
        }
        let board = self.board;
        let at = place(event);
        if !matches!(board.gesture.get_untracked(), Gesture::Press { .. }) {
            self.latest.set_value(Some(at));
            self.frame();
        }
        let gesture = board.gesture.get_untracked();
        board.change_to(Gesture::None);
        let drop = board.drop.get_untracked();
        let refusal = board.refusal.get_untracked();
        board.show_drop(None);
        board.object(None);
        match gesture {
            Gesture::None | Gesture::Pan => {}
            Gesture::Press { what, extend, .. } => board.pressed(what, extend),
            Gesture::Marquee { from } => {
                board.select_within(from, board.pointer.get_untracked());
            }
            Gesture::Drag { state } => {
                if let Some(drop) = drop {
                    board
                        .session
                        .edit(|editing| editing.move_state(&state, &drop.place));
                } else if let Some(refusal) = refusal {
                    board.session.refuse(&refusal);
                }
            }
            Gesture::Lead {
                lead,
                goal: Some(goal),
            } => board.lead(&lead, &goal, at),
            Gesture::Lead { goal: None, .. } => {
                if let Some(refusal) = refusal {
                    board.session.refuse(&refusal);
                }
            }
        }
    }

    pub(super) fn lost(self, event: &web_sys::PointerEvent) {
        if !self.lift(event.pointer_id()) {
            self.board.give_up();
        }
    }

    pub(super) fn wheel(self, event: &web_sys::WheelEvent) {
        event.prevent_default();
        let board = self.board;
        board.hurry();
        // Lines and pages are turned into pixels.
        let unit = match event.delta_mode() {
            1 => 16.0,
            2 => 400.0,
            _ => 1.0,
        };
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.ctrl_key() || event.meta_key() {
            let (x, y) = board.to_window(f64::from(event.client_x()), f64::from(event.client_y()));
            let factor = (-dy.clamp(-120.0, 120.0) * 0.0045).exp();
            board
                .session
                .view()
                .update(|view| *view = view.zoomed(factor, x, y));
        } else if event.shift_key() && dx == 0.0 {
            board
                .session
                .view()
                .update(|view| *view = view.panned(-dy, 0.0));
        } else {
            board
                .session
                .view()
                .update(|view| *view = view.panned(-dx, -dy));
        }
    }
}

/// Whether a point is inside a container, not on its head.
fn is_inside(node: &layout::PlacedNode, point: Point) -> bool {
    matches!(node.shape, layout::Shape::Container { .. }) && point.y > node.rect.y + 28.0
}

/// How far a point is from a rectangle; nothing inside.
fn distance(rect: layout::Rect, point: Point) -> f64 {
    let beyond = |low: f64, high: f64, at: f64| (low - at).max(at - high).max(0.0);
    beyond(rect.x, rect.right(), point.x).hypot(beyond(rect.y, rect.bottom(), point.y))
}

impl Board {
    /// Changes the gesture, when it is another one.
    fn change_to(self, gesture: Gesture) {
        if self.gesture.with_untracked(|before| *before != gesture) {
            self.gesture.set(gesture);
        }
    }

    /// The state that the pointer is on. From far, states are smaller than what a pointer can hit, which is a pixel: there
    /// it is the nearest one.
    fn state_under(self, drawing: &Drawing, point: Point) -> Option<&PlacedNode> {
        let hit = drawing.layout.node_at(point);
        if hit.is_some() || !self.far.get_untracked() {
            return hit;
        }
        let pixel = 1.0 / self.session.view().get_untracked().zoom;
        let near = drawing
            .layout
            .nodes
            .iter()
            .filter(|node| node.rect.grown(pixel).holds(point));
        near.min_by(|a, b| distance(a.rect, point).total_cmp(&distance(b.rect, point)))
    }

    /// The pointer of [`Self::state_under`].
    pub(super) fn state_at(self, point: Point) -> Option<Pointer> {
        self.drawing.with_untracked(|drawing| {
            let node = self.state_under(drawing, point)?;
            Some(node.pointer.clone())
        })
    }

    /// The way that the pointer is near.
    pub(super) fn way_at(self, point: Point) -> Option<Way> {
        let reach = NEAR / self.session.view().get_untracked().zoom;
        self.drawing.with_untracked(|drawing| {
            let edge = drawing.layout.edge_at(point, reach)?;
            Some(edge.way.clone())
        })
    }

    /// Where states are drawn as one picture, the one under the pointer gets an element, which tells its name.
    fn hover_state(self, point: Point, inside: bool) {
        let is_asked = inside && self.far.get_untracked();
        let state = is_asked.then(|| self.state_at(point)).flatten();
        if self.hovered_state.with_untracked(|before| *before != state) {
            self.hovered_state.set(state);
        }
    }

    /// Ends a gesture without doing anything. Says whether there was one.
    pub(super) fn give_up(self) -> bool {
        let busy = self.gesture.with_untracked(|gesture| !gesture.is_idle());
        self.change_to(Gesture::None);
        self.show_drop(None);
        self.object(None);
        busy
    }

    fn pressed(self, what: Pressed, extend: bool) {
        match what {
            Pressed::State(state) | Pressed::Port(state) if extend => self.session.toggle(&state),
            Pressed::State(state) | Pressed::Port(state) => self.session.select(state),
            Pressed::Way(way) | Pressed::End(Lead::End(way, _)) if !self.read_only => {
                self.session.select_way(way);
            }
            Pressed::Way(_) | Pressed::End(_) | Pressed::Ground => self.session.select_none(),
        }
    }

    fn select_within(self, from: Point, to: Point) {
        let rect = Rect::new(
            from.x.min(to.x),
            from.y.min(to.y),
            (from.x - to.x).abs(),
            (from.y - to.y).abs(),
        );
        self.session.select_all(
            self.drawing
                .with_untracked(|drawing| drawing.layout.within(rect)),
        );
    }

    /// Where a dragged state would go; over itself it stays.
    fn drop_for(self, state: &Pointer, point: Point) -> Option<Drop> {
        let found = self.drawing.with_untracked(|drawing| {
            let own = drawing.node(state)?;
            let is_head = matches!(own.shape, Shape::Container { .. });
            let own = if is_head {
                Rect::new(own.rect.x, own.rect.y, own.rect.w, HEAD)
            } else {
                own.rect
            };
            Some(self.drop_at(drawing, point)).filter(|_| !own.grown(4.0).holds(point))
        });
        match found {
            Some(drop) => self.possible_drop(Some(state), drop),
            None => {
                self.object(None);
                None
            }
        }
    }

    /// A drop that the verb would accept; else says why not.
    fn possible_drop(self, moving: Option<&Pointer>, drop: Option<Drop>) -> Option<Drop> {
        let asked = match &drop {
            Some(drop) => self
                .session
                .consider(|editing| editing.may_go(moving, &drop.place)),
            None => Err(Refusal::Shape(text::NOWHERE.to_owned())),
        };
        let refusal = asked.err();
        let drop = drop.filter(|_| refusal.is_none());
        self.object(refusal);
        drop
    }

    /// Where a state goes that is let go at a point.
    fn drop_at(self, drawing: &Drawing, point: Point) -> Option<Drop> {
        let here = drawing.layout.drop_at(point);
        here.or_else(|| self.nearest_way(drawing, point))
    }

    /// The way that a state let go on clear ground means. The reach is one of the window: the smaller the drawing is seen,
    /// the less exactly a hand can point.
    fn nearest_way(self, drawing: &Drawing, point: Point) -> Option<Drop> {
        let reach = MEANT / self.session.view().get_untracked().zoom;
        let edge = drawing.layout.edge_at(point, reach)?;
        Some(Drop {
            place: Place::On(edge.way.clone()),
            at: edge.middle,
            way: Some(edge.way.clone()),
            rect: None,
        })
    }

    pub(super) fn show_drop(self, drop: Option<Drop>) {
        if self.drop.with_untracked(|old| *old != drop) {
            self.drop.set(drop);
        }
    }

    /// Shows where a state carried from the palette would go, and puts it there when it is let go. Far from every way it
    /// goes to the end.
    pub(super) fn follow_carried(self) {
        let carried = self.session.carried();
        Effect::new(move || {
            let Some(carry) = carried.get() else {
                self.show_drop(None);
                self.object(None);
                return;
            };
            self.measure();
            let over = self.holds(carry.x, carry.y) && !self.read_only;
            let point = self.to_drawing(carry.x, carry.y);
            self.pointer.set(point);
            let drop = self
                .drawing
                .with_untracked(|drawing| self.drop_at(drawing, point))
                .filter(|_| over);
            if carry.dropped {
                carried.set(None);
                self.show_drop(None);
                self.object(None);
                let place = drop.map_or(Place::Into(Pointer::default()), |drop| drop.place);
                if over
                    && self
                        .session
                        .edit(|editing| editing.insert(&place, carry.blueprint))
                {
                    self.focus(
                        self.session
                            .selection()
                            .with_untracked(|all| all.primary().cloned()),
                    );
                }
            } else if over {
                let place = drop
                    .as_ref()
                    .map_or(Place::Into(Pointer::default()), |drop| drop.place.clone());
                let asked = self
                    .session
                    .consider(|editing| editing.may_go(None, &place));
                self.show_drop(drop.filter(|_| asked.is_ok()));
                self.object(asked.err());
            } else {
                self.show_drop(None);
                self.object(None);
            }
        });
    }
}
