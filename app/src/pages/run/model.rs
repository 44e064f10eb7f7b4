//! What the run page knows: the run, its events as they come in, its definition, the reviews that it waits for.
//!
//! Events come by server-sent events; while that line is lost the page asks every few seconds. It draws nothing.

use super::drawn::drawn;
use super::marks::{Marks, marks};
use super::story::{Fault, Outcome, Story};
use crate::api::live::{self, Line, RunNews};
use crate::api::studio::{self, Shelf};
use crate::api::{
    ApiError, ExecutionDetail, MachineDetail, Review, RunEvent, RunStatus, Time, aws,
};
use crate::drafts;
use crate::pages::parts::Load;
use crate::pages::words;
use crate::session::Session;
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::sync::Arc;

/// The events so far and what they tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log {
    /// In order of their ids.
    pub events: Vec<Arc<RunEvent>>,
    /// What they tell.
    pub story: Story,
}

impl Log {
    /// Takes events; those that are known already are passed over.
    pub fn take(&mut self, events: Vec<RunEvent>) {
        for event in events {
            if self.events.last().is_none_or(|last| last.id < event.id) {
                self.story.push(&event);
                self.events.push(Arc::new(event));
            }
        }
    }
}

/// How news of the run come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// As they happen.
    Live,
    /// The line is lost; the page asks.
    Asking,
}

/// One run, as signals.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// The pipeline's name.
    pub machine: StoredValue<String>,
    /// The run's name.
    pub run: StoredValue<String>,
    /// The run, as the server describes it.
    pub detail: RwSignal<Load<ExecutionDetail>>,
    /// Its events.
    pub log: RwSignal<Log>,
    /// The reviews of this run that wait.
    pub reviews: RwSignal<Vec<Review>>,
    /// The present moment; moves each second while the run goes on.
    pub now: RwSignal<Time>,
    /// How news come in.
    pub feed: RwSignal<Feed>,
    /// What they come by.
    line: StoredValue<Option<Line>, LocalStorage>,
    /// The drawing of its definition; nothing in it can be changed.
    pub session: Session,
    /// Whether the definition came.
    pub drawn: RwSignal<bool>,
    /// The marks of its states.
    pub marks: Memo<Marks>,
}

/// The ARN of a run, in the account and region that the server plays.
async fn arn(machine: &str, run: &str) -> Result<String, ApiError> {
    let info = studio::info().await?;
    Ok(format!(
        "arn:aws:states:{}:{}:execution:{machine}:{run}",
        info.region, info.account_id
    ))
}

impl Model {
    /// Begins to read and to listen. Everything ends with the page.
    pub fn open(machine: &str, run: &str) -> Self {
        let log = RwSignal::new(Log::default());
        let reviews = RwSignal::new(Vec::<Review>::new());
        let now = RwSignal::new(words::now());
        let marks = Memo::new(move |_| {
            let waiting: HashSet<String> = reviews.read().iter().map(|r| r.state.clone()).collect();
            marks(&log.read().story, now.get(), |state| {
                waiting.contains(state)
            })
        });
        let model = Self {
            machine: StoredValue::new(machine.to_owned()),
            run: StoredValue::new(run.to_owned()),
            detail: RwSignal::new(Load::Asked),
            log,
            reviews,
            now,
            feed: RwSignal::new(Feed::Live),
            line: StoredValue::new_local(None),
            session: Session::new(machine, "{}"),
            drawn: RwSignal::new(false),
            marks,
        };
        model.read();
        model.listen();
        model.watch_clock();
        model.draw();
        model
    }

    /// Whether the run goes on, as far as is known.
    pub fn is_running(self) -> bool {
        match &*self.detail.read() {
            Load::Here(detail) => !detail.status.is_over(),
            Load::Asked | Load::Failed(_) => false,
        }
    }

    /// How the run stands.
    pub fn status(self) -> Option<RunStatus> {
        self.detail.read().here().map(|d| d.status)
    }

    /// The error that the run ended with.
    pub fn fault(self) -> Option<Fault> {
        match self
            .log
            .read()
            .story
            .end
            .as_ref()
            .map(|e| e.outcome.clone())
        {
            Some(Outcome::Failed(fault) | Outcome::TimedOut(fault) | Outcome::Aborted(fault)) => {
                Some(fault)
            }
            Some(Outcome::Succeeded) | None => None,
        }
    }

    /// The pipeline's name and the run's, unless the page was left meanwhile.
    fn names(self) -> Option<(String, String)> {
        self.machine.try_get_value().zip(self.run.try_get_value())
    }

    /// Reads the run and its definition anew.
    pub fn read(self) {
        let Some((machine, run)) = self.names() else {
            return;
        };
        spawn_local(async move {
            let detail = match arn(&machine, &run).await {
                Ok(arn) => aws::describe_execution(&arn).await,
                Err(error) => Err(error),
            };
            if let Ok(detail) = &detail
                && !self.drawn.try_get_untracked().unwrap_or(true)
            {
                self.read_definition(detail).await;
            }
            // What is shown already stays while the server is away; the feed says that it is not live.
            let is_away = detail.as_ref().is_err_and(ApiError::is_offline);
            let is_shown = self.detail.try_with_untracked(|d| d.here().is_some());
            if !(is_away && is_shown == Some(true)) {
                let _ = self.detail.try_set(detail.into());
            }
        });
        self.read_reviews();
    }

