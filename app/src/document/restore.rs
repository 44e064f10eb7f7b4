//! Putting another text in the place of the present one, as a version that is restored.

use super::{Change, Editing, difference, invert};
use asl::text::{Format, TextEdit};

impl Editing {
    /// Puts `text` in the place of the present one, broken or not; its beginning tells its notation.
    pub fn put_in_place(&self, text: &str, label: String) -> Change {
        let edits: Vec<TextEdit> = difference(self.text(), text).into_iter().collect();
        let notations = (self.notation(), Format::of_text(text));
        Change {
            inverse: invert(self.text(), &edits),
            edits,
            label,
            notations: (notations.0 != notations.1).then_some(notations),
            ..Change::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_put_in_place_is_one_step_also_across_notations_and_faults() {
        for (before, after) in [
            ("{\"StartAt\": \"A\"}", "{\"StartAt\": \"B\"}"),
            ("{\"StartAt\": \"A\"}", "StartAt: A\n"),
            ("StartAt: [broken", "{"),
        ] {
            let mut editing = Editing::new(before);
            let notation = editing.notation();
            let change = editing.put_in_place(after, "Restore".to_owned());
            editing.apply(&change, Vec::new()).expect("applies");
            let now = (&**editing.text(), editing.notation());
            assert_eq!(now, (after, Format::of_text(after)));
            editing.undo();
            assert_eq!((&**editing.text(), editing.notation()), (before, notation));
        }
        let same = Editing::new("{}").put_in_place("{}", "Restore".to_owned());
        assert!(same.is_empty());
    }
}
