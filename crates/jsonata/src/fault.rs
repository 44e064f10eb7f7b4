//! What can go wrong: the codes of JSONata, and the error that carries one with its place.
//!
//! Codes that begin with S come from the text of an expression, T from types, D from values, U from limits that a caller set. The sentences of
//! T and D codes are those that AWS puts into the cause of `States.QueryEvaluationError`, since a Catch may read them.

use std::fmt;
use std::ops::Range;

macro_rules! codes {
    ($($code:ident $sentence:literal)*) => {
        /// A JSONata error code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $sentence] $code,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The code as it is written: `T2001`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)*
                }
            }

            /// The sentence, with `{token}`, `{value}`, `{value2}` and `{index}` where an error puts what it is about.
            #[must_use]
            pub fn sentence(self) -> &'static str {
                match self {
                    $(Code::$code => $sentence,)*
                }
            }
        }
    };
}

codes! {
    S0101 "This text has no closing quote"
    S0102 "The number {token} is too large"
    S0103 "\\{token} is no escape sequence; a backslash itself is written \\\\"
    S0104 "\\u must be followed by four hexadecimal digits"
    S0105 "This name has no closing backquote (`)"
    S0106 "This comment has no closing */"
    S0201 "{token} is not expected here"
    S0202 "{value} is expected here, not {token}"
    S0203 "{value} is missing at the end"
    S0204 "{token} is no operator"
    S0205 "{token} cannot stand here"
    S0206 "{token} is no expression"
    S0207 "The expression ends too early"
    S0208 "Parameter {value} of a function must be a variable, such as $x"
    S0209 "A predicate cannot follow a grouping"
    S0210 "A step can have only one grouping"
    S0211 "{token} needs something before it"
    S0212 "The left side of := must be a variable, such as $x"
    S0213 "The literal {value} cannot be a step of a path"
    S0214 "The right side of {token} must be a variable, such as $x"
    S0215 "The variable of @ must come before the predicates of a step"
    S0216 "The variable of @ must come before the sorting of a step"
    S0217 "No parent can be found for % here"
    S0301 "A regular expression cannot be empty"
    S0302 "This regular expression has no closing /"
    S0303 "This regular expression cannot be read: {value}"
    S0401 "Only functions and arrays take a type in angle brackets, not {value}"
    S0402 "A choice of types cannot contain types in angle brackets: {value}"
    S0500 "The expression has errors and cannot be evaluated"
    S0501 "The expression is nested too deeply; the limit is {value} levels"
    T0410 "Argument {index} of function {token} does not match function signature"
    T0411 "Context value is not a compatible type with argument {index} of function {token}"
    T0412 "Argument {index} of function {token} must be an array of {value2}"
    T1003 "Key in object structure must evaluate to a string; got: {value}"
    T1005 "Attempted to invoke a non-function. Did you mean ${token}?"
    T1006 "Attempted to invoke a non-function"
    T1007 "Attempted to partially apply a non-function. Did you mean ${token}?"
    T1008 "Attempted to partially apply a non-function"
    T1010 "The matcher function argument passed to function {token} does not return the correct object structure"
    T2001 "The left side of the {token} operator must evaluate to a number"
    T2002 "The right side of the {token} operator must evaluate to a number"
    T2003 "The left side of the range operator (..) must evaluate to an integer"
    T2004 "The right side of the range operator (..) must evaluate to an integer"
    T2006 "The right side of the function application operator ~> must be a function"
    T2007 "Type mismatch when comparing values {value} and {value2} in order-by clause"
    T2008 "The expressions within an order-by clause must evaluate to numeric or string values"
    T2009 "The values {value} and {value2} either side of operator {token} must be of the same data type"
    T2010 "The expressions either side of operator {token} must evaluate to numeric or string values"
    T2011 "The insert/update clause of the transform expression must evaluate to an object: {value}"
    T2012 "The delete clause of the transform expression must evaluate to a string or array of strings: {value}"
    T2013 "The transform expression clones the input object using the $clone() function.  This has been overridden in the current scope by a non-function."
    D1001 "Number out of range: {value}"
    D1002 "Cannot negate a non-numeric value: {value}"
    D1004 "Regular expression matches zero length string"
    D1009 "Multiple key definitions evaluate to same key: {value}"
    D1011 "Stack overflow. Check for non-terminating recursive function.  Consider rewriting as tail-recursive"
    D1012 "Evaluation timeout. Check for infinite loop"
    D1014 "The expression takes too many steps; the limit is {value}"
    D1015 "The expression makes too much data; the limit is {value} bytes"
    D1016 "The expression makes data that is nested too deeply; the limit is {value} levels"
    D2014 "The size of the sequence allocated by the range operator (..) must not exceed 1e7.  Attempted to allocate {value}."
    D2015 "The maximum sequence length of {value} was exceeded."
    D3001 "Attempting to invoke string function on Infinity or NaN"
    D3010 "Second argument of replace function cannot be an empty string"
    D3011 "Fourth argument of replace function must evaluate to a positive number"
    D3012 "Attempted to replace a matched string with a non-string value"
    D3020 "Third argument of split function must evaluate to a positive number"
    D3030 "Unable to cast value to a number: {value}"
    D3040 "Third argument of match function must evaluate to a positive number"
    D3050 "The second argument of reduce function must be a function with at least two arguments"
    D3060 "The sqrt function cannot be applied to a negative number: {value}"
    D3061 "The power function has resulted in a value that cannot be represented as a JSON number: base={value}, exponent={value2}"
    D3070 "The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function"
    D3080 "The picture string must only contain a maximum of two sub-pictures"
    D3081 "The sub-picture must not contain more than one instance of the 'decimal-separator' character"
    D3082 "The sub-picture must not contain more than one instance of the 'percent' character"
    D3083 "The sub-picture must not contain more than one instance of the 'per-mille' character"
    D3084 "The sub-picture must not contain both a 'percent' and a 'per-mille' character"
    D3085 "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit character' or a member of the 'decimal digit family'"
    D3086 "The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character"
    D3087 "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a 'decimal-separator' character"
    D3088 "The sub-picture must not contain a 'grouping-separator' at the end of the integer part"
    D3089 "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character"
    D3090 "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is followed by an instance of the 'optional digit character'"
    D3091 "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' that is followed by a member of the 'decimal digit family'"
    D3092 "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as an 'exponent-separator'"
    D3093 "The exponent part of the sub-picture must comprise only of one or more characters that are members of the 'decimal digit family'"
    D3100 "The radix of the formatBase function must be between 2 and 36.  It was given {value}"
    D3110 "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given {value}"
    D3120 "Syntax error in expression passed to function eval: {value}"
    D3121 "Dynamic error evaluating the expression passed to function eval: {value}"
    D3130 "Formatting or parsing an integer as a sequence starting with {value} is not supported by this implementation"
    D3131 "In a decimal digit pattern, all digits must be from the same decimal group"
    D3132 "Unknown component specifier {value} in date/time picture string"
    D3133 "The 'name' modifier can only be applied to months and days in the date/time picture string, not {value}"
    D3134 "The timezone integer format specifier cannot have more than four digits"
    D3135 "No matching closing bracket ']' in date/time picture string"
    D3136 "The date/time picture string is missing specifiers required to parse the timestamp"
    D3137 "{message}"
    D3138 "The $single() function expected exactly 1 matching result.  Instead it matched more."
    D3139 "The $single() function expected exactly 1 matching result.  Instead it matched 0."
    D3140 "Malformed URL passed to ${token}(): {value}"
    D3141 "{message}"
    D3150 "Function {token} cannot be computed: {message}"
    U1001 "Stack overflow or timeout: the evaluation passed the limit that was set for it"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The sentences of the reference implementation for texts that cannot be read; all other codes have them already.
fn reference_sentence(code: Code) -> &'static str {
    match code {
        Code::S0101 => "String literal must be terminated by a matching quote",
        Code::S0102 => "Number out of range: {token}",
        Code::S0103 => "Unsupported escape sequence: \\{token}",
        Code::S0104 => "The escape sequence \\u must be followed by 4 hex digits",
        Code::S0105 => "Quoted property name must be terminated with a backquote (`)",
        Code::S0106 => "Comment has no closing tag",
        Code::S0201 => "Syntax error: {token}",
        Code::S0202 => "Expected {value}, got {token}",
        Code::S0203 => "Expected {value} before end of expression",
        Code::S0204 => "Unknown operator: {token}",
        Code::S0205 => "Unexpected token: {token}",
        Code::S0206 => "Unknown expression type: {token}",
        Code::S0207 => "Unexpected end of expression",
        Code::S0208 => {
            "Parameter {value} of function definition must be a variable name (start with $)"
        }
        Code::S0209 => "A predicate cannot follow a grouping expression in a step",
        Code::S0210 => "Each step can only have one grouping expression",
        Code::S0211 => "The symbol {token} cannot be used as a unary operator",
        Code::S0212 => "The left side of := must be a variable name (start with $)",
        Code::S0213 => {
            "The literal value {value} cannot be used as a step within a path expression"
        }
        Code::S0214 => "The right side of {token} must be a variable name (start with $)",
        Code::S0215 => "A context variable binding must precede any predicates on a step",
        Code::S0216 => "A context variable binding must precede the 'order-by' clause on a step",
        Code::S0217 => {
            "The object representing the 'parent' cannot be derived from this expression"
        }
        Code::S0301 => "Empty regular expressions are not allowed",
        Code::S0302 => "No terminating / in regular expression",
        Code::S0401 => "Type parameters can only be applied to functions and arrays",
        Code::S0402 => "Choice groups containing parameterized types are not supported",
        code => code.sentence(),
    }
}

