//! States that do no work and choose nothing: Pass, Succeed, Wait, Fail.

use super::{Done, StateEdit};
use crate::convert::finding::Code;
use crate::convert::piece::{Piece, looks_like_expression};
use crate::text::Node;
use serde_json::Value;

impl StateEdit<'_> {
    pub(super) fn pass(&mut self) -> Done {
        let input = self.effective_input()?;
        let result = match self.node.field("Result") {
            Some(result) => Piece::Plain(result.to_value().unwrap_or(Value::Null)),
            None => self.template("Parameters", &input)?.unwrap_or(input),
        };
        self.assign(&result)?;
        let is_drawn_twice = result.is_random() && self.node.field("Assign").is_some();
        let output = self.output(result)?;
        if is_drawn_twice && output.is_random() {
            let message = "The output and the variables each draw a random value; in JSONPath they share one.";
            self.note("Assign", Code::DrawnTwice, message);
        }
        self.put_output(output, &Piece::input())
    }

    pub(super) fn succeed(&mut self) -> Done {
        let input = self.effective_input()?;
        let output = self.after_output_path(&input)?;
        self.put_output(output, &Piece::input())
    }

    pub(super) fn wait(&mut self) -> Done {
        let input = self.effective_input()?;
        self.number("Seconds", &input)?;
        self.query("Timestamp", &input)?;
        self.assign(&input)?;
        let output = self.after_output_path(&input)?;
        self.put_output(output, &Piece::input())
    }

    pub(super) fn fail(&mut self) -> Done {
        for name in ["Error", "Cause"] {
            self.query(name, &Piece::input())?;
            if let Some(text) = self.node.field(name).and_then(Node::as_str)
                && looks_like_expression(text)
            {
                let piece = Piece::Plain(Value::from(text));
                self.put(&[name], name, piece)?;
            }
        }
        Ok(())
    }
}
