//! Names in JSONata: fields, the machine's variables, and variables of our own that hide none of them.

use crate::text::{Document, Node};
use std::collections::BTreeSet;

/// Words that are no names where a name stands.
const RESERVED: [&str; 6] = ["and", "or", "in", "true", "false", "null"];

/// The functions that converted texts call.
const FUNCTIONS: [&str; 31] = [
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "contains",
    "count",
    "distinct",
    "each",
    "exists",
    "filter",
    "floor",
    "hash",
    "lookup",
    "map",
    "max",
    "merge",
    "min",
    "not",
    "number",
    "parse",
    "partition",
    "random",
    "range",
    "reduce",
    "split",
    "string",
    "sum",
    "toMillis",
    "type",
    "uuid",
];

/// The variables of a machine.
#[derive(Debug, Default)]
pub(super) struct Names {
    variables: BTreeSet<String>,
    /// Those that hide a function, each as it is called and as it is handed on.
    hiding: Vec<(String, [String; 2])>,
}

impl Names {
    /// The names that any `Assign` of the document sets.
    pub(super) fn of(document: &Document) -> Self {
        let mut variables = BTreeSet::new();
        let mut open: Vec<&Node> = document.root().into_iter().collect();
        while let Some(node) = open.pop() {
            for member in node.members() {
                if &*member.key == "Assign" {
                    let names = member.value.members().iter();
                    variables.extend(
                        names.map(|name| {
                            name.key.strip_suffix(".$").unwrap_or(&name.key).to_owned()
                        }),
                    );
                }
                open.push(&member.value);
            }
            open.extend(node.elements());
        }
        let hiding = variables
            .iter()
            .filter(|name| FUNCTIONS.contains(&name.as_str()));
        let hiding =
            hiding.map(|name| (name.clone(), [format!("${name}("), format!(", ${name},")]));
        Self {
            hiding: hiding.collect(),
            variables,
        }
    }

    /// A variable of our own, as near to `wanted` as the machine's variables allow.
    pub(super) fn local(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.variables.contains(&name) {
            name.push('_');
        }
        name
    }

    /// A variable of the machine that hides a function which `text` uses.
    pub(super) fn hidden_function(&self, text: &str) -> Option<&str> {
        let is_used = |uses: &[String; 2]| uses.iter().any(|form| text.contains(form.as_str()));
        let found = self.hiding.iter().find(|(_, uses)| is_used(uses));
        found.map(|(name, _)| name.as_str())
    }
}

/// A field's name behind a dot: between backquotes where it is no plain word. `None` when JSONata has no form for it.
pub(super) fn field(name: &str) -> Option<String> {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !RESERVED.contains(&name);
    if plain {
        return Some(name.to_owned());
    }
    (!name.is_empty() && !name.contains('`')).then(|| format!("`{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_plain_words_stand_between_backquotes() {
        let field = |name| field(name).unwrap_or_default();
        assert_eq!(field("order_id"), "order_id");
        assert_eq!(field("order-id"), "`order-id`");
        assert_eq!(field("1st"), "`1st`");
        assert_eq!(field("and"), "`and`");
        assert_eq!(field("ä"), "`ä`");
    }

    #[test]
    fn a_variable_of_our_own_hides_none_of_the_machine() {
        let text = r#"{"States": {"A": {"Assign": {"item.$": "$.x", "count": 1}}}}"#;
        let names = Names::of(&Document::parse(text));
        assert_eq!(names.local("item"), "item_");
        assert_eq!(names.local("index"), "index");
        assert_eq!(names.hidden_function("$count($x)"), Some("count"));
        assert_eq!(names.hidden_function("$sum($x)"), None);
    }
}
