//! The Map state: what both modes have in common, and the inline one (asl-rules 11).

use super::Stage;
use super::context::Extras;
use super::data::{Surroundings, payload};
use super::error::StateError;
use super::execution::{Activity, Fan};
use super::fan::iteration;
use super::jsonata::{States, unexpected_type};
use super::map_run::Tolerance;
use super::payload::Payload;
use super::run::{Run, Visit};
use crate::definition::{DataFlow, Items, Map, Processing, Selector, StateKind, expression};
use crate::history::{EventKind, MapEvent};
use crate::query::context::Item;
use serde_json::Value;

/// Iterations that run at once when the definition sets no limit (feature map, ASL-117).
const DEFAULT_CONCURRENCY: u32 = 40;

impl<'m> Run<'m> {
    pub(super) fn begin_map(&mut self, visit: &Visit<'m>, map: &'m Map) -> Result<(), StateError> {
        match &map.processing {
            Processing::Inline => self.begin_inline(visit, map),
            Processing::Distributed(distributed) => self.begin_distributed(visit, map, distributed),
        }
    }

    fn begin_inline(&mut self, visit: &Visit<'m>, map: &'m Map) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let limit = self.concurrency(&around, map, &input, DEFAULT_CONCURRENCY)?;
        let items = self.items(&around, map, &input)?;
        self.observe(visit, Stage::AfterItemsPath, &items);
        let total = items.value().as_array().map_or(0, Vec::len);
        let length = u64::try_from(total).unwrap_or(u64::MAX);
        let started = self.emit(visit.thread, EventKind::Map(MapEvent::Started { length }));
        // The thresholds have no effect on iterations inside the execution, but their values are looked at.
        self.tolerance(&around, map, &input)?;
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let fan = Fan::new(input, Some(items), total, limit);
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Fan(Box::new(fan));
        }
        if total == 0 {
            return self.fan_done(visit, started);
        }
        self.first_iterations(visit, started)
    }

    /// How many may run at once: as many as the definition says, and never more than `most`.
    pub(super) fn concurrency(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &Map,
        input: &Payload,
        most: u32,
    ) -> Result<u32, StateError> {
        let Some(amount) = &map.max_concurrency else {
            return Ok(most);
        };
        match self.count(around, amount, input, "MaxConcurrency")? {
            0 => Ok(most),
            count => Ok(u32::try_from(count).unwrap_or(u32::MAX).min(most)),
        }
    }

    pub(super) fn tolerance(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &Map,
        input: &Payload,
    ) -> Result<Tolerance, StateError> {
        let count = map.tolerated_failure_count.as_ref();
        let count = count.map(|amount| self.count(around, amount, input, "ToleratedFailureCount"));
        let count = count.transpose()?;
        let percentage = map.tolerated_failure_percentage.as_ref();
        let percentage = percentage
            .map(|amount| self.percentage(around, amount, input, "ToleratedFailurePercentage"));
        Ok(Tolerance {
            count,
            percentage: percentage.transpose()?,
        })
    }

    /// The items: an array, in a distributed Map also an object (feature map, ASL-411).
    pub(super) fn items(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &Map,
        input: &Payload,
    ) -> Result<Payload, StateError> {
        let fits = |value: &Value| match map.processing {
            Processing::Inline => value.is_array(),
            Processing::Distributed(_) => value.is_array() || value.is_object(),
        };
        match &map.items {
            Items::Input if fits(input.value()) => Ok(input.clone()),
            Items::Input => Err(match around.visit.state.data {
                DataFlow::JsonPath(_) => {
                    StateError::runtime("Reference path \"$\" must point to array.")
                }
                DataFlow::Jsonata(_) => {
                    let input = input.value();
                    let cause = format!("Map state input must be an array but was: {input}");
                    StateError::evaluation(None, &cause)
                }
            }),
            Items::Path(path) => {
                let value = around.path(path, input)?;
                if fits(&value) {
                    return payload(value);
                }
                let path = path.text();
                let cause = format!("Reference path \"{path}\" must point to array.");
                Err(StateError::runtime(&cause))
            }
            Items::Value(written) => {
                let states = States::of_input(around);
                let value = self.evaluate(around, &states, written, "Items")?;
                if fits(&value) {
                    return payload(value);
                }
                let text = written.as_str().and_then(expression).unwrap_or_default();
                Err(unexpected_type(text, "Items", "array", &value))
            }
        }
    }

    fn first_iterations(&mut self, visit: &Visit<'m>, started: u64) -> Result<(), StateError> {
        let count = self
            .fan(visit.thread)
            .map_or(0, |fan| fan.limit.min(fan.total));
        for _ in 0..count {
            self.next_iteration(visit, started)?;
        }
        Ok(())
    }

    /// Begins the next iteration, when one is left; `previous` is the event that made room for it.
    pub(super) fn next_iteration(
        &mut self,
        visit: &Visit<'m>,
        previous: u64,
    ) -> Result<(), StateError> {
        let StateKind::Map(map) = &visit.state.kind else {
            return Ok(());
        };
        let Some(fan) = self.fan(visit.thread) else {
            return Ok(());
        };
        if fan.next >= fan.total {
            return Ok(());
        }
        let slot = fan.next;
        fan.next += 1;
        let (input, items) = (fan.input.clone(), fan.items.clone());
        let item = items
            .as_ref()
            .and_then(|items| items.value().get(slot as usize));
        let item = item.cloned().unwrap_or(Value::Null);
        let item = self.iteration_input(visit, map, &input, slot, item)?;
        if item.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let event = EventKind::Map(MapEvent::IterationStarted(iteration(visit, slot)));
        let started = self.emit_after(previous, event);
        let Some(block) = self.machine.block(map.processor) else {
            return Ok(());
        };
        let thread = self.spawn(Some((visit.thread, slot)), block.start_at, item, started);
        if let Some(fan) = self.fan(visit.thread) {
            fan.active.insert(slot, thread);
        }
        Ok(())
    }

    pub(super) fn iteration_input(
        &mut self,
        visit: &Visit<'m>,
        map: &Map,
        input: &Payload,
        slot: u32,
        item: Value,
    ) -> Result<Payload, StateError> {
        let Some(selector) = &map.selector else {
            return payload(item);
        };
        let item = Item {
            index: slot as usize,
            value: item,
            key: None,
            source: None,
        };
        self.selected_item(visit, selector, input, item)
    }

    /// What `ItemSelector` makes of an item; `input` is its `$`.
    pub(super) fn selected_item(
        &mut self,
        visit: &Visit<'m>,
        selector: &Selector,
        input: &Payload,
        item: Item,
    ) -> Result<Payload, StateError> {
        let extras = Extras {
            token: None,
            item: Some(item),
        };
        let around = self.surroundings(visit, extras);
        let selected = self.selected(&around, selector, input, "ItemSelector")?;
        self.observe(visit, Stage::AfterItemSelector, &selected);
        Ok(selected)
    }

    /// The value of a template or of a value with expressions.
    pub(super) fn selected(
        &mut self,
        around: &Surroundings<'_, 'm>,
        selector: &Selector,
        input: &Payload,
        location: &str,
    ) -> Result<Payload, StateError> {
        match selector {
            Selector::Template(template) => payload(self.template(around, template, input)?),
            Selector::Value(value) => {
                let states = States::of_input(around);
                payload(self.evaluate(around, &states, value, location)?)
            }
        }
    }
}

/// The outputs of the iterations as an array, written compactly (asl-rules 17).
pub(super) fn gather(results: &[Option<Payload>]) -> Result<Payload, StateError> {
    let values = results.iter().flatten().map(Payload::to_value);
    payload(Value::Array(values.collect()))
}
