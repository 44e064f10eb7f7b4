//! Transforms: `… ~> |pattern|update, deletion|` gives a copy with changes.
//!
//! The reference changes the copy in place. Values here never change: each object of the copy is a thing of its own, changes are noted by the
//! object that they are made to, and in the end the copy is built anew with them.

use super::apply::Site;
use super::function::{Callable, Transform};
use super::machine::{Frame, Machine, Step, Task};
use super::steps::as_sequence;
use super::{Function, scope::Mark};
use crate::fault::{Code, Fault};
use crate::functions::{Builtin, copy, print};
use crate::syntax::{At, Kind, NodeId};
use crate::value::{Array, ArrayBuilder, MAX_NESTING, Object, ObjectBuilder, Value, too_deep};
use std::collections::HashMap;

/// A transform under way.
pub(super) struct TransformFrame<'a> {
    at: At<'a>,
    site: Site<'a>,
    copy: Value<'a>,
    matches: Option<Array<'a>>,
    index: usize,
    doing: Doing,
    changes: Changes<'a>,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Copy,
    Pattern,
    Update,
    Deletion,
}

/// What has become of objects of the copy, by where they were made.
#[derive(Default)]
struct Changes<'a>(HashMap<usize, Object<'a>>);

impl<'a> Changes<'a> {
    /// The value with all changes inside it. An update may hold the object that it is made to: such a value has no end, and is too deep.
    fn applied(
        &self,
        machine: &mut Machine<'a, '_>,
        value: &Value<'a>,
        depth: u32,
    ) -> Result<Value<'a>, Fault> {
        if self.0.is_empty() {
            return Ok(value.clone());
        }
        let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
        machine.tick()?;
        match value {
            Value::Array(array) if !array.is_empty() => {
                let mut builder = ArrayBuilder::with_capacity(array.len());
                for item in array.iter() {
                    builder.push(self.applied(machine, &item, depth)?);
                }
                builder.build(array.flags()).map(Value::Array)
            }
            Value::Object(object) => self.applied_object(machine, object, depth),
            other => Ok(other.clone()),
        }
    }

    fn applied_object(
        &self,
        machine: &mut Machine<'a, '_>,
        object: &Object<'a>,
        depth: u32,
    ) -> Result<Value<'a>, Fault> {
        let current = self.current(object);
        let mut entries = Vec::with_capacity(current.len());
        for (name, value) in current.iter() {
            entries.push((name, self.applied(machine, &value, depth)?));
        }
        let builder: ObjectBuilder<'a> = entries.into_iter().collect();
        builder.build().map(Value::Object)
    }

    fn current(&self, object: &Object<'a>) -> Object<'a> {
        let changed = object.identity().and_then(|identity| self.0.get(&identity));
        changed.unwrap_or(object).clone()
    }

    fn set(&mut self, object: &Object<'a>, now: Object<'a>) {
        if let Some(identity) = object.identity() {
            self.0.insert(identity, now);
        }
    }
}

