//! The dry run as signals: what it is asked to do, and what it shows. It runs in slices, so that the page stays alive.

use super::cost::transitions;
use super::keep_sample::machine_in;
use crate::api::{RunEvent, Time};
use crate::pages::cases::{self, Titles};
use crate::pages::run::drawn::drawn;
use crate::pages::run::finding::reason;
use crate::pages::run::marks::marks;
use crate::pages::run::story::{Condition, Fault, Story, VisitIx};
use crate::session::{Marks, Session};
use crate::text::dry_run as text;
use crate::ui::{Kind, Status};
use asl::definition::StateMachine;
use asl::dry_run::mocks::{Answer, Case, MockConfig};
use asl::dry_run::{DryRun, Options, Status as RunStatus};
use asl::machine::{Finish, Observation, TaskId, TaskRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Steps taken in one slice; between slices the browser may paint.
const SLICE: usize = 300;
/// A run with more steps than these is stopped.
const MAX_STEPS: usize = 200_000;

/// Where running stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Before the next breakpoint.
    Breakpoint,
    /// At the end.
    End,
}

/// The dry run of a session.
#[derive(Clone, Copy)]
pub(super) struct Runner {
    pub(super) session: Session,
    pub(super) input: RwSignal<String>,
    pub(super) mocks: RwSignal<String>,
    /// The case of the sample results; empty to be asked for every answer.
    pub(super) case: RwSignal<String>,
    /// Whether there is a run.
    pub(super) begun: RwSignal<bool>,
    /// Whether it is at work on its own.
    pub(super) busy: RwSignal<bool>,
    pub(super) position: RwSignal<usize>,
    pub(super) length: RwSignal<usize>,
    pub(super) start_ms: RwSignal<i64>,
    pub(super) now_ms: RwSignal<i64>,
    pub(super) status: RwSignal<Option<RunStatus>>,
    pub(super) story: RwSignal<Arc<Story>>,
    pub(super) events: RwSignal<Arc<Vec<RunEvent>>>,
    pub(super) values: RwSignal<Arc<Vec<Observation>>>,
    /// Tasks without a sample result that hold the run up.
    pub(super) asks: RwSignal<Vec<TaskRequest>>,
    /// States entered and tried again up to here.
    pub(super) transitions: RwSignal<usize>,
    /// The visit whose values are shown.
    pub(super) visit: RwSignal<Option<VisitIx>>,
    /// Why it cannot begin, or how it failed.
    pub(super) trouble: RwSignal<Option<String>>,
    /// The state before which it stands.
    pub(super) next_state: RwSignal<Option<String>>,
    run: StoredValue<Option<DryRun>>,
    stop: StoredValue<bool>,
    /// The text that the run was made of.
    made_of: StoredValue<Option<Arc<str>>>,
    titles: RwSignal<Titles>,
}

impl Runner {
    pub(super) fn new(session: Session, input: RwSignal<String>, mocks: RwSignal<String>) -> Self {
        let runner = Self {
            session,
            input,
            mocks,
            case: RwSignal::new(String::new()),
            begun: RwSignal::new(false),
            busy: RwSignal::new(false),
            position: RwSignal::new(0),
            length: RwSignal::new(0),
            start_ms: RwSignal::new(0),
            now_ms: RwSignal::new(0),
            status: RwSignal::new(None),
            story: RwSignal::new(Arc::default()),
            events: RwSignal::new(Arc::default()),
            values: RwSignal::new(Arc::default()),
            asks: RwSignal::new(Vec::new()),
            transitions: RwSignal::new(0),
            visit: RwSignal::new(None),
            trouble: RwSignal::new(None),
            next_state: RwSignal::new(None),
            run: StoredValue::new(None),
            stop: StoredValue::new(false),
            made_of: StoredValue::new(None),
            titles: RwSignal::default(),
        };
        spawn_local(async move {
            // The drawer may have been closed meanwhile.
            let _ = runner.titles.try_set(cases::titles().await);
        });
        runner.follow_cases();
        runner.follow_text();
        runner.follow_selection();
        runner
    }

    /// The first case is picked when there were none before; to be asked for every result is a choice of its own.
    fn follow_cases(self) {
        let cases = Memo::new(move |_| self.cases());
        Effect::new(move |had: Option<bool>| {
            let first = cases.with(|cases| cases.first().cloned());
            if let Some(first) = first.clone().filter(|_| had != Some(true)) {
                self.case.set(first);
            }
            first.is_some()
        });
    }

