//! `DUPLICATE_KEY`: an object with one name twice; the first value is lost. AWS reads the last and says nothing.

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::view::View;
use crate::text::{Node, Pointer, Step};
use std::collections::HashSet;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = view.document.root() else {
        return;
    };
    let mut open = vec![(root, 0)];
    let mut way: Vec<Step> = Vec::new();
    // The way to the present value is kept beside the list, so that no pointer is built for values without a fault.
    while let Some((node, next)) = open.last_mut() {
        if *next == 0 {
            duplicates(view, node, &way, found);
        }
        let members = node
            .members()
            .get(*next)
            .map(|member| (Step::from(&*member.key), &member.value));
        let child = members.or_else(|| {
            node.elements()
                .get(*next)
                .map(|item| (Step::Index(*next), item))
        });
        *next += 1;
        match child {
            Some((step, child)) => {
                way.push(step);
                open.push((child, 0));
            }
            None => {
                open.pop();
                way.pop();
            }
        }
    }
}

fn duplicates(view: &View<'_>, node: &Node, way: &[Step], found: &mut Vec<Diagnostic>) {
    if is_states(way) {
        return;
    }
    let mut seen = HashSet::new();
    // From behind, since the last one counts.
    for (index, member) in node.members().iter().enumerate().rev() {
        if seen.insert(&*member.key) {
            continue;
        }
        let pointer = Pointer(way.to_vec()).join(&*member.key);
        let message = format!(
            "\"{}\" stands twice in this object; only the last one counts. Remove one.",
            member.key
        );
        let finding = Diagnostic::warning("DUPLICATE_KEY", member.key_span, pointer, message);
        let finding = if wants_fix(found) {
            finding.fix("Remove this one", view.document.remove_member(node, index))
        } else {
            finding
        };
        found.push(finding);
    }
}

/// Names of states have a rule of their own.
fn is_states(way: &[Step]) -> bool {
    let mut steps = way.iter().rev();
    let last = steps.next().is_some_and(|step| step.name() == "States");
    last && steps.next().is_none_or(|step| {
        let name = step.name();
        name == "ItemProcessor" || name == "Iterator" || matches!(step, Step::Index(_))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn a_name_that_stands_twice_is_pointed_out_at_the_one_that_is_lost() {
        let text = state(r#"{"Type": "Pass", "Comment": "a", "Comment": "b", "End": true}"#);
        let found = only(&text, "DUPLICATE_KEY");
        assert_eq!(text.find("Comment"), Some(found.span.start + 1));
        clean_after_fix(&text);
        assert_eq!(
            codes(&state(
                r#"{"Type": "Pass", "Result": [{"a": 1, "a": 2}], "End": true}"#
            )),
            ["DUPLICATE_KEY"]
        );
    }
}
