//! Reads a JSONPath.

use super::ast::{Argument, Filter, FilterOperator, Function, Operand, Query, Root, Step};
use super::literal::{self, MAX_NESTING};
use crate::query::ParseError;
use crate::query::cursor::Cursor;
use crate::query::regex::Regex;

/// Where a path stands: decides which characters end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing comes after it.
    Whole,
    /// An argument of a call: a comma, a blank or a bracket ends it.
    Argument,
    /// A side of a comparison: an operator, a blank or a bracket ends it.
    Filter,
}

impl Place {
    /// Whether `c` ends a name that is not quoted.
    fn ends_name(self, c: char) -> bool {
        match self {
            Self::Whole => matches!(c, '.' | '[' | ']' | '(') || c.is_ascii_whitespace(),
            Self::Argument => {
                matches!(c, '.' | '[' | ']' | '(' | ')' | ',') || c.is_ascii_whitespace()
            }
            Self::Filter => {
                matches!(
                    c,
                    '.' | '[' | ']' | '(' | ')' | ',' | '=' | '<' | '>' | '!' | '~' | '&' | '|'
                ) || c.is_ascii_whitespace()
            }
        }
    }
}

/// Reads the path that begins here.
pub(crate) fn query(cursor: &mut Cursor<'_>, place: Place) -> Result<Query, ParseError> {
    Parser { depth: 0 }.query(cursor, place)
}

/// Knows how deep the filters are nested.
struct Parser {
    depth: usize,
}

