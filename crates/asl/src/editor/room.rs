//! Where in a definition an object or array stands: which fields it has, or what kind of data it is.

use crate::check::fields::{Kind, Language};
use crate::check::shape::Shape;
use crate::graph::StateType;
use crate::text::{Document, Node, Pointer, Step};

/// An object or array with its place in the definition.
pub(super) struct Room<'d> {
    pub(super) kind: RoomKind,
    pub(super) node: &'d Node,
    pub(super) pointer: Pointer,
    /// The language that holds in it.
    pub(super) language: Language,
    /// The innermost state around it, or itself.
    pub(super) state: Option<Inside<'d>>,
    /// The innermost object with `StartAt` and `States` around it, or itself.
    pub(super) block: Option<Inside<'d>>,
}

/// Something around a place.
#[derive(Clone)]
pub(super) struct Inside<'d> {
    pub(super) node: &'d Node,
    pub(super) pointer: Pointer,
    pub(super) kind: Kind,
}

/// What an object or array is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoomKind {
    /// An object whose fields are known.
    Fields(Kind),
    /// A `States` object.
    States,
    /// An array of such objects.
    List(Kind),
    /// An array of texts in this field of such an object.
    Texts(Kind, &'static str),
    /// Inside the data of this field of such an object, at any depth.
    Data(Kind, &'static str),
    /// Data that is never evaluated, or something unknown.
    Unknown,
}

impl<'d> Room<'d> {
    /// The place that `pointer` leads to.
    pub(super) fn at(document: &'d Document, pointer: &Pointer) -> Option<Self> {
        let root = document.root()?;
        let language = own_language(root).unwrap_or(Language::JsonPath);
        let mut room = Room {
            kind: RoomKind::Fields(Kind::Machine),
            node: root,
            pointer: Pointer::root(),
            language,
            state: None,
            block: None,
        };
        room.enter(language);
        for step in &pointer.0 {
            room.node = room.node.child(step)?;
            room.pointer.0.push(step.clone());
            room.kind = room.kind.inner(step, room.node);
            room.enter(language);
        }
        Some(room)
    }

    /// Notes states and blocks on the way.
    fn enter(&mut self, machine: Language) {
        let RoomKind::Fields(kind) = self.kind else {
            return;
        };
        let here = Inside {
            node: self.node,
            pointer: self.pointer.clone(),
            kind,
        };
        match kind {
            Kind::State(_) | Kind::UntypedState => {
                self.language = own_language(self.node).unwrap_or(machine);
                self.state = Some(here);
            }
            Kind::Machine | Kind::Branch | Kind::Processor => {
                self.language = machine;
                self.block = Some(here);
            }
            Kind::ProcessorConfig
            | Kind::Retrier
            | Kind::Catcher
            | Kind::Rule
            | Kind::InnerRule
            | Kind::ItemReader
            | Kind::ReaderConfig
            | Kind::ItemBatcher
            | Kind::ResultWriter
            | Kind::WriterConfig => {}
        }
    }
}

/// The language that an object names; every text but the exact word JSONPath means JSONata.
pub(super) fn own_language(node: &Node) -> Option<Language> {
    let value = node.field("QueryLanguage")?;
    Some(match value.as_str() {
        Some("JSONPath") => Language::JsonPath,
        Some(_) | None => Language::Jsonata,
    })
}

impl RoomKind {
    /// What stands one step further in.
    pub(super) fn inner(self, step: &Step, node: &Node) -> Self {
        match self {
            Self::Fields(kind) => match step {
                Step::Key(name) => field(kind, name),
                Step::Index(_) => Self::Unknown,
            },
            Self::States => Self::Fields(state_kind(node)),
            Self::List(kind) => Self::Fields(kind),
            Self::Data(..) => self,
            Self::Texts(..) | Self::Unknown => Self::Unknown,
        }
    }
}

/// Whether JSONPath reads a text in such an object: in fields that take paths, and behind keys of data that end in `.$`.
pub(super) fn is_query(kind: RoomKind, step: &Step) -> bool {
    let Step::Key(name) = step else {
        return false;
    };
    match kind {
        RoomKind::Data(..) => name.ends_with(".$"),
        RoomKind::Fields(kind) => kind
            .field(name)
            .is_some_and(|field| matches!(field.shape, Shape::Query(_))),
        RoomKind::Texts(..) | RoomKind::States | RoomKind::List(_) | RoomKind::Unknown => false,
    }
}

/// What a state is by its `Type`.
pub(super) fn state_kind(node: &Node) -> Kind {
    let name = node.field("Type").and_then(Node::as_str);
    let kind = name.and_then(StateType::from_name);
    kind.map_or(Kind::UntypedState, Kind::State)
}

/// What the value of a field is.
fn field(kind: Kind, name: &str) -> RoomKind {
    match name {
        "States" => return RoomKind::States,
        "Branches" => return RoomKind::List(Kind::Branch),
        "Retry" => return RoomKind::List(Kind::Retrier),
        "Catch" => return RoomKind::List(Kind::Catcher),
        "Choices" => return RoomKind::List(Kind::Rule),
        "And" | "Or" => return RoomKind::List(Kind::InnerRule),
        "Not" => return RoomKind::Fields(Kind::InnerRule),
        "ItemProcessor" | "Iterator" => return RoomKind::Fields(Kind::Processor),
        "ProcessorConfig" => return RoomKind::Fields(Kind::ProcessorConfig),
        "ItemReader" => return RoomKind::Fields(Kind::ItemReader),
        "ReaderConfig" => return RoomKind::Fields(Kind::ReaderConfig),
        "ItemBatcher" => return RoomKind::Fields(Kind::ItemBatcher),
        "ResultWriter" => return RoomKind::Fields(Kind::ResultWriter),
        "WriterConfig" => return RoomKind::Fields(Kind::WriterConfig),
        _ => {}
    }
    let Some(field) = kind.field(name) else {
        return RoomKind::Unknown;
    };
    match field.shape {
        Shape::SomeTexts => RoomKind::Texts(kind, field.name),
        Shape::Any if field.name == "Result" => RoomKind::Unknown,
        Shape::Template | Shape::Object | Shape::Any | Shape::Array => {
            RoomKind::Data(kind, field.name)
        }
        Shape::Text
        | Shape::Flag
        | Shape::Objects
        | Shape::SomeObjects
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::OneOf(_)
        | Shape::Timestamp
        | Shape::Query(_) => RoomKind::Unknown,
    }
}
