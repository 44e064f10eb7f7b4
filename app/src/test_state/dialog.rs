//! The dialog: what goes in on the left, what came of it on the right.

use super::entries::{Entries, Known};
use super::form::Form;
use super::outcome::Shown;
use super::trial::{self, Outcome, Subject};
use crate::code::Known as KnownData;
use crate::commands::Desk;
use crate::dry_run::{machine_in, with_answers};
use crate::studio::Keeper;
use crate::text::{common, test_state as text};
use crate::ui::{Button, ButtonLook, Dialog, Glyph};
use asl::dry_run::mocks::{Answer, MockConfig, Response};
use asl::graph::StateType;
use asl::text::{Document, Pointer};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// What stands in the dialog of one state.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) entries: Entries,
    /// What the last test came to, or why it could not be made.
    pub(super) outcome: Option<Result<Outcome, String>>,
}

/// The dialog as signals.
#[derive(Clone, Copy)]
pub(super) struct Test {
    desk: Desk,
    keeper: Keeper,
    pub(super) sheet: RwSignal<Sheet>,
    /// The state that is tested; none while the dialog is closed.
    subject: RwSignal<Option<Subject>>,
    /// What was filled in by itself.
    first: StoredValue<Sheet>,
}

/// What was filled in for each state, with the definition that it was tested in.
type Kept = HashMap<Pointer, (Arc<Document>, Sheet)>;

/// The dialog "Test state". What was filled in for a state is kept while the page is open.
#[component]
pub fn TestDialog(
    /// The page.
    desk: Desk,
    /// Its draft.
    keeper: Keeper,
) -> impl IntoView {
    let kept = StoredValue::new(HashMap::new());
    let test = Test {
        desk,
        keeper,
        sheet: RwSignal::default(),
        subject: RwSignal::new(None),
        first: StoredValue::new(Sheet::default()),
    };
    Effect::new(move || match desk.test.get() {
        true => test.begin(kept),
        false => test.subject.set(None),
    });
    Effect::new(move || {
        let sheet = test.sheet.get();
        if let Some(subject) = test.subject.get_untracked() {
            test.keep_sheet(kept, subject, sheet);
        }
    });
    let title = Signal::derive(move || {
        test.subject.with(|subject| {
            subject.as_ref().map_or_else(
                || text::TITLE.to_owned(),
                |subject| text::title(&subject.name),
            )
        })
    });
    view! {
        <Dialog open=desk.test title=title wide=true>
            {move || test.subject.get().map(|subject| view! { <Content test=test kind=subject.kind/> })}
        </Dialog>
    }
}

#[component]
fn Content(test: Test, kind: StateType) -> impl IntoView {
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && event.ctrl_key() {
            event.prevent_default();
            test.run();
        }
    };
    view! {
        <div class="dialog-body test-state" on:keydown=keys>
            <Form test=test kind=kind/>
            <section class="test-outcome" aria-label=text::OUTCOME aria-live="polite">
                <Shown test=test/>
            </section>
        </div>
        <footer class="dialog-foot">
            <Button label=text::ANEW title=text::ANEW_HINT on_press=move || test.refill()/>
            {(kind == StateType::Task).then(|| view! {
                <Button label=text::KEEP title=text::KEEP_HINT on_press=move || test.keep()/>
            })}
            <span class="end"></span>
            <Button label=common::CLOSE on_press=move || test.desk.test.set(false)/>
            <Button label=text::RUN glyph=Glyph::Play title="Ctrl+Enter" look=ButtonLook::Primary on_press=move || test.run()/>
        </footer>
    }
}

impl Test {
    /// Takes the selected state, with what was filled in for it before.
    fn begin(self, kept: StoredValue<Kept>) {
        let Some(subject) = self.selected() else {
            return;
        };
        let first = Sheet {
            entries: self.known(&subject).entries(subject.kind),
            outcome: None,
        };
        let before = kept.with_value(|kept| kept.get(&subject.state).cloned());
        let sheet = before.map_or_else(
            || first.clone(),
            |(document, sheet)| Sheet {
                // Of another definition than the present one, an outcome says nothing.
                outcome: sheet
                    .outcome
                    .filter(|_| document.text() == subject.document.text()),
                ..sheet
            },
        );
        self.first.set_value(first);
        // The sheet first: it is kept for the state that is shown.
        self.sheet.set(sheet);
        self.subject.set(Some(subject));
    }

