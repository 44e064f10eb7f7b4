//! Reference paths: they lead to one place, which can also be written (asl-rules 4).

use super::budget::{MAX_VALUE_DEPTH, check_depth};
use super::path::Path;
use super::path::ast::Step;
use super::{ParseError, QueryError, Scope};
use crate::text::{Pointer, Step as PointerStep};
use serde_json::{Map, Value};

/// A path to one place, which can also be written (`ResultPath`).
#[derive(Debug, Clone, PartialEq)]
pub struct ReferencePath {
    path: Path,
    steps: Vec<Place>,
}

/// One step to a place.
#[derive(Debug, Clone, PartialEq)]
enum Place {
    Name(String),
    Index(usize),
}

impl ReferencePath {
    /// Reads a reference path: one node, no wildcards, filters, slices or descent.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let path = Path::parse(text)?;
        let steps: Option<Vec<_>> = path.steps().iter().map(place).collect();
        match steps {
            Some(steps) if steps.len() < MAX_VALUE_DEPTH => Ok(Self { path, steps }),
            Some(_) => Err(ParseError {
                offset: 0,
                message: format!("The path has {MAX_VALUE_DEPTH} steps or more"),
            }),
            None => Err(ParseError {
                offset: offence(text),
                message: not_single(text),
            }),
        }
    }

    /// Whether a path is a reference path.
    pub(crate) fn fits(path: &Path) -> bool {
        path.steps().len() < MAX_VALUE_DEPTH && path.steps().iter().all(is_place)
    }

    /// The path, as written.
    pub fn text(&self) -> &str {
        self.path.text()
    }

    /// The same as a path.
    pub fn as_path(&self) -> &Path {
        &self.path
    }

    /// Whether it leads into `$`: `ResultPath` may neither write the context object nor a variable.
    pub fn is_in_input(&self) -> bool {
        self.path.variable().is_none() && !self.path.reads_context()
    }

    /// The way to the place in the document that the path leads into.
    pub fn pointer(&self) -> Pointer {
        let steps = self.steps.iter().map(|step| match step {
            Place::Name(name) => PointerStep::Key(name.as_str().into()),
            Place::Index(index) => PointerStep::Index(*index),
        });
        Pointer(steps.collect())
    }

    /// The value there.
    pub fn eval(&self, scope: &Scope<'_>) -> Result<Value, QueryError> {
        self.path.eval(scope)
    }

    /// `document` with `value` set there, missing parents made (ResultPath). A new key goes to the end, an old one keeps
    /// its place. Arrays do not grow; nothing is set inside a scalar.
    pub fn set(&self, document: Value, value: Value) -> Result<Value, QueryError> {
        let mismatch = || QueryError::ResultPathMatch {
            path: self.text().to_owned(),
        };
        if !self.is_in_input() {
            return Err(mismatch());
        }
        let mut document = document;
        *slot(&mut document, &self.steps).ok_or_else(mismatch)? = value;
        check_depth(&document)?;
        Ok(document)
    }
}

fn place(step: &Step) -> Option<Place> {
    match step {
        Step::Name(name) => Some(Place::Name(name.clone())),
        step => single_index(step).map(Place::Index),
    }
}

fn is_place(step: &Step) -> bool {
    matches!(step, Step::Name(_)) || single_index(step).is_some()
}

/// The index of a step that goes to one element, counted from the front.
fn single_index(step: &Step) -> Option<usize> {
    match step {
        Step::Indices(indices) => match indices[..] {
            [index] => usize::try_from(index).ok(),
            _ => None,
        },
        Step::Name(_)
        | Step::Names(_)
        | Step::Slice { .. }
        | Step::Wildcard
        | Step::Descent
        | Step::Filter(_)
        | Step::Call(..) => None,
    }
}

