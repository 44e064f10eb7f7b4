//! Texts in apostrophes, and the slots that `States.Format` finds in them.

/// A text as it was written, without the apostrophes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    raw: String,
}

const LONE_BACKSLASH: &str =
    "A backslash must be followed by an apostrophe, a brace or a backslash";

impl Literal {
    pub(crate) fn new(raw: &str) -> Self {
        Self {
            raw: raw.to_owned(),
        }
    }

    /// The text, escapes resolved. A backslash that escapes nothing is an error of the run, not of the definition.
    pub(crate) fn plain(&self) -> Result<String, String> {
        pieces(&self.raw).map(|pieces| pieces.join("{}"))
    }

    /// The text between the slots.
    pub(crate) fn pieces(&self) -> Result<Vec<String>, String> {
        pieces(&self.raw)
    }
}

/// Splits a format at its slots and resolves the escapes.
pub(crate) fn pieces(raw: &str) -> Result<Vec<String>, String> {
    let mut pieces = vec![String::new()];
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        let next = match c {
            '{' if rest.as_str().starts_with('}') => {
                rest.next();
                pieces.push(String::new());
                continue;
            }
            '\\' => rest
                .next()
                .filter(|c| matches!(c, '\'' | '{' | '}' | '\\'))
                .ok_or(LONE_BACKSLASH)?,
            other => other,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(next);
        }
    }
    Ok(pieces)
}
