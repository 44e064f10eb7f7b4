//! The tree of an edited text from the tree before: only what an edit touched is read again, the rest is moved.
//!
//! The result is the one that reading the whole text gives; where that is not certain (the text has faults then, or had
//! them), nothing is given, and the whole is read.

use super::parse::{MAX_DEPTH, parse};
use super::{Member, Node, NodeKind, Span, TextEdit};

/// Moves and renews `root`, the tree of a text without faults, so that it is the tree of `text`, which `edits` (in order, not
/// overlapping) made of it. Says whether that went well; if not, the tree is of no use.
pub(super) fn reread(root: &mut Node, text: &str, edits: &[&TextEdit], placeholders: bool) -> bool {
    let edits: Vec<Edit> = in_both_texts(edits);
    Reread { text, placeholders }.renew(root, &edits, 0, 0)
}

/// An edit, by where it stands in the text before and after.
#[derive(Clone, Copy)]
struct Edit {
    before: Span,
    /// What it adds to offsets behind it, with all edits before it.
    shift: isize,
}

fn in_both_texts(edits: &[&TextEdit]) -> Vec<Edit> {
    let mut shift = 0;
    let edits = edits.iter().map(|edit| {
        shift += signed(edit.replacement.len()) - signed(edit.span.end - edit.span.start);
        Edit {
            before: edit.span,
            shift,
        }
    });
    edits.collect()
}

fn signed(length: usize) -> isize {
    length.cast_signed()
}

struct Reread<'a> {
    text: &'a str,
    placeholders: bool,
}

/// Children of a container, of which those from `from` to `to` are read again.
#[derive(Clone, Copy)]
struct Stretch {
    from: usize,
    to: usize,
}

impl Reread<'_> {
    /// Renews a value. `edits` are those in its text, `shift` is what those before it add to offsets.
    fn renew(&self, node: &mut Node, edits: &[Edit], shift: isize, depth: usize) -> bool {
        let Some(last) = edits.last() else {
            node.shift(shift);
            return true;
        };
        let holds =
            |edit: &Edit| node.span.start < edit.before.start && edit.before.end < node.span.end;
        if !edits.iter().all(holds) {
            return false;
        }
        let span = moved(node.span, shift, last.shift);
        let done = match &mut node.kind {
            NodeKind::Object(members) => {
                self.children(members, edits, shift, depth, (node.span, span))
            }
            NodeKind::Array(items) => self.children(items, edits, shift, depth, (node.span, span)),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => false,
        };
        node.span = span;
        done
    }

    /// Renews the children of a container that stood at `spans.0` and stands at `spans.1`.
    fn children<C: Child>(
        &self,
        children: &mut Vec<C>,
        edits: &[Edit],
        shift: isize,
        depth: usize,
        spans: (Span, Span),
    ) -> bool {
        let stretches = stretches(children, edits);
        let mut renewed = Vec::with_capacity(children.len() + 1);
        let (mut left, mut shift) = (edits, shift);
        let mut end = spans.1.start + 1;
        let mut old = std::mem::take(children).into_iter().enumerate().peekable();
        let mut stretches = stretches.into_iter().peekable();
        loop {
            let at = old.peek().map_or(usize::MAX, |(index, _)| *index);
            if let Some(stretch) = stretches.next_if(|stretch| stretch.from <= at) {
                while old.next_if(|(index, _)| *index < stretch.to).is_some() {}
                let next = old.peek().map(|(_, child)| child.span().start);
                let upto = next.unwrap_or(spans.0.end - 1);
                let (inside, after) =
                    left.split_at(left.partition_point(|edit| edit.before.end <= upto));
                shift = inside.last().map_or(shift, |edit| edit.shift);
                left = after;
                let slice = Span::new(end, upto.saturating_add_signed(shift));
                let Some(fresh) = self.read::<C>(slice, !renewed.is_empty(), next.is_some(), depth)
                else {
                    return false;
                };
                renewed.extend(fresh);
                continue;
            }
            let Some((_, mut child)) = old.next() else {
                break;
            };
            let (inside, after) =
                left.split_at(left.partition_point(|edit| edit.before.start < child.span().end));
            if !child.renew(self, inside, shift, depth + 1) {
                return false;
            }
            shift = inside.last().map_or(shift, |edit| edit.shift);
            left = after;
            end = child.span().end;
            renewed.push(child);
        }
        *children = renewed;
        left.is_empty()
    }

    /// The children in a stretch of the text between two others, or a bracket.
    fn read<C: Child>(
        &self,
        span: Span,
        follows: bool,
        precedes: bool,
        depth: usize,
    ) -> Option<Vec<C>> {
        let slice = self.text.get(span.start..span.end)?;
        if slice.trim_matches(BLANKS).is_empty() {
            // Between two that stay, a comma is missing.
            return (!(follows && precedes)).then(Vec::new);
        }
        if follows && precedes && slice.trim_matches(BLANKS) == "," {
            return Some(Vec::new());
        }
        let mut inner = slice;
        if follows {
            inner = inner.trim_start_matches(BLANKS).strip_prefix(',')?;
        }
        let from = span.end - inner.len();
        if precedes {
            inner = inner.trim_end_matches(BLANKS).strip_suffix(',')?;
        }
        // Beside a comma, something must stand.
        if inner.trim_matches(BLANKS).is_empty() {
            return None;
        }
        let (open, close) = C::BRACKETS;
        let (root, faults) = parse(&format!("{open}{inner}{close}"), self.placeholders);
        let mut root =
            root.filter(|root| faults.is_empty() && depth + deepest(root) <= MAX_DEPTH)?;
        // The bracket before the stretch is not in the text.
        root.shift(signed(from) - 1);
        Some(C::of(root.kind))
    }
}

