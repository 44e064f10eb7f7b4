//! Questions about one block as a directed graph: what can be reached, what goes back, what comes first.

use super::{BlockIx, Outline, StateIx};
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

/// A block as a graph: its states, and its known transitions by their position in [`super::StateNode::transitions`].
pub type BlockGraph = DiGraph<StateIx, usize>;

impl Outline {
    /// A block as a graph. Transitions to unknown states are left out.
    pub fn graph(&self, block: BlockIx) -> BlockGraph {
        let mut graph = BlockGraph::new();
        let Some(block) = self.block(block) else {
            return graph;
        };
        let nodes: Vec<NodeIndex> = block
            .states
            .iter()
            .map(|state| graph.add_node(*state))
            .collect();
        // The states of a block stand in order.
        let node = |state: StateIx| nodes.get(block.states.binary_search(&state).ok()?).copied();
        for (state, from) in block.states.iter().zip(&nodes) {
            let transitions = self.state(*state).map(|state| state.transitions.as_slice());
            for (index, transition) in transitions.unwrap_or_default().iter().enumerate() {
                if let Some(target) = transition.to.and_then(node) {
                    graph.add_edge(*from, target, index);
                }
            }
        }
        graph
    }

    /// The states of a block that a run can enter; all of them when `StartAt` leads nowhere, since then nothing can be said.
    pub fn reachable(&self, block: BlockIx) -> FxHashSet<StateIx> {
        let Some(block) = self.block(block) else {
            return FxHashSet::default();
        };
        let Some(start) = block.start else {
            return block.states.iter().copied().collect();
        };
        let mut found = FxHashSet::from_iter([start]);
        let mut open = vec![start];
        while let Some(state) = open.pop().and_then(|state| self.state(state)) {
            let targets = state.transitions.iter().filter_map(|way| way.to);
            open.extend(targets.filter(|target| found.insert(*target)));
        }
        found
    }

    /// Groups of states that a run can go round in, in written order; a state that leads to itself is a group.
    pub fn cycles(&self, block: BlockIx) -> Vec<Vec<StateIx>> {
        let graph = self.graph(block);
        let mut groups: Vec<Vec<StateIx>> = kosaraju_scc(&graph)
            .into_iter()
            .filter(|group| {
                group.len() > 1 || group.iter().any(|node| graph.contains_edge(*node, *node))
            })
            .map(|group| {
                group
                    .iter()
                    .filter_map(|node| graph.node_weight(*node).copied())
                    .collect()
            })
            .collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups
    }

    /// The transitions that go back to a state on the way to them, as state and position in its transitions. Without
    /// them the block has no cycle. The walk begins at `StartAt` and follows transitions in their order.
    pub fn back_edges(&self, block: BlockIx) -> FxHashSet<(StateIx, usize)> {
        let mut walk = BackWalk {
            outline: self,
            seen: FxHashMap::default(),
            found: FxHashSet::default(),
        };
        let Some(block) = self.block(block) else {
            return walk.found;
        };
        for state in block.start.iter().chain(&block.states) {
            walk.from(*state);
        }
        walk.found
    }

    /// How many steps each state is from the start of its block, along the longest way without going back; states that
    /// nothing leads to have rank 0.
    pub fn ranks(&self, block: BlockIx) -> FxHashMap<StateIx, usize> {
        let back = self.back_edges(block);
        let mut graph = self.graph(block);
        graph.retain_edges(|graph, edge| {
            let from = graph
                .edge_endpoints(edge)
                .and_then(|(from, _)| graph.node_weight(from));
            let index = graph.edge_weight(edge);
            from.zip(index)
                .is_none_or(|(from, index)| !back.contains(&(*from, *index)))
        });
        let mut ranks: FxHashMap<StateIx, usize> =
            graph.node_weights().map(|state| (*state, 0)).collect();
        for node in toposort(&graph, None).unwrap_or_default() {
            let Some(state) = graph.node_weight(node) else {
                continue;
            };
            let next = ranks.get(state).copied().unwrap_or(0) + 1;
            for target in graph
                .neighbors(node)
                .filter_map(|target| graph.node_weight(target))
            {
                ranks
                    .entry(*target)
                    .and_modify(|rank| *rank = next.max(*rank));
            }
        }
        ranks
    }
}

/// A walk in depth that keeps its own list of open states, so that a long chain cannot exhaust the stack.
struct BackWalk<'a> {
    outline: &'a Outline,
    seen: FxHashMap<StateIx, Visit>,
    found: FxHashSet<(StateIx, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Open,
    Done,
}

impl BackWalk<'_> {
    fn from(&mut self, start: StateIx) {
        if self.seen.contains_key(&start) {
            return;
        }
        self.seen.insert(start, Visit::Open);
        let mut open = vec![(start, 0)];
        while let Some((state, index)) = open.last_mut() {
            let node = self.outline.state(*state);
            let Some(transition) = node.and_then(|node| node.transitions.get(*index)) else {
                self.seen.insert(*state, Visit::Done);
                open.pop();
                continue;
            };
            let here = (*state, *index);
            *index += 1;
            let Some(target) = transition.to else {
                continue;
            };
            match self.seen.get(&target) {
                Some(Visit::Open) => {
                    self.found.insert(here);
                }
                Some(Visit::Done) => {}
                None => {
                    self.seen.insert(target, Visit::Open);
                    open.push((target, 0));
                }
            }
        }
    }
}
