//! Claims about drawings, on the seed pipeline and on random machines.

use super::quality::Quality;
use super::*;
use asl::graph::Former;
use asl::text::Document;
use proptest::prelude::*;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

fn drawn(definition: &Value) -> (Outline, Layout) {
    drawn_to(definition, Orientation::Vertical)
}

fn drawn_to(definition: &Value, orientation: Orientation) -> (Outline, Layout) {
    let outline = Outline::of(&Document::parse(definition.to_string()));
    let layout = Layout::of(&outline, &FxHashSet::default(), orientation);
    (outline, layout)
}

/// The main way of the seed goes along one line, in its order.
#[track_caller]
fn assert_straight(outline: &Outline, layout: &Layout) {
    let mut last = 0.0;
    let main = [
        "Validate",
        "Features",
        "Train",
        "Evaluate",
        "Score",
        "Ask",
        "Production",
    ];
    for name in main {
        let at = layout.orientation.turned_rect(rect(outline, layout, name));
        assert!(at.centre().x.abs() < 0.01, "{name} is at {at:?}");
        assert!(at.y > last, "{name}");
        last = at.y;
    }
}

fn seed() -> Value {
    let task = |next: &str, catch: &str| {
        json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": catch }], "Next": next })
    };
    json!({ "StartAt": "Validate", "States": {
        "Validate": task("Features", "Alert"),
        "Features": { "Type": "Parallel", "Next": "Train", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Alert" }],
            "Branches": [
                { "StartAt": "Numbers", "States": { "Numbers": { "Type": "Pass", "Next": "Scale" }, "Scale": { "Type": "Pass", "End": true } } },
                { "StartAt": "Text", "States": { "Text": { "Type": "Pass", "Next": "Embed" }, "Embed": { "Type": "Pass", "End": true } } }
            ] },
        "Train": task("Evaluate", "Alert"),
        "Evaluate": { "Type": "Pass", "Next": "Score" },
        "Score": { "Type": "Choice", "Default": "Reject", "Choices": [
            { "Variable": "$.score", "NumericGreaterThanEquals": 0.9, "Next": "Ask" },
            { "Variable": "$.score", "NumericGreaterThanEquals": 0.75, "Next": "Staging" } ] },
        "Ask": task("Production", "Reject"),
        "Production": { "Type": "Pass", "End": true },
        "Staging": { "Type": "Pass", "End": true },
        "Alert": { "Type": "Pass", "Next": "Reject" },
        "Reject": { "Type": "Fail" }
    }})
}

fn rect(outline: &Outline, layout: &Layout, name: &str) -> Rect {
    let state = outline
        .states
        .iter()
        .find(|state| &*state.name == name)
        .unwrap();
    layout.node(&state.pointer).unwrap().rect
}

#[test]
fn the_main_way_is_a_straight_line_down_the_middle() {
    let (outline, layout) = drawn(&seed());
    assert_straight(&outline, &layout);
}

#[test]
fn branches_stand_to_both_sides_and_handlers_to_the_right() {
    let (outline, layout) = drawn(&seed());
    let ask = rect(&outline, &layout, "Ask");
    assert!(rect(&outline, &layout, "Staging").right() < ask.x);
    assert!(rect(&outline, &layout, "Reject").x > ask.right());
    assert_eq!(
        rect(&outline, &layout, "Alert").y,
        rect(&outline, &layout, "Train").y
    );
    assert_eq!(rect(&outline, &layout, "Staging").y, ask.y);
}

#[test]
fn a_parallel_has_the_design_s_measures() {
    let (outline, layout) = drawn(&seed());
    let at = rect(&outline, &layout, "Features");
    assert_eq!((at.w, at.h), (472.0, 180.0));
    let branch = rect(&outline, &layout, "Text");
    assert_eq!((branch.x - at.x, branch.y - at.y), (248.0, 36.0));
}

