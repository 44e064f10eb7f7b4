//! That the studio's words stand in one place: no module of `app` outside of `app/src/text` writes what a person reads.
//!
//! It reads tokens, not meaning: what looks like a sentence, a label or a text in a view is one. Identifiers of the languages
//! that the studio speaks (fields of ASL, classes, addresses) do not look like it. Words of one piece are only seen where a
//! view or a spoken attribute says them; tests, comments and messages of programming faults are not read.

use crate::paths;
use crate::step::{Failure, read};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where the words stand.
const HOME: &str = "app/src/text";

/// Attributes and arguments whose values are read out or shown.
const SPOKEN: &[&str] = &[
    "alt",
    "empty",
    "hint",
    "label",
    "placeholder",
    "text",
    "title",
    "heading",
];

/// Attributes whose values are never shown.
const SILENT: &[&str] = &[
    "autocomplete",
    "class",
    "content",
    "d",
    "for",
    "href",
    "id",
    "name",
    "points",
    "rel",
    "role",
    "sizes",
    "src",
    "style",
    "transform",
    "type",
    "viewBox",
];

/// Macros and methods whose words are for programmers.
const FOR_PROGRAMMERS: &[&str] = &[
    "assert",
    "debug_assert",
    "expect",
    "log",
    "panic",
    "query_selector",
    "query_selector_all",
    "closest",
    "matches",
    "unreachable",
    "warn",
];

/// What looks like words and is none: the last part of a file's path, and the text.
const NO_WORDS: &[(&str, &str)] = &[
    (
        "code/bridge.rs",
        "the code editor refused {name}: {error:?}",
    ),
    ("config/aliases.rs", "name"),
    ("config/identity.rs", "name"),
    ("config/identity.rs", "type"),
    ("config/tags.rs", "{ROWS} > :last-child .btn"),
    ("config/tags.rs", "{ROWS} > :last-child input"),
    ("dry_run/timeline.rs", "bar {}"),
    ("dry_run/timeline.rs", "bar soft {}"),
    (
        "files/svg.rs",
        "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    ),
    ("home/picture.rs", "{} around"),
    ("run/head.rs", "disc big {}{arc}"),
    ("run/states.rs", "bar hold {}"),
    ("run/states.rs", "bar soft {}"),
    ("run/states.rs", "bar {}"),
    ("ui/status.rs", "disc {}{}"),
    ("ui/status.rs", "status {}{}"),
];

/// Judges every module.
pub(crate) fn check() -> Result<(), Failure> {
    let mut faults = Vec::new();
    let mut known: BTreeSet<_> = NO_WORDS.iter().collect();
    for file in modules(&paths::root().join("app/src"))? {
        let place = file.strip_prefix(paths::root()).unwrap_or(&file);
        let place = place.display().to_string();
        if place.starts_with(HOME) {
            continue;
        }
        for (line, words) in words_in(&file, &place)? {
            let is_known = |entry: &&(&str, &str)| place.ends_with(entry.0) && entry.1 == words;
            match NO_WORDS.iter().find(is_known) {
                Some(entry) => drop(known.remove(entry)),
                None => faults.push(format!("{place}:{line}: {words:?}")),
            }
        }
    }
    let stale = known.into_iter();
    faults.extend(stale.map(|(end, words)| format!("{end} says {words:?} no more")));
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "texts stand outside of {HOME}, or NO_WORDS names some that are not there:\n{}",
        faults.join("\n")
    )))
}

/// The words of a module, each with its line.
fn words_in(file: &Path, place: &str) -> Result<Vec<(usize, String)>, Failure> {
    let source = String::from_utf8_lossy(&read(file)?).into_owned();
    let tokens = source
        .parse()
        .map_err(|fault| Failure::Other(format!("{place}: {fault}")))?;
    let mut found = Vec::new();
    scan(tokens, &mut found);
    Ok(found)
}

