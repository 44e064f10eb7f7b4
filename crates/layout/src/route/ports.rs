//! Where links end: in the middle of their target, or aside of it, apart from each other and from what leaves the row above.

use super::{Router, source_net};
use crate::flow::LinkKind;
use crate::measure::APART;
use crate::space;
use rustc_hash::FxHashMap;

/// Least distance of a port from a node's corner.
const PORT_MARGIN: f64 = 6.0;

impl Router<'_> {
    /// Where each link ends: in the middle of its target, or 36 aside of it, by the side that it comes from.
    pub(super) fn choose_ports(&mut self) {
        let mut groups: FxHashMap<usize, Vec<(usize, bool, bool)>> = FxHashMap::default();
        let mut centred = vec![false; self.graph.items.len()];
        for (index, link) in self.graph.links.iter().enumerate() {
            let (a, b) = self.rows(index);
            if self.hang(index).is_some() {
                centred[link.to] = a != b;
                continue;
            }
            // A branch to a state straight below leaves its Choice to the left.
            let branch = matches!(link.kind, LinkKind::Branch { .. });
            let (from, to) = (self.x[link.from], self.x[link.to]);
            let left = from < to || (from <= to && (branch || self.flow.back[index]));
            let left = left ^ self.flow.swung[index];
            let catch = link.kind == LinkKind::Catch;
            groups
                .entry(link.to)
                .or_default()
                .push((index, left, catch));
        }
        let mut targets: Vec<usize> = groups.keys().copied().collect();
        targets.sort_unstable();
        for item in targets {
            self.choose_ports_of(item, &groups[&item], centred[item]);
        }
        for index in 0..self.graph.links.len() {
            let row = self.flow.row[self.link(index).to];
            let (port, net) = (self.port(index), self.net(index));
            let levels = [
                Some(space::above(row)),
                row.checked_sub(1).map(space::below),
            ];
            for level in levels.into_iter().flatten() {
                self.space.line(level..=level, port, net);
            }
        }
    }

    fn choose_ports_of(&mut self, item: usize, links: &[(usize, bool, bool)], centred: bool) {
        let kinds = [(true, false), (false, false), (true, true), (false, true)];
        let here: Vec<(bool, bool)> = kinds
            .into_iter()
            .filter(|kind| links.iter().any(|link| (link.1, link.2) == *kind))
            .collect();
        let mut taken: Vec<f64> = if centred { vec![0.0] } else { Vec::new() };
        for &(left, catch) in &here {
            let port = self.sizes.port;
            let side = if left { -port } else { port };
            let alone = here.len() == 1 && !centred;
            let first = if alone { 0.0 } else { side };
            let offers = [
                first,
                side,
                2.0 * side,
                -side,
                -2.0 * side,
                side / 2.0,
                -side / 2.0,
            ];
            let most = self.half(item) - PORT_MARGIN;
            let free = |offer: &f64, apart: f64| {
                let apart_from = |other: &f64| (other - offer).abs() >= apart;
                offer.abs() <= most && taken.iter().all(apart_from)
            };
            let clear = |offer: &f64| self.port_is_clear(item, *offer, links, left, catch);
            let offset = offers
                .iter()
                .find(|offer| free(offer, port) && clear(offer))
                .or_else(|| {
                    offers
                        .iter()
                        .find(|offer| free(offer, APART) && clear(offer))
                })
                .or_else(|| offers.iter().find(|offer| free(offer, APART)));
            let offset = offset.copied().unwrap_or(first);
            taken.push(offset);
            for link in links
                .iter()
                .filter(|link| (link.1, link.2) == (left, catch))
            {
                self.ports[link.0] = offset;
            }
        }
    }

    /// Whether nothing leaves the row above right over a port, except what goes there.
    fn port_is_clear(
        &self,
        item: usize,
        offset: f64,
        links: &[(usize, bool, bool)],
        left: bool,
        catch: bool,
    ) -> bool {
        let mut group = links
            .iter()
            .filter(|link| (link.1, link.2) == (left, catch));
        let own = match (group.next(), group.next()) {
            (Some(only), None) => source_net(self.link(only.0).from),
            (Some(_), Some(_)) | (None, _) => usize::MAX,
        };
        let level = space::above(self.flow.row[item]);
        !self
            .space
            .has_line_near(level, self.x[item] + offset, APART, [own; 2])
    }
}
