//! The Choice state.

use super::{Done, Refused, StateEdit};
use crate::convert::object::ObjectEdit;
use crate::convert::piece::Piece;
use crate::text::{Node, Pointer};

impl<'d> StateEdit<'d> {
    pub(super) fn choice(&mut self) -> Done {
        let input = self.effective_input()?;
        self.assign(&input)?;
        let output = self.after_output_path(&input)?;
        let rules = self.node.field("Choices");
        let mut known = Vec::new();
        for (index, rule) in rules.into_iter().flat_map(Node::elements).enumerate() {
            let at = self.pointer.join("Choices").join(index);
            let edit = self.rule(rule, &at, &input, &output, &mut known)?;
            self.inner.push(edit);
        }
        self.put_output(output, &Piece::input())
    }

    /// A rule; `known` is what is there for certain when its turn comes, and grows by what its condition makes sure of.
    fn rule(
        &mut self,
        rule: &'d Node,
        at: &Pointer,
        input: &Piece,
        output: &Piece,
        known: &mut Vec<String>,
    ) -> Result<ObjectEdit<'d>, Refused> {
        let mut edit = ObjectEdit::new(at.clone(), rule);
        let condition = self.look(at, input, |around| around.condition(rule, known))?;
        known.extend(condition.if_false);
        let compared: Vec<&str> = rule
            .members()
            .iter()
            .map(|member| &*member.key)
            .filter(|key| !matches!(*key, "Next" | "Assign" | "Comment"))
            .collect();
        let condition = self.written(at, Piece::Computed(condition.expression))?;
        edit.place(&compared, "Condition", condition);
        edit.remove(&compared);
        if let Some(assign) = self.template_of(rule, at, "Assign", input)? {
            edit.place(&["Assign"], "Assign", assign);
        }
        if !output.is(&Piece::input()) {
            let output = self.written(at, output.clone())?;
            edit.place_after("Condition", "Output", output);
        }
        Ok(edit)
    }
}
