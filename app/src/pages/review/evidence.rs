//! Evidence as a plain table: any JSON becomes rows of a label and a readable value, inner objects as rows below.
//!
//! Reviewers see words and figures, never JSON: keys become labels, numbers are grouped, yes and no replace booleans.

use crate::api::wire::Evidence;
use crate::pages::words::grouped;
use crate::text::pages::review as says;
use serde_json::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep it lies.
    pub depth: usize,
    /// What it is.
    pub label: String,
    /// Its value; none for a row that only heads the ones below.
    pub value: Option<Cell>,
}

/// A readable value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A figure, right-aligned.
    Figure(String),
    /// Words.
    Words(String),
    /// A web address that can be opened.
    Link(String),
    /// Nothing was given.
    Nothing,
}

/// Deeper values are summed up in one line.
const DEEPEST: usize = 4;
/// More elements than these are counted, not listed.
const LONGEST: usize = 50;

/// The rows of a review's evidence.
pub fn rows(evidence: &[Evidence]) -> Vec<Row> {
    let mut rows = Vec::new();
    for item in evidence {
        add(&mut rows, 0, item.label.clone(), &item.value);
    }
    rows
}

fn add(rows: &mut Vec<Row>, depth: usize, label: String, value: &Value) {
    match value {
        Value::Object(members) if !members.is_empty() && depth < DEEPEST => {
            rows.push(Row {
                depth,
                label,
                value: None,
            });
            for (key, inner) in members {
                add(rows, depth + 1, label_of(key), inner);
            }
        }
        Value::Array(items) if items.iter().any(is_group) && depth < DEEPEST => {
            rows.push(Row {
                depth,
                label,
                value: None,
            });
            for (i, inner) in items.iter().take(LONGEST).enumerate() {
                add(rows, depth + 1, (i + 1).to_string(), inner);
            }
            if items.len() > LONGEST {
                let more = says::more(items.len() - LONGEST);
                rows.push(Row {
                    depth: depth + 1,
                    label: more,
                    value: None,
                });
            }
        }
        _ => rows.push(Row {
            depth,
            label,
            value: Some(cell(value)),
        }),
    }
}

fn is_group(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Nothing,
        Value::Bool(true) => Cell::Words(says::YES.to_owned()),
        Value::Bool(false) => Cell::Words(says::NO.to_owned()),
        Value::Number(number) => Cell::Figure(figure(number)),
        Value::String(text) => words(text),
        Value::Array(items) if items.is_empty() => Cell::Nothing,
        Value::Array(items) => Cell::Words(
            items
                .iter()
                .take(LONGEST)
                .map(inline)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Value::Object(members) if members.is_empty() => Cell::Nothing,
        Value::Object(members) => {
            let parts = members
                .iter()
                .map(|(k, v)| format!("{}: {}", label_of(k), inline(v)));
            Cell::Words(parts.collect::<Vec<_>>().join(", "))
        }
    }
}

fn inline(value: &Value) -> String {
    match cell(value) {
        Cell::Figure(text) | Cell::Words(text) | Cell::Link(text) => text,
        Cell::Nothing => says::NONE.to_owned(),
    }
}

fn words(text: &str) -> Cell {
    if text.trim().is_empty() {
        Cell::Nothing
    } else if text.starts_with("https://") || text.starts_with("http://") {
        Cell::Link(text.to_owned())
    } else if let Some(short) = resource_name(text) {
        Cell::Words(short)
    } else {
        Cell::Words(text.to_owned())
    }
}

/// The part of a resource's long identifier that a person recognises: `arn:aws:sagemaker:…:model/fraud-7` gives "fraud-7".
fn resource_name(text: &str) -> Option<String> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let resource = parts.nth(4)?;
    resource
        .rsplit(['/', ':'])
        .find(|p| !p.is_empty())
        .map(str::to_owned)
}

/// "84,200", "0.8712", "−3.5"; at most four decimals, none invented.
pub fn figure(number: &serde_json::Number) -> String {
    if let Some(whole) = number.as_i64() {
        return grouped(whole);
    }
    let Some(value) = number.as_f64() else {
        return number.to_string();
    };
    if value != 0.0 && value.abs() < 0.0001 || value.abs() >= 1e15 {
        return number.to_string();
    }
    let text = format!("{:.4}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let sign = if value < 0.0 { "−" } else { "" };
    let whole = whole
        .parse::<i64>()
        .map_or_else(|_| whole.to_owned(), grouped);
    if decimals.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{decimals}")
    }
}

/// A key as a label: `validation_score` and `validationScore` give "Validation score"; "F1 score" stays.
pub fn label_of(key: &str) -> String {
    if key.contains(' ') {
        return key.to_owned();
    }
    let mut out = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for c in key.chars() {
        let c = if matches!(c, '_' | '-') { ' ' } else { c };
        if c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn table(label: &str, value: Value) -> Vec<(usize, String, Option<Cell>)> {
        let evidence = [Evidence {
            label: label.to_owned(),
            value,
        }];
        rows(&evidence)
            .into_iter()
            .map(|r| (r.depth, r.label, r.value))
            .collect()
    }

    fn figure_of(value: f64) -> String {
        figure(&serde_json::Number::from_f64(value).expect("finite"))
    }

    #[test]
    fn numbers_are_grouped_and_keep_four_decimals() {
        assert_eq!(figure_of(0.871_23), "0.8712");
        assert_eq!(figure_of(-41_300.5), "−41,300.5");
        assert_eq!(figure_of(12.0), "12");
        assert_eq!(figure(&84_200.into()), "84,200");
        assert_eq!(figure_of(0.000_01), "0.00001");
    }

    #[test]
    fn keys_become_labels() {
        assert_eq!(label_of("validation_score"), "Validation score");
        assert_eq!(label_of("modelName"), "Model name");
        assert_eq!(label_of("F1 score"), "F1 score");
        assert_eq!(label_of("AUC"), "AUC");
    }

    #[test]
    fn inner_objects_become_rows_below_their_heading() {
        let got = table("Scores", json!({"train_auc": 0.91, "test": {"auc": 0.88}}));
        let wanted = vec![
            (0, "Scores".to_owned(), None),
            (
                1,
                "Train auc".to_owned(),
                Some(Cell::Figure("0.91".to_owned())),
            ),
            (1, "Test".to_owned(), None),
            (2, "Auc".to_owned(), Some(Cell::Figure("0.88".to_owned()))),
        ];
        assert_eq!(got, wanted);
    }

    #[test]
    fn a_list_of_plain_values_is_one_line() {
        let got = table("Regions", json!(["north", 3, null]));
        assert_eq!(got[0].2, Some(Cell::Words("north, 3, none".to_owned())));
    }

    #[test]
    fn long_identifiers_are_cut_to_the_part_that_people_know() {
        let got = table(
            "Model",
            json!("arn:aws:sagemaker:eu-west-1:123456789012:model/fraud-7"),
        );
        assert_eq!(got[0].2, Some(Cell::Words("fraud-7".to_owned())));
    }

    #[test]
    fn no_value_shows_braces_or_quotes() {
        let deep = json!({"a": {"b": {"c": {"d": {"e": {"f": [1, {"g": true}]}}}}}});
        for (_, _, value) in table("Deep", deep) {
            if let Some(Cell::Words(text)) = value {
                assert!(!text.contains(['{', '}', '"', '[']), "{text}");
            }
        }
    }
}
