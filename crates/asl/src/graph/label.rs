//! Rules and catchers in few plain words, for the labels of edges.

use crate::text::Node;

/// Longer labels are cut.
const LONGEST: usize = 48;

/// Rules nested deeper than this are not spelled out; a label has no room for them.
const DEEPEST: usize = 4;

/// A Choice rule: "0.85 or more", "below 0.75", "0.75 – 0.85", "status is \"ok\"".
pub(super) fn rule(rule: &Node) -> Option<String> {
    let text = match rule.field("Condition") {
        Some(condition) => jsonata(condition)?,
        None => test(rule, DEEPEST)?,
    };
    Some(shortened(&text))
}

/// A catcher: "any error", "after a timeout", else the names of its errors.
pub(super) fn catcher(catcher: &Node) -> Option<String> {
    let names: Vec<&str> = catcher
        .field("ErrorEquals")?
        .elements()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let text = match names.as_slice() {
        [] => return None,
        ["States.Timeout"] => "after a timeout".to_owned(),
        names => names
            .iter()
            .map(|name| error_name(name))
            .collect::<Vec<_>>()
            .join(", "),
    };
    Some(shortened(&text))
}

fn error_name(name: &str) -> &str {
    match name {
        "States.ALL" => "any error",
        "States.Timeout" => "a timeout",
        other => other,
    }
}

fn jsonata(condition: &Node) -> Option<String> {
    if let Some(constant) = condition.as_bool() {
        return Some(if constant {
            "always".to_owned()
        } else {
            "never".to_owned()
        });
    }
    let text = condition.as_str()?.trim();
    let inner = text
        .strip_prefix("{%")
        .and_then(|text| text.strip_suffix("%}"))
        .unwrap_or(text);
    let words: Vec<&str> = inner.split_whitespace().collect();
    Some(words.join(" ").replace("$states.input.", ""))
}

fn test(rule: &Node, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    if let Some(inner) = rule.field("Not") {
        return Some(format!("not ({})", test(inner, depth)?));
    }
    if let Some(all) = rule.field("And") {
        return range(all.elements()).or_else(|| joined(all.elements(), " and ", depth));
    }
    if let Some(any) = rule.field("Or") {
        return joined(any.elements(), " or ", depth);
    }
    comparison(rule)
}

fn joined(rules: &[Node], word: &str, depth: usize) -> Option<String> {
    let parts: Option<Vec<String>> = rules.iter().map(|rule| test(rule, depth)).collect();
    parts
        .filter(|parts| !parts.is_empty())
        .map(|parts| parts.join(word))
}

/// Two numeric bounds of one variable: "0.75 – 0.85".
fn range(rules: &[Node]) -> Option<String> {
    let [first, second] = rules else { return None };
    if first.field("Variable")?.as_str() != second.field("Variable")?.as_str() {
        return None;
    }
    let (low, high) = match (lower(first), upper(second)) {
        (Some(low), Some(high)) => (low, high),
        _ => (lower(second)?, upper(first)?),
    };
    Some(format!("{low} – {high}"))
}

fn lower(rule: &Node) -> Option<&str> {
    rule.field("NumericGreaterThanEquals")
        .or(rule.field("NumericGreaterThan"))?
        .as_number()
}

fn upper(rule: &Node) -> Option<&str> {
    rule.field("NumericLessThanEquals")
        .or(rule.field("NumericLessThan"))?
        .as_number()
}

fn comparison(rule: &Node) -> Option<String> {
    let variable = last_name(
        rule.field("Variable")
            .and_then(Node::as_str)
            .unwrap_or("value"),
    );
    let not_an_operator = ["Variable", "Next", "Comment", "Assign", "Output"];
    let operator = rule
        .members()
        .iter()
        .find(|member| !not_an_operator.contains(&&*member.key))?;
    let (name, path) = match operator.key.strip_suffix("Path") {
        Some(name) => (name, true),
        None => (&*operator.key, false),
    };
    let operand = operand(&operator.value, path)?;
    let says = |words: &str| Some(format!("{variable} {words} {operand}"));
    match name {
        "NumericGreaterThanEquals" => Some(format!("{operand} or more")),
        "NumericGreaterThan" => Some(format!("above {operand}")),
        "NumericLessThanEquals" => Some(format!("{operand} or less")),
        "NumericLessThan" => Some(format!("below {operand}")),
        "NumericEquals" | "StringEquals" | "BooleanEquals" | "TimestampEquals" => says("is"),
        "StringMatches" => says("matches"),
        "StringGreaterThanEquals" | "TimestampGreaterThanEquals" => says("from"),
        "StringGreaterThan" | "TimestampGreaterThan" => says("after"),
        "StringLessThanEquals" | "TimestampLessThanEquals" => says("up to"),
        "StringLessThan" | "TimestampLessThan" => says("before"),
        _ => type_test(name, variable, operator.value.as_bool()?),
    }
}