/// All modules but those that hold tests alone.
fn modules(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(modules(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_for_tests(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_for_tests(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| stem == "tests" || stem == "random")
}

/// Collects the words in tokens, each with its line.
fn scan(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => at = attribute(&tokens, at, found),
            TokenTree::Ident(name) if FOR_PROGRAMMERS.contains(&name.to_string().as_str()) => {
                at = passed_over(&tokens, at)
            }
            TokenTree::Group(group) if !is_silent(&tokens, at) => scan(group.stream(), found),
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                found.extend(
                    text(&literal.to_string())
                        .filter(|words| is_said(&tokens, at, words))
                        .map(|words| (line, words)),
                );
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Group(_) => {}
        }
        at += 1;
    }
}

/// Reads `#[…]`: tests are left out with what they stand before, messages of errors are read, others are not. Gives the place
/// of the last token of it.
fn attribute(tokens: &[TokenTree], at: usize, found: &mut Vec<(usize, String)>) -> usize {
    let bang = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
    let group_at = at + 1 + usize::from(bang);
    let Some(TokenTree::Group(group)) = tokens.get(group_at) else {
        return at;
    };
    let words = group.stream().to_string();
    if words.starts_with("error") {
        scan(group.stream(), found);
    }
    if words == "cfg (test)" || words == "cfg(test)" {
        return item_end(tokens, group_at);
    }
    group_at
}

/// The last token of the item that begins after `at`: its braces, or its semicolon.
fn item_end(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    };
    (at + 1..tokens.len())
        .find(|next| ends(&tokens[*next]))
        .unwrap_or(tokens.len())
}

/// Passes over `name(…)` and `name!(…)`.
fn passed_over(tokens: &[TokenTree], at: usize) -> usize {
    let next =
        (at + 1..=at + 2).find(|next| matches!(tokens.get(*next), Some(TokenTree::Group(_))));
    next.unwrap_or(at)
}

/// What a literal of a text says, without its quotes and what is filled in; nothing for other literals.
fn text(literal: &str) -> Option<String> {
    let begins =
        literal.starts_with('"') || literal.starts_with("r\"") || literal.starts_with("r#");
    let (first, last) = (literal.find('"')?, literal.rfind('"')?);
    (begins && first < last).then(|| literal[first + 1..last].replace("\\\"", "\""))
}

/// Whether a person reads this: by what it looks like, and by what it is given to.
fn is_said(tokens: &[TokenTree], at: usize, words: &str) -> bool {
    match receiver(tokens, at) {
        Some(name) if SILENT.contains(&name.as_str()) => false,
        Some(name) if SPOKEN.contains(&name.as_str()) => {
            words.chars().any(char::is_alphabetic) && !is_field(words) && !is_combination(words)
        }
        Some(_) | None => {
            is_sentence(words) || (is_child(tokens, at) && words.chars().any(char::is_alphabetic))
        }
    }
}

/// Whether what a group holds becomes a value that is never shown: `class=format!(…)`, `class=move || format!(…)`.
fn is_silent(tokens: &[TokenTree], at: usize) -> bool {
    let is_named =
        |token: &TokenTree, wanted: &str| matches!(token, TokenTree::Ident(name) if name == wanted);
    let is_bar =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '|');
    let Some(format) = at
        .checked_sub(2)
        .filter(|place| is_named(&tokens[*place], "format"))
    else {
        return false;
    };
    let closure = tokens[..format].iter().rev();
    let length = closure
        .take_while(|it| is_bar(it) || is_named(it, "move"))
        .count();
    receiver(tokens, format - length).is_some_and(|name| SILENT.contains(&name.as_str()))
}

/// The name before `=`, when a literal is the value of an attribute: `label` for both `label=` and `aria-label=`.
fn receiver(tokens: &[TokenTree], at: usize) -> Option<String> {
    let is_equals =
        matches!(tokens.get(at.checked_sub(1)?)?, TokenTree::Punct(mark) if mark.as_char() == '=');
    match tokens.get(at.checked_sub(2)?)? {
        TokenTree::Ident(name) if is_equals => Some(name.to_string()),
        TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
            None
        }
    }
}

