//! What an expression reads and calls, found by looking at it: for checkers, which know what there is.
//!
//! Nothing is evaluated and nothing is judged. The work grows with the length of the text; a list of what is still to do stands for the call
//! stack.

use crate::Expression;
use crate::syntax::{At, Kind, NodeId, Stage};
use std::collections::HashMap;
use std::ops::Range;

/// One thing that an expression reads or calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use<'e> {
    /// What it is.
    pub kind: UseKind<'e>,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// What an expression reads or calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseKind<'e> {
    /// A bare name that is looked up in the input of the whole expression. Later steps of a path, predicates, sort keys and groupings look into
    /// what stands before them and are not meant.
    Name(&'e str),
    /// `$` where it is the input of the whole expression.
    Context,
    /// `$$`
    Root,
    /// A variable that the expression does not bind itself.
    Variable {
        /// Without `$`.
        name: &'e str,
        /// The names behind it: `["input", "a"]` for `$states.input.a[0].b`.
        members: Vec<&'e str>,
    },
    /// A call of a function that the expression does not bind itself.
    Call {
        /// Without `$`.
        name: &'e str,
        /// How many arguments are written; what stands before `~>` counts. None when the call leaves gaps.
        arguments: Option<usize>,
    },
}

impl Expression {
    /// What the expression reads and calls, in the order in which it is evaluated.
    #[must_use]
    pub fn uses(&self) -> Vec<Use<'_>> {
        let mut walk = Walk {
            open: vec![Task::Look {
                node: self.program.root,
                outside: true,
            }],
            bound: HashMap::new(),
            scopes: vec![Vec::new()],
            found: Vec::new(),
        };
        let program = &self.program;
        while let Some(task) = walk.open.pop() {
            match task {
                Task::Look { node, outside } => walk.look(At { program, id: node }, outside, 0),
                Task::Function { node, given } => walk.function(At { program, id: node }, given),
                Task::Bind(name) => walk.bind(name),
                Task::Open => walk.scopes.push(Vec::new()),
                Task::Close => walk.close(),
            }
        }
        walk.found
    }
}

/// What is still to do.
enum Task<'e> {
    Look {
        node: NodeId,
        /// Whether names in it are looked up in the input of the whole expression.
        outside: bool,
    },
    /// The right side of `~>`, with how many arguments come from the left.
    Function {
        node: NodeId,
        given: usize,
    },
    Bind(&'e str),
    Open,
    Close,
}

struct Walk<'e> {
    /// Last things first.
    open: Vec<Task<'e>>,
    /// How many scopes bind a name.
    bound: HashMap<&'e str, usize>,
    scopes: Vec<Vec<&'e str>>,
    found: Vec<Use<'e>>,
}

impl<'e> Walk<'e> {
    fn look(&mut self, at: At<'e>, outside: bool, given: usize) {
        self.behind(at);
        let children = |walk: &mut Self, nodes: &[NodeId]| walk.later(nodes, outside);
        match &at.node().kind {
            Kind::Name(name) if outside => self.note(at, UseKind::Name(name)),
            Kind::Variable(name) => self.variable(at, name, outside),
            Kind::Path { steps, .. } => self.path(at, steps, outside),
            Kind::Sort(terms) => {
                let keys: Vec<NodeId> = terms.iter().map(|term| term.key).collect();
                self.later(&keys, false);
            }
            Kind::Binary(_, left, right)
            | Kind::Default(left, right)
            | Kind::Coalesce(left, right) => children(self, &[*left, *right]),
            Kind::Apply(left, right) => {
                self.open.push(Task::Function {
                    node: *right,
                    given: 1,
                });
                children(self, &[*left]);
            }
            Kind::Negate(inner) => children(self, &[*inner]),
            Kind::Array(items) => children(self, items),
            Kind::Object(pairs) => {
                let pairs: Vec<NodeId> = pairs
                    .iter()
                    .flat_map(|(name, value)| [*name, *value])
                    .collect();
                children(self, &pairs);
            }
            Kind::Bind(name, value) => {
                self.open.push(Task::Bind(name));
                children(self, &[*value]);
            }
            Kind::Call {
                function,
                arguments,
                ..
            } => {
                children(self, arguments);
                self.called(at.child(*function), Some(arguments.len() + given), outside);
            }
            Kind::Partial(function, arguments) => {
                let arguments: Vec<NodeId> = arguments.iter().flatten().copied().collect();
                children(self, &arguments);
                self.called(at.child(*function), None, outside);
            }
            Kind::Lambda {
                parameters, body, ..
            } => {
                self.open.push(Task::Close);
                children(self, &[*body]);
                let parameters = parameters.iter().rev();
                self.open
                    .extend(parameters.map(|parameter| Task::Bind(parameter)));
                self.open.push(Task::Open);
            }
            Kind::Condition(condition, then, otherwise) => {
                let parts: Vec<NodeId> =
                    [*condition, *then].into_iter().chain(*otherwise).collect();
                children(self, &parts);
            }
            Kind::Block(parts) => {
                self.open.push(Task::Close);
                children(self, parts);
                self.open.push(Task::Open);
            }
            Kind::Transform(pattern, update, deletion) => {
                let parts: Vec<NodeId> = [*pattern, *update].into_iter().chain(*deletion).collect();
                self.later(&parts, false);
            }
            Kind::Name(_)
            | Kind::Literal(_)
            | Kind::Regex(_)
            | Kind::Wildcard
            | Kind::Descendants
            | Kind::Parent(_)
            | Kind::Broken => {}
        }
    }

