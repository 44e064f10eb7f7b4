//! The order of a block: which edges go back, which way is the main one, in which row each item stands, and beside
//! which other item it is placed. No coordinates yet.

use std::collections::HashSet;

/// What an item of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Start,
    End,
    /// A state after which a run goes on or ends well.
    State,
    /// A Choice: its branches leave at its points.
    Choice,
    /// A Fail: ways to it are never the main one while there is another.
    Fail,
}

/// Something to place: a state, the start or the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    pub(super) w: f64,
    pub(super) h: f64,
}

/// How an edge leaves its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    Next,
    /// A rule of a Choice, or its default.
    Branch {
        default: bool,
    },
    Catch,
}

/// An edge between two items.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: LinkKind,
    pub(super) label: Option<String>,
}

/// Items and links of one block, the first item being where it begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    pub(super) items: Vec<Item>,
    pub(super) links: Vec<Link>,
}

/// How an item hangs on its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hang {
    /// Straight below.
    Main,
    /// Below, to a side.
    Side,
    /// To the right, in the same row or below.
    Catch,
}

/// The order of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    /// For each link, whether it goes back.
    pub(super) back: Vec<bool>,
    /// For each item, its row.
    pub(super) row: Vec<usize>,
    /// For each item, the link that it hangs on; none for a root.
    pub(super) hangs: Vec<Option<(usize, Hang)>>,
    /// Items, each after all that lead to it going forward.
    pub(super) order: Vec<usize>,
}

impl Flow {
    pub(super) fn of(graph: &Graph) -> Self {
        let out = outgoing(graph);
        let (back, order) = walk(graph, &out);
        let main = main_links(graph, &out, &back, &order);
        let row = rows(graph, &out, &back, &order);
        let hangs = hangs(graph, &back, &order, &main, &row);
        Self {
            back,
            row,
            hangs,
            order,
        }
    }
}

/// For each item, its links in their order.
fn outgoing(graph: &Graph) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); graph.items.len()];
    for (index, link) in graph.links.iter().enumerate() {
        out[link.from].push(index);
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    No,
    Open,
    Done,
}

/// Walks in depth from the start, then from what it does not reach: which links go back, and a topological order of the
/// others.
fn walk(graph: &Graph, out: &[Vec<usize>]) -> (Vec<bool>, Vec<usize>) {
    let mut entered = vec![false; graph.items.len()];
    for link in graph.links.iter().filter(|link| link.from != link.to) {
        entered[link.to] = true;
    }
    let roots = (0..graph.items.len()).filter(|&item| item == 0 || !entered[item]);
    let mut visit = vec![Visit::No; graph.items.len()];
    let mut back = vec![false; graph.links.len()];
    let mut order = Vec::with_capacity(graph.items.len());
    for root in roots.chain(0..graph.items.len()) {
        walk_from(root, graph, out, &mut visit, &mut back, &mut order);
    }
    order.reverse();
    (back, order)
}

fn walk_from(
    root: usize,
    graph: &Graph,
    out: &[Vec<usize>],
    visit: &mut [Visit],
    back: &mut [bool],
    order: &mut Vec<usize>,
) {
    if visit[root] != Visit::No {
        return;
    }
    visit[root] = Visit::Open;
    let mut open = vec![(root, 0)];
    while let Some((item, next)) = open.last_mut() {
        let Some(&link) = out[*item].get(*next) else {
            visit[*item] = Visit::Done;
            order.push(*item);
            open.pop();
            continue;
        };
        *next += 1;
        let to = graph.links[link].to;
        match visit[to] {
            Visit::Open => back[link] = true,
            Visit::Done => {}
            Visit::No => {
                visit[to] = Visit::Open;
                open.push((to, 0));
            }
        }
    }
}

/// How well a way ends: goes on to an end, only turns back, only fails.
fn outlooks(graph: &Graph, out: &[Vec<usize>], back: &[bool], order: &[usize]) -> Vec<u8> {
    let mut outlook = vec![0; graph.items.len()];
    for &item in order.iter().rev() {
        let ways = || {
            out[item]
                .iter()
                .filter(|&&link| graph.links[link].kind != LinkKind::Catch)
        };
        let ahead = ways()
            .filter(|&&link| !back[link])
            .map(|&link| outlook[graph.links[link].to])
            .min();
        outlook[item] = match (graph.items[item].kind, ahead) {
            (ItemKind::Fail, _) => 2,
            (_, Some(best)) => best,
            (_, None) => u8::from(ways().next().is_some()),
        };
    }
    outlook
}

