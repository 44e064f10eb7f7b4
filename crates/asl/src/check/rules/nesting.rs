//! `TOO_DEEPLY_NESTED`: blocks inside blocks beyond what is read.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::graph::{BlockIx, MAX_BLOCK_DEPTH, StateNode};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut depths: Vec<usize> = Vec::with_capacity(view.outline.blocks.len());
    for (_, block, _) in view.blocks() {
        let owner = block.owner.and_then(|ix| view.outline.state(ix));
        // Outer blocks come first, so that their depth is known.
        let depth = owner
            .and_then(|owner| depths.get(owner.block.0))
            .map_or(0, |depth| depth + 1);
        depths.push(depth);
    }
    for state in view.states() {
        let holds_blocks = ["Branches", "ItemProcessor", "Iterator"]
            .iter()
            .any(|field| state.node.member(field).is_some());
        if holds_blocks && depth_of(state.outline, &depths) >= MAX_BLOCK_DEPTH {
            let message = format!(
                "\"{}\" is nested {MAX_BLOCK_DEPTH} blocks deep; nothing inside it is read. Move it into a workflow of its own.",
                state.outline.name
            );
            let span = state.outline.name_span;
            let finding = Diagnostic::error(
                "TOO_DEEPLY_NESTED",
                span,
                state.outline.pointer.clone(),
                message,
            );
            found.push(finding.aws_code("TOO_DEEPLY_NESTED"));
        }
    }
}

fn depth_of(state: &StateNode, depths: &[usize]) -> usize {
    let BlockIx(block) = state.block;
    depths.get(block).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    #[test]
    fn blocks_nested_without_end_are_refused() {
        let open = |index: usize| {
            format!(
                r#"{{"StartAt":"S{index}","States":{{"S{index}":{{"Type":"Map","End":true,"ItemProcessor":"#
            )
        };
        let nested = |depth: usize| {
            let head: String = (0..depth).map(open).collect();
            format!(
                r#"{head}{{"StartAt":"X","States":{{"X":{{"Type":"Succeed"}}}}}}{}"#,
                "}}}".repeat(depth)
            )
        };
        assert_eq!(codes(&nested(20)), Vec::<&str>::new());
        assert_eq!(codes(&nested(200)), ["TOO_DEEPLY_NESTED"]);
    }
}
