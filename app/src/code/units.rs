//! Offsets: Rust counts bytes, the editor counts UTF-16 units.

/// How many UTF-16 units stand before a byte offset; an offset inside a character counts as that character's start.
pub(super) fn to_units(text: &str, byte: usize) -> u32 {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() > byte {
            break;
        }
        units += u32::try_from(c.len_utf16()).unwrap_or(2);
    }
    units
}

/// The byte offset of a count of UTF-16 units; a count inside a character gives that character's start.
pub(super) fn to_byte(text: &str, units: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += u32::try_from(c.len_utf16()).unwrap_or(2);
        if seen > units {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aé😀b";

    #[test]
    fn offsets_go_there_and_back_at_every_character() {
        for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
            assert_eq!(to_byte(TEXT, to_units(TEXT, byte)), byte);
        }
    }

    #[test]
    fn an_emoji_counts_as_two_units() {
        assert_eq!(to_units(TEXT, TEXT.len()), 5);
        assert_eq!(to_byte(TEXT, 3), 3);
    }

    #[test]
    fn offsets_past_the_end_give_the_end() {
        assert_eq!(to_units(TEXT, 99), 5);
        assert_eq!(to_byte(TEXT, 99), TEXT.len());
    }
}
