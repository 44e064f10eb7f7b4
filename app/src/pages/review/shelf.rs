//! The inbox in order: what is most urgent first, in groups. Pure.

use crate::api::{Review, Time};
use crate::pages::words::{Zone, due, same_day};
use crate::text::pages::review as says;

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
        Some(due) if due < now => (says::OVERDUE, true),
        Some(due) if same_day(due, now, zone) => (says::DUE_TODAY, true),
        Some(_) => (says::DUE_LATER, false),
        None => (says::NO_TIME_LIMIT, false),
    }
}

/// The line below the heading: when the most urgent one is due.
pub fn urgency(reviews: &[Review], now: Time, zone: Zone) -> Option<String> {
    let first = reviews.iter().filter_map(|r| r.due_at).min()?;
    Some(says::urgency(reviews.len(), &due(first, now, zone)))
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
