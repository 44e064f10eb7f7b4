//! Random work on whole pipelines, as somebody does it who draws, types, undoes and redoes: after each step all views that
//! read the session agree with its text, and the way back and forth gives every byte, also after the page was opened again.

use super::*;
use crate::document::random::{Deed, Kept, deed};
use asl::graph::Outlined;
use asl::text::Format;
use layout::{Layout, Orientation};
use leptos::reactive::owner::Owner;
use proptest::prelude::*;

const COMPACT: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"Next":"B"},"B":{"Type":"Succeed"}}}"#;

/// YAML as people write it: comments, texts without quotes, a list in one line.
const COMMENTED: &str = "\
# Waits, then ends.
StartAt: Idle
States:
  Idle:
    Type: Wait # a while
    Seconds: 3
    Next: Both

  Both:
    Type: Parallel
    Branches:
      - StartAt: Left
        States:
          Left: { Type: Pass, End: true }
    End: true
";

fn yaml_of(json: &str) -> String {
    Document::parse(json).to_yaml()
}

/// Pipelines in the notations that people have: tidy, on one line, with tabs, with the line ends of Windows, YAML.
fn pipelines() -> Vec<String> {
    vec![
        include_str!("../../../public/pipelines/train-validate-approve-deploy.asl.json").to_owned(),
        include_str!("../../../public/pipelines/ab-test-split.asl.json").to_owned(),
        COMPACT.to_owned(),
        COMPACT.replace(":{", ": {\n\t").replace(',', ",\n\t"),
        COMPACT.replace(',', ",\r\n  "),
        yaml_of(COMPACT),
        yaml_of(include_str!(
            "../../../public/pipelines/ab-test-split.asl.json"
        )),
        COMMENTED.to_owned(),
    ]
}

/// What somebody does next.
#[derive(Debug, Clone)]
enum Act {
    /// A verb of the canvas, the palette or the inspector.
    Verb(Deed),
    /// Typing at a place: the text is broken until it is mended or taken back.
    Type(usize, char),
    /// Typing that changes no meaning.
    Space(usize),
    /// Writing all of it in the other notation.
    Convert,
    /// A version takes the place of the text, be it broken or in the other notation.
    Restore(usize),
    Undo,
    Redo,
    /// The history is stored, as it is after a pause.
    Pause,
    /// The page is opened again.
    Reload,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => any::<Deed>().prop_map(Act::Verb),
        1 => (any::<usize>(), prop_oneof![Just('{'), Just('"'), Just(' '), Just('ä'), Just(',')])
            .prop_map(|(at, letter)| Act::Type(at, letter)),
        1 => any::<usize>().prop_map(Act::Space),
        1 => Just(Act::Convert),
        1 => any::<usize>().prop_map(Act::Restore),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => Just(Act::Pause),
        1 => Just(Act::Reload),
    ]
}

impl Act {
    fn make(self, session: Session) {
        match self {
            Self::Verb(it) => {
                // A refusal is an answer, too: it changes nothing.
                session.edit(|editing| deed(editing, it).unwrap_or(Ok(Change::default())));
            }
            Self::Type(at, letter) => {
                let mut text = text_of(session).to_string();
                let at = (0..=at % (text.len() + 1))
                    .rev()
                    .find(|at| text.is_char_boundary(*at));
                text.insert(at.unwrap_or(0), letter);
                session.set_text(&text, Origin::Code);
                session.pause_typing();
            }
            Self::Space(number) => {
                let text = format!("{}{}", text_of(session), " ".repeat(1 + number % 3));
                session.set_text(&text, Origin::Code);
                session.pause_typing();
            }
            Self::Convert => {
                session.edit(|editing| {
                    editing.convert(match editing.notation() {
                        Format::Json => Format::Yaml,
                        Format::Yaml => Format::Json,
                    })
                });
            }
            Self::Restore(number) => {
                let all = pipelines();
                let text = &all[number % all.len()];
                let cut = if number % 3 == 0 {
                    text.len() / 2
                } else {
                    text.len()
                };
                let cut = (0..=cut).rev().find(|at| text.is_char_boundary(*at));
                let version = &text[..cut.unwrap_or(0)];
                session.edit(|editing| Ok(editing.put_in_place(version, "Restore".to_owned())));
            }
            Self::Undo => session.undo(),
            Self::Redo => session.redo(),
            Self::Pause | Self::Reload => {}
        }
    }
}

fn text_of(session: Session) -> Arc<str> {
    session.document().get_untracked().text().clone()
}

