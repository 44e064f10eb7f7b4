//! What the parts of the canvas share: the drawing, what is in sight, hover, focus, the gesture under way, the menu.

use super::frames::Grouped;
use super::gesture::Gesture;
use super::lead::{self, Possible};
use super::menu::OpenMenu;
use super::motion::{self, Gone};
use super::notes;
use crate::document::{Lead, Place, Refusal, Way};
use crate::session::{Ask, Session, View};
use asl::graph::Outline;
use asl::text::Pointer;
use layout::{Drop, Layout, PlacedEdge, PlacedNode, Point, Rect};
use leptos::html;
use leptos::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::time::Duration;

/// How far beyond the window is drawn, so that panning shows no empty border.
const MARGIN: f64 = 240.0;

/// What the map in the corner takes of the window with the space around it, as `canvas.css` has it.
const MAP: (f64, f64) = (168.0, 160.0);

/// In a narrower window only the controls are left of the map.
const WIDE: f64 = 440.0;

/// So much stays free at the left of a drawing that is moved out of the map's way.
const BESIDE: f64 = 24.0;

/// A drawing is made smaller down to this share for the map's sake.
const LITTLE: f64 = 0.85;

/// The largest zoom that fitting uses.
const FIT_ZOOM: f64 = 1.0;

/// Below this zoom a drawing opens at its beginning instead of whole.
const READABLE: f64 = 0.45;

/// A layout with the outline it was made from, and where to find each part.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) layout: Layout,
    pub(super) outline: Arc<Outline>,
    nodes: FxHashMap<Pointer, usize>,
    edges: FxHashMap<Way, usize>,
}

impl Drawing {
    pub(super) fn of(outline: Arc<Outline>, layout: Layout) -> Self {
        let nodes = layout
            .nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (node.pointer.clone(), index))
            .collect();
        let edges = layout
            .edges
            .iter()
            .enumerate()
            .map(|(index, edge)| (edge.way.clone(), index))
            .collect();
        Self {
            layout,
            outline,
            nodes,
            edges,
        }
    }

    pub(super) fn node(&self, pointer: &Pointer) -> Option<&PlacedNode> {
        self.nodes
            .get(pointer)
            .map(|&index| &self.layout.nodes[index])
    }

    pub(super) fn edge(&self, way: &Way) -> Option<&PlacedEdge> {
        self.edges.get(way).map(|&index| &self.layout.edges[index])
    }
}

/// The shared parts of one canvas.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) session: Session,
    pub(super) read_only: bool,
    pub(super) root: NodeRef<html::Div>,
    pub(super) drawing: Memo<Arc<Drawing>>,
    /// The window's size.
    pub(super) size: RwSignal<(f64, f64)>,
    pub(super) hovered_way: RwSignal<Option<Way>>,
    /// The state that has, or gets, the focus.
    pub(super) active: RwSignal<Option<Pointer>>,
    /// Whether the active state shall take the focus when it is drawn.
    pub(super) wants_focus: RwSignal<bool>,
    /// The state under the pointer, while the drawing is seen from far.
    pub(super) hovered_state: RwSignal<Option<Pointer>>,
    /// Whether there are so many states that changes are shown at once instead of being led to their places.
    pub(super) large: Memo<bool>,
    /// Whether the drawing is so large and so small to see that it is drawn as a picture.
    pub(super) far: Memo<bool>,
    pub(super) gesture: RwSignal<Gesture>,
    /// Where the pointer is on the drawing, while a gesture is under way.
    pub(super) pointer: RwSignal<Point>,
    /// Whether the view moves by wheel just now, so that it is worth a layer of its own.
    pub(super) moving: RwSignal<bool>,
    /// Where the dragged state would go.
    pub(super) drop: RwSignal<Option<Drop>>,
    pub(super) menu: RwSignal<Option<OpenMenu>>,
    /// Why what is carried or led cannot go where the pointer is.
    pub(super) refusal: RwSignal<Option<Refusal>>,
    /// What was drawn before, for a moment after states or ways have come or gone.
    pub(super) before: StoredValue<Option<Arc<Drawing>>>,
    /// What is gone and fades.
    pub(super) leaving: RwSignal<Vec<Gone>>,
    /// The state whose note is open.
    pub(super) noted: RwSignal<Option<Pointer>>,
    /// How the groups are drawn.
    grouped: StoredValue<Option<Memo<Arc<Grouped>>>>,
    /// What is being led somewhere with the keyboard.
    pub(super) linking: RwSignal<Option<Lead>>,
    /// The states to which what is led may lead.
    possible: StoredValue<Option<Possible>>,
    /// What is led, by hand or with the keys.
    leading: StoredValue<Option<Memo<Option<Lead>>>>,
    /// Whether the first fit was done.
    fitted: StoredValue<bool>,
    /// Where the canvas's corner was on the page when it was looked last.
    corner: StoredValue<(f64, f64)>,
    /// How often the wheel moved the view; the last time ends the hurry.
    hurries: StoredValue<u32>,
}

