//! How states follow each other, as the verbs see it: what comes after a state, who refers to it, where a block ends.

use super::draft::{Draft, key};
use super::{Place, Refusal, Way};
use crate::text::document::refusals;
use asl::graph::{BlockIx, Outline, Role, StateIx, StateType};
use asl::text::{EditError, Pointer};
use serde_json::{Map, Value, json};

/// What comes after a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Onward {
    /// The state of that name.
    To(String),
    /// The end of the block.
    End,
}

impl Onward {
    /// Writes itself into the members of a state of type `kind` that have no flow yet.
    pub(super) fn write(&self, kind: StateType, members: &mut Map<String, Value>) {
        match (kind, self) {
            (StateType::Succeed | StateType::Fail, _) => {}
            (StateType::Choice, Self::To(name)) => write_choice(name, members),
            (StateType::Choice, Self::End) => {}
            (_, Self::To(name)) => {
                members.insert("Next".to_owned(), json!(name));
            }
            (_, Self::End) => {
                members.insert("End".to_owned(), json!(true));
            }
        }
    }
}

/// Rules without a target lead to `name`, and so does the default.
fn write_choice(name: &str, members: &mut Map<String, Value>) {
    if let Some(Value::Array(rules)) = members.get_mut("Choices") {
        for rule in rules.iter_mut().filter_map(Value::as_object_mut) {
            if rule
                .get("Next")
                .and_then(Value::as_str)
                .is_none_or(str::is_empty)
            {
                rule.insert("Next".to_owned(), json!(name));
            }
        }
    }
    members.insert("Default".to_owned(), json!(name));
}

impl Draft {
    /// What comes after a state on its main way: `Next`, a Choice's default (else its first rule); none after Succeed
    /// and Fail.
    pub(super) fn onward(&self, state: StateIx) -> Option<Onward> {
        let node = self.node(state);
        let by = |wanted: fn(Role) -> bool| {
            node.transitions
                .iter()
                .find(|way| wanted(way.role))
                .map(|way| Onward::To(way.target.to_string()))
        };
        match node.kind {
            Some(StateType::Succeed | StateType::Fail) => None,
            Some(StateType::Choice) => by(|role| role == Role::Default)
                .or_else(|| by(|role| matches!(role, Role::Choice(_)))),
            Some(
                StateType::Task
                | StateType::Pass
                | StateType::Wait
                | StateType::Parallel
                | StateType::Map,
            )
            | None => by(|role| role == Role::Next).or_else(|| node.ends.then_some(Onward::End)),
        }
    }

    /// Lets a state with `Next` or `End` go on to `onward`. One field takes the place of the other.
    pub(super) fn lead(&mut self, state: &Pointer, onward: &Onward) -> Result<(), EditError> {
        let (next, end) = (key(state, "Next"), key(state, "End"));
        match onward {
            Onward::To(name) => {
                if !self.has(&next) && self.has(&end) {
                    self.rename_key(&end, "Next")?;
                }
                self.set(&next, &json!(name))?;
                self.remove(&end)
            }
            Onward::End => {
                if !self.has(&end) && self.has(&next) {
                    self.rename_key(&next, "End")?;
                }
                self.set(&end, &json!(true))?;
                self.remove(&next)
            }
        }
    }

    /// Where the state called `name` is named in its block: `StartAt` and transitions, each with the state that goes.
    pub(super) fn references(&self, block: BlockIx, name: &str) -> Vec<Reference> {
        let shape = &self.outline.blocks[block.0];
        let start = shape
            .start_at
            .as_deref()
            .filter(|start| *start == name)
            .map(|_| Reference {
                pointer: key(&shape.pointer, "StartAt"),
                from: None,
                role: None,
            });
        let ways = shape.states.iter().flat_map(|&from| {
            self.node(from)
                .transitions
                .iter()
                .filter(|way| &*way.target == name)
                .map(move |way| Reference {
                    pointer: way.pointer.clone(),
                    from: Some(from),
                    role: Some(way.role),
                })
        });
        start.into_iter().chain(ways).collect()
    }

    /// Where a state goes that is put at the end of a block: before its last Succeed if it ends in one, else after the
    /// last state on the main way, else at the start.
    pub(super) fn end_of(&self, block: BlockIx) -> Place {
        let shape = &self.outline.blocks[block.0];
        let start = Place::On(Way::Start(shape.pointer.clone()));
        let Some(mut state) = shape.start else {
            return start;
        };
        let mut entered = start;
        for _ in 0..=shape.states.len() {
            let node = self.node(state);
            if matches!(node.kind, Some(StateType::Succeed | StateType::Fail)) {
                return entered;
            }
            let main = node
                .transitions
                .iter()
                .filter(|way| !matches!(way.role, Role::Catch(_)))
                .find(|way| {
                    way.to
                        .is_some_and(|to| self.node(to).kind != Some(StateType::Fail))
                });
            let Some((way, to)) = main.and_then(|way| way.to.map(|to| (way, to))) else {
                break;
            };
            entered = Place::On(Way::Transition(way.pointer.clone()));
            state = to;
        }
        Place::After(self.node(state).pointer.clone())
    }
}

/// A place where a state is named.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// The string in the text.
    pub(super) pointer: Pointer,
    /// The state that goes there; none for `StartAt`.
    pub(super) from: Option<StateIx>,
    /// The field that names it; none for `StartAt`.
    pub(super) role: Option<Role>,
}

impl Draft {
    /// Refuses unless both states are in one block.
    pub(super) fn same_block(&self, from: StateIx, to: StateIx) -> Result<(), Refusal> {
        apart(&self.outline, (Some(from), self.node(from).block), to)
    }
}

/// Refuses unless a state is in the block that a way is in, and says what is in between. The way leaves `source`; none is
/// the start of the block.
pub(super) fn apart(
    outline: &Outline,
    (source, block): (Option<StateIx>, BlockIx),
    to: StateIx,
) -> Result<(), Refusal> {
    let name = |state: StateIx| outline.states[state.0].name.to_string();
    let target = outline.states[to.0].block;
    if block == target {
        return Ok(());
    }
    let owner = |block: BlockIx| outline.blocks[block.0].owner;
    Err(match (owner(block), owner(target)) {
        (Some(own), Some(other)) if own == other => Refusal::Apart {
            from: source.map_or_else(
                || refusals::THE_START.to_owned(),
                |source| refusals::quoted(&name(source)),
            ),
            to: name(to),
            container: name(own),
        },
        (Some(own), _) if !is_around(outline, block, target) => Refusal::Outside {
            state: refusals::quoted(&name(to)),
            container: name(own),
        },
        (_, Some(container)) => Refusal::Inside {
            state: name(to),
            container: name(container),
        },
        (_, None) => Refusal::Gone(name(to)),
    })
}

/// Whether a block is one of those around another one.
fn is_around(outline: &Outline, outer: BlockIx, inner: BlockIx) -> bool {
    let around = |block: &BlockIx| {
        let owner = outline.blocks[block.0].owner?;
        Some(outline.states[owner.0].block)
    };
    std::iter::successors(Some(inner), around).any(|block| block == outer)
}
