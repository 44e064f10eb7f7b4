//! How well a thing answers what was typed; slips of the hand are forgiven.

/// How well a thing answers; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Every word begins a word of its name.
    Beginning,
    /// Every word begins a word of its name or of what is said of it.
    Said,
    /// Every word is in its name, or begins a word of what is said of it.
    Name,
    /// Every word is in its name or in what is said of it.
    More,
    /// As before, with a letter or two wrong.
    Near,
}

/// How well a thing called `name`, of which `more` is said, answers `wanted`; none when it does not. Everything answers
/// an empty text.
pub fn rank(wanted: &str, name: &str, more: &str) -> Option<Rank> {
    rank_by(wanted, name, more, |word, name, more| {
        rank_exact(word, name, more).or_else(|| rank_near(word, name, more))
    })
}

/// As [`rank`], but no slip is forgiven: for lists so long that nearly everything would be near something.
pub fn exact(wanted: &str, name: &str, more: &str) -> Option<Rank> {
    rank_by(wanted, name, more, rank_exact)
}

fn rank_by(
    wanted: &str,
    name: &str,
    more: &str,
    rank_word: impl Fn(&str, &str, &str) -> Option<Rank>,
) -> Option<Rank> {
    let (wanted, name, more) = (
        wanted.to_lowercase(),
        name.to_lowercase(),
        more.to_lowercase(),
    );
    wanted
        .split_whitespace()
        .map(|word| rank_word(word, &name, &more))
        .try_fold(Rank::Beginning, |worst, rank| Some(worst.max(rank?)))
}

fn rank_exact(word: &str, name: &str, more: &str) -> Option<Rank> {
    if words(name).any(|known| known.starts_with(word)) {
        return Some(Rank::Beginning);
    }
    if words(more).any(|known| known.starts_with(word)) {
        return Some(Rank::Said);
    }
    if name.contains(word) {
        return Some(Rank::Name);
    }
    more.contains(word).then_some(Rank::More)
}

fn rank_near(word: &str, name: &str, more: &str) -> Option<Rank> {
    let near = words(name)
        .chain(words(more))
        .any(|known| is_near(word, known));
    near.then_some(Rank::Near)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether a word is the beginning of another one but for a letter, or for two in a long word.
fn is_near(word: &str, known: &str) -> bool {
    let length = word.chars().count();
    let slips = match length {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    (length.saturating_sub(slips)..=length + slips).any(|cut| {
        let beginning: String = known.chars().take(cut).collect();
        strsim::osa_distance(word, &beginning) <= slips
    })
}

/// The best answers first; those with slips only where there are no others.
pub fn best<T>(found: impl IntoIterator<Item = (Rank, T)>) -> Vec<(Rank, T)> {
    let mut found: Vec<(Rank, T)> = found.into_iter().collect();
    found.sort_by_key(|(rank, _)| *rank);
    if found.first().is_some_and(|(rank, _)| *rank < Rank::Near) {
        found.retain(|(rank, _)| *rank < Rank::Near);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_so_is_better_than_one_that_holds_it() {
        assert_eq!(rank("wa", "Wait", ""), Some(Rank::Beginning));
        assert_eq!(rank("ait", "Wait", ""), Some(Rank::Name));
        assert_eq!(rank("delay", "Wait", "delay sleep"), Some(Rank::Said));
        assert_eq!(rank("elay", "Wait", "delay sleep"), Some(Rank::More));
        assert_eq!(rank("delay", "Pass", "reshape"), None);
        assert_eq!(rank("", "Pass", ""), Some(Rank::Beginning));
    }

    #[test]
    fn the_beginning_of_a_word_that_is_said_is_better_than_the_middle_of_a_name() {
        let service = rank("sage", "Train a model", "SageMaker");
        assert!(service < rank("sage", "Publish a message", "SNS"));
    }

    #[test]
    fn a_slip_of_the_hand_is_forgiven() {
        for slip in ["lamdba", "lmbda", "lanbda"] {
            assert_eq!(rank(slip, "Lambda", ""), Some(Rank::Near), "{slip}");
        }
        assert_eq!(
            rank("sagemakr", "Train a model", "SageMaker"),
            Some(Rank::Near)
        );
        assert_eq!(rank("xyz", "Lambda", ""), None);
    }

    #[test]
    fn slips_are_shown_only_where_nothing_fits() {
        let both = best([(Rank::Near, 1), (Rank::Name, 2)]);
        assert_eq!(both, [(Rank::Name, 2)]);
        assert_eq!(best([(Rank::Near, 1)]), [(Rank::Near, 1)]);
    }
}
