//! YAML laid out anew: two blanks for each level, one after colons and dashes, no more than one empty line, none of it at
//! the expense of comments, quotes or order. What cannot be laid out without a change of meaning stays as it is.

use super::spot::{Spot, column, is_block_style, line_end, line_start};
use crate::text::{Document, Node, Span, TextEdit};
use std::collections::HashMap;

/// Blanks for each level.
const UNIT: usize = 2;

/// The text laid out anew.
pub(super) fn formatted(document: &Document) -> String {
    let Some(root) = document.root() else {
        return document.text().to_string();
    };
    let mut layout = Layout {
        document,
        edits: Vec::new(),
        columns: HashMap::new(),
        kept: Vec::new(),
    };
    layout.values(root);
    layout.lines();
    let same =
        |edited: &Document| edited.faults().is_empty() && edited.to_yaml() == document.to_yaml();
    match document.apply(&layout.edits) {
        Ok(edited) if same(&edited) => edited.text().to_string(),
        Ok(_) | Err(_) => document.text().to_string(),
    }
}

struct Layout<'d> {
    document: &'d Document,
    edits: Vec<TextEdit>,
    /// Old and new column of the lines that begin with an entry, by where they start.
    columns: HashMap<usize, Shift>,
    /// Values of several lines, inside of which lines stay as they are.
    kept: Vec<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Shift {
    old: usize,
    new: usize,
}

