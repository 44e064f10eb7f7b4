//! The lines of the tree: states in the order of the flow, with what is folded and what is looked for.
//!
//! Plain functions of an outline, without a page; the work grows with the number of states.

use crate::text::tree as text;
use asl::graph::{Block, BlockIx, Outline, StateIx, StateType};
use asl::text::Pointer;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// A state.
    State(StateIx),
    /// A branch of a Parallel, by its number from one.
    Branch(usize),
}

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Line {
    /// What it stands for.
    pub(super) what: What,
    /// The state, or the branch's block.
    pub(super) at: Pointer,
    /// What it is called.
    pub(super) name: Arc<str>,
    /// How deep it is; the outermost are at 1.
    pub(super) level: usize,
    /// Whether it is open; none for what holds nothing.
    pub(super) open: Option<bool>,
    /// Its place among its siblings, from one, and how many there are.
    pub(super) place: (usize, usize),
}

/// The lines that are seen: what is in a closed line is not. When something is looked for, only what is called so and what
/// is around it, all open.
pub(super) fn lines(outline: &Outline, closed: &FxHashSet<Pointer>, wanted: &str) -> Vec<Line> {
    let wanted = wanted.trim().to_lowercase();
    let mut all = Vec::with_capacity(outline.states.len());
    if outline.blocks.is_empty() {
        return all;
    }
    let sought = (!wanted.is_empty()).then(|| found(outline, &wanted));
    let walk = Walk {
        outline,
        closed,
        sought: sought.as_ref(),
    };
    // Lines that are still to come, the next one last; blocks nest, so this keeps its own list.
    let mut coming = walk.states(BlockIx(0), 1);
    coming.reverse();
    while let Some(line) = coming.pop() {
        if line.open == Some(true) {
            coming.extend(walk.inside(&line).into_iter().rev());
        }
        all.push(line);
    }
    all
}

/// The states whose names hold the words, and those around them.
fn found(outline: &Outline, wanted: &str) -> FxHashSet<StateIx> {
    let mut kept = FxHashSet::default();
    for (ix, state) in outline.states.iter().enumerate() {
        if !state.name.to_lowercase().contains(wanted) {
            continue;
        }
        let mut at = Some(StateIx(ix));
        while let Some(state) = at.filter(|state| kept.insert(*state)) {
            at = outline.blocks[outline.states[state.0].block.0].owner;
        }
    }
    kept
}

struct Walk<'o> {
    outline: &'o Outline,
    closed: &'o FxHashSet<Pointer>,
    /// What is kept while something is looked for.
    sought: Option<&'o FxHashSet<StateIx>>,
}

impl Walk<'_> {
    fn is_kept(&self, state: StateIx) -> bool {
        self.sought.is_none_or(|kept| kept.contains(&state))
    }

    fn is_open(&self, at: &Pointer) -> bool {
        self.sought.is_some() || !self.closed.contains(at)
    }

    /// The states of a block, in the order of its flow.
    fn states(&self, block: BlockIx, level: usize) -> Vec<Line> {
        let order = flow(self.outline, &self.outline.blocks[block.0]);
        let kept: Vec<StateIx> = order
            .into_iter()
            .filter(|state| self.is_kept(*state))
            .collect();
        let count = kept.len();
        let line = |(position, state): (usize, StateIx)| {
            let node = &self.outline.states[state.0];
            let holds = node
                .children
                .iter()
                .any(|block| !self.outline.blocks[block.0].states.is_empty());
            Line {
                what: What::State(state),
                at: node.pointer.clone(),
                name: node.name.clone(),
                level,
                open: holds.then(|| self.is_open(&node.pointer)),
                place: (position + 1, count),
            }
        };
        kept.into_iter().enumerate().map(line).collect()
    }

    /// What is in a line: branches where there are several, else the states of the only block.
    fn inside(&self, line: &Line) -> Vec<Line> {
        match line.what {
            What::State(state) => {
                let node = &self.outline.states[state.0];
                match node.children.as_slice() {
                    [only] if node.kind != Some(StateType::Parallel) => {
                        self.states(*only, line.level + 1)
                    }
                    blocks => self.branches(blocks, line.level + 1),
                }
            }
            What::Branch(_) => {
                let blocks = &self.outline.blocks;
                let block = blocks.iter().position(|block| block.pointer == line.at);
                block.map_or_else(Vec::new, |block| {
                    self.states(BlockIx(block), line.level + 1)
                })
            }
        }
    }

    fn branches(&self, blocks: &[BlockIx], level: usize) -> Vec<Line> {
        let has_kept = |block: &Block| block.states.iter().any(|state| self.is_kept(*state));
        let line = |(number, block): (usize, &BlockIx)| {
            let block = &self.outline.blocks[block.0];
            Line {
                what: What::Branch(number + 1),
                at: block.pointer.clone(),
                name: Arc::from(text::branch(number + 1)),
                level,
                open: (!block.states.is_empty()).then(|| self.is_open(&block.pointer)),
                place: (number + 1, blocks.len()),
            }
        };
        let all = blocks.iter().enumerate();
        all.filter(|(_, block)| self.sought.is_none() || has_kept(&self.outline.blocks[block.0]))
            .map(line)
            .collect()
    }
}

/// The states of a block from its beginning on: each after all that lead to it, ways back aside, and the one on the main way
/// first. What the beginning does not reach follows as it is written.
fn flow(outline: &Outline, block: &Block) -> Vec<StateIx> {
    let mut seen = FxHashSet::default();
    let mut order = Vec::with_capacity(block.states.len());
    let begins = block.start.into_iter().chain(block.states.iter().copied());
    for begin in begins {
        let mut reached = after(outline, begin, &mut seen);
        reached.reverse();
        order.extend(reached);
    }
    order
}

