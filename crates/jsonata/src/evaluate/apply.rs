//! Calling functions.

use super::function::{Callable, Caller, Function, HostFunction, Lambda, Partial};
use super::higher::HigherFrame;
use super::machine::{Frame, Machine, Pending, Step, Task};
use super::scope::{Mark, ScopeId};
use super::sort::{SortFunctionFrame, sort_plain};
use super::transform::TransformFrame;
use crate::fault::{Code, Error, Fault};
use crate::functions::{Builtin, Run, matches};
use crate::syntax::{self, At, Context, Kind, Signature};
use crate::value::{ArrayBuilder, Flags, Value};
use std::sync::Arc;

/// Where a function is called from.
#[derive(Debug, Clone)]
pub(crate) struct Site<'a> {
    /// The node that calls.
    pub(super) at: At<'a>,
    /// What stands in for arguments that are left out.
    pub(super) context: Value<'a>,
    pub(super) scope: ScopeId,
    pub(super) depth: u32,
}

impl<'a> Site<'a> {
    /// The same place, seen from inside the function that is called there: it has no context to offer.
    pub(crate) fn inside(&self) -> Self {
        Self {
            context: Value::Null,
            ..self.clone()
        }
    }

    /// What the function is called there.
    fn name(&self) -> &'a str {
        let function = match &self.at.node().kind {
            Kind::Call { function, .. } | Kind::Partial(function, _) | Kind::Apply(_, function) => {
                self.at.child(*function)
            }
            _ => self.at,
        };
        name_of(function)
    }

    /// A fault of the function gets its name and its place.
    pub(crate) fn locate(&self, fault: Fault) -> Fault {
        fault
            .token(self.name())
            .at(self.at.span(), self.at.position as usize)
    }
}

/// The name by which a node means a function.
pub(super) fn name_of(at: At<'_>) -> &str {
    match &at.node().kind {
        Kind::Variable(name) | Kind::Name(name) => name,
        Kind::Path { steps, .. } => {
            match steps.first().map(|first| &at.child(*first).node().kind) {
                Some(Kind::Name(name) | Kind::Variable(name)) => name,
                _ => "",
            }
        }
        Kind::Call { function, .. } => name_of(at.child(*function)),
        _ => "",
    }
}

