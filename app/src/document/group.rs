//! Groups of states and notes on them: which there are, and the verbs that change them. Both stand in comments, see
//! `note.rs`.

use super::draft::{Draft, key, name_of, parent};
use super::note::{self, Noted};
use super::remove::outermost;
use super::{Change, Editing, Refusal};
use crate::text::document::{self as text, refusals};
use asl::text::{Document, Node, NodeKind, Pointer};
use serde_json::json;

/// States of one block that are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The block that they are in.
    pub block: Pointer,
    /// What it is called; in its block no other group is called that.
    pub name: String,
    /// Its states, in written order.
    pub states: Vec<Pointer>,
}

impl Group {
    /// Every group of a definition. The work grows with the number of states.
    pub fn all(document: &Document) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut blocks: Vec<(Pointer, &Node)> = document
            .root()
            .map(|root| (Pointer::default(), root))
            .into_iter()
            .collect();
        while let Some((block, node)) = blocks.pop() {
            let begins = groups.len();
            let states = node.field("States").map_or(&[][..], Node::members);
            for member in states {
                // Most states are in no group and hold no others: they cost no pointer.
                let state = || block.join("States").join(&*member.key);
                if let Some(name) = group_in(&member.value) {
                    add(&mut groups, begins, &block, name, &state());
                }
                blocks.extend(inner_blocks(&state, &member.value));
            }
        }
        groups
    }

    /// The group that a state is in.
    pub fn of(document: &Document, state: &Pointer) -> Option<Self> {
        Self::all(document)
            .into_iter()
            .find(|group| group.states.contains(state))
    }
}

fn group_in(state: &Node) -> Option<String> {
    Noted::read(state.field("Comment")?.as_str()?).group
}

/// Adds a state to the group of that name among those of its block, which begin at `begins`.
fn add(groups: &mut Vec<Group>, begins: usize, block: &Pointer, name: String, state: &Pointer) {
    match groups[begins..].iter_mut().find(|group| group.name == name) {
        Some(group) => group.states.push(state.clone()),
        None => groups.push(Group {
            block: block.clone(),
            name,
            states: vec![state.clone()],
        }),
    }
}

fn inner_blocks<'n>(at: &impl Fn() -> Pointer, state: &'n Node) -> Vec<(Pointer, &'n Node)> {
    let mut blocks = Vec::new();
    if let Some(branches) = state.field("Branches") {
        let all = branches.elements().iter().enumerate();
        blocks.extend(all.map(|(number, branch)| (at().join("Branches").join(number), branch)));
    }
    for field in ["ItemProcessor", "Iterator"] {
        blocks.extend(state.field(field).map(|block| (at().join(field), block)));
    }
    blocks
}

/// The note of a state, as the document has it; empty without one.
pub fn note_of(document: &Document, state: &Pointer) -> String {
    let comment = document.get(&key(state, "Comment")).and_then(Node::as_str);
    comment
        .map(|comment| Noted::read(comment).note)
        .unwrap_or_default()
}

impl Editing {
    /// A name that no group of the block has in which a state is.
    pub fn free_group_name(&self, state: &Pointer) -> String {
        let block = parent(&parent(state));
        let groups = Group::all(self.document());
        let is_taken = |name: &str| {
            groups
                .iter()
                .any(|group| group.block == block && group.name == name)
        };
        std::iter::once(text::GROUP.to_owned())
            .chain((2..).map(text::numbered_group))
            .find(|name| !is_taken(name))
            .unwrap_or_default()
    }

    /// Puts states of one block into the group of a name, which begins to exist when it is not there.
    pub fn group(&self, states: &[Pointer], name: &str) -> Result<Change, Refusal> {
        let name = named(name)?;
        let mut draft = Draft::begin(self)?;
        let states = outermost(states);
        let block = states.first().map(|state| parent(&parent(state)));
        let block = block.ok_or_else(|| shape(refusals::GROUP_NOTHING))?;
        if states.iter().any(|state| parent(&parent(state)) != block) {
            return Err(shape(refusals::GROUP_APART));
        }
        draft.tag(&states, Some(name))?;
        let label = match states.as_slice() {
            [one] => text::group(&name_of(one), name),
            many => text::group_many(many.len(), name),
        };
        Ok(draft.finish(label, states))
    }

