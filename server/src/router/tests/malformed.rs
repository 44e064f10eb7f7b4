//! Malformed requests in great number: every operation, every member of its table, everything that is hard to read.
//!
//! The bodies follow from the tables of the operations, so an operation that is added is covered by its own table. All are the
//! same in every run. What a refusal says in particular is not judged here.

use super::{PASS, ROLE, Server, WAIT};
use crate::aws::{Member, Shape, targets};
use serde_json::{Map, Value, json};

/// Levels of the deep bodies.
const DEPTH: usize = 10_000;
/// Bodies of each operation that are damaged at random.
const RANDOM_BODIES: usize = 120;
/// Stands where a value is to be put in.
const HOLE: &str = "\"<hole>\"";

#[tokio::test]
async fn no_malformed_member_of_any_request_brings_the_server_down() {
    let (values, documents) = (written(VALUES), written(DOCUMENTS));
    for (target, members) in targets() {
        let trial = Trial::of(&target, members).await;
        for (place, shape) in places(members) {
            let template = with(&trial.request, &place, json!("<hole>")).to_string();
            let further = documents.iter().filter(|_| holds_documents(shape));
            for value in values.iter().chain(further) {
                trial.send(filled(&template, value)).await;
            }
        }
        trial.still_answers().await;
    }
}

#[tokio::test]
async fn no_damaged_body_of_any_request_brings_the_server_down() {
    let values = [written(VALUES), written(DOCUMENTS)].concat();
    for (target, members) in targets() {
        let trial = Trial::of(&target, members).await;
        for body in whole_bodies(&trial.request) {
            trial.send(body).await;
        }
        let mut dice = Dice::of(&target);
        for _ in 0..RANDOM_BODIES {
            trial
                .send(damaged(&trial.request, members, &values, &mut dice))
                .await;
        }
        trial.still_answers().await;
    }
}

/// A server that holds something to ask about, and a good request of one operation.
struct Trial<'t> {
    server: Server,
    target: &'t str,
    request: Value,
}

impl<'t> Trial<'t> {
    async fn of(target: &'t str, members: &'static [Member]) -> Self {
        let server = Server::start().await;
        let machine = server.machine("waits", WAIT).await;
        let execution = server.execution(&machine, &json!({})).await;
        let version = server
            .ok(
                "PublishStateMachineVersion",
                json!({"stateMachineArn": machine}),
            )
            .await;
        let known = json!({
            "stateMachineArn": machine,
            "executionArn": execution,
            "resourceArn": machine,
            "stateMachineVersionArn": version["stateMachineVersionArn"],
            "definition": PASS,
            "roleArn": ROLE,
            "input": "{}",
            "output": "{}",
        });
        let request = object(members, &known);
        Self {
            server,
            target,
            request,
        }
    }

    /// Sends one body and holds the answer to the claim.
    async fn send(&self, body: Vec<u8>) {
        let shown = String::from_utf8_lossy(&body[..body.len().min(400)]).into_owned();
        let answer = self.server.raw_to(self.target, body).await;
        let of = format!("{} {shown}", self.target);
        if answer.status.as_u16() == 200 {
            assert!(answer.json().is_object(), "{of}: {}", answer.text);
            return;
        }
        assert!(answer.status.is_client_error(), "{of}: {}", answer.text);
        assert_ne!(answer.status.as_u16(), 408, "{of}");
        let error = answer.json();
        for member in ["__type", "message"] {
            let text = error[member].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{of}: {}", answer.text);
        }
    }

    async fn still_answers(&self) {
        let answer = self.server.ok("ListStateMachines", json!({})).await;
        assert!(answer["stateMachines"].is_array(), "{}", self.target);
    }
}

/// A good value of every member.
fn object(members: &[Member], known: &Value) -> Value {
    let one = |member: &Member| {
        let value = known.get(member.name).cloned();
        let value = value.unwrap_or_else(|| good(&member.shape, known));
        (member.name.to_owned(), value)
    };
    members.iter().map(one).collect::<Map<_, _>>().into()
}