#[test]
fn a_way_back_takes_a_lane_at_the_side() {
    let (outline, layout) = drawn(&json!({ "StartAt": "Wait", "States": {
        "Wait": { "Type": "Wait", "Seconds": 1, "Next": "Ask" },
        "Ask": { "Type": "Pass", "Next": "Ready" },
        "Ready": { "Type": "Choice", "Default": "Wait", "Choices": [{ "Variable": "$.ok", "BooleanEquals": true, "Next": "Done" }] },
        "Done": { "Type": "Succeed" } }}));
    assert_eq!(rect(&outline, &layout, "Done").centre().x, 0.0);
    let back = layout.edges.iter().find(|edge| {
        edge.label
            .as_ref()
            .is_some_and(|label| label.text == "otherwise")
    });
    let left = back
        .unwrap()
        .points
        .iter()
        .map(|point| point.x)
        .fold(f64::INFINITY, f64::min);
    assert!(left < rect(&outline, &layout, "Wait").x);
    assert_sound(&layout);
}

#[test]
fn a_small_edit_leaves_what_is_above_in_place() {
    let (before, old) = drawn(&seed());
    let mut definition = seed();
    definition["States"]["Production"] = json!({ "Type": "Pass", "Next": "Tell" });
    definition["States"]["Tell"] = json!({ "Type": "Pass", "End": true });
    let (after, new) = drawn(&definition);
    for state in &before.states {
        assert_eq!(
            rect(&before, &old, &state.name),
            rect(&after, &new, &state.name),
            "{}",
            state.name
        );
    }
}

#[test]
fn a_state_is_dropped_on_the_way_under_it() {
    let (outline, layout) = drawn(&seed());
    let (train, evaluate) = (
        rect(&outline, &layout, "Train"),
        rect(&outline, &layout, "Evaluate"),
    );
    let drop = layout
        .drop_at(Point::new(20.0, f64::midpoint(train.bottom(), evaluate.y)))
        .unwrap();
    let next = outline
        .states
        .iter()
        .find(|state| &*state.name == "Train")
        .unwrap()
        .transitions
        .iter();
    let next = next
        .map(|way| Way::Transition(way.pointer.clone()))
        .collect::<Vec<_>>();
    assert!(next.contains(drop.way.as_ref().unwrap()));
    assert_eq!(layout.drop_at(Point::new(-5000.0, 0.0)), None);
}

#[test]
fn a_state_dropped_in_a_container_goes_onto_a_way_inside() {
    let (outline, layout) = drawn(&seed());
    let at = rect(&outline, &layout, "Scale");
    let drop = layout
        .drop_at(Point::new(at.centre().x, at.bottom() + 8.0))
        .unwrap();
    let scale = outline
        .states
        .iter()
        .find(|state| &*state.name == "Scale")
        .unwrap();
    assert_eq!(
        drop.place,
        crate::Place::On(Way::End(scale.pointer.clone()))
    );
}

#[test]
fn an_empty_block_has_a_place_for_its_first_state() {
    let (_, layout) = drawn(&json!({ "StartAt": "", "States": {} }));
    assert_eq!(layout.slots.len(), 1);
    let drop = layout.drop_at(layout.slots[0].rect.centre()).unwrap();
    assert_eq!(drop.place, crate::Place::Into(Pointer::default()));
}

#[test]
fn a_folded_container_is_a_node() {
    let outline = Outline::of(&Document::parse(seed().to_string()));
    let features = outline
        .states
        .iter()
        .find(|state| &*state.name == "Features")
        .unwrap();
    let layout = Layout::of(
        &outline,
        &FxHashSet::from_iter([features.pointer.clone()]),
        Orientation::Vertical,
    );
    let node = layout.node(&features.pointer).unwrap();
    assert_eq!(
        (node.rect.w, &node.shape),
        (measure::NODE_W, &Shape::Folded)
    );
    assert!(layout.nodes.iter().all(|node| node.depth == 0));
}

/// The position of a state.
fn position(outline: &Outline, name: &str) -> StateIx {
    let found = outline.states.iter().position(|it| &*it.name == name);
    StateIx(found.unwrap())
}

