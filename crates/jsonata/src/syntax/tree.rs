//! The tree that is evaluated: paths of steps, each with its predicates.
//!
//! Nodes stand in one list and name each other by number: a tree of any shape is dropped without recursion.

use super::signature::Signature;
use crate::regex::Regex;
use std::ops::{Deref, Range};

/// A node's place in its program.
pub(crate) type NodeId = u32;

/// A parsed expression.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: NodeId,
    /// The variables in which a path keeps the parents that `%` asks for.
    pub(crate) parents: Vec<Box<str>>,
    /// For each `%`, which of `parents` it reads.
    pub(crate) slots: Vec<usize>,
}

impl Program {
    pub(crate) fn root(&self) -> At<'_> {
        At {
            program: self,
            id: self.root,
        }
    }

    /// The variable of a slot.
    pub(crate) fn parent(&self, slot: usize) -> &str {
        let name = self
            .slots
            .get(slot)
            .and_then(|parent| self.parents.get(*parent));
        name.map_or("", |name| name)
    }
}

/// A node in its program; copied freely.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) program: &'a Program,
    pub(crate) id: NodeId,
}

/// What stands where a number leads nowhere; the lowering gives no such number.
static NOTHING: Node = Node {
    kind: Kind::Broken,
    start: 0,
    end: 0,
    position: 0,
    keep_array: false,
    constructed: false,
    tuple: false,
    height: 1,
    extras: None,
};

impl<'a> At<'a> {
    pub(crate) fn node(self) -> &'a Node {
        self.program.nodes.get(self.id as usize).unwrap_or(&NOTHING)
    }

    pub(crate) fn child(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    pub(crate) fn extras(self) -> Option<&'a Extras> {
        self.node().extras.as_deref()
    }

    /// Whether both are the same node.
    pub(crate) fn same(self, other: Self) -> bool {
        std::ptr::eq(self.program, other.program) && self.id == other.id
    }
}

impl Deref for At<'_> {
    type Target = Node;

    fn deref(&self) -> &Node {
        self.node()
    }
}

/// One node.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) position: u32,
    /// A single result stays an array.
    pub(crate) keep_array: bool,
    /// An array that a path must not flatten.
    pub(crate) constructed: bool,
    /// A step that carries variables from item to item.
    pub(crate) tuple: bool,
    /// Zero for what needs the machine; else it can be computed at once, in so many levels.
    pub(crate) height: u8,
    pub(crate) extras: Option<Box<Extras>>,
}

impl Node {
    pub(crate) fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn is_direct(&self) -> bool {
        self.height > 0
    }
}

/// What only some nodes have.
#[derive(Debug, Default)]
pub(crate) struct Extras {
    /// Predicates of what is no path.
    pub(crate) predicates: Vec<NodeId>,
    /// What happens to each result of a step.
    pub(crate) stages: Vec<Stage>,
    pub(crate) group: Option<Group>,
    /// `@$name`
    pub(crate) focus: Option<Box<str>>,
    /// `#$name`
    pub(crate) index: Option<Box<str>>,
    /// The slot of a `%` that asks for this step's context.
    pub(crate) ancestor: Option<usize>,
}

/// `{name: value, …}` behind something.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) pairs: Vec<(NodeId, NodeId)>,
    pub(crate) position: u32,
}

/// One thing that happens to the result of a step.
#[derive(Debug)]
pub(crate) enum Stage {
    Filter(NodeId),
    Index(Box<str>),
}

/// A literal value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(Box<str>),
    Number(f64),
    Bool(bool),
    Null,
}

/// One key of a sorting.
#[derive(Debug)]
pub(crate) struct SortTerm {
    pub(crate) descending: bool,
    pub(crate) key: NodeId,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    Literal(Literal),
    Name(Box<str>),
    Variable(Box<str>),
    Regex(Regex),
    Wildcard,
    Descendants,
    /// `%`, with its slot.
    Parent(usize),
    Path {
        steps: Vec<NodeId>,
        keep_singleton: bool,
    },
    Sort(Vec<SortTerm>),
    Binary(Operator, NodeId, NodeId),
    Negate(NodeId),
    Array(Vec<NodeId>),
    Object(Vec<(NodeId, NodeId)>),
    Bind(Box<str>, NodeId),
    Apply(NodeId, NodeId),
    Call {
        function: NodeId,
        arguments: Vec<NodeId>,
        /// The last thing that a lambda does.
        tail: bool,
    },
    Partial(NodeId, Vec<Option<NodeId>>),
    Lambda {
        parameters: Vec<Box<str>>,
        signature: Option<Box<Signature>>,
        body: NodeId,
    },
    Condition(NodeId, NodeId, Option<NodeId>),
    Default(NodeId, NodeId),
    Coalesce(NodeId, NodeId),
    Block(Vec<NodeId>),
    Transform(NodeId, NodeId, Option<NodeId>),
    Broken,
}

impl Kind {
    /// In a plain word, for messages.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Literal(_) => "literal",
            Self::Name(_) => "name",
            Self::Variable(_) => "variable",
            Self::Regex(_) => "regular expression",
            Self::Wildcard => "wildcard",
            Self::Descendants => "descendants",
            Self::Parent(_) => "parent",
            Self::Path { .. } => "path",
            Self::Sort(_) => "sorting",
            Self::Binary(..) => "operator",
            Self::Negate(_) => "negation",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Bind(..) => "assignment",
            Self::Apply(..) => "chain",
            Self::Call { .. } | Self::Partial(..) => "call",
            Self::Lambda { .. } => "function",
            Self::Condition(..) | Self::Default(..) | Self::Coalesce(..) => "condition",
            Self::Block(_) => "block",
            Self::Transform(..) => "transform",
            Self::Broken => "error",
        }
    }
}

/// Operators that compute one value from two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Concatenate,
    Range,
    In,
    And,
    Or,
}

impl Operator {
    /// As it is written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Concatenate => "&",
            Self::Range => "..",
            Self::In => "in",
            Self::And => "and",
            Self::Or => "or",
        }
    }

    pub(crate) fn from_symbol(symbol: &str) -> Option<Self> {
        const ALL: [Operator; 16] = [
            Operator::Add,
            Operator::Subtract,
            Operator::Multiply,
            Operator::Divide,
            Operator::Remainder,
            Operator::Equal,
            Operator::NotEqual,
            Operator::Less,
            Operator::LessOrEqual,
            Operator::Greater,
            Operator::GreaterOrEqual,
            Operator::Concatenate,
            Operator::Range,
            Operator::In,
            Operator::And,
            Operator::Or,
        ];
        ALL.into_iter().find(|operator| operator.symbol() == symbol)
    }
}
