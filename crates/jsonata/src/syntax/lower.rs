//! From operators to paths: dots become steps, brackets become predicates of the step that they stand behind.
//!
//! One loop over the list of raw nodes, children first. What it cannot accept it reports and marks as broken.

mod direct;

use super::ancestry::Ancestry;
use super::raw::{Pair, Raw, RawId, RawKind, RawTerm};
use super::tree::{Extras, Group, Kind, Literal, Node, NodeId, Operator, Program, SortTerm, Stage};
use crate::fault::{Code, Error, Fault};

/// The tree, and what is wrong with it, first things first.
pub(super) fn lower(text: &str, raw: &[Raw], root: RawId) -> (Program, Vec<Error>) {
    let mut lowering = Lowering {
        text,
        program: Program::default(),
        ancestry: Ancestry::default(),
        ids: Vec::with_capacity(raw.len()),
        errors: Vec::new(),
    };
    for raw in raw {
        lowering.add(raw);
    }
    lowering.program.root = lowering.id(root);
    lowering.check_root();
    direct::mark(&mut lowering.program);
    (lowering.program, lowering.errors)
}

struct Lowering<'t> {
    text: &'t str,
    program: Program,
    ancestry: Ancestry,
    /// The node that each raw node has become.
    ids: Vec<NodeId>,
    errors: Vec<Error>,
}

