//! One recorded execution.

use asl::dry_run::SampleObjects;
use asl::machine::Identity;
use asl::query::timestamp::Instant;
use serde_json::Value;

/// Reads `DD-MM-YYYY, hh:mm:ss`.
fn instant(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once(", ")?;
    let [day, month, year] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    Instant::parse(&format!("{year}-{month}-{day}T{time}Z"))
}

/// The objects that calls of PutObject have put.
fn objects(calls: &Value) -> SampleObjects {
    let mut objects = SampleObjects::default();
    let puts = calls.as_array().into_iter().flatten();
    for put in puts.filter(|call| call["op"] == "put_object") {
        let text = |name: &str| put["params"][name].as_str().unwrap_or_default();
        objects.put(text("Bucket"), text("Key"), text("Body").as_bytes());
    }
    objects
}

pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) area: String,
    pub(crate) definition: Value,
    pub(crate) input: String,
    pub(crate) identity: Identity,
    /// When it was recorded, in milliseconds since 1970.
    pub(crate) start_ms: i64,
    pub(crate) history: Vec<Value>,
    pub(crate) result: Value,
    /// Texts of the recording that stand for any text.
    pub(crate) tokens: Vec<String>,
    /// Whether the order of events inside a Parallel is not recorded.
    pub(crate) is_unordered: bool,
    /// What was put into buckets before.
    pub(crate) objects: SampleObjects,
}

impl Case {
    /// Reads a line; `None` for kinds of cases that are no executions, and for those without a history.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let case: Value = serde_json::from_str(line).ok()?;
        let text = |value: &Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
        if text(&case, "kind")? != "execution" || case["aws_validated"] != true {
            return None;
        }
        let history = case["expected"]["history"].as_array()?.clone();
        let names = &case["names"];
        let name_of = |arn: &str| arn.rsplit(':').next().unwrap_or_default().to_owned();
        let (machine, execution) = (text(names, "machine")?, text(names, "execution")?);
        let machine_arn = machine.clone();
        let identity = Identity {
            execution_name: name_of(&execution),
            execution_arn: execution,
            machine_name: name_of(&machine),
            machine_arn,
            role_arn: text(names, "role")?,
            region: "us-east-1".to_owned(),
            alias_arn: None,
            version_arn: None,
            trace_header: None,
        };
        let tokens = case["tokens"].as_array().into_iter().flatten();
        let replaced = case["normalise"]["others"].as_array().into_iter().flatten();
        let replaced = replaced.filter_map(|other| text(other, "replacement"));
        let tokens = tokens
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .chain(replaced);
        let recorded_on = text(&case, "recorded_on").unwrap_or_default();
        Some(Self {
            start_ms: instant(&recorded_on).map_or(0, Instant::millis),
            id: text(&case, "id")?,
            area: text(&case, "area")?,
            definition: case["definition"].clone(),
            input: text(&case, "input_text")?,
            identity,
            history,
            result: case["expected"]["final"].clone(),
            tokens: tokens.collect(),
            is_unordered: case["unordered_parallel"] == true,
            objects: objects(&case["setup_calls"]),
        })
    }

    /// The language, or the feature, that sets a group of cases apart.
    pub(crate) fn language(&self) -> &'static str {
        let text = self.definition.to_string();
        if text.contains("\"JSONata\"") {
            "JSONata"
        } else if text.contains("\"DISTRIBUTED\"") {
            "distributed"
        } else {
            "JSONPath"
        }
    }
}
