//! From the parser's events to a tree. Open collections stand on a list of their own, so that no input can exhaust the stack.

use super::alias::{Anchors, Refusal};
use super::source::Source;
use super::tags::{Meaning, long_form};
use super::{faults, schema};
use crate::text::{MAX_DEPTH, Member, Node, NodeKind, Span, SyntaxFault};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

/// What one pass over a text gives.
pub(super) struct Reading {
    pub(super) root: Option<Node>,
    pub(super) faults: Vec<SyntaxFault>,
    /// Where and why the parser gave up, when it did.
    pub(super) stop: Option<ScanError>,
    /// The outermost bracket that was open then.
    pub(super) open_bracket: Option<usize>,
}

/// Reads a source as far as the parser gets.
pub(super) fn pass(source: &Source<'_>) -> Reading {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    options.set_emit_comments(false);
    let mut reader = Reader {
        source,
        stack: Vec::new(),
        anchors: Anchors::default(),
        root: None,
        faults: Vec::new(),
        documents: 0,
        last_end: 0,
    };
    let mut stop = None;
    for next in Parser::new_from_str_with_options(source.text(), options) {
        match next {
            Ok((event, span)) => {
                if !reader.take(event, &span) {
                    break;
                }
            }
            Err(error) => {
                stop = Some(error);
                break;
            }
        }
    }
    let brackets = |frame: &&Frame| frame.style == StructureStyle::Flow;
    let open_bracket = reader.stack.iter().find(brackets).map(|frame| frame.start);
    while !reader.stack.is_empty() {
        reader.close(reader.last_end);
    }
    Reading {
        root: reader.root,
        faults: reader.faults,
        stop,
        open_bracket,
    }
}

struct Reader<'s> {
    source: &'s Source<'s>,
    stack: Vec<Frame>,
    anchors: Anchors,
    root: Option<Node>,
    faults: Vec<SyntaxFault>,
    documents: usize,
    /// Where the last scalar, alias or bracket ended.
    last_end: usize,
}

/// An open collection.
struct Frame {
    start: usize,
    style: StructureStyle,
    anchor: usize,
    meaning: Meaning,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        key: Option<Key>,
    },
}

struct Entry {
    member: Member,
    /// Whether it came from a merge key, so that a written member of the same name replaces it.
    merged: bool,
}

enum Key {
    Name(Box<str>, Span),
    Merge,
    /// Something that is no name; its value is passed over.
    Unusable,
}

/// A scalar as the parser gives it.
struct Scalar<'e> {
    text: &'e str,
    style: ScalarStyle,
    anchor: usize,
}