impl Lowering<'_> {
    fn add(&mut self, raw: &Raw) {
        let node = self.lowered(raw).unwrap_or_else(|fault| {
            let fault = fault.at(raw.span.clone(), raw.position);
            self.errors.push(fault);
            self.push(Kind::Broken, raw)
        });
        if raw.keep_array {
            self.change(node, |node| node.keep_array = true);
        }
        self.ids.push(node);
    }

    fn id(&self, raw: RawId) -> NodeId {
        self.ids.get(raw).copied().unwrap_or_default()
    }

    fn all(&self, raw: &[RawId]) -> Vec<NodeId> {
        raw.iter().map(|raw| self.id(*raw)).collect()
    }

    fn pairs(&self, pairs: &[Pair]) -> Vec<(NodeId, NodeId)> {
        pairs
            .iter()
            .map(|(name, value)| (self.id(*name), self.id(*value)))
            .collect()
    }

    fn push(&mut self, kind: Kind, raw: &Raw) -> NodeId {
        let small = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.program.nodes.push(Node {
            kind,
            start: small(raw.span.start),
            end: small(raw.span.end),
            position: small(raw.position),
            keep_array: false,
            constructed: false,
            tuple: false,
            height: 0,
            extras: None,
        });
        small(self.program.nodes.len() - 1)
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.program.nodes.get(id as usize)
    }

    fn change<R: Default>(&mut self, id: NodeId, change: impl FnOnce(&mut Node) -> R) -> R {
        self.program
            .nodes
            .get_mut(id as usize)
            .map(change)
            .unwrap_or_default()
    }

    fn extras<R: Default>(&mut self, id: NodeId, change: impl FnOnce(&mut Extras) -> R) -> R {
        self.change(id, |node| {
            change(node.extras.get_or_insert_with(Box::default))
        })
    }

    fn is_path(&self, id: NodeId) -> bool {
        self.node(id)
            .is_some_and(|node| matches!(node.kind, Kind::Path { .. }))
    }

    fn steps(&self, id: NodeId) -> &[NodeId] {
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Path { steps, .. }) => steps,
            _ => &[],
        }
    }

    /// The step that something behind this node is about: the last one of a path, else the node itself.
    fn last_step(&self, id: NodeId) -> NodeId {
        self.steps(id).last().copied().unwrap_or(id)
    }

    /// What a node asks for below is asked for by the node around it.
    fn pass_on(&mut self, from: &[NodeId], to: NodeId) {
        for from in from {
            self.ancestry.pass_on(&self.program, *from, to);
        }
    }

    /// A new node whose children ask on.
    fn with_children(&mut self, kind: Kind, children: &[NodeId], raw: &Raw) -> NodeId {
        let node = self.push(kind, raw);
        self.pass_on(children, node);
        node
    }

    fn lowered(&mut self, raw: &Raw) -> Result<NodeId, Fault> {
        Ok(match &raw.kind {
            RawKind::Literal(literal) => self.push(Kind::Literal(literal.clone()), raw),
            RawKind::Name(name) => self.name(name, raw),
            RawKind::Variable(name) => self.push(Kind::Variable(name.clone()), raw),
            RawKind::Regex(regex) => self.push(Kind::Regex(regex.clone()), raw),
            RawKind::Wildcard => self.push(Kind::Wildcard, raw),
            RawKind::Descendants => self.push(Kind::Descendants, raw),
            RawKind::Parent => {
                let slot = self.ancestry.slot(&mut self.program);
                self.push(Kind::Parent(slot), raw)
            }
            RawKind::Dot(left, right) => return self.dot(*left, *right, raw),
            RawKind::Filter(left, predicate) => return self.filter(*left, *predicate),
            RawKind::GroupBy(left, pairs) => return self.group(*left, pairs, raw),
            RawKind::SortBy(left, terms) => return self.sort(*left, terms, raw),
            RawKind::Focus(left, name) => return self.focus(*left, name, raw),
            RawKind::Index(left, name) => self.index(*left, name, raw),
            RawKind::Missing => return Err(Fault::new(Code::S0207)),
            RawKind::Broken => self.push(Kind::Broken, raw),
            RawKind::Binary(..)
            | RawKind::Bind(..)
            | RawKind::Apply(..)
            | RawKind::Negate(_)
            | RawKind::Array(_)
            | RawKind::Object(_)
            | RawKind::Block(_) => self.operator(raw),
            RawKind::Call(..)
            | RawKind::Partial(..)
            | RawKind::Lambda { .. }
            | RawKind::Transform(..) => self.function(raw),
            RawKind::Condition(..) | RawKind::Default(..) | RawKind::Coalesce(..) => {
                self.condition(raw)
            }
        })
    }

    fn operator(&mut self, raw: &Raw) -> NodeId {
        match &raw.kind {
            RawKind::Binary(operator, left, right) => self.binary(*operator, *left, *right, raw),
            RawKind::Bind(name, value) => {
                let value = self.id(*value);
                self.with_children(Kind::Bind(name.clone(), value), &[value], raw)
            }
            RawKind::Apply(left, right) => {
                let (left, right) = (self.id(*left), self.id(*right));
                let keeps = |id| self.node(id).is_some_and(|node| node.keep_array);
                let keep_array = keeps(left) || keeps(right);
                let node = self.push(Kind::Apply(left, right), raw);
                self.change(node, |node| node.keep_array = keep_array);
                node
            }
            RawKind::Negate(operand) => self.negate(*operand, raw),
            RawKind::Array(items) => {
                let items = self.all(items);
                self.with_children(Kind::Array(items.clone()), &items, raw)
            }
            RawKind::Object(pairs) => {
                let pairs = self.pairs(pairs);
                let children: Vec<NodeId> = pairs
                    .iter()
                    .flat_map(|(name, value)| [*name, *value])
                    .collect();
                self.with_children(Kind::Object(pairs), &children, raw)
            }
            RawKind::Block(parts) => self.block(parts, raw),
            _ => self.push(Kind::Broken, raw),
        }
    }

    fn function(&mut self, raw: &Raw) -> NodeId {
        match &raw.kind {
            RawKind::Call(function, arguments) => {
                let function = self.id(*function);
                let arguments = self.all(arguments);
                let children = arguments.clone();
                let tail = false;
                let kind = Kind::Call {
                    function,
                    arguments,
                    tail,
                };
                self.with_children(kind, &children, raw)
            }
            RawKind::Partial(function, arguments) => {
                let function = self.id(*function);
                let arguments = arguments
                    .iter()
                    .map(|argument| argument.map(|argument| self.id(argument)));
                let arguments: Vec<Option<NodeId>> = arguments.collect();
                let children: Vec<NodeId> = arguments.iter().flatten().copied().collect();
                self.with_children(Kind::Partial(function, arguments), &children, raw)
            }
            RawKind::Lambda {
                parameters,
                signature,
                body,
            } => {
                let body = self.id(*body);
                self.mark_tail_calls(body);
                let (parameters, signature) = (parameters.clone(), signature.clone());
                self.push(
                    Kind::Lambda {
                        parameters,
                        signature,
                        body,
                    },
                    raw,
                )
            }
            RawKind::Transform(pattern, update, deletion) => {
                let (pattern, update) = (self.id(*pattern), self.id(*update));
                let deletion = deletion.map(|deletion| self.id(deletion));
                self.push(Kind::Transform(pattern, update, deletion), raw)
            }
            _ => self.push(Kind::Broken, raw),
        }
    }

    fn condition(&mut self, raw: &Raw) -> NodeId {
        match &raw.kind {
            RawKind::Condition(condition, then, otherwise) => {
                let (condition, then) = (self.id(*condition), self.id(*then));
                let otherwise = otherwise.map(|otherwise| self.id(otherwise));
                let children: Vec<NodeId> =
                    [condition, then].into_iter().chain(otherwise).collect();
                self.with_children(Kind::Condition(condition, then, otherwise), &children, raw)
            }
            RawKind::Default(left, right) => {
                let (left, right) = (self.id(*left), self.id(*right));
                self.with_children(Kind::Default(left, right), &[left, right], raw)
            }
            RawKind::Coalesce(left, right) => {
                let (left, right) = (self.id(*left), self.id(*right));
                self.with_children(Kind::Coalesce(left, right), &[left, right], raw)
            }
            _ => self.push(Kind::Broken, raw),
        }
    }

    /// A name is a path of one step.
    fn name(&mut self, name: &str, raw: &Raw) -> NodeId {
        let step = self.push(Kind::Name(name.into()), raw);
        self.change(step, |step| step.keep_array = raw.keep_array);
        let steps = vec![step];
        let keep_singleton = raw.keep_array;
        self.push(
            Kind::Path {
                steps,
                keep_singleton,
            },
            raw,
        )
    }

    fn binary(&mut self, operator: Operator, left: RawId, right: RawId, raw: &Raw) -> NodeId {
        let (left, right) = (self.id(left), self.id(right));
        self.with_children(Kind::Binary(operator, left, right), &[left, right], raw)
    }

    fn negate(&mut self, operand: RawId, raw: &Raw) -> NodeId {
        let operand = self.id(operand);
        let negated = self.change(operand, |node| {
            let Kind::Literal(Literal::Number(number)) = &mut node.kind else {
                return false;
            };
            *number = -*number;
            node.start = u32::try_from(raw.span.start).unwrap_or(node.start);
            true
        });
        if negated {
            return operand;
        }
        self.with_children(Kind::Negate(operand), &[operand], raw)
    }

    fn block(&mut self, parts: &[RawId], raw: &Raw) -> NodeId {
        let parts = self.all(parts);
        let constructed = parts.iter().any(|part| {
            let first = self.steps(*part).first().unwrap_or(part);
            let is = |id| self.node(id).is_some_and(|node| node.constructed);
            is(*part) || is(*first)
        });
        let node = self.with_children(Kind::Block(parts.clone()), &parts, raw);
        self.change(node, |node| node.constructed = constructed);
        node
    }

    /// The path that a node is, or a new one of this step.
    fn path_of(&mut self, node: NodeId, raw: &Raw) -> NodeId {
        if self.is_path(node) {
            let end = u32::try_from(raw.span.end).unwrap_or(u32::MAX);
            self.change(node, |node| node.end = node.end.max(end));
            return node;
        }
        let (steps, keep_singleton) = (vec![node], false);
        self.push(
            Kind::Path {
                steps,
                keep_singleton,
            },
            raw,
        )
    }

    fn add_steps(&mut self, path: NodeId, more: &[NodeId]) {
        self.change(path, |node| {
            if let Kind::Path { steps, .. } = &mut node.kind {
                steps.extend_from_slice(more);
            }
        });
    }

    fn dot(&mut self, left: RawId, right: RawId, raw: &Raw) -> Result<NodeId, Fault> {
        let (left, right) = (self.id(left), self.id(right));
        let known = self.steps(left).len();
        let path = self.path_of(left, raw);
        if let Some(Kind::Parent(slot)) = self.node(left).map(|node| &node.kind) {
            let slot = *slot;
            self.ancestry.seek(path, slot);
        }
        if self.is_path(right) {
            let steps = self.steps(right).to_vec();
            self.add_steps(path, &steps);
        } else {
            self.predicates_to_stages(right);
            self.add_steps(path, &[right]);
        }
        // What is new is looked at, and the ends of what was there, since sorting and binding may have changed them: a long path takes no longer
        // than it is.
        let (old, new) = self.steps(path).split_at_checked(known).unwrap_or_default();
        let ends = old.first().into_iter().chain(old.last());
        let new: Vec<NodeId> = ends.chain(new).copied().collect();
        self.name_steps(&new)?;
        self.note_arrays(path, &new);
        self.ancestry.of_path(&mut self.program, path)?;
        Ok(path)
    }

    /// What a path does with each result of a step is a stage, not a predicate.
    fn predicates_to_stages(&mut self, step: NodeId) {
        self.extras(step, |extras| {
            let predicates = std::mem::take(&mut extras.predicates);
            if !predicates.is_empty() {
                extras.stages = predicates.into_iter().map(Stage::Filter).collect();
            }
        });
    }

    /// Texts as steps are names; other literals lead nowhere.
    fn name_steps(&mut self, steps: &[NodeId]) -> Result<(), Fault> {
        for step in steps.iter().copied() {
            let Some(Node {
                kind: Kind::Literal(literal),
                ..
            }) = self.node(step)
            else {
                continue;
            };
            match literal.clone() {
                Literal::Text(text) => self.change(step, |node| node.kind = Kind::Name(text)),
                Literal::Number(_) | Literal::Bool(_) | Literal::Null => {
                    let (span, position) =
                        self.change(step, |node| (node.span(), node.position as usize));
                    let shown = self.text.get(span.clone()).unwrap_or_default();
                    return Err(Fault::with(Code::S0213, shown).at(span, position));
                }
            }
        }
        Ok(())
    }

    /// `[]` at any step keeps the path's result an array; arrays written as the first or last step are not flattened.
    fn note_arrays(&mut self, path: NodeId, new: &[NodeId]) {
        let keeps = new
            .iter()
            .any(|step| self.node(*step).is_some_and(|node| node.keep_array));
        self.change(path, |node| {
            if let Kind::Path { keep_singleton, .. } = &mut node.kind {
                *keep_singleton |= keeps;
            }
        });
        let steps = self.steps(path);
        let ends = [steps.first().copied(), steps.last().copied()];
        for step in ends.into_iter().flatten() {
            self.change(step, |node| {
                node.constructed |= matches!(node.kind, Kind::Array(_));
            });
        }
    }

    fn filter(&mut self, left: RawId, predicate: RawId) -> Result<NodeId, Fault> {
        let (left, predicate) = (self.id(left), self.id(predicate));
        let step = self.last_step(left);
        if self.extras(step, |extras| extras.group.is_some()) {
            return Err(Fault::new(Code::S0209));
        }
        self.ancestry
            .of_predicate(&mut self.program, step, predicate)?;
        let of_path = self.is_path(left);
        self.extras(step, |extras| {
            if of_path {
                extras.stages.push(Stage::Filter(predicate));
            } else {
                extras.predicates.push(predicate);
            }
        });
        Ok(left)
    }

    fn group(&mut self, left: RawId, pairs: &[Pair], raw: &Raw) -> Result<NodeId, Fault> {
        let left = self.id(left);
        let pairs = self.pairs(pairs);
        let position = u32::try_from(raw.position).unwrap_or(u32::MAX);
        let earlier = self.extras(left, |extras| {
            extras.group.replace(Group { pairs, position })
        });
        if earlier.is_some() {
            return Err(Fault::new(Code::S0210));
        }
        Ok(left)
    }

    fn sort(&mut self, left: RawId, terms: &[RawTerm], raw: &Raw) -> Result<NodeId, Fault> {
        let left = self.id(left);
        let path = self.path_of(left, raw);
        let terms: Vec<SortTerm> = terms
            .iter()
            .map(|term| SortTerm {
                descending: term.descending,
                key: self.id(term.key),
            })
            .collect();
        let keys: Vec<NodeId> = terms.iter().map(|term| term.key).collect();
        let step = self.with_children(Kind::Sort(terms), &keys, raw);
        self.add_steps(path, &[step]);
        self.ancestry.of_path(&mut self.program, path)?;
        Ok(path)
    }

    fn focus(&mut self, left: RawId, name: &str, raw: &Raw) -> Result<NodeId, Fault> {
        let left = self.id(left);
        let step = self.last_step(left);
        let filtered = self.extras(step, |extras| {
            !extras.stages.is_empty() || !extras.predicates.is_empty()
        });
        if filtered {
            return Err(Fault::new(Code::S0215));
        }
        if self
            .node(step)
            .is_some_and(|node| matches!(node.kind, Kind::Sort(_)))
        {
            return Err(Fault::new(Code::S0216));
        }
        self.extras(step, |extras| extras.focus = Some(name.into()));
        self.change(step, |node| {
            node.tuple = true;
            node.keep_array |= raw.keep_array;
        });
        Ok(left)
    }

    fn index(&mut self, left: RawId, name: &str, raw: &Raw) -> NodeId {
        let left = self.id(left);
        let step = self.last_step(left);
        if !self.is_path(left) {
            self.predicates_to_stages(left);
        }
        let path = self.path_of(left, raw);
        self.extras(step, |extras| {
            if extras.stages.is_empty() {
                extras.index = Some(name.into());
            } else {
                extras.stages.push(Stage::Index(name.into()));
            }
        });
        self.change(step, |node| node.tuple = true);
        path
    }

    /// Calls that are the last thing a lambda does need no room to come back to.
    fn mark_tail_calls(&mut self, body: NodeId) {
        let mut last = vec![body];
        while let Some(id) = last.pop() {
            self.change(id, |node| match &mut node.kind {
                Kind::Call { tail, .. } => {
                    *tail = node
                        .extras
                        .as_ref()
                        .is_none_or(|extras| extras.predicates.is_empty());
                }
                Kind::Condition(_, then, otherwise) => {
                    last.push(*then);
                    last.extend(*otherwise);
                }
                Kind::Default(_, right) | Kind::Coalesce(_, right) => last.push(*right),
                Kind::Block(parts) => last.extend(parts.last()),
                _ => {}
            });
        }
    }

    /// At the top there is no path around that could have what `%` asks for.
    fn check_root(&mut self) {
        let root = self.program.root;
        let asks = !self.ancestry.seeking(root).is_empty();
        let Some(node) = self.program.nodes.get(root as usize) else {
            return;
        };
        if asks || matches!(node.kind, Kind::Parent(_)) {
            let fault = Fault::new(Code::S0217).token(node.kind.word());
            self.errors
                .push(fault.at(node.span(), node.position as usize));
        }
    }
}
