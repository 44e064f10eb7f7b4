//! `INVALID_VARIABLE_NAME`, `VARIABLE_OF_OUTER_BLOCK`: what `Assign` may set (asl-rules 8).

use crate::check::Diagnostic;
use crate::check::fields::Language;
use crate::check::view::{Place, View};
use crate::graph::{Block, BlockIx};
use crate::text::{Member, Node};
use std::collections::{HashMap, HashSet};

const LONGEST: usize = 80;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut assigned: HashMap<BlockIx, HashSet<&str>> = HashMap::new();
    for place in &view.places {
        for member in assignments(place) {
            if let Some(message) = fault(name(place, member)) {
                let pointer = place.pointer.join("Assign");
                let finding =
                    Diagnostic::error("INVALID_VARIABLE_NAME", member.key_span, pointer, message);
                found.push(refusal(finding, name(place, member)));
            }
            if let Some(block) = block_of(view, place) {
                assigned
                    .entry(block)
                    .or_default()
                    .insert(name(place, member));
            }
        }
    }
    for place in &view.places {
        for member in assignments(place) {
            if is_outer(view, place, name(place, member), &assigned) {
                found.push(outer(place, member));
            }
        }
    }
}

pub(super) fn assignments<'a>(place: &Place<'a>) -> &'a [Member] {
    let assign = place.node.field("Assign");
    // Few objects have it, so that the kind is asked last.
    let assign = assign.filter(|_| place.kind.field("Assign").is_some());
    assign.map(Node::members).unwrap_or_default()
}

pub(super) fn name<'a>(place: &Place<'a>, member: &'a Member) -> &'a str {
    match place.language {
        Language::JsonPath => member.key.strip_suffix(".$").unwrap_or(&member.key),
        Language::Jsonata => &member.key,
    }
}

fn fault(name: &str) -> Option<String> {
    let mut characters = name.chars();
    let starts_well = characters.next().is_some_and(unicode_ident::is_xid_start);
    if !starts_well || !characters.all(unicode_ident::is_xid_continue) {
        return Some(format!(
            "\"{name}\" cannot be the name of a variable; begin with a letter and use letters, digits and _ only."
        ));
    }
    if name == "states" {
        return Some("The name \"states\" is reserved; choose another.".to_owned());
    }
    let length = name.chars().count();
    (length > LONGEST)
        .then(|| format!("This name has {length} characters; shorten it to at most {LONGEST}."))
}

fn refusal(finding: Diagnostic, name: &str) -> Diagnostic {
    if name == "states" {
        return finding
            .aws_code("RESERVED_VARIABLE_NAME")
            .aws("Cannot assign to reserved variable '$states'.");
    }
    finding.aws_code("INVALID_VARIABLE_NAME").aws(format!(
        "Invalid variable name '{name}': the variable name contains invalid characters."
    ))
}

pub(super) fn block_of(view: &View<'_>, place: &Place<'_>) -> Option<BlockIx> {
    view.outline.state(place.state?).map(|state| state.block)
}

/// Whether a block around this one sets the variable. Distributed processors see nothing of what is around them.
fn is_outer(
    view: &View<'_>,
    place: &Place<'_>,
    name: &str,
    assigned: &HashMap<BlockIx, HashSet<&str>>,
) -> bool {
    let mut ix = block_of(view, place);
    while let Some(block) = ix.and_then(|ix| view.outline.block(ix)) {
        if ix.is_some_and(|ix| is_distributed(view, ix)) {
            return false;
        }
        ix = around(view, block);
        if ix
            .and_then(|ix| assigned.get(&ix))
            .is_some_and(|names| names.contains(name))
        {
            return true;
        }
    }
    false
}

pub(super) fn around(view: &View<'_>, block: &Block) -> Option<BlockIx> {
    view.outline.state(block.owner?).map(|state| state.block)
}

pub(super) fn is_distributed(view: &View<'_>, block: BlockIx) -> bool {
    let mode = view
        .blocks
        .get(block.0)
        .and_then(|node| node.field("ProcessorConfig")?.field("Mode"));
    mode.and_then(Node::as_str) == Some("DISTRIBUTED")
}

fn outer(place: &Place<'_>, member: &Member) -> Diagnostic {
    let name = member.key.strip_suffix(".$").unwrap_or(&member.key);
    let message = format!(
        "The variable \"{name}\" belongs to an outer block and cannot be set here; choose another name."
    );
    let pointer = place.pointer.join("Assign");
    Diagnostic::error("VARIABLE_OF_OUTER_BLOCK", member.key_span, pointer, message)
        .aws_code("DUPLICATE_VARIABLE_NAME")
        .aws(format!(
            "The variable name '{name}' was already defined in a parent scope."
        ))
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::check::tests::{errors, state};

    #[test]
    fn variables_have_the_names_of_identifiers() {
        assert_eq!(fault("größe_2"), None);
        for bad in ["", "2x", "a.b", "a[0]", "a b", "states", &"a".repeat(81)] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        let text = state(r#"{"Type": "Pass", "Assign": {"a.b": 1, "c.$": "$.x"}, "End": true}"#);
        assert_eq!(errors(&text), ["INVALID_VARIABLE_NAME"]);
    }

    #[test]
    fn an_inner_block_cannot_set_an_outer_variable() {
        let nested = |config: &str| {
            format!(
                r#"{{"StartAt": "P", "States": {{"P": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "M"}},
                "M": {{"Type": "Map", "End": true, "ItemProcessor": {{"ProcessorConfig": {config}, "StartAt": "B",
                "States": {{"B": {{"Type": "Pass", "Assign": {{"x": 2}}, "End": true}}}}}}}}}}}}"#
            )
        };
        assert_eq!(errors(&nested("{}")), ["VARIABLE_OF_OUTER_BLOCK"]);
        assert_eq!(
            errors(&nested(
                r#"{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}"#
            )),
            Vec::<&str>::new()
        );
    }
}
