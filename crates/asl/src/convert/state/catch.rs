//! Catchers, and what changes for retriers and catchers because JSONata fails under another name.

use super::{Done, StateEdit, refused};
use crate::convert::finding::Code;
use crate::convert::flow::ResultPath;
use crate::convert::object::ObjectEdit;
use crate::convert::piece::Piece;
use crate::text::{Node, Pointer};

/// Errors that JSONPath states raise and JSONata states do not.
const JSON_PATH_ERRORS: [&str; 3] = [
    "States.IntrinsicFailure",
    "States.ParameterPathFailure",
    "States.ResultPathMatchFailure",
];

impl StateEdit<'_> {
    pub(super) fn catchers(&mut self) -> Done {
        let catchers = self.node.field("Catch");
        for (index, catcher) in catchers.into_iter().flat_map(Node::elements).enumerate() {
            let at = self.pointer.join("Catch").join(index);
            let mut edit = ObjectEdit::new(at.clone(), catcher);
            if let Some(assign) =
                self.template_of(catcher, &at, "Assign", &Piece::error_output())?
            {
                edit.place(&["Assign"], "Assign", assign);
            }
            let at = at.join("ResultPath");
            let path = ResultPath::read(catcher.field("ResultPath"))
                .map_err(|refusal| refused(&at, refusal))?;
            let output = self.look(&at, &Piece::input(), |around| {
                around.output(Piece::error_output(), &path, None)
            })?;
            if !output.is(&Piece::error_output()) {
                let output = self.written(&at, output)?;
                edit.place(&["ResultPath"], "Output", output);
            }
            edit.remove(&["ResultPath"]);
            self.inner.push(edit);
        }
        self.note_errors("Retry");
        self.note_errors("Catch");
        Ok(())
    }

    fn note_errors(&mut self, field: &str) {
        let list = self.node.field(field);
        for (index, element) in list.into_iter().flat_map(Node::elements).enumerate() {
            let at = self.pointer.join(field).join(index).join("ErrorEquals");
            let names = element
                .field("ErrorEquals")
                .into_iter()
                .flat_map(Node::elements);
            for name in names.filter_map(Node::as_str) {
                self.note_error(&at, name);
            }
        }
    }

    fn note_error(&mut self, at: &Pointer, name: &str) {
        let has_states_inside = ["Branches", "ItemProcessor", "Iterator"]
            .iter()
            .any(|field| self.node.field(field).is_some());
        let note = match name {
            "States.ALL" | "States.TaskFailed" if self.computes || has_states_inside => (
                Code::CaughtNow,
                format!(
                    "{name} takes States.QueryEvaluationError: a query that fails in JSONata is caught here, while in \
                     JSONPath it ends the execution with States.Runtime."
                ),
            ),
            _ if JSON_PATH_ERRORS.contains(&name) => (
                Code::NeverRaised,
                format!(
                    "JSONata states never raise {name}; a failing expression raises States.QueryEvaluationError."
                ),
            ),
            _ => return,
        };
        self.notes.push(super::Note {
            pointer: at.clone(),
            code: note.0,
            message: note.1,
        });
    }
}
