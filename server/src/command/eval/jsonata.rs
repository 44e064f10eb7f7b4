//! JSONata for `statecraft eval`: the language itself, with the functions of the reference implementation.
//!
//! What AWS adds or takes away belongs to states, not to this command.

use asl::jsonata::{Code, Environment, Error, Expression, Host, Limits, Unfit, Value};
use serde_json::{Map, Value as Json, json};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What is given beside the expression.
struct Request<'r> {
    /// Absent: nothing, which is not null.
    data: Option<&'r Json>,
    bindings: &'r Map<String, Json>,
    /// Milliseconds.
    timelimit: Option<u64>,
    /// Levels of evaluation under way at once.
    depth: Option<u32>,
}

impl<'r> Request<'r> {
    /// What a line of a batch says.
    fn read(line: &'r Json, bindings: &'r Map<String, Json>) -> Result<Self, String> {
        let depth = whole(line, "depth")?;
        Ok(Self {
            data: line.get("data"),
            bindings,
            timelimit: whole(line, "timelimit")?,
            depth: depth.map(|depth| u32::try_from(depth).unwrap_or(u32::MAX)),
        })
    }
}

/// A whole number of a line, if it is there.
fn whole(line: &Json, name: &str) -> Result<Option<u64>, String> {
    match line.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => match value.as_u64() {
            Some(number) => Ok(Some(number)),
            None => Err(format!("\"{name}\" must be a whole number")),
        },
    }
}

/// Why there is no value.
#[derive(Debug)]
struct Failure {
    code: &'static str,
    message: String,
    /// Byte offset in the expression.
    position: Option<usize>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            code: error.code().as_str(),
            message: error.message(),
            position: error.position(),
        }
    }
}

/// The value of an expression, or nothing.
fn evaluate(expression: &str, request: &Request<'_>) -> Result<Option<Json>, Failure> {
    let expression = Expression::parse(expression)?;
    let mut environment = Environment::new().with_limits(limits(request));
    for (name, value) in request.bindings {
        environment.bind(name, Value::from(value));
    }
    let input = request.data.map_or(Value::Undefined, Value::from);
    let mut host = SystemHost::new(request.timelimit);
    let value = expression
        .evaluate(input, &environment, &mut host)
        .map_err(|error| limited(error, request))?;
    to_json(&value)
}

/// Who limits the time wants to be stopped by it, not by the number of steps.
fn limits(request: &Request<'_>) -> Limits {
    let mut limits = Limits::default();
    if let Some(depth) = request.depth {
        limits.depth = depth;
    }
    if request.timelimit.is_some() {
        limits.fuel = u64::MAX;
    }
    limits
}

/// A limit of the request has the code that the reference's own tests give it.
fn limited(error: Error, request: &Request<'_>) -> Failure {
    let asked = match error.code() {
        Code::D1011 => request.depth.is_some(),
        Code::D1012 => request.timelimit.is_some(),
        _ => false,
    };
    let mut failure = Failure::from(error);
    if asked {
        failure.code = Code::U1001.as_str();
    }
    failure
}

fn to_json(value: &Value<'_>) -> Result<Option<Json>, Failure> {
    match value.to_json() {
        Ok(json) => Ok(Some(json)),
        Err(error) if error.0 == Unfit::Undefined => Ok(None),
        Err(error) => Err(Failure {
            code: match error.0 {
                Unfit::Number => Code::D1001.as_str(),
                Unfit::Depth => Code::D1016.as_str(),
                Unfit::Undefined | Unfit::Function => "NO_JSON",
            },
            message: error.to_string(),
            position: None,
        }),
    }
}

