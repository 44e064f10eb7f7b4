//! The machine: what is under way stands in a list of frames, so that nothing that an expression asks for recurses on the real stack.
//!
//! One loop: either a node is to be evaluated, or a value is there for the frame on top. A frame takes the value and says what comes next. Each
//! kind of frame has a file of its own.

use super::apply::Site;
use super::block::{ArrayFrame, BinaryFrame, BlockFrame};
use super::budget::Budget;
use super::call::{ApplyFrame, CallFrame, PartialFrame};
use super::filter::PredicateFrame;
use super::function::{Callable, Lambda, Transform};
use super::group::GroupFrame;
use super::higher::HigherFrame;
use super::path::PathFrame;
use super::scope::{GLOBAL, Mark, ScopeId, Scopes};
use super::sort::SortFunctionFrame;
use super::transform::TransformFrame;
use super::{Environment, Function, Host, Profile, operators, steps};
use crate::fault::{Code, Fault};
use crate::functions::Builtin;
use crate::syntax::{At, Kind, Literal, NodeId};
use crate::value::{Array, ArrayBuilder, Flags, MAX_NESTING, Text, Value};
use std::sync::Arc;

/// How many times functions that call back from inside a single call may be nested: host functions and replacements.
const MAX_REENTRY: u32 = 16;

/// What comes next.
pub(crate) enum Step<'a> {
    Evaluate(Task<'a>),
    Give(Value<'a>),
}

/// A node to evaluate.
pub(crate) struct Task<'a> {
    pub(super) at: At<'a>,
    pub(super) input: Value<'a>,
    pub(super) scope: ScopeId,
    pub(super) depth: u32,
}