/// Why an expression cannot be read, or has no value.
///
/// Small and cheap to pass on. [`Error::span`] is what an editor underlines, [`Error::position`] is where the reference implementation points.
#[derive(Debug, Clone, PartialEq)]
pub struct Error(Box<Parts>);

/// Inside the crate an error begins without a place; who knows the place adds it.
pub(crate) type Fault = Error;

#[derive(Debug, Clone, PartialEq)]
struct Parts {
    code: Code,
    token: Option<String>,
    value: Option<String>,
    second: Option<String>,
    index: Option<usize>,
    message: Option<String>,
    span: Option<Range<usize>>,
    position: Option<usize>,
}

impl Error {
    pub(crate) fn new(code: Code) -> Self {
        Self(Box::new(Parts {
            code,
            token: None,
            value: None,
            second: None,
            index: None,
            message: None,
            span: None,
            position: None,
        }))
    }

    /// With what the sentence shows in place of `{value}`.
    pub(crate) fn with(code: Code, value: impl Into<String>) -> Self {
        let mut error = Self::new(code);
        error.0.value = Some(value.into());
        error
    }

    /// With a sentence of its own, for `$error` and `$assert` and host functions.
    pub(crate) fn say(code: Code, message: impl Into<String>) -> Self {
        let mut error = Self::new(code);
        error.0.message = Some(message.into());
        error
    }

