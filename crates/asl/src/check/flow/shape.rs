//! What is known of a value before anything runs: which members it can have.

use crate::query::Path;
use crate::query::path_names;
use crate::text::{Node, NodeKind};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Beyond so many members, or so many levels, nothing is known; it keeps the work small.
const MOST_MEMBERS: usize = 64;
const DEEPEST: usize = 6;

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::check) enum Shape {
    /// Nothing.
    Any,
    /// A text, number, Boolean or null.
    Scalar,
    /// An object with no other members than these; each of them may be there or not.
    Object(Rc<BTreeMap<Box<str>, Shape>>),
}

/// What a path finds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::check) enum Finding {
    /// This, as far as is known.
    Value(Shape),
    /// Certainly nothing: the member that is not there, and those that can be.
    Nothing { name: String, known: Vec<String> },
}

impl Shape {
    /// An object that has these members and no others.
    pub(in crate::check) fn object<'n>(
        members: impl IntoIterator<Item = (&'n str, Shape)>,
    ) -> Self {
        let members = members
            .into_iter()
            .map(|(name, shape)| (name.into(), shape));
        Self::Object(Rc::new(members.collect()))
    }

    /// An object with members of which nothing is known but their names.
    pub(in crate::check) fn named(names: &[&str]) -> Self {
        Self::object(names.iter().map(|name| (*name, Shape::Any)))
    }

    /// The shape of a value that is written down. `member` says what becomes of a member: its name and its shape.
    pub(in crate::check) fn of(
        node: &Node,
        member: &impl Fn(&str, &Node) -> Option<(Box<str>, Shape)>,
    ) -> Self {
        Self::of_nested(node, member, DEEPEST)
    }

    fn of_nested(
        node: &Node,
        member: &impl Fn(&str, &Node) -> Option<(Box<str>, Shape)>,
        depth: usize,
    ) -> Self {
        match &node.kind {
            NodeKind::Object(members) if depth == 0 || members.len() > MOST_MEMBERS => Self::Any,
            NodeKind::Object(members) => {
                let members = members.iter().map(|inner| {
                    member(&inner.key, &inner.value).unwrap_or_else(|| {
                        (
                            inner.key.clone(),
                            Self::of_nested(&inner.value, member, depth - 1),
                        )
                    })
                });
                Self::Object(Rc::new(members.collect()))
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String(_) => {
                Self::Scalar
            }
            NodeKind::Array(_) | NodeKind::Placeholder(_) | NodeKind::Missing => Self::Any,
        }
    }

    /// What both can be.
    pub(in crate::check) fn join(&self, other: &Self) -> Self {
        self.join_nested(other, DEEPEST)
    }

    fn join_nested(&self, other: &Self, depth: usize) -> Self {
        match (self, other) {
            (Self::Scalar, Self::Scalar) => Self::Scalar,
            (Self::Object(left), Self::Object(right)) if Rc::ptr_eq(left, right) => self.clone(),
            (Self::Object(left), Self::Object(right))
                if depth > 0 && left.len() + right.len() <= 2 * MOST_MEMBERS =>
            {
                let mut members = (**left).clone();
                for (name, shape) in right.iter() {
                    let joined = match members.get(name) {
                        Some(known) => known.join_nested(shape, depth - 1),
                        None => shape.clone(),
                    };
                    members.insert(name.clone(), joined);
                }
                Self::Object(Rc::new(members))
            }
            _ => Self::Any,
        }
    }

    /// What a path finds; a path that is more than names finds anything.
    pub(in crate::check) fn at(&self, path: &Path) -> Finding {
        match path_names(path) {
            Some(names) => self.member(&names),
            None => Finding::Value(Self::Any),
        }
    }

    /// What the names lead to, one after the other.
    pub(in crate::check) fn member(&self, names: &[&str]) -> Finding {
        let mut shape = self.clone();
        for name in names {
            shape = match &shape {
                Self::Any => return Finding::Value(Self::Any),
                Self::Scalar => {
                    return Finding::Nothing {
                        name: (*name).to_owned(),
                        known: Vec::new(),
                    };
                }
                Self::Object(members) => match members.get(*name) {
                    Some(inner) => inner.clone(),
                    None => {
                        let known = members.keys().map(ToString::to_string).collect();
                        return Finding::Nothing {
                            name: (*name).to_owned(),
                            known,
                        };
                    }
                },
            };
        }
        Finding::Value(shape)
    }

    /// The same with a value set where the names lead, as `ResultPath` does.
    pub(in crate::check) fn with(&self, names: &[&str], value: Shape) -> Self {
        let Some((first, rest)) = names.split_first() else {
            return value;
        };
        match self {
            Self::Object(members) if names.len() <= DEEPEST && members.len() < MOST_MEMBERS => {
                let empty = Self::object([]);
                let inner = members.get(*first).unwrap_or(&empty).with(rest, value);
                let mut members = (**members).clone();
                members.insert((*first).into(), inner);
                Self::Object(Rc::new(members))
            }
            Self::Any | Self::Scalar | Self::Object(_) => Self::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, Shape};

    #[test]
    fn an_object_has_no_other_members_than_those_that_were_set() {
        let shape = Shape::named(&["a"]).with(&["b", "c"], Shape::Scalar);
        assert_eq!(shape.member(&["a", "x", "y"]), Finding::Value(Shape::Any));
        assert_eq!(shape.member(&["b", "c"]), Finding::Value(Shape::Scalar));
        let nothing = Finding::Nothing {
            name: "d".to_owned(),
            known: vec!["c".to_owned()],
        };
        assert_eq!(shape.member(&["b", "d"]), nothing);
    }

    #[test]
    fn what_comes_on_two_ways_may_have_the_members_of_both() {
        let joined = Shape::named(&["a"]).join(&Shape::named(&["b"]));
        assert_eq!(joined.member(&["a"]), Finding::Value(Shape::Any));
        assert!(matches!(joined.member(&["c"]), Finding::Nothing { .. }));
        assert_eq!(joined.join(&Shape::Any), Shape::Any);
    }
}