/// The place itself, parents made on the way.
fn slot<'d>(document: &'d mut Value, steps: &[Place]) -> Option<&'d mut Value> {
    let mut at = document;
    for (index, step) in steps.iter().enumerate() {
        at = match (step, at) {
            (Place::Name(name), Value::Object(members)) => {
                let make = || match steps.get(index + 1) {
                    Some(Place::Name(_)) => Value::Object(Map::new()),
                    Some(Place::Index(_)) | None => Value::Null,
                };
                members.entry(name.as_str()).or_insert_with(make)
            }
            (Place::Index(index), Value::Array(items)) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(at)
}

/// Where the first step stands that a reference path may not have: the longest beginning that is one ends there.
fn offence(text: &str) -> usize {
    let ends = text
        .char_indices()
        .map(|(index, c)| index + c.len_utf8())
        .filter(|&end| end <= 4_096);
    let is_reference = |end: &usize| {
        Path::parse(&text[..*end]).is_ok_and(|path| path.steps().iter().all(is_place))
    };
    ends.rev().find(is_reference).unwrap_or(0)
}

fn not_single(text: &str) -> String {
    format!(
        "\"{text}\" is not a reference path: it must lead to one place, without \"*\", \"..\", filters, slices or lists"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn set(path: &str, document: Value, value: Value) -> Result<Value, QueryError> {
        ReferencePath::parse(path).unwrap().set(document, value)
    }

    #[test]
    fn missing_parents_are_made() {
        assert_eq!(
            set("$.a.b.c", json!({"x": 1}), json!(2)).unwrap(),
            json!({"x": 1, "a": {"b": {"c": 2}}})
        );
    }

    #[test]
    fn a_replaced_key_keeps_its_place_and_a_new_one_goes_to_the_end() {
        let text = |path: &str| {
            set(path, json!({"a": 1, "b": 2}), json!(9))
                .unwrap()
                .to_string()
        };
        assert_eq!(text("$.a"), r#"{"a":9,"b":2}"#);
        assert_eq!(text("$.c"), r#"{"a":1,"b":2,"c":9}"#);
    }

    #[test]
    fn arrays_are_written_within_their_bounds_only() {
        assert_eq!(
            set("$.a[1]", json!({"a": [1, 2]}), json!(9)).unwrap(),
            json!({"a": [1, 9]})
        );
        for (path, document) in [
            ("$.a[2]", json!({"a": [1, 2]})),
            ("$.a[0]", json!({})),
            ("$[0]", json!({})),
        ] {
            assert!(
                matches!(
                    set(path, document, json!(9)),
                    Err(QueryError::ResultPathMatch { .. })
                ),
                "{path}"
            );
        }
    }

    #[test]
    fn nothing_is_set_inside_a_scalar() {
        for document in [json!(1), json!("x"), json!(null), json!([1])] {
            assert!(matches!(
                set("$.a", document, json!(9)),
                Err(QueryError::ResultPathMatch { .. })
            ));
        }
        assert!(set("$.a.b", json!({"a": 1}), json!(9)).is_err());
    }

    #[test]
    fn the_whole_document_is_replaced_by_the_root() {
        assert_eq!(set("$", json!({"a": 1}), json!(9)).unwrap(), json!(9));
    }

    #[test]
    fn the_context_object_and_variables_are_not_written() {
        assert!(set("$$.a", json!({}), json!(9)).is_err());
        assert!(set("$name", json!({}), json!(9)).is_err());
    }

    #[test]
    fn steps_to_many_places_are_refused_where_they_stand() {
        for (path, offset) in [
            ("$.a[*].b", 3),
            ("$..a", 1),
            ("$.a[0,1]", 3),
            ("$.a[1:]", 3),
            ("$.a[?(@.b)]", 3),
            ("$.a[-1]", 3),
        ] {
            assert_eq!(
                ReferencePath::parse(path).unwrap_err().offset,
                offset,
                "{path}"
            );
        }
    }

    #[test]
    fn escaped_characters_belong_to_the_name() {
        let written = set(r"$.store\.book.foo\@bar", json!({}), json!(1)).unwrap();
        assert_eq!(written, json!({"store.book": {"foo@bar": 1}}));
    }

    proptest! {
        #[test]
        fn what_was_set_is_read_back(names in prop::collection::vec("[^\\x00-\\x1f]{1,6}", 1..6), value in 0i64..1000) {
            let quoted: String = names.iter().map(|n| format!("['{}']", n.replace('\\', "\\\\").replace('\'', "\\'"))).collect();
            let path = ReferencePath::parse(&format!("${quoted}")).unwrap();
            let document = path.set(json!({"other": true}), json!(value)).unwrap();
            let variables = indexmap::IndexMap::new();
            let scope = Scope { input: &document, context: &Value::Null, variables: &variables };
            prop_assert_eq!(path.eval(&scope).unwrap(), json!(value));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
            let _ = ReferencePath::parse(&text);
        }
    }
}
