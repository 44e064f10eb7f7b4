//! From the input of a state to its output: each filter, the work, what a catcher hands on, what a block gives
//! (asl-rules 10).

use super::{Flow, Guess, Sight, data, results};
use crate::check::fields::Language;
use crate::graph::{BlockIx, StateIx, StateType};
use crate::text::Node;
use serde_json::json;

impl Flow<'_> {
    /// The input of a state after `InputPath`.
    pub(super) fn filtered(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.input_within(ix, depth);
        match node
            .field("InputPath")
            .filter(|_| self.language(node) == Language::JsonPath)
        {
            Some(path) if path.is_null() => input.with(json!({})),
            Some(path) => self.path(path.as_str().unwrap_or("$"), &input, ix),
            None => input,
        }
    }

    /// What the work of a state gets.
    pub(super) fn parameters(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.filtered(ix, node, depth);
        match (
            self.language(node),
            node.field("Parameters"),
            node.field("Arguments"),
        ) {
            (Language::JsonPath, Some(template), _) => self.template(template, &input, ix),
            (Language::Jsonata, _, Some(data)) => {
                self.expressions(data, &Sight::of_input(input), ix)
            }
            _ => input,
        }
    }

    /// The items of a Map, as an array.
    fn items(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.filtered(ix, node, depth);
        if node.field("ItemReader").is_some() {
            return Guess::default();
        }
        match (
            self.language(node),
            node.field("ItemsPath"),
            node.field("Items"),
        ) {
            (Language::JsonPath, Some(path), _) => {
                self.path(path.as_str().unwrap_or("$"), &input, ix)
            }
            (Language::Jsonata, _, Some(items)) => {
                self.expressions(items, &Sight::of_input(input), ix)
            }
            _ => input,
        }
    }

    /// The first item of a Map, before `ItemSelector`.
    pub(super) fn raw_item(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let outer = self.seeks_items.replace(true);
        let items = self.items(ix, node, depth);
        self.seeks_items.set(outer);
        let first = items.value.get(0).cloned().unwrap_or_default();
        items.with(first)
    }

    /// What an iteration of a Map gets.
    pub(super) fn item(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let item = self.raw_item(ix, node, depth);
        let selector = node
            .field("ItemSelector")
            .or_else(|| node.field("Parameters"));
        let selected = match (self.language(node), selector) {
            (Language::JsonPath, Some(template)) => {
                let input = self.filtered(ix, node, depth);
                self.template(template, &input, ix)
            }
            (Language::Jsonata, Some(data)) => {
                let input = Sight::of_input(self.input_within(ix, depth));
                self.expressions(data, &input, ix)
            }
            (Language::JsonPath | Language::Jsonata, None) => item,
        };
        if node.field("ItemBatcher").is_some() {
            return selected.with(json!({"Items": [&*selected.value]}));
        }
        selected
    }

    /// The output of a state.
    pub(super) fn output(&self, ix: StateIx, depth: usize) -> Guess {
        let seen = self.seen_of(ix);
        if let Some(output) = seen.and_then(|seen| seen.output.as_ref()) {
            return self.shown(output);
        }
        let Some(node) = self.node(ix) else {
            return Guess::default();
        };
        if self.language(node) == Language::Jsonata {
            return self.jsonata_output(ix, node, depth);
        }
        let merged = self.before_output_path(ix, node, depth);
        match node.field("OutputPath") {
            Some(path) if path.is_null() => merged.with(json!({})),
            Some(path) => self.path(path.as_str().unwrap_or("$"), &merged, ix),
            None => merged,
        }
    }

    fn jsonata_output(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let sight = Sight {
            result: self.has_result(ix).then(|| self.result(ix, node, depth)),
            ..Sight::of_input(self.input_within(ix, depth))
        };
        match node.field("Output") {
            Some(data) => self.expressions(data, &sight, ix),
            None => sight.result.unwrap_or(sight.input),
        }
    }

    /// What `OutputPath` is applied to.
    pub(super) fn before_output_path(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        if !matches!(
            self.kind(ix),
            Some(StateType::Task | StateType::Pass | StateType::Map | StateType::Parallel)
        ) {
            return self.filtered(ix, node, depth);
        }
        let result = self.result(ix, node, depth);
        let result = match node.field("ResultSelector") {
            Some(template) => self.template(template, &result, ix),
            None => result,
        };
        let raw = self.input_within(ix, depth);
        self.placed(ix, node, raw, result)
    }

    /// The raw input with a result where `ResultPath` of a state or catcher puts it.
    fn placed(&self, ix: StateIx, holder: &Node, raw: Guess, result: Guess) -> Guess {
        match holder.field("ResultPath") {
            Some(path) if !path.is_null() && path.as_str() != Some("$") && !self.is_near(ix) => raw,
            path => data::placed(path, raw, result),
        }
    }

    /// Whether the state has work whose result `$states.result` holds.
    pub(in crate::editor) fn has_result(&self, ix: StateIx) -> bool {
        matches!(
            self.kind(ix),
            Some(StateType::Task | StateType::Map | StateType::Parallel)
        )
    }

    /// What a catcher hands on.
    pub(super) fn caught(&self, ix: StateIx, index: usize, depth: usize) -> Guess {
        let error = Guess::likely(results::error_output());
        let catcher = self
            .node(ix)
            .and_then(|node| node.field("Catch")?.elements().get(index));
        let Some((node, catcher)) = self.node(ix).zip(catcher) else {
            return error;
        };
        let raw = self.input_within(ix, depth);
        match (self.language(node), catcher.field("Output")) {
            (Language::JsonPath, _) => self.placed(ix, catcher, raw, error),
            (Language::Jsonata, None) => error,
            (Language::Jsonata, Some(data)) => {
                let sight = Sight {
                    error: Some(error),
                    ..Sight::of_input(raw)
                };
                self.expressions(data, &sight, ix)
            }
        }
    }

    /// What a block gives at its end.
    pub(super) fn block_output(&self, block: BlockIx, depth: usize) -> Guess {
        let states = self
            .outline
            .block(block)
            .map(|block| block.states.as_slice())
            .unwrap_or_default();
        let mut found = Guess::default();
        let ends = |ix: &&StateIx| {
            let state = self.outline.state(**ix);
            state.is_some_and(|state| state.ends && state.kind != Some(StateType::Fail))
        };
        for ix in states.iter().filter(ends).take(4) {
            if let Some(depth) = depth.checked_sub(1) {
                found = data::merged(found, self.output(*ix, depth));
            }
        }
        found
    }
}
