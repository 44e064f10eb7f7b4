//! The input of the next child: an item, what `ItemSelector` makes of it, or a batch of either (asl-rules 11).

use super::plan::Batching;
use super::step::Turn;
use crate::definition::{Map, StateKind};
use crate::machine::data::payload;
use crate::machine::error::StateError;
use crate::machine::payload::{MAX_BYTES, Payload};
use crate::machine::run::Visit;
use serde_json::Value;
use std::sync::Arc;

/// The input of a child, and how many items are in it.
pub(super) struct ChildInput {
    pub(super) input: Payload,
    pub(super) items: u32,
}

impl<'m> Turn<'m, '_> {
    /// The input of the child that begins with this item.
    pub(super) fn child_input(
        &mut self,
        visit: &Visit<'m>,
        first: u64,
    ) -> Result<ChildInput, StateError> {
        let StateKind::Map(map) = &visit.state.kind else {
            return Err(StateError::runtime("The state of the map run is no Map."));
        };
        let plan = Arc::clone(&self.map_run.plan);
        let child = match &plan.batching {
            None => ChildInput {
                input: self.item_input(visit, map, first)?,
                items: 1,
            },
            Some(batching) => self.batch(visit, map, batching, first)?,
        };
        if child.input.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        Ok(child)
    }

    /// The inputs of all children that were not started, in the order of their items. An item from which no input can be
    /// made stands for itself.
    pub(super) fn pending_inputs(&mut self) -> Vec<Arc<str>> {
        let mut inputs = Vec::new();
        let mut next = self.map_run.progress.next_item;
        let Some(visit) = self.run.visit(self.map_run.plan.thread) else {
            return inputs;
        };
        while next < self.total() {
            let (input, items) = match self.child_input(&visit, next) {
                Ok(child) => (Arc::clone(child.input.text()), u64::from(child.items)),
                Err(_) => (self.plain_item(next), 1),
            };
            inputs.push(input);
            next += items.max(1);
        }
        inputs
    }

    fn plain_item(&self, index: u64) -> Arc<str> {
        let items = self.map_run.items.as_ref();
        let item = items.and_then(|items| items.plain(index));
        Arc::from(item.unwrap_or_default().to_string())
    }

    /// What one item becomes.
    fn item_input(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        index: u64,
    ) -> Result<Payload, StateError> {
        let Some(items) = self.map_run.items.clone() else {
            return payload(Value::Null);
        };
        match &map.selector {
            None => payload(items.plain(index).unwrap_or_default()),
            Some(selector) => {
                let gone = || StateError::runtime("An item of the map run is gone.");
                let item = items.item(index).ok_or_else(gone)?;
                let input = self.map_run.plan.input.clone();
                self.run.selected_item(visit, selector, &input, item)
            }
        }
    }

    /// As many items as the limits allow, and one at least.
    fn batch(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        batching: &Batching,
        first: u64,
    ) -> Result<ChildInput, StateError> {
        let total = self.total();
        let most = batching.max_items.unwrap_or(u64::MAX).max(1);
        let limit = limit(batching);
        let mut texts: Vec<Arc<str>> = Vec::new();
        let mut length = written(batching, &texts).len();
        for index in first..total.min(first.saturating_add(most)) {
            let text = self.item_input(visit, map, index)?.text().clone();
            length += text.len() + usize::from(!texts.is_empty());
            if length > limit && !texts.is_empty() {
                break;
            }
            texts.push(text);
        }
        Ok(ChildInput {
            input: Payload::from_text(Arc::from(written(batching, &texts))),
            items: u32::try_from(texts.len()).unwrap_or(u32::MAX),
        })
    }
}

/// The inputs of children that get all these items, in batches.
pub(in crate::machine) fn batches(batching: &Batching, items: &[Arc<str>]) -> Vec<String> {
    let most = usize::try_from(batching.max_items.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let limit = limit(batching);
    let mut batches = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let mut length = written(batching, &[]).len();
        let fits = rest.iter().take(most.max(1)).take_while(|item| {
            length += item.len() + 1;
            length - 1 <= limit
        });
        let (batch, left) = rest.split_at(fits.count().clamp(1, rest.len()));
        batches.push(written(batching, batch));
        rest = left;
    }
    batches
}

/// The most bytes of a batch.
fn limit(batching: &Batching) -> usize {
    let limit = usize::try_from(batching.max_bytes.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    limit.min(MAX_BYTES)
}

/// The input of a child that gets a batch.
fn written(batching: &Batching, items: &[Arc<str>]) -> String {
    let items = items.join(",");
    match &batching.input {
        None => format!("{{\"Items\":[{items}]}}"),
        Some(input) => format!("{{\"BatchInput\":{},\"Items\":[{items}]}}", input.text()),
    }
}
