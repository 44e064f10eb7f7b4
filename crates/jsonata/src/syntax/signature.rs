//! Signatures of functions, such as `<s-nn?:s>`: which arguments are taken, and how they are put right.
//!
//! A signature reads the kinds of the arguments like a regular expression over letters, greedily. The result kind is not looked at.

use crate::fault::{Code, Fault};
use crate::value::{ArrayBuilder, Flags, Value};

/// The kinds that a parameter takes, one bit for each letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Kinds(u16);

/// The letters, in the order of their bits; `m` is a missing value.
const LETTERS: &[u8] = b"asnblfom";

impl Kinds {
    fn of(letters: &str) -> Self {
        let bit = |byte: u8| LETTERS.iter().position(|letter| *letter == byte);
        let bits = letters.bytes().filter_map(bit);
        Self(bits.fold(0, |bits, bit| bits | 1 << bit))
    }

    fn takes(self, letter: u8) -> bool {
        let bit = LETTERS.iter().position(|known| *known == letter);
        bit.is_some_and(|bit| self.0 & 1 << bit != 0)
    }
}

/// The letter of a value.
fn letter(value: &Value<'_>) -> u8 {
    match value {
        Value::Undefined => b'm',
        Value::Null => b'l',
        Value::Bool(_) => b'b',
        Value::Number(_) => b'n',
        Value::Text(_) => b's',
        Value::Array(_) => b'a',
        Value::Object(_) => b'o',
        Value::Function(_) => b'f',
    }
}

/// How many arguments a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    One,
    Optional,
    OneOrMore,
}

#[derive(Debug, Clone)]
struct Parameter {
    kinds: Kinds,
    count: Count,
    /// Whether the context stands in for a missing argument.
    context: bool,
    is_array: bool,
    takes_type: bool,
    member: Option<Box<str>>,
}

impl Parameter {
    fn new(letters: &str) -> Self {
        Self {
            kinds: Kinds::of(letters),
            count: Count::One,
            context: false,
            is_array: false,
            takes_type: false,
            member: None,
        }
    }

    /// The parameter of one letter.
    fn of(letter: char) -> Option<Self> {
        let parameter = match letter {
            's' => Self::new("sm"),
            'n' => Self::new("nm"),
            'b' => Self::new("bm"),
            'l' => Self::new("lm"),
            'o' => Self::new("om"),
            'a' => Self {
                is_array: true,
                takes_type: true,
                ..Self::new("asnblfom")
            },
            'f' => Self {
                takes_type: true,
                ..Self::new("f")
            },
            'j' => Self::new("asnblom"),
            'x' => Self::new("asnblfom"),
            _ => return None,
        };
        Some(parameter)
    }
}

/// What stands in for arguments that are left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'c, 'a>(pub(crate) &'c Value<'a>);

/// A parsed signature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signature {
    parameters: Vec<Parameter>,
}

