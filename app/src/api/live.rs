//! Server-sent events: the lists, and one run. A lost line is opened again, after what was already heard.
//!
//! Says when the line is lost, so that a page can fall back to asking; shows nothing itself.

pub use super::line::Line;
use super::line::{Heard, Next, line};
use super::transport::segment;
use super::wire::{ExecutionNews, RunEvent, StatusNews};
use serde::Deserialize;
use std::cell::Cell;
use std::rc::Rc;

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

/// Listens to runs and reviews; `machine` narrows it to one pipeline.
pub fn lists(machine: Option<&str>, take: impl Fn(ListNews) + 'static) -> Line {
    let address = match machine {
        Some(name) => format!("/api/live?machine={}", segment(name)),
        None => "/api/live".to_owned(),
    };
    let line_is = Cell::new(Standing::New);
    line(
        move || address.clone(),
        &["execution", "review", "lagged"],
        move |heard| {
            if let Some(news) = list_news(heard, &line_is) {
                take(news);
            }
            Next::Listen
        },
    )
}

/// How the line to the lists stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Never open yet: the page reads its list itself.
    New,
    Open,
    Paused,
    Lost,
}

fn list_news(heard: Heard, line_is: &Cell<Standing>) -> Option<ListNews> {
    #[derive(Deserialize)]
    struct ReviewNews {
        id: String,
    }
    match heard {
        Heard::Opened => {
            let before = line_is.replace(Standing::Open);
            matches!(before, Standing::Paused | Standing::Lost).then_some(ListNews::ReadAgain)
        }
        Heard::Lost => {
            (line_is.replace(Standing::Lost) != Standing::Lost).then_some(ListNews::Lost)
        }
        Heard::Paused => {
            line_is.set(Standing::Paused);
            None
        }
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

/// Listens to one run from the event after `after` on. Closes itself when the run is over and all of it was heard.
pub fn run(machine: &str, execution: &str, after: u64, take: impl Fn(RunNews) + 'static) -> Line {
    let base = format!(
        "/api/executions/{}/{}/live",
        segment(machine),
        segment(execution)
    );
    let heard_so_far = Rc::new(Progress::default());
    heard_so_far.last.set(after);
    let after = Rc::clone(&heard_so_far);
    line(
        move || format!("{base}?after={}", after.last.get()),
        &["history", "status"],
        move |heard| heard_so_far.next(heard, &take),
    )
}

/// What was heard of a run.
///
/// The server says the status first and once more after all history of a run that is over. Only the second one tells that
/// nothing was missed: the last event of a page may be an end that a redrive took back.
#[derive(Default)]
struct Progress {
    last: Cell<u64>,
    /// How often the status was said since the line was opened.
    statuses: Cell<u32>,
}

impl Progress {
    fn next(&self, heard: Heard, take: &impl Fn(RunNews)) -> Next {
        match heard {
            Heard::Opened => {
                self.statuses.set(0);
                take(RunNews::Open);
            }
            Heard::Lost => take(RunNews::Lost),
            Heard::Paused => {}
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
            take(RunNews::Events(new));
        }
    }

    fn status(&self, data: &str, take: &impl Fn(RunNews)) -> Next {
        let said_before = self.statuses.replace(self.statuses.get() + 1);
        let Ok(news) = serde_json::from_str::<StatusNews>(data) else {
            return Next::Listen;
        };
        let over = news.status.is_over();
        take(RunNews::Status(news));
        if over && said_before > 0 {
            Next::Close
        } else {
            Next::Listen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_line_that_comes_back_asks_for_a_new_reading_once() {
        let line_is = Cell::new(Standing::New);
        assert_eq!(list_news(Heard::Opened, &line_is), None);
        assert_eq!(list_news(Heard::Lost, &line_is), Some(ListNews::Lost));
        assert_eq!(list_news(Heard::Lost, &line_is), None);
        assert_eq!(
            list_news(Heard::Opened, &line_is),
            Some(ListNews::ReadAgain)
        );
        assert_eq!(list_news(Heard::Opened, &line_is), None);
    }

    #[test]
    fn a_page_that_comes_into_sight_reads_again_without_a_word_of_loss() {
        let line_is = Cell::new(Standing::New);
        assert_eq!(list_news(Heard::Paused, &line_is), None);
        assert_eq!(
            list_news(Heard::Opened, &line_is),
            Some(ListNews::ReadAgain)
        );
    }

    fn message(name: &'static str, data: &str) -> Heard {
        let data = data.to_owned();
        Heard::Message { name, data }
    }

    fn status(status: &str) -> Heard {
        message("status", &format!(r#"{{"status":"{status}"}}"#))
    }

    fn event(id: u64, kind: &str) -> Heard {
        let event = format!(r#"{{"id":{id},"type":"{kind}","timestamp":0,"previousEventId":0}}"#);
        message("history", &format!("[{event}]"))
    }

    /// Tells a line all of this; gives what it says to the last of it, after hearing on until then.
    fn after(progress: &Progress, told: Vec<Heard>) -> Next {
        let mut next = Next::Listen;
        for heard in told {
            assert_eq!(next, Next::Listen, "closed too early");
            next = progress.next(heard, &drop);
        }
        next
    }

    #[test]
    fn events_heard_twice_are_told_once() {
        let progress = Progress::default();
        let told = RefCell::new(Vec::new());
        for _ in 0..2 {
            progress.next(event(1, "ExecutionStarted"), &|news| {
                told.borrow_mut().push(news);
            });
        }
        assert_eq!(told.borrow().len(), 1);
    }

    #[test]
    fn the_line_of_a_run_is_closed_by_the_status_after_its_history() {
        let over_from_the_start = vec![
            Heard::Opened,
            status("SUCCEEDED"),
            event(1, "ExecutionSucceeded"),
            status("SUCCEEDED"),
        ];
        let progress = Progress::default();
        assert_eq!(after(&progress, over_from_the_start), Next::Close);
        let over_while_heard = vec![
            Heard::Opened,
            status("RUNNING"),
            event(1, "ExecutionFailed"),
            status("FAILED"),
        ];
        let progress = Progress::default();
        assert_eq!(after(&progress, over_while_heard), Next::Close);
    }

    #[test]
    fn a_line_lost_after_an_earlier_end_goes_on_to_the_last_one() {
        let progress = Progress::default();
        let lost_between_pages = vec![
            Heard::Opened,
            status("SUCCEEDED"),
            event(200, "ExecutionFailed"),
            Heard::Lost,
            Heard::Opened,
            status("SUCCEEDED"),
            event(201, "ExecutionRedriven"),
        ];
        assert_eq!(after(&progress, lost_between_pages), Next::Listen);
        assert_eq!(progress.last.get(), 201);
        let rest = vec![event(202, "ExecutionSucceeded"), status("SUCCEEDED")];
        assert_eq!(after(&progress, rest), Next::Close);
    }

    #[test]
    fn a_line_with_nothing_new_to_hear_is_closed_and_not_opened_again() {
        let progress = Progress::default();
        progress.last.set(9);
        let nothing_new = vec![Heard::Opened, status("FAILED"), status("FAILED")];
        assert_eq!(after(&progress, nothing_new), Next::Close);
    }

    #[test]
    fn the_first_status_after_an_interruption_closes_no_line() {
        for interruption in [Heard::Lost, Heard::Paused] {
            let progress = Progress::default();
            let opened_again = vec![
                Heard::Opened,
                status("RUNNING"),
                event(1, "ExecutionFailed"),
                interruption,
                Heard::Opened,
                status("FAILED"),
            ];
            assert_eq!(after(&progress, opened_again), Next::Listen);
        }
    }
}
