//! Definitions that are hard to draw: what people rarely write, and what a drawing must stand all the same.

use crate::random::Random;
use serde_json::{Map, Value, json};

/// A machine with any shape: `seed` decides on types, targets, catchers and nesting.
pub fn any(seed: u32) -> Value {
    let mut random = Random::new(seed);
    let wild = random.share();
    let count = random.between(1, 24);
    block(&mut random, "", count, 0, wild)
}

/// A block of states; the wilder, the more ways lead anywhere instead of on.
fn block(random: &mut Random, prefix: &str, count: usize, depth: usize, wild: f64) -> Value {
    let mut states = Map::new();
    for index in 0..count {
        let state = state(random, prefix, index, count, depth, wild);
        states.insert(name(prefix, index), state);
    }
    json!({ "StartAt": name(prefix, 0), "States": states })
}

fn name(prefix: &str, index: usize) -> String {
    match index % 7 {
        3 => format!(
            "State {prefix}{index} with a name of eighty characters, as long as AWS lets anybody write"
        ),
        _ => format!("State {prefix}{index}"),
    }
}

/// Where a way leads: on, a little further, or anywhere, also nowhere.
fn target(random: &mut Random, prefix: &str, index: usize, count: usize, wild: f64) -> String {
    if random.chance(0.02) {
        return "Nobody".to_owned();
    }
    let to = match random.share() {
        share if share < 0.4 * wild => random.below(count),
        share if share < 0.7 => index + 1,
        _ => index + random.between(1, 5),
    };
    name(prefix, to.min(count - 1))
}

fn state(
    random: &mut Random,
    prefix: &str,
    index: usize,
    count: usize,
    depth: usize,
    wild: f64,
) -> Value {
    let last = index + 1 == count;
    let mut to = |random: &mut Random| target(random, prefix, index, count, wild);
    let mut state = match random.below(13) {
        0 | 1 if !last => choice(random, &mut to),
        2 => return json!({ "Type": "Fail" }),
        3 => return json!({ "Type": "Succeed" }),
        4 | 5 if depth < 4 => {
            let branches = random.between(1, 3);
            let blocks: Vec<Value> = (0..branches)
                .map(|branch| {
                    inner(
                        random,
                        &format!("{prefix}{index}.{branch}."),
                        count,
                        depth,
                        wild,
                    )
                })
                .collect();
            json!({ "Type": "Parallel", "Branches": blocks })
        }
        6 if depth < 4 => {
            json!({ "Type": "Map", "ItemProcessor": inner(random, &format!("{prefix}{index}."), count, depth, wild) })
        }
        7 => json!({ "Type": "Pass" }),
        _ => json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke" }),
    };
    if state["Type"] == "Choice" {
        return state;
    }
    if state["Type"] != "Pass" && random.chance(0.4) {
        let catchers = if random.chance(0.2) {
            random.between(2, 6)
        } else {
            1
        };
        let catchers: Vec<Value> = (0..catchers)
            .map(|at| json!({ "ErrorEquals": [error(at)], "Next": to(random) }))
            .collect();
        state["Catch"] = Value::Array(catchers);
    }
    if last || random.chance(0.1) {
        state["End"] = Value::Bool(true);
    } else {
        state["Next"] = Value::String(to(random));
    }
    state
}

fn inner(random: &mut Random, prefix: &str, count: usize, depth: usize, wild: f64) -> Value {
    let most = (count / 2).clamp(1, 6);
    let count = if random.chance(0.05) {
        0
    } else {
        random.between(1, most)
    };
    if count == 0 {
        return json!({ "StartAt": "", "States": {} });
    }
    block(random, prefix, count, depth + 1, wild)
}

fn choice(random: &mut Random, to: &mut impl FnMut(&mut Random) -> String) -> Value {
    let rules = if random.chance(0.1) {
        30
    } else {
        random.between(1, 5)
    };
    let rules: Vec<Value> = (0..rules)
        .map(|rule| json!({ "Variable": "$.order.total", "NumericGreaterThan": rule * 100, "Next": to(random) }))
        .collect();
    let mut state = json!({ "Type": "Choice", "Choices": rules });
    if random.chance(0.8) {
        state["Default"] = Value::String(to(random));
    }
    state
}

fn error(at: usize) -> &'static str {
    [
        "States.ALL",
        "States.Timeout",
        "States.TaskFailed",
        "Payment.Declined",
        "Lambda.TooManyRequestsException",
        "Glue.ConcurrentRunsExceededException",
    ][at % 6]
}

/// The shapes that are hard for one reason each, with what they are.
pub fn authored() -> Vec<(&'static str, Value)> {
    vec![
        ("a Choice with 30 rules to 30 states", rules(30, 30)),
        ("a Choice with 30 rules to 3 states", rules(30, 3)),
        ("20 catchers to one handler", catchers(20)),
        ("20 states in a row with one handler", one_handler(20)),
        ("states that nothing leads to", unreachable()),
        ("ways that lead nowhere", dangling()),
        ("Parallel in Map in Parallel, 12 deep", deep(12)),
        ("a Parallel with 40 branches", wide(40)),
        ("a Choice that leads to itself", own_loop()),
        ("everything leads to everything", tangle(9)),
        ("long ways back", loops(12)),
    ]
}

fn pass(next: &str) -> Value {
    json!({ "Type": "Pass", "Next": next })
}

fn end() -> Value {
    json!({ "Type": "Pass", "End": true })
}