impl Reader<'_> {
    /// Takes an event; says whether to go on.
    fn take(&mut self, event: Event<'_>, at: &granit_parser::Span) -> bool {
        let span = at.byte_range().map_or(Span::at(self.last_end), |range| {
            Span::new(range.start, range.end)
        });
        match event {
            Event::DocumentStart(..) => return self.begin_document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = Scalar {
                    text: &text,
                    style,
                    anchor,
                };
                self.scalar(&scalar, span, &meaning(tag.as_deref(), at));
            }
            Event::SequenceStart(style, anchor, tag) => {
                let content = Content::Sequence(Vec::new());
                let mut span = span;
                if style == StructureStyle::Block {
                    span.start = self.source.list_start(self.last_end, span.start);
                }
                return self.open(span, style, anchor, meaning(tag.as_deref(), at), content);
            }
            Event::MappingStart(style, anchor, tag) => {
                let content = Content::Mapping {
                    entries: Vec::new(),
                    key: None,
                };
                return self.open(span, style, anchor, meaning(tag.as_deref(), at), content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            Event::Alias(id) => self.alias(id, span),
            Event::UnresolvedAlias(name) => {
                self.fault(
                    span,
                    format!("There is no anchor &{name} before this alias."),
                );
                self.attach(Node {
                    span,
                    kind: NodeKind::Missing,
                });
                self.last_end = span.end;
            }
            // The parser's enumeration may grow; what is no value is passed over.
            _ => {}
        }
        true
    }

    fn begin_document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            let end = self.source.line_end(span.start).max(span.end);
            let message = "A second document begins here, and a definition is one; move it into a file of its own.";
            self.fault(Span::new(span.start, end), message);
        }
        self.documents == 1
    }

    fn open(
        &mut self,
        span: Span,
        style: StructureStyle,
        anchor: usize,
        meaning: Meaning,
        content: Content,
    ) -> bool {
        if self.stack.len() >= MAX_DEPTH {
            self.fault(span, faults::too_deep());
            return false;
        }
        self.stack.push(Frame {
            start: span.start,
            style,
            anchor,
            meaning,
            content,
        });
        self.last_end = span.end.max(self.last_end);
        true
    }

    /// Closes the innermost collection. Those in block style end with what is in them.
    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let end = match frame.style {
            StructureStyle::Flow => end.max(frame.start),
            StructureStyle::Block => self.last_end.max(frame.start),
        };
        self.last_end = end;
        let kind = match frame.content {
            Content::Sequence(items) => NodeKind::Array(items),
            Content::Mapping { mut entries, key } => {
                if let Some(Key::Name(key, key_span)) = key {
                    let value = Node {
                        span: Span::at(key_span.end),
                        kind: NodeKind::Missing,
                    };
                    entries.push(Entry::written(key, key_span, value));
                }
                NodeKind::Object(without_replaced(entries))
            }
        };
        let node = Node {
            span: Span::new(frame.start, end),
            kind,
        };
        let node = self.tagged(node, &frame.meaning);
        self.anchors.remember(frame.anchor, &node);
        self.attach(node);
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, span: Span, meaning: &Meaning) {
        let text = self.source.unmask(scalar.text);
        let is_plain = scalar.style == ScalarStyle::Plain;
        if self.expects_name() {
            let is_merge = is_plain && text == "<<" && *meaning == Meaning::Plain;
            let key = if is_merge {
                Key::Merge
            } else {
                Key::Name(text.as_ref().into(), span)
            };
            let kind = NodeKind::String(text.as_ref().into());
            self.anchors.remember(scalar.anchor, &Node { span, kind });
            self.last_end = span.end;
            self.set_key(key);
            return;
        }
        let is_absent = is_plain && span.start == span.end;
        let span = match scalar.style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                self.source.block_scalar(self.last_end, span)
            }
            _ if is_absent => Span::at(self.source.after_colon(span.start)),
            _ => span,
        };
        let kind = match meaning {
            Meaning::Plain | Meaning::Unknown { .. } if is_absent => NodeKind::Null,
            Meaning::Plain | Meaning::Unknown { .. } if is_plain => schema::resolve(&text),
            _ => NodeKind::String(text.as_ref().into()),
        };
        self.last_end = span.end;
        let node = self.tagged(Node { span, kind }, meaning);
        self.anchors.remember(scalar.anchor, &node);
        self.attach(node);
    }

    fn alias(&mut self, id: usize, span: Span) {
        self.last_end = span.end;
        let room = MAX_DEPTH.saturating_sub(self.stack.len());
        let node = self.anchors.copy(id, span, room).unwrap_or_else(|refusal| {
            let message = match refusal {
                Refusal::Circle => "This alias stands inside the value that it repeats.",
                Refusal::Budget => "The aliases up to here repeat too much; write the values out.",
            };
            self.fault(span, message);
            Node {
                span,
                kind: NodeKind::Missing,
            }
        });
        self.attach(node);
    }

    /// The value with its tag taken into account.
    fn tagged(&mut self, node: Node, meaning: &Meaning) -> Node {
        match meaning {
            Meaning::Plain | Meaning::Text => node,
            Meaning::Function { name, span } => long_form(name, *span, node),
            Meaning::Unknown { shown, span } => {
                let message = format!("Definitions have no tag {shown}; remove it.");
                self.fault(*span, message);
                node
            }
        }
    }

    fn expects_name(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                content: Content::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            content: Content::Mapping { key, .. },
            ..
        }) = self.stack.last_mut()
        {
            *key = Some(new);
        }
    }

    /// Puts a complete value into the innermost collection.
    fn attach(&mut self, node: Node) {
        let is_first = self.documents <= 1;
        let Some(frame) = self.stack.last_mut() else {
            if is_first && self.root.is_none() {
                self.root = Some(node);
            }
            return;
        };
        match &mut frame.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key } => match key.take() {
                Some(Key::Name(name, span)) => entries.push(Entry::written(name, span, node)),
                Some(Key::Merge) => self.merge(node),
                Some(Key::Unusable) => {}
                None => self.name(&node),
            },
        }
    }

    /// Takes a value that stands where a name does.
    fn name(&mut self, node: &Node) {
        let key = match node.as_str() {
            Some(text) => Key::Name(text.into(), node.span),
            None => {
                self.fault(node.span, "A name must be a text.");
                Key::Unusable
            }
        };
        self.set_key(key);
    }

    /// Takes over the members of an object, or of a list of objects, that stand after `<<`.
    fn merge(&mut self, node: Node) {
        let span = node.span;
        let sources = match node.kind {
            NodeKind::Array(items) => items,
            kind => vec![Node { span, kind }],
        };
        for source in sources {
            match source.kind {
                NodeKind::Object(members) => self.add_merged(members),
                NodeKind::Missing => {}
                _ => self.fault(span, "`<<` takes an object or a list of objects."),
            }
        }
    }

    fn add_merged(&mut self, members: Vec<Member>) {
        if let Some(Frame {
            content: Content::Mapping { entries, .. },
            ..
        }) = self.stack.last_mut()
        {
            entries.extend(members.into_iter().map(|member| Entry {
                member,
                merged: true,
            }));
        }
    }

    fn fault(&mut self, span: Span, message: impl Into<String>) {
        if self.faults.len() < faults::MOST {
            self.faults.push(SyntaxFault {
                span,
                message: message.into(),
                fix: None,
            });
        }
    }
}

impl Entry {
    fn written(key: Box<str>, key_span: Span, value: Node) -> Self {
        let member = Member {
            key,
            key_span,
            value,
        };
        Self {
            member,
            merged: false,
        }
    }
}

/// The members without those from merge keys that a written one, or one merged earlier, replaces.
fn without_replaced(entries: Vec<Entry>) -> Vec<Member> {
    let mut taken = std::collections::HashSet::new();
    if entries.iter().any(|entry| entry.merged) {
        let written = entries.iter().filter(|entry| !entry.merged);
        taken = written.map(|entry| entry.member.key.clone()).collect();
    }
    let mut members = Vec::with_capacity(entries.len());
    for Entry { member, merged } in entries {
        if !merged || taken.insert(member.key.clone()) {
            members.push(member);
        }
    }
    members
}

fn meaning(tag: Option<&Tag>, at: &granit_parser::Span) -> Meaning {
    let span = at.tag_span().and_then(|span| span.byte_range());
    Meaning::of(tag, span.map(|range| Span::new(range.start, range.end)))
}
