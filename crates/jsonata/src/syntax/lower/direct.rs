//! Which nodes can be computed at once.
//!
//! The machine keeps what is under way in a list of its own, so that expressions can nest and recurse as they like. What is small, calls nothing
//! that could call back and binds no variable needs no such list: it is computed by plain recursion, whose height is bounded here.

use crate::functions::is_plain;
use crate::syntax::tree::{Extras, Kind, Node, NodeId, Program, Stage};

/// The highest that is computed at once.
const HIGHEST: u8 = 12;

/// Notes the height of every node that can be computed at once.
pub(super) fn mark(program: &mut Program) {
    let mut done = vec![false; program.nodes.len()];
    let mut stack = vec![(program.root, false)];
    // Bodies of functions, predicates and the like are reached from the root as well.
    while let Some((id, children_are_done)) = stack.pop() {
        let place = id as usize;
        let Some(node) = program.nodes.get(place) else {
            continue;
        };
        if children_are_done {
            let height = height(program, node);
            if let Some(node) = program.nodes.get_mut(place) {
                node.height = height;
            }
        } else if !std::mem::replace(done.get_mut(place).unwrap_or(&mut false), true) {
            stack.push((id, true));
            children(node, &mut |child| stack.push((child, false)));
        }
    }
}

/// All nodes right below a node.
fn children(node: &Node, see: &mut impl FnMut(NodeId)) {
    match &node.kind {
        Kind::Path { steps: all, .. } | Kind::Array(all) | Kind::Block(all) => {
            all.iter().copied().for_each(&mut *see)
        }
        Kind::Sort(terms) => terms.iter().for_each(|term| see(term.key)),
        Kind::Binary(_, left, right)
        | Kind::Apply(left, right)
        | Kind::Default(left, right)
        | Kind::Coalesce(left, right) => [*left, *right].into_iter().for_each(&mut *see),
        Kind::Negate(only) | Kind::Bind(_, only) | Kind::Lambda { body: only, .. } => see(*only),
        Kind::Object(pairs) => pairs.iter().for_each(|(name, value)| {
            see(*name);
            see(*value);
        }),
        Kind::Call {
            function,
            arguments,
            ..
        } => {
            see(*function);
            arguments.iter().copied().for_each(&mut *see);
        }
        Kind::Partial(function, arguments) => {
            see(*function);
            arguments.iter().flatten().copied().for_each(&mut *see);
        }
        Kind::Condition(one, two, three) | Kind::Transform(one, two, three) => {
            [Some(*one), Some(*two), *three]
                .into_iter()
                .flatten()
                .for_each(&mut *see);
        }
        Kind::Literal(_)
        | Kind::Name(_)
        | Kind::Variable(_)
        | Kind::Regex(_)
        | Kind::Wildcard
        | Kind::Descendants
        | Kind::Parent(_)
        | Kind::Broken => {}
    }
    if let Some(extras) = &node.extras {
        behind(extras, see);
    }
}

fn behind(extras: &Extras, see: &mut impl FnMut(NodeId)) {
    extras.predicates.iter().copied().for_each(&mut *see);
    for stage in &extras.stages {
        if let Stage::Filter(filter) = stage {
            see(*filter);
        }
    }
    for (name, value) in extras.group.iter().flat_map(|group| &group.pairs) {
        see(*name);
        see(*value);
    }
}

fn height(program: &Program, node: &Node) -> u8 {
    let extras = node.extras.as_deref();
    let bound = extras.is_some_and(|extras| {
        extras.group.is_some()
            || extras.focus.is_some()
            || extras.index.is_some()
            || extras.ancestor.is_some()
            || extras
                .stages
                .iter()
                .any(|stage| matches!(stage, Stage::Index(_)))
    });
    if node.tuple || bound || !can_be_direct(program, node) {
        return 0;
    }
    let mut highest = 0;
    let mut all_direct = true;
    children(node, &mut |child| {
        let height = program
            .nodes
            .get(child as usize)
            .map_or(0, |child| child.height);
        all_direct &= height > 0;
        highest = highest.max(height);
    });
    let height = highest + 1;
    if all_direct && height <= HIGHEST {
        height
    } else {
        0
    }
}

fn can_be_direct(program: &Program, node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(_)
        | Kind::Name(_)
        | Kind::Variable(_)
        | Kind::Regex(_)
        | Kind::Wildcard
        | Kind::Descendants
        | Kind::Path { .. }
        | Kind::Binary(..)
        | Kind::Negate(_)
        | Kind::Array(_)
        | Kind::Condition(..)
        | Kind::Default(..)
        | Kind::Coalesce(..) => true,
        // More than one part may bind variables for the next.
        Kind::Block(parts) => parts.len() == 1,
        Kind::Call { function, .. } => {
            let function = program.nodes.get(*function as usize);
            let bare = function.filter(|function| function.extras.is_none());
            let named = bare.map(|function| &function.kind);
            matches!(named, Some(Kind::Variable(name)) if is_plain(name))
        }
        Kind::Parent(_)
        | Kind::Sort(_)
        | Kind::Object(_)
        | Kind::Bind(..)
        | Kind::Apply(..)
        | Kind::Partial(..)
        | Kind::Lambda { .. }
        | Kind::Transform(..)
        | Kind::Broken => false,
    }
}