/// What a state reaches for the first time, each after all that it leads to.
fn after(outline: &Outline, begin: StateIx, seen: &mut FxHashSet<StateIx>) -> Vec<StateIx> {
    let mut done = Vec::new();
    if !seen.insert(begin) {
        return done;
    }
    // Each state with how many of its ways are still to follow; the last way first, so that the first one comes first when
    // all is turned round.
    let ways = |state: StateIx| outline.states[state.0].transitions.len();
    let mut path = vec![(begin, ways(begin))];
    while let Some((state, left)) = path.last_mut() {
        let (at, Some(next)) = (*state, left.checked_sub(1)) else {
            done.extend(path.pop().map(|(state, _)| state));
            continue;
        };
        *left = next;
        let target = outline.states[at.0].transitions[next].to;
        if let Some(target) = target.filter(|target| seen.insert(*target)) {
            path.push((target, ways(target)));
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::text::Document;

    const PIPELINE: &str = r#"{ "StartAt": "A", "States": {
        "Lost": { "Type": "Pass", "Next": "Done" },
        "Done": { "Type": "Succeed" },
        "B": { "Type": "Task", "Resource": "x", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Bad" }], "Next": "Both" },
        "Bad": { "Type": "Fail" },
        "C": { "Type": "Pass", "Next": "Both" },
        "A": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsPresent": true, "Next": "B" }], "Default": "C" },
        "Both": { "Type": "Parallel", "Next": "Done", "Branches": [
            { "StartAt": "Left", "States": { "Left": { "Type": "Pass", "End": true } } },
            { "StartAt": "Files", "States": { "Files": { "Type": "Map", "End": true, "ItemProcessor": {
                "StartAt": "Read", "States": { "Read": { "Type": "Pass", "Next": "Read" } } } } } } ] } } }"#;

    fn shown(closed: &[&str], wanted: &str) -> Vec<String> {
        let outline = Outline::of(&Document::parse(PIPELINE));
        let closed = closed.iter().map(|at| at.parse().unwrap()).collect();
        let lines = lines(&outline, &closed, wanted);
        let line = |line: &Line| format!("{}{}", " ".repeat(line.level - 1), line.name);
        lines.iter().map(line).collect()
    }

    #[test]
    fn states_come_in_the_order_of_the_flow_and_what_is_not_reached_last() {
        let all = shown(&[], "");
        let expected = [
            "A",
            "B",
            "C",
            "Both",
            " Branch 1",
            "  Left",
            " Branch 2",
            "  Files",
            "   Read",
            "Done",
            "Bad",
            "Lost",
        ];
        let outer = |lines: &[String]| -> Vec<String> {
            lines
                .iter()
                .filter(|line| !line.starts_with(' '))
                .cloned()
                .collect()
        };
        assert_eq!(all.len(), expected.len(), "{all:?}");
        let at = |name: &str| all.iter().position(|line| line.trim() == name).unwrap();
        assert_eq!(outer(&all).first().map(String::as_str), Some("A"));
        assert_eq!(outer(&all).last().map(String::as_str), Some("Lost"));
        for (before, then) in [
            ("A", "B"),
            ("B", "Both"),
            ("C", "Both"),
            ("Both", "Done"),
            ("B", "Bad"),
            ("B", "C"),
        ] {
            assert!(at(before) < at(then), "{before} before {then}: {all:?}");
        }
        assert_eq!(all[at("Both") + 1..=at("Both") + 5], expected[4..9]);
    }

    #[test]
    fn what_is_in_a_closed_line_is_not_seen() {
        let all = shown(&["/States/Both/Branches/1"], "");
        assert!(all.contains(&" Branch 2".to_owned()) && !all.contains(&"  Files".to_owned()));
        assert!(!shown(&["/States/Both"], "").contains(&" Branch 1".to_owned()));
    }

    #[test]
    fn what_is_looked_for_is_shown_with_what_is_around_it_even_in_closed_lines() {
        let all = shown(&["/States/Both"], "rea");
        assert_eq!(all, ["Both", " Branch 2", "  Files", "   Read"]);
        assert!(shown(&[], "nothing of that name").is_empty());
    }

    #[test]
    fn each_line_says_its_place_among_its_siblings() {
        let outline = Outline::of(&Document::parse(PIPELINE));
        let lines = lines(&outline, &FxHashSet::default(), "");
        let of = |name: &str| lines.iter().find(|line| &*line.name == name).unwrap();
        assert_eq!(of("A").place, (1, 7));
        assert_eq!(of("Branch 2").place, (2, 2));
        assert_eq!(of("Read").place, (1, 1));
        assert_eq!(of("Read").level, 4);
        assert_eq!((of("Files").open, of("Read").open), (Some(true), None));
    }

    #[test]
    fn five_thousand_states_in_a_row_and_an_empty_pipeline_have_lines() {
        let states: Vec<String> = (0..5_000)
            .map(|at| format!(r#""S{at}": {{ "Type": "Pass", "Next": "S{}" }}"#, at + 1))
            .collect();
        let text = format!(
            r#"{{ "StartAt": "S0", "States": {{ {} }} }}"#,
            states.join(",")
        );
        let outline = Outline::of(&Document::parse(text));
        let all = lines(&outline, &FxHashSet::default(), "");
        assert_eq!((all.len(), &*all[4_999].name), (5_000, "S4999"));
        assert!(lines(&Outline::default(), &FxHashSet::default(), "").is_empty());
    }
}
