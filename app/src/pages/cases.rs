//! What a case of sample results is called: its title where a starter gives one, else its name in words. Pure but for
//! [`titles`], which asks for the starters.

use super::home::starters::{self, Starter};

/// The titles of the starters' cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Titles(Vec<Vec<(String, String)>>);

/// Reads the titles; none when they cannot be read, since a title is only nicer than a name.
pub async fn titles() -> Titles {
    let starters = starters::list().await.unwrap_or_default();
    Titles::of(&starters)
}

impl Titles {
    fn of(starters: &[Starter]) -> Self {
        let titles = |starter: &Starter| {
            let cases = starter.cases.iter();
            cases
                .map(|case| (case.name.clone(), case.title.clone()))
                .collect()
        };
        Self(starters.iter().map(titles).collect())
    }

    /// What to call `case`, one of the cases `all` of a pipeline. A pipeline has a starter's titles when it has all of
    /// the starter's cases: names such as `HappyPath` alone say nothing about where they come from.
    pub fn title(&self, case: &str, all: &[String]) -> String {
        let is_from = |starter: &&Vec<(String, String)>| {
            !starter.is_empty() && starter.iter().all(|(name, _)| all.contains(name))
        };
        let starter = self
            .0
            .iter()
            .filter(is_from)
            .max_by_key(|starter| starter.len());
        starter
            .and_then(|starter| starter.iter().find(|(name, _)| name == case))
            .map_or_else(|| said(case), |(_, title)| title.clone())
    }
}

/// "HappyPath" as people say it: "Happy path".
fn said(case: &str) -> String {
    let mut words = String::new();
    for (index, c) in case.chars().enumerate() {
        if index > 0
            && c.is_uppercase()
            && !words.ends_with(|before: char| before == ' ' || before.is_uppercase())
        {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else {
            words.push(c);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn two_starters() -> Titles {
        let case = |name: &str, title: &str| (name.to_owned(), title.to_owned());
        Titles(vec![
            vec![case("HappyPath", "All well"), case("BadData", "Bad data")],
            vec![case("HappyPath", "Approved"), case("Rejected", "Refused")],
        ])
    }

    #[test]
    fn names_of_cases_are_said_in_words() {
        assert_eq!(said("HappyPath"), "Happy path");
        assert_eq!(said("PoorScore2"), "Poor score2");
        assert_eq!(said("already plain"), "already plain");
    }

    #[test]
    fn a_pipeline_with_all_cases_of_a_starter_has_its_titles() {
        let all = list(&["HappyPath", "Rejected", "MyOwnCase"]);
        assert_eq!(two_starters().title("HappyPath", &all), "Approved");
        assert_eq!(two_starters().title("MyOwnCase", &all), "My own case");
    }

    #[test]
    fn a_case_that_only_shares_a_name_is_called_by_it() {
        let all = list(&["HappyPath", "Other"]);
        assert_eq!(two_starters().title("HappyPath", &all), "Happy path");
    }
}
