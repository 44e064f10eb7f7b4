//! The pieces of a JSONPath or an intrinsic call around a place: paths, names of functions, texts in apostrophes. The
//! text may be broken.

use std::ops::Range;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In bytes.
    pub(super) range: Range<usize>,
    pub(super) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Begins with `$`.
    Path,
    /// A name of a function, or the beginning of one.
    Name,
    /// A text in apostrophes, with or without its end.
    Text,
    /// A number.
    Number,
    Open,
    Close,
    Comma,
}

/// The pieces of a query; blanks and what is unknown are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let (length, kind) = match character {
            '$' => (path_length(rest), Some(TokenKind::Path)),
            '\'' => (text_length(rest), Some(TokenKind::Text)),
            '(' => (1, Some(TokenKind::Open)),
            ')' => (1, Some(TokenKind::Close)),
            ',' => (1, Some(TokenKind::Comma)),
            '-' | '0'..='9' => (
                run_length(rest, |c| c.is_ascii_alphanumeric() || "+-.".contains(c)),
                Some(TokenKind::Number),
            ),
            _ if is_name(character) => (run_length(rest, is_name), Some(TokenKind::Name)),
            _ => (character.len_utf8(), None),
        };
        let end = at + length.max(character.len_utf8());
        found.extend(kind.map(|kind| Token {
            range: at..end,
            kind,
        }));
        at = end;
    }
    found
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '_')
}

fn run_length(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// A path ends before a blank, a comma or a closing parenthesis outside of its brackets.
fn path_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut quoted = None;
    let mut escaped = false;
    for (at, character) in rest.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match (character, quoted) {
            ('\\', _) => escaped = true,
            (c, Some(quote)) if c == quote => quoted = None,
            (_, Some(_)) => {}
            ('\'' | '"', None) if depth > 0 => quoted = Some(character),
            ('[' | '(', None) => depth += 1,
            (']', None) => depth = depth.saturating_sub(1),
            (')', None) if depth > 0 => depth -= 1,
            (',' | ')' | ' ' | '\'', None) if depth == 0 => return at,
            _ => {}
        }
    }
    rest.len()
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The innermost call around a place: the token of its name, and how many arguments stand before the place.
pub(super) fn call_at(tokens: &[Token], offset: usize) -> Option<(Token, usize)> {
    let mut open: Vec<(Option<Token>, usize)> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.range.end > offset {
            break;
        }
        match token.kind {
            TokenKind::Open => {
                let name = index.checked_sub(1).and_then(|before| tokens.get(before));
                let name = name.filter(|name| {
                    name.kind == TokenKind::Name && name.range.end == token.range.start
                });
                open.push((name.cloned(), 0));
            }
            TokenKind::Close => {
                open.pop();
            }
            TokenKind::Comma => {
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            TokenKind::Path | TokenKind::Name | TokenKind::Text | TokenKind::Number => {}
        }
    }
    let (name, commas) = open.pop()?;
    Some((name?, commas))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        tokens(text)
            .into_iter()
            .map(|token| &text[token.range])
            .collect()
    }

    #[test]
    fn a_call_falls_into_its_pieces() {
        assert_eq!(
            pieces("States.Format('a, {}', $.x[?(@.y == ')')].z, $$.State.Name, 5)"),
            [
                "States.Format",
                "(",
                "'a, {}'",
                ",",
                "$.x[?(@.y == ')')].z",
                ",",
                "$$.State.Name",
                ",",
                "5",
                ")"
            ]
        );
        assert_eq!(
            pieces("States.Array('it\\'s"),
            ["States.Array", "(", "'it\\'s"]
        );
    }

    #[test]
    fn the_call_around_a_place_is_the_innermost() {
        let text = "States.Format('a', States.Array(1, 2), 3)";
        let at = |offset| {
            let (name, commas) = call_at(&tokens(text), offset)?;
            Some((&text[name.range], commas))
        };
        assert_eq!(at(text.find("1").unwrap()), Some(("States.Array", 0)));
        assert_eq!(at(text.find("2").unwrap()), Some(("States.Array", 1)));
        assert_eq!(at(text.find("3").unwrap()), Some(("States.Format", 2)));
        assert_eq!(at(3), None);
    }
}