impl Board {
    pub(super) fn new(session: Session, read_only: bool) -> Self {
        let before = StoredValue::new(None);
        let drawing = drawing_of(session, before);
        let large = Memo::new(move |_| drawing.with(|drawing| drawing.layout.nodes.len() > MANY));
        let far = Memo::new(move |_| large.get() && session.view().get().zoom < FAR_ZOOM);
        let board = Self {
            session,
            read_only,
            root: NodeRef::new(),
            drawing,
            size: RwSignal::new((0.0, 0.0)),
            hovered_way: RwSignal::new(None),
            hovered_state: RwSignal::new(None),
            large,
            far,
            active: RwSignal::new(None),
            wants_focus: RwSignal::new(false),
            gesture: RwSignal::new(Gesture::None),
            pointer: RwSignal::new(Point::default()),
            moving: RwSignal::new(false),
            drop: RwSignal::new(None),
            menu: RwSignal::new(None),
            refusal: RwSignal::new(None),
            before,
            leaving: RwSignal::new(Vec::new()),
            noted: RwSignal::new(None),
            grouped: StoredValue::new(None),
            linking: RwSignal::new(None),
            possible: StoredValue::new(None),
            leading: StoredValue::new(None),
            fitted: StoredValue::new(false),
            corner: StoredValue::new((0.0, 0.0)),
            hurries: StoredValue::new(0),
        };
        board.grouped.set_value(Some(notes::grouped(board)));
        let leading = lead::leading(board);
        board.leading.set_value(Some(leading));
        board
            .possible
            .set_value(Some(lead::possible(board, leading)));
        board.follow_selection();
        motion::follow(board);
        board.answer();
        board
    }

    /// How the groups are drawn; tracked.
    pub(super) fn grouped(self) -> Arc<Grouped> {
        let grouped = self.grouped.get_value();
        grouped.map(|grouped| grouped.get()).unwrap_or_default()
    }

    /// The name of the group of a state that carries it, since the group has no frame; tracked.
    pub(super) fn group_mark(self, state: &Pointer) -> Option<String> {
        let grouped = self.grouped.get_value()?;
        grouped.with(|grouped| grouped.marks.get(state).cloned())
    }

    /// Whether what is led somewhere may lead to a state; none while nothing is led.
    pub(super) fn is_possible(self, state: &Pointer) -> Option<bool> {
        let possible = self.possible.get_value()?;
        possible.with(|all| all.as_ref().map(|all| all.contains(state)))
    }

    /// Whether an end of a way is being led elsewhere.
    pub(super) fn is_led(self, way: &Way) -> bool {
        let leading = self.leading.get_value();
        leading.is_some_and(|leading| {
            leading.with(|lead| matches!(lead, Some(Lead::End(led, _)) if led == way))
        })
    }

    /// The state under the keys follows what is selected; without a selection it is the start.
    fn follow_selection(self) {
        Effect::new(move || {
            let drawing = self.drawing.get();
            let selected = self
                .session
                .selection()
                .with(|selection| selection.primary().cloned());
            let kept = self
                .active
                .get_untracked()
                .filter(|active| drawing.node(active).is_some());
            let start = || {
                drawing
                    .layout
                    .nodes
                    .first()
                    .map(|node| node.pointer.clone())
            };
            let active = selected
                .filter(|state| drawing.node(state).is_some())
                .or(kept)
                .or_else(start);
            if active != self.active.get_untracked() {
                self.active.set(active);
            }
        });
    }

