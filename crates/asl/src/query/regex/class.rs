//! Sets of characters.

/// A set of characters, as `[a-z]`, `\d` or `.` write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matcher {
    pub(super) items: Vec<Item>,
    pub(super) negated: bool,
    pub(super) ignore_case: bool,
}

/// A part of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Range(char, char),
    /// A named kind; `true` for those outside it.
    Kind(Kind, bool),
}

/// Kinds of characters that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Digit,
    Word,
    Space,
    Letter,
    Upper,
    Lower,
    Number,
    Alphanumeric,
    Punctuation,
    Any,
    LineBreak,
}

impl Matcher {
    pub(super) fn of(item: Item, ignore_case: bool) -> Self {
        Self {
            items: vec![item],
            negated: false,
            ignore_case,
        }
    }

    /// Whether `c` belongs to the set.
    pub(super) fn fits(&self, c: char) -> bool {
        let found = self.has(c)
            || (self.ignore_case
                && (c.to_lowercase().any(|c| self.has(c))
                    || c.to_uppercase().any(|c| self.has(c))));
        found != self.negated
    }

    fn has(&self, c: char) -> bool {
        self.items.iter().any(|item| match item {
            Item::Range(from, to) => (*from..=*to).contains(&c),
            Item::Kind(kind, outside) => kind.has(c) != *outside,
        })
    }
}

impl Kind {
    fn has(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Word => is_word(c),
            Self::Space => matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'),
            Self::Letter => c.is_alphabetic(),
            Self::Upper => c.is_uppercase(),
            Self::Lower => c.is_lowercase(),
            Self::Number => c.is_numeric(),
            Self::Alphanumeric => c.is_alphanumeric(),
            Self::Punctuation => c.is_ascii_punctuation(),
            Self::Any => true,
            Self::LineBreak => matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'),
        }
    }

    /// The kind of a `\p{…}`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "L" | "Alpha" | "IsAlphabetic" | "IsL" => Self::Letter,
            "Lu" | "Upper" | "IsUppercase" | "IsLu" => Self::Upper,
            "Ll" | "Lower" | "IsLowercase" | "IsLl" => Self::Lower,
            "N" | "Nd" | "IsDigit" | "IsN" => Self::Number,
            "Digit" => Self::Digit,
            "Alnum" => Self::Alphanumeric,
            "P" | "Punct" | "IsPunctuation" => Self::Punctuation,
            "Space" | "IsWhite_Space" => Self::Space,
            _ => return None,
        })
    }
}

/// What `\w` means.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
