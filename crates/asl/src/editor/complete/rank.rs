//! How well a name fits what has been typed.

/// How well `label` fits what has been typed: 0 is best, none when it does not fit.
///
/// From best to worst: it begins with it; so but for capital letters; its words do (`tos` for `TimeoutSeconds`); it
/// contains it; it has its letters in this order.
pub fn score(typed: &str, label: &str) -> Option<u8> {
    if label.starts_with(typed) {
        return Some(0);
    }
    let wanted: Vec<char> = folded(typed).collect();
    let found: Vec<char> = folded(label).collect();
    if found.starts_with(&wanted) {
        return Some(1);
    }
    if words_fit(&wanted, label) {
        return Some(2);
    }
    if found.windows(wanted.len()).any(|window| window == wanted) {
        return Some(3);
    }
    let mut rest = found.iter();
    let fits = wanted
        .iter()
        .all(|letter| rest.any(|found| found == letter));
    fits.then_some(4)
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// Whether the letters are beginnings of the words of `label`, in order.
fn words_fit(wanted: &[char], label: &str) -> bool {
    let mut open = wanted;
    for word in words(label) {
        let same = word.iter().zip(open).take_while(|(a, b)| a == b).count();
        open = open.get(same..).unwrap_or_default();
    }
    open.is_empty()
}

/// The words of a name, small letters: at capital letters, blanks and signs.
fn words(label: &str) -> Vec<Vec<char>> {
    let mut words: Vec<Vec<char>> = Vec::new();
    let mut is_inside = false;
    for character in label.chars() {
        if !character.is_alphanumeric() {
            is_inside = false;
            continue;
        }
        if !is_inside || character.is_uppercase() {
            words.push(Vec::new());
        }
        is_inside = true;
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn beginnings_come_before_words_and_these_before_letters() {
        assert_eq!(score("", "Next"), Some(0));
        assert_eq!(score("Ti", "TimeoutSeconds"), Some(0));
        assert_eq!(score("ti", "TimeoutSeconds"), Some(1));
        assert_eq!(score("ts", "TimeoutSeconds"), Some(2));
        assert_eq!(score("timsec", "TimeoutSeconds"), Some(2));
        assert_eq!(score("out", "TimeoutSeconds"), Some(3));
        assert_eq!(score("tmd", "TimeoutSeconds"), Some(4));
        assert_eq!(score("x", "TimeoutSeconds"), None);
        assert_eq!(score("Nextt", "Next"), None);
    }
}
