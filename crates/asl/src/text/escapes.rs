//! From a place in what a string says to the place in the text where that is written.
//!
//! It reads strings of JSON that the parser has accepted; in others, and in those of YAML, it counts on as well as it can.

/// The escapes of a string literal, and what else is written in it and not said.
#[derive(Debug)]
pub(crate) struct Escapes {
    /// Behind each escape: the offset in what the string says, and in the literal.
    after: Vec<(usize, usize)>,
}

impl Escapes {
    /// Looks at a literal that says `text`, quotes included; scalars of YAML have none or others.
    pub(crate) fn of(literal: &str, text: &str) -> Self {
        if literal.starts_with('"') && !literal.contains('\n') {
            Self::of_json(literal)
        } else {
            Self::of_yaml(literal, text)
        }
    }

    /// Looks for each character of the text in turn, behind indentation, line breaks and doubled quotes.
    fn of_yaml(literal: &str, text: &str) -> Self {
        let is_block = literal.starts_with(['|', '>']);
        let header = literal
            .find('\n')
            .filter(|_| is_block)
            .map_or(0, |at| at + 1);
        let mut after = vec![(0, header)];
        let mut written = header;
        let visible = |(_, c): &(usize, char)| !c.is_whitespace();
        for (said, character) in text.char_indices().filter(visible) {
            let rest = literal.get(written..).unwrap_or_default();
            let Some(skipped) = rest.find(character) else {
                break;
            };
            written += skipped;
            let last = after.last().copied().unwrap_or_default();
            if last.1 + (said - last.0) != written {
                after.push((said, written));
            }
            written += character.len_utf8();
        }
        Self { after }
    }

    fn of_json(literal: &str) -> Self {
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
            let escapes = Escapes::of(&literal, &text);
            for (said, character) in text.char_indices() {
                let from = escapes.written(said);
                let to = escapes.written(said + character.len_utf8());
                let written = format!("\"{}\"", &literal[from..to]);
                prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), character.to_string());
            }
        }
    }

    #[test]
    fn lines_and_quotes_of_yaml_are_passed_over() {
        let at = |literal: &str, text: &str, what: &str| {
            let said = text.find(what).unwrap();
            let written = Escapes::of(literal, text).written(said);
            literal
                .get(written..written + what.len())
                .map(str::to_owned)
        };
        for literal in [
            "|\n    {% a\n      + b %}\n",
            "|-  # note\n  {% a\n    + b %}",
        ] {
            assert_eq!(
                at(literal, "{% a\n  + b %}\n", "b %}").as_deref(),
                Some("b %}")
            );
        }
        assert_eq!(at("'it''s x'", "it's x", "s x").as_deref(), Some("s x"));
        assert_eq!(
            at("plain text", "plain text", "text").as_deref(),
            Some("text")
        );
        assert_eq!(at("\"a\n  b\"", "a b", "b").as_deref(), Some("b"));
    }

    #[test]
    fn pairs_of_escapes_are_one_character() {
        let escapes = Escapes::of(r#""\ud83d\ude00\u00e4x""#, "😀äx");
        assert_eq!(
            [0, 4, 6, 7].map(|said| escapes.written(said)),
            [1, 13, 19, 20]
        );
    }
}
