//! One line of server-sent events, which is opened again when it is lost. What the events mean is [`super::live`]'s.
//!
//! A page out of sight holds no line: browsers allow six connections to one server, and every open tab would take one.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

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

/// What a line tells.
pub(super) enum Heard {
    Opened,
    Lost,
    /// The page went out of sight, so that news may be missed until it is back.
    Paused,
    Message {
        name: &'static str,
        data: String,
    },
}

struct Wire {
    address: Box<dyn Fn() -> String>,
    names: &'static [&'static str],
    take: Box<dyn Fn(Heard) -> Next>,
    failures: Cell<u32>,
    closed: Cell<bool>,
    source: RefCell<Option<(EventSource, Vec<EventListener>)>>,
    timer: RefCell<Option<Timeout>>,
    sight: RefCell<Option<EventListener>>,
}

/// Whether the page is out of sight: in a tab behind others, or in a window that is folded away.
fn is_hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.hidden())
}

/// Whether more is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
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
        *self.sight.borrow_mut() = None;
    }

    /// Lets the line go while the page is out of sight, and opens it when it is seen.
    fn watch_sight(self: &Rc<Self>) {
        let wire = Rc::downgrade(self);
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new(&document, "visibilitychange", move |_| {
                if let Some(wire) = wire.upgrade().filter(|wire| !wire.closed.get()) {
                    wire.turn();
                }
            })
        });
        *self.sight.borrow_mut() = listener;
    }

    fn turn(self: &Rc<Self>) {
        if is_hidden() {
            if let Some((source, _)) = self.source.take() {
                source.close();
            }
            *self.timer.borrow_mut() = None;
            self.hear(Heard::Paused);
        } else if self.source.borrow().is_none() {
            self.open();
        }
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

/// Opens a line to an address, which may change from one opening to the next, and listens for events of these names.
pub(super) fn line(
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
        sight: RefCell::new(None),
    });
    wire.watch_sight();
    wire.turn();
    Line(wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_and_has_a_ceiling() {
        assert_eq!([0, 1, 2, 9].map(pause), [500, 1000, 2000, 15_000]);
    }
}