    async fn read_definition(self, detail: &ExecutionDetail) {
        let machine = definition(detail).await;
        // Another reading may have brought it meanwhile; loading it again would forget what is selected.
        let is_drawn = self.drawn.try_get_untracked().unwrap_or(true);
        if let Some(machine) = machine.ok().filter(|_| !is_drawn) {
            // Drawn as in the studio, when the pipeline was worked on in this browser.
            if let Ok(Some(draft)) = drafts::load(&machine.name) {
                self.session.orientation().set(draft.orientation);
            }
            self.session.load(machine.name, &machine.definition);
            let _ = self.drawn.try_set(true);
        }
    }

    /// Reads which reviews of this run wait.
    pub fn read_reviews(self) {
        let Some((machine, run)) = self.names() else {
            return;
        };
        spawn_local(async move {
            if let Ok(reviews) = studio::reviews(Shelf::Waiting).await {
                let mine = |r: &Review| r.machine == machine && r.execution == run;
                let _ = self
                    .reviews
                    .try_set(reviews.into_iter().filter(mine).collect());
            }
        });
    }

    /// Reads and listens on after a redrive: the line ended with the run.
    pub fn go_on(self) {
        self.read();
        self.listen();
    }

    fn listen(self) {
        let known = |log: &Log| log.events.last().map_or(0, |last| last.id);
        let after = self.log.try_with_untracked(known);
        let Some(((machine, run), after)) = self.names().zip(after) else {
            return;
        };
        let line = live::run(&machine, &run, after, move |news| self.hear(news));
        let _ = self.line.try_set_value(Some(line));
    }

    fn watch_clock(self) {
        let tick = Interval::new(1000, move || self.tick());
        let _tick = StoredValue::new_local(tick);
    }

    fn hear(self, news: RunNews) {
        match news {
            RunNews::Open => self.set_feed(Feed::Live),
            RunNews::Lost => self.set_feed(Feed::Asking),
            RunNews::Events(events) => self.take(events),
            RunNews::Status(news) => {
                let known = self
                    .detail
                    .try_with_untracked(|d| d.here().map(|d| d.status))
                    .flatten();
                if known != Some(news.status) {
                    self.read();
                }
            }
        }
    }

    fn set_feed(self, feed: Feed) {
        if self.feed.try_get_untracked().is_some_and(|f| f != feed) {
            self.feed.set(feed);
        }
    }

    fn take(self, events: Vec<RunEvent>) {
        let asks = events.iter().any(|e| e.kind.starts_with("Activity"));
        let turned = events.iter().any(RunEvent::reopens_run)
            || events.last().is_some_and(RunEvent::ends_run);
        let _ = self.now.try_set(words::now());
        let _ = self.log.try_update(|log| log.take(events));
        match (turned, asks) {
            (true, _) => self.read(),
            (false, true) => self.read_reviews(),
            (false, false) => {}
        }
    }

    /// Once a second: the clock of a running run, and every third second the question for news while the line is lost.
    fn tick(self) {
        let running = self
            .detail
            .try_with_untracked(|d| d.here().is_some_and(|d| !d.status.is_over()));
        if running != Some(true) {
            return;
        }
        let now = words::now();
        let _ = self.now.try_set(now);
        if self.feed.try_get_untracked() == Some(Feed::Asking) && now.0 / 1000 % 3 == 0 {
            self.read();
            self.ask_history();
        }
    }

    fn ask_history(self) {
        let Some((machine, run)) = self.names() else {
            return;
        };
        spawn_local(async move {
            let Ok(arn) = arn(&machine, &run).await else {
                return;
            };
            let mut next = None;
            while let Ok(page) = aws::history_page(&arn, next).await {
                let _ = self.log.try_update(|log| log.take(page.items));
                next = page.next;
                if next.is_none() {
                    return;
                }
            }
        });
    }

    /// Keeps the marks of the drawing up to date.
    fn draw(self) {
        Effect::new(move |_| {
            let outline = self.session.outline().get();
            let marks = self.marks.get();
            let drawn = drawn(&marks, &self.log.read().story, &outline);
            self.session.marks().set(drawn);
        });
    }
}

/// The definition that a run was started with; a server that cannot tell gives the present one.
async fn definition(detail: &ExecutionDetail) -> Result<MachineDetail, ApiError> {
    match aws::describe_state_machine_for_execution(&detail.execution_arn).await {
        Ok(machine) => Ok(machine),
        Err(_) => {
            let plain = detail
                .state_machine_arn
                .split('#')
                .next()
                .unwrap_or_default();
            aws::describe_state_machine(plain).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_that_come_twice_are_kept_once() {
        let event = |id| RunEvent {
            id,
            previous: 0,
            time: Time(0),
            kind: "X".into(),
            details: serde_json::Value::Null,
        };
        let mut log = Log::default();
        log.take(vec![event(1), event(2)]);
        log.take(vec![event(2), event(3)]);
        assert_eq!(
            log.events.iter().map(|e| e.id).collect::<Vec<_>>(),
            [1, 2, 3]
        );
    }
}