    /// What the right side of `~>` is called with.
    fn function(&mut self, at: At<'e>, given: usize) {
        match &at.node().kind {
            Kind::Variable(name) if !name.is_empty() => self.called(at, Some(given), true),
            _ => self.look(at, true, given),
        }
    }

    /// Predicates, stages and the grouping behind a node look into what it gives.
    fn behind(&mut self, at: At<'e>) {
        let Some(extras) = at.extras() else { return };
        if let Some(group) = &extras.group {
            let pairs: Vec<NodeId> = group
                .pairs
                .iter()
                .flat_map(|(name, value)| [*name, *value])
                .collect();
            self.later(&pairs, false);
        }
        for stage in extras.stages.iter().rev() {
            match stage {
                Stage::Filter(predicate) => self.later(&[*predicate], false),
                Stage::Index(name) => self.open.push(Task::Bind(name)),
            }
        }
        self.later(&extras.predicates, false);
        let names = extras.index.iter().chain(&extras.focus);
        self.open.extend(names.map(|name| Task::Bind(name)));
    }

    fn path(&mut self, at: At<'e>, steps: &[NodeId], outside: bool) {
        let Some((first, rest)) = steps.split_first() else {
            return;
        };
        self.open.push(Task::Close);
        self.later(rest, false);
        let first = at.child(*first);
        match &first.node().kind {
            Kind::Variable(name) if !name.is_empty() && &**name != "$" => {
                self.behind(first);
                self.members(first, name, rest);
            }
            _ => self.open.push(Task::Look {
                node: first.id,
                outside,
            }),
        }
        self.open.push(Task::Open);
    }

    /// A variable at the beginning of a path, with the names that follow.
    fn members(&mut self, first: At<'e>, name: &'e str, rest: &[NodeId]) {
        if self.is_bound(name) {
            return;
        }
        let mut members = Vec::new();
        let mut span = first.node().span();
        let mut before = first;
        for step in rest.iter().map(|step| first.child(*step)) {
            match (&step.node().kind, is_plain(before)) {
                (Kind::Name(name), true) => members.push(&**name),
                _ => break,
            }
            span.end = step.node().span().end;
            before = step;
        }
        self.found.push(Use {
            kind: UseKind::Variable { name, members },
            span,
        });
    }

    fn variable(&mut self, at: At<'e>, name: &'e str, outside: bool) {
        match name {
            "" if outside => self.note(at, UseKind::Context),
            "" => {}
            "$" => self.note(at, UseKind::Root),
            _ if self.is_bound(name) => {}
            _ => self.note(
                at,
                UseKind::Variable {
                    name,
                    members: Vec::new(),
                },
            ),
        }
    }

    fn called(&mut self, function: At<'e>, arguments: Option<usize>, outside: bool) {
        match &function.node().kind {
            Kind::Variable(name) if !name.is_empty() => {
                if !self.is_bound(name) {
                    self.note(function, UseKind::Call { name, arguments });
                }
            }
            _ => self.later(&[function.id], outside),
        }
    }