    /// Does what other views ask of the canvas.
    fn answer(self) {
        let ask = self.session.ask();
        Effect::new(move || {
            if self.size.get().0 <= 0.0 {
                return;
            }
            match ask.get() {
                Some(Ask::Fit) => self.fit(),
                Some(Ask::Open) => self.open(),
                Some(Ask::Reveal(state)) => {
                    self.session.select(state.clone());
                    self.reveal(&state);
                }
                Some(Ask::Show(state)) => self.reveal(&state),
                Some(Ask::Canvas) => self.focus(self.active.get_untracked()),
                Some(
                    Ask::Inspect(_)
                    | Ask::Rename(_)
                    | Ask::Code(_)
                    | Ask::Json(_)
                    | Ask::DryRun(_)
                    | Ask::Publish
                    | Ask::NewAlias
                    | Ask::Palette
                    | Ask::States
                    | Ask::Help,
                )
                | None => {
                    return;
                }
            }
            ask.set(None);
        });
    }

    /// Takes the window's size over; the first one fits the drawing. What was seen whole stays so.
    pub(super) fn resized(self, width: f64, height: f64) {
        let (old, _) = self.size.get_untracked();
        if width <= 0.0
            || (old - width).abs() < 0.5 && (self.size.get_untracked().1 - height).abs() < 0.5
        {
            return;
        }
        let shows_all = self.session.view().get_untracked() == self.whole();
        self.size.set((width, height));
        if !self.fitted.get_value() {
            self.fitted.set_value(true);
            self.open();
        } else if shows_all && self.whole().zoom >= READABLE {
            self.fit();
        } else {
            // The middle of what was seen stays in the middle when panels open and close.
            self.session
                .view()
                .update(|view| *view = view.panned((width - old) / 2.0, 0.0));
        }
    }

    /// The first view: all of it, or the beginning of a drawing that would be too small to read.
    fn open(self) {
        let whole = self.whole();
        self.session.view().set(if whole.zoom < READABLE {
            self.beginning(0.75)
        } else {
            whole
        });
    }

    /// Shows the whole drawing; a small one at its own size from the top.
    pub(super) fn fit(self) {
        self.session.view().set(self.whole());
    }

    /// The view of all of the drawing.
    fn whole(self) -> View {
        let bounds = self.drawing.with_untracked(|drawing| drawing.layout.bounds);
        beside_map(self.seen(fit), bounds, self.size.get_untracked())
    }

    /// The view of the drawing's beginning.
    fn beginning(self, zoom: f64) -> View {
        self.seen(|bounds, width, _| beginning(bounds, width, zoom))
    }

    /// A view of the drawing's bounds in the window, which is worked out as if it went down the page.
    fn seen(self, view: impl Fn(Rect, f64, f64) -> View) -> View {
        let (width, height) = self.size.get_untracked();
        self.drawing.with_untracked(|drawing| {
            let orientation = drawing.layout.orientation;
            let size = orientation.turned_point(Point::new(width, height));
            let bounds = orientation.turned_rect(drawing.layout.bounds);
            let View { x, y, zoom } = view(bounds, size.x, size.y);
            let Point { x, y } = orientation.turned_point(Point::new(x, y));
            View { x, y, zoom }
        })
    }

    /// Brings a state into view, moving as little as possible.
    pub(super) fn reveal(self, state: &Pointer) {
        let Some(rect) = self
            .drawing
            .with_untracked(|drawing| drawing.node(state).map(|node| node.rect))
        else {
            return;
        };
        let view = self.session.view().get_untracked();
        let (width, height) = self.size.get_untracked();
        let (left, top) = view.to_window(rect.x, rect.y);
        let (right, bottom) = view.to_window(rect.right(), rect.bottom().min(rect.y + 200.0));
        let nudge = |low: f64, high: f64, size: f64| {
            if low < 40.0 {
                40.0 - low
            } else if high > size - 40.0 {
                (size - 40.0 - high).max(40.0 - low)
            } else {
                0.0
            }
        };
        let (dx, dy) = (nudge(left, right, width), nudge(top, bottom, height));
        if dx != 0.0 || dy != 0.0 {
            self.session.view().set(view.panned(dx, dy));
        }
    }