impl<'a> Task<'a> {
    /// A child of a node that is evaluated at a level.
    pub(super) fn below(
        at: At<'a>,
        child: NodeId,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Self {
        Self {
            at: at.child(child),
            input,
            scope,
            depth: depth + 1,
        }
    }
}

/// Something under way that waits for a value.
pub(super) enum Frame<'a> {
    Path(Box<PathFrame<'a>>),
    Predicate(Box<PredicateFrame<'a>>),
    Group(Box<GroupFrame<'a>>),
    Binary(BinaryFrame<'a>),
    Negate(At<'a>),
    Array(Box<ArrayFrame<'a>>),
    Block(BlockFrame<'a>),
    Bind(&'a str, ScopeId),
    Condition(BlockFrame<'a>),
    Fallback(BlockFrame<'a>),
    Call(Box<CallFrame<'a>>),
    Partial(Box<PartialFrame<'a>>),
    Apply(Box<ApplyFrame<'a>>),
    /// Goes on with the second function of a chain.
    Chain(Function<'a>, Box<Site<'a>>),
    /// Comes back from a lambda.
    Return(Mark, Value<'a>),
    /// What is done with the result of a node: predicates, grouping.
    Finish(At<'a>, ScopeId),
    Higher(Box<HigherFrame<'a>>),
    SortFunction(Box<SortFunctionFrame<'a>>),
    Transform(Box<TransformFrame<'a>>),
    /// The border of an expression that the evaluation has read by itself.
    Eval,
}

/// A frame with the level at which its node is evaluated.
pub(super) struct Pending<'a> {
    pub(super) depth: u32,
    pub(super) frame: Frame<'a>,
}

/// An evaluation under way.
pub(crate) struct Machine<'a, 'h> {
    pub(super) environment: &'a Environment<'a>,
    pub(crate) host: &'h mut dyn Host,
    pub(super) scopes: Scopes<'a>,
    pub(super) stack: Vec<Pending<'a>>,
    pub(crate) budget: Budget,
    /// The moment that `$now` gives.
    pub(crate) now: f64,
    reentries: u32,
}

impl<'a, 'h> Machine<'a, 'h> {
    pub(super) fn new(environment: &'a Environment<'a>, host: &'h mut dyn Host) -> Self {
        let now = host.now_millis();
        Self {
            environment,
            host,
            scopes: Scopes::new(),
            stack: Vec::new(),
            budget: Budget::new(environment.limits.clone()),
            now,
            reentries: 0,
        }
    }

    /// Bindings, and the input as `$$`.
    pub(super) fn bind_globals(&mut self, input: Value<'a>) {
        for (name, value) in &self.environment.bindings {
            self.scopes.bind(GLOBAL, name, value.clone());
        }
        self.scopes.bind(GLOBAL, "$", input);
    }

    /// Evaluates from the outermost scope.
    pub(super) fn start(&mut self, at: At<'a>, input: Value<'a>) -> Result<Value<'a>, Fault> {
        let (scope, depth) = (GLOBAL, 1);
        self.run_above(
            0,
            Step::Evaluate(Task {
                at,
                input,
                scope,
                depth,
            }),
        )
    }

    /// Runs until only so many frames are left.
    fn run_above(&mut self, floor: usize, mut step: Step<'a>) -> Result<Value<'a>, Fault> {
        loop {
            let next = match step {
                Step::Evaluate(task) => self.evaluate(task),
                Step::Give(value) if self.stack.len() == floor => return Ok(value),
                Step::Give(value) => match self.stack.pop() {
                    Some(pending) => self.resume(pending, value),
                    None => return Ok(value),
                },
            };
            step = match next {
                Ok(step) => step,
                Err(fault) => return Err(self.unwind(floor, fault)),
            };
        }
    }

    /// Drops what was under way; at each border of a read expression the fault becomes that of `$eval`.
    fn unwind(&mut self, floor: usize, fault: Fault) -> Fault {
        let borders = self
            .stack
            .drain(floor..)
            .filter(|pending| matches!(pending.frame, Frame::Eval));
        borders.fold(fault, |fault, _| match fault.code() {
            // Whoever set a limit wants to hear of it as it is.
            Code::D1011 | Code::D1012 | Code::D1014 | Code::D1015 | Code::D2015 => fault,
            _ => Fault::with(Code::D3121, quote(&fault.message())),
        })
    }

    /// Evaluates inside a function that needs the value at once. Bounded, since this does recurse on the real stack.
    pub(super) fn reenter(&mut self, floor: usize, step: Step<'a>) -> Result<Value<'a>, Fault> {
        if self.reentries == MAX_REENTRY {
            return Err(Fault::new(Code::D1011));
        }
        self.reentries += 1;
        let value = self.run_above(floor, step);
        self.reentries -= 1;
        value
    }

    pub(super) fn push(&mut self, depth: u32, frame: Frame<'a>) {
        self.stack.push(Pending { depth, frame });
    }

    /// Takes one step.
    pub(crate) fn tick(&mut self) -> Result<(), Fault> {
        self.spend(1)
    }

    /// Takes steps.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Fault> {
        if self.budget.spend(steps)? && self.host.interrupted() {
            return Err(Fault::new(Code::D1012));
        }
        Ok(())
    }

    /// Takes steps for going over so many members.
    pub(crate) fn pass_over(&mut self, members: usize) -> Result<(), Fault> {
        self.spend(members as u64 / 16)
    }

    /// Takes steps and bytes for a text that is about to be made.
    pub(crate) fn make_text(&mut self, bytes: usize) -> Result<(), Fault> {
        self.spend(bytes as u64 / 64)?;
        self.budget.make(bytes)
    }

    /// Takes steps and bytes for so many more members of an array.
    pub(crate) fn make_members(&mut self, have: usize, more: usize) -> Result<(), Fault> {
        self.budget.members(have + more)?;
        self.pass_over(more)?;
        self.budget
            .make(more.saturating_mul(size_of::<Value<'_>>()))
    }

    /// Adds a member to an array in the making.
    pub(crate) fn add(
        &mut self,
        builder: &mut ArrayBuilder<'a>,
        value: Value<'a>,
    ) -> Result<(), Fault> {
        self.budget.members(builder.len() + 1)?;
        self.budget.make(size_of::<Value<'_>>())?;
        builder.push(value);
        Ok(())
    }

    /// Adds all members of an array to one in the making.
    pub(crate) fn gather(
        &mut self,
        builder: &mut ArrayBuilder<'a>,
        array: &Array<'a>,
    ) -> Result<(), Fault> {
        self.make_members(builder.len(), array.len())?;
        builder.extend(array);
        Ok(())
    }

    /// A function that was made, if it is not nested too deeply.
    pub(super) fn made(&mut self, callable: Callable<'a>) -> Result<Value<'a>, Fault> {
        let function = Function(callable);
        if function.nesting() > MAX_NESTING {
            return Err(Fault::with(Code::D1016, MAX_NESTING.to_string()));
        }
        self.scopes.capture();
        self.budget.make(128)?;
        Ok(Value::Function(function))
    }

    /// The value of a variable: of a scope, or a function that is known by that name.
    pub(super) fn variable(&self, scope: ScopeId, name: &str, input: &Value<'a>) -> Value<'a> {
        if name.is_empty() {
            return match input {
                Value::Array(array) if array.has(Flags::OUTER) => array.get(0).unwrap_or_default(),
                other => other.clone(),
            };
        }
        match self.scopes.get(scope, name) {
            Some(value) => value.clone(),
            None => self.known_function(name),
        }
    }

    fn known_function(&self, name: &str) -> Value<'a> {
        let functions = &self.environment.functions;
        if let Some(host) = functions.iter().find(|function| function.name == name) {
            return Value::Function(Function(Callable::Host(host)));
        }
        match Builtin::find(name, self.environment.profile) {
            Some(builtin) => Value::Function(Function(Callable::Builtin(builtin))),
            None => Value::Undefined,
        }
    }

    pub(crate) fn profile(&self) -> Profile {
        self.environment.profile
    }

    fn evaluate(&mut self, task: Task<'a>) -> Result<Step<'a>, Fault> {
        self.tick()?;
        self.budget.depth(task.depth)?;
        if let Some(value) = self.try_direct(&task)? {
            return Ok(Step::Give(value));
        }
        let Task {
            at,
            input,
            scope,
            depth,
        } = task;
        match &at.node().kind {
            Kind::Path { .. } => PathFrame::start(self, at, input, scope, depth),
            Kind::Call { .. } => CallFrame::start(self, at, input, scope, depth),
            Kind::Apply(..) => ApplyFrame::start(self, at, input, scope, depth),
            Kind::Partial(..) => PartialFrame::start(self, at, input, scope, depth),
            Kind::Array(_) => ArrayFrame::start(self, at, input, scope, depth),
            Kind::Block(_) => BlockFrame::start(self, at, input, scope, depth),
            Kind::Object(pairs) => GroupFrame::object(at, pairs, scope, input)?.start(self, depth),
            Kind::Sort(_) => Ok(Step::Give(Value::Undefined)),
            _ => self.evaluate_small(Task {
                at,
                input,
                scope,
                depth,
            }),
        }
    }

    /// Nodes with one or two children, and those with none.
    fn evaluate_small(&mut self, task: Task<'a>) -> Result<Step<'a>, Fault> {
        let Task {
            at,
            input,
            scope,
            depth,
        } = task;
        let child = |id, input| Task::below(at, id, input, scope, depth);
        match &at.node().kind {
            Kind::Binary(_, left, _) => {
                let frame = BinaryFrame::new(at, input.clone(), scope);
                self.push(depth, Frame::Binary(frame));
                Ok(Step::Evaluate(child(*left, input)))
            }
            Kind::Negate(operand) => {
                self.push(depth, Frame::Finish(at, scope));
                self.push(depth, Frame::Negate(at));
                Ok(Step::Evaluate(child(*operand, input)))
            }
            Kind::Bind(name, value) => {
                self.push(depth, Frame::Finish(at, scope));
                self.push(depth, Frame::Bind(name, scope));
                Ok(Step::Evaluate(child(*value, input)))
            }
            Kind::Condition(first, ..) => {
                self.push(
                    depth,
                    Frame::Condition(BlockFrame::new(at, input.clone(), scope)),
                );
                Ok(Step::Evaluate(child(*first, input)))
            }
            Kind::Default(first, _) | Kind::Coalesce(first, _) => {
                self.push(
                    depth,
                    Frame::Fallback(BlockFrame::new(at, input.clone(), scope)),
                );
                Ok(Step::Evaluate(child(*first, input)))
            }
            _ => {
                let value = self.simple(at, input, scope)?;
                self.finish(at, scope, depth, value)
            }
        }
    }

    /// What a node gives that needs nothing evaluated: functions as they are written, and leaves.
    fn simple(&mut self, at: At<'a>, input: Value<'a>, scope: ScopeId) -> Result<Value<'a>, Fault> {
        match &at.node().kind {
            Kind::Lambda { .. } => {
                let lambda = Lambda::new(at, scope, input);
                self.made(Callable::Lambda(Arc::new(lambda)))
            }
            Kind::Transform(..) => {
                let transform = Transform { at, scope };
                self.made(Callable::Transform(Arc::new(transform)))
            }
            _ => self.leaf(at, &input, scope),
        }
    }

    /// What a node without children gives, before predicates.
    pub(super) fn leaf(
        &mut self,
        at: At<'a>,
        input: &Value<'a>,
        scope: ScopeId,
    ) -> Result<Value<'a>, Fault> {
        match &at.node().kind {
            Kind::Literal(literal) => Ok(literal_value(literal)),
            Kind::Name(name) => steps::lookup(self, input, name),
            Kind::Variable(name) => Ok(self.variable(scope, name, input)),
            Kind::Regex(regex) => Ok(Value::Function(Function(Callable::Regex(regex)))),
            Kind::Wildcard => steps::wildcard(self, input),
            Kind::Descendants => steps::descendants(self, input),
            Kind::Parent(slot) => {
                let parent = self.scopes.get(scope, at.program.parent(*slot));
                Ok(parent.cloned().unwrap_or_default())
            }
            _ => Ok(Value::Undefined),
        }
    }

    fn resume(&mut self, pending: Pending<'a>, value: Value<'a>) -> Result<Step<'a>, Fault> {
        let depth = pending.depth;
        match pending.frame {
            Frame::Path(frame) => frame.resume(self, depth, value),
            Frame::Predicate(frame) => frame.resume(self, depth, value),
            Frame::Group(frame) => frame.resume(self, depth, value),
            Frame::Binary(frame) => frame.resume(self, depth, value),
            Frame::Negate(at) => self.negate(at, &value).map(Step::Give),
            Frame::Array(frame) => frame.resume(self, depth, value),
            Frame::Block(frame) => frame.next_part(self, depth),
            Frame::Bind(name, scope) => {
                self.scopes.bind(scope, name, value.clone());
                Ok(Step::Give(value))
            }
            Frame::Condition(frame) => frame.choose(self, depth, &value),
            Frame::Fallback(frame) => frame.fall_back(self, depth, value),
            Frame::Call(frame) => frame.resume(self, depth, value),
            Frame::Partial(frame) => frame.resume(self, depth, value),
            Frame::Apply(frame) => frame.resume(self, depth, value),
            Frame::Chain(function, site) => self.apply(&function, vec![value.collapse()], *site),
            Frame::Return(mark, _) => {
                self.scopes.release(mark);
                Ok(Step::Give(value))
            }
            Frame::Finish(at, scope) => self.finish(at, scope, depth, value),
            Frame::Higher(frame) => frame.resume(self, depth, value),
            Frame::SortFunction(frame) => frame.resume(self, depth, &value),
            Frame::Transform(frame) => frame.resume(self, depth, value),
            Frame::Eval => Ok(Step::Give(value)),
        }
    }

    /// The negative of a number.
    pub(super) fn negate(&mut self, at: At<'a>, value: &Value<'a>) -> Result<Value<'a>, Fault> {
        if value.is_undefined() {
            return Ok(Value::Undefined);
        }
        let number = operators::numeric(value)?;
        let fault = || {
            let fault = Fault::with(Code::D1002, crate::functions::print(value));
            fault.token("-").at(at.span(), at.position as usize)
        };
        number
            .map(|number| Value::Number(-number))
            .ok_or_else(fault)
    }

    /// What comes behind the result of a node: its predicates, its grouping, and what becomes of a sequence.
    pub(super) fn finish(
        &mut self,
        at: At<'a>,
        scope: ScopeId,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Some(extras) = at.extras() else {
            return Ok(Step::Give(settle(at, value)));
        };
        if !extras.predicates.is_empty() {
            return PredicateFrame::new(at, &extras.predicates, scope).start(self, depth, value);
        }
        self.finish_group(at, scope, depth, value)
    }

    /// What comes behind the predicates of a node.
    pub(super) fn finish_group(
        &mut self,
        at: At<'a>,
        scope: ScopeId,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let group = at.extras().and_then(|extras| extras.group.as_ref());
        match group {
            // A path groups by itself, since it may have variables for the grouping.
            Some(group) if !matches!(at.node().kind, Kind::Path { .. }) => {
                GroupFrame::behind(at, group, scope, value)?.start(self, depth)
            }
            _ => Ok(Step::Give(settle(at, value))),
        }
    }
}

/// What a node gives in the end: nothing for an empty sequence, the member for a sequence of one unless `[]` keeps it.
pub(super) fn settle<'a>(at: At<'a>, value: Value<'a>) -> Value<'a> {
    match value {
        Value::Array(array)
            if at.keep_array && array.is_sequence() && !array.has(Flags::TUPLES) =>
        {
            Value::Array(array.marked(Flags::KEEP_SINGLETON)).collapse()
        }
        other => other.collapse(),
    }
}

fn literal_value(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::Text(text) => Value::Text(Text::Borrowed(text)),
        Literal::Number(number) => Value::Number(*number),
        Literal::Bool(flag) => Value::Bool(*flag),
        Literal::Null => Value::Null,
    }
}

/// A text as messages show it.
fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
