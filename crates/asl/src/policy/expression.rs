//! What the value of an expression begins with, when that can be read off: names such as `train-` with an id behind it.

use jsonata::editor::{Class, Highlight, tokens};

/// The fixed beginning of the text that an expression or intrinsic function makes; none when it has none.
pub(super) fn beginning(text: &str) -> Option<String> {
    let fixed = match text
        .strip_prefix("{%")
        .and_then(|rest| rest.strip_suffix("%}"))
    {
        Some(expression) => of_jsonata(expression),
        None => of_format(text),
    };
    fixed.filter(|fixed| !fixed.is_empty())
}

/// `States.Format('train-{}', …)`
fn of_format(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("States.Format(")?;
    let template = rest.trim_start().strip_prefix('\'')?;
    let end = template.find(['{', '\'', '\\'])?;
    template.get(..end).map(str::to_owned)
}

/// `'train-' & $uuid()`, where nothing but `&` joins the parts.
fn of_jsonata(text: &str) -> Option<String> {
    let tokens = tokens(text);
    let word = |token: &Highlight| text.get(token.range.clone()).unwrap_or_default();
    let first = tokens.first().filter(|token| token.class == Class::Text)?;
    let mut depth = 0usize;
    for token in &tokens {
        match (token.class, word(token)) {
            (Class::Bracket, "(" | "[" | "{") => depth += 1,
            (Class::Bracket, ")" | "]" | "}") => depth = depth.saturating_sub(1),
            (Class::Operator, "&" | ".") => {}
            (Class::Operator | Class::Keyword | Class::Error, _) if depth == 0 => return None,
            _ => {}
        }
    }
    let joins = tokens.get(1).is_some_and(|token| word(token) == "&");
    let quoted = word(first);
    let plain = quoted.get(1..quoted.len().saturating_sub(1))?;
    (joins && !plain.contains('\\')).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_beginning_is_read_off_and_nothing_is_guessed() {
        let known = [
            ("States.Format('train-{}', $.id)", "train-"),
            ("{% 'train-' & $uuid() %}", "train-"),
            ("{% \"a\" & $states.input.b & 'c' %}", "a"),
            ("{% 'a' & $f('x', 1 + 2) %}", "a"),
        ];
        for (text, fixed) in known {
            assert_eq!(beginning(text).as_deref(), Some(fixed), "{text}");
        }
        for text in [
            "$.name",
            "States.Format('{}-x', $.id)",
            "States.UUID()",
            "{% $states.input.name %}",
            "{% 'a' & $x = 'b' ? 'c' : 'd' %}",
            "{% 'a' in $x %}",
            "{% 'a\\u002d' & $x %}",
            "{% $x & 'a' %}",
        ] {
            assert_eq!(beginning(text), None, "{text}");
        }
    }
}
