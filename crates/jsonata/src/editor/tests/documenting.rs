//! Words about functions, and examples that are true.

use crate::editor::examples::EXAMPLES;
use crate::editor::{Sample, all_functions, documentation, signature_help};
use crate::evaluate::{Environment, FixedHost, Profile};
use crate::functions::ALL;
use crate::{Expression, Value};

fn environment(profile: Profile) -> Environment<'static> {
    match profile {
        Profile::Reference => Environment::new(),
        Profile::Aws => Environment::aws(),
    }
}

#[test]
fn every_function_has_an_example_and_every_example_a_function() {
    for builtin in &ALL {
        assert!(
            EXAMPLES.iter().any(|example| example.name == builtin.name),
            "{}",
            builtin.name
        );
    }
    for example in &EXAMPLES {
        assert!(
            ALL.iter().any(|builtin| builtin.name == example.name),
            "{}",
            example.name
        );
        assert!(
            example.expression.contains(&format!("${}(", example.name)),
            "{}",
            example.name
        );
    }
}

#[test]
fn every_example_gives_what_it_says() {
    for profile in [Profile::Reference, Profile::Aws] {
        for doc in all_functions(profile) {
            let expression = Expression::parse(doc.example).unwrap();
            let environment = environment(profile);
            let result =
                expression.evaluate(Value::Undefined, &environment, &mut FixedHost::default());
            let result = result.unwrap_or_else(|error| panic!("{}: {error}", doc.example));
            assert_eq!(
                result.to_json().unwrap().to_string(),
                doc.gives,
                "{}",
                doc.example
            );
        }
    }
}

#[test]
fn the_documentation_depends_on_the_profile() {
    assert_eq!(
        documentation("substring", Profile::Aws).unwrap().signature,
        "$substring(text, start, length?)"
    );
    assert_eq!(
        documentation("substring", Profile::Aws).unwrap().result,
        "a text"
    );
    assert!(documentation("eval", Profile::Aws).is_none());
    assert_eq!(
        documentation("random", Profile::Aws).unwrap().parameters,
        "seed?"
    );
}

/// The parameter that is being written at `|`.
fn active(marked: &str) -> Option<String> {
    let cursor = marked.find('|').unwrap();
    let help = signature_help(&marked.replacen('|', "", 1), cursor, &Sample::default())?;
    let parameter = help
        .parameters
        .get(help.active)
        .map(|range| help.label[range.clone()].to_owned());
    Some(parameter.unwrap_or_else(|| "none".to_owned()))
}

#[test]
fn help_says_which_argument_is_being_written() {
    assert_eq!(active("$substring(|").as_deref(), Some("text"));
    assert_eq!(active("$substring(a, |)").as_deref(), Some("start"));
    assert_eq!(
        active("$substring(a, $f(1, 2), 'b|").as_deref(),
        Some("length?")
    );
    assert_eq!(active("$substring(a, 1, 2, |)").as_deref(), Some("none"));
    assert_eq!(active("$sum([1, {'a': 2, 'b': |").as_deref(), Some("array"));
    assert_eq!(active("$zip(a, b, c, d, |)").as_deref(), Some("…"));
}

#[test]
fn help_counts_what_a_chain_gives() {
    assert_eq!(active("text ~> $substring(|").as_deref(), Some("start"));
}

#[test]
fn help_knows_functions_of_the_text() {
    assert_eq!(
        active("($f := function($a, $b) { $a }; $f(1, |").as_deref(),
        Some("$b")
    );
}

#[test]
fn help_ends_where_a_function_begins_and_a_call_ends() {
    assert_eq!(active("$map(a, function($v) { |"), None);
    assert_eq!(active("$sum(a)|"), None);
    assert_eq!(active("$unknown(|"), None);
}