    /// Takes states out of the groups that they are in.
    pub fn ungroup(&self, states: &[Pointer]) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let is_in_one = |state: &&Pointer| self.document().get(state).and_then(group_in).is_some();
        let grouped: Vec<Pointer> = states.iter().filter(is_in_one).cloned().collect();
        draft.tag(&grouped, None)?;
        let label = match grouped.as_slice() {
            [] => return Err(shape(refusals::NOT_GROUPED)),
            [one] => text::ungroup(&name_of(one)),
            many => text::ungroup_many(many.len()),
        };
        Ok(draft.finish(label, states.to_vec()))
    }

    /// Gives a group another name. Of two groups with one name in a block, one is made.
    pub fn rename_group(&self, group: &Group, name: &str) -> Result<Change, Refusal> {
        let name = named(name)?;
        let mut draft = Draft::begin(self)?;
        draft.tag(&group.states, Some(name))?;
        Ok(draft.finish(text::rename_group(&group.name, name), Vec::new()))
    }

    /// Takes all states out of a group.
    pub fn dissolve(&self, group: &Group) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        draft.tag(&group.states, None)?;
        Ok(draft.finish(text::dissolve(&group.name), Vec::new()))
    }

    /// Gives a state another note; an empty one takes it away. Its group stays.
    pub fn set_note(&self, state: &Pointer, note: &str) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let comment = draft.comment(state)?;
        draft.write_comment(state, &comment, &note::with_note(&comment, note))?;
        Ok(draft.finish(text::change_note(&name_of(state)), Vec::new()))
    }
}

impl Draft {
    fn tag(&mut self, states: &[Pointer], group: Option<&str>) -> Result<(), Refusal> {
        for state in states {
            let comment = self.comment(state)?;
            self.write_comment(state, &comment, &note::with_group(&comment, group))?;
        }
        Ok(())
    }

    /// A state's comment; empty without one. Refused where something else than a text stands there.
    fn comment(&self, state: &Pointer) -> Result<String, Refusal> {
        self.state(state)?;
        let is_object = self.document().get(state).is_some_and(Node::is_object);
        let comment = self.document().get(&key(state, "Comment"));
        match comment.map(|comment| &comment.kind) {
            None if is_object => Ok(String::new()),
            Some(NodeKind::String(text)) => Ok(text.to_string()),
            Some(_) => Err(Refusal::Shape(refusals::comment_no_text(&name_of(state)))),
            None => Err(Refusal::Shape(refusals::no_object(&name_of(state)))),
        }
    }

    /// Writes a comment after the type; an empty one goes.
    fn write_comment(
        &mut self,
        state: &Pointer,
        before: &str,
        comment: &str,
    ) -> Result<(), Refusal> {
        let at = key(state, "Comment");
        if comment == before {
            return Ok(());
        }
        if comment.is_empty() {
            return Ok(self.remove(&at)?);
        }
        if self.has(&key(state, "Type")) {
            Ok(self.set_after(&at, &json!(comment), "Type")?)
        } else {
            Ok(self.set(&at, &json!(comment))?)
        }
    }
}

fn named(name: &str) -> Result<&str, Refusal> {
    note::group_name(name).map_err(|reason| Refusal::Name(reason.to_owned()))
}