impl Signature {
    /// Reads `<…>`.
    ///
    /// # Errors
    ///
    /// S0401 and S0402.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut rest = text.get(1..).unwrap_or_default();
        while let Some(letter) = rest.chars().next() {
            let after = &rest[letter.len_utf8()..];
            rest = match letter {
                ':' => break,
                '(' => {
                    let (choice, after) = balanced(after, '(', ')');
                    parameters.push(choose(choice)?);
                    after
                }
                '<' => {
                    let (member, after) = balanced(after, '<', '>');
                    set_member(parameters.last_mut(), member)?;
                    after
                }
                _ => {
                    one_letter(&mut parameters, letter);
                    after
                }
            };
        }
        Ok(Self { parameters })
    }

    /// How many arguments are taken at most.
    pub(crate) fn most(&self) -> usize {
        let open = self
            .parameters
            .iter()
            .any(|parameter| parameter.count == Count::OneOrMore);
        if open {
            usize::MAX
        } else {
            self.parameters.len()
        }
    }

    /// The arguments as the function gets them: a lone value in place of an array of one, the context in place of what is left out.
    ///
    /// # Errors
    ///
    /// T0410, T0411, T0412.
    pub(crate) fn fit<'a>(
        &self,
        arguments: Vec<Value<'a>>,
        context: Context<'_, 'a>,
    ) -> Result<Vec<Value<'a>>, Fault> {
        let letters: Vec<u8> = arguments.iter().map(letter).collect();
        let Some(counts) = self.matches(&letters, self.parameters.len(), End::All) else {
            return Err(self.mismatch(&letters));
        };
        let mut fitted = Vec::with_capacity(self.parameters.len());
        let mut given = arguments.into_iter();
        let mut taken = 0;
        for (parameter, count) in self.parameters.iter().zip(counts) {
            if count == 0 {
                if parameter.context {
                    if !parameter.kinds.takes(letter(context.0)) {
                        return Err(Fault::new(Code::T0411).argument(taken + 1));
                    }
                    fitted.push(context.0.clone());
                } else {
                    fitted.push(given.next().unwrap_or_default());
                    taken += 1;
                }
            }
            for _ in 0..count {
                let argument = given.next().unwrap_or_default();
                taken += 1;
                let alone = count == 1;
                fitted.push(parameter.put_right(argument, taken, alone)?);
            }
        }
        Ok(fitted)
    }

    /// How many arguments each of the first parameters takes, if they can take these.
    ///
    /// A table says which rests can still be taken, so that the work is the product of both lengths and no more.
    fn matches(&self, letters: &[u8], parameters: usize, end: End) -> Option<Vec<usize>> {
        let parameters = self.parameters.get(..parameters)?;
        let width = letters.len() + 1;
        let mut possible = vec![false; (parameters.len() + 1) * width];
        for (at, last) in possible
            .iter_mut()
            .skip(parameters.len() * width)
            .enumerate()
        {
            *last = end == End::Anywhere || at == letters.len();
        }
        for (row, parameter) in parameters.iter().enumerate().rev() {
            for at in (0..width).rev() {
                let next = |row: usize, at: usize| {
                    possible.get(row * width + at).copied().unwrap_or(false) && at < width
                };
                let takes = letters
                    .get(at)
                    .is_some_and(|letter| parameter.kinds.takes(*letter));
                let one = takes && next(row + 1, at + 1);
                let can = match parameter.count {
                    Count::One => one,
                    Count::Optional => one || next(row + 1, at),
                    Count::OneOrMore => one || (takes && at + 1 < width && next(row, at + 1)),
                };
                if let Some(cell) = possible.get_mut(row * width + at) {
                    *cell = can;
                }
            }
        }
        possible.first().copied().unwrap_or(false).then(|| {
            let table = Table {
                possible: &possible,
                width,
            };
            greedy(parameters, letters, &table)
        })
    }

    /// Which argument is at fault: the first behind what the longest fitting beginning takes.
    fn mismatch(&self, letters: &[u8]) -> Fault {
        let mut good = 0;
        for parameters in 1..=self.parameters.len() {
            match self.matches(letters, parameters, End::Anywhere) {
                Some(counts) => good = counts.iter().sum(),
                None => break,
            }
        }
        Fault::new(Code::T0410).argument(good + 1)
    }
}

/// Where the arguments must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    All,
    Anywhere,
}

struct Table<'t> {
    possible: &'t [bool],
    width: usize,
}

impl Table<'_> {
    fn possible(&self, row: usize, at: usize) -> bool {
        at < self.width
            && self
                .possible
                .get(row * self.width + at)
                .copied()
                .unwrap_or(false)
    }
}

/// Each parameter takes as many as leave the rest possible.
fn greedy(parameters: &[Parameter], letters: &[u8], table: &Table<'_>) -> Vec<usize> {
    let mut at = 0;
    let mut counts = Vec::with_capacity(parameters.len());
    for (row, parameter) in parameters.iter().enumerate() {
        let takes = |at: usize| {
            letters
                .get(at)
                .is_some_and(|letter| parameter.kinds.takes(*letter))
        };
        let mut count = usize::from(
            takes(at) && (parameter.count != Count::Optional || table.possible(row + 1, at + 1)),
        );
        if parameter.count == Count::OneOrMore {
            let mut longest = count;
            while takes(at + longest) {
                longest += 1;
            }
            count = (1..=longest)
                .rev()
                .find(|count| table.possible(row + 1, at + count))
                .unwrap_or(count);
        }
        at += count;
        counts.push(count);
    }
    counts
}

impl Parameter {
    /// A value where an array is wanted becomes an array of one; members must be of the kind that the signature names.
    fn put_right<'a>(
        &self,
        argument: Value<'a>,
        index: usize,
        alone: bool,
    ) -> Result<Value<'a>, Fault> {
        if !self.is_array || argument.is_undefined() {
            return Ok(argument);
        }
        let member = self.member.as_deref();
        let fits = member.is_none_or(|member| match &argument {
            Value::Array(array) => {
                let wanted = member.bytes().next();
                array.iter().all(|item| Some(letter(&item)) == wanted)
            }
            other => alone && member.as_bytes() == [letter(other)],
        });
        if !fits {
            let kind = plural(member.unwrap_or_default());
            return Err(Fault::new(Code::T0412)
                .argument(index)
                .and(format!("\"{kind}\"")));
        }
        if matches!(argument, Value::Array(_)) {
            return Ok(argument);
        }
        let mut builder = ArrayBuilder::with_capacity(1);
        builder.push(argument);
        builder.build(Flags::NONE).map(Value::Array)
    }
}