    /// The cases of the sample results, in the file's order; tracked.
    pub(super) fn cases(self) -> Vec<String> {
        self.config()
            .map(|config| config.cases(&self.machine(&config)))
            .unwrap_or_default()
    }

    /// What a case is called; tracked.
    pub(super) fn title(self, case: &str) -> String {
        self.titles.read().title(case, &self.cases())
    }

    /// The sample results; none when there are none or they cannot be read.
    pub(super) fn config(self) -> Option<MockConfig> {
        let text = self.mocks.get();
        if text.trim().is_empty() {
            None
        } else {
            MockConfig::parse(&text).ok()
        }
    }

    /// The machine's name in the sample results: the pipeline's own, else the only one there.
    pub(super) fn machine(self, config: &MockConfig) -> String {
        machine_in(config, &self.session.name().get_untracked())
    }

    /// The picked case.
    pub(super) fn picked(self) -> Case {
        let config = untrack(|| self.config());
        let case = config
            .as_ref()
            .and_then(|config| config.case(&self.machine(config), &self.case.get_untracked()));
        case.unwrap_or_default()
    }

    /// Makes a new run, standing before its first step. Says why when it cannot.
    pub(super) fn begin(self) -> bool {
        match self.make() {
            Ok(run) => {
                self.start_ms.set(run.now_ms());
                self.made_of.set_value(Some(self.text()));
                self.run.set_value(Some(run));
                self.visit.set(None);
                self.trouble.set(None);
                self.begun.set(true);
                self.publish();
                true
            }
            Err(why) => {
                self.trouble.set(Some(why));
                false
            }
        }
    }

    fn make(self) -> Result<DryRun, String> {
        let document = self.session.document().get_untracked();
        let machine = StateMachine::build(&document).map_err(|errors| {
            let first = errors
                .first()
                .map(|error| error.message.clone())
                .unwrap_or_default();
            text::cannot_run(&first)
        })?;
        let input = self.input.get_untracked();
        let input = if input.trim().is_empty() {
            "{}".to_owned()
        } else {
            input
        };
        if let Err(why) = crate::ui::json::read(&input) {
            return Err(text::input_invalid(&why));
        }
        let mocks = self.mocks.get_untracked();
        if !mocks.trim().is_empty()
            && let Err(error) = MockConfig::parse(&mocks)
        {
            return Err(text::samples_unusable(&error.to_string()));
        }
        let case = self.picked();
        let options = Options {
            start_ms: crate::pages::words::now().0,
            seed: case.seed().unwrap_or(1),
            machine_name: self.session.name().get_untracked(),
            max_steps: MAX_STEPS,
        };
        Ok(DryRun::new(
            Arc::new(machine),
            Arc::from(input),
            case,
            options,
        ))
    }

    fn text(self) -> Arc<str> {
        self.session
            .document()
            .with_untracked(|document| document.text().clone())
    }

    /// Does something with the run, then shows where it stands. Begins one when there is none.
    pub(super) fn act(self, act: impl FnOnce(&mut DryRun)) {
        if self.busy.get_untracked() || (!self.begun.get_untracked() && !self.begin()) {
            return;
        }
        self.run.update_value(|run| {
            if let Some(run) = run {
                act(run);
            }
        });
        self.publish();
        self.show_latest();
    }

    /// Runs on its own, slice by slice, until a breakpoint, an open answer, the end, or [`Self::halt`].
    pub(super) fn go(self, until: Until) {
        if self.busy.get_untracked() || (!self.begun.get_untracked() && !self.begin()) {
            return;
        }
        self.stop.set_value(false);
        self.busy.set(true);
        let stops = self.stops(until);
        self.slice(Arc::new(stops));
    }

    /// The names of the states before which it stops.
    fn stops(self, until: Until) -> BTreeSet<String> {
        if until == Until::End {
            return BTreeSet::new();
        }
        let outline = self.session.outline().get_untracked();
        let points = self.session.breakpoints().get_untracked();
        let states = points.iter().filter_map(|point| outline.find(point));
        states
            .map(|state| outline.states[state.0].name.to_string())
            .collect()
    }

