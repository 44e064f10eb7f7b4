//! What the command palette finds: commands, states to jump to, things to add.

use super::table::Command;
use crate::document::Addition;
use crate::palette::more;
use crate::palette::search::{Rank, best, rank};
use asl::graph::Outline;
use asl::text::{Document, Node, Pointer, Step};
use std::sync::Arc;

/// The most that are listed.
const MOST: usize = 40;

/// Something that the palette offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hit {
    /// Do a command.
    Command(Command),
    /// Go to a state.
    State(Pointer, Arc<str>),
    /// Add a state or a pattern.
    Add(Addition),
}

/// A state with the words that it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pointer: Pointer,
    name: Arc<str>,
    /// Comment and resource.
    more: String,
}

/// Every state with its words.
pub(super) fn known(outline: &Outline, document: &Document) -> Vec<Known> {
    let comment = |pointer: &Pointer| {
        let at = pointer.join(Step::Key(Arc::from("Comment")));
        let found = document.get(&at).and_then(Node::as_str);
        found.unwrap_or_default().to_owned()
    };
    let states = outline.states.iter();
    states
        .map(|state| Known {
            pointer: state.pointer.clone(),
            name: state.name.clone(),
            more: format!(
                "{} {}",
                comment(&state.pointer),
                state.resource.as_deref().unwrap_or_default()
            ),
        })
        .collect()
}

/// What answers `wanted`, the best first; of equals commands come before states, and both before things to add. Without
/// words it is every command.
pub(super) fn hits(wanted: &str, states: &[Known]) -> Vec<Hit> {
    let commands = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Find);
    let commands = commands.filter_map(|command| {
        let row = command.row();
        Some((rank(wanted, row.words, row.also)?, Hit::Command(command)))
    });
    if wanted.trim().is_empty() {
        return commands.map(|(_, hit)| hit).collect();
    }
    let states = states.iter().filter_map(|state| {
        let found = rank(wanted, &state.name, &state.more)?;
        Some((found, Hit::State(state.pointer.clone(), state.name.clone())))
    });
    let additions =
        Addition::all().filter_map(|it| Some((rank(wanted, it.label(), &more(it))?, Hit::Add(it))));
    let all: Vec<(Rank, Hit)> = commands.chain(states).chain(additions).collect();
    best(all)
        .into_iter()
        .take(MOST)
        .map(|(_, hit)| hit)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"StartAt": "Train", "States": {
        "Train": {"Type": "Task", "Comment": "Nightly fraud model", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Next": "Undo it"},
        "Undo it": {"Type": "Pass", "End": true}
    }}"#;

    fn found(wanted: &str) -> Vec<Hit> {
        let document = Document::parse(TEXT);
        hits(wanted, &known(&Outline::of(&document), &document))
    }

    fn state(name: &str) -> Hit {
        Hit::State(format!("/States/{name}").parse().unwrap(), Arc::from(name))
    }

    #[test]
    fn without_words_every_command_is_there() {
        assert_eq!(found("").len(), Command::ALL.len() - 1);
    }

    #[test]
    fn states_are_found_by_name_comment_and_resource() {
        for wanted in ["train", "nightly", "fraud model", "createtrainingjob"] {
            assert!(found(wanted).contains(&state("Train")), "{wanted}");
        }
    }

    #[test]
    fn a_command_comes_before_a_state_of_the_same_name() {
        let undo = found("undo");
        assert_eq!(undo[..2], [Hit::Command(Command::Undo), state("Undo it")]);
    }

    #[test]
    fn what_adds_a_part_to_a_state_is_found_by_the_name_that_the_language_has_for_it() {
        let parts = [
            ("add a rule", Command::AddRule),
            ("retrier", Command::AddRetrier),
            ("catcher", Command::AddCatcher),
            ("add a branch", Command::AddBranch),
            ("add a variable", Command::AddVariable),
            ("add a parameter", Command::AddParameter),
        ];
        for (wanted, command) in parts {
            assert_eq!(found(wanted)[0], Hit::Command(command), "{wanted}");
        }
    }

    #[test]
    fn what_can_be_added_is_found_too() {
        assert!(matches!(found("circuit")[0], Hit::Add(_)));
    }
}