impl<'a> Machine<'a, '_> {
    /// Calls a function. The value that it gives is as the function made it; who calls decides what becomes of a sequence.
    pub(super) fn apply(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        self.tick()?;
        match &function.0 {
            Callable::Builtin(builtin) => self.apply_builtin(builtin, arguments, site),
            Callable::Host(host) => self.call_host(host, arguments, &site).map(Step::Give),
            Callable::Lambda(lambda) => {
                let arguments = fit(self, lambda.signature(), arguments, &site)?;
                Ok(self.enter(lambda, arguments, site))
            }
            Callable::Partial(partial) => self.apply_partial(partial, arguments, site),
            Callable::Chain(chain) => {
                let site = site.inside();
                let second = Frame::Chain(chain.second.clone(), Box::new(site.clone()));
                self.push(site.depth, second);
                let first = arguments.into_iter().next().unwrap_or_default();
                // As deep as chains are nested, which is bounded when they are made.
                self.apply(&chain.first, vec![first], site)
            }
            Callable::Transform(transform) => {
                TransformFrame::start(self, transform, arguments, site)
            }
            Callable::Regex(regex) => matches::call(self, regex, &arguments).map(Step::Give),
            Callable::NextMatch(next) => matches::call_next(self, next).map(Step::Give),
        }
    }

    fn apply_builtin(
        &mut self,
        builtin: &'static Builtin,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let arguments = fit(self, Some(builtin.signature()), arguments, &site)?;
        self.run_builtin(builtin, arguments, site)
    }

    /// A built-in function with arguments that are taken as they are.
    fn run_builtin(
        &mut self,
        builtin: &'static Builtin,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        match builtin.run {
            Run::Plain(run) | Run::Impure(run) => {
                let value = run(self, &arguments, &site).map_err(|fault| site.locate(fault))?;
                Ok(Step::Give(value))
            }
            Run::Higher(kind) => HigherFrame::start(self, kind, arguments, site),
            Run::Sort => self.sort_function(arguments, site),
            Run::Eval => self.eval(arguments, &site),
        }
    }

    /// A built-in function that needs no frames.
    pub(super) fn call_builtin(
        &mut self,
        builtin: &'static Builtin,
        arguments: Vec<Value<'a>>,
        site: &Site<'a>,
    ) -> Result<Value<'a>, Fault> {
        let (Run::Plain(run) | Run::Impure(run)) = builtin.run else {
            return Err(Fault::new(Code::T1006));
        };
        let arguments = fit(self, Some(builtin.signature()), arguments, site)?;
        run(self, &arguments, site).map_err(|fault| site.locate(fault))
    }

    fn call_host(
        &mut self,
        host: &'a HostFunction,
        arguments: Vec<Value<'a>>,
        site: &Site<'a>,
    ) -> Result<Value<'a>, Fault> {
        let arguments = fit(self, host.signature.as_ref(), arguments, site)?;
        let mut caller = HostCaller {
            machine: self,
            site,
        };
        (host.body)(&mut caller, arguments)
            .map_err(|fault| fault.token(&host.name))
            .map_err(|fault| site.locate(fault))
    }

    /// Begins the body of a lambda.
    pub(super) fn enter(
        &mut self,
        lambda: &Lambda<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Step<'a> {
        let mark = self.scopes.mark();
        self.push(site.depth, Frame::Return(mark, site.context));
        self.body(lambda, arguments, site.depth)
    }

    fn body(&mut self, lambda: &Lambda<'a>, arguments: Vec<Value<'a>>, depth: u32) -> Step<'a> {
        Step::Evaluate(Task {
            at: lambda.body(),
            input: lambda.input.clone(),
            scope: self.bind_parameters(lambda, arguments),
            depth: depth + 1,
        })
    }

    fn bind_parameters(&mut self, lambda: &Lambda<'a>, arguments: Vec<Value<'a>>) -> ScopeId {
        let scope = self.scopes.push(lambda.scope);
        let mut arguments = arguments.into_iter();
        for name in lambda.parameters() {
            self.scopes
                .bind(scope, name, arguments.next().unwrap_or_default());
        }
        scope
    }

    /// When the frame on top is that of the lambda whose last act this call is, the call takes its place. Says what the context of that lambda's
    /// call was.
    pub(super) fn tail(&mut self) -> Option<(Mark, Value<'a>, u32)> {
        match self.stack.last() {
            Some(Pending {
                depth,
                frame: Frame::Return(mark, context),
            }) => Some((*mark, context.clone(), *depth)),
            _ => None,
        }
    }

    /// Begins a lambda in place of the one that ends with it.
    pub(super) fn replace(
        &mut self,
        lambda: &Lambda<'a>,
        arguments: Vec<Value<'a>>,
        mark: Mark,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        self.scopes.release(mark);
        // A scope that stays since a function holds it is memory.
        self.budget
            .make(if self.scopes.len() > 1_000 { 64 } else { 0 })?;
        Ok(self.body(lambda, arguments, depth))
    }

    /// What was left open is not checked again, and nothing stands in for it.
    fn apply_partial(
        &mut self,
        partial: &Partial<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let mut arguments = partial.filled(arguments);
        match &partial.function.0 {
            Callable::Lambda(lambda) => Ok(self.enter(lambda, arguments, site)),
            Callable::Builtin(builtin) => {
                arguments.truncate(builtin.signature().most());
                self.run_builtin(builtin, arguments, site)
            }
            _ => self.apply(&partial.function, arguments, site.inside()),
        }
    }

    fn sort_function(
        &mut self,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let mut arguments = arguments.into_iter();
        let Some(Value::Array(items)) = arguments.next() else {
            return Ok(Step::Give(Value::Undefined));
        };
        if items.len() <= 1 {
            return Ok(Step::Give(Value::Array(items)));
        }
        match arguments.next() {
            Some(Value::Function(function)) => {
                SortFunctionFrame::start(self, items, function, site)
            }
            _ => {
                let sorted = sort_plain(self, &items).map_err(|fault| site.locate(fault))?;
                Ok(Step::Give(Value::Array(sorted)))
            }
        }
    }

    /// `$eval`: reads an expression and evaluates it where it was called.
    fn eval(&mut self, arguments: Vec<Value<'a>>, site: &Site<'a>) -> Result<Step<'a>, Fault> {
        let mut arguments = arguments.into_iter();
        let Some(Value::Text(text)) = arguments.next() else {
            return Ok(Step::Give(Value::Undefined));
        };
        self.make_text(text.len().saturating_mul(64))?;
        let (program, errors) = syntax::parse(&text);
        if let Some(error) = errors.into_iter().next() {
            let message = serde_json::to_string(&error.message()).unwrap_or_default();
            return Err(site.locate(Fault::with(Code::D3120, message)));
        }
        let input = match arguments.next() {
            None | Some(Value::Undefined) => site.context.clone(),
            Some(Value::Array(array)) if !array.is_sequence() => {
                let mut outer = ArrayBuilder::with_capacity(1);
                outer.push(Value::Array(array));
                Value::Array(outer.build(Flags::SEQUENCE.and(Flags::OUTER))?)
            }
            Some(focus) => focus,
        };
        self.push(site.depth, Frame::Eval);
        Ok(Step::Evaluate(Task {
            at: self.environment.programs.add(program).root(),
            input,
            scope: site.scope,
            depth: site.depth + 1,
        }))
    }

    /// Calls a function that needs no frames; else gives the arguments back.
    pub(super) fn call_at_once(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
        site: &Site<'a>,
    ) -> Result<Result<Value<'a>, Vec<Value<'a>>>, Fault> {
        match &function.0 {
            Callable::Builtin(builtin) if builtin.is_plain() => {
                self.call_builtin(builtin, arguments, site).map(Ok)
            }
            Callable::Lambda(lambda)
                if lambda.body().is_direct() && lambda.signature().is_none() =>
            {
                self.call_direct(lambda, arguments, site.depth)
            }
            _ => Ok(Err(arguments)),
        }
    }

    pub(super) fn call_direct(
        &mut self,
        lambda: &Arc<Lambda<'a>>,
        arguments: Vec<Value<'a>>,
        depth: u32,
    ) -> Result<Result<Value<'a>, Vec<Value<'a>>>, Fault> {
        let mark = self.scopes.mark();
        let scope = self.bind_parameters(lambda, arguments);
        let task = Task {
            at: lambda.body(),
            input: lambda.input.clone(),
            scope,
            depth: depth + 1,
        };
        let value = self.try_direct(&task)?;
        let result = value.ok_or_else(|| {
            let names = lambda.parameters().iter();
            names
                .map(|name| self.scopes.get(scope, name).cloned().unwrap_or_default())
                .collect()
        });
        self.scopes.release(mark);
        Ok(result)
    }

    /// Calls a function whose value is needed at once.
    pub(crate) fn call_now(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
        site: &Site<'a>,
    ) -> Result<Value<'a>, Fault> {
        let arguments = match self.call_at_once(function, arguments, &site.inside())? {
            Ok(value) => return Ok(value),
            Err(arguments) => arguments,
        };
        let floor = self.stack.len();
        // The frames of the call are above those that are here; the machine stops when it is back at them.
        let step = self.apply(function, arguments, site.inside())?;
        self.reenter(floor, step)
    }
}

/// The arguments as a signature wants them.
pub(super) fn fit<'a>(
    machine: &mut Machine<'a, '_>,
    signature: Option<&Signature>,
    arguments: Vec<Value<'a>>,
    site: &Site<'a>,
) -> Result<Vec<Value<'a>>, Fault> {
    match signature {
        Some(signature) => {
            for argument in &arguments {
                // Members may be looked at for their kind.
                if let Value::Array(array) = argument {
                    machine.pass_over(array.len())?;
                }
            }
            let fitted = signature.fit(arguments, Context(&site.context));
            fitted.map_err(|fault| site.locate(fault))
        }
        None => Ok(arguments),
    }
}

/// What a host function may ask for.
struct HostCaller<'m, 'a, 'h> {
    machine: &'m mut Machine<'a, 'h>,
    site: &'m Site<'a>,
}

impl<'a> Caller<'a> for HostCaller<'_, 'a, '_> {
    fn call(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
    ) -> Result<Value<'a>, Error> {
        self.machine.call_now(function, arguments, self.site)
    }

    fn spend(&mut self, steps: u64) -> Result<(), Error> {
        self.machine.spend(steps)
    }
}