    fn slice(self, stops: Arc<BTreeSet<String>>) {
        // The page may have been left between two slices.
        let Some(goes_on) = self.run.try_update_value(|run| {
            let Some(run) = run else { return false };
            for _ in 0..SLICE {
                if run.step() != RunStatus::Ready
                    || run.next_state().is_some_and(|state| stops.contains(state))
                {
                    return false;
                }
            }
            true
        }) else {
            return;
        };
        if goes_on && !self.stop.get_value() {
            self.show_progress();
            request_animation_frame(move || self.slice(stops));
        } else {
            self.busy.set(false);
            self.publish();
            self.show_latest();
        }
    }

    /// Stops a run that is at work.
    pub(super) fn halt(self) {
        self.stop.set_value(true);
    }

    /// Answers a task that has no sample result, and goes on.
    pub(super) fn answer(self, task: TaskId, answer: Answer) {
        self.act(|run| {
            run.answer(task, answer);
        });
        self.go(Until::Breakpoint);
    }

    /// Gives the run up; the input stays.
    pub(super) fn reset(self) {
        self.halt();
        self.run.set_value(None);
        self.made_of.set_value(None);
        self.begun.set(false);
        self.transitions.set(0);
        self.busy.set(false);
        self.status.set(None);
        self.asks.set(Vec::new());
        self.visit.set(None);
        self.session.marks().set(Marks::default());
    }

    fn show_progress(self) {
        self.run.with_value(|run| {
            if let Some(run) = run {
                self.position.set(run.position());
                self.length.set(run.len());
                self.now_ms.set(run.now_ms());
            }
        });
    }

    /// Everything that is shown, from the run as it stands.
    fn publish(self) {
        self.show_progress();
        let Some((status, events, values, asks, transitions, next)) = self.run.with_value(|run| {
            let run = run.as_ref()?;
            let events: Vec<RunEvent> = run
                .events()
                .iter()
                .filter_map(|event| RunEvent::from_json(&event.to_wire()))
                .collect();
            let status = run.status();
            let asks = match &status {
                RunStatus::Waiting(asks) => asks.clone(),
                RunStatus::Ready | RunStatus::Finished(_) | RunStatus::Exhausted => Vec::new(),
            };
            Some((
                status,
                events,
                run.observations().to_vec(),
                asks,
                transitions(run.passages()),
                run.next_state().map(str::to_owned),
            ))
        }) else {
            return;
        };
        let story = Story::of(&events);
        self.trouble.set(failure(&status, &story));
        self.draw(&story, next.as_deref());
        self.next_state.set(next);
        self.asks.set(asks);
        self.transitions.set(transitions);
        self.status.set(Some(status));
        self.events.set(Arc::new(events));
        let values = Arc::new(values);
        self.session.shown().set_value(values.clone());
        self.values.set(values);
        self.story.set(Arc::new(story));
    }

    /// The marks on the canvas. The state before which the run stands is marked as paused.
    fn draw(self, story: &Story, next: Option<&str>) {
        use crate::session::{Condition as Drawn, Mark};
        let outline = self.session.outline().get_untracked();
        let now = Time(self.now_ms.get_untracked());
        let mut shown = drawn(
            &marks(story, now, |state| self.asks_person(state)),
            story,
            &outline,
        );
        if let Some(state) =
            next.and_then(|next| outline.states.iter().find(|state| *state.name == *next))
        {
            let count = shown
                .states
                .get(&state.pointer)
                .map_or(0, |mark| mark.count);
            shown.states.insert(
                state.pointer.clone(),
                Mark {
                    condition: Drawn::Paused,
                    detail: None,
                    count,
                },
            );
        }
        self.session.marks().set(shown);
    }

    /// Whether a state asks a person.
    pub(super) fn asks_person(self, name: &str) -> bool {
        self.kind(name) == Kind::Person
    }

    /// The kind of the state of that name.
    pub(super) fn kind(self, name: &str) -> Kind {
        let outline = self.session.outline().get_untracked();
        let state = outline.states.iter().find(|state| *state.name == *name);
        state.map_or(Kind::Unknown, |state| {
            self.session
                .document()
                .with_untracked(|document| Kind::of(document, state))
        })
    }

    /// Shows the values of the state that is at work or was last.
    fn show_latest(self) {
        let story = self.story.get_untracked();
        let leaf =
            |visit: &crate::pages::run::story::Visit| !matches!(&*visit.kind, "Parallel" | "Map");
        let open = story
            .visits
            .iter()
            .rposition(|visit| visit.ended.is_none() && leaf(visit));
        let latest = open.or_else(|| story.visits.len().checked_sub(1));
        self.visit.set(latest.map(VisitIx));
    }

