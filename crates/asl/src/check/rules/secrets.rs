//! `SECRET`: what looks like a key or a password in the definition. Everybody who may describe the workflow can read it,
//! and it stays in the versions and in the history.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::check::walk;
use crate::text::{Node, Pointer};

/// Beginnings by which keys of well-known services are recognised, and how long such a key is at least.
const KEYS: [(&str, usize); 10] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 20),
    ("sk-ant-", 20),
    ("AIza", 35),
];

/// No key is shorter; most texts are.
const SHORTEST_KEY: usize = 20;

/// Names whose values are secret.
const NAMES: [&str; 8] = [
    "password",
    "passwd",
    "secret",
    "apikey",
    "accesstoken",
    "clientsecret",
    "secretaccesskey",
    "privatekey",
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = view.document.root() else {
        return;
    };
    walk::each(root, |way, node| {
        if let Some(text) = node.as_str().filter(|text| is_key(text)) {
            let shown: String = text.chars().take(4).collect();
            let message = format!(
                "This text looks like a key (`{shown}…`); keep it in Secrets Manager and read it when the workflow runs."
            );
            found.push(finding(node, way.pointer(&Pointer::root()), message));
        }
        for member in node.members() {
            let hidden = member
                .value
                .as_str()
                .filter(|text| is_password(&member.key, text));
            if hidden.is_some_and(|text| !view.is_open_text(text) && !is_key(text)) {
                let message = format!(
                    "\"{}\" stands in the definition for everybody to read; keep it in Secrets Manager and read it when the workflow runs.",
                    member.key
                );
                let pointer = way.pointer(&Pointer::root()).join(&*member.key);
                found.push(finding(&member.value, pointer, message));
            }
        }
    });
}

fn finding(node: &Node, pointer: Pointer, message: String) -> Diagnostic {
    Diagnostic::warning("SECRET", node.span, pointer, message)
}

fn is_key(text: &str) -> bool {
    if text.len() < SHORTEST_KEY {
        return false;
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let known = KEYS
        .iter()
        .any(|(start, length)| text.starts_with(start) && text.len() >= *length);
    (known && text.bytes().all(is_plain) && !text.contains("EXAMPLE"))
        || (text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----"))
}

/// A value that is written out under a name for secrets; names of secrets, ARNs, paths and expressions are none.
fn is_password(key: &str, text: &str) -> bool {
    if text.len() < 6 || !is_secret_name(key) {
        return false;
    }
    let refers = ["arn:", "$", "{", "<", "States.", "http"]
        .iter()
        .any(|start| text.starts_with(start));
    let is_word = text
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    !refers && !is_word && !text.contains([' ', '/'])
}

/// Whether the letters and digits of a name are one of [`NAMES`].
fn is_secret_name(key: &str) -> bool {
    let letters = || {
        let counted = key.chars().filter(|c| c.is_alphanumeric());
        counted.map(|c| c.to_ascii_lowercase())
    };
    NAMES.iter().any(|name| letters().eq(name.chars()))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn with(parameters: &str) -> Vec<&'static str> {
        codes(&state(&format!(
            r#"{{"Type": "Pass", "Parameters": {parameters}, "End": true}}"#
        )))
    }

    #[test]
    fn keys_and_passwords_are_recognised() {
        for bad in [
            format!(r#"{{"a": ["AKIA{}"]}}"#, "ABCDEFGHIJKLMNOP"),
            r#"{"Password": "hunter22!"}"#.to_owned(),
            r#"{"api_key": "a1b2c3d4"}"#.to_owned(),
            r#"{"pem": "-----BEGIN RSA PRIVATE KEY-----\nMII"}"#.to_owned(),
        ] {
            assert_eq!(with(&bad), ["SECRET"], "{bad}");
        }
    }

    #[test]
    fn references_to_secrets_are_none() {
        for good in [
            r#"{"Password.$": "$.password"}"#,
            r#"{"secret": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"}"#,
            r#"{"password": "required"}"#,
            r#"{"SecretId": "prod/db1"}"#,
            r#"{"apiKey": "${ApiKey}"}"#,
        ] {
            assert_eq!(with(good), Vec::<&str>::new(), "{good}");
        }
    }
}