    fn note(&mut self, at: At<'e>, kind: UseKind<'e>) {
        self.found.push(Use {
            kind,
            span: at.node().span(),
        });
    }

    fn later(&mut self, nodes: &[NodeId], outside: bool) {
        let nodes = nodes.iter().rev();
        self.open.extend(nodes.map(|node| Task::Look {
            node: *node,
            outside,
        }));
    }

    fn is_bound(&self, name: &str) -> bool {
        self.bound.get(name).is_some_and(|count| *count > 0)
    }

    fn bind(&mut self, name: &'e str) {
        *self.bound.entry(name).or_default() += 1;
        if let Some(scope) = self.scopes.last_mut() {
            scope.push(name);
        }
    }

    fn close(&mut self) {
        for name in self.scopes.pop().unwrap_or_default() {
            if let Some(count) = self.bound.get_mut(name) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

/// Whether nothing stands behind a step.
fn is_plain(step: At<'_>) -> bool {
    step.extras().is_none_or(|extras| {
        extras.predicates.is_empty() && extras.stages.is_empty() && extras.group.is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::UseKind;
    use crate::Expression;

    /// Each use in a few letters, with the text at its place.
    fn uses(text: &str) -> Vec<String> {
        let expression = Expression::read(text);
        let found = expression.uses();
        let shown = found.iter().map(|found| {
            let kind = match &found.kind {
                UseKind::Name(name) => format!("name {name}"),
                UseKind::Context => "context".to_owned(),
                UseKind::Root => "root".to_owned(),
                UseKind::Variable { name, members } => format!("${name} {members:?}"),
                UseKind::Call { name, arguments } => format!("call {name} {arguments:?}"),
            };
            format!("{kind} at {}", &text[found.span.clone()])
        });
        shown.collect()
    }

    #[test]
    fn variables_are_found_with_the_names_behind_them() {
        assert_eq!(
            uses("$states.input.a[0].b & $name"),
            [
                "$states [\"input\", \"a\"] at $states.input.a",
                "$name [] at $name"
            ]
        );
    }

    #[test]
    fn names_are_reported_where_they_read_the_input() {
        assert_eq!(uses("phone"), ["name phone at phone"]);
        assert_eq!(uses("phone.number"), ["name phone at phone"]);
        assert_eq!(
            uses("$states.input.list[price > 5].{name: $}"),
            ["$states [\"input\", \"list\"] at $states.input.list"]
        );
        assert_eq!(
            uses("$states.input^(price)"),
            ["$states [\"input\"] at $states.input"]
        );
        assert_eq!(
            uses("$map($states.input.a, function($x){ b + $x })"),
            [
                "call map Some(2) at $map",
                "$states [\"input\", \"a\"] at $states.input.a",
                "name b at b"
            ]
        );
        assert_eq!(uses("{aaa: 1}"), ["name aaa at aaa"]);
        assert_eq!(uses("$ & $$"), ["context at $", "root at $$"]);
    }

    #[test]
    fn what_the_expression_binds_is_left_out() {
        assert_eq!(
            uses("($x := 1; $f := function($y){ $x + $y }; $f($x))"),
            Vec::<String>::new()
        );
        assert_eq!(uses("($x := 1; 2) & $x"), ["$x [] at $x"]);
        assert_eq!(
            uses("$states.input.a@$item#$at.{\"n\": $at, \"i\": $item}"),
            ["$states [\"input\", \"a\"] at $states.input.a"]
        );
    }

    #[test]
    fn calls_count_their_arguments() {
        assert_eq!(uses("$sum([1, 2])"), ["call sum Some(1) at $sum"]);
        assert_eq!(uses("[1] ~> $sum()"), ["call sum Some(1) at $sum"]);
        assert_eq!(uses("[1] ~> $sum"), ["call sum Some(1) at $sum"]);
        assert_eq!(
            uses("$substring(?, 1)"),
            ["call substring None at $substring"]
        );
    }

    #[test]
    fn long_chains_and_broken_texts_are_looked_at_without_trouble() {
        let chain = vec!["$a"; 20_000].join(" + ");
        assert_eq!(uses(&chain).len(), 20_000);
        for broken in ["", "(", "$x :=", "a[", "function($x"] {
            uses(broken);
        }
    }
}
