//! No drawing has anything that lies on something else: real definitions, hard ones, random ones, large ones, down the page
//! and to the right, containers open and folded.

use layout::quality::Quality;
use layout::{Layout, Orientation};
use layout_bench::{corpus, hard, pipeline};
use rustc_hash::FxHashSet;
use serde_json::Value;

#[track_caller]
fn assert_sound(name: &str, definition: &Value) {
    let outline = corpus::outline(definition);
    let containers = corpus::containers(&outline);
    for folded in [FxHashSet::default(), containers] {
        for orientation in [Orientation::Vertical, Orientation::Horizontal] {
            let layout = Layout::of(&outline, &folded, orientation);
            let quality = Quality::of(&layout);
            let open = if folded.is_empty() { "open" } else { "folded" };
            assert!(
                quality.is_sound(),
                "{name}, {open}, {orientation:?}: {quality:?}"
            );
            let labels = outline.blocks.is_empty() || has_all_labels(&layout);
            assert!(
                labels,
                "{name}, {open}, {orientation:?}: a label is missing"
            );
        }
    }
}

/// Whether each branch of a Choice and each catcher carries its label.
fn has_all_labels(layout: &Layout) -> bool {
    use layout::EdgeStyle::{Branch, Catch, Hidden, Next};
    layout.edges.iter().all(|edge| match edge.style {
        Branch | Catch => edge.label.is_some(),
        Next | Hidden => edge.label.is_none(),
    })
}

#[test]
fn real_definitions_are_drawn_without_overlaps() {
    let Some(definitions) = corpus::definitions() else {
        println!("no definitions found: set STATECRAFT_SHARED");
        return;
    };
    for (name, definition) in &definitions {
        assert_sound(name, definition);
    }
    println!(
        "{} real definitions are drawn without overlaps",
        definitions.len()
    );
}

#[test]
fn definitions_made_to_be_hard_are_drawn_without_overlaps() {
    for (name, definition) in hard::authored() {
        assert_sound(name, &definition);
    }
}

#[test]
fn many_ways_to_one_state_are_drawn_without_overlaps_and_crossings() {
    let definition = hard::one_handler(300);
    assert_sound("300 tasks, one handler", &definition);
    let outline = corpus::outline(&definition);
    let layout = Layout::of(&outline, &FxHashSet::default(), Orientation::Vertical);
    assert_eq!(Quality::of(&layout).crossings, 0);
}

#[test]
fn random_definitions_are_drawn_without_overlaps() {
    for seed in 0..250 {
        assert_sound(&format!("seed {seed}"), &hard::any(seed));
    }
}

#[test]
fn large_pipelines_are_drawn_without_overlaps_and_crossings() {
    for count in [5, 50, 200, 1_000, 5_000] {
        let definition = pipeline::pipeline(count);
        assert_sound(&format!("{count} states"), &definition);
        let outline = corpus::outline(&definition);
        assert_eq!(outline.states.len(), count);
        let layout = Layout::of(&outline, &FxHashSet::default(), Orientation::Vertical);
        assert_eq!(Quality::of(&layout).crossings, 0, "{count} states");
    }
}
