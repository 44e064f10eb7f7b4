//! Nesting without end, in whatever can be nested: it ends in an error and never exhausts the stack, natively on a thread's 2 MiB and as WebAssembly
//! on 1 MiB.

use asl::check::{MachineType, check};
use asl::definition::StateMachine;
use asl::dry_run::{DryRun, Options, Status, mocks::Case, mocks::MockConfig};
use asl::graph::Outline;
use asl::machine::Finish;
use asl::policy;
use asl::query::{Intrinsic, Path, ReferencePath, Template};
use asl::template;
use asl::text::{Document, Format, MAX_DEPTH, Pointer};
use serde_json::{Value, json};
use std::sync::Arc;

/// Levels that no input may have, and so many that even a small frame for each would be too much.
const LEVELS: [usize; 2] = [1_001, 100_000];

/// `open` again and again, something in the middle, and as many `close`.
fn nested(open: &str, middle: &str, close: &str, levels: usize) -> String {
    format!("{}{middle}{}", open.repeat(levels), close.repeat(levels))
}

/// A value that is nested as deeply as a text may be, or as a test needs it.
fn value(levels: usize) -> Value {
    (0..levels).fold(Value::Null, |inner, _| json!([inner]))
}

fn is_refused(definition: &str) -> bool {
    let document = Document::parse(definition);
    // A finding is not asked for here: how deep AWS lets rules and templates be is not known.
    let _ = (
        check(&document, MachineType::Standard),
        Outline::of(&document),
    );
    StateMachine::build(&document).is_err()
}

/// The error with which a definition ends on an input; none when it succeeds.
fn error_of(definition: &Value, input: &str) -> Option<String> {
    let document = Document::parse(definition.to_string());
    let _ = check(&document, MachineType::Standard);
    let machine = StateMachine::build(&document).expect("the definition can be run");
    let options = Options {
        start_ms: 0,
        seed: 1,
        machine_name: "m".to_owned(),
        max_steps: 10_000,
    };
    let mut run = DryRun::new(
        Arc::new(machine),
        Arc::from(input),
        Case::default(),
        options,
    );
    match run.run(&|_| false) {
        Status::Finished(Finish::Failed { error, .. }) => Some(error.unwrap_or_default()),
        Status::Finished(Finish::Succeeded { .. }) => None,
        other => panic!("it should be over: {other:?}"),
    }
}

fn pass(fields: Value) -> Value {
    let mut state = json!({"Type": "Pass", "End": true});
    if let (Value::Object(state), Value::Object(fields)) = (&mut state, fields) {
        state.extend(fields);
    }
    json!({"StartAt": "A", "States": {"A": state}})
}

fn jsonata(expression: &str) -> Value {
    pass(json!({"QueryLanguage": "JSONata", "Output": format!("{{% {expression} %}}")}))
}

fn a_text_that_is_nested_too_deeply_is_faulty() {
    for levels in LEVELS {
        for text in [
            nested("[", "1", "]", levels),
            nested("{\"a\":", "1", "}", levels),
            nested("[", "", "", levels),
            nested("{\"a\": [", "", "", levels),
            nested("", "", "]}", levels),
        ] {
            let document = Document::parse(text.as_str());
            assert!(!document.faults().is_empty(), "{levels} levels");
            assert!(!check(&document, MachineType::Standard).is_empty());
            assert!(StateMachine::build(&document).is_err());
        }
    }
}

fn a_yaml_text_that_is_nested_too_deeply_is_faulty() {
    for levels in LEVELS {
        for text in [
            nested("[", "1", "]", levels),
            nested("{a: ", "1", "}", levels),
            nested("- ", "1", "", levels),
            nested("? ", "1", "", levels),
            nested("[", "", "", levels),
        ] {
            let document = Document::parse_yaml(text.as_str());
            assert!(!document.faults().is_empty(), "{levels} levels");
            assert!(StateMachine::build(&document).is_err());
        }
    }
    // Each level is indented by one more blank, so that the text grows with the square of its depth.
    let maps: String = (0..1_001)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert!(!Document::parse_yaml(maps).faults().is_empty());
}

