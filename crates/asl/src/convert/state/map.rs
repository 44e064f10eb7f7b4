//! The Map state: items, selector, limits, reader, batcher and writer.

use super::{Done, StateEdit};
use crate::convert::object::ObjectEdit;
use crate::convert::piece::Piece;
use crate::text::{Node, Pointer};

impl<'d> StateEdit<'d> {
    pub(super) fn map(&mut self) -> Done {
        let input = self.effective_input()?;
        self.items(&input)?;
        for name in [
            "MaxConcurrency",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
        ] {
            self.number(name, &input)?;
        }
        let old = if self.node.field("ItemSelector").is_some() {
            "ItemSelector"
        } else {
            "Parameters"
        };
        if let Some(selector) = self.template(old, &input)? {
            self.put(&[old], "ItemSelector", selector)?;
        }
        self.reader(&input)?;
        self.batcher(&input)?;
        self.writer(&input)?;
        self.after_work()?;
        self.catchers()
    }

    fn items(&mut self, input: &Piece) -> Done {
        let path = self.node.field("ItemsPath").and_then(Node::as_str);
        let items = match path {
            Some(path) => {
                let at = self.pointer.join("ItemsPath");
                self.look(&at, input, |around| around.path_text(path))?
            }
            None => input.clone(),
        };
        let is_read = self.node.field("ItemReader").is_some();
        if is_read || items.is(&Piece::input()) {
            self.state.remove(&["ItemsPath"]);
            return Ok(());
        }
        self.put(&["ItemsPath", "InputPath"], "Items", items)
    }

    fn reader(&mut self, input: &Piece) -> Done {
        let Some(reader) = self.node.field("ItemReader") else {
            return Ok(());
        };
        let at = self.pointer.join("ItemReader");
        self.arguments(reader, &at, input)?;
        let Some(config) = reader.field("ReaderConfig") else {
            return Ok(());
        };
        let at = at.join("ReaderConfig");
        let mut edit = ObjectEdit::new(at.clone(), config);
        if let Some(number) = self.number_of(config, &at, "MaxItems", input)? {
            edit.place(&["MaxItemsPath"], "MaxItems", number);
        }
        self.inner.push(edit);
        Ok(())
    }

    fn batcher(&mut self, input: &Piece) -> Done {
        let Some(batcher) = self.node.field("ItemBatcher") else {
            return Ok(());
        };
        let at = self.pointer.join("ItemBatcher");
        let mut edit = ObjectEdit::new(at.clone(), batcher);
        for (path, name) in [
            ("MaxItemsPerBatchPath", "MaxItemsPerBatch"),
            ("MaxInputBytesPerBatchPath", "MaxInputBytesPerBatch"),
        ] {
            if let Some(number) = self.number_of(batcher, &at, name, input)? {
                edit.place(&[path], name, number);
            }
        }
        if let Some(template) = self.template_of(batcher, &at, "BatchInput", input)? {
            edit.place(&["BatchInput"], "BatchInput", template);
        }
        self.inner.push(edit);
        Ok(())
    }

    fn writer(&mut self, input: &Piece) -> Done {
        match self.node.field("ResultWriter") {
            Some(writer) => self.arguments(writer, &self.pointer.join("ResultWriter"), input),
            None => Ok(()),
        }
    }

    /// `Parameters` of a reader or writer.
    fn arguments(&mut self, node: &'d Node, at: &Pointer, input: &Piece) -> Done {
        let mut edit = ObjectEdit::new(at.clone(), node);
        if let Some(template) = self.template_of(node, at, "Parameters", input)? {
            edit.place(&["Parameters"], "Arguments", template);
        }
        self.inner.push(edit);
        Ok(())
    }
}
