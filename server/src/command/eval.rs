//! `statecraft eval`: one expression.
//!
//! It only reads, calls and writes; what an expression means is decided in [`asl::query`] and in [`asl::jsonata`].

mod jsonata;

use asl::query::{Entropy, Intrinsic, ParseError, Path, QueryError, Scope};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::io::{BufRead, Read, Write};
use std::process::ExitCode;

/// Input is fine, but an expression gave an error.
const FINDINGS: u8 = 1;
/// The command was called wrongly, or could not read or write.
const MISUSE: u8 = 2;

/// What `statecraft eval` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct EvalArgs {
    #[command(flatten)]
    language: LanguageArgs,
    /// The expression
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    expression: Option<String>,
    /// The input: JSON, `@FILE`, or `-` for standard input
    #[arg(long, default_value = "{}", conflicts_with = "batch")]
    input: String,
    /// Read JSON lines `{"id", "expr", "data"?, "bindings"?, "timelimit"?, "depth"?}` from standard input and write one line for each
    #[arg(long)]
    batch: bool,
}

/// The language; exactly one is given.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct LanguageArgs {
    /// The expression is JSONata
    #[arg(long)]
    jsonata: bool,
    /// The expression is a JSONPath
    #[arg(long)]
    jsonpath: bool,
    /// The expression is a call of an intrinsic function
    #[arg(long)]
    intrinsic: bool,
}

/// Which language an expression is in.
#[derive(Debug, Clone, Copy)]
enum Language {
    Jsonata,
    /// One of those that [`asl::query`] evaluates.
    Query(Query),
}

/// A language of [`asl::query`].
#[derive(Debug, Clone, Copy)]
enum Query {
    JsonPath,
    Intrinsic,
}

impl LanguageArgs {
    fn choose(&self) -> Language {
        match (self.jsonata, self.jsonpath) {
            (true, _) => Language::Jsonata,
            (false, true) => Language::Query(Query::JsonPath),
            (false, false) => Language::Query(Query::Intrinsic),
        }
    }
}

/// Why an expression has no value.
#[derive(Debug, PartialEq)]
enum EvalError {
    Parse(ParseError),
    Query(QueryError),
}

/// What keeps the command from working, in a plain sentence.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("the input is not JSON: {0}")]
    BadInput(serde_json::Error),
    #[error("cannot read {place}: {source}")]
    Read {
        place: String,
        source: std::io::Error,
    },
    #[error("cannot write the results: {0}")]
    Write(std::io::Error),
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: EvalArgs) -> ExitCode {
    match try_run(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("statecraft eval: {error}");
            ExitCode::from(MISUSE)
        }
    }
}

fn try_run(args: &EvalArgs) -> Result<ExitCode, CommandError> {
    let language = args.language.choose();
    match &args.expression {
        None => batch(language, std::io::stdin().lock(), std::io::stdout().lock()),
        Some(expression) => one(language, expression, &args.input),
    }
}

/// Evaluates one expression: the result goes to standard output, an error to standard error.
fn one(language: Language, expression: &str, input: &str) -> Result<ExitCode, CommandError> {
    let input = serde_json::from_str(&read_input(input)?).map_err(CommandError::BadInput)?;
    let bindings = Map::new();
    let outcome = match language {
        Language::Jsonata => jsonata::shown(expression, &input),
        Language::Query(query) => {
            evaluate(query, expression, &input, &bindings).map_err(|error| error.to_string())
        }
    };
    match outcome {
        Ok(value) => {
            writeln!(std::io::stdout(), "{value}").map_err(CommandError::Write)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(message) => {
            eprintln!("statecraft eval: {message}");
            Ok(ExitCode::from(FINDINGS))
        }
    }
}

fn read_input(input: &str) -> Result<String, CommandError> {
    let failed = |place: &str| {
        let place = place.to_owned();
        |source| CommandError::Read { place, source }
    };
    if input == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(failed("standard input"))?;
        return Ok(text);
    }
    match input.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).map_err(failed(file)),
        None => Ok(input.to_owned()),
    }
}