/// Whether a literal stands in a view between two of its elements.
fn is_child(tokens: &[TokenTree], at: usize) -> bool {
    let mark = |place: Option<usize>, wanted: char| {
        let token = place.and_then(|place| tokens.get(place));
        matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted)
    };
    let after_tag = mark(at.checked_sub(1), '>')
        && !mark(at.checked_sub(2), '=')
        && !mark(at.checked_sub(2), '-');
    let before_tag = mark(Some(at + 1), '<');
    after_tag || before_tag
}

/// Whether a text reads like one: words with blanks between them that begin with a capital, end like a sentence or are many.
fn is_sentence(words: &str) -> bool {
    let code = ["::", "=\"", "='", "/>", "()", "[", "--", "  "];
    if words.starts_with(['.', '#', '/', '<', '{']) && !words.contains("} ")
        || code.iter().any(|mark| words.contains(mark))
    {
        return false;
    }
    let count = without_values(words)
        .split_whitespace()
        .filter(|word| is_word(word))
        .count();
    let begins = words
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_uppercase);
    let ends = words.trim_end().ends_with(['.', '?', '…', ',', ':']);
    match count {
        0 => false,
        1 => words.ends_with('…') || (words.contains(' ') && (begins || words.contains('{'))),
        2 => begins || ends || words.contains('{'),
        _ => true,
    }
}

/// A name of the language or of AWS's services, such as `ItemReader`, `roleArn` or `tags[].key`; it is the same in every tongue.
fn is_field(words: &str) -> bool {
    let is_name = words
        .chars()
        .all(|it| it.is_alphanumeric() || ".[]".contains(it));
    let mut inside = words.trim_end_matches('.').chars().skip(1);
    is_name && inside.any(|it| it.is_uppercase() || it == '.')
}

/// Keys that are pressed together, such as `Ctrl+Enter`.
fn is_combination(words: &str) -> bool {
    let keys = words.split_once('+');
    keys.is_some_and(|(held, _)| ["Alt", "Ctrl", "Shift"].contains(&held))
}

/// A text whose values, `{…}`, are something that is no word, nor what stands directly at them.
fn without_values(words: &str) -> String {
    let mut rest = words;
    let mut plain = String::new();
    while let Some((head, tail)) = rest.split_once('{') {
        plain.push_str(head);
        plain.push_str("0a0");
        rest = tail.split_once('}').map_or("", |(_, tail)| tail);
    }
    plain + rest
}

/// A word of at least two letters, with or without marks around it.
fn is_word(word: &str) -> bool {
    let bare = word.trim_matches(|it: char| !it.is_alphabetic());
    bare.chars().count() >= 2
        && bare
            .chars()
            .all(|it| it.is_alphabetic() || it == '’' || it == '\'' || it == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let mut found = Vec::new();
        scan(source.parse().expect("tokens"), &mut found);
        found.into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn what_a_person_reads_is_found() {
        for (source, words) in [
            (r#"say("Nothing was changed.")"#, "Nothing was changed."),
            (r#"format!("{count} left")"#, "{count} left"),
            (r#"view! { <p>"Name"</p> }"#, "Name"),
            (r#"view! { <Button label="Run"/> }"#, "Run"),
            (r#"#[error("no {0} here")] struct A;"#, "no {0} here"),
        ] {
            assert_eq!(found(source), [words], "{source}");
        }
    }

    #[test]
    fn classes_keys_values_and_tests_are_no_words() {
        for source in [
            r#"view! { <p class="wide open"></p> }"#,
            r#"view! { <p class=move || format!("chip {}", kind())></p> }"#,
            r#"view! { <Button title="Ctrl+Enter"/> }"#,
            r#"format!("{first} {second}-list")"#,
            r#"panic!("This cannot be.")"#,
            r#"#[cfg(test)] mod tests { const A: &str = "Some words here."; }"#,
        ] {
            assert_eq!(found(source), Vec::<String>::new(), "{source}");
        }
    }
}
