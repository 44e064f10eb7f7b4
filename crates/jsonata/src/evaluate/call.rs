//! Calls as they are written: `$f(…)`, `$f(?, …)`, `… ~> $f`.

use super::apply::{Site, fit, name_of};
use super::function::{Callable, Chain, Function, Partial};
use super::machine::{Frame, Machine, Step, Task};
use super::scope::ScopeId;
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::syntax::{At, Kind, NodeId};
use crate::value::Value;
use std::sync::Arc;

/// Whether something is done with the value of a node.
pub(super) fn has_more(at: At<'_>) -> bool {
    at.keep_array || at.extras().is_some()
}

/// A call whose function and arguments are being evaluated.
pub(super) struct CallFrame<'a> {
    at: At<'a>,
    /// The node whose value this is: the call, or the chain that it ends.
    owner: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    function: Option<Value<'a>>,
    arguments: Vec<Value<'a>>,
    next: usize,
}

impl<'a> CallFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        Self::new(at, at, input, scope, Vec::new()).go_on(machine, depth)
    }

    fn new(
        at: At<'a>,
        owner: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        arguments: Vec<Value<'a>>,
    ) -> Box<Self> {
        Box::new(Self {
            at,
            owner,
            input,
            scope,
            function: None,
            arguments,
            next: 0,
        })
    }

    fn parts(&self) -> (NodeId, &'a [NodeId], bool) {
        match &self.at.node().kind {
            Kind::Call {
                function,
                arguments,
                tail,
            } => (*function, arguments, *tail),
            _ => (self.at.id, &[], false),
        }
    }

    fn task(&self, id: NodeId, depth: u32) -> Task<'a> {
        Task::below(self.at, id, self.input.clone(), self.scope, depth)
    }

    /// The function first, then its arguments.
    fn go_on(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let (function, arguments, _) = self.parts();
        loop {
            let id = match (&self.function, arguments.get(self.next)) {
                (None, _) => function,
                (Some(_), Some(argument)) => *argument,
                (Some(_), None) => return self.invoke(machine, depth),
            };
            let task = self.task(id, depth);
            let direct = machine.try_direct(&task)?;
            match direct {
                Some(value) => self.take(machine, value)?,
                None => {
                    machine.push(depth, Frame::Call(self));
                    return Ok(Step::Evaluate(task));
                }
            }
        }
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        self.take(machine, value)?;
        self.go_on(machine, depth)
    }

    fn take(&mut self, machine: &Machine<'a, '_>, value: Value<'a>) -> Result<(), Fault> {
        if self.function.is_some() {
            self.arguments.push(value);
            self.next += 1;
            return Ok(());
        }
        if value.is_undefined() {
            let function = self.at.child(self.parts().0);
            hint(machine, self.at, function, self.scope, Code::T1005)?;
        }
        self.function = Some(value);
        Ok(())
    }

    fn invoke(self, machine: &mut Machine<'a, '_>, depth: u32) -> Result<Step<'a>, Fault> {
        let tail = self.parts().2;
        let site = Site {
            at: self.at,
            context: self.input,
            scope: self.scope,
            depth,
        };
        let Some(Value::Function(function)) = self.function else {
            return Err(site.locate(Fault::new(Code::T1006)));
        };
        if tail && self.owner.same(self.at) {
            return machine.invoke_last(&function, self.arguments, site);
        }
        machine.invoke(&function, self.arguments, site, self.owner)
    }
}

impl<'a> Machine<'a, '_> {
    fn invoke(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
        owner: At<'a>,
    ) -> Result<Step<'a>, Fault> {
        let (scope, depth) = (site.scope, site.depth);
        match &function.0 {
            Callable::Builtin(builtin) if builtin.is_plain() => {
                let value = self.call_builtin(builtin, arguments, &site)?;
                self.finish(owner, scope, depth, value)
            }
            _ => {
                self.push(depth, Frame::Finish(owner, scope));
                self.apply(function, arguments, site)
            }
        }
    }

    /// The last thing that a lambda does takes the lambda's place: recursion of this kind may go on for ever. What it gives becomes of the lambda's
    /// call what becomes of any call's value: a sequence is still one when `$map` and its like have called the lambda. As in the reference, `[]` and
    /// braces behind such a call are not looked at.
    fn invoke_last(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let owner = site.at;
        let Some((mark, context, depth)) = self.tail() else {
            return self.invoke(function, arguments, site, owner);
        };
        // What is left out is taken from where the lambda was called, not from where it was written.
        let site = Site { context, ..site };
        match &function.0 {
            Callable::Lambda(lambda) => {
                self.tick()?;
                let arguments = fit(self, lambda.signature(), arguments, &site)?;
                self.replace(lambda, arguments, mark, depth)
            }
            _ => self.apply(function, arguments, site),
        }
    }
}