/// A value within the limits of a shape.
fn good(shape: &Shape, known: &Value) -> Value {
    match shape {
        Shape::Text { min, .. } | Shape::Pattern { min, .. } => "a".repeat((*min).max(1)).into(),
        Shape::OneOf(names) => names[0].into(),
        Shape::Integer { min, .. } | Shape::Number { min, .. } => (*min).into(),
        Shape::Flag => false.into(),
        Shape::List(member) | Shape::Few { member, .. } => json!([good(member, known)]),
        Shape::Structure(members) => object(members, known),
    }
}

/// Everything that stands in a request, by its JSON Pointer.
fn places(members: &[Member]) -> Vec<(String, &Shape)> {
    let mut found = Vec::new();
    for member in members {
        places_in(&member.shape, &format!("/{}", member.name), &mut found);
    }
    found
}

fn places_in<'m>(shape: &'m Shape, place: &str, found: &mut Vec<(String, &'m Shape)>) {
    found.push((place.to_owned(), shape));
    match shape {
        Shape::List(member) | Shape::Few { member, .. } => {
            places_in(member, &format!("{place}/0"), found);
        }
        Shape::Structure(members) => {
            for member in *members {
                places_in(&member.shape, &format!("{place}/{}", member.name), found);
            }
        }
        Shape::Text { .. }
        | Shape::Pattern { .. }
        | Shape::OneOf(_)
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Flag => {}
    }
}

/// Whether the texts of a shape may be long enough to be definitions and data.
fn holds_documents(shape: &Shape) -> bool {
    matches!(shape, Shape::Text { max, .. } if *max > 10_000)
}

/// A request with another value at one place.
fn with(request: &Value, place: &str, value: Value) -> Value {
    let mut changed = request.clone();
    if let Some(found) = changed.pointer_mut(place) {
        *found = value;
    }
    changed
}

/// A request whose hole holds these bytes.
fn filled(template: &str, value: &[u8]) -> Vec<u8> {
    let (before, after) = template.split_once(HOLE).unwrap_or((template, ""));
    [before.as_bytes(), value, after.as_bytes()].concat()
}

/// A text as JSON writes it.
fn quoted(text: &str) -> Vec<u8> {
    Value::from(text).to_string().into_bytes()
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(DEPTH), close.repeat(DEPTH))
}