/// Answers each line with one line, in order. Errors of expressions are answers too, so only misuse changes the exit code.
fn batch(
    language: Language,
    lines: impl BufRead,
    mut out: impl Write,
) -> Result<ExitCode, CommandError> {
    for line in lines.lines() {
        let place = "standard input".to_owned();
        let line = line.map_err(|source| CommandError::Read { place, source })?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", answer(language, &line)).map_err(CommandError::Write)?;
        }
    }
    out.flush().map_err(CommandError::Write)?;
    Ok(ExitCode::SUCCESS)
}

/// The answer to one line.
fn answer(language: Language, line: &str) -> Value {
    let request: Value = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => {
            return failure(
                &Value::Null,
                "BAD_LINE",
                &format!("The line is not JSON: {error}"),
                None,
            );
        }
    };
    let id = request.get("id").unwrap_or(&Value::Null);
    let Some(expression) = request.get("expr").and_then(Value::as_str) else {
        return failure(
            id,
            "BAD_LINE",
            "The line needs \"expr\" with the expression as text",
            None,
        );
    };
    let bindings = match request.get("bindings") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(bindings)) => bindings.clone(),
        Some(_) => {
            return failure(
                id,
                "BAD_LINE",
                "\"bindings\" must be an object of variables",
                None,
            );
        }
    };
    let query = match language {
        Language::Jsonata => return jsonata::answer(id, expression, &request, &bindings),
        Language::Query(query) => query,
    };
    match evaluate(
        query,
        expression,
        request.get("data").unwrap_or(&json!({})),
        &bindings,
    ) {
        Ok(result) => json!({"id": id, "result": result}),
        Err(EvalError::Query(QueryError::NotFound { call: None, .. })) => {
            json!({"id": id, "undefined": true})
        }
        Err(error) => failure(id, error.code(), &error.to_string(), error.position()),
    }
}

fn failure(id: &Value, code: &str, message: &str, position: Option<usize>) -> Value {
    json!({"id": id, "error": {"code": code, "message": message, "position": position}})
}

/// The value of an expression. `bindings` are the variables; one named `$` is the context object.
fn evaluate(
    query: Query,
    expression: &str,
    input: &Value,
    bindings: &Map<String, Value>,
) -> Result<Value, EvalError> {
    let context = bindings.get("$").cloned().unwrap_or_else(|| json!({}));
    let variables: IndexMap<_, _> = bindings
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let scope = Scope {
        input,
        context: &context,
        variables: &variables,
    };
    match query {
        Query::JsonPath => {
            let path = Path::parse(expression).map_err(EvalError::Parse)?;
            path.eval(&scope).map_err(EvalError::Query)
        }
        Query::Intrinsic => {
            let call = Intrinsic::parse(expression).map_err(EvalError::Parse)?;
            call.eval(&scope, &mut SystemEntropy)
                .map_err(EvalError::Query)
        }
    }
}

/// The operating system's random numbers.
struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// Where the system has none, the same number comes each time: an expression typed by hand guards no secret.
    fn next_u64(&mut self) -> u64 {
        getrandom::u64().unwrap_or_default()
    }
}

impl EvalError {
    fn code(&self) -> &'static str {
        match self {
            Self::Parse(_) => "SYNTAX",
            Self::Query(QueryError::NotFound { .. }) => "NOT_FOUND",
            Self::Query(QueryError::Intrinsic { .. }) => "States.IntrinsicFailure",
            Self::Query(QueryError::ResultPathMatch { .. }) => "States.ResultPathMatchFailure",
            Self::Query(QueryError::Pattern { .. }) => "PATTERN",
            Self::Query(QueryError::Limit(_)) => "LIMIT",
        }
    }

    /// Byte offset in the expression, when it could not be read.
    fn position(&self) -> Option<usize> {
        match self {
            Self::Parse(error) => Some(error.offset),
            Self::Query(_) => None,
        }
    }
}

