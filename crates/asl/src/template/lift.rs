//! ARNs and addresses that stand in a definition, lifted to placeholders.

use crate::check::MachineType;
use crate::text::{Document, EditError, Node, Pointer, Step, TextEdit, placeholders};
use serde_json::Value;

/// A text in a definition that another deployment would have differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it stands.
    pub pointer: Pointer,
    /// The text.
    pub value: String,
    /// A name for its placeholder: letters and digits, the same for the same text.
    pub name: String,
}

/// ARNs of resources, queues' addresses and places in S3, in written order.
pub fn candidates(document: &Document) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut open: Vec<(Pointer, &Node)> = Vec::new();
    open.extend(document.root().map(|root| (Pointer::root(), root)));
    while let Some((pointer, node)) = open.pop() {
        if let Some(value) = node.as_str().filter(|text| is_own(text)) {
            let known = found.iter().find(|other| other.value == value);
            let name = match known {
                Some(other) => other.name.clone(),
                None => free_name(value, document, &found),
            };
            found.push(Candidate {
                pointer: pointer.clone(),
                value: value.to_owned(),
                name,
            });
        }
        let members = node.members().iter().rev();
        open.extend(members.map(|member| (pointer.join(Step::from(&*member.key)), &member.value)));
        let items = node.elements().iter().enumerate().rev();
        open.extend(items.map(|(index, item)| (pointer.join(index), item)));
    }
    found
}

/// Edits that put placeholders in the place of these texts.
///
/// # Errors
///
/// When one of them does not stand there, or cannot be edited.
pub fn lift(document: &Document, candidates: &[Candidate]) -> Result<Vec<TextEdit>, EditError> {
    let mut edits = Vec::new();
    for candidate in candidates {
        let placeholder = Value::from(format!("${{{}}}", candidate.name));
        edits.extend(document.set(&candidate.pointer, &placeholder, None)?);
    }
    Ok(edits)
}

/// Whether a text names something of one account or deployment.
fn is_own(text: &str) -> bool {
    let is_place =
        text.starts_with("arn:") || text.starts_with("s3://") || text.starts_with("https://sqs.");
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let is_integration = matches!(parts.as_slice(), ["arn", _, "states", "", "", _]);
    is_place && !is_integration && placeholders(text).next().is_none()
}

fn free_name(value: &str, document: &Document, found: &[Candidate]) -> String {
    let base = name(value);
    let is_taken = |name: &String| {
        found.iter().any(|other| other.name == *name)
            || placeholders(document.text()).any(|other| other == name)
    };
    let mut names = (1..).map(|count| match count {
        1 => base.clone(),
        count => format!("{base}{count}"),
    });
    names.find(|name| !is_taken(name)).unwrap_or(base)
}

/// `arn:aws:lambda:us-east-1:123456789012:function:score-loan` is `ScoreLoanFunctionArn`.
fn name(value: &str) -> String {
    let (rest, end) = match value.split_once("://") {
        Some(("s3", rest)) => (rest.split('/').next().unwrap_or(rest), "S3Uri"),
        Some((_, rest)) => (rest.rsplit('/').next().unwrap_or(rest), "QueueUrl"),
        None => (value.splitn(6, ':').nth(5).unwrap_or_default(), "Arn"),
    };
    let (kind, own) = match rest.split_once([':', '/']) {
        Some((kind, own)) => (kind, own),
        None => ("", rest),
    };
    let service = value.split(':').nth(2).unwrap_or_default();
    let kind = match (service, kind) {
        ("sns", "") => "topic",
        ("sqs", "") => "queue",
        ("s3", _) => "bucket",
        (_, kind) => kind,
    };
    let own = own.split([':', '/']).next().unwrap_or(own);
    let name = words(own) + &words(kind) + end;
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("The{name}"),
        false => name,
    }
}

/// The words of a name in one, each with a capital.
pub(super) fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

/// The name of a machine's type in templates.
pub(super) fn type_name(machine_type: MachineType) -> &'static str {
    match machine_type {
        MachineType::Standard => "STANDARD",
        MachineType::Express => "EXPRESS",
    }
}