    /// Gives a state the focus, or the canvas itself when there is none.
    pub(super) fn focus(self, state: Option<Pointer>) {
        match state {
            Some(state) => {
                self.active.set(Some(state));
                self.wants_focus.set(true);
            }
            None => {
                if let Some(root) = self.root.get_untracked() {
                    // An element that left the page keeps nothing to focus.
                    let _ = root.focus();
                }
            }
        }
    }

    /// Zooms around the middle of the window.
    pub(super) fn zoom_by(self, factor: f64) {
        let (width, height) = self.size.get_untracked();
        self.session
            .view()
            .update(|view| *view = view.zoomed(factor, width / 2.0, height / 2.0));
    }

    /// Zooms to a size, around the middle of the window.
    pub(super) fn zoom_to(self, zoom: f64) {
        let (width, height) = self.size.get_untracked();
        self.session
            .view()
            .update(|view| *view = view.at_zoom(zoom, width / 2.0, height / 2.0));
    }

    /// The point of the drawing under a point of the page.
    pub(super) fn to_drawing(self, client_x: f64, client_y: f64) -> Point {
        let (x, y) = self.to_window(client_x, client_y);
        let (x, y) = self.session.view().get_untracked().to_drawing(x, y);
        Point::new(x, y)
    }

    /// Looks where the canvas is on the page. It is asked when something begins: to ask in each frame would make the
    /// browser lay the page out once more.
    pub(super) fn measure(self) {
        if let Some(root) = self.root.get_untracked() {
            let corner = root.get_bounding_client_rect();
            self.corner.set_value((corner.left(), corner.top()));
        }
    }

    /// A point of the page from the canvas's corner, as of the last [`Self::measure`].
    pub(super) fn to_window(self, client_x: f64, client_y: f64) -> (f64, f64) {
        let (left, top) = self.corner.get_value();
        (client_x - left, client_y - top)
    }

    /// The wheel turns: until it rests, the drawing is a layer of its own.
    pub(super) fn hurry(self) {
        self.measure();
        if !self.moving.get_untracked() {
            self.moving.set(true);
        }
        let turn = self.hurries.get_value().wrapping_add(1);
        self.hurries.set_value(turn);
        let rest = move || {
            if self.hurries.try_get_value() == Some(turn) {
                self.moving.set(false);
            }
        };
        set_timeout(rest, REST);
    }

    /// Whether a point of the page is on the canvas.
    pub(super) fn holds(self, client_x: f64, client_y: f64) -> bool {
        let (x, y) = self.to_window(client_x, client_y);
        let (width, height) = self.size.get_untracked();
        x >= 0.0 && y >= 0.0 && x <= width && y <= height
    }

    /// The part of the drawing to draw, in coarse steps so that panning rarely changes it.
    pub(super) fn sight(self) -> Memo<Rect> {
        Memo::new(move |_| {
            let view = self.session.view().get();
            let (width, height) = self.size.get();
            let (left, top) = view.to_drawing(-MARGIN, -MARGIN);
            let (right, bottom) = view.to_drawing(width + MARGIN, height + MARGIN);
            // Of the same size in the window at every zoom, as far as powers of two go.
            let step = STEP * 2.0_f64.powf((1.0 / view.zoom).log2().round());
            let down = |at: f64| (at / step).floor() * step;
            let up = |at: f64| (at / step).ceil() * step;
            let (x, y) = (down(left), down(top));
            Rect::new(x, y, up(right) - x, up(bottom) - y)
        })
    }

    /// The drawing's beginning at its own size.
    pub(super) fn home(self) {
        self.session.view().set(self.beginning(1.0));
    }

    /// Where a state goes when the keyboard adds one.
    pub(super) fn place_to_add(self) -> Place {
        self.session.place_to_add()
    }

    /// The pointer left the canvas.
    pub(super) fn hover_nothing(self) {
        if self.hovered_way.with_untracked(Option::is_some) {
            self.hovered_way.set(None);
        }
        if self.hovered_state.with_untracked(Option::is_some) {
            self.hovered_state.set(None);
        }
    }

    /// The state that keys work on.
    pub(super) fn under_keys(self) -> Option<Pointer> {
        self.active.get_untracked()
    }
}

/// Size of a step of [`Board::sight`], in pixels.
const STEP: f64 = 256.0;