/// A definition whose states hold each other.
fn nested_definition() -> String {
    let open =
        r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true, "Branches": ["#;
    nested(open, PASS, "]}}}")
}

fn written(values: &[fn() -> Vec<u8>]) -> Vec<Vec<u8>> {
    values.iter().map(|make| make()).collect()
}

/// What is put at every place, as it stands in the body.
const VALUES: &[fn() -> Vec<u8>] = &[
    || b"null".to_vec(),
    || b"true".to_vec(),
    || b"0".to_vec(),
    || b"-1".to_vec(),
    || b"-0.0".to_vec(),
    || b"1.5".to_vec(),
    || b"1e308".to_vec(),
    || b"1e999".to_vec(),
    || b"18446744073709551616".to_vec(),
    || b"9223372036854775807".to_vec(),
    || b"-9223372036854775808".to_vec(),
    || b"[]".to_vec(),
    || b"[null]".to_vec(),
    || b"[[{}]]".to_vec(),
    || b"{}".to_vec(),
    || b"{\"a\": 1, \"a\": 2}".to_vec(),
    || vec![b'7'; 100_000],
    || b"NaN".to_vec(),
    || b"".to_vec(),
    || b"\"\"".to_vec(),
    || b"\" \\t\\n\"".to_vec(),
    || b"\"\\u0000\"".to_vec(),
    || b"\"\\ud800\"".to_vec(),
    || b"\"\\udc00\\ud800\"".to_vec(),
    || b"\"\xff\xfe\"".to_vec(),
    || b"\"\xed\xa0\x80\"".to_vec(),
    || quoted("\u{1f600}\u{202e}\u{7f}\u{fffe}"),
    || quoted("arn:aws:states:::"),
    || quoted("arn:aws:states:eu-west-1:123456789012:stateMachine:a:b:c:d#e/f"),
    || quoted(&"x".repeat(1_000_000)),
    || quoted(&nested("[", "", "]")),
    || nested("[", "", "]").into_bytes(),
    || nested("{\"a\":", "1", "}").into_bytes(),
];

/// What is put besides where a definition or data is taken.
const DOCUMENTS: &[fn() -> Vec<u8>] = &[
    || quoted(&"\u{1f600}".repeat(200_000)),
    || quoted(&"{".repeat(DEPTH)),
    || quoted(&nested("{\"a\":", "1", "}")),
    || quoted(&nested_definition()),
    || quoted(&format!("[{}]", "{},".repeat(100_000))),
    || quoted("\"\\ud800\""),
    || quoted("{\"a\": 1e999}"),
    || quoted("{\"a\": 1, \"a\": 2}"),
    || quoted(&format!("{{\"a\": {}}}", "7".repeat(100_000))),
    || quoted("{\"StartAt\": null, \"States\": []}"),
    || {
        quoted(
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": -1e300, \"End\": true}}}",
        )
    },
];

/// Bodies that are wrong as a whole.
fn whole_bodies(request: &Value) -> Vec<Vec<u8>> {
    let good = request.to_string();
    let doubled = good.replacen('{', &format!("{},", &good[..good.len() - 1]), 1);
    let unknown = good.replacen('{', "{\"Unknown\": {\"a\": [null]}, \"\": 1,", 1);
    let mut bodies: Vec<Vec<u8>> = ["", " ", "\r\n\t", "null", "true", "7", "\"a\"", "[]", "{}"]
        .map(|text| text.as_bytes().to_vec())
        .into();
    bodies.extend([
        good.as_bytes().to_vec(),
        doubled.into_bytes(),
        unknown.into_bytes(),
        format!("[{good}]").into_bytes(),
        format!("{good}{good}").into_bytes(),
        format!("\u{feff}{good}").into_bytes(),
        good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        nested("[", &good, "]").into_bytes(),
        nested("{\"a\":", &good, "}").into_bytes(),
        vec![b' '; 1_000_000],
        vec![0; 1000],
    ]);
    bodies.extend(without_one(request));
    bodies
}

/// The request without each of its members in turn.
fn without_one(request: &Value) -> Vec<Vec<u8>> {
    let names = request.as_object().into_iter().flat_map(Map::keys);
    let shorter = names.map(|name| {
        let mut shorter = request.clone();
        shorter.as_object_mut().unwrap().shift_remove(name);
        shorter.to_string().into_bytes()
    });
    shorter.collect()
}

/// A request with a few wrong values, cut or changed at a few bytes.
fn damaged(request: &Value, members: &[Member], values: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let places = places(members);
    let mut changed = request.clone();
    for _ in 0..dice.below(4) {
        let value = &values[dice.below(values.len())];
        let value = serde_json::from_slice(value).unwrap_or_default();
        if let Some((place, _)) = places.get(dice.below(places.len().max(1))) {
            changed = with(&changed, place, value);
        }
    }
    let mut body = changed.to_string().into_bytes();
    for _ in 0..dice.below(4) {
        if body.is_empty() {
            break;
        }
        let at = dice.below(body.len());
        match dice.below(3) {
            0 => body[at] = b"{}[]\",:\\\xff\x00e-0"[dice.below(13)],
            1 => drop(body.remove(at)),
            _ => body.truncate(at),
        }
    }
    body
}

/// Numbers at random, the same in every run.
struct Dice(u64);

impl Dice {
    fn of(seed: &str) -> Self {
        let mix = |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(seed.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    /// A number below `end`, which is not zero.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or_default()
    }
}
