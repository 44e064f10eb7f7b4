//! Lines: where the breaks of a formatted text become new lines. A group is written in one line if it fits, else all its own breaks are new lines.
//!
//! It knows nothing of expressions, and it takes time in proportion to the events.

/// How wide a line should be at most, in characters.
const WIDTH: usize = 80;

/// What is written, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'t> {
    Text(&'t str),
    Space,
    /// A group begins: what is broken together.
    Open,
    Close,
    /// Lines that begin from here on stand two columns further in.
    In,
    Out,
    /// A new line if the group is broken.
    Break(Flat),
    /// A new line in any case, and in all groups around.
    Hard,
}

/// What a break is in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flat {
    Space,
    Nothing,
}

/// How much has been written before an event if all of it stands in one line.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    width: usize,
    lines: usize,
}

impl Before {
    fn and(self, event: &Event<'_>) -> Self {
        let (width, lines) = match event {
            Event::Text(text) => {
                let is_long_comment = text.starts_with("/*") && text.contains('\n');
                (text.chars().count(), usize::from(is_long_comment))
            }
            Event::Space | Event::Break(Flat::Space) => (1, 0),
            Event::Hard => (0, 1),
            Event::Break(Flat::Nothing) | Event::Open | Event::Close | Event::In | Event::Out => {
                (0, 0)
            }
        };
        Self {
            width: self.width + width,
            lines: self.lines + lines,
        }
    }
}

/// Where groups end, with what stands behind them up to the next break.
struct Measure {
    before: Vec<Before>,
    /// For each event that opens a group, where it closes.
    close: Vec<usize>,
    /// For each event, where the next break is.
    stop: Vec<usize>,
}

impl Measure {
    fn new(events: &[Event<'_>]) -> Self {
        let mut before = vec![Before::default()];
        let mut close = vec![events.len(); events.len()];
        let mut open = Vec::new();
        let mut so_far = Before::default();
        for (at, event) in events.iter().enumerate() {
            so_far = so_far.and(event);
            before.push(so_far);
            match event {
                Event::Open => open.push(at),
                Event::Close => {
                    if let Some(place) = open.pop().and_then(|open| close.get_mut(open)) {
                        *place = at;
                    }
                }
                _ => {}
            }
        }
        let mut stop = vec![events.len(); events.len() + 1];
        for (at, event) in events.iter().enumerate().rev() {
            let next = stop.get(at + 1).copied().unwrap_or(at);
            if let Some(place) = stop.get_mut(at) {
                *place = if matches!(event, Event::Break(_) | Event::Hard) {
                    at
                } else {
                    next
                };
            }
        }
        Self {
            before,
            close,
            stop,
        }
    }

    fn before(&self, at: usize) -> Before {
        self.before.get(at).copied().unwrap_or_default()
    }

    /// Whether the group that opens here can stand in the line, of which so much is used.
    fn fits(&self, open: usize, column: usize) -> bool {
        let close = self.close.get(open).copied().unwrap_or(open);
        let stop = self.stop.get(close).copied().unwrap_or(close);
        let start = self.before(open);
        let inside_one_line = self.before(close).lines == start.lines;
        inside_one_line && column + self.before(stop).width.saturating_sub(start.width) <= WIDTH
    }
}

/// The text of the events.
pub(super) fn lines(events: &[Event<'_>]) -> String {
    let measure = Measure::new(events);
    let mut page = Page::default();
    let mut broken = vec![];
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Text(text) => page.write(text),
            Event::Space => page.write(" "),
            Event::Open => broken.push(!measure.fits(at, page.column)),
            Event::Close => drop(broken.pop()),
            Event::In => page.indent += 2,
            Event::Out => page.indent = page.indent.saturating_sub(2),
            Event::Hard => page.new_line(),
            Event::Break(_) if broken.last() == Some(&true) => page.new_line(),
            Event::Break(Flat::Space) => page.write(" "),
            Event::Break(Flat::Nothing) => {}
        }
    }
    page.text
}

#[derive(Debug, Default)]
struct Page {
    text: String,
    column: usize,
    indent: usize,
}

impl Page {
    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        let last = text.rsplit('\n').next().unwrap_or_default();
        let column = if last.len() == text.len() {
            self.column
        } else {
            0
        };
        self.column = column + last.chars().count();
    }

    /// What is nested deeper than anybody can read is not moved further in, so that no text grows beyond a multiple of its length.
    fn new_line(&mut self) {
        let indent = self.indent.min(WIDTH);
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }
}