fn plural(letter: &str) -> &'static str {
    match letter {
        "a" => "arrays",
        "b" => "booleans",
        "f" => "functions",
        "n" => "numbers",
        "o" => "objects",
        "s" => "strings",
        _ => "values",
    }
}

fn one_letter(parameters: &mut Vec<Parameter>, letter: char) {
    match (letter, parameters.last_mut()) {
        ('-', Some(last)) => {
            last.context = true;
            last.count = Count::Optional;
        }
        ('?', Some(last)) => last.count = Count::Optional,
        ('+', Some(last)) => last.count = Count::OneOrMore,
        (letter, _) => parameters.extend(Parameter::of(letter)),
    }
}

/// `(sf)`: one of several kinds.
fn choose(choice: &str) -> Result<Parameter, Fault> {
    if choice.contains('<') {
        return Err(Fault::with(Code::S0402, choice));
    }
    Ok(Parameter::new(&format!("{choice}m")))
}

fn set_member(parameter: Option<&mut Parameter>, member: &str) -> Result<(), Fault> {
    match parameter {
        Some(parameter) if parameter.takes_type => {
            parameter.member = Some(member.into());
            Ok(())
        }
        _ => Err(Fault::with(Code::S0401, member)),
    }
}

/// What stands before the bracket that closes the one just read, and what stands behind it.
fn balanced(text: &str, open: char, close: char) -> (&str, &str) {
    let mut depth = 1;
    for (at, found) in text.char_indices() {
        if found == open {
            depth += 1;
        } else if found == close {
            depth -= 1;
        }
        if depth == 0 {
            return (&text[..at], &text[at + close.len_utf8()..]);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit<'a>(signature: &str, arguments: &[Value<'a>]) -> Result<Vec<Value<'a>>, Code> {
        let signature = Signature::parse(signature).unwrap();
        let context = Value::Text(crate::value::Text::Borrowed("context"));
        let fitted = signature.fit(arguments.to_vec(), Context(&context));
        fitted.map_err(|fault| fault.code())
    }

    fn kinds(values: &[Value<'_>]) -> Vec<&'static str> {
        values.iter().map(Value::kind).collect()
    }

    #[test]
    fn the_context_stands_in_for_what_is_left_out() {
        let fitted = fit("<s-nn?:s>", &[Value::Number(1.0)]).unwrap();
        assert_eq!(fitted[0].as_str(), Some("context"));
        assert_eq!(kinds(&fitted), ["string", "number", "undefined"]);
    }

    #[test]
    fn a_lone_value_becomes_an_array() {
        assert_eq!(
            kinds(&fit("<a<n>:n>", &[Value::Number(1.0)]).unwrap()),
            ["array"]
        );
    }

    #[test]
    fn an_array_of_another_kind_is_refused() {
        assert_eq!(
            fit("<a<n>:n>", &[Value::text("x")]).unwrap_err(),
            Code::T0412
        );
    }

    #[test]
    fn too_many_arguments_are_refused() {
        let one = Value::Number(1.0);
        assert_eq!(fit("<n:n>", &[one.clone(), one]).unwrap_err(), Code::T0410);
    }

    #[test]
    fn one_or_more_takes_all_that_leave_the_rest_possible() {
        let one = Value::Number(1.0);
        let fitted = fit("<n+n:n>", &[one.clone(), one.clone(), one]).unwrap();
        assert_eq!(fitted.len(), 3);
    }

    #[test]
    fn a_type_in_brackets_needs_an_array_or_a_function() {
        assert_eq!(Signature::parse("<s<n>>").unwrap_err().code(), Code::S0401);
        assert_eq!(
            Signature::parse("<(a<n>s)>").unwrap_err().code(),
            Code::S0402
        );
    }

    #[test]
    fn many_greedy_parameters_over_many_arguments_take_little_work() {
        let signature = format!("<{}:n>", "a+".repeat(40));
        let arguments = vec![Value::Number(1.0); 2_000];
        assert_eq!(fit(&signature, &arguments).unwrap().len(), 2_000);
    }
}
