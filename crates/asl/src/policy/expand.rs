//! From a pattern in the tables to the ARNs of a policy.
//!
//! `sagemaker:{region}:{account}:training-job/{TrainingJobName}` stands for an ARN without its beginning. `{region}`, `{account}`, `{machine}` (the
//! machine's own name) come from [`Subject`], everything else from the arguments, by path. `{A|B}` takes the first that is there, `{A=x}` has a
//! default, `{A:how}` turns the value into something else (see [`convert`]). A value that is an ARN itself takes the place of all that is before it.

use super::Subject;
use super::arguments::{Arguments, Given};
use crate::text::placeholders;

/// More combinations than this are one `*`.
const MOST: usize = 50;

/// A resource of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Resource {
    pub(super) arn: String,
    /// Why it reaches wider than what is used.
    pub(super) wide: Option<String>,
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'p> {
    Text(&'p str),
    Region,
    Account,
    Machine,
    Argument {
        paths: &'p str,
        how: &'p str,
        default: Option<&'p str>,
    },
}

/// The resources that a pattern stands for, at least one.
pub(super) fn expand(pattern: &str, arguments: &Arguments<'_>, subject: &Subject) -> Vec<Resource> {
    if pattern == "*" {
        return vec![Resource::all(None)];
    }
    let home = &subject.home;
    let mut variants = vec![Resource {
        arn: format!("arn:{}:", home.partition()),
        wide: None,
    }];
    for piece in pieces(pattern) {
        match piece {
            Piece::Text(text) => append(&mut variants, text),
            Piece::Region => append(&mut variants, home.region()),
            Piece::Account => append(&mut variants, home.account()),
            Piece::Machine => {
                append(&mut variants, subject.name());
                if subject.name.is_none() {
                    widen(&mut variants, "The machine's own name is not known here.");
                }
            }
            Piece::Argument {
                paths,
                how,
                default,
            } => {
                let values = values(paths, how, default, arguments, subject);
                variants = combined(&variants, &values);
            }
        }
    }
    for variant in &mut variants {
        // A prefix that only a run knows stands before a `*` of the pattern.
        variant.arn = variant.arn.replace("**", "*");
    }
    if variants.len() > MOST {
        let why = format!("There are more than {MOST} of them.");
        return vec![Resource::all(Some(why))];
    }
    variants
}

impl Resource {
    fn all(wide: Option<String>) -> Self {
        Self {
            arn: "*".to_owned(),
            wide,
        }
    }
}

fn append(variants: &mut [Resource], text: &str) {
    for variant in variants {
        variant.arn.push_str(text);
    }
}

fn widen(variants: &mut [Resource], why: &str) {
    for variant in variants {
        variant.wide.get_or_insert_with(|| why.to_owned());
    }
}

/// Every variant with every value behind it, or with a value that is an ARN in its place.
fn combined(variants: &[Resource], values: &[Resource]) -> Vec<Resource> {
    let mut all = Vec::new();
    for variant in variants.iter().take(MOST + 1) {
        for value in values.iter().take(MOST + 1) {
            let arn = match is_arn(&value.arn) {
                true => value.arn.clone(),
                false => format!("{}{}", variant.arn, value.arn),
            };
            let wide = variant.wide.clone().or_else(|| value.wide.clone());
            all.push(Resource { arn, wide });
        }
    }
    all
}

/// Whether a text is an ARN, or a placeholder whose name says that it will be one.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") || is_arn_placeholder(text)
}

fn is_arn_placeholder(text: &str) -> bool {
    let name = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    let is_one = placeholders(text).next() == name;
    is_one && name.is_some_and(|name| name.to_ascii_lowercase().ends_with("arn"))
}

/// What stands in place of an argument: texts, with why they reach wide.
fn values(
    paths: &str,
    how: &str,
    default: Option<&str>,
    arguments: &Arguments<'_>,
    subject: &Subject,
) -> Vec<Resource> {
    let mut values = Vec::new();
    for given in arguments.find(paths) {
        let name = paths.split('|').next().unwrap_or(paths).replace("[]", "");
        let wide = |arn: String, why: &str| Resource {
            arn,
            wide: Some(format!("{name} {why}.")),
        };
        values.extend(match given {
            Given::Text(text) => convert(&text, how, subject).unwrap_or_else(|| {
                vec![wide(
                    "*".to_owned(),
                    "holds a placeholder that says too little",
                )]
            }),
            Given::Begins(text) => match how {
                "" | "lower" => vec![wide(
                    format!("{text}*"),
                    "has a part that is known only at run time",
                )],
                _ => vec![wide("*".to_owned(), "is known only at run time")],
            },
            Given::RunTime => vec![wide("*".to_owned(), "is known only at run time")],
            Given::Absent => match default {
                Some(default) => vec![plain(default)],
                None => vec![wide("*".to_owned(), "is not given")],
            },
        });
    }
    values.dedup();
    values
}

fn plain(text: impl Into<String>) -> Resource {
    Resource {
        arn: text.into(),
        wide: None,
    }
}