fn machine(start: &str, states: impl IntoIterator<Item = (String, Value)>) -> Value {
    json!({ "StartAt": start, "States": states.into_iter().collect::<Map<_, _>>() })
}

fn rules(rules: usize, targets: usize) -> Value {
    let list: Vec<Value> = (0..rules)
        .map(|at| json!({ "Variable": "$.kind", "StringEquals": format!("kind number {at}"), "Next": format!("Do {}", at % targets) }))
        .collect();
    let choice = json!({ "Type": "Choice", "Choices": list, "Default": "Do 0" });
    let first = [("Route".to_owned(), choice)];
    machine(
        "Route",
        first
            .into_iter()
            .chain((0..targets).map(|at| (format!("Do {at}"), end()))),
    )
}

fn caught(error: &str) -> Value {
    json!({ "ErrorEquals": [error], "Next": "Handle" })
}

fn guarded(catch: &[Value], next: &str) -> Value {
    json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": catch, "Next": next })
}

/// Where what is caught ends, and the rest.
fn ends() -> [(String, Value); 2] {
    let handle = json!({ "Type": "Fail" });
    [("Done".to_owned(), end()), ("Handle".to_owned(), handle)]
}

fn catchers(count: usize) -> Value {
    let catch: Vec<Value> = (0..count)
        .map(|at| caught(&format!("Orders.Fault{at}")))
        .collect();
    let work = [("Work 0".to_owned(), guarded(&catch, "Done"))];
    machine("Work 0", work.into_iter().chain(ends()))
}

/// A chain of `count` tasks, the errors of which all lead to one state.
pub fn one_handler(count: usize) -> Value {
    let next = |at: usize| match at + 1 < count {
        true => format!("Work {}", at + 1),
        false => "Done".to_owned(),
    };
    let catch = [caught("States.ALL")];
    let work = (0..count).map(|at| (format!("Work {at}"), guarded(&catch, &next(at))));
    machine("Work 0", work.chain(ends()))
}

fn unreachable() -> Value {
    let states = [
        ("A", pass("B")),
        ("B", end()),
        ("Lost", pass("B")),
        ("Alone", end()),
        ("Round", pass("Trip")),
        ("Trip", pass("Round")),
    ];
    machine("A", states.map(|(name, state)| (name.to_owned(), state)))
}

fn dangling() -> Value {
    let states = [
        ("A", pass("Nobody")),
        (
            "B",
            json!({ "Type": "Choice", "Choices": [], "Default": "A" }),
        ),
        ("C", json!({ "Type": "Task" })),
    ];
    machine(
        "Missing",
        states.map(|(name, state)| (name.to_owned(), state)),
    )
}

fn deep(levels: usize) -> Value {
    let mut block = machine("Core", [("Core".to_owned(), end())]);
    for level in 0..levels {
        let name = format!("Level {level}");
        let state = if level % 2 == 0 {
            json!({ "Type": "Map", "ItemProcessor": block, "Next": format!("After {level}"), "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": format!("Mend {level}") }] })
        } else {
            json!({ "Type": "Parallel", "Branches": [block, machine("Beside", [("Beside".to_owned(), end())])], "Next": format!("After {level}") })
        };
        let states = [
            (name.clone(), state),
            (format!("After {level}"), end()),
            (format!("Mend {level}"), pass(&format!("After {level}"))),
        ];
        block = machine(&name, states);
    }
    block
}

fn wide(branches: usize) -> Value {
    let blocks: Vec<Value> = (0..branches)
        .map(|at| {
            machine(
                "One",
                [
                    ("One".to_owned(), pass("Two")),
                    (
                        "Two".to_owned(),
                        if at % 3 == 0 { pass("Three") } else { end() },
                    ),
                    ("Three".to_owned(), end()),
                ],
            )
        })
        .collect();
    machine(
        "All",
        [(
            "All".to_owned(),
            json!({ "Type": "Parallel", "Branches": blocks, "End": true }),
        )],
    )
}

fn own_loop() -> Value {
    let choice = json!({ "Type": "Choice", "Default": "Ask", "Choices": [{ "Variable": "$.n", "NumericLessThan": 3, "Next": "Ask" }, { "Variable": "$.ok", "BooleanEquals": true, "Next": "Done" }] });
    let task = json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Work" }], "Next": "Ask" });
    machine(
        "Work",
        [
            ("Work".to_owned(), task),
            ("Ask".to_owned(), choice),
            ("Done".to_owned(), json!({ "Type": "Succeed" })),
        ],
    )
}

fn tangle(count: usize) -> Value {
    let states = (0..count).map(|at| {
        let rules: Vec<Value> = (0..count)
            .map(|to| json!({ "Variable": "$.to", "NumericEquals": to, "Next": format!("Knot {to}") }))
            .collect();
        (format!("Knot {at}"), json!({ "Type": "Choice", "Choices": rules }))
    });
    machine("Knot 0", states)
}

fn loops(count: usize) -> Value {
    let states = (0..count).map(|at| {
        let next = format!("Step {}", (at + 1).min(count - 1));
        let state = match at % 3 {
            0 if at + 1 < count => pass(&next),
            1 => json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": format!("Step {}", at / 2) }], "Next": next }),
            2 if at + 1 < count => json!({ "Type": "Choice", "Default": next, "Choices": [{ "Variable": "$.again", "BooleanEquals": true, "Next": format!("Step {}", at / 3) }] }),
            _ => end(),
        };
        (format!("Step {at}"), state)
    });
    machine("Step 0", states)
}