/// The blanks of JSON.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A span whose ends move by different amounts.
fn moved(span: Span, start: isize, end: isize) -> Span {
    Span::new(
        span.start.saturating_add_signed(start),
        span.end.saturating_add_signed(end),
    )
}

/// Which children must be read again: those that an edit touches otherwise than inside their own brackets. What is read again
/// lies between two children that stay, or a bracket; stretches that touch are one.
fn stretches<C: Child>(children: &[C], edits: &[Edit]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for edit in edits {
        // A number or word that ends where something is inserted may go on there.
        let from = children.partition_point(|child| {
            let end = child.span().end;
            end < edit.before.start || end == edit.before.start && child.value().is_closed()
        });
        let to = from
            + children[from..].partition_point(|child| {
                child.span().start < edit.before.end || child.span().start == edit.before.start
            });
        let is_inside = to == from + 1 && children[from].value().holds(edit.before);
        if is_inside {
            continue;
        }
        match found.last_mut() {
            Some(last) if from <= last.to => last.to = last.to.max(to),
            Some(_) | None => found.push(Stretch { from, to }),
        }
    }
    found
}

/// How many brackets are around the innermost value.
fn deepest(node: &Node) -> usize {
    let inner = node
        .members()
        .iter()
        .map(|member| &member.value)
        .chain(node.elements());
    let is_container = matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_));
    usize::from(is_container) + inner.map(deepest).max().unwrap_or(0)
}

impl Node {
    /// Whether its last character ends it, whatever follows.
    fn is_closed(&self) -> bool {
        matches!(
            self.kind,
            NodeKind::Array(_) | NodeKind::Object(_) | NodeKind::String(_)
        )
    }

    /// Whether an edit lies between its brackets.
    fn holds(&self, edit: Span) -> bool {
        let is_container = matches!(self.kind, NodeKind::Array(_) | NodeKind::Object(_));
        is_container && self.span.start < edit.start && edit.end < self.span.end
    }

    /// Moves it and all in it.
    fn shift(&mut self, by: isize) {
        if by == 0 {
            return;
        }
        self.span = moved(self.span, by, by);
        match &mut self.kind {
            NodeKind::Object(members) => members.iter_mut().for_each(|member| member.shift(by)),
            NodeKind::Array(items) => items.iter_mut().for_each(|item| item.shift(by)),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => {}
        }
    }
}

impl Member {
    fn shift(&mut self, by: isize) {
        self.key_span = moved(self.key_span, by, by);
        self.value.shift(by);
    }
}

/// What stands in a container: members or elements.
trait Child: Sized {
    const BRACKETS: (char, char);
    fn span(&self) -> Span;
    fn value(&self) -> &Node;
    /// Renews it after edits inside its value.
    fn renew(&mut self, reread: &Reread<'_>, edits: &[Edit], shift: isize, depth: usize) -> bool;
    /// All of a container.
    fn of(kind: NodeKind) -> Vec<Self>;
}

impl Child for Member {
    const BRACKETS: (char, char) = ('{', '}');

    fn span(&self) -> Span {
        Member::span(self)
    }

