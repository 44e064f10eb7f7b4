//! JSONata texts under construction, with what must be known to put them together.
//!
//! The great difference between the languages is a value that is not there. JSONPath fails; JSONata goes on with nothing,
//! and where nothing is put into a text, an object or a list, it vanishes. So an expression carries the parts that may be
//! missing: as long as their absence shows in the whole, nothing is done; once it would be swallowed, they are asserted.

/// How tightly the outermost operator of an expression binds, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    /// `=`, `<`, `in`
    Comparison,
    /// `+`, `-`, `&`
    Sum,
    Product,
    /// Names, calls, constructors, blocks.
    Path,
}

/// What is known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Any,
    /// Always an array.
    List,
    Text,
    Number,
    Boolean,
    Object,
}

/// A JSONata expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) level: Level,
    pub(super) shape: Shape,
    /// Parts that may be missing; then the whole is missing.
    pub(super) missable: Vec<String>,
    /// Parts that may be missing without the whole showing it.
    pub(super) needs: Vec<String>,
}

impl Expression {
    /// An expression that is always there.
    pub(super) fn new(text: impl Into<String>, level: Level, shape: Shape) -> Self {
        Self {
            text: text.into(),
            level,
            shape,
            missable: Vec::new(),
            needs: Vec::new(),
        }
    }

    /// A name, a call or the like that is always there.
    pub(super) fn path(text: impl Into<String>) -> Self {
        Self::new(text, Level::Path, Shape::Any)
    }

    /// A text.
    pub(super) fn text(text: &str) -> Self {
        Self::new(quoted(text), Level::Path, Shape::Text)
    }

    /// The same with another shape.
    pub(super) fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// The same, and it may be missing as a whole.
    pub(super) fn maybe_missing(mut self) -> Self {
        self.missable = vec![self.text.clone()];
        self
    }

    /// The text, in parentheses when it binds more loosely than `level`.
    pub(super) fn at(&self, level: Level) -> String {
        if self.level < level {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }

    /// The same, to be put where nobody sees that it is missing.
    pub(super) fn swallowed(mut self) -> Self {
        let missable = std::mem::take(&mut self.missable);
        add(&mut self.needs, missable);
        self
    }

    /// The same, asserting that what it needs is there.
    pub(super) fn asserted(self) -> Self {
        if self.needs.is_empty() {
            return self;
        }
        Self {
            text: format!("({}; {})", assert(&self.needs), self.text),
            level: Level::Path,
            needs: Vec::new(),
            ..self
        }
    }

    /// An expression made of parts: missing when one of them is.
    pub(super) fn of(
        parts: Vec<Expression>,
        shape: Shape,
        level: Level,
        text: impl FnOnce(&[Expression]) -> String,
    ) -> Self {
        let mut whole = Self::new(text(&parts), level, shape);
        for part in parts {
            add(&mut whole.missable, part.missable);
            add(&mut whole.needs, part.needs);
        }
        whole
    }

    /// A call that is missing when one of its arguments is.
    pub(super) fn call(name: &str, arguments: Vec<Expression>, shape: Shape) -> Self {
        Self::of(arguments, shape, Level::Path, |arguments| {
            let texts: Vec<&str> = arguments.iter().map(|argument| &*argument.text).collect();
            format!("${name}({})", texts.join(", "))
        })
    }

    /// Two sides with an operator between them; missing when one of them is.
    pub(super) fn binary(
        left: Expression,
        operator: &str,
        right: Expression,
        level: Level,
        shape: Shape,
    ) -> Self {
        let tighter = match level {
            Level::Or => Level::And,
            Level::And => Level::Comparison,
            Level::Comparison => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product | Level::Path => Level::Path,
        };
        Self::of(vec![left, right], shape, level, |sides| {
            let side = |index: usize, level| {
                sides
                    .get(index)
                    .map(|side| side.at(level))
                    .unwrap_or_default()
            };
            let first = if level == Level::Comparison {
                tighter
            } else {
                level
            };
            format!("{} {operator} {}", side(0, first), side(1, tighter))
        })
    }
}

/// Adds texts that are not there yet.
pub(super) fn add(list: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !list.contains(&text) {
            list.push(text);
        }
    }
}

/// Ends the expression with an error when one of `parts` is missing.
fn assert(parts: &[String]) -> String {
    let name = |part: &String| part.strip_prefix("$states.").unwrap_or(part).to_owned();
    let mut names: Vec<String> = parts.iter().map(name).collect();
    names.retain(|name| !name.contains(['(', ' ']));
    let message = match names.as_slice() {
        [name] if parts.len() == 1 => format!("{name} is missing"),
        [] => "A value is missing".to_owned(),
        names => format!("A value is missing: {}", names.join(", ")),
    };
    let tests: Vec<_> = parts
        .iter()
        .map(|part| format!("$exists({part})"))
        .collect();
    format!("$assert({}, {})", tests.join(" and "), quoted(&message))
}

/// A text as JSONata writes it; its escapes are those of JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looser_expressions_come_into_parentheses() {
        let sum = Expression::binary(
            Expression::path("a"),
            "+",
            Expression::path("b"),
            Level::Sum,
            Shape::Number,
        );
        assert_eq!(sum.at(Level::Path), "(a + b)");
        assert_eq!(sum.at(Level::Comparison), "a + b");
    }

    #[test]
    fn what_may_be_missing_is_asserted_once_and_only_where_it_would_be_swallowed() {
        let name = Expression::path("$states.input.name").maybe_missing();
        assert_eq!(name.clone().asserted().text, "$states.input.name");
        let greeting = Expression::binary(
            name.clone().swallowed(),
            "&",
            name.swallowed(),
            Level::Sum,
            Shape::Text,
        );
        assert_eq!(
            greeting.asserted().text,
            "($assert($exists($states.input.name), \"input.name is missing\"); \
             $states.input.name & $states.input.name)"
        );
    }
}
