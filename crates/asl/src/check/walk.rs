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
        let (_, inside) = self
            .open
            .split_last()
            .map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
        for (node, next) in inside {
            let index = next.saturating_sub(1);
            match node.members().get(index) {
                Some(member) => pointer.0.push(Step::from(&*member.key)),
                None => pointer.0.push(Step::Index(index)),
            }
        }
        pointer
    }
}

/// Visits `root` and every value in it, outer before inner.
pub(super) fn each<'a>(root: &'a Node, mut visit: impl FnMut(&Way<'a>, &'a Node)) {
    let mut way = Way {
        open: vec![(root, 0)],
    };
    visit(&way, root);
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
    use super::each;
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
}