    /// Keeps what somebody has filled in; what was filled in by itself is looked up anew the next time.
    fn keep_sheet(self, kept: StoredValue<Kept>, subject: Subject, sheet: Sheet) {
        let is_touched = self.first.with_value(|first| *first != sheet);
        kept.update_value(|kept| {
            if is_touched {
                kept.insert(subject.state, (subject.document, sheet));
            } else {
                kept.remove(&subject.state);
            }
        });
    }

    fn selected(self) -> Option<Subject> {
        let session = self.desk.session;
        let state = self.desk.subject()?;
        let outline = session.outline().get_untracked();
        let node = &outline.states[outline.find(&state)?.0];
        Some(Subject {
            document: session.document().get_untracked(),
            name: node.name.to_string(),
            kind: node.kind?,
            machine: session.name().get_untracked(),
            state,
        })
    }

    fn known(self, subject: &Subject) -> Known {
        let session = self.desk.session;
        let input = self.keeper.input.get_untracked();
        let data = KnownData::default().of(input, session.shown().get_value());
        let node = subject.document.get(&subject.state);
        let root = subject.document.root();
        let start = root.and_then(|root| root.field("StartAt")?.as_str());
        let is_first = subject.state.0.len() == 2 && start == Some(&*subject.name);
        Known {
            seen: data.seen.get(&*subject.name).cloned(),
            sample: data.input.clone().filter(|_| is_first),
            mocked: self.sample_of(&subject.name),
            resource: node
                .and_then(|node| node.field("Resource")?.as_str())
                .unwrap_or_default()
                .to_owned(),
            branches: node
                .and_then(|node| node.field("Branches"))
                .map_or(0, |branches| branches.elements().len()),
        }
    }

    fn config(self) -> Option<MockConfig> {
        MockConfig::parse(&self.keeper.mocks.get_untracked()).ok()
    }

    /// The first answer that the sample results have for a state.
    fn sample_of(self, state: &str) -> Option<Result<Value, (String, String)>> {
        let config = self.config()?;
        let machine = machine_in(&config, &self.desk.session.name().get_untracked());
        let cases = config.cases(&machine);
        let mut answers = cases.iter().filter_map(|case| {
            let case = config.case(&machine, case)?;
            Some(case.responses(state).first()?.response.answer.clone())
        });
        answers.next().map(|answer| match answer {
            Answer::Return(value) => Ok(value),
            Answer::Throw { error, cause } => Err((error, cause)),
        })
    }

    /// Fills everything in as at first.
    fn refill(self) {
        if let Some(subject) = self.subject.get_untracked() {
            self.sheet.set(Sheet {
                entries: self.known(&subject).entries(subject.kind),
                outcome: None,
            });
        }
    }

    /// Runs the state, unless something that was filled in cannot be read; the field says so.
    pub(super) fn run(self) {
        let Some(subject) = self.subject.get_untracked() else {
            return;
        };
        let entries = self.sheet.with_untracked(|sheet| sheet.entries.clone());
        let faults = entries
            .fields(subject.kind)
            .into_iter()
            .filter(|field| entries.fault(*field).is_some())
            .count();
        let outcome = if faults > 0 {
            Err(text::FAULTS.to_owned())
        } else {
            trial::run(&subject, &entries, crate::pages::words::now().0)
        };
        self.sheet.update(|sheet| sheet.outcome = Some(outcome));
    }

    /// Puts what the work gives into the pipeline's sample results.
    fn keep(self) {
        let Some(subject) = self.subject.get_untracked() else {
            return;
        };
        let Some(answer) = self.sheet.with_untracked(|sheet| sheet.entries.answer()) else {
            return self.run();
        };
        let pipeline = self.desk.session.name().get_untracked();
        let config = self.config();
        let case = config.as_ref().and_then(|config| {
            let cases = config.cases(&machine_in(config, &pipeline));
            cases.into_iter().next()
        });
        let answers = vec![Response::at_once(answer)];
        let case = case.unwrap_or_default();
        if let Some((text, case)) = with_answers(config, &pipeline, &case, &subject.name, answers) {
            self.keeper.mocks.set(text);
            self.desk.tell(&text::kept(&subject.name, &case));
        }
    }
}