    fn value(&self) -> &Node {
        &self.value
    }

    fn renew(&mut self, reread: &Reread<'_>, edits: &[Edit], shift: isize, depth: usize) -> bool {
        self.key_span = moved(self.key_span, shift, shift);
        reread.renew(&mut self.value, edits, shift, depth)
    }

    fn of(kind: NodeKind) -> Vec<Self> {
        if let NodeKind::Object(members) = kind {
            members
        } else {
            Vec::new()
        }
    }
}

impl Child for Node {
    const BRACKETS: (char, char) = ('[', ']');

    fn span(&self) -> Span {
        self.span
    }

    fn value(&self) -> &Node {
        self
    }

    fn renew(&mut self, reread: &Reread<'_>, edits: &[Edit], shift: isize, depth: usize) -> bool {
        reread.renew(self, edits, shift, depth)
    }

    fn of(kind: NodeKind) -> Vec<Self> {
        if let NodeKind::Array(items) = kind {
            items
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Document, Span, TextEdit};
    use proptest::prelude::*;

    const TEXT: &str = r#"{
  "StartAt": "A", "n": 12,
  "States": {
    "A": { "Type": "Pass", "Next": "B", "x": [1, 2, {"y": null}, ${Later}] },
    "B": { "Type": "Choice", "Choices": [ {"Next": "A"}, {"Next": "C"} ] },
    "é": {},
    "C": { "Type": "Succeed" }
  }, "empty": [ ]
}
"#;

    /// Texts that are put in: valid and broken, with commas and without.
    const PIECES: &[&str] = &[
        "",
        ",",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        "1",
        " ",
        "\n",
        "é",
        "\\",
        "\"D\": {\"Type\": \"Pass\"}",
        ",\n \"D\": [1]",
        "\"E\"",
        "{\"a\": 1}",
        ", 3",
        "3,",
        "null",
        "//",
        "/*",
        "*/",
        "${X}",
        "true",
        "\"q\": 1,",
    ];

    fn same_as_whole(text: &str, edits: &[TextEdit]) {
        let before = Document::parse(text);
        let Ok(after) = before.apply(edits) else {
            return;
        };
        let whole = Document::parse(after.text().clone());
        assert_eq!(after.root(), whole.root(), "{}", after.text());
        assert_eq!(after.faults(), whole.faults(), "{}", after.text());
    }

    fn edit(start: usize, end: usize, piece: usize) -> TextEdit {
        let floor = |at: usize| {
            (0..=at.min(TEXT.len()))
                .rev()
                .find(|at| TEXT.is_char_boundary(*at))
                .unwrap_or(0)
        };
        TextEdit::new(
            Span::new(floor(start), floor(end).max(floor(start))),
            PIECES[piece % PIECES.len()],
        )
    }

    #[test]
    fn one_edit_anywhere_gives_what_reading_the_whole_text_gives() {
        for start in 0..=TEXT.len() {
            for piece in 0..PIECES.len() {
                for length in [0, 1, 3, 17] {
                    same_as_whole(TEXT, &[edit(start, start + length, piece)]);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn several_edits_give_what_reading_the_whole_text_gives(
            places in prop::collection::vec((0..TEXT.len(), 0_usize..30, 0..PIECES.len()), 1..5)
        ) {
            let edits: Vec<TextEdit> = places.iter().map(|(at, length, piece)| edit(*at, at + length, *piece)).collect();
            same_as_whole(TEXT, &edits);
        }

        #[test]
        fn harmless_edits_of_values_and_members_are_made_in_any_mixture(
            places in prop::collection::vec(0_usize..9, 1..5)
        ) {
            let spots: [(&str, &str); 9] = [
                ("\"A\": {", "\"Z\": {"), ("\"B\", \"x\"", "\"Longer\", \"x\""), ("{\"Next\": \"C\"}", "{}"), ("null", "[[]]"),
                ("\"é\": {},\n", ""), ("\"C\": { \"Type\"", "\"C\": {}, \"F\": { \"Type\""), ("[ ]", "[7]"), ("12", "13"),
                ("${Later}", "${Sooner}, 4"),
            ];
            let edits: Vec<TextEdit> = places.iter().filter_map(|spot| {
                let (old, new) = spots[*spot];
                TEXT.find(old).map(|at| TextEdit::new(Span::new(at, at + old.len()), new))
            }).collect();
            same_as_whole(TEXT, &edits);
        }
    }
}