/// Whoever writes `sum(x)` means `$sum(x)`.
fn hint<'a>(
    machine: &Machine<'a, '_>,
    at: At<'a>,
    function: At<'a>,
    scope: ScopeId,
    code: Code,
) -> Result<(), Fault> {
    if !matches!(function.node().kind, Kind::Path { .. }) {
        return Ok(());
    }
    let name = name_of(function);
    if name.is_empty()
        || machine
            .variable(scope, name, &Value::Undefined)
            .is_undefined()
    {
        return Ok(());
    }
    Err(Fault::new(code)
        .token(name)
        .at(at.span(), at.position as usize))
}

/// A call with gaps.
pub(super) struct PartialFrame<'a> {
    at: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    arguments: Vec<Option<Value<'a>>>,
}

impl<'a> PartialFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let arguments = Vec::new();
        Box::new(Self {
            at,
            input,
            scope,
            arguments,
        })
        .go_on(machine, depth)
    }

    /// The arguments first, then the function.
    fn go_on(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Partial(function, arguments) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        while let Some(None) = arguments.get(self.arguments.len()) {
            self.arguments.push(None);
        }
        let id = arguments
            .get(self.arguments.len())
            .copied()
            .flatten()
            .unwrap_or(*function);
        let task = Task::below(self.at, id, self.input.clone(), self.scope, depth);
        machine.push(depth, Frame::Partial(self));
        Ok(Step::Evaluate(task))
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Partial(function, arguments) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        if self.arguments.len() < arguments.len() {
            self.arguments.push(Some(value));
            return self.go_on(machine, depth);
        }
        let at = self.at;
        let Value::Function(callee) = value else {
            let function = at.child(*function);
            if value.is_undefined() {
                hint(machine, at, function, self.scope, Code::T1007)?;
            }
            let fault = Fault::new(Code::T1008).token(name_of(function));
            return Err(fault.at(at.span(), at.position as usize));
        };
        let partial = Partial::new(callee, self.arguments);
        let value = machine.made(Callable::Partial(Arc::new(partial)))?;
        machine.finish(at, self.scope, depth, value)
    }
}

/// `~>`
pub(super) struct ApplyFrame<'a> {
    at: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    left: Option<Value<'a>>,
}

impl<'a> ApplyFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Apply(left, _) = &at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let frame = Box::new(Self {
            at,
            input,
            scope,
            left: None,
        });
        let task = frame.task(*left, depth);
        machine.push(depth, Frame::Apply(frame));
        Ok(Step::Evaluate(task))
    }

    fn task(&self, id: NodeId, depth: u32) -> Task<'a> {
        Task::below(self.at, id, self.input.clone(), self.scope, depth)
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Apply(_, right) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let right_at = self.at.child(*right);
        let Some(left) = self.left.take() else {
            if matches!(right_at.node().kind, Kind::Call { .. }) {
                // A call on the right takes the left side as its first argument.
                let call = CallFrame::new(right_at, self.at, self.input, self.scope, vec![value]);
                return call.go_on(machine, depth);
            }
            self.left = Some(value);
            let task = self.task(*right, depth);
            machine.push(depth, Frame::Apply(self));
            return Ok(Step::Evaluate(task));
        };
        self.connect(machine, depth, left, value)
    }

    /// A value goes into the function, a function is put before it.
    fn connect(
        self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        left: Value<'a>,
        right: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let at = self.at;
        let Value::Function(second) = right else {
            let fault = Fault::with(Code::T2006, print(&right));
            return Err(fault.at(at.span(), at.position as usize));
        };
        if let Value::Function(first) = left {
            let chain = machine.made(Callable::Chain(Arc::new(Chain::new(first, second))))?;
            return machine.finish(at, self.scope, depth, chain);
        }
        let site = Site {
            at,
            context: Value::Null,
            scope: self.scope,
            depth,
        };
        machine.invoke(&second, vec![left], site, at)
    }
}
