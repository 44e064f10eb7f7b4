//! The order of a block: which edges go back, which way is the main one, in which row each item stands, and beside
//! which other item it is placed. No coordinates yet.

use rustc_hash::FxHashSet;

/// What an item of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
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
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

/// How an edge leaves its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkKind {
    Next,
    /// A rule of a Choice, or its default.
    Branch {
        default: bool,
    },
    Catch,
}

/// An edge between two items.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: LinkKind,
    /// Width and height of what stands on it: a chip, or the chips of several ways one below the other.
    pub(crate) chip: Option<(f64, f64)>,
}

/// Items and links of one block, the first item being where it begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    pub(crate) items: Vec<Item>,
    pub(crate) links: Vec<Link>,
}

/// How an item hangs on its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hang {
    /// Straight below.
    Main,
    /// Below, to a side.
    Side,
    /// To the right, in the same row or below.
    Catch,
}

/// The order of a block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flow {
    /// For each link, whether it goes back.
    pub(crate) back: Vec<bool>,
    /// For each item, its row.
    pub(crate) row: Vec<usize>,
    /// For each item, the link that it hangs on; none for a root.
    pub(crate) hangs: Vec<Option<(usize, Hang)>>,
    /// Items, each after all that lead to it going forward.
    pub(crate) order: Vec<usize>,
    /// For each item, whether it is for when things go wrong: all its ways end in a Fail, or errors lead to it.
    pub(crate) aside: Vec<bool>,
    /// For each item, how many links its errors take.
    pub(crate) catchers: Vec<usize>,
    /// For each item, whether a way back begins there or below.
    pub(crate) loops: Vec<bool>,
    /// For each item, whether it stands on the other side of its parent than the rules of [`super::place`] say.
    pub(crate) mirrored: Vec<bool>,
    /// For each item, whether its handlers stand in reverse order.
    pub(crate) reversed: Vec<bool>,
    /// For each link, whether it ends on the other side of its target's middle than where it comes from.
    pub(crate) swung: Vec<bool>,
    /// For each link, whether its way back passes its source on the outside.
    pub(crate) outward: Vec<bool>,
}

impl Flow {
    pub(crate) fn of(graph: &Graph, tallest_chip: f64) -> Self {
        let out = outgoing(graph);
        let (back, order) = walk(graph, &out);
        let outlook = outlooks(graph, &out, &back, &order);
        let main = main_links(graph, &out, &back, &order, &outlook);
        let row = rows(graph, &out, &back, &order, tallest_chip);
        let hangs = hangs(graph, &back, &order, &main, &row);
        Self {
            row,
            hangs,
            catchers: catchers(graph),
            aside: asides(graph, &outlook),
            loops: loops(graph, &out, &back, &order),
            mirrored: vec![false; graph.items.len()],
            reversed: vec![false; graph.items.len()],
            swung: vec![false; graph.links.len()],
            outward: vec![false; graph.links.len()],
            back,
            order,
        }
    }

    /// Whether an item stands beside a state whose error it handles, so that its left side is taken.
    pub(crate) fn is_beside(&self, graph: &Graph, item: usize) -> bool {
        match self.hangs[item] {
            Some((link, Hang::Catch)) => self.row[graph.links[link].from] == self.row[item],
            Some((_, Hang::Main | Hang::Side)) | None => false,
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

/// The outlook of what only fails.
const FAILS: u8 = 2;

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
            (ItemKind::Fail, _) => FAILS,
            (_, Some(best)) => best,
            (_, None) => u8::from(ways().next().is_some()),
        };
    }
    outlook
}

fn asides(graph: &Graph, outlook: &[u8]) -> Vec<bool> {
    let mut aside: Vec<bool> = outlook.iter().map(|outlook| *outlook == FAILS).collect();
    for link in graph
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Catch)
    {
        aside[link.to] = true;
    }
    aside
}

fn catchers(graph: &Graph) -> Vec<usize> {
    let mut catchers = vec![0; graph.items.len()];
    for link in graph
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Catch)
    {
        catchers[link.from] += 1;
    }
    catchers
}

fn loops(graph: &Graph, out: &[Vec<usize>], back: &[bool], order: &[usize]) -> Vec<bool> {
    let mut loops = vec![false; graph.items.len()];
    for &item in order.iter().rev() {
        loops[item] = out[item]
            .iter()
            .any(|&link| back[link] || loops[graph.links[link].to]);
    }
    loops
}

/// For each item, the link to what stands straight below it: of the ways with the best outlook the first that no other
/// of them leads to anyway.
fn main_links(
    graph: &Graph,
    out: &[Vec<usize>],
    back: &[bool],
    order: &[usize],
    outlook: &[u8],
) -> Vec<Option<usize>> {
    let ahead = |item: usize| {
        out[item]
            .iter()
            .copied()
            .filter(|&link| !back[link] && graph.links[link].kind != LinkKind::Catch)
    };
    let mut place = vec![0; graph.items.len()];
    for (at, &item) in order.iter().enumerate() {
        place[item] = at;
    }
    let mut ahead_of = AheadOf {
        graph,
        place,
        seen: vec![0; graph.items.len()],
        search: 0,
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
            if targets.len() == 1 {
                return good.first().copied();
            }
            let later = ahead_of.later(&targets, &ahead);
            good.iter()
                .copied()
                .find(|&link| !later.contains(&graph.links[link].to))
                .or(good.first().copied())
        })
        .collect()
}

/// Finds out which items lead to which, among few that are near each other.
struct AheadOf<'a> {
    graph: &'a Graph,
    /// The place of each item in the order.
    place: Vec<usize>,
    /// In which search an item was last seen.
    seen: Vec<usize>,
    search: usize,
}

impl AheadOf<'_> {
    /// Those of `targets` that another one of them leads to. What comes after the last of them is not looked at.
    fn later<I: Iterator<Item = usize>>(
        &mut self,
        targets: &[usize],
        ahead: &impl Fn(usize) -> I,
    ) -> FxHashSet<usize> {
        let last = targets.iter().map(|&target| self.place[target]).max();
        let last = last.unwrap_or_default();
        self.search += 1;
        let mut found = FxHashSet::default();
        let mut open = targets.to_vec();
        while let Some(item) = open.pop() {
            for to in ahead(item).map(|link| self.graph.links[link].to) {
                if targets.contains(&to) {
                    found.insert(to);
                }
                if self.seen[to] != self.search && self.place[to] < last {
                    self.seen[to] = self.search;
                    open.push(to);
                }
            }
        }
        found
    }
}

/// Each item's row: below all that lead to it; beside a state whose error it handles first, unless
/// the chips between the two are taller than what `tallest_chip` says. The end is below everything.
fn rows(
    graph: &Graph,
    out: &[Vec<usize>],
    back: &[bool],
    order: &[usize],
    tallest_chip: f64,
) -> Vec<usize> {
    let mut row = vec![0; graph.items.len()];
    for &item in order {
        // Beside a state is room for one handler.
        let mut beside = true;
        for &link in out[item].iter().filter(|&&link| !back[link]) {
            let link = &graph.links[link];
            let tall = link.chip.is_some_and(|chip| chip.1 > tallest_chip);
            let step = usize::from(link.kind != LinkKind::Catch || tall || !beside);
            beside &= link.kind != LinkKind::Catch;
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
