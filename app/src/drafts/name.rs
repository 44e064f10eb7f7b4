//! Names of pipelines: what AWS allows, and how one is found that is free.

use crate::text::drafts as text;

/// The most characters that AWS allows.
const LONGEST: usize = 80;

/// Characters that AWS refuses in the name of a state machine.
const REFUSED: &str = "<>{}[]?*\"#%\\^|~`$&,;:/";

/// What is wrong with a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nothing was given.
    #[error("{}", text::NAME_MISSING)]
    Empty,
    /// More than 80 characters.
    #[error("{}", text::name_too_long(*.0, LONGEST))]
    TooLong(usize),
    /// A character that is not allowed.
    #[error("{}", text::name_refused(.0))]
    Refused(String),
}

/// Checks a name by AWS's rule for state machines: 1 to 80 characters, no space, no bracket, no wildcard, no `"#%\^|~`$&,;:/`.
pub fn check_name(name: &str) -> Result<(), NameFault> {
    let length = name.chars().count();
    if length == 0 {
        return Err(NameFault::Empty);
    }
    if length > LONGEST {
        return Err(NameFault::TooLong(length));
    }
    match name.chars().find(|c| is_refused(*c)) {
        None => Ok(()),
        Some(c) if c.is_whitespace() => Err(NameFault::Refused(text::SPACES.to_owned())),
        Some(c) if c.is_control() => Err(NameFault::Refused(text::CONTROL_CHARACTERS.to_owned())),
        Some(c) => Err(NameFault::Refused(text::quoted(c))),
    }
}

fn is_refused(c: char) -> bool {
    c.is_whitespace() || c.is_control() || REFUSED.contains(c)
}

/// A name for an imported file: its own, without its endings, made allowed.
pub fn name_from_file(file: &str) -> String {
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = [".json", ".yaml", ".yml", ".asl"]
        .iter()
        .fold(stem, |s, end| s.strip_suffix(end).unwrap_or(s));
    let clean: String = stem
        .chars()
        .map(|c| if is_refused(c) { '-' } else { c })
        .take(LONGEST)
        .collect();
    let clean = clean.trim_matches('-');
    if clean.is_empty() {
        text::UNNAMED.to_owned()
    } else {
        clean.to_owned()
    }
}

/// `base`, or `base-2`, `base-3`, …: the first that is not taken, cut to what AWS allows.
pub fn unique_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let fitted = |end: &str| -> String {
        let stem = base.chars().take(LONGEST - end.len());
        stem.chain(end.chars()).collect()
    };
    std::iter::once(String::new())
        .chain((2_u32..).map(|number| format!("-{number}")))
        .map(|end| fitted(&end))
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_is_allowed_and_a_space_is_not() {
        assert_eq!(check_name("train-model_2"), Ok(()));
        assert_eq!(
            check_name("train model"),
            Err(NameFault::Refused("spaces".to_owned()))
        );
        assert_eq!(check_name("a/b"), Err(NameFault::Refused("“/”".to_owned())));
        assert_eq!(check_name(""), Err(NameFault::Empty));
        assert_eq!(check_name(&"x".repeat(81)), Err(NameFault::TooLong(81)));
    }

    #[test]
    fn a_file_gives_its_name_without_endings() {
        assert_eq!(name_from_file("train.asl.json"), "train");
        assert_eq!(name_from_file("C:\\flows\\My flow.json"), "My-flow");
        assert_eq!(name_from_file(".json"), "pipeline");
    }

    #[test]
    fn a_taken_name_gets_the_first_free_number() {
        let taken = ["a", "a-2"];
        assert_eq!(unique_name("a", |n| taken.contains(&n)), "a-3");
        assert_eq!(unique_name("b", |n| taken.contains(&n)), "b");
    }

    #[test]
    fn a_long_name_is_cut_so_that_its_number_fits() {
        let long = "x".repeat(90);
        let first = unique_name(&long, |_| false);
        assert_eq!(check_name(&first), Ok(()));
        let second = unique_name(&long, |name| name == first);
        assert_eq!(check_name(&second), Ok(()));
        assert!(second.ends_with("x-2"));
    }
}