/// Everything that a view reads fits the text that the code pane shows.
fn agree(session: Session) {
    let text = text_of(session);
    let document = session.document().get_untracked();
    assert_eq!(*text, **document.text());
    let is_whole = document.faults().is_empty();
    assert_eq!(session.stale().get_untracked(), !is_whole);
    let outline = session.outline().get_untracked();
    let outlined = session.outlined().get_untracked();
    let fresh = Outlined::of(outlined.clone());
    assert_eq!(&outline, fresh.outline());
    if is_whole {
        assert_eq!(outlined.text(), document.text());
    }
    for state in &session.selection().get_untracked().states {
        assert!(
            outline.find(state).is_some(),
            "{state} is selected and not drawn"
        );
    }
    for state in &outline.states {
        assert!(
            outlined.get(&state.pointer).is_some(),
            "{} has no form",
            state.pointer
        );
    }
    drawn(session, &outline);
    session.check_now();
    let findings = asl::check::check(&document, session.machine_type().get_untracked());
    assert_eq!(*session.diagnostics().get_untracked(), findings);
}

/// The canvas draws each state once, and nothing else.
fn drawn(session: Session, outline: &Outline) {
    let layout = session
        .folded()
        .with_untracked(|folded| Layout::of(outline, folded, Orientation::Vertical));
    let mut drawn: Vec<&Pointer> = layout.nodes.iter().map(|node| &node.pointer).collect();
    let mut states: Vec<&Pointer> = outline.states.iter().map(|state| &state.pointer).collect();
    drawn.sort();
    states.sort();
    assert_eq!(drawn, states);
}

/// The texts before and after each step, as undo and redo must give them.
struct Trail {
    past: Vec<Arc<str>>,
    future: Vec<Arc<str>>,
}

impl Trail {
    /// Takes a step; says what the text must be when it is known.
    fn follow(&mut self, act: &Act, before: &Arc<str>, after: &Arc<str>) {
        match act {
            Act::Undo => match self.past.pop() {
                Some(text) => {
                    assert_eq!(after, &text, "undo gives other bytes");
                    self.future.push(before.clone());
                }
                None => assert_eq!(after, before, "there was nothing to undo"),
            },
            Act::Redo => match self.future.pop() {
                Some(text) => {
                    assert_eq!(after, &text, "redo gives other bytes");
                    self.past.push(before.clone());
                }
                None => assert_eq!(after, before, "there was nothing to redo"),
            },
            Act::Pause | Act::Reload => assert_eq!(after, before),
            Act::Verb(_) | Act::Type(..) | Act::Space(_) | Act::Convert | Act::Restore(_) => {
                if after != before {
                    self.past.push(before.clone());
                    self.future.clear();
                }
            }
        }
    }
}

/// The page is left and opened again: what was stored of the history is there again, all of it.
fn reloaded(session: Session, kept: &mut Kept) -> Session {
    kept.take(session.take_unstored());
    let text = text_of(session);
    let again = Session::new("random", &text);
    let is_known = !kept.head.is_empty();
    let past = kept.read(&text);
    assert_eq!(
        past.is_some(),
        is_known,
        "the stored history leads elsewhere"
    );
    if let Some(past) = past {
        again.remember(past);
    }
    assert_eq!(
        again.history().get_untracked(),
        session.history().get_untracked()
    );
    again
}

fn work(text: &str, acts: Vec<Act>) {
    let mut session = Session::new("random", text);
    let mut kept = Kept::default();
    let mut trail = Trail {
        past: Vec::new(),
        future: Vec::new(),
    };
    for act in acts {
        let before = text_of(session);
        let was_whole = !session.stale().get_untracked();
        act.clone().make(session);
        match act {
            Act::Pause => kept.take(session.take_unstored()),
            Act::Reload => session = reloaded(session, &mut kept),
            Act::Verb(_)
            | Act::Type(..)
            | Act::Space(_)
            | Act::Convert
            | Act::Restore(_)
            | Act::Undo
            | Act::Redo => {}
        }
        let after = text_of(session);
        trail.follow(&act, &before, &after);
        if matches!(act, Act::Verb(_)) {
            assert!(after == before || was_whole, "a verb changed a broken text");
            assert!(
                after == before || !session.stale().get_untracked(),
                "a verb broke the text"
            );
        }
        agree(session);
    }
    while session.history().get_untracked().undo.is_some() {
        session.undo();
    }
    assert_eq!(&*text_of(session), text);
    agree(session);
}

proptest! {
    #[test]
    fn whatever_is_done_all_views_agree_and_undo_and_redo_give_every_byte(
        which in 0..8_usize,
        acts in prop::collection::vec(act(), 1..20),
    ) {
        let owner = Owner::new();
        owner.with(|| work(&pipelines()[which], acts));
    }
}