    pub(crate) fn and(mut self, second: impl Into<String>) -> Self {
        self.0.second = Some(second.into());
        self
    }

    pub(crate) fn argument(mut self, index: usize) -> Self {
        self.0.index = Some(index);
        self
    }

    /// Names the operator or function, unless an inner one has done so.
    pub(crate) fn token(mut self, token: &str) -> Self {
        self.0.token.get_or_insert_with(|| token.to_owned());
        self
    }

    /// Says where, unless an inner one has done so. Offsets are in bytes of the expression.
    pub(crate) fn at(mut self, span: Range<usize>, position: usize) -> Self {
        if self.0.position.is_none() {
            self.0.span = Some(span);
            self.0.position = Some(position);
        }
        self
    }

    /// The error of a host function: a code that the caller knows, and a sentence.
    #[must_use]
    pub fn host(message: impl Into<String>) -> Self {
        Self::say(Code::D3150, message)
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The part of the expression that the error is about, in bytes.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.0.span.clone()
    }

    /// The byte offset that the reference implementation reports: mostly the end of the operator or of the name.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.0.position
    }

    /// The operator, function or token that the error is about.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// One plain sentence.
    #[must_use]
    pub fn message(&self) -> String {
        self.filled(self.0.code.sentence())
    }

    /// In the words of the reference implementation, which AWS repeats when it refuses a definition.
    #[must_use]
    pub fn reference_message(&self) -> String {
        self.filled(reference_sentence(self.0.code))
    }

    fn filled(&self, sentence: &str) -> String {
        let parts = &self.0;
        let quoted = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or("(end)");
            serde_json::to_string(text).unwrap_or_default()
        };
        // Syntax shows tokens bare inside quotes; values are JSON texts already.
        let token = match parts.code {
            Code::S0103 | Code::T1005 | Code::T1007 | Code::D3140 | Code::D3150 => {
                parts.token.clone().unwrap_or_default()
            }
            _ => quoted(&parts.token),
        };
        let fills = [
            ("{token}", token),
            ("{value2}", parts.second.clone().unwrap_or_default()),
            ("{value}", parts.value.clone().unwrap_or_default()),
            (
                "{index}",
                parts
                    .index
                    .map(|index| index.to_string())
                    .unwrap_or_default(),
            ),
            ("{message}", parts.message.clone().unwrap_or_default()),
        ];
        fill(sentence, &fills)
    }
}

