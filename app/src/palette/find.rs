//! Which kinds the palette lists for what was typed.

use crate::document::Blueprint;

/// A heading of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Flow,
    People,
    Actions,
}

impl Group {
    const ALL: [Self; 3] = [Self::Flow, Self::People, Self::Actions];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Flow => "Flow",
            Self::People => "People",
            Self::Actions => "Actions",
        }
    }

    fn of(blueprint: Blueprint) -> Self {
        match blueprint {
            Blueprint::Choice
            | Blueprint::Parallel
            | Blueprint::Map
            | Blueprint::Wait
            | Blueprint::Pass
            | Blueprint::Succeed
            | Blueprint::Fail => Self::Flow,
            Blueprint::Reviewer => Self::People,
            Blueprint::Task
            | Blueprint::Lambda
            | Blueprint::SageMakerTraining
            | Blueprint::GlueJob
            | Blueprint::BatchJob
            | Blueprint::SnsPublish
            | Blueprint::Http
            | Blueprint::StepFunctionsStart => Self::Actions,
        }
    }
}

/// Words that people look for and that are not in the label or the hint.
fn also(blueprint: Blueprint) -> &'static str {
    match blueprint {
        Blueprint::Choice => "if branch condition rule switch",
        Blueprint::Parallel => "branches fork",
        Blueprint::Map => "loop for each iterate array",
        Blueprint::Wait => "delay sleep pause timer",
        Blueprint::Pass => "transform inject",
        Blueprint::Succeed => "end stop success",
        Blueprint::Fail => "end stop error",
        Blueprint::Task => "resource work activity",
        Blueprint::Reviewer => "approval approve human person task activity",
        Blueprint::Lambda => "function invoke code task",
        Blueprint::SageMakerTraining => "train model machine learning task",
        Blueprint::GlueJob => "etl spark task",
        Blueprint::BatchJob => "compute container task",
        Blueprint::SnsPublish => "notify alert message topic task",
        Blueprint::Http => "rest api request web task",
        Blueprint::StepFunctionsStart => "execution nested state machine task",
    }
}

/// The kinds whose words hold every word of `wanted`, by heading; empty headings are left out.
pub(super) fn found(wanted: &str) -> Vec<(Group, Vec<Blueprint>)> {
    let wanted = wanted.to_lowercase();
    let matches = |blueprint: &Blueprint| {
        let words = format!(
            "{} {} {}",
            blueprint.label(),
            blueprint.hint(),
            also(*blueprint)
        )
        .to_lowercase();
        wanted.split_whitespace().all(|word| words.contains(word))
    };
    let in_group = |group: Group| {
        let all = Blueprint::ALL
            .into_iter()
            .filter(|blueprint| Group::of(*blueprint) == group);
        (group, all.filter(matches).collect::<Vec<_>>())
    };
    Group::ALL
        .into_iter()
        .map(in_group)
        .filter(|(_, items)| !items.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_listed_once_when_nothing_is_typed() {
        let count: usize = found("").iter().map(|(_, items)| items.len()).sum();
        assert_eq!(count, Blueprint::ALL.len());
    }

    #[test]
    fn people_find_things_by_what_they_do() {
        assert_eq!(
            found("approval"),
            [(Group::People, vec![Blueprint::Reviewer])]
        );
        assert_eq!(found("delay"), [(Group::Flow, vec![Blueprint::Wait])]);
        assert!(found("no such thing").is_empty());
    }
}
