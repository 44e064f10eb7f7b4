//! `DUPLICATE_KEY`: an object with one name twice; the first value is lost. AWS reads the last and says nothing.

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::view::View;
use crate::check::walk::{self, Way};
use crate::text::{Member, Node, Pointer, Step};
use std::collections::HashSet;

/// Objects with so many members are compared name by name; larger ones by a set.
const FEW: usize = 16;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = view.document.root() else {
        return;
    };
    walk::each(root, |way, node| {
        if has_duplicates(node.members()) {
            duplicates(view, node, way, found);
        }
    });
}

fn has_duplicates(members: &[Member]) -> bool {
    if members.len() > FEW {
        let mut seen = HashSet::with_capacity(members.len());
        return !members.iter().all(|member| seen.insert(&*member.key));
    }
    let mut rest = members;
    while let Some((member, others)) = rest.split_first() {
        if others.iter().any(|other| other.key == member.key) {
            return true;
        }
        rest = others;
    }
    false
}

fn duplicates(view: &View<'_>, node: &Node, way: &Way<'_>, found: &mut Vec<Diagnostic>) {
    let way = way.pointer(&Pointer::root());
    if is_states(&way.0) {
        return;
    }
    let mut seen = HashSet::new();
    // From behind, since the last one counts.
    for (index, member) in node.members().iter().enumerate().rev() {
        if seen.insert(&*member.key) {
            continue;
        }
        let pointer = way.join(&*member.key);
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
    fn objects_with_many_members_are_looked_through_as_well() {
        let members: Vec<String> = (0..40).map(|n| format!(r#""a{n}": {n}"#)).collect();
        let pass = |result: &str| {
            state(&format!(
                r#"{{"Type": "Pass", "Result": {{{result}}}, "End": true}}"#
            ))
        };
        let members = members.join(", ");
        assert_eq!(codes(&pass(&members)), Vec::<&str>::new());
        let twice = pass(&format!(r#"{members}, "a3": 0"#));
        assert_eq!(codes(&twice), ["DUPLICATE_KEY"]);
    }

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