/// Fills a sentence in one pass, so that a value that looks like a placeholder stays as it is.
fn fill(sentence: &str, fills: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let found = fills.iter().find(|(name, _)| rest.starts_with(name));
        let (taken, shown) = found.map_or((1, "{"), |(name, value)| (name.len(), value.as_str()));
        text.push_str(shown);
        rest = &rest[taken..];
    }
    text.push_str(rest);
    text
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.message())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_shows_what_it_is_about() {
        let error = Error::with(Code::T2009, "1").and("\"a\"").token("<");
        let sentence =
            "The values 1 and \"a\" either side of operator \"<\" must be of the same data type";
        assert_eq!(error.message(), sentence);
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_stays_as_it_is() {
        let error = Error::with(Code::D1009, "\"{token}\"").token("x");
        assert!(error.message().ends_with("\"{token}\""));
    }

    #[test]
    fn what_aws_repeats_is_worded_as_in_the_reference() {
        for (text, sentence) in [
            ("a[1,2)", "Expected \"]\", got \",\""),
            (
                "\"unterminated",
                "String literal must be terminated by a matching quote",
            ),
            ("1 +", "Unexpected end of expression"),
            (
                "{\"a\":}",
                "The symbol \"}\" cannot be used as a unary operator",
            ),
            ("$x :=", "Unexpected end of expression"),
            (
                "$match(\"a\", /abc",
                "No terminating / in regular expression",
            ),
            (
                "phone %.other",
                "The symbol \".\" cannot be used as a unary operator",
            ),
            ("", "Unexpected end of expression"),
        ] {
            let error = crate::Expression::parse(text).unwrap_err();
            assert_eq!(error.reference_message(), sentence, "{text}");
        }
    }

    #[test]
    fn the_inner_place_wins() {
        let error = Error::new(Code::T1006).at(3..4, 4).at(0..9, 9);
        assert_eq!(error.span(), Some(3..4));
    }
}
