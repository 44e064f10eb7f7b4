//! Server-sent events: the lists, and one run. A lost line is opened again, after what was already heard.
//!
//! Says when the line is lost, so that a page can fall back to asking; shows nothing itself.

use super::transport::segment;
use super::wire::{ExecutionNews, RunEvent, StatusNews};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

/// News of the lists.
#[derive(Debug, Clone, PartialEq)]
pub enum ListNews {
    /// A run changed its status.
    Execution(ExecutionNews),
    /// A review came in or was decided.
    Review {
        /// Its identity.
        id: String,
    },
    /// Something may have been missed: read again. Also said when the line is open again.
    ReadAgain,
    /// The line is lost; it is being opened again.
    Lost,
}

/// News of one run.
#[derive(Debug, Clone, PartialEq)]
pub enum RunNews {
    /// New events, in order.
    Events(Vec<RunEvent>),
    /// How it stands.
    Status(StatusNews),
    /// The line is lost; it is being opened again.
    Lost,
    /// The line is open.
    Open,
}

/// An open line. Dropping it closes it.
pub struct Line(Rc<Wire>);

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.close();
    }
}

enum Heard {
    Opened,
    Lost,
    Message { name: &'static str, data: String },
}

struct Wire {
    address: Box<dyn Fn() -> String>,
    names: &'static [&'static str],
    take: Box<dyn Fn(Heard) -> Next>,
    failures: Cell<u32>,
    closed: Cell<bool>,
    source: RefCell<Option<(EventSource, Vec<EventListener>)>>,
    timer: RefCell<Option<Timeout>>,
}

/// Whether more is expected.
enum Next {
    Listen,
    Close,
}

impl Wire {
    fn close(&self) {
        self.closed.set(true);
        if let Some((source, _)) = &*self.source.borrow() {
            source.close();
        }
        *self.timer.borrow_mut() = None;
    }

    fn hear(self: &Rc<Self>, heard: Heard) {
        if self.closed.get() {
            return;
        }
        match (self.take)(heard) {
            Next::Listen => {}
            Next::Close => self.close(),
        }
    }

    fn open(self: &Rc<Self>) {
        let Ok(source) = EventSource::new(&(self.address)()) else {
            self.lost();
            return;
        };
        let mut listeners = vec![
            self.on(&source, "open", Self::opened),
            self.on(&source, "error", Self::lost),
        ];
        for name in self.names {
            listeners.push(self.on_message(&source, name));
        }
        *self.source.borrow_mut() = Some((source, listeners));
    }

    fn on(
        self: &Rc<Self>,
        source: &EventSource,
        name: &'static str,
        then: fn(&Rc<Self>),
    ) -> EventListener {
        let wire = Rc::downgrade(self);
        EventListener::new(source, name, move |_| {
            if let Some(wire) = wire.upgrade() {
                then(&wire);
            }
        })
    }

    fn on_message(self: &Rc<Self>, source: &EventSource, name: &'static str) -> EventListener {
        let wire = Rc::downgrade(self);
        EventListener::new(source, name, move |event| {
            let data = event
                .dyn_ref::<MessageEvent>()
                .and_then(|m| m.data().as_string());
            if let (Some(wire), Some(data)) = (wire.upgrade(), data) {
                wire.hear(Heard::Message { name, data });
            }
        })
    }

    fn opened(self: &Rc<Self>) {
        self.failures.set(0);
        self.hear(Heard::Opened);
    }

    /// Closes what is left of the line and opens it anew, ever more slowly, at most every 15 seconds.
    fn lost(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        if let Some((source, _)) = &*self.source.borrow() {
            source.close();
        }
        let failures = self.failures.get();
        self.failures.set(failures + 1);
        self.hear(Heard::Lost);
        let wire = Rc::downgrade(self);
        let wait = pause(failures);
        let timer = Timeout::new(wait, move || {
            if let Some(wire) = wire.upgrade().filter(|w| !w.closed.get()) {
                wire.open();
            }
        });
        *self.timer.borrow_mut() = Some(timer);
    }
}

/// Milliseconds until the line is opened again after so many failures in a row.
fn pause(failures: u32) -> u32 {
    (500_u32 << failures.min(5)).min(15_000)
}

fn line(
    address: impl Fn() -> String + 'static,
    names: &'static [&'static str],
    take: impl Fn(Heard) -> Next + 'static,
) -> Line {
    let wire = Rc::new(Wire {
        address: Box::new(address),
        names,
        take: Box::new(take),
        failures: Cell::new(0),
        closed: Cell::new(false),
        source: RefCell::new(None),
        timer: RefCell::new(None),
    });
    wire.open();
    Line(wire)
}

