//! What reviewers read: their inbox, a question, what became of it.

use crate::text::words::{counted, sentence, spelled};

pub(crate) const TITLE: &str = "Your reviews";
pub(crate) const QUESTION: &str = "One question";

// The inbox.

pub(crate) const FIND: &str = "Find a review";
pub(crate) const SHOW: &str = "Show";
pub(crate) const WAITING: &str = "Waiting";
pub(crate) const DECIDED: &str = "Decided";
pub(crate) const DONE: &str = "You are done";
pub(crate) const DONE_HINT: &str =
    "When somebody asks you to decide, the question appears here by itself.";
pub(crate) const NONE_DECIDED: &str = "Nothing was decided yet";
pub(crate) const NONE_DECIDED_HINT: &str = "Answers are listed here with name and time.";
pub(crate) const NOTHING_FOUND: &str = "Nothing found";
pub(crate) const NOTHING_FOUND_HINT: &str = "No review speaks of that.";

pub(crate) const OVERDUE: &str = "Overdue";
pub(crate) const DUE_TODAY: &str = "Due today";
pub(crate) const DUE_LATER: &str = "Later";
pub(crate) const NO_TIME_LIMIT: &str = "No time limit";

pub(crate) const APPROVED: &str = "Approved";
pub(crate) const REJECTED: &str = "Rejected";
pub(crate) const NOT_ANSWERED: &str = "Not answered";

/// The heading: "Five decisions wait for you".
pub(crate) fn headline(count: usize) -> String {
    match count {
        0 => "Nothing waits for you".to_owned(),
        1 => "One decision waits for you".to_owned(),
        n => format!("{} decisions wait for you", sentence(&spelled(n))),
    }
}

/// The line below it: `due` is when the most urgent of them must be answered.
pub(crate) fn urgency(count: usize, due: &str) -> String {
    let relative = due.starts_with("To");
    let mut chars = due.chars();
    let due = match chars.next().filter(|_| relative) {
        Some(first) => format!("{}{}", first.to_lowercase(), chars.as_str()),
        None => due.to_owned(),
    };
    let which = match count {
        1 => "It",
        _ => "The most urgent one",
    };
    format!("{which} is due {}.", due.replacen(", ", " at ", 1))
}

/// Who may decide, in short.
pub(crate) fn deciders(names: &[String]) -> String {
    match names {
        [] => "Anybody may decide".to_owned(),
        [one] => format!("{one} decides"),
        [first, rest @ ..] => {
            format!("{first} or {}", counted(rest.len(), "other", "others"))
        }
    }
}

// A question.

pub(crate) const WAITS: &str = "Waits for a decision";
pub(crate) const EVIDENCE: &str = "What to judge by";
pub(crate) const VALUE: &str = "Value";
pub(crate) const NO_EVIDENCE: &str =
    "No figures came with this question. Ask the team if you need more to decide.";

/// `when` is a moment inside a sentence.
pub(crate) fn answer_by(when: &str) -> String {
    format!("Answer by {}", when.trim_start_matches("on "))
}

pub(crate) fn asked(when: &str) -> String {
    format!("Asked {when}")
}

// Values of the evidence.

pub(crate) const YES: &str = "Yes";
pub(crate) const NO: &str = "No";
pub(crate) const NONE: &str = "none";

pub(crate) fn more(count: usize) -> String {
    format!("{count} more")
}

// The answer.

pub(crate) const DECISION: &str = "Your decision";
pub(crate) const RECORD: &str = "Your name, answer, comment and the time are kept in the record. An answer cannot be taken back.";
pub(crate) const NAME: &str = "Your name";
pub(crate) const NO_NAME: &str = "Give your name, so that the record says who decided.";
pub(crate) const COMMENT_BEFORE_HINT: &str = "Comment ";
pub(crate) const COMMENT_HINT: &str = "(needed if you reject)";
pub(crate) const COMMENT_EXAMPLE: &str = "What made you decide?";
pub(crate) const NO_COMMENT: &str = "Say why, so that the team knows what to change.";
pub(crate) const APPROVE: &str = "Approve";
pub(crate) const REJECT: &str = "Reject";
pub(crate) const YOU: &str = "You";

/// Who may decide, as a heading of their names.
pub(crate) fn who(count: usize) -> &'static str {
    match count {
        0 => "Anybody with this page may decide",
        1 => "One person may decide",
        _ => "Any one of these people may decide",
    }
}

pub(crate) fn only(names: &[String]) -> String {
    format!("Only {} may decide this.", either(names))
}

/// "Ada", "Ada or Ben", "Ada, Ben or Cy".
fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

// The second look.

pub(crate) const APPROVE_QUESTION: &str = "Approve this?";
pub(crate) const REJECT_QUESTION: &str = "Reject this?";
pub(crate) const EFFECT_BEFORE: &str = "What follows: ";
pub(crate) const GO_BACK: &str = "Go back";
pub(crate) const RECORDING: &str = "Recording…";
pub(crate) const APPROVE_NOW: &str = "Yes, approve";
pub(crate) const REJECT_NOW: &str = "Yes, reject";

/// Under whose name the answer is kept; a name that ends in a full stop ends the sentence.
pub(crate) fn recorded(name: &str) -> String {
    let stop = if name.ends_with('.') { "" } else { "." };
    format!("Recorded as the answer of {name}{stop} It cannot be taken back.")
}

// What became of it.

pub(crate) const BACK: &str = "Back to your reviews";
pub(crate) const HERE_DECIDED: &str = "Decision recorded";
pub(crate) const HERE_BEATEN: &str = "Somebody else has just decided";
pub(crate) const ALREADY_DECIDED: &str = "Already decided";
pub(crate) const JUDGED: &str = "What was judged";
pub(crate) const ANSWER: &str = "Answer";
pub(crate) const WHEN: &str = "When";
pub(crate) const COMMENT: &str = "Comment";
pub(crate) const EFFECT: &str = "What follows";
pub(crate) const KEPT: &str = "The answer is kept in the record. It cannot be changed here.";

/// What stands after the answer.
pub(crate) fn by(name: &str) -> String {
    format!(" by {name}")
}

pub(crate) const LATE: &str = "The time to answer is over";
pub(crate) const NOT_NEEDED: &str = "No answer is needed any more";
pub(crate) const NOT_NEEDED_HINT: &str = "The work that asked for it has ended in the meantime, so nobody needs to answer. No decision was recorded.";
pub(crate) const UNKNOWN: &str = "There is no such question";
pub(crate) const UNKNOWN_HINT: &str = "The address may be incomplete. Open the link in your message again, or look through your reviews.";

/// `when` is a moment inside a sentence.
pub(crate) fn late_hint(when: &str) -> String {
    format!("The time to answer ended {when}. No decision was recorded, and nothing was approved.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_counts_in_words() {
        assert_eq!(headline(5), "Five decisions wait for you");
        assert_eq!(headline(1), "One decision waits for you");
        assert_eq!(headline(13), "13 decisions wait for you");
    }
}
