//! Values as JSON texts, the way `$string` writes them: numbers with fifteen digits at most, functions as empty texts.

use crate::evaluate::{Machine, numeric};
use crate::fault::{Code, Fault};
use crate::number;
use crate::value::{
    Array, ArrayBuilder, Flags, Object, ObjectBuilder, Text, Value, WALK, too_deep,
};

/// How much of a value a message shows.
const SHOWN: usize = 1_000;

/// Whether the text is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Compact,
    Indented,
}

/// The text of a value, in one line. Nothing has none; it gives an empty one.
pub(crate) fn stringify<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
) -> Result<String, Fault> {
    stringify_as(machine, value, Form::Compact)
}

pub(super) fn stringify_as<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
    form: Form,
) -> Result<String, Fault> {
    match value {
        Value::Undefined | Value::Function(_) => Ok(String::new()),
        Value::Text(text) => {
            machine.make_text(text.len())?;
            Ok(text.to_string())
        }
        Value::Number(number) if !number.is_finite() => Err(Fault::new(Code::D3001)),
        Value::Number(number) => Ok(number::to_precision_text(*number)),
        other => {
            let unwrapped = unwrap(other);
            let mut writer = Writer {
                machine,
                text: String::new(),
                form,
                charged: 0,
            };
            writer.value(&unwrapped, 0)?;
            writer.charge()?;
            Ok(writer.text)
        }
    }
}

/// The input itself, when it was wrapped.
fn unwrap<'a>(value: &Value<'a>) -> Value<'a> {
    match value {
        Value::Array(array) if array.has(Flags::OUTER) => array.get(0).unwrap_or_default(),
        other => other.clone(),
    }
}

struct Writer<'m, 'a, 'h> {
    machine: &'m mut Machine<'a, 'h>,
    text: String,
    form: Form,
    /// How much of the text has been taken from the budget.
    charged: usize,
}

impl<'a> Writer<'_, 'a, '_> {
    fn charge(&mut self) -> Result<(), Fault> {
        let more = self.text.len() - self.charged;
        self.charged = self.text.len();
        self.machine.make_text(more)
    }

    fn value(&mut self, value: &Value<'a>, depth: u32) -> Result<(), Fault> {
        if depth > WALK {
            return Err(too_deep());
        }
        if self.text.len() - self.charged > 1 << 12 {
            self.charge()?;
        }
        self.machine.tick()?;
        match value {
            Value::Undefined | Value::Null => self.text.push_str("null"),
            Value::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) if number.is_nan() => self.text.push_str("null"),
            Value::Number(_) => {
                let number = numeric(value)?.unwrap_or_default();
                self.text.push_str(&number::to_precision_text(number));
            }
            Value::Text(text) => quote(&mut self.text, text),
            Value::Function(_) => self.text.push_str("\"\""),
            Value::Array(array) => self.array(array, depth)?,
            Value::Object(object) => self.object(object, depth)?,
        }
        Ok(())
    }

    fn array(&mut self, array: &Array<'a>, depth: u32) -> Result<(), Fault> {
        self.text.push('[');
        for (index, item) in array.iter().enumerate() {
            self.separate(index, depth + 1);
            self.value(&item, depth + 1)?;
        }
        self.close(array.is_empty(), depth, ']');
        Ok(())
    }

    fn object(&mut self, object: &Object<'a>, depth: u32) -> Result<(), Fault> {
        self.text.push('{');
        let members = object.iter().filter(|(_, value)| !value.is_undefined());
        let mut empty = true;
        for (index, (name, value)) in members.enumerate() {
            empty = false;
            self.separate(index, depth + 1);
            quote(&mut self.text, &name);
            self.text.push(':');
            if self.form == Form::Indented {
                self.text.push(' ');
            }
            self.value(&value, depth + 1)?;
        }
        self.close(empty, depth, '}');
        Ok(())
    }

    fn separate(&mut self, index: usize, depth: u32) {
        if index > 0 {
            self.text.push(',');
        }
        self.line(depth);
    }

    fn close(&mut self, empty: bool, depth: u32, bracket: char) {
        if !empty {
            self.line(depth);
        }
        self.text.push(bracket);
    }

    fn line(&mut self, depth: u32) {
        if self.form == Form::Indented {
            self.text.push('\n');
            self.text.extend((0..depth).map(|_| "  "));
        }
    }
}

/// A text as JSON writes it.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            0x0c => "\\f",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 => "\\u00",
            _ => continue,
        };
        out.push_str(text.get(plain..at).unwrap_or_default());
        out.push_str(escape);
        if escape == "\\u00" {
            out.push(if byte < 0x10 { '0' } else { '1' });
            out.extend(char::from_digit(u32::from(byte % 16), 16));
        }
        plain = at + 1;
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}

/// A value as messages show it, cut when it is long.
pub(crate) fn print(value: &Value<'_>) -> String {
    let mut text = match value.to_json() {
        Ok(json) => json.to_string(),
        Err(_) => value.kind().to_owned(),
    };
    if let Some((cut, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// A copy of which every part is its own, as if it had been written as JSON and read again.
pub(crate) fn copy<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    copy_within(machine, &unwrap(value), WALK)
}

fn copy_within<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
    depth: u32,
) -> Result<Value<'a>, Fault> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(too_deep());
    };
    machine.tick()?;
    Ok(match value {
        Value::Undefined => Value::Null,
        Value::Null | Value::Bool(_) | Value::Text(_) => value.clone(),
        Value::Function(_) => Value::Text(Text::Borrowed("")),
        Value::Number(_) => match numeric(value)? {
            Some(number) => {
                Value::Number(number::to_precision_text(number).parse().unwrap_or(number))
            }
            None => Value::Null,
        },
        Value::Array(array) => {
            let mut copied = ArrayBuilder::with_capacity(array.len());
            for item in array.iter() {
                let item = copy_within(machine, &item, depth)?;
                machine.add(&mut copied, item)?;
            }
            Value::Array(copied.build(Flags::NONE)?)
        }
        Value::Object(object) => {
            let mut copied = ObjectBuilder::default();
            for (name, value) in object.iter().filter(|(_, value)| !value.is_undefined()) {
                machine.budget.make(64)?;
                copied.insert(name, copy_within(machine, &value, depth)?);
            }
            Value::Object(copied.build()?)
        }
    })
}