#[test]
fn a_former_start_and_a_former_way_to_the_end_are_lines_beside_those_that_are_there() {
    let mut outline = Outline::of(&Document::parse(seed().to_string()));
    let former_start = |outline: &Outline, name: &str| {
        let to = position(outline, name);
        let (block, pointer) = (outline.states[to.0].block, format!("/was/{name}"));
        let pointer: Pointer = pointer.parse().unwrap();
        Former::Start { block, to, pointer }
    };
    outline.former = vec![
        former_start(&outline, "Train"),
        former_start(&outline, "Scale"),
        Former::End(position(&outline, "Evaluate")),
        Former::End(position(&outline, "Numbers")),
        Former::End(position(&outline, "Reject")),
    ];
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let layout = Layout::of(&outline, &FxHashSet::default(), orientation);
        assert_sound(&layout);
        let starts =
            ["Train", "Scale"].map(|name| Way::Start(format!("/was/{name}").parse().unwrap()));
        let ends = ["Evaluate", "Numbers", "Reject"];
        let ends =
            ends.map(|name| Way::End(outline.states[position(&outline, name).0].pointer.clone()));
        for way in starts.iter().chain(&ends) {
            assert!(layout.edge(way).is_some(), "{way:?}");
        }
        let middle = layout
            .orientation
            .turned_rect(rect(&outline, &layout, "Numbers"))
            .centre()
            .x;
        let stub = layout
            .orientation
            .turned_point(layout.edge(&ends[1]).unwrap().points[0]);
        assert!(
            (stub.x - middle).abs() > 10.0,
            "it lies on the way to Scale"
        );
    }
}

#[test]
fn corners_are_round_and_ends_are_kept() {
    let bent = [
        Point::new(0.0, 0.0),
        Point::new(0.0, 50.0),
        Point::new(40.0, 50.0),
    ];
    assert_eq!(
        path(&bent, 10.0),
        "M0.0 0.0L0.0 40.0Q0.0 50.0 10.0 50.0L40.0 50.0"
    );
}

/// Nothing lies on anything else, and all lines are level or upright.
#[track_caller]
fn assert_sound(layout: &Layout) {
    let quality = Quality::of(layout);
    assert!(quality.is_sound(), "{quality:?}");
    for edge in &layout.edges {
        for two in edge.points.windows(2) {
            let straight = (two[0].x - two[1].x).abs() < 0.01 || (two[0].y - two[1].y).abs() < 0.01;
            assert!(straight, "{edge:?} is not orthogonal");
        }
    }
    let labels = layout.edges.iter().filter_map(|edge| edge.label.as_ref());
    assert!(
        labels
            .clone()
            .all(|label| layout.bounds.contains(label.rect))
    );
}

/// A random block: how many states, and numbers that choose their types and targets.
fn block(numbers: &[(u8, usize, usize)], prefix: &str, depth: usize) -> Value {
    let name = |index: usize| format!("{prefix}{index}");
    let count = numbers.len();
    let mut states = Map::new();
    for (index, &(kind, a, b)) in numbers.iter().enumerate() {
        let (to, other) = (name(a % count), name(b % count));
        let next = name((index + 1).min(count - 1));
        let mut state = match kind % 8 {
            0 => json!({ "Type": "Choice", "Default": other, "Choices": [
                { "Variable": "$.x", "IsPresent": true, "Next": next }, { "Variable": "$.y", "IsNull": true, "Next": to } ] }),
            1 => {
                json!({ "Type": "Task", "Resource": "r", "Next": next, "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": to }] })
            }
            2 => json!({ "Type": "Pass", "End": true }),
            3 => json!({ "Type": "Fail" }),
            4 | 5 if depth < 2 => {
                let half = numbers[..count / 2 + 1].to_vec();
                json!({ "Type": "Parallel", "Next": to, "Branches": [
                    block(&half, &format!("{prefix}{index}a"), depth + 1), block(&numbers[..1], &format!("{prefix}{index}b"), depth + 1) ] })
            }
            6 => json!({ "Type": "Pass", "Next": to }),
            _ => json!({ "Type": "Pass", "Next": next }),
        };
        if index + 1 == count && state.get("Next").is_some() {
            state = json!({ "Type": "Pass", "End": true });
        }
        states.insert(name(index), state);
    }
    json!({ "StartAt": name(0), "States": states })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn random_machines_are_drawn_without_overlaps(
        numbers in prop::collection::vec(any::<(u8, usize, usize)>(), 1..14)
    ) {
        let (outline, layout) = drawn(&block(&numbers, "S", 0));
        prop_assert_eq!(layout.nodes.len(), outline.states.len());
        assert_sound(&layout);
        assert_sound(&Layout::of(&outline, &FxHashSet::default(), Orientation::Horizontal));
    }
}

#[test]
fn the_seed_pipeline_is_drawn_soundly() {
    assert_sound(&drawn(&seed()).1);
}