/// The answer to one line of a batch.
pub(super) fn answer(
    id: &Json,
    expression: &str,
    line: &Json,
    bindings: &Map<String, Json>,
) -> Json {
    let request = match Request::read(line, bindings) {
        Ok(request) => request,
        Err(message) => return super::failure(id, "BAD_LINE", &message, None),
    };
    match evaluate(expression, &request) {
        Ok(Some(result)) => json!({"id": id, "result": result}),
        Ok(None) => json!({"id": id, "undefined": true}),
        Err(failure) => super::failure(id, failure.code, &failure.message, failure.position),
    }
}

/// The value of one expression as it is shown, or why there is none.
pub(super) fn shown(expression: &str, input: &Json) -> Result<Json, String> {
    let request = Request {
        data: Some(input),
        bindings: &Map::new(),
        timelimit: None,
        depth: None,
    };
    match evaluate(expression, &request) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err("the expression gives nothing (undefined)".to_owned()),
        Err(Failure {
            code,
            message,
            position: Some(position),
        }) => Err(format!("{code}: {message} (at byte {position})")),
        Err(Failure {
            code,
            message,
            position: None,
        }) => Err(format!("{code}: {message}")),
    }
}

/// The system's clock and random numbers, and the end of the time that was given.
struct SystemHost {
    deadline: Option<Instant>,
}

impl SystemHost {
    fn new(milliseconds: Option<u64>) -> Self {
        let limit = milliseconds.map(Duration::from_millis);
        Self {
            deadline: limit.and_then(|limit| Instant::now().checked_add(limit)),
        }
    }
}

impl Host for SystemHost {
    fn now_millis(&mut self) -> f64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.map_or(0.0, |now| now.as_millis() as f64)
    }

    /// Where the system has none, the same number comes each time: an expression typed by hand guards no secret.
    fn next_u64(&mut self) -> u64 {
        getrandom::u64().unwrap_or_default()
    }

    fn interrupted(&mut self) -> bool {
        self.deadline
            .is_some_and(|deadline| Instant::now() >= deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(line: &Json) -> Json {
        let expression = line["expr"].as_str().unwrap_or_default();
        let bindings = line["bindings"].as_object().cloned().unwrap_or_default();
        answer(&json!(1), expression, line, &bindings)
    }

    #[test]
    fn absent_data_is_nothing_and_null_is_null() {
        assert_eq!(
            answered(&json!({"expr": "$"})),
            json!({"id": 1, "undefined": true})
        );
        assert_eq!(
            answered(&json!({"expr": "$", "data": null})),
            json!({"id": 1, "result": null})
        );
    }

    #[test]
    fn bindings_are_variables() {
        let line = json!({"expr": "$a + b", "data": {"b": 2}, "bindings": {"a": 1}});
        assert_eq!(answered(&line), json!({"id": 1, "result": 3}));
    }

    #[test]
    fn an_error_has_its_code_and_its_place() {
        let error = answered(&json!({"expr": "1 + 'a'"}));
        assert_eq!(error["error"]["code"], "T2002");
        assert_eq!(error["error"]["position"], 3);
    }

    #[test]
    fn endless_recursion_ends_by_the_limit_that_was_set() {
        let endless = "($f := function(){$f()}; $f())";
        let error = answered(&json!({"expr": endless, "timelimit": 20}));
        assert_eq!(error["error"]["code"], "U1001");
        assert_eq!(
            answered(&json!({"expr": endless}))["error"]["code"],
            "D1014"
        );
        let deep = answered(&json!({"expr": "($f := function(){1 + $f()}; $f())", "depth": 50}));
        assert_eq!(deep["error"]["code"], "U1001");
    }

    #[test]
    fn a_limit_that_is_no_number_is_refused() {
        let error = answered(&json!({"expr": "1", "depth": "deep"}));
        assert_eq!(error["error"]["code"], "BAD_LINE");
    }

    #[test]
    fn what_json_cannot_say_is_an_error() {
        assert_eq!(
            answered(&json!({"expr": "$sum"}))["error"]["code"],
            "NO_JSON"
        );
        assert_eq!(answered(&json!({"expr": "1/0"}))["error"]["code"], "D1001");
    }
}
