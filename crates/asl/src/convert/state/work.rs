//! States that do work: Task and Parallel, and what all of them do with its result.

use super::{Done, StateEdit};
use crate::convert::piece::Piece;

impl StateEdit<'_> {
    pub(super) fn task(&mut self) -> Done {
        let input = self.effective_input()?;
        let arguments = self.template("Parameters", &input)?;
        self.put_arguments(arguments.unwrap_or_else(|| input.clone()))?;
        self.number("TimeoutSeconds", &input)?;
        self.number("HeartbeatSeconds", &input)?;
        if let Some(piece) = self.template("Credentials", &input)? {
            self.put(&["Credentials"], "Credentials", piece)?;
        }
        self.after_work()?;
        self.catchers()
    }

    pub(super) fn parallel(&mut self) -> Done {
        let input = self.effective_input()?;
        let arguments = self.template("Parameters", &input)?;
        self.put_arguments(arguments.unwrap_or(input))?;
        self.after_work()?;
        self.catchers()
    }

    fn put_arguments(&mut self, arguments: Piece) -> Done {
        if arguments.is(&Piece::input()) {
            return Ok(());
        }
        self.put(&["Parameters", "InputPath"], "Arguments", arguments)
    }

    /// `ResultSelector`, `Assign`, `ResultPath` and `OutputPath`.
    pub(super) fn after_work(&mut self) -> Done {
        self.assign(&Piece::result())?;
        let selected = self.template("ResultSelector", &Piece::result())?;
        let output = self.output(selected.unwrap_or_else(Piece::result))?;
        self.put_output(output, &Piece::result())
    }
}