impl std::fmt::Display for EvalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Parse(error) => write!(f, "{error}"),
            Self::Query(QueryError::NotFound { path, reason, .. }) => {
                write!(f, "{path} leads to nothing: {reason}")
            }
            Self::Query(error) => write!(f, "{error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(language: Language, lines: &str) -> Vec<Value> {
        let mut out = Vec::new();
        batch(language, lines.as_bytes(), &mut out).unwrap();
        String::from_utf8(out)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The arguments as they come from a shell.
    #[derive(Debug, clap::Parser)]
    struct Shell {
        #[command(flatten)]
        args: EvalArgs,
    }

    fn parse(words: &[&str]) -> Result<EvalArgs, clap::Error> {
        let words = std::iter::once("eval").chain(words.iter().copied());
        <Shell as clap::Parser>::try_parse_from(words).map(|shell| shell.args)
    }

    #[test]
    fn one_language_and_an_expression_or_a_batch_are_wanted() {
        assert!(parse(&["--jsonpath", "$.a", "--input", "{}"]).is_ok());
        assert!(parse(&["--intrinsic", "States.UUID()"]).is_ok());
        assert!(parse(&["--jsonpath", "--batch"]).is_ok());
        assert!(parse(&["$.a"]).is_err());
        assert!(parse(&["--jsonpath"]).is_err());
        assert!(parse(&["--jsonpath", "--intrinsic", "$.a"]).is_err());
        assert!(parse(&["--jsonpath", "$.a", "--batch"]).is_err());
    }

    #[test]
    fn each_line_of_a_batch_is_answered_in_order() {
        let lines = concat!(
            r#"{"id": 1, "expr": "$.a[0]", "data": {"a": [5]}}"#,
            "\n\n",
            r#"{"id": "two", "expr": "$.b", "data": {}}"#,
            "\n",
            r#"{"id": 3, "expr": "$v.x", "bindings": {"v": {"x": null}}}"#,
            "\n",
        );
        let expected = [
            json!({"id": 1, "result": 5}),
            json!({"id": "two", "undefined": true}),
            json!({"id": 3, "result": null}),
        ];
        assert_eq!(answers(Language::Query(Query::JsonPath), lines), expected);
    }

    #[test]
    fn a_fault_of_an_expression_says_where_it_is() {
        let found = answers(
            Language::Query(Query::JsonPath),
            r#"{"id": 1, "expr": "$.a["}"#,
        );
        assert_eq!(found[0]["error"]["code"], "SYNTAX");
        assert_eq!(found[0]["error"]["position"], 4);
    }

    #[test]
    fn a_line_that_cannot_be_used_is_answered_and_the_next_one_too() {
        let found = answers(
            Language::Query(Query::Intrinsic),
            "nonsense\n{\"id\": 2}\n{\"id\": 3, \"expr\": \"States.MathAdd(1, 1.5)\"}",
        );
        assert_eq!(found[0]["error"]["code"], "BAD_LINE");
        assert_eq!(found[1]["error"]["code"], "BAD_LINE");
        assert_eq!(found[2], json!({"id": 3, "result": 3}));
    }

    #[test]
    fn a_refused_call_has_the_name_that_aws_gives() {
        let found = answers(
            Language::Query(Query::Intrinsic),
            r#"{"id": 1, "expr": "States.ArrayGetItem($, 3)", "data": []}"#,
        );
        assert_eq!(found[0]["error"]["code"], "States.IntrinsicFailure");
    }

    #[test]
    fn the_context_object_is_bound_to_the_dollar() {
        let found = answers(
            Language::Query(Query::JsonPath),
            r#"{"id": 1, "expr": "$$.Execution.Id", "bindings": {"$": {"Execution": {"Id": "e"}}}}"#,
        );
        assert_eq!(found[0]["result"], "e");
    }
}