impl<'a> TransformFrame<'a> {
    /// The argument must be an object or an array.
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        transform: &Transform<'a>,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let mut arguments = arguments.into_iter();
        let argument = match (arguments.next(), arguments.next()) {
            (Some(argument @ (Value::Object(_) | Value::Array(_))), None) => argument,
            (Some(Value::Undefined), None) => return Ok(Step::Give(Value::Undefined)),
            (Some(Value::Object(_) | Value::Array(_) | Value::Undefined), Some(_)) => {
                return Err(site.locate(Fault::new(Code::T0410).argument(2)));
            }
            _ => return Err(site.locate(Fault::new(Code::T0410).argument(1))),
        };
        let site = Site {
            scope: transform.scope,
            ..site
        };
        let mark = machine.scopes.mark();
        let frame = Box::new(Self {
            at: transform.at,
            site,
            copy: Value::Undefined,
            matches: None,
            index: 0,
            doing: Doing::Copy,
            changes: Changes::default(),
            mark,
        });
        frame.clone_with(machine, argument)
    }

    /// The copy is made by whatever `$clone` is in scope.
    fn clone_with(
        self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        argument: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let clone = machine.variable(self.site.scope, "clone", &Value::Undefined);
        let Value::Function(function) = clone else {
            let fault = Fault::new(Code::T2013);
            return Err(fault.at(self.at.span(), self.at.position as usize));
        };
        let own = Builtin::find("clone", machine.profile());
        if let (Function(Callable::Builtin(found)), Some(own)) = (&function, own)
            && std::ptr::eq(*found, own)
        {
            let copied = copy(machine, &argument).map_err(|fault| self.site.locate(fault))?;
            return self.copied(machine, copied);
        }
        let site = self.site.inside();
        machine.push(site.depth, Frame::Transform(self));
        machine.apply(&function, vec![argument], site)
    }

    fn copied(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        copied: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Transform(pattern, ..) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        self.copy = copied.clone();
        self.doing = Doing::Pattern;
        self.evaluate(machine, *pattern, copied)
    }

    fn evaluate(
        self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        id: NodeId,
        input: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let depth = self.site.depth;
        let task = Task::below(self.at, id, input, self.site.scope, depth);
        machine.push(depth, Frame::Transform(self));
        Ok(Step::Evaluate(task))
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        debug_assert_eq!(
            depth, self.site.depth,
            "a frame is pushed at the level of its call"
        );
        match self.doing {
            Doing::Copy => {
                // A function of the user's may have kept parts of the original.
                let copied = copy(machine, &value).map_err(|fault| self.site.locate(fault))?;
                self.copied(machine, copied)
            }
            Doing::Pattern => {
                self.matches = match value {
                    Value::Undefined => None,
                    other => Some(as_sequence(other)?),
                };
                self.next(machine)
            }
            Doing::Update => self.updated(machine, value),
            Doing::Deletion => {
                self.deleted(&value)?;
                self.index += 1;
                self.next(machine)
            }
        }
    }

    /// A part of the copy as it is by now; no deeper than a value can be, and one more for what holds nothing.
    fn changed(
        &self,
        machine: &mut Machine<'a, '_>,
        value: &Value<'a>,
    ) -> Result<Value<'a>, Fault> {
        self.changes.applied(machine, value, MAX_NESTING + 1)
    }

    fn present(&self) -> Option<Value<'a>> {
        self.matches
            .as_ref()
            .and_then(|matches| matches.get(self.index))
    }

    /// The update of the next match, or the end.
    fn next(mut self: Box<Self>, machine: &mut Machine<'a, '_>) -> Result<Step<'a>, Fault> {
        machine.scopes.release(self.mark);
        let Kind::Transform(_, update, _) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let Some(present) = self.present() else {
            return self.changed(machine, &self.copy).map(Step::Give);
        };
        self.doing = Doing::Update;
        let input = self.changed(machine, &present)?;
        self.evaluate(machine, *update, input)
    }

    fn updated(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        update: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Transform(_, update_node, deletion) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        match update {
            Value::Undefined => {}
            Value::Object(update) => self.merge(&update)?,
            other => return Err(self.fault(*update_node, Code::T2011, &other)),
        }
        match (deletion, self.present()) {
            (Some(deletion), Some(present)) => {
                self.doing = Doing::Deletion;
                let input = self.changed(machine, &present)?;
                self.evaluate(machine, *deletion, input)
            }
            _ => {
                self.index += 1;
                self.next(machine)
            }
        }
    }

    fn fault(&self, node: NodeId, code: Code, value: &Value<'a>) -> Fault {
        let node = self.at.child(node);
        Fault::with(code, print(value)).at(node.span(), node.position as usize)
    }

    /// Only objects can be changed.
    fn merge(&mut self, update: &Object<'a>) -> Result<(), Fault> {
        let Some(Value::Object(present)) = self.present() else {
            return Ok(());
        };
        let mut now = self.changes.current(&present).into_builder();
        for (name, value) in update.iter() {
            now.insert(name, value);
        }
        self.changes.set(&present, now.build()?);
        Ok(())
    }

    fn deleted(&mut self, deletions: &Value<'a>) -> Result<(), Fault> {
        let Kind::Transform(_, _, Some(node)) = &self.at.node().kind else {
            return Ok(());
        };
        if deletions.is_undefined() {
            return Ok(());
        }
        let names = as_sequence(deletions.clone())?;
        if !names.iter().all(|name| matches!(name, Value::Text(_))) {
            return Err(self.fault(*node, Code::T2012, deletions));
        }
        let Some(Value::Object(present)) = self.present() else {
            return Ok(());
        };
        let mut now = self.changes.current(&present).into_builder();
        for name in names.iter() {
            now.remove(name.as_str().unwrap_or_default());
        }
        self.changes.set(&present, now.build()?);
        Ok(())
    }
}