/// A known value turned into what stands in ARNs; none where a placeholder hides what is needed.
fn convert(text: &str, how: &str, subject: &Subject) -> Option<Vec<Resource>> {
    let opaque = placeholders(text).next().is_some();
    let one = |text: &str| Some(vec![plain(text)]);
    match how {
        "lower" if !opaque && text.to_lowercase() != text && !is_arn(text) => {
            // SageMaker writes names in ARNs in small letters.
            Some(vec![plain(text), plain(text.to_lowercase())])
        }
        "function" => one(&function(text, subject)),
        "queue" => queue(text, subject).map(|arn| vec![plain(arn)]),
        "object" => text.strip_prefix("s3://").and_then(one),
        "objects" => text
            .strip_prefix("s3://")
            .and_then(|place| match place.contains('/') {
                true => one(&format!("{place}*")),
                false => one(&format!("{place}/*")),
            }),
        "bucket" => text
            .strip_prefix("s3://")
            .and_then(|place| place.split('/').next())
            .and_then(one),
        "source" => one(text.trim_start_matches('/')),
        "revision" => Some(revisions(text)),
        "execution" => executions(text).map(|arn| vec![plain(arn)]),
        "api" => one(text.split(".execute-api.").next().unwrap_or(text)),
        // An alias says nothing of the key's own ARN.
        "key" => (!text.contains("alias/")).then(|| vec![plain(text)]),
        // `project:id` of a build, `arn:…:report/group:id` of a report.
        "build" => one(text
            .rsplit('/')
            .next()
            .and_then(|id| id.split(':').next())
            .unwrap_or(text)),
        "report" => text
            .split_once(":report/")
            .and_then(|(_, id)| one(id.split(':').next().unwrap_or(id))),
        // The ARN of a secret ends with six characters of its own.
        "secret" => one(&match is_arn(text) {
            true => text.to_owned(),
            false => format!("{text}-??????"),
        }),
        "path" => one(text.trim_start_matches('/')),
        "model" => Some(models(text, subject)),
        _ => one(text),
    }
}

/// `123456789012:function:score` as an ARN, `function:score` as its name.
fn function(text: &str, subject: &Subject) -> String {
    let home = &subject.home;
    match text.split_once(":function:") {
        Some((account, name)) if !is_arn(text) => format!(
            "arn:{}:lambda:{}:{account}:function:{name}",
            home.partition(),
            home.region()
        ),
        Some(_) => text.to_owned(),
        None => text.strip_prefix("function:").unwrap_or(text).to_owned(),
    }
}

/// `https://sqs.us-east-1.amazonaws.com/123456789012/orders` as an ARN.
fn queue(url: &str, subject: &Subject) -> Option<String> {
    if is_arn(url) {
        return Some(url.to_owned());
    }
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let mut labels = host.split('.');
    let region = match (labels.next(), labels.next()) {
        (Some("sqs"), Some(region)) if region != "amazonaws" => region,
        (Some(region), Some("queue")) => region,
        _ => subject.home.region(),
    };
    let partition = match host.ends_with(".amazonaws.com.cn") {
        true => "aws-cn",
        false => subject.home.partition(),
    };
    Some(format!("arn:{partition}:sqs:{region}:{account}:{name}"))
}

/// A job or task definition; without a revision, any.
fn revisions(text: &str) -> Vec<Resource> {
    let name = text.rsplit('/').next().unwrap_or(text);
    let has_revision = name.contains(':') && placeholders(name).next().is_none();
    if has_revision || is_arn(text) && placeholders(text).next().is_some() {
        return vec![plain(text)];
    }
    vec![plain(text), plain(format!("{text}:*"))]
}

/// The executions of a machine: its ARN with `execution` in place of `stateMachine`, without version or alias.
fn executions(machine: &str) -> Option<String> {
    let Some((before, name)) = machine.split_once(":stateMachine:") else {
        return (!is_arn(machine)).then(|| machine.to_owned());
    };
    let name = match placeholders(name).next() {
        Some(_) => name,
        None => name.split(':').next().unwrap_or(name),
    };
    Some(format!("{before}:execution:{name}"))
}

/// What may be called for a model: an ARN as it is; an inference profile with the models behind it in any region; else a foundation model.
fn models(text: &str, subject: &Subject) -> Vec<Resource> {
    if is_arn(text) {
        return vec![plain(text)];
    }
    let home = &subject.home;
    let (partition, region) = (home.partition(), home.region());
    let profile = text.split_once('.').filter(|(area, rest)| {
        matches!(
            *area,
            "us" | "eu" | "apac" | "us-gov" | "global" | "jp" | "au" | "ca"
        ) && rest.contains('.')
    });
    match profile {
        Some((_, model)) => vec![
            plain(format!(
                "arn:{partition}:bedrock:{region}:{}:inference-profile/{text}",
                home.account()
            )),
            Resource {
                arn: format!("arn:{partition}:bedrock:*::foundation-model/{model}"),
                wide: Some("An inference profile sends calls to several regions.".to_owned()),
            },
        ],
        None => vec![plain(format!(
            "arn:{partition}:bedrock:{region}::foundation-model/{text}"
        ))],
    }
}

/// The pieces of a pattern, in order.
pub(super) fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, behind) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(piece(hole));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn piece(hole: &str) -> Piece<'_> {
    match hole {
        "region" => return Piece::Region,
        "account" => return Piece::Account,
        "machine" => return Piece::Machine,
        _ => {}
    }
    let (hole, default) = match hole.split_once('=') {
        Some((hole, default)) => (hole, Some(default)),
        None => (hole, None),
    };
    let (paths, how) = hole.split_once(':').unwrap_or((hole, ""));
    Piece::Argument {
        paths,
        how,
        default,
    }
}
