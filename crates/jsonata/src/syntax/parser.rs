//! The parser: operator precedence, one token ahead.
//!
//! It reports the first thing that does not fit, marks the place and goes on, so that an editor has a tree of the rest. Its recursion is
//! bounded by [`MAX_DEPTH`].

use super::MAX_DEPTH;
use super::lexer::{Lexer, Place, Token, TokenKind};
use super::raw::{Raw, RawId, RawKind, RawTerm};
use super::signature::Signature;
use super::tree::{Literal, Operator};
use crate::fault::{Code, Error, Fault};

/// How strongly an operator binds to what stands before it; what is not listed ends an expression.
fn power(symbol: &str) -> u32 {
    match symbol {
        "[" | "(" | "@" | "#" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "~>" | "^" | "?:" | "??" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    }
}

/// What the sign of a negative number binds.
const NEGATION: u32 = 70;

pub(super) struct Parser<'t> {
    lexer: Lexer<'t>,
    text: &'t str,
    token: Token<'t>,
    raw: Vec<Raw>,
    errors: Vec<Error>,
    depth: u32,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let end = Token {
            kind: TokenKind::End,
            span: 0..0,
        };
        let mut parser = Self {
            lexer: Lexer::new(text),
            text,
            token: end,
            raw: Vec::new(),
            errors: Vec::new(),
            depth: 0,
        };
        parser.advance(Place::Operand);
        parser
    }

    /// The nodes, the root, and what is wrong, first things first.
    pub(super) fn read(mut self) -> (Vec<Raw>, RawId, Vec<Error>) {
        let root = self.expression(0);
        if !self.at_end() {
            self.report(Fault::new(Code::S0201));
        }
        (self.raw, root, self.errors)
    }

    fn advance(&mut self, place: Place) -> Token<'t> {
        let next = self
            .lexer
            .next(place)
            .and_then(known)
            .unwrap_or_else(|error| {
                self.errors.push(error);
                Token {
                    kind: TokenKind::End,
                    span: self.text.len()..self.text.len(),
                }
            });
        std::mem::replace(&mut self.token, next)
    }

    /// What the present token is called in a message.
    fn shown(&self) -> String {
        match &self.token.kind {
            TokenKind::End => "(end)".to_owned(),
            TokenKind::Text(text) => text.clone(),
            TokenKind::Name(name) => (*name).to_owned(),
            _ => self
                .text
                .get(self.token.span.clone())
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// Reports a fault at the present token.
    fn report(&mut self, fault: Fault) {
        let span = self.token.span.clone();
        let error = fault.token(&self.shown()).at(span.clone(), span.end);
        self.errors.push(error);
    }

    fn stands(&self, symbol: &str) -> bool {
        matches!(self.token.kind, TokenKind::Operator(found) if found == symbol)
    }

    fn at_end(&self) -> bool {
        matches!(self.token.kind, TokenKind::End)
    }

    /// Steps over a symbol that must stand here.
    fn expect(&mut self, symbol: &str, place: Place) {
        if self.stands(symbol) {
            self.advance(place);
            return;
        }
        let code = if self.at_end() {
            Code::S0203
        } else {
            Code::S0202
        };
        self.report(Fault::with(code, format!("\"{symbol}\"")));
    }

    /// Steps over a symbol if it stands here.
    fn take(&mut self, symbol: &str) -> bool {
        let stands = self.stands(symbol);
        if stands {
            self.advance(Place::Operand);
        }
        stands
    }

    fn push(&mut self, kind: RawKind, start: usize, position: usize) -> RawId {
        let end = self.end_of(&kind).max(position).max(start);
        self.raw.push(Raw {
            kind,
            span: start..end,
            position,
            keep_array: false,
        });
        self.raw.len() - 1
    }

    /// Where the last child ends; closing brackets are added by who reads them.
    fn end_of(&self, kind: &RawKind) -> usize {
        let last = match kind {
            RawKind::Binary(_, _, last)
            | RawKind::Dot(_, last)
            | RawKind::Bind(_, last)
            | RawKind::Apply(_, last)
            | RawKind::Negate(last)
            | RawKind::Condition(_, _, Some(last))
            | RawKind::Condition(_, last, None)
            | RawKind::Default(_, last)
            | RawKind::Coalesce(_, last) => *last,
            _ => return 0,
        };
        self.raw.get(last).map_or(0, |raw| raw.span.end)
    }

    fn start_of(&self, node: RawId) -> usize {
        self.raw.get(node).map_or(0, |raw| raw.span.start)
    }

    /// A node that a closing bracket ends, which has just been read.
    fn closed(&mut self, kind: RawKind, start: usize, position: usize, close: &str) -> RawId {
        let end = self.token.span.end;
        let closes = self.stands(close);
        self.expect(close, Place::Operator);
        let node = self.push(kind, start, position);
        if let (true, Some(raw)) = (closes, self.raw.get_mut(node)) {
            raw.span.end = end;
        }
        node
    }

    fn expression(&mut self, binding: u32) -> RawId {
        self.depth += 1;
        let node = if self.depth > MAX_DEPTH {
            self.too_deep()
        } else {
            self.operators(binding)
        };
        self.depth -= 1;
        node
    }

    /// Gives up: nothing of the rest is read, so that the way out is short.
    fn too_deep(&mut self) -> RawId {
        self.report(Fault::with(Code::S0501, MAX_DEPTH.to_string()));
        let end = self.text.len();
        self.lexer = Lexer::new("");
        self.token = Token {
            kind: TokenKind::End,
            span: end..end,
        };
        self.push(RawKind::Broken, end, end)
    }

    fn operators(&mut self, binding: u32) -> RawId {
        let token = self.advance(Place::Operator);
        let mut left = self.operand(token);
        while let TokenKind::Operator(symbol) = self.token.kind {
            if power(symbol) <= binding {
                break;
            }
            let token = self.advance(Place::Operand);
            left = self.operator(symbol, &token, left);
        }
        left
    }

    /// What begins an expression.
    fn operand(&mut self, token: Token<'t>) -> RawId {
        let (start, end) = (token.span.start, token.span.end);
        let kind = match token.kind {
            TokenKind::Operator(symbol) => return self.prefix(symbol, start, end),
            TokenKind::Name(name) => RawKind::Name(name.into()),
            TokenKind::Variable(name) => RawKind::Variable(name.into()),
            TokenKind::Text(text) => RawKind::Literal(Literal::Text(text.into())),
            TokenKind::Number(number) => RawKind::Literal(Literal::Number(number)),
            TokenKind::True => RawKind::Literal(Literal::Bool(true)),
            TokenKind::False => RawKind::Literal(Literal::Bool(false)),
            TokenKind::Null => RawKind::Literal(Literal::Null),
            TokenKind::Regex(regex) => RawKind::Regex(regex),
            TokenKind::End => RawKind::Missing,
        };
        self.push(kind, start, end)
    }

    fn prefix(&mut self, symbol: &'static str, start: usize, end: usize) -> RawId {
        match symbol {
            "*" => self.push(RawKind::Wildcard, start, end),
            "**" => self.push(RawKind::Descendants, start, end),
            "%" => self.push(RawKind::Parent, start, end),
            // These words are names where an operand is wanted.
            "and" | "or" | "in" => self.push(RawKind::Name(symbol.into()), start, end),
            "-" => {
                let operand = self.expression(NEGATION);
                self.push(RawKind::Negate(operand), start, end)
            }
            "(" => self.block(start, end),
            "[" => self.array(start, end),
            "{" => {
                let pairs = self.pairs();
                self.closed(RawKind::Object(pairs), start, end, "}")
            }
            "|" => self.transform(start, end),
            _ => {
                let fault = Fault::new(Code::S0211).token(symbol).at(start..end, end);
                self.errors.push(fault);
                self.push(RawKind::Broken, start, end)
            }
        }
    }

    fn block(&mut self, start: usize, position: usize) -> RawId {
        let mut parts = Vec::new();
        while !self.stands(")") {
            parts.push(self.expression(0));
            if !self.take(";") {
                break;
            }
        }
        self.closed(RawKind::Block(parts), start, position, ")")
    }

    fn array(&mut self, start: usize, position: usize) -> RawId {
        let mut items = Vec::new();
        if !self.stands("]") {
            loop {
                items.push(self.item());
                if !self.take(",") {
                    break;
                }
            }
        }
        self.closed(RawKind::Array(items), start, position, "]")
    }

    /// A member of an array, or a range of them.
    fn item(&mut self) -> RawId {
        let first = self.expression(0);
        if !self.stands("..") {
            return first;
        }
        let position = self.token.span.end;
        self.advance(Place::Operand);
        let last = self.expression(0);
        let start = self.start_of(first);
        self.push(
            RawKind::Binary(Operator::Range, first, last),
            start,
            position,
        )
    }

    fn pairs(&mut self) -> Vec<(RawId, RawId)> {
        let mut pairs = Vec::new();
        if self.stands("}") {
            return pairs;
        }
        loop {
            let name = self.expression(0);
            self.expect(":", Place::Operand);
            let value = self.expression(0);
            pairs.push((name, value));
            if !self.take(",") {
                return pairs;
            }
        }
    }

    fn transform(&mut self, start: usize, position: usize) -> RawId {
        let pattern = self.expression(0);
        self.expect("|", Place::Operand);
        let update = self.expression(0);
        let deletion = self.take(",").then(|| self.expression(0));
        let kind = RawKind::Transform(pattern, update, deletion);
        let end = self.token.span.end;
        self.expect("|", Place::Operand);
        let node = self.push(kind, start, position);
        if let Some(raw) = self.raw.get_mut(node) {
            raw.span.end = end;
        }
        node
    }

    /// What goes on with what has been read.
    fn operator(&mut self, symbol: &'static str, token: &Token<'t>, left: RawId) -> RawId {
        let (start, position) = (self.start_of(left), token.span.end);
        let kind = match symbol {
            "[" => return self.predicate(left, start, position),
            "(" => return self.call(left, start, position),
            "{" => {
                let pairs = self.pairs();
                return self.closed(RawKind::GroupBy(left, pairs), start, position, "}");
            }
            "^" => return self.sorting(left, start, position),
            "@" => RawKind::Focus(left, self.variable(symbol)),
            "#" => RawKind::Index(left, self.variable(symbol)),
            ":=" => return self.bind(left, start, position),
            "?" => self.condition(left),
            "?:" => RawKind::Default(left, self.expression(0)),
            "??" => RawKind::Coalesce(left, self.expression(0)),
            "." => RawKind::Dot(left, self.expression(power(symbol))),
            "~>" => RawKind::Apply(left, self.expression(power(symbol))),
            _ => {
                let right = self.expression(power(symbol));
                match Operator::from_symbol(symbol) {
                    Some(operator) => RawKind::Binary(operator, left, right),
                    None => RawKind::Broken,
                }
            }
        };
        self.push(kind, start, position)
    }

    fn condition(&mut self, left: RawId) -> RawKind {
        let then = self.expression(0);
        let otherwise = self.take(":").then(|| self.expression(0));
        RawKind::Condition(left, then, otherwise)
    }

    /// `[]` marks the step that it stands behind, `[…]` filters.
    fn predicate(&mut self, left: RawId, start: usize, position: usize) -> RawId {
        if !self.stands("]") {
            let filter = self.expression(0);
            return self.closed(RawKind::Filter(left, filter), start, position, "]");
        }
        let mut step = left;
        while let Some(RawKind::Filter(inner, _)) = self.raw.get(step).map(|raw| &raw.kind) {
            step = *inner;
        }
        if let Some(raw) = self.raw.get_mut(step) {
            raw.keep_array = true;
        }
        let end = self.token.span.end;
        if let Some(raw) = self.raw.get_mut(left) {
            raw.span.end = end;
        }
        self.advance(Place::Operand);
        left
    }

    fn sorting(&mut self, left: RawId, start: usize, position: usize) -> RawId {
        self.expect("(", Place::Operand);
        let mut terms = Vec::new();
        loop {
            let descending = self.stands(">");
            if descending || self.stands("<") {
                self.advance(Place::Operand);
            }
            let key = self.expression(0);
            terms.push(RawTerm { descending, key });
            if !self.take(",") {
                break;
            }
        }
        let end = self.token.span.end;
        self.expect(")", Place::Operand);
        let node = self.push(RawKind::SortBy(left, terms), start, position);
        if let Some(raw) = self.raw.get_mut(node) {
            raw.span.end = end;
        }
        node
    }

    /// The variable that `@` or `#` binds.
    fn variable(&mut self, symbol: &str) -> Box<str> {
        let node = self.expression(power(symbol));
        let (name, span) = match self.raw.get(node) {
            Some(Raw {
                kind: RawKind::Variable(name),
                ..
            }) => return name.clone(),
            Some(raw) => (Box::default(), raw.span.clone()),
            None => (Box::default(), 0..0),
        };
        let end = span.end;
        self.errors
            .push(Fault::new(Code::S0214).token(symbol).at(span, end));
        name
    }

    fn bind(&mut self, left: RawId, start: usize, position: usize) -> RawId {
        let name = match self.raw.get(left) {
            Some(Raw {
                kind: RawKind::Variable(name),
                ..
            }) => name.clone(),
            Some(raw) => {
                let span = raw.span.clone();
                let fault = Fault::new(Code::S0212).at(span.clone(), raw.position);
                self.errors
                    .push(fault.token(self.text.get(span).unwrap_or_default()));
                Box::default()
            }
            None => Box::default(),
        };
        // One less than it binds to the left: `$a := $b := 1` binds both.
        let value = self.expression(power(":=") - 1);
        self.push(RawKind::Bind(name, value), start, position)
    }

    fn call(&mut self, left: RawId, start: usize, position: usize) -> RawId {
        let mut arguments = Vec::new();
        if !self.stands(")") {
            loop {
                let open = self.take("?");
                arguments.push(if open { None } else { Some(self.expression(0)) });
                if !self.take(",") {
                    break;
                }
            }
        }
        let is_lambda = matches!(
            self.raw.get(left).map(|raw| &raw.kind),
            Some(RawKind::Name(name)) if matches!(&**name, "function" | "λ")
        );
        if is_lambda {
            self.expect(")", Place::Operator);
            return self.lambda(&arguments, start, position);
        }
        let all: Option<Vec<RawId>> = arguments.iter().copied().collect();
        let kind = match all {
            Some(arguments) => RawKind::Call(left, arguments),
            None => RawKind::Partial(left, arguments),
        };
        self.closed(kind, start, position, ")")
    }

    fn lambda(&mut self, arguments: &[Option<RawId>], start: usize, position: usize) -> RawId {
        let parameters = self.parameters(arguments);
        let signature = if self.stands("<") {
            self.signature()
        } else {
            None
        };
        self.expect("{", Place::Operand);
        let body = self.expression(0);
        let end = self.token.span.end;
        self.expect("}", Place::Operand);
        let kind = RawKind::Lambda {
            parameters,
            signature,
            body,
        };
        let node = self.push(kind, start, position);
        if let Some(raw) = self.raw.get_mut(node) {
            raw.span.end = end;
        }
        node
    }

    fn parameters(&mut self, arguments: &[Option<RawId>]) -> Vec<Box<str>> {
        let mut names = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            let raw = argument.and_then(|argument| self.raw.get(argument));
            match raw {
                Some(Raw {
                    kind: RawKind::Variable(name),
                    ..
                }) => names.push(name.clone()),
                other => {
                    let span = other.map_or(self.token.span.clone(), |raw| raw.span.clone());
                    let end = span.end;
                    let fault = Fault::with(Code::S0208, (index + 1).to_string());
                    self.errors.push(fault.at(span, end));
                }
            }
        }
        names
    }

    /// `<…>` between parameters and body.
    fn signature(&mut self) -> Option<Box<Signature>> {
        let start = self.token.span.start;
        let mut text = String::from("<");
        let mut depth = 1;
        while depth > 0 && !self.stands("{") && !self.at_end() {
            self.advance(Place::Operand);
            if self.stands(">") {
                depth -= 1;
            } else if self.stands("<") {
                depth += 1;
            }
            text.push_str(self.text.get(self.token.span.clone()).unwrap_or_default());
        }
        let end = self.token.span.end;
        self.expect(">", Place::Operand);
        match Signature::parse(&text) {
            Ok(signature) => Some(Box::new(signature)),
            Err(fault) => {
                self.errors.push(fault.at(start..end, end));
                None
            }
        }
    }
}

/// These two end a name, but mean nothing.
fn known(token: Token<'_>) -> Result<Token<'_>, Fault> {
    match token.kind {
        TokenKind::Operator(symbol @ ("!" | "~")) => {
            let end = token.span.end;
            Err(Fault::new(Code::S0204).token(symbol).at(token.span, end))
        }
        _ => Ok(token),
    }
}
