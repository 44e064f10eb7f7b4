//! A Map: its rounds and their items.

pub(crate) const ROUNDS: &str = "Rounds";
pub(crate) const MODE: &str = "They run";
pub(crate) const INLINE: &str = "In this run (inline)";
pub(crate) const DISTRIBUTED: &str = "As runs of their own (distributed)";
pub(crate) const HAS_ITERATOR: &str =
    "This Map has an Iterator, the older name. Rename it to ItemProcessor in the code first.";
pub(crate) const AT_ONCE: &str = "At once";
pub(crate) const AT_ONCE_HINT: &str = "MaxConcurrency: 0 sets no limit";
pub(crate) const KIND: &str = "Kind of run";
pub(crate) const FAILURES: &str = "Failures it bears";
pub(crate) const FAILURES_COUNT: &str = "Or as a number";
pub(crate) const LABEL: &str = "Label";
pub(crate) const LABEL_HINT: &str =
    "Label: stands in the ARN of the map run; at most 40 characters";
pub(crate) const LABEL_NONE: &str = "Made by the service";
pub(crate) const UNIT: &str = "items";

pub(crate) const ITEMS: &str = "Items";
pub(crate) const OVER: &str = "Repeat over";
pub(crate) const OVER_HINT: &str = "Items: an array, or an expression that gives one";
pub(crate) const OVER_PATH_HINT: &str = "ItemsPath: leads to an array in the input";
pub(crate) const WHOLE_INPUT: &str = "$, the whole input";
pub(crate) const SELECTOR: &str = "What each round gets";
pub(crate) const SELECTOR_HINT: &str = "ItemSelector: $$.Map.Item.Value is the item, $$.Map.Item.Index its number; it stands for Parameters of older definitions";
pub(crate) const ITEM: &str = "The item itself";