/// For each item, the link to what stands straight below it: of the ways with the best outlook the first that no other
/// of them leads to anyway.
fn main_links(
    graph: &Graph,
    out: &[Vec<usize>],
    back: &[bool],
    order: &[usize],
) -> Vec<Option<usize>> {
    let outlook = outlooks(graph, out, back, order);
    let ahead = |item: usize| {
        out[item]
            .iter()
            .copied()
            .filter(|&link| !back[link] && graph.links[link].kind != LinkKind::Catch)
    };
    (0..graph.items.len())
        .map(|item| {
            let best = ahead(item)
                .map(|link| outlook[graph.links[link].to])
                .min()?;
            let good: Vec<usize> = ahead(item)
                .filter(|&link| outlook[graph.links[link].to] == best)
                .collect();
            let targets: Vec<usize> = good.iter().map(|&link| graph.links[link].to).collect();
            let later = |link: usize| {
                let to = graph.links[link].to;
                targets
                    .iter()
                    .any(|&other| other != to && reaches(other, to, graph, out, back))
            };
            good.iter()
                .copied()
                .find(|&link| targets.len() == 1 || !later(link))
                .or(good.first().copied())
        })
        .collect()
}

fn reaches(from: usize, to: usize, graph: &Graph, out: &[Vec<usize>], back: &[bool]) -> bool {
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(item) = open.pop() {
        if item == to {
            return true;
        }
        let ahead = out[item]
            .iter()
            .filter(|&&link| !back[link] && graph.links[link].kind != LinkKind::Catch);
        open.extend(
            ahead
                .map(|&link| graph.links[link].to)
                .filter(|&next| seen.insert(next)),
        );
    }
    false
}

/// Each item's row: below all that lead to it; beside a state whose error it handles. The end is below everything.
fn rows(graph: &Graph, out: &[Vec<usize>], back: &[bool], order: &[usize]) -> Vec<usize> {
    let mut row = vec![0; graph.items.len()];
    for &item in order {
        for &link in out[item].iter().filter(|&&link| !back[link]) {
            let link = &graph.links[link];
            let step = usize::from(link.kind != LinkKind::Catch);
            row[link.to] = row[link.to].max(row[item] + step);
        }
    }
    let last = row.iter().copied().max().unwrap_or(0);
    for (item, at) in graph.items.iter().zip(&mut row) {
        if item.kind == ItemKind::End {
            *at = last.max(*at);
        }
    }
    lower_end(graph, &mut row);
    row
}

/// Puts the end into a row of its own.
fn lower_end(graph: &Graph, row: &mut [usize]) {
    let Some(end) = graph
        .items
        .iter()
        .position(|item| item.kind == ItemKind::End)
    else {
        return;
    };
    let last = row
        .iter()
        .enumerate()
        .filter(|(item, _)| *item != end)
        .map(|(_, row)| *row)
        .max();
    row[end] = last.map_or(0, |last| last + 1);
}

/// Which link each item hangs on: the one with the fewest steps aside from the block's main way.
fn hangs(
    graph: &Graph,
    back: &[bool],
    order: &[usize],
    main: &[Option<usize>],
    row: &[usize],
) -> Vec<Option<(usize, Hang)>> {
    let mut incoming = vec![Vec::new(); graph.items.len()];
    for (index, link) in graph
        .links
        .iter()
        .enumerate()
        .filter(|(index, _)| !back[*index])
    {
        incoming[link.to].push(index);
    }
    let mut aside = vec![0; graph.items.len()];
    let mut hangs = vec![None; graph.items.len()];
    for &item in order {
        let best = incoming[item].iter().map(|&index| {
            let link = &graph.links[index];
            let hang = match link.kind {
                _ if main[link.from] == Some(index) => Hang::Main,
                LinkKind::Catch => Hang::Catch,
                LinkKind::Next | LinkKind::Branch { .. } => Hang::Side,
            };
            let steps = aside[link.from] + usize::from(hang != Hang::Main);
            (steps, hang, std::cmp::Reverse(row[link.from]), index)
        });
        if let Some((steps, hang, _, index)) = best.min() {
            aside[item] = steps;
            hangs[item] = Some((index, hang));
        }
    }
    hangs
}
