//! Putting what single states need together: the same actions under the same conditions are one statement.

use super::expand::Resource;
use super::{Condition, Reason, Statement};
use crate::text::Pointer;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What one place needs.
pub(super) struct Need {
    pub(super) actions: Vec<String>,
    pub(super) resources: Vec<Resource>,
    pub(super) conditions: Vec<Condition>,
    /// Why it is needed, as a sentence.
    pub(super) words: String,
    pub(super) pointer: Pointer,
    pub(super) state: Option<Arc<str>>,
}

/// Statements that grow.
#[derive(Default)]
pub(super) struct Statements(Vec<Statement>);

impl Statements {
    /// Takes in what a place needs.
    pub(super) fn add(&mut self, need: Need) {
        let reason = Reason {
            pointer: need.pointer,
            state: need.state,
            words: need.words,
            wide: need
                .resources
                .iter()
                .find_map(|resource| resource.wide.clone()),
            resources: need
                .resources
                .into_iter()
                .map(|resource| resource.arn)
                .collect(),
        };
        let same = self.0.iter_mut().find(|statement| {
            statement.actions == need.actions && statement.conditions == need.conditions
        });
        match same {
            Some(statement) => {
                statement.resources.extend(reason.resources.iter().cloned());
                if !statement.reasons.contains(&reason) {
                    statement.reasons.push(reason);
                }
            }
            None => self.0.push(Statement {
                sid: String::new(),
                actions: need.actions,
                resources: reason.resources.clone(),
                conditions: need.conditions,
                reasons: vec![reason],
            }),
        }
    }

    /// The statements, each with a name, no resource twice.
    pub(super) fn finish(self) -> Vec<Statement> {
        let mut statements = self.0;
        let mut names = Names::default();
        for statement in &mut statements {
            settle(statement);
            statement.sid = names.take(&base(statement));
        }
        statements
    }
}

/// Leaves out resources that another one covers.
fn settle(statement: &mut Statement) {
    let mut seen = HashSet::new();
    let resources = std::mem::take(&mut statement.resources);
    let once: Vec<String> = resources
        .into_iter()
        .filter(|resource| seen.insert(resource.clone()))
        .collect();
    let wide: Vec<String> = once
        .iter()
        .filter(|resource| resource.ends_with('*'))
        .cloned()
        .collect();
    let wider = |resource: &str| {
        wide.iter()
            .find(|other| *other != resource && covers(other, resource))
    };
    let kept: Vec<String> = once
        .into_iter()
        .filter(|resource| wider(resource).is_none())
        .collect();
    for reason in &mut statement.reasons {
        for resource in &mut reason.resources {
            let around = std::iter::successors(wider(resource), |at| wider(at)).last();
            if let Some(around) = around {
                resource.clone_from(around);
            }
        }
        reason.resources.dedup();
    }
    statement.resources = kept;
}

/// Whether what one resource stands for is all in another that ends with `*`.
fn covers(wider: &str, resource: &str) -> bool {
    let beginning = wider.strip_suffix('*');
    beginning.is_some_and(|beginning| !beginning.contains('*') && resource.starts_with(beginning))
}

/// The names that statements have.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// How often each base was asked for.
    counts: HashMap<String, usize>,
}

impl Names {
    /// The base, or the base with a number: a name that no other statement has.
    fn take(&mut self, base: &str) -> String {
        let count = self.counts.entry(base.to_owned()).or_default();
        loop {
            *count += 1;
            let name = match *count {
                1 => base.to_owned(),
                count => format!("{base}{count}"),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// What a statement is called after: its first action, letters and digits alone.
fn base(statement: &Statement) -> String {
    let action = statement.actions.first().map_or("", String::as_str);
    let (service, verb) = action.split_once(':').unwrap_or(("", action));
    let mut base: String = match (service, verb) {
        ("iam", "PassRole") => format!("PassRoleTo{}", passed_to(statement)),
        ("events", "PutTargets") => "ManageEventRules".to_owned(),
        _ => format!("{}{verb}", capital(service)),
    };
    base.retain(|c| c.is_ascii_alphanumeric());
    base
}

fn passed_to(statement: &Statement) -> String {
    let service = statement
        .conditions
        .iter()
        .flat_map(|condition| &condition.values)
        .next();
    let word = service
        .and_then(|service| service.split('.').next())
        .unwrap_or_default();
    word.split('-').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