impl Parser {
    fn query(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<Query, ParseError> {
        let root = root(cursor, place)?;
        let steps = self.steps(cursor, place)?;
        Ok(Query { root, steps })
    }

    fn steps(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<Vec<Step>, ParseError> {
        let mut steps = Vec::new();
        loop {
            match cursor.peek() {
                Some('[') => steps.push(self.bracket(cursor)?),
                Some('.') => {
                    cursor.bump();
                    if cursor.eat('.') {
                        steps.push(Step::Descent);
                    }
                    steps.push(self.after_dot(cursor, place)?);
                }
                _ => return Ok(steps),
            }
        }
    }

    fn after_dot(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<Step, ParseError> {
        match cursor.peek() {
            Some('[') => self.bracket(cursor),
            Some('*') => {
                cursor.bump();
                Ok(Step::Wildcard)
            }
            Some(c) if !place.ends_name(c) => self.name(cursor, place),
            _ => Err(cursor.wanted("a name, \"*\" or \"[\" after the dot")),
        }
    }

    /// A name after a dot; a backslash takes the next character as it is. A bracket after it makes it a function.
    fn name(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<Step, ParseError> {
        let start = cursor.offset();
        let is_plain = |c: char| c != '\\' && !place.ends_name(c);
        let mut name = cursor.take_while(is_plain).to_owned();
        while cursor.eat('\\') {
            let taken = cursor.bump();
            name.push(taken.ok_or_else(|| cursor.wanted("a character after the backslash"))?);
            name.push_str(cursor.take_while(is_plain));
        }
        if cursor.peek() != Some('(') {
            return Ok(Step::Name(name));
        }
        let unknown = || ParseError {
            offset: start,
            message: format!(
                "\"{name}\" is not a function of paths; names with brackets must be quoted: ['{name}(…)']"
            ),
        };
        let function = Function::named(&name).ok_or_else(unknown)?;
        Ok(Step::Call(function, self.arguments(cursor)?))
    }

    fn arguments(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<Argument>, ParseError> {
        cursor.expect('(')?;
        let mut arguments = Vec::new();
        cursor.skip_blanks();
        while !cursor.eat(')') {
            if !arguments.is_empty() {
                cursor.expect(',')?;
                cursor.skip_blanks();
            }
            arguments.push(match cursor.peek() {
                Some('$' | '@') => Argument::Path(self.nested(cursor, |parser, cursor| {
                    parser.query(cursor, Place::Argument)
                })?),
                _ => Argument::Literal(literal::value(cursor, self.depth)?),
            });
            cursor.skip_blanks();
        }
        Ok(arguments)
    }

    fn bracket(&mut self, cursor: &mut Cursor<'_>) -> Result<Step, ParseError> {
        cursor.expect('[')?;
        cursor.skip_blanks();
        let step = match cursor.peek() {
            Some('\'' | '"') => names(cursor)?,
            Some('*') => {
                cursor.bump();
                Step::Wildcard
            }
            Some('?') => {
                cursor.bump();
                Step::Filter(self.condition(cursor)?)
            }
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | ':') => numbers(cursor)?,
            _ => return Err(cursor.wanted("a quoted name, an index, \"*\" or \"?(\" after \"[\"")),
        };
        cursor.skip_blanks();
        cursor.expect(']')?;
        Ok(step)
    }

    /// The bracketed condition of a filter.
    fn condition(&mut self, cursor: &mut Cursor<'_>) -> Result<Filter, ParseError> {
        cursor.skip_blanks();
        cursor.expect('(')?;
        let filter = self.nested(cursor, Self::any)?;
        cursor.skip_blanks();
        cursor.expect(')')?;
        Ok(filter)
    }

    /// Reads something one level deeper.
    fn nested<T>(
        &mut self,
        cursor: &mut Cursor<'_>,
        read: impl FnOnce(&mut Self, &mut Cursor<'_>) -> Result<T, ParseError>,
    ) -> Result<T, ParseError> {
        if self.depth >= MAX_NESTING {
            return Err(cursor.error(format!(
                "The path is nested deeper than {MAX_NESTING} levels"
            )));
        }
        self.depth += 1;
        let result = read(self, cursor);
        self.depth -= 1;
        result
    }

    fn any(&mut self, cursor: &mut Cursor<'_>) -> Result<Filter, ParseError> {
        let mut filters = vec![self.all(cursor)?];
        while after_blanks(cursor, "||") {
            filters.push(self.all(cursor)?);
        }
        Ok(single_or(filters, Filter::Or))
    }

    fn all(&mut self, cursor: &mut Cursor<'_>) -> Result<Filter, ParseError> {
        let mut filters = vec![self.term(cursor)?];
        while after_blanks(cursor, "&&") {
            filters.push(self.term(cursor)?);
        }
        Ok(single_or(filters, Filter::And))
    }

    fn term(&mut self, cursor: &mut Cursor<'_>) -> Result<Filter, ParseError> {
        cursor.skip_blanks();
        match cursor.peek() {
            Some('!') => {
                cursor.bump();
                Ok(Filter::Not(Box::new(self.nested(cursor, Self::term)?)))
            }
            Some('(') => self.condition(cursor),
            _ => self.comparison(cursor),
        }
    }

    fn comparison(&mut self, cursor: &mut Cursor<'_>) -> Result<Filter, ParseError> {
        let left = self.operand(cursor)?;
        cursor.skip_blanks();
        match (operator(cursor), left) {
            (Some(operator), left) => Ok(Filter::Compare {
                left,
                operator,
                right: self.operand(cursor)?,
            }),
            (None, Operand::Path(path)) => Ok(Filter::Exists(path)),
            (None, Operand::Literal(_) | Operand::Pattern(_)) => {
                Err(cursor.wanted("a comparison such as \"==\""))
            }
        }
    }

    fn operand(&mut self, cursor: &mut Cursor<'_>) -> Result<Operand, ParseError> {
        cursor.skip_blanks();
        match cursor.peek() {
            Some('$' | '@') => self
                .nested(cursor, |parser, cursor| parser.query(cursor, Place::Filter))
                .map(Operand::Path),
            Some('/') => pattern(cursor).map(Operand::Pattern),
            _ => literal::value(cursor, self.depth).map(Operand::Literal),
        }
    }
}

fn root(cursor: &mut Cursor<'_>, place: Place) -> Result<Root, ParseError> {
    if place != Place::Whole && cursor.eat('@') {
        return Ok(Root::Current);
    }
    if !cursor.eat('$') {
        return Err(cursor.wanted("a path that begins with \"$\""));
    }
    if cursor.eat('$') {
        return Ok(Root::Context);
    }
    match cursor.peek() {
        Some(c) if unicode_ident::is_xid_start(c) || c == '_' => Ok(Root::Variable(
            cursor.take_while(unicode_ident::is_xid_continue).to_owned(),
        )),
        _ => Ok(Root::Input),
    }
}

/// Quoted names. A backslash escapes the quote and itself; before anything else it is an ordinary character.
fn names(cursor: &mut Cursor<'_>) -> Result<Step, ParseError> {
    let mut names = Vec::new();
    loop {
        cursor.skip_blanks();
        names.push(quoted_name(cursor)?);
        cursor.skip_blanks();
        if !cursor.eat(',') {
            break;
        }
    }
    match <[String; 1]>::try_from(names) {
        Ok([name]) => Ok(Step::Name(name)),
        Err(names) => Ok(Step::Names(names)),
    }
}

fn quoted_name(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let start = cursor.offset();
    let quote = match cursor.peek() {
        Some(quote @ ('\'' | '"')) => quote,
        _ => return Err(cursor.wanted("a quoted name")),
    };
    cursor.bump();
    let mut name = String::new();
    loop {
        match cursor.bump() {
            None => {
                return Err(ParseError {
                    offset: start,
                    message: "The name has no closing quote".to_owned(),
                });
            }
            Some('\\') if matches!(cursor.peek(), Some(c) if c == quote || c == '\\') => {
                name.extend(cursor.bump())
            }
            Some(c) if c == quote => return Ok(name),
            Some(c) => name.push(c),
        }
    }
}

/// Indices or a slice.
fn numbers(cursor: &mut Cursor<'_>) -> Result<Step, ParseError> {
    let first = bound(cursor)?;
    cursor.skip_blanks();
    if cursor.eat(':') {
        cursor.skip_blanks();
        let to = bound(cursor)?;
        cursor.skip_blanks();
        if cursor.eat(':') {
            cursor.skip_blanks();
            bound(cursor)?;
        }
        if first.is_none() && to.is_none() {
            return Err(cursor.error("A slice needs a beginning or an end: [1:], [:3] or [1:3]"));
        }
        return Ok(Step::Slice { from: first, to });
    }
    let mut indices: Vec<i64> = first.into_iter().collect();
    while cursor.eat(',') {
        cursor.skip_blanks();
        indices.push(bound(cursor)?.ok_or_else(|| cursor.wanted("an index"))?);
        cursor.skip_blanks();
    }
    Ok(Step::Indices(indices))
}

fn bound(cursor: &mut Cursor<'_>) -> Result<Option<i64>, ParseError> {
    let start = cursor.offset();
    let digits = cursor.take_while(|c| c.is_ascii_digit() || c == '-');
    match (digits, digits.parse::<i32>()) {
        ("", _) => Ok(None),
        (_, Ok(number)) => Ok(Some(i64::from(number))),
        (_, Err(_)) => Err(ParseError {
            offset: start,
            message: format!("\"{digits}\" is not an index"),
        }),
    }
}

fn after_blanks(cursor: &mut Cursor<'_>, wanted: &str) -> bool {
    cursor.skip_blanks();
    cursor.eat_text(wanted)
}

fn single_or(mut filters: Vec<Filter>, many: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    match (filters.len(), filters.pop()) {
        (1, Some(filter)) => filter,
        (_, last) => {
            filters.extend(last);
            many(filters)
        }
    }
}

fn operator(cursor: &mut Cursor<'_>) -> Option<FilterOperator> {
    const SIGNS: [(&str, FilterOperator); 9] = [
        ("===", FilterOperator::Same),
        ("!==", FilterOperator::NotSame),
        ("==", FilterOperator::Equal),
        ("!=", FilterOperator::NotEqual),
        ("=~", FilterOperator::Matches),
        ("<=", FilterOperator::LessOrEqual),
        (">=", FilterOperator::GreaterOrEqual),
        ("<", FilterOperator::Less),
        (">", FilterOperator::Greater),
    ];
    if let Some((_, found)) = SIGNS.into_iter().find(|(sign, _)| cursor.eat_text(sign)) {
        return Some(found);
    }
    let mut ahead = cursor.clone();
    let found = word_operator(
        &ahead
            .take_while(|c| c.is_ascii_alphabetic())
            .to_ascii_lowercase(),
    )?;
    *cursor = ahead;
    Some(found)
}

fn word_operator(word: &str) -> Option<FilterOperator> {
    Some(match word {
        "in" => FilterOperator::In,
        "nin" => FilterOperator::NotIn,
        "subsetof" => FilterOperator::SubsetOf,
        "anyof" => FilterOperator::AnyOf,
        "noneof" => FilterOperator::NoneOf,
        "all" => FilterOperator::All,
        "contains" => FilterOperator::Contains,
        "size" => FilterOperator::Size,
        "empty" => FilterOperator::Empty,
        _ => return None,
    })
}

/// `/pattern/flags`
fn pattern(cursor: &mut Cursor<'_>) -> Result<Regex, ParseError> {
    let start = cursor.offset();
    cursor.expect('/')?;
    let mut source = String::new();
    loop {
        match cursor.bump() {
            None => {
                return Err(ParseError {
                    offset: start,
                    message: "The pattern has no closing \"/\"".to_owned(),
                });
            }
            Some('/') => break,
            Some('\\') if cursor.eat('/') => source.push('/'),
            Some('\\') => {
                source.push('\\');
                source.extend(cursor.bump());
            }
            Some(c) => source.push(c),
        }
    }
    let flags = cursor.take_while(|c| c.is_ascii_alphabetic());
    Regex::parse(&source, flags).map_err(|message| ParseError {
        offset: start,
        message,
    })
}
