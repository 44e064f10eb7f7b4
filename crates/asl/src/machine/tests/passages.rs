use super::*;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn begun(definition: &Value, input: &str) -> Bench {
    let mut bench = Bench::new(definition, input);
    bench.execution.observe(true);
    bench.take(Input::Start);
    bench
}

impl Bench {
    /// What it came through, with the names of the states.
    fn came_through(&self) -> Vec<String> {
        let passages = self.passages.iter().map(|passage| {
            let state = self.machine.state(passage.state).unwrap();
            let through = match &passage.through {
                Through::Failure(failure) => format!("Failure({:?})", failure.error),
                through => format!("{through:?}"),
            };
            format!("{} {through}", state.name)
        });
        passages.collect()
    }
}

#[test]
fn a_choice_says_which_of_two_rules_with_one_target_it_took() {
    let rule = |value: u32| json!({"Variable": "$.n", "NumericEquals": value, "Next": "S"});
    let choice = json!({"Type": "Choice", "Choices": [rule(1), rule(2)], "Default": "S"});
    let definition = machine("C", json!({"C": choice, "S": {"Type": "Succeed"}}));
    let taken = |input: &str| begun(&definition, input).came_through();
    assert_eq!(taken(r#"{"n": 2}"#), ["C Entry", "C Rule(1)", "S Entry"]);
    assert_eq!(taken(r#"{"n": 3}"#), ["C Entry", "C Default", "S Entry"]);
}

#[test]
fn a_failure_comes_through_its_retrier_and_then_its_catcher() {
    let retry = json!([
        {"ErrorEquals": ["Other"]},
        {"ErrorEquals": ["Busy"], "MaxAttempts": 1}
    ]);
    let catch = json!([{"ErrorEquals": ["Other"], "Next": "S"}, {"ErrorEquals": ["States.ALL"], "Next": "S"}]);
    let task =
        json!({"Type": "Task", "Resource": FUNCTION, "Retry": retry, "Catch": catch, "End": true});
    let definition = machine("T", json!({"T": task, "S": {"Type": "Succeed"}}));
    let mut bench = begun(&definition, "{}");
    bench.fail("Busy");
    bench.fire();
    bench.fail("Busy");
    let failure = "T Failure(Some(\"Busy\"))";
    assert_eq!(
        bench.came_through(),
        [
            "T Entry",
            failure,
            "T Retrier(1)",
            failure,
            "T Catcher(1)",
            "S Entry"
        ]
    );
}

#[test]
fn nothing_is_noted_for_a_caller_that_does_not_observe() {
    let bench = Bench::started(&machine("S", json!({"S": {"Type": "Succeed"}})), "{}");
    assert_eq!(bench.passages, []);
}
