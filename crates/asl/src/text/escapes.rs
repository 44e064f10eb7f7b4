//! From a place in what a string says to the place in the text where that is written.
//!
//! It reads strings that the parser has accepted; in others it counts on as well as it can.

/// The escapes of a string literal.
#[derive(Debug)]
pub(crate) struct Escapes {
    /// Behind each escape: the offset in what the string says, and in the literal.
    after: Vec<(usize, usize)>,
}

impl Escapes {
    /// Looks at a literal, quotes included.
    pub(crate) fn of(literal: &str) -> Self {
        let mut after = Vec::new();
        // Only the opening quote stands before the first character.
        let (mut said, mut written) = (0, 1);
        let mut rest = literal.get(1..).unwrap_or_default();
        while let Some(plain) = rest.find('\\') {
            let (long, short) = escape(rest.get(plain..).unwrap_or_default());
            said += plain + short;
            written += plain + long;
            after.push((said, written));
            rest = literal.get(written..).unwrap_or_default();
        }
        Self { after }
    }

    /// The offset in the literal of an offset in what the string says.
    pub(crate) fn written(&self, said: usize) -> usize {
        let index = self.after.partition_point(|(at, _)| *at <= said);
        match index.checked_sub(1).and_then(|index| self.after.get(index)) {
            Some((at, written)) => written + (said - at),
            None => 1 + said,
        }
    }
}

/// How long the escape at the beginning of `text` is, and how long what it stands for.
fn escape(text: &str) -> (usize, usize) {
    let Some(unit) = unit(text) else {
        let second = text.chars().nth(1).map_or(0, char::len_utf8);
        return (1 + second, second.max(1));
    };
    let low = text.get(6..).and_then(self::unit);
    let pair = low.map_or(vec![unit], |low| vec![unit, low]);
    match char::decode_utf16(pair).next() {
        Some(Ok(character)) => (6 * character.len_utf16(), character.len_utf8()),
        _ => (6, char::REPLACEMENT_CHARACTER.len_utf8()),
    }
}

fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::Escapes;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_character_is_found_where_it_is_written(text in "\\PC{0,20}[\\x00-\\x1f\"\\\\😀ä]{0,5}\\PC{0,9}") {
            let literal = serde_json::Value::from(text.as_str()).to_string();
            let escapes = Escapes::of(&literal);
            for (said, character) in text.char_indices() {
                let from = escapes.written(said);
                let to = escapes.written(said + character.len_utf8());
                let written = format!("\"{}\"", &literal[from..to]);
                prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), character.to_string());
            }
        }
    }

    #[test]
    fn pairs_of_escapes_are_one_character() {
        let escapes = Escapes::of(r#""\ud83d\ude00\u00e4x""#);
        assert_eq!(
            [0, 4, 6, 7].map(|said| escapes.written(said)),
            [1, 13, 19, 20]
        );
    }
}
