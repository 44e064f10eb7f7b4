//! The Map state (asl-rules 11).

use super::data::read_template;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processing {
    /// Iterations run inside the execution.
    Inline,
    /// Iterations run as executions of their own.
    Distributed,
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

/// What each iteration gets instead of the item itself.
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
            processing: read_processing(&processor)?,
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

fn read_processing(processor: &Place<'_>) -> Option<Processing> {
    let Some(mode) = processor
        .member("ProcessorConfig")
        .and_then(|config| config.member("Mode"))
    else {
        return Some(Processing::Inline);
    };
    match mode.string()? {
        "INLINE" => Some(Processing::Inline),
        "DISTRIBUTED" => Some(Processing::Distributed),
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
    match language {
        QueryLanguage::JsonPath => {
            let place = place.or_else(|| state.member("Parameters"))?;
            read_template(&place).map(Selector::Template)
        }
        QueryLanguage::Jsonata => place?.value().map(Selector::Value),
    }
}