/// A text that is just not too deep can be read, compared, copied, shown, changed and dropped.
fn the_deepest_text_can_be_read_compared_shown_and_changed() {
    let text = nested("{\"a\": [", "1", "]}", MAX_DEPTH / 2);
    let document = Document::parse(text.as_str());
    assert_eq!(document.faults(), []);
    let copy = document.root().cloned();
    assert_eq!(copy.as_ref(), document.root());
    assert!(format!("{copy:?}").contains("Object(1 members)"));
    let inner = document.root().and_then(asl::text::Node::to_value);
    assert_eq!(
        inner
            .as_ref()
            .map(ToString::to_string)
            .map(|text| text.len()),
        Some(text.replace(' ', "").len())
    );
    let (pointer, _) = document
        .at_offset(text.len() / 2)
        .expect("something stands there");
    let edits = document
        .set(&pointer, &json!(2), None)
        .expect("it can be changed");
    let changed = document.apply(&edits).expect("it can be changed");
    assert_eq!(changed.faults(), []);
    assert!(
        changed
            .set(&Pointer::default(), &inner.unwrap_or_default(), None)
            .is_ok()
    );
}

fn deep_templates_of_sam_and_deep_arguments_are_read_and_written() {
    let deep = nested("{\"a\": [", "1", "]}", 480);
    let definition = Document::parse(format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {deep}, "End": true}}}}}}"#
    ));
    let policy = policy::derive(&definition, &policy::Subject::default());
    assert_eq!(policy.statements.len(), 1);
    assert_eq!(template::candidates(&definition), []);
    for format in [Format::Json, Format::Yaml] {
        let deployment = template::Deployment::default();
        let dialect = template::Dialect::Serverless;
        let text =
            template::write(&definition, &deployment, dialect, format).expect("it is written");
        assert_eq!(template::read(&text).machines.len(), 1);
    }
    for levels in LEVELS {
        let sub = nested("{\"Fn::Sub\": [\"x\", {\"x\": ", "1", "}]}", levels);
        let text = format!(
            r#"{{"Resources": {{"M": {{"Type": "AWS::Serverless::StateMachine", "Properties": {{"Name": {sub}}}}}}}}}"#
        );
        assert!(!template::read(&text).faults.is_empty());
    }
}

fn blocks_inside_blocks_without_end_are_refused() {
    for levels in LEVELS {
        let block = |open: &str, close: &str| {
            let open = format!("{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"End\":true,{open}");
            let inner = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}";
            nested(&open, inner, &format!("{close}}}}}}}"), levels)
        };
        for (open, close) in [
            ("\"Type\":\"Parallel\",\"Branches\":[", "]"),
            ("\"Type\":\"Map\",\"ItemProcessor\":", ""),
        ] {
            assert!(is_refused(&block(open, close)), "{levels} levels of {open}");
        }
    }
    // Few enough for the text, too many for a machine.
    let open =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":";
    assert!(is_refused(&nested(open, "{}", "}}}", 200)));
}

fn rules_inside_rules_without_end_are_refused() {
    for levels in [101, 300, 1_001, 100_000] {
        for (open, close) in [
            ("{\"Not\":", "}"),
            ("{\"And\":[", "]}"),
            ("{\"Or\":[", "]}"),
        ] {
            let rule = nested(
                open,
                "{\"Variable\":\"$.a\",\"IsNull\":true}",
                close,
                levels,
            );
            let rule = format!(
                "{},\"Next\":\"B\"}}",
                rule.strip_suffix('}').unwrap_or_default()
            );
            let definition = format!(
                "{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Choice\",\"Choices\":[{rule}]}},\"B\":{{\"Type\":\"Succeed\"}}}}}}"
            );
            assert!(is_refused(&definition), "{levels} levels of {open}");
        }
    }
}