fn shape(words: &str) -> Refusal {
    Refusal::Shape(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;

    const PIPELINE: &str = r#"{
  "StartAt": "Load",
  "States": {
    "Load": { "Type": "Pass", "Comment": "Reads it all.", "Next": "Clean" },
    "Clean": { "Type": "Pass", "Next": "Files" },
    "Files": {
      "Type": "Map",
      "ItemProcessor": { "StartAt": "Read", "States": { "Read": { "Type": "Pass", "Comment": "[group: Inner]", "End": true } } },
      "End": true
    },
    "Odd": { "Type": "Pass", "Comment": 7, "End": true }
  }
}
"#;

    fn at(name: &str) -> Pointer {
        format!("/States/{name}").parse().unwrap()
    }

    fn read() -> Pointer {
        "/States/Files/ItemProcessor/States/Read".parse().unwrap()
    }

    fn names(editing: &Editing) -> Vec<(String, usize)> {
        let groups = Group::all(editing.document());
        groups
            .into_iter()
            .map(|group| (group.name, group.states.len()))
            .collect()
    }

    #[track_caller]
    fn done(editing: &mut Editing, verb: impl FnOnce(&Editing) -> Result<Change, Refusal>) {
        let change = verb(editing).unwrap();
        editing.apply(&change, Vec::new()).unwrap();
    }

    #[test]
    fn a_group_is_made_renamed_left_and_dissolved_and_comments_stay() {
        let mut editing = Editing::new(PIPELINE);
        done(&mut editing, |editing| {
            editing.group(&[at("Load"), at("Clean")], "Prepare data")
        });
        assert!(
            editing
                .text()
                .contains(r#""Comment": "[group: Prepare data]\nReads it all.""#),
            "{}",
            editing.text()
        );
        assert!(editing.text().contains(
            r#"{ "Type": "Pass", "Comment": "[group: Prepare data]", "Next": "Files" }"#
        ));
        let group = Group::of(editing.document(), &at("Clean")).unwrap();
        assert_eq!((group.states.len(), &*group.name), (2, "Prepare data"));
        done(&mut editing, |editing| {
            editing.rename_group(&group, "Intake")
        });
        done(&mut editing, |editing| {
            editing.group(&[at("Files")], "Intake")
        });
        assert!(names(&editing).contains(&("Intake".to_owned(), 3)));
        done(&mut editing, |editing| {
            editing.ungroup(&[at("Files"), at("Odd")])
        });
        let group = Group::of(editing.document(), &at("Load")).unwrap();
        done(&mut editing, |editing| editing.dissolve(&group));
        assert_eq!(&**editing.text(), PIPELINE);
        while editing.undo().is_some() {}
        assert_eq!(&**editing.text(), PIPELINE);
    }

    #[test]
    fn a_note_changes_beside_its_group() {
        let mut editing = Editing::new(PIPELINE);
        done(&mut editing, |editing| {
            editing.set_note(&read(), "One file")
        });
        assert_eq!(note_of(editing.document(), &read()), "One file");
        assert_eq!(
            Group::of(editing.document(), &read()).unwrap().name,
            "Inner"
        );
        done(&mut editing, |editing| editing.set_note(&read(), ""));
        assert_eq!(&**editing.text(), PIPELINE);
        done(&mut editing, |editing| editing.set_note(&at("Load"), ""));
        assert!(!editing.text().contains("Reads"));
    }

    #[test]
    fn groups_are_of_one_block_and_their_names_can_be_read_back() {
        let editing = Editing::new(PIPELINE);
        let refusal = |asked: Result<Change, Refusal>| asked.unwrap_err().to_string();
        assert!(
            refusal(editing.group(&[at("Load"), read()], "G")).contains("different containers")
        );
        assert!(refusal(editing.group(&[at("Load")], "a]")).contains("neither"));
        assert!(refusal(editing.group(&[at("Odd")], "G")).contains("is no text"));
        assert!(refusal(editing.ungroup(&[at("Load")])).contains("No selected state"));
        assert!(refusal(editing.group(&[], "G")).contains("first"));
        // A container and what is in it are one.
        assert!(editing.group(&[at("Files"), read()], "G").is_ok());
    }

    #[test]
    fn a_group_of_the_same_name_in_another_block_is_another_one() {
        let mut editing = Editing::new(PIPELINE);
        done(&mut editing, |editing| {
            editing.group(&[at("Load")], "Inner")
        });
        assert_eq!(names(&editing).len(), 2);
        assert_eq!(editing.free_group_name(&at("Load")), "Group");
    }

    #[test]
    fn copies_stay_in_the_group() {
        let mut editing = Editing::new(PIPELINE);
        done(&mut editing, |editing| {
            editing.group(&[at("Load"), at("Clean")], "G")
        });
        let block = editing.copy(&[at("Load"), at("Clean")]).unwrap();
        done(&mut editing, |editing| {
            editing.paste(&Place::After(at("Clean")), &block)
        });
        assert!(names(&editing).contains(&("G".to_owned(), 4)));
        done(&mut editing, |editing| editing.duplicate(&[at("Clean")]));
        assert!(names(&editing).contains(&("G".to_owned(), 5)));
    }
}
