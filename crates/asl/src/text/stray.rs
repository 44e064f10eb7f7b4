//! Opening brackets that are one too many. A stray bracket shifts all that follows, so that one slip looks like many;
//! the balance of all brackets tells it from one whose closing bracket is missing further down. It mends nothing itself.

use super::Span;
use super::parse::Parser;

/// How many more brackets open than close in a text, outside its strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Surplus {
    arrays: usize,
    objects: usize,
}

impl Surplus {
    fn of(text: &str) -> Self {
        let mut counts = [0_usize; 4];
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
            let found = &rest[at..];
            if found.starts_with('"') {
                rest = after_string(found);
                continue;
            }
            let kind = "{}[]".find(&found[..1]);
            counts[kind.unwrap_or_default()] += 1;
            rest = &found[1..];
        }
        let [objects, objects_end, arrays, arrays_end] = counts;
        Self {
            arrays: arrays.saturating_sub(arrays_end),
            objects: objects.saturating_sub(objects_end),
        }
    }

    /// Takes one of the brackets that are too many; says whether there was one.
    fn take(&mut self, bracket: u8) -> bool {
        let count = if bracket == b'{' {
            &mut self.objects
        } else {
            &mut self.arrays
        };
        let left = *count > 0;
        *count = count.saturating_sub(1);
        left
    }
}

impl Parser<'_> {
    /// Whether what the bracket here opens could not stand here; no name of a member begins with one.
    pub(super) fn is_misplaced(&self, in_object: bool) -> bool {
        in_object || (self.peek() == Some(b'{') && begins_no_object(self.after_bracket()))
    }

    /// Whether the bracket here stands between a name and its colon.
    pub(super) fn stands_before_colon(&self) -> bool {
        matches!(self.peek(), Some(b'{' | b'['))
            && self.after_bracket().trim_start().starts_with(':')
    }

    fn after_bracket(&self) -> &str {
        self.rest().get(1..).unwrap_or_default()
    }

    /// Passes over a bracket that is one too many; says whether it was.
    pub(super) fn skip_surplus(&mut self) -> bool {
        let Some(bracket) = self.peek() else {
            return false;
        };
        let text = self.text;
        let surplus = self.surplus.get_or_insert_with(|| Surplus::of(text));
        if !surplus.take(bracket) {
            return false;
        }
        let span = Span::new(self.pos, self.pos + 1);
        let message = format!("This `{}` is one too many; remove it.", char::from(bracket));
        self.mendable(span, message, span, "");
        self.pos += 1;
        true
    }
}

/// Whether an opening brace cannot begin an object, by what follows it: a value without a colon, or nothing.
fn begins_no_object(after_brace: &str) -> bool {
    let rest = after_brace.trim_start();
    if rest.starts_with('"') {
        return after_string(rest).trim_start().starts_with([',', '}', ']']);
    }
    let is_word = ["true", "false", "null"]
        .iter()
        .any(|word| rest.starts_with(word));
    is_word || rest.starts_with(|c: char| ",[]-".contains(c) || c.is_ascii_digit())
}

/// What follows a string; one that is not closed ends with its line.
fn after_string(text: &str) -> &str {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let ends = (c == '"' && !escaped) || c == '\n';
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or("", |(at, _)| &text[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_counted_outside_of_strings_only() {
        let mut surplus = Surplus::of(r#"{"a{": "\"[", {"b": [1]}"#);
        assert!(surplus.take(b'{'));
        assert!(!surplus.take(b'{'));
        assert!(!surplus.take(b'['));
    }

    #[test]
    fn a_brace_before_a_value_begins_no_object() {
        for after in [" \"x\", 1", "\"x\"}", " true", "[1]", "-1", ", 2", "]"] {
            assert!(begins_no_object(after), "{after}");
        }
        for after in ["\"x\": 1", "\"x\"{: 1", "}", "", "\"x", "name: 1", "{}"] {
            assert!(!begins_no_object(after), "{after}");
        }
    }
}
