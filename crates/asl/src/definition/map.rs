//! The Map state (asl-rules 11).

use super::data::read_template;
use super::distributed::Distributed;
use super::field::read_path;
use super::place::Place;
use super::{Amount, BlockId, Builder, QueryLanguage};
use crate::query::{Path, Template};
use serde_json::Value;

/// The Map state.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// `ItemProcessor` or `Iterator`
    pub processor: BlockId,
    /// `ProcessorConfig.Mode`
    pub processing: Processing,
    /// `Items` or `ItemsPath`
    pub items: Items,
    /// `ItemSelector` or the old `Parameters`
    pub selector: Option<Selector>,
    /// `MaxConcurrency`; 0 means unlimited.
    pub max_concurrency: Option<Amount<u64>>,
    /// `ToleratedFailureCount`
    pub tolerated_failure_count: Option<Amount<u64>>,
    /// `ToleratedFailurePercentage`
    pub tolerated_failure_percentage: Option<Amount<f64>>,
}

/// `ProcessorConfig.Mode`
#[derive(Debug, Clone, PartialEq)]
pub enum Processing {
    /// Iterations run inside the execution.
    Inline,
    /// Iterations run as executions of their own.
    Distributed(Box<Distributed>),
}

/// Where the items come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Items {
    /// The effective input.
    Input,
    /// `ItemsPath`
    Path(Path),
    /// `Items`, whose strings may be expressions.
    Value(Value),
}

/// A value that is computed for each visit, or for each item: `ItemSelector`, `BatchInput`, and the parameters of a
/// reader or writer.
#[derive(Debug, Clone, PartialEq)]
pub enum Selector {
    /// A payload template.
    Template(Template),
    /// A value whose strings may be expressions.
    Value(Value),
}

impl Builder {
    pub(super) fn map(&mut self, state: &Place<'_>, language: QueryLanguage) -> Option<Map> {
        let processor = match state
            .member("ItemProcessor")
            .or_else(|| state.member("Iterator"))
        {
            Some(place) => place,
            None => return state.refuse("These fields are required: [ItemProcessor]"),
        };
        processor.object()?;
        Some(Map {
            processing: read_processing(state, &processor, language)?,
            processor: self.block(&processor)?,
            items: read_items(state, language)?,
            selector: read_selector(state, language),
            max_concurrency: Amount::read(state, "MaxConcurrency", language, Place::count),
            tolerated_failure_count: Amount::read(
                state,
                "ToleratedFailureCount",
                language,
                Place::count,
            ),
            tolerated_failure_percentage: Amount::read(
                state,
                "ToleratedFailurePercentage",
                language,
                Place::number,
            ),
        })
    }
}

fn read_processing(
    state: &Place<'_>,
    processor: &Place<'_>,
    language: QueryLanguage,
) -> Option<Processing> {
    let config = processor.member("ProcessorConfig");
    let Some(mode) = config.as_ref().and_then(|config| config.member("Mode")) else {
        return Some(Processing::Inline);
    };
    match mode.string()? {
        "INLINE" => Some(Processing::Inline),
        "DISTRIBUTED" => {
            let distributed = Distributed::read(state, &config?, language)?;
            Some(Processing::Distributed(Box::new(distributed)))
        }
        _ => mode.refuse("Mode must be \"INLINE\" or \"DISTRIBUTED\""),
    }
}

fn read_items(state: &Place<'_>, language: QueryLanguage) -> Option<Items> {
    let name = match language {
        QueryLanguage::JsonPath => "ItemsPath",
        QueryLanguage::Jsonata => "Items",
    };
    match (state.member(name), language) {
        (None, _) => Some(Items::Input),
        (Some(place), QueryLanguage::JsonPath) => read_path(&place).map(Items::Path),
        (Some(place), QueryLanguage::Jsonata) => place.value().map(Items::Value),
    }
}

fn read_selector(state: &Place<'_>, language: QueryLanguage) -> Option<Selector> {
    let place = state.member("ItemSelector");
    let place = match language {
        QueryLanguage::JsonPath => place.or_else(|| state.member("Parameters")),
        QueryLanguage::Jsonata => place,
    };
    Selector::read(&place?, language)
}

impl Selector {
    /// Reads a payload template, or a value with expressions.
    pub(super) fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        match language {
            QueryLanguage::JsonPath => read_template(place).map(Selector::Template),
            QueryLanguage::Jsonata => place.value().map(Selector::Value),
        }
    }
}
