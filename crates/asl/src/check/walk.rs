//! Walks into values: every text in a template with the way to it, without a pointer for what nobody asks about.

use crate::text::{Node, Pointer, Step};

/// The way from a value to one inside it.
pub(super) struct Way<'a> {
    /// Each value on the way, with the next child to look at.
    open: Vec<(&'a Node, usize)>,
}

impl Way<'_> {
    /// The pointer of the value, `base` being that of the first one.
    pub(super) fn pointer(&self, base: &Pointer) -> Pointer {
        let mut pointer = base.clone();
        pointer
            .0
            .extend(self.inside().map(|(node, index)| step(node, index)));
        pointer
    }

    /// The way in numbers: which child each value is of the one before. [`pointer()`] makes a pointer of it.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.inside().map(|(_, index)| index)
    }

    /// The values around the present one, each with the number of the child that leads on.
    fn inside(&self) -> impl Iterator<Item = (&Node, usize)> {
        let (_, inside) = self
            .open
            .split_last()
            .map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
        inside
            .iter()
            .map(|(node, next)| (*node, next.saturating_sub(1)))
    }
}

fn step(node: &Node, index: usize) -> Step {
    match node.members().get(index) {
        Some(member) => Step::from(&*member.key),
        None => Step::Index(index),
    }
}

/// The pointer of a value inside `root`, whose pointer is `base`, by its way in numbers.
pub(super) fn pointer(mut base: Pointer, root: &Node, way: &[usize]) -> Pointer {
    let mut node = Some(root);
    for index in way {
        let Some(around) = node else { break };
        base.0.push(step(around, *index));
        let member = around.members().get(*index).map(|member| &member.value);
        node = member.or_else(|| around.elements().get(*index));
    }
    base
}

/// Visits `root` and every value in it, outer before inner.
pub(super) fn each<'a>(root: &'a Node, mut visit: impl FnMut(&Way<'a>, &'a Node)) {
    let mut way = Way { open: Vec::new() };
    visit(&way, root);
    // Most values have nothing inside, and need no list.
    if root.members().is_empty() && root.elements().is_empty() {
        return;
    }
    way.open.push((root, 0));
    while let Some((node, next)) = way.open.last_mut() {
        let member = node.members().get(*next).map(|member| &member.value);
        let child = member.or_else(|| node.elements().get(*next));
        *next += 1;
        match child {
            Some(child) => {
                way.open.push((child, 0));
                visit(&way, child);
            }
            None => {
                way.open.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{each, pointer};
    use crate::text::{Document, Pointer};

    #[test]
    fn every_value_is_visited_with_its_way() {
        let document = Document::parse(r#"{"a": [1, {"b": 2}], "c": 3}"#);
        let mut ways = Vec::new();
        each(document.root().unwrap(), |way, _| {
            ways.push(way.pointer(&Pointer::root()).to_string());
        });
        assert_eq!(ways, ["", "/a", "/a/0", "/a/1", "/a/1/b", "/c"]);
    }

    #[test]
    fn a_way_in_numbers_leads_to_the_same_pointer() {
        let document = Document::parse(r#"{"a": [1, {"b": 2, "b": [3]}], "c": 3}"#);
        let root = document.root().unwrap();
        each(root, |way, _| {
            let numbers: Vec<usize> = way.numbers().collect();
            let base = Pointer::root().join("x");
            assert_eq!(pointer(base.clone(), root, &numbers), way.pointer(&base));
        });
    }
}
