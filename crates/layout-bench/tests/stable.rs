//! A small edit moves little: what is inserted or removed pushes down what follows, a name changes nothing.

use layout::{Layout, Orientation, Rect};
use layout_bench::{corpus, pipeline};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

fn drawn(definition: &Value) -> (Layout, FxHashMap<String, Rect>) {
    let outline = corpus::outline(definition);
    let layout = Layout::of(&outline, &FxHashSet::default(), Orientation::Vertical);
    let name = |state: usize| outline.states[state].name.to_string();
    let nodes = layout.nodes.iter();
    let places = nodes.map(|node| (name(node.state.0), node.rect)).collect();
    (layout, places)
}

/// The definition with a state between this one and the next.
fn with_one_after(definition: &Value, state: &str) -> Option<Value> {
    let next = definition["States"][state].get("Next")?.clone();
    let mut edited = definition.clone();
    edited["States"][state]["Next"] = json!("Between");
    edited["States"]["Between"] = json!({ "Type": "Pass", "Next": next });
    Some(edited)
}

#[test]
fn a_state_that_is_inserted_or_removed_leaves_columns_and_what_is_above() {
    let definition = pipeline::pipeline(50);
    let (_, without) = drawn(&definition);
    let mut edits = 0;
    for state in without.keys() {
        let Some(edited) = with_one_after(&definition, state) else {
            continue;
        };
        let (_, with) = drawn(&edited);
        edits += 1;
        for (name, before) in &without {
            let after = with[name];
            assert_eq!(
                before.x, after.x,
                "{name} is in another column after {state}"
            );
            if before.y <= without[state].y {
                assert_eq!(before.y, after.y, "{name} is above {state} and moves");
            }
            assert!(before.y <= after.y, "{name} moves up after {state}");
        }
    }
    assert!(edits > 30, "only {edits} edits");
}

#[test]
fn nearly_nothing_moves_aside_in_real_definitions() {
    let Some(definitions) = corpus::definitions() else {
        println!("no definitions found: set STATECRAFT_SHARED");
        return;
    };
    let (mut moved, mut all) = (0_usize, 0_usize);
    for (_, definition) in &definitions {
        let (_, without) = drawn(definition);
        for state in without.keys() {
            let Some(edited) = with_one_after(definition, state) else {
                continue;
            };
            let (_, with) = drawn(&edited);
            let aside = without
                .iter()
                .filter(|(name, before)| with[*name].x != before.x);
            moved += aside.count();
            all += without.len();
        }
    }
    println!("{moved} of {all} states moved aside");
    assert!(moved * 100 < all, "{moved} of {all} states moved aside");
}

#[test]
fn another_name_moves_nothing() {
    let definition = pipeline::pipeline(50);
    let (before, places) = drawn(&definition);
    for name in places.keys() {
        let quoted = |name: &str| Value::from(name).to_string();
        let text = definition.to_string();
        let renamed = text.replace(
            &quoted(name),
            &quoted("Another name, longer than the one before"),
        );
        let (after, _) = drawn(&serde_json::from_str(&renamed).expect("a definition"));
        let rects = |layout: &Layout| {
            layout
                .nodes
                .iter()
                .map(|node| node.rect)
                .collect::<Vec<_>>()
        };
        let lines = |layout: &Layout| {
            layout
                .edges
                .iter()
                .map(|edge| edge.points.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(rects(&before), rects(&after), "{name}");
        assert_eq!(lines(&before), lines(&after), "{name}");
    }
}