fn type_test(operator: &str, variable: &str, wanted: bool) -> Option<String> {
    let (yes, no) = match operator {
        "IsPresent" => ("is present", "is missing"),
        "IsNull" => ("is null", "is not null"),
        "IsNumeric" => ("is a number", "is no number"),
        "IsString" => ("is a text", "is no text"),
        "IsBoolean" => ("is true or false", "is neither true nor false"),
        "IsTimestamp" => ("is a time", "is no time"),
        _ => return None,
    };
    Some(format!("{variable} {}", if wanted { yes } else { no }))
}

fn operand(value: &Node, is_path: bool) -> Option<String> {
    if is_path {
        return value.as_str().map(|path| last_name(path).to_owned());
    }
    let text = value.as_str().map(|text| format!("\"{text}\""));
    text.or_else(|| value.as_number().map(str::to_owned))
        .or_else(|| value.as_bool().map(|flag| flag.to_string()))
}

/// The last name in a path: `validation_score` for `$.metrics.validation_score`.
fn last_name(path: &str) -> &str {
    if path == "$" {
        return "the input";
    }
    let bracketed = path
        .strip_suffix("']")
        .and_then(|path| path.rsplit_once("['"));
    if let Some((_, name)) = bracketed {
        return name;
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    let bare = last.trim_start_matches('$');
    if bare.is_empty() { path } else { bare }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    fn label_of(text: &str) -> String {
        let document = Document::parse(text);
        rule(document.root().unwrap()).unwrap_or_default()
    }
    fn label_of_catcher(text: &str) -> String {
        let document = Document::parse(text);
        catcher(document.root().unwrap()).unwrap_or_default()
    }

    #[test]
    fn numeric_bounds_read_as_a_person_says_them() {
        assert_eq!(
            label_of(r#"{"Variable": "$.score", "NumericGreaterThanEquals": 0.85}"#),
            "0.85 or more"
        );
        assert_eq!(
            label_of(r#"{"Variable": "$.score", "NumericLessThan": 0.75}"#),
            "below 0.75"
        );
        assert_eq!(
            label_of(r#"{"Variable": "$.n", "NumericGreaterThanPath": "$.limits.low"}"#),
            "above low"
        );
    }

    #[test]
    fn two_bounds_of_one_variable_are_a_range() {
        let both = r#"{"And": [{"Variable": "$.s", "NumericLessThan": 0.85}, {"Variable": "$.s", "NumericGreaterThanEquals": 0.75}]}"#;
        assert_eq!(label_of(both), "0.75 – 0.85");
        let two = r#"{"And": [{"Variable": "$.s", "NumericLessThan": 1}, {"Variable": "$.t", "IsPresent": true}]}"#;
        assert_eq!(label_of(two), "below 1 and t is present");
    }

    #[test]
    fn texts_and_kinds_name_their_variable() {
        assert_eq!(
            label_of(r#"{"Variable": "$.a.name", "StringEquals": "x", "Next": "N"}"#),
            "name is \"x\""
        );
        assert_eq!(
            label_of(r#"{"Variable": "$['a b']", "IsPresent": false}"#),
            "a b is missing"
        );
        assert_eq!(
            label_of(r#"{"Not": {"Variable": "$ok", "BooleanEquals": true}}"#),
            "not (ok is true)"
        );
    }

    #[test]
    fn a_condition_is_shown_without_its_braces_and_not_too_long() {
        assert_eq!(
            label_of(r#"{"Condition": "{% $states.input.score >= 0.85 %}"}"#),
            "score >= 0.85"
        );
        let long = label_of(&format!(
            r#"{{"Condition": "{{% {} %}}"}}"#,
            "x and ".repeat(50)
        ));
        assert!(long.ends_with('…') && long.chars().count() <= LONGEST);
    }

    #[test]
    fn catchers_say_what_they_catch() {
        assert_eq!(
            label_of_catcher(r#"{"ErrorEquals": ["States.ALL"]}"#),
            "any error"
        );
        assert_eq!(
            label_of_catcher(r#"{"ErrorEquals": ["States.Timeout"]}"#),
            "after a timeout"
        );
        assert_eq!(
            label_of_catcher(r#"{"ErrorEquals": ["BadData", "States.Timeout"]}"#),
            "BadData, a timeout"
        );
    }
}
