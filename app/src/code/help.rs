//! Answers to what the code editor asks about a place in the text, from `asl::editor`. Pure: a text, a place and what is
//! known of the data in, an answer in the editor's units out. Nothing is changed here.

use super::bridge::UnitEdit;
use super::follow::in_units;
use super::units::Ruler;
use asl::editor::{
    Completion, CompletionKind, Completions, Knowledge, complete, hover, references, selection,
    signature_help,
};
use asl::text::{Span, TextEdit};
use serde::Serialize;

/// More offers than these are not shown; typing on narrows them.
const MOST: usize = 200;

/// A part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Range {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Range {
    pub(super) fn of(ruler: &Ruler, span: Span) -> Self {
        let (from, to) = ruler.range(span);
        Self { from, to }
    }
}

/// What can be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Offers {
    items: Vec<Offer>,
    also: Vec<UnitEdit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Offer {
    label: String,
    kind: &'static str,
    detail: String,
    docs: String,
    #[serde(flatten)]
    edit: UnitEdit,
    /// The places to fill in, in units of what is inserted.
    stops: Vec<Range>,
    deprecated: bool,
}

/// What can be written at a place.
pub(super) fn offers(ruler: &Ruler, at: u32, knowledge: &Knowledge) -> Offers {
    let Completions { items, also } = complete(ruler.text(), ruler.byte(at), knowledge);
    let items = items.into_iter().take(MOST);
    Offers {
        items: items.map(|item| offer(ruler, item)).collect(),
        also: also.iter().map(|edit| in_units(ruler, edit)).collect(),
    }
}

fn offer(ruler: &Ruler, item: Completion) -> Offer {
    let inside = Ruler::new(item.edit.text.as_str().into());
    let stops = item.edit.stops.iter();
    Offer {
        label: item.label,
        kind: kind(item.kind),
        detail: item.detail,
        docs: item.documentation,
        stops: stops.map(|stop| Range::of(&inside, *stop)).collect(),
        edit: in_units(ruler, &TextEdit::new(item.edit.span, item.edit.text)),
        deprecated: item.deprecated,
    }
}

fn kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Field => "field",
        CompletionKind::Value => "value",
        CompletionKind::State => "state",
        CompletionKind::Error => "error",
        CompletionKind::Resource => "resource",
        CompletionKind::Variable => "variable",
        CompletionKind::Path => "path",
        CompletionKind::Function => "function",
        CompletionKind::Snippet => "snippet",
    }
}

/// What stands at a place, explained in the simplest Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Explained {
    #[serde(flatten)]
    range: Range,
    text: String,
}

/// What stands at a place.
pub(super) fn explained(ruler: &Ruler, at: u32, knowledge: &Knowledge) -> Option<Explained> {
    let found = hover(ruler.text(), ruler.byte(at), knowledge)?;
    Some(Explained {
        range: Range::of(ruler, found.span),
        text: found.text,
    })
}

/// The function whose arguments are being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Call {
    label: String,
    /// The parameters, in units of the label.
    parameters: Vec<Range>,
    active: usize,
    docs: String,
}

/// The call around a place.
pub(super) fn call(ruler: &Ruler, at: u32) -> Option<Call> {
    let help = signature_help(ruler.text(), ruler.byte(at))?;
    let label = Ruler::new(help.label.as_str().into());
    let parameters = help.parameters.iter();
    Some(Call {
        parameters: parameters.map(|span| Range::of(&label, *span)).collect(),
        active: help.active,
        docs: help.documentation,
        label: help.label,
    })
}

/// A name with all its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Named {
    pub(super) name: String,
    /// The name where the cursor is.
    pub(super) here: Range,
    /// Where to go from here: to the definition; from there to the first use.
    pub(super) target: Option<Range>,
    /// All its places, in the order of the text.
    pub(super) places: Vec<Range>,
}

/// The state or variable at a place.
pub(super) fn named(ruler: &Ruler, at: u32) -> Option<Named> {
    let names = references(ruler.text(), ruler.byte(at))?;
    let elsewhere = |span: &&Span| **span != names.here;
    let target = names.definitions.iter().find(elsewhere);
    let target = target.or_else(|| names.references.iter().find(elsewhere));
    let mut spans: Vec<Span> = names
        .definitions
        .iter()
        .chain(&names.references)
        .copied()
        .collect();
    spans.sort();
    Some(Named {
        here: Range::of(ruler, names.here),
        target: target.map(|span| Range::of(ruler, *span)),
        places: spans.iter().map(|span| Range::of(ruler, *span)).collect(),
        name: names.name,
    })
}

/// The parts around a place, inner before outer.
pub(super) fn around(ruler: &Ruler, at: u32) -> Vec<Range> {
    let found = selection(ruler.text(), ruler.byte(at));
    found.iter().map(|span| Range::of(ruler, *span)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::units::shown;
    use super::*;

    const TEXT: &str = "{\r\n  \"StartAt\": \"Ä\",\r\n  \"States\": {\r\n    \"Ä\": {\"Type\": \"Pass\", \"Next\": \"B\"},\r\n    \"B\": {\"Type\": \"Succeed\"}\r\n  }\r\n}\r\n";

    /// The units before the first place of `part` in what is shown.
    fn place(part: &str) -> u32 {
        let seen = shown(TEXT).into_owned();
        let (head, _) = seen.split_once(part).expect("the part is there");
        u32::try_from(head.encode_utf16().count()).expect("a small text")
    }

    fn ruler() -> Ruler {
        Ruler::new(TEXT.into())
    }

    #[test]
    fn a_name_leads_to_its_definition_and_the_definition_to_a_use() {
        let next = place("\"B\"},\n");
        let named_at = |at| named(&ruler(), at).expect("a name");
        let target = named_at(next + 1).target.expect("a target");
        assert_eq!(target.from, place("\"B\": {"));
        assert_eq!(named_at(target.from).target.expect("a use").from, next);
        assert_eq!(named_at(next + 1).places.len(), 2);
    }

    #[test]
    fn offers_stand_in_the_units_of_the_editor() {
        let found = offers(&ruler(), place("\"Pass\"") + 1, &Knowledge::default());
        let wait = found
            .items
            .iter()
            .find(|item| item.label == "Wait")
            .expect("a type");
        assert_eq!((wait.edit.from, wait.kind), (place("\"Pass\""), "value"));
    }

    #[test]
    fn a_new_state_is_offered_with_places_to_fill_in() {
        let text = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \n  }\n}\n";
        let ruler = Ruler::new(text.into());
        let at = u32::try_from(text.find("    \n").expect("an empty line") + 4).expect("small");
        let found = offers(&ruler, at, &Knowledge::default());
        let snippet = found
            .items
            .iter()
            .find(|item| item.kind == "snippet")
            .expect("a state");
        for stop in &snippet.stops {
            assert!(
                stop.from <= stop.to
                    && stop.to as usize <= snippet.edit.insert.encode_utf16().count()
            );
        }
        assert!(!snippet.stops.is_empty());
    }
}