fn deep_inputs_and_sample_results_are_refused() {
    for levels in [121, 1_001, 100_000] {
        let deep = nested("[", "", "]", levels);
        assert_eq!(
            error_of(&pass(json!({})), &deep).as_deref(),
            Some("States.Runtime")
        );
        let text = json!({"text": deep}).to_string();
        let read = pass(json!({"Parameters": {"x.$": "States.StringToJson($.text)"}}));
        assert!(error_of(&read, &text).is_some(), "{levels} levels");
        assert!(
            error_of(&jsonata("$parse($states.input.text)"), &text).is_some(),
            "{levels} levels"
        );
    }
    for levels in LEVELS {
        let deep = nested("[", "", "]", levels);
        let mocks = json!({"StateMachines": {}, "MockedResponses": {"r": {"0": {"Return": 0}}}})
            .to_string();
        assert!(
            MockConfig::parse(&mocks.replace(":0}", &format!(":{deep}}}"))).is_err(),
            "{levels} levels"
        );
    }
    let deep = pass(json!({"Result": value(900)}));
    assert!(is_refused(&deep.to_string()));
}

fn a_deep_result_of_a_task_fails_the_execution() {
    use asl::machine::{Effect, Execution, Input, Moment, step};
    let definition = json!({"StartAt": "A", "States": {"A": {
        "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true
    }}});
    let machine =
        StateMachine::build(&Document::parse(definition.to_string())).expect("it can be run");
    for levels in [121, 1_001, 100_000] {
        let text = |name: &str| name.to_owned();
        let identity = asl::machine::Identity {
            execution_arn: text("e"),
            execution_name: text("e"),
            machine_arn: text("m"),
            machine_name: text("m"),
            role_arn: text("r"),
            region: text("us-east-1"),
            alias_arn: None,
            version_arn: None,
            trace_header: None,
        };
        let mut execution = Execution::new(&machine, identity, Arc::from("{}"));
        let moment = Moment {
            now_ms: 0,
            entropy: [0; 32],
        };
        let first = step(&machine, &mut execution, Input::Start, moment);
        let task = first.effects.iter().find_map(|effect| match effect {
            Effect::Schedule(request) => Some(request.task),
            _ => None,
        });
        let output = Arc::from(nested("{\"a\":", "1", "}", levels));
        let answer = Input::TaskSucceeded {
            task: task.expect("a task is asked for"),
            output,
        };
        step(&machine, &mut execution, answer, moment);
        assert!(
            matches!(execution.finish(), Some(Finish::Failed { .. })),
            "{levels} levels"
        );
    }
}

fn paths_and_functions_without_end_are_refused() {
    for levels in LEVELS {
        for (open, middle, close) in [
            ("$[?(@.a == ", "1", ")]"),
            ("$[?(", "@.a", ")]"),
            ("$[?((", "@.a", "))]"),
            ("$[?(!", "@.a", ")]"),
            ("$.a[?(@.b in [", "1", "])]"),
            ("$.concat(", "$.a", ")"),
            ("$[?(@.a[?(", "@.b", ")])]"),
        ] {
            assert!(
                Path::parse(&nested(open, middle, close, levels)).is_err(),
                "{open} {levels}"
            );
        }
        for inner in ["(", "!", "[", "@[?("] {
            assert!(
                Path::parse(&format!("$[?({}", inner.repeat(levels))).is_err(),
                "{inner} {levels}"
            );
        }
        let groups = nested("(", "a", ")", levels);
        assert!(
            Path::parse(&format!("$[?(@.a =~ /{groups}/)]")).is_err(),
            "{levels}"
        );
        assert!(Intrinsic::parse(&nested("States.Array(", "1", ")", levels)).is_err());
        assert!(Intrinsic::parse(&"States.Array(".repeat(levels)).is_err());
        assert!(ReferencePath::parse(&format!("${}", ".a".repeat(levels))).is_err());
    }
    // Steps are no nesting, but what they write is.
    let path = format!("${}", ".a".repeat(900));
    assert_eq!(
        error_of(&pass(json!({"Result": 1, "ResultPath": path})), "{}").as_deref(),
        Some("States.Runtime")
    );
    assert_eq!(
        error_of(&pass(json!({"InputPath": path})), "{}").as_deref(),
        Some("States.Runtime")
    );
}