#[test]
fn a_drawing_to_the_right_goes_along_a_straight_line() {
    let (outline, layout) = drawn_to(&seed(), Orientation::Horizontal);
    assert_sound(&layout);
    assert_straight(&outline, &layout);
    let train = rect(&outline, &layout, "Train");
    assert!(rect(&outline, &layout, "Alert").y > train.bottom());
    assert_eq!((train.w, train.h), (measure::NODE_W, measure::NODE_H));
    let next = layout.edges.iter().find(|edge| {
        edge.from
            == layout
                .node(&outline.states[0].pointer)
                .map(|node| node.state)
    });
    let first = next.expect("a way out of the first state").points[0];
    assert_eq!(
        first.x,
        rect(&outline, &layout, &outline.states[0].name).right()
    );
}

#[test]
fn branches_of_a_parallel_stand_one_below_the_other_in_a_drawing_to_the_right() {
    let (outline, layout) = drawn_to(&seed(), Orientation::Horizontal);
    let (numbers, text) = (
        rect(&outline, &layout, "Numbers"),
        rect(&outline, &layout, "Text"),
    );
    assert!(text.y > numbers.bottom());
    assert_eq!(text.x, numbers.x);
    let around = rect(&outline, &layout, "Features");
    let Some(Shape::Container { lanes }) = layout
        .nodes
        .iter()
        .find(|node| node.rect == around)
        .map(|node| &node.shape)
    else {
        panic!("Features is a container");
    };
    assert!(lanes.iter().all(|y| numbers.bottom() < *y && *y < text.y));
}

#[test]
fn ways_between_the_same_states_are_one_line_with_all_labels() {
    let (outline, layout) = drawn(&json!({ "StartAt": "Route", "States": {
        "Route": { "Type": "Choice", "Default": "Work", "Choices": [
            { "Variable": "$.kind", "StringEquals": "a", "Next": "Work" },
            { "Variable": "$.kind", "StringEquals": "b", "Next": "Work" } ] },
        "Work": { "Type": "Pass", "End": true } }}));
    let route = outline.states[0].transitions.len();
    let edges: Vec<&PlacedEdge> = layout
        .edges
        .iter()
        .filter(|edge| edge.style == EdgeStyle::Branch)
        .collect();
    assert_eq!((route, edges.len()), (3, 3));
    assert!(
        edges
            .iter()
            .all(|edge| edge.points == edges[0].points && edge.label.is_some())
    );
    assert_sound(&layout);
}

/// A poll: the run asks again until it is done, and both ways out stand aside.
fn poll() -> Value {
    let choice = |then: &str, otherwise: &str| {
        json!({ "Type": "Choice", "Default": otherwise,
                "Choices": [{ "Variable": "$.done", "BooleanEquals": true, "Next": then }] })
    };
    json!({ "StartAt": "Begin", "States": {
        "Begin": { "Type": "Pass", "Next": "Ask" },
        "Ask": { "Type": "Pass", "Next": "Done?" },
        "Wait": { "Type": "Wait", "Seconds": 5, "Next": "Ask" },
        "Done?": choice("Good", "Failed?"),
        "Failed?": choice("Bad", "Wait"),
        "Bad": { "Type": "Fail" },
        "Good": { "Type": "Succeed" }
    }})
}

#[test]
fn what_can_be_arranged_without_crossings_is() {
    let handled = |name: &str| json!({ "ErrorEquals": [name], "Next": name });
    let catch = ["One", "Two", "Three"].map(handled);
    let fallbacks = json!({ "StartAt": "Work", "States": {
        "Work": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": catch, "End": true },
        "One": { "Type": "Pass", "End": true },
        "Two": { "Type": "Pass", "End": true },
        "Three": { "Type": "Pass", "End": true }
    }});
    for definition in [poll(), fallbacks] {
        let (_, layout) = drawn(&definition);
        assert_sound(&layout);
        assert_eq!(Quality::of(&layout).crossings, 0, "{definition}");
    }
}

#[test]
fn an_arrow_stops_before_its_node_and_points_along_the_line() {
    let mut points = [Point::new(0.0, 0.0), Point::new(0.0, 24.0)];
    assert_eq!(tip(&mut points), "M-4.0 17.5L0.0 22.0L4.0 17.5");
    assert_eq!(points[1], Point::new(0.0, 22.0));
}