/// Below this zoom a large drawing is drawn as a picture: no text is shown there anyway.
pub(super) const FAR_ZOOM: f64 = 0.4;

/// More states than this are a large drawing.
const MANY: usize = 150;

/// How long the wheel rests before its turn is over.
const REST: Duration = Duration::from_millis(160);

/// The drawing of what is outlined. A layout that was made anew is always taken for another one: to compare two costs more
/// than to ask each state in sight whether it moved. What was drawn before is kept beside it when something came or went.
fn drawing_of(session: Session, before: StoredValue<Option<Arc<Drawing>>>) -> Memo<Arc<Drawing>> {
    let work = move |drawn: Option<&Arc<Drawing>>| {
        let outline = session.outline().get();
        let orientation = session.orientation().get();
        let layout = session
            .folded()
            .with(|folded| Layout::of(&outline, folded, orientation));
        let drawing = Drawing::of(outline, layout);
        before.set_value(motion::changed(drawn, &drawing));
        Arc::new(drawing)
    };
    Memo::new_with_compare(work, |before, after| match (before, after) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    })
}

/// The view that shows `bounds` whole in a window: in the middle, never larger than its own size. A small drawing keeps
/// to the top, since it grows downwards.
pub(super) fn fit(bounds: Rect, width: f64, height: f64) -> View {
    let (pad_x, pad_y) = ((width * 0.05).clamp(16.0, 48.0), 28.0);
    let zoom =
        ((width - 2.0 * pad_x) / bounds.w.max(1.0)).min((height - 2.0 * pad_y) / bounds.h.max(1.0));
    let zoom = zoom.clamp(crate::session::LEAST_FIT, FIT_ZOOM);
    let spare = height - bounds.h * zoom;
    let top = (spare / 2.0).min(64.0).max(pad_y.min(spare / 2.0));
    View {
        x: width / 2.0 - (bounds.x + bounds.w / 2.0) * zoom,
        y: top - bounds.y * zoom,
        zoom,
    }
}

/// Moved to the left, and made a little smaller where that is not enough, when the drawing would lie under the map in the
/// corner.
fn beside_map(view: View, bounds: Rect, (width, height): (f64, f64)) -> View {
    let (left, _) = view.to_window(bounds.x, bounds.y);
    let (right, bottom) = view.to_window(bounds.right(), bounds.bottom());
    let under = right - (width - MAP.0);
    if width < WIDE || under <= 0.0 || bottom <= height - MAP.1 {
        return view;
    }
    let moved = view.panned(-under.min((left - BESIDE).max(0.0)), 0.0);
    let share = (width - MAP.0 - BESIDE) / (right - left).max(1.0);
    if (LITTLE..1.0).contains(&share) {
        let (x, y) = moved.to_window(bounds.x, bounds.y);
        moved.zoomed(share, x, y)
    } else {
        moved
    }
}

/// The view of a drawing's top with its main way, which is at 0, in sight.
fn beginning(bounds: Rect, width: f64, zoom: f64) -> View {
    View {
        x: width / 2.0,
        y: 28.0 - bounds.y * zoom,
        zoom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitting_shows_all_of_a_large_drawing() {
        let bounds = Rect::new(-900.0, 0.0, 2400.0, 5000.0);
        let view = fit(bounds, 800.0, 600.0);
        let (left, top) = view.to_window(bounds.x, bounds.y);
        let (right, bottom) = view.to_window(bounds.right(), bounds.bottom());
        assert!(left >= 0.0 && top >= 0.0 && right <= 800.0 && bottom <= 600.0);
    }

    #[test]
    fn a_drawing_makes_room_for_the_map_only_where_it_would_lie_under_it() {
        let (wide, low) = (
            Rect::new(0.0, 0.0, 760.0, 560.0),
            Rect::new(0.0, 0.0, 760.0, 300.0),
        );
        let view = fit(wide, 900.0, 620.0);
        assert!(beside_map(view, wide, (900.0, 620.0)).x < view.x);
        let view = fit(low, 900.0, 620.0);
        assert_eq!(beside_map(view, low, (900.0, 620.0)), view);
    }

    #[test]
    fn fitting_never_enlarges() {
        assert_eq!(
            fit(Rect::new(0.0, 0.0, 208.0, 52.0), 1200.0, 900.0).zoom,
            1.0
        );
    }
}