    /// Shows a visit, and selects its state on the canvas.
    pub(super) fn show(self, visit: VisitIx) {
        self.visit.set(Some(visit));
        let story = self.story.get_untracked();
        let outline = self.session.outline().get_untracked();
        let state = story.visit(visit).and_then(|visit| {
            outline
                .states
                .iter()
                .find(|state| state.name == visit.state)
        });
        if let Some(state) = state {
            self.session.select(state.pointer.clone());
        }
    }

    /// A changed pipeline makes the run meaningless: it starts over, and says so.
    fn follow_text(self) {
        Effect::new(move || {
            let text = self
                .session
                .document()
                .with(|document| document.text().clone());
            let stale = self
                .made_of
                .with_value(|made_of| made_of.as_ref().is_some_and(|made_of| *made_of != text));
            if stale {
                self.reset();
                self.trouble.set(Some(text::CHANGED.to_owned()));
            }
        });
    }

    /// Selecting a state on the canvas shows its latest visit.
    fn follow_selection(self) {
        Effect::new(move || {
            let Some(state) = self
                .session
                .selection()
                .with(|selection| selection.primary().cloned())
            else {
                return;
            };
            let outline = self.session.outline().get_untracked();
            let Some(found) = outline.find(&state) else {
                return;
            };
            let name = &outline.states[found.0].name;
            let story = self.story.get_untracked();
            let shown = self
                .visit
                .get_untracked()
                .and_then(|visit| story.visit(visit));
            if shown.is_some_and(|visit| visit.state == *name) {
                return;
            }
            let visit = story.visits.iter().rposition(|visit| visit.state == *name);
            if let Some(visit) = visit {
                self.visit.set(Some(VisitIx(visit)));
            }
        });
    }

    /// How it stands, as a status and words.
    pub(super) fn words(self) -> Option<(Status, String)> {
        let plain = |status: Status| (status, status.label().to_owned());
        if self.busy.get() {
            return Some(plain(Status::Running));
        }
        let words = match self.status.get()? {
            RunStatus::Finished(finish) => match finish {
                Finish::Succeeded { .. } => plain(Status::Succeeded),
                Finish::Failed { .. } => plain(Status::Failed),
                Finish::TimedOut { .. } => plain(Status::TimedOut),
                Finish::Aborted { .. } => plain(Status::Aborted),
            },
            RunStatus::Waiting(asks) => {
                let state = asks
                    .first()
                    .map(|ask| ask.state.clone())
                    .unwrap_or_default();
                let status = if self.asks_person(&state) {
                    Status::Waiting
                } else {
                    Status::Paused
                };
                (status, text::waits_for_answer(&state))
            }
            RunStatus::Exhausted => (Status::Aborted, text::TOO_MANY_STEPS.to_owned()),
            RunStatus::Ready => {
                let place = self.next_state.get().or_else(|| {
                    let story = self.story.get();
                    story
                        .visits
                        .iter()
                        .rev()
                        .find(|visit| visit.ended.is_none())
                        .map(|visit| visit.state.to_string())
                });
                match (self.position.get(), place) {
                    (0, _) => (Status::Paused, text::READY.to_owned()),
                    (_, Some(place)) if self.next_state.get().is_some() => {
                        (Status::Paused, text::paused_before(&place))
                    }
                    (_, Some(place)) => (Status::Paused, text::paused_in(&place)),
                    (_, None) => plain(Status::Paused),
                }
            }
        };
        Some(words)
    }
}

/// How the run failed, in a sentence.
fn failure(status: &RunStatus, story: &Story) -> Option<String> {
    let (error, cause) = match status {
        RunStatus::Finished(
            Finish::Failed { error, cause } | Finish::TimedOut { error, cause },
        ) => (error, cause),
        RunStatus::Exhausted => {
            return Some(text::stopped_after(MAX_STEPS));
        }
        RunStatus::Finished(Finish::Succeeded { .. } | Finish::Aborted { .. })
        | RunStatus::Ready
        | RunStatus::Waiting(_) => {
            return None;
        }
    };
    let fault = Fault {
        error: error.clone().unwrap_or_default(),
        cause: cause.clone().unwrap_or_default(),
    };
    let failed =
        |condition: &Condition| matches!(condition, Condition::Failed(_) | Condition::TimedOut(_));
    let place = story
        .visits
        .iter()
        .rev()
        .find(|visit| failed(&visit.condition));
    let state = place.map(|visit| &*visit.state);
    Some(text::failure(state, &reason(&fault)))
}
