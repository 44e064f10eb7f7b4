//! The inbox in order: what is most urgent first, in groups. Pure.

use crate::api::{Review, Time};
use crate::pages::words::{Zone, due, same_day, sentence, spelled};

/// A group of reviews under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its heading.
    pub title: &'static str,
    /// Whether its times are shown as urgent.
    pub urgent: bool,
    /// Its reviews.
    pub reviews: Vec<Review>,
}

/// Waiting reviews by urgency: overdue, due today, later, without a time limit.
pub fn groups(reviews: &[Review], now: Time, zone: Zone) -> Vec<Group> {
    let mut sorted = reviews.to_vec();
    sorted.sort_by_key(|r| {
        (
            r.due_at.map_or(i64::MAX, |d| d.0),
            r.asked_at.map_or(0, |a| a.0),
        )
    });
    let mut groups: Vec<Group> = Vec::new();
    for review in sorted {
        let (title, urgent) = heading(&review, now, zone);
        match groups.last_mut().filter(|g| g.title == title) {
            Some(group) => group.reviews.push(review),
            None => groups.push(Group {
                title,
                urgent,
                reviews: vec![review],
            }),
        }
    }
    groups
}

fn heading(review: &Review, now: Time, zone: Zone) -> (&'static str, bool) {
    match review.due_at {
        Some(due) if due < now => ("Overdue", true),
        Some(due) if same_day(due, now, zone) => ("Due today", true),
        Some(_) => ("Later", false),
        None => ("No time limit", false),
    }
}

/// The heading of the page: "Five decisions wait for you".
pub fn headline(count: usize) -> String {
    match count {
        0 => "Nothing waits for you".to_owned(),
        1 => "One decision waits for you".to_owned(),
        n => format!("{} decisions wait for you", sentence(&spelled(n))),
    }
}

/// The line below it: when the most urgent one is due.
pub fn urgency(reviews: &[Review], now: Time, zone: Zone) -> Option<String> {
    let first = reviews.iter().filter_map(|r| r.due_at).min()?;
    let words = due(first, now, zone);
    let mut chars = words.chars();
    let relative = words.starts_with("To");
    let first_letter = chars.next()?;
    let words = if relative {
        format!("{}{}", first_letter.to_lowercase(), chars.as_str())
    } else {
        words
    };
    let which = if reviews.len() == 1 {
        "It"
    } else {
        "The most urgent one"
    };
    Some(format!(
        "{which} is due {}.",
        words.replacen(", ", " at ", 1)
    ))
}

/// Whether a review speaks of what was searched for.
pub fn matches(review: &Review, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let has = |t: &str| t.to_lowercase().contains(&wanted);
    wanted.is_empty()
        || has(&review.question)
        || review.title.as_deref().is_some_and(has)
        || has(&review.machine)
        || review.decided_by.as_deref().is_some_and(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wed 12 March 2025, 12:40 UTC.
    const NOW: Time = Time(1_741_783_200_000);
    const HOUR: i64 = 3_600_000;

    fn review(id: &str, due: Option<i64>) -> Review {
        let text =
            serde_json::json!({"id": id, "status": "waiting", "question": format!("Ship {id}?")});
        let mut review: Review = serde_json::from_value(text).expect("a review");
        review.due_at = due.map(|d| Time(NOW.0 + d));
        review
    }

    #[test]
    fn the_most_urgent_review_comes_first() {
        let reviews = [
            review("never", None),
            review("late", Some(80 * HOUR)),
            review("soon", Some(HOUR)),
        ];
        let titles: Vec<_> = groups(&reviews, NOW, Zone(0))
            .iter()
            .map(|g| (g.title, g.reviews[0].id.clone()))
            .collect();
        assert_eq!(
            titles,
            [
                ("Due today", "soon".into()),
                ("Later", "late".into()),
                ("No time limit", "never".into())
            ]
        );
    }

    #[test]
    fn the_heading_counts_in_words() {
        assert_eq!(headline(5), "Five decisions wait for you");
        assert_eq!(headline(1), "One decision waits for you");
        assert_eq!(headline(13), "13 decisions wait for you");
    }

    #[test]
    fn the_line_below_names_the_nearest_time() {
        let reviews = [review("a", Some(4 * HOUR)), review("b", None)];
        assert_eq!(
            urgency(&reviews, NOW, Zone(0)).as_deref(),
            Some("The most urgent one is due today at 16:40.")
        );
        assert_eq!(urgency(&[review("b", None)], NOW, Zone(0)), None);
    }

    #[test]
    fn a_search_looks_into_question_and_pipeline() {
        assert!(matches(&review("model", None), " MODEL"));
        assert!(!matches(&review("model", None), "table"));
    }
}
