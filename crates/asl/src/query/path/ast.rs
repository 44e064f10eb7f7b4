//! What a JSONPath is made of.

use crate::query::regex::Regex;
use serde_json::Value;
use std::fmt;

/// Where a path begins, and its steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(String),
    /// `@`, inside filters
    Current,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// `.a`, `['a']`
    Name(String),
    /// `['a','b']`: as the last step an object with these members, else every one of them.
    Names(Vec<String>),
    /// `[0]`, `[0,1]`; negative numbers count from the end.
    Indices(Vec<i64>),
    /// `[1:3]`; a third number is read and has no effect, as in Jayway.
    Slice { from: Option<i64>, to: Option<i64> },
    /// `*`
    Wildcard,
    /// `..`: the next step is taken on every value below.
    Descent,
    /// `[?(…)]`
    Filter(Filter),
    /// `.length()`
    Call(Function, Vec<Argument>),
}

/// A condition inside `[?(…)]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    Or(Vec<Filter>),
    And(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Query),
    Compare {
        left: Operand,
        operator: FilterOperator,
        right: Operand,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Path(Query),
    Literal(Value),
    Pattern(Regex),
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilterOperator {
    Equal,
    NotEqual,
    /// `===`
    Same,
    /// `!==`
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `=~`
    Matches,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    All,
    Contains,
    Size,
    Empty,
}

/// A function at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Length,
    Min,
    Max,
    Avg,
    Sum,
    StdDev,
    Keys,
    Concat,
    Append,
    First,
    Last,
    Index,
}

/// What a function is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Argument {
    Literal(Value),
    Path(Query),
}

impl Function {
    /// The function of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "length" | "size" => Self::Length,
            "min" => Self::Min,
            "max" => Self::Max,
            "avg" => Self::Avg,
            "sum" => Self::Sum,
            "stddev" => Self::StdDev,
            "keys" => Self::Keys,
            "concat" => Self::Concat,
            "append" => Self::Append,
            "first" => Self::First,
            "last" => Self::Last,
            "index" => Self::Index,
            _ => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Min => "min",
            Self::Max => "max",
            Self::Avg => "avg",
            Self::Sum => "sum",
            Self::StdDev => "stddev",
            Self::Keys => "keys",
            Self::Concat => "concat",
            Self::Append => "append",
            Self::First => "first",
            Self::Last => "last",
            Self::Index => "index",
        }
    }
}

impl Step {
    /// Whether the step leads to one place at most; `last` when no step follows.
    fn is_definite(&self, last: bool) -> bool {
        match self {
            Self::Name(_) | Self::Call(..) => true,
            Self::Names(_) => last,
            Self::Indices(indices) => indices.len() == 1,
            Self::Slice { .. } | Self::Wildcard | Self::Descent | Self::Filter(_) => false,
        }
    }
}

impl Step {
    /// How many places the step looks at, as far as that is written in it.
    pub(crate) fn alternatives(&self) -> usize {
        match self {
            Self::Names(names) => names.len(),
            Self::Indices(indices) => indices.len(),
            Self::Name(_)
            | Self::Slice { .. }
            | Self::Wildcard
            | Self::Descent
            | Self::Filter(_)
            | Self::Call(..) => 1,
        }
    }
}

impl Query {
    /// Whether the path leads to one value at most.
    pub(crate) fn is_definite(&self) -> bool {
        self.definite_steps() == self.steps.len()
    }

    /// How many steps from the beginning are definite.
    pub(crate) fn definite_steps(&self) -> usize {
        let last = self.steps.len().saturating_sub(1);
        let mut steps = self.steps.iter().enumerate();
        steps
            .position(|(index, step)| !step.is_definite(index == last))
            .unwrap_or(self.steps.len())
    }

    /// The bracket form of the first `count` steps.
    pub(crate) fn prefix(&self, count: usize) -> String {
        let mut text = self.root.to_string();
        for step in self.steps.iter().take(count) {
            text.push_str(&step.to_string());
        }
        text
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix(self.steps.len()))
    }
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input | Self::Context => f.write_str("$"),
            Self::Variable(name) => write!(f, "$['{name}']"),
            Self::Current => f.write_str("@"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "['{name}']"),
            Self::Names(names) => write!(f, "['{}']", names.join("','")),
            Self::Indices(indices) => {
                write!(
                    f,
                    "[{}]",
                    indices
                        .iter()
                        .map(i64::to_string)
                        .collect::<Vec<_>>()
                        .join(",")
                )
            }
            Self::Slice { from, to } => {
                let text =
                    |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                write!(f, "[{}:{}]", text(from), text(to))
            }
            Self::Wildcard => f.write_str("[*]"),
            Self::Descent => f.write_str(".."),
            Self::Filter(_) => f.write_str("[?]"),
            Self::Call(function, _) => write!(f, ".{}()", function.name()),
        }
    }
}