impl Layout<'_> {
    /// Lays out all entries, outermost first.
    fn values(&mut self, root: &Node) {
        let document = self.document;
        if !is_block_style(document, root) {
            self.kept.push(root.span);
            return;
        }
        let mut open = vec![(root, 0)];
        while let Some((node, at)) = open.pop() {
            let count = node.members().len() + node.elements().len();
            for index in 0..count {
                let Some(spot) = Spot::of_child(document, node, index) else {
                    continue;
                };
                self.entry(&spot, at);
                if is_block_style(document, spot.node) {
                    open.push((spot.node, at + UNIT));
                } else {
                    self.value(&spot, at);
                }
            }
        }
    }

    /// Puts a name or a dash at its column.
    fn entry(&mut self, spot: &Spot<'_>, new: usize) {
        let begins = line_start(self.document, spot.start);
        let before = Span::new(begins, spot.start);
        let old = column(self.document, spot.start);
        if self.is_blank(before) {
            self.columns.insert(begins, Shift { old, new });
            self.replace(before, &" ".repeat(new));
            return;
        }
        // Behind a dash.
        let text = self.document.slice(before);
        let blanks = text.len() - text.trim_end_matches(' ').len();
        self.replace(Span::new(spot.start - blanks, spot.start), " ");
    }

    /// Puts a value without entries behind its colon or dash, and its further lines below.
    fn value(&mut self, spot: &Spot<'_>, at: usize) {
        let span = spot.node.span;
        let gap = Span::new(spot.behind, span.start);
        if gap.start < gap.end && self.document.slice(gap).trim_matches(' ').is_empty() {
            self.replace(gap, " ");
        }
        let end = Spot::end_of(self.document, spot.node);
        let text = self.document.slice(Span::new(span.start, end));
        if !text.contains('\n') {
            return;
        }
        self.kept.push(Span::new(span.start, end));
        let around = spot.column.unwrap_or_default();
        let is_block = text.starts_with(['|', '>']);
        let indents = text.lines().skip(1).filter(|line| !line.trim().is_empty());
        let old = match (is_block, indicator(text)) {
            (true, Some(more)) => around + more,
            (true, None) => indents.map(indent).next().unwrap_or_default(),
            (false, _) => indents.map(indent).min().unwrap_or_default(),
        };
        let new = at + indicator(text).filter(|_| is_block).unwrap_or(UNIT);
        self.further_lines(Span::new(span.start, end), old, new);
    }

    /// Moves the lines of a value after its first one.
    fn further_lines(&mut self, value: Span, old: usize, new: usize) {
        let mut start = line_end(self.document, value.start);
        while let Some(found) = self.document.slice(Span::new(start, value.end)).find('\n') {
            let begins = start + found + 1;
            let ends = line_end(self.document, begins);
            let line = self.document.slice(Span::new(begins, ends));
            if !line.trim().is_empty() {
                let blanks = indent(line).min(old);
                self.replace(Span::new(begins, begins + blanks), &" ".repeat(new));
            }
            start = ends;
        }
    }

    /// Lays out what stands between the entries: comments, empty lines, blanks at the ends of lines.
    fn lines(&mut self) {
        self.kept.sort_unstable();
        let length = self.document.text().len();
        let (mut start, mut kept, mut was_blank) = (0, 0, true);
        let mut around: Vec<Shift> = Vec::new();
        while start < length {
            let end = line_end(self.document, start);
            let next = self.document.slice(Span::new(end, length)).find('\n');
            let next = next.map_or(length, |at| end + at + 1);
            while self.kept.get(kept).is_some_and(|span| span.end < start) {
                kept += 1;
            }
            let value = self.kept.get(kept).copied().unwrap_or(Span::at(length + 1));
            let continues = value.start < start && start <= value.end;
            let breaks_off = value.start <= end && end < value.end;
            if let Some(shift) = self.columns.get(&start) {
                around.retain(|outer| outer.old < shift.old);
                around.push(*shift);
            }
            let line = self.document.slice(Span::new(start, end));
            if !continues && line.trim().is_empty() {
                let is_last = self
                    .document
                    .slice(Span::new(start, length))
                    .trim()
                    .is_empty();
                if was_blank || is_last {
                    self.replace(Span::new(start, next), "");
                } else {
                    self.replace(Span::new(start, end), "");
                }
                was_blank = true;
            } else {
                was_blank = false;
                if !continues && !self.columns.contains_key(&start) {
                    self.other_line(start, line, &around);
                }
                if !breaks_off {
                    let trimmed = start + line.trim_end_matches([' ', '\t']).len();
                    self.replace(Span::new(trimmed, end), "");
                }
            }
            start = next;
        }
        if !self.document.text().ends_with('\n') {
            self.edits.push(TextEdit::new(Span::at(length), "\n"));
        }
    }

    /// Indents a comment, or another line without an entry of its own, like the entry that it was in line with.
    fn other_line(&mut self, start: usize, line: &str, around: &[Shift]) {
        let old = indent(line);
        let next = self.next_entry(start);
        let fits = |shift: &Shift| shift.old == old;
        let outer = around.iter().copied().find(fits);
        let shift = next.filter(fits).or(outer).or(next);
        if let Some(shift) = shift {
            self.replace(Span::new(start, start + old), &" ".repeat(shift.new));
        }
    }

    /// The first line with an entry after this one; comments and empty lines may stand between.
    fn next_entry(&self, start: usize) -> Option<Shift> {
        let length = self.document.text().len();
        let mut at = start;
        loop {
            at += self.document.slice(Span::new(at, length)).find('\n')? + 1;
            if let Some(shift) = self.columns.get(&at) {
                return Some(*shift);
            }
            let line = self
                .document
                .slice(Span::new(at, line_end(self.document, at)));
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                return None;
            }
        }
    }

    fn is_blank(&self, span: Span) -> bool {
        self.document.slice(span).trim_matches(' ').is_empty()
    }

    fn replace(&mut self, span: Span, text: &str) {
        if self.document.slice(span) != text {
            self.edits.push(TextEdit::new(span, text));
        }
    }
}

/// The indentation that a block scalar gives for itself: `|2-`.
fn indicator(text: &str) -> Option<usize> {
    let header = text.get(1..3.min(text.len()))?;
    let digit = header.chars().find(char::is_ascii_digit)?;
    digit
        .to_digit(10)
        .and_then(|digit| usize::try_from(digit).ok())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
