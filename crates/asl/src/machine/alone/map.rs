//! A Map on its own: its fields are evaluated and observed as far as they go without an iteration.

use super::LookedAt;
use crate::definition::{DataFlow, Distributed, ItemReader, Map, Processing};
use crate::definition::{ItemBatcher, Items as WrittenItems};
use crate::machine::Stage;
use crate::machine::context::Extras;
use crate::machine::data::{Surroundings, payload};
use crate::machine::error::StateError;
use crate::machine::map_run::{Items, batches, read_items};
use crate::machine::payload::Payload;
use crate::machine::run::{Run, Visit};
use crate::query::ReferencePath;
use crate::text::Document;
use serde_json::Value;
use std::sync::Arc;

/// How many bytes of input the selection from all items may copy; beyond it they are not looked at.
const LOOK_AT_MOST: usize = 256 * 1024 * 1024;

impl<'m> Run<'m> {
    /// The fields of a Map, without its iterations.
    pub(in crate::machine) fn look_at_map(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let amount = map.max_concurrency.as_ref();
        let limit = amount.map(|amount| self.count(&around, amount, &input, "MaxConcurrency"));
        self.observe_number(
            visit,
            Stage::MaxConcurrency,
            limit.transpose()?.unwrap_or(0),
        );
        let items = match reader(map) {
            Some(reader) => self.items_read(&around, reader, &input)?,
            None => Some(self.items_of_state(&around, map, &input)?),
        };
        let tolerance = self.tolerance(&around, map, &input)?;
        if let Some(count) = tolerance.count {
            self.observe_number(visit, Stage::ToleratedFailureCount, count);
        }
        if let Some(share) = tolerance.percentage {
            self.observe_number(visit, Stage::ToleratedFailurePercentage, share);
        }
        let iterations = match &items {
            Some(items) => Some(self.look_at_items(&around, map, &input, items)?),
            None => None,
        };
        if let Some(alone) = &mut self.execution.alone {
            alone.map = Some(LookedAt {
                iterations,
                tolerance,
            });
        }
        self.await_conclusion(visit, input, 0);
        Ok(())
    }

    fn items_of_state(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &'m Map,
        input: &Payload,
    ) -> Result<Items, StateError> {
        let items = self.items(around, map, input)?;
        let shown = match &map.items {
            WrittenItems::Path(path) => as_written(path.text(), input),
            WrittenItems::Input | WrittenItems::Value(_) => None,
        };
        self.observe(
            around.visit,
            Stage::AfterItemsPath,
            shown.as_ref().unwrap_or(&items),
        );
        Ok(Items::of_state(&items))
    }

    /// What the reader has read, when that was given.
    fn items_read(
        &mut self,
        around: &Surroundings<'_, 'm>,
        reader: &'m ItemReader,
        input: &Payload,
    ) -> Result<Option<Items>, StateError> {
        let reading = self.reading(around, reader, input)?;
        let read = self.execution.alone.as_ref();
        let Some(read) = read.and_then(|alone| alone.read.clone()) else {
            return Ok(None);
        };
        let failed = |cause: String| {
            StateError::reported(Some("States.ItemReaderFailed".to_owned()), Some(cause))
        };
        let items = read_items(&reading, &read).map_err(failed)?;
        if reading.items_pointer.is_some() {
            let all: Vec<Value> = (0..items.len()).filter_map(|at| items.plain(at)).collect();
            self.observe(
                around.visit,
                Stage::AfterItemsPointer,
                &payload(Value::Array(all))?,
            );
        }
        Ok(Some(items))
    }

    /// What each iteration would get, and how many there would be.
    fn look_at_items(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &'m Map,
        input: &Payload,
        items: &Items,
    ) -> Result<u64, StateError> {
        let batcher = batcher(map);
        let cost = around.visit.input.text().len().max(1);
        let most = u64::try_from(LOOK_AT_MOST / cost).unwrap_or(u64::MAX);
        if (map.selector.is_none() && batcher.is_none()) || items.len() > most {
            return Ok(items.len());
        }
        let mut inputs: Vec<Arc<str>> = Vec::new();
        for index in 0..items.len() {
            let input = match &map.selector {
                None => payload(items.plain(index).unwrap_or_default())?,
                Some(selector) => match items.item(index) {
                    None => continue,
                    Some(item) => self.selected_item(around.visit, selector, input, item)?,
                },
            };
            inputs.push(input.text().clone());
        }
        let Some(batcher) = batcher else {
            return Ok(items.len());
        };
        let batching = self.batching(around, batcher, input)?;
        let batches = batches(&batching, &inputs);
        for batch in &batches {
            let batch = Payload::from_text(Arc::from(batch.as_str()));
            self.observe(around.visit, Stage::AfterItemBatcher, &batch);
        }
        Ok(u64::try_from(batches.len()).unwrap_or(u64::MAX))
    }

    fn observe_number(&mut self, visit: &Visit<'_>, stage: Stage, number: impl Into<Value>) {
        let text = number.into().to_string();
        self.observe(visit, stage, &Payload::from_text(Arc::from(text)));
    }
}

fn distributed(map: &Map) -> Option<&Distributed> {
    match &map.processing {
        Processing::Inline => None,
        Processing::Distributed(distributed) => Some(distributed),
    }
}

fn reader(map: &Map) -> Option<&ItemReader> {
    distributed(map)?.reader.as_ref()
}

fn batcher(map: &Map) -> Option<&ItemBatcher> {
    distributed(map)?.batcher.as_ref()
}

/// The text at a path that leads to one place, as it stands in the input: so does AWS show it (recorded).
fn as_written(path: &str, input: &Payload) -> Option<Payload> {
    let path = ReferencePath::parse(path).ok()?;
    let pointer = path.is_in_input().then(|| path.pointer())?;
    let document = Document::parse(input.text().clone());
    let span = document.get(&pointer)?.span;
    Payload::checked(Arc::from(document.slice(span)))
}