/// Listens to runs and reviews; `machine` narrows it to one pipeline.
pub fn lists(machine: Option<&str>, take: impl Fn(ListNews) + 'static) -> Line {
    let address = match machine {
        Some(name) => format!("/api/live?machine={}", segment(name)),
        None => "/api/live".to_owned(),
    };
    let lost = Cell::new(false);
    line(
        move || address.clone(),
        &["execution", "review", "lagged"],
        move |heard| {
            if let Some(news) = list_news(heard, &lost) {
                take(news);
            }
            Next::Listen
        },
    )
}

fn list_news(heard: Heard, lost: &Cell<bool>) -> Option<ListNews> {
    #[derive(Deserialize)]
    struct ReviewNews {
        id: String,
    }
    match heard {
        // Nothing was missed before the first opening: the page reads its list itself.
        Heard::Opened => lost.replace(false).then_some(ListNews::ReadAgain),
        Heard::Lost => (!lost.replace(true)).then_some(ListNews::Lost),
        Heard::Message {
            name: "execution",
            data,
        } => serde_json::from_str(&data).ok().map(ListNews::Execution),
        Heard::Message {
            name: "review",
            data,
        } => serde_json::from_str::<ReviewNews>(&data)
            .ok()
            .map(|n| ListNews::Review { id: n.id }),
        Heard::Message { .. } => Some(ListNews::ReadAgain),
    }
}

/// Listens to one run from its first event on. Closes itself when the run is over and all of it was heard.
pub fn run(machine: &str, execution: &str, take: impl Fn(RunNews) + 'static) -> Line {
    let base = format!(
        "/api/executions/{}/{}/live",
        segment(machine),
        segment(execution)
    );
    let heard_so_far = Rc::new(Progress::default());
    let after = Rc::clone(&heard_so_far);
    line(
        move || format!("{base}?after={}", after.last.get()),
        &["history", "status"],
        move |heard| heard_so_far.next(heard, &take),
    )
}

/// What was heard of a run.
#[derive(Default)]
struct Progress {
    last: Cell<u64>,
    /// The event that ends the run was heard: the server has nothing more to say.
    complete: Cell<bool>,
}

impl Progress {
    fn next(&self, heard: Heard, take: &impl Fn(RunNews)) -> Next {
        match heard {
            Heard::Opened => take(RunNews::Open),
            Heard::Lost if self.complete.get() => return Next::Close,
            Heard::Lost => take(RunNews::Lost),
            Heard::Message {
                name: "history",
                data,
            } => self.history(&data, take),
            Heard::Message { data, .. } => return self.status(&data, take),
        }
        Next::Listen
    }

    fn history(&self, data: &str, take: &impl Fn(RunNews)) {
        let events: Vec<RunEvent> = serde_json::from_str(data).unwrap_or_default();
        let new: Vec<RunEvent> = events
            .into_iter()
            .filter(|e| e.id > self.last.get())
            .collect();
        if let Some(event) = new.last() {
            self.last.set(event.id);
            self.complete.set(event.ends_run());
            take(RunNews::Events(new));
        }
    }

    fn status(&self, data: &str, take: &impl Fn(RunNews)) -> Next {
        let Ok(news) = serde_json::from_str::<StatusNews>(data) else {
            return Next::Listen;
        };
        let over = news.status.is_over();
        take(RunNews::Status(news));
        if over && self.complete.get() {
            Next::Close
        } else {
            Next::Listen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_and_has_a_ceiling() {
        assert_eq!([0, 1, 2, 9].map(pause), [500, 1000, 2000, 15_000]);
    }

    #[test]
    fn a_line_that_comes_back_asks_for_a_new_reading_once() {
        let lost = Cell::new(false);
        assert_eq!(list_news(Heard::Opened, &lost), None);
        assert_eq!(list_news(Heard::Lost, &lost), Some(ListNews::Lost));
        assert_eq!(list_news(Heard::Lost, &lost), None);
        assert_eq!(list_news(Heard::Opened, &lost), Some(ListNews::ReadAgain));
    }

    #[test]
    fn events_heard_twice_are_told_once() {
        let progress = Progress::default();
        let told = RefCell::new(Vec::new());
        let data = r#"[{"id":1,"type":"ExecutionStarted","timestamp":0,"previousEventId":0}]"#;
        for _ in 0..2 {
            progress.history(data, &|news| told.borrow_mut().push(news));
        }
        assert_eq!(told.borrow().len(), 1);
    }

    #[test]
    fn the_line_of_a_finished_run_is_closed_after_its_last_event() {
        let progress = Progress::default();
        let over = r#"{"status":"SUCCEEDED"}"#;
        assert!(matches!(progress.status(over, &drop), Next::Listen));
        let data = r#"[{"id":1,"type":"ExecutionSucceeded","timestamp":0,"previousEventId":0}]"#;
        progress.history(data, &drop);
        assert!(matches!(progress.status(over, &drop), Next::Close));
    }
}