fn deep_templates_and_values_are_refused() {
    let deep = (0..900).fold(json!({"x.$": "$"}), |inner, _| json!({"a": inner}));
    assert!(Template::parse(&deep).is_err());
    for field in ["Parameters", "Assign"] {
        assert!(
            is_refused(&pass(json!({(field): deep})).to_string()),
            "{field}"
        );
    }
    let plain = value(900);
    assert!(is_refused(&pass(json!({"Parameters": plain})).to_string()));
    let lists = (0..900).fold(json!("{% 1 %}"), |inner, _| json!([inner]));
    for field in ["Output", "Assign"] {
        let state = json!({"QueryLanguage": "JSONata", (field): {"v": lists}});
        assert!(is_refused(&pass(state).to_string()), "{field}");
    }
}

fn expressions_without_end_fail_the_state() {
    for levels in LEVELS {
        for (open, middle, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("{'a':", "1", "}"),
            ("-", "1", ""),
            ("$not(", "true", ")"),
            ("true ? ", "1", " : 2"),
            ("function($x){", "1", "}"),
            ("a[", "1", "]"),
            ("/", "(", "/"),
        ] {
            let expression = nested(open, middle, close, levels);
            assert!(
                error_of(&jsonata(&expression), "{}").is_some(),
                "{open} {levels}"
            );
        }
        assert!(error_of(&jsonata(&"(".repeat(levels)), "{}").is_some());
        let groups = nested("(", "a", ")", levels);
        assert!(
            error_of(&jsonata(&format!("$match('a', /{groups}/)")), "{}").is_some(),
            "{levels}"
        );
        let recursion =
            format!("($f := function($n) {{ $n = 0 ? 0 : 1 + $f($n - 1) }}; $f({levels}))");
        // A thousand calls are within the limits of JSONata.
        assert!(levels < 10_000 || error_of(&jsonata(&recursion), "{}").is_some());
        let growing = format!("$reduce([1..{levels}], function($a, $b) {{ [[$a]] }}, 0)");
        assert!(error_of(&jsonata(&growing), "{}").is_some(), "{levels}");
    }
}

fn a_value_that_grows_deeper_with_each_state_is_stopped() {
    for state in [
        json!({"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "A"}),
        json!({"Type": "Pass", "Parameters": {"a.$": "States.Array($)"}, "Next": "A"}),
        json!({"Type": "Pass", "Assign": {"v": {"a.$": "$v"}}, "Next": "A"}),
        json!({"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% [[$states.input]] %}", "Next": "A"}),
    ] {
        let begin = json!({"Type": "Pass", "Assign": {"v": 1}, "Next": "A"});
        let definition = json!({"StartAt": "B", "States": {"A": state, "B": begin}});
        assert!(error_of(&definition, "{}").is_some(), "{definition}");
    }
}

/// Makes each claim a test: natively on a small thread, and as WebAssembly.
macro_rules! on_small_stacks {
    ($($claim:ident),* $(,)?) => {
        #[cfg(not(target_family = "wasm"))]
        mod native {
            $(#[test] fn $claim() { super::on_small_thread(super::$claim); })*
        }
        #[cfg(target_family = "wasm")]
        mod web {
            $(#[wasm_bindgen_test::wasm_bindgen_test] fn $claim() { super::$claim(); })*
        }
    };
}

#[cfg(not(target_family = "wasm"))]
fn on_small_thread(claim: fn()) {
    const STACK: usize = 2 << 20;
    let thread = std::thread::Builder::new().stack_size(STACK);
    let done = thread.spawn(claim).expect("a thread starts").join();
    assert!(done.is_ok());
}

on_small_stacks! {
    a_text_that_is_nested_too_deeply_is_faulty,
    a_yaml_text_that_is_nested_too_deeply_is_faulty,
    the_deepest_text_can_be_read_compared_shown_and_changed,
    deep_templates_of_sam_and_deep_arguments_are_read_and_written,
    blocks_inside_blocks_without_end_are_refused,
    rules_inside_rules_without_end_are_refused,
    deep_inputs_and_sample_results_are_refused,
    a_deep_result_of_a_task_fails_the_execution,
    paths_and_functions_without_end_are_refused,
    deep_templates_and_values_are_refused,
    expressions_without_end_fail_the_state,
    a_value_that_grows_deeper_with_each_state_is_stopped,
}
