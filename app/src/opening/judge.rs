//! What a text is: a definition, a template, or neither. YAML is known by the names that its lines begin with.

use super::{Found, Template};
use crate::drafts::{self, Draft};
use crate::text::opening as says;
use asl::text::{Document, Format, Node};

/// Says what a file's content is, or why it cannot be opened. Something broken opens, too: the studio shows what is wrong with it.
pub fn judge(name: &str, text: String) -> Result<Found, String> {
    if text.contains('\0') {
        return Err(says::no_text(name));
    }
    // Names of files are wrong at times, and beginnings are broken.
    let told = [Format::of_name(name), Some(Format::of_text(&text))];
    let kinds: Vec<Kind> = told
        .into_iter()
        .flatten()
        .filter_map(|format| kind(format, &text))
        .collect();
    if kinds.contains(&Kind::Template) {
        let name = name.to_owned();
        return Ok(Found::Template(Template { name, text }));
    }
    if kinds.contains(&Kind::Definition) {
        let draft = Draft::new(drafts::name_from_file(name), text);
        return Ok(Found::Definition(Box::new(draft)));
    }
    Err(says::no_definition(name))
}

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Definition,
    Template,
}

fn kind(format: Format, text: &str) -> Option<Kind> {
    match format {
        Format::Json => {
            let document = Document::parse(text);
            let root = document.root().filter(|root| root.is_object())?;
            let is_template = root.field("Resources").is_some_and(Node::is_object)
                && root.field("States").is_none();
            Some(match is_template {
                true => Kind::Template,
                false => Kind::Definition,
            })
        }
        Format::Yaml => {
            let outer = || text.lines().filter_map(outer_name);
            if outer().any(|name| name == "Resources") && !outer().any(|name| name == "States") {
                return Some(Kind::Template);
            }
            text.lines().any(names_a_part).then_some(Kind::Definition)
        }
    }
}

/// The name that a line of YAML begins with, when it is not indented.
fn outer_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let is_outer = !line.starts_with([' ', '\t', '#', '-']);
    is_outer.then(|| bare(name))
}

/// Whether a line of YAML has a name that a definition has, at its beginning or in braces.
fn names_a_part(line: &str) -> bool {
    let mut names = line.split(['{', ',']).filter_map(|part| {
        let (name, _) = part.split_once(':')?;
        Some(bare(name))
    });
    names.any(|name| matches!(name, "StartAt" | "States"))
}

fn bare(name: &str) -> &str {
    name.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, text: &str) -> Draft {
        match judge(name, text.into()).expect("something") {
            Found::Definition(draft) => *draft,
            Found::Template(template) => panic!("a template: {template:?}"),
        }
    }

    #[test]
    fn a_definition_file_becomes_a_draft_of_its_name() {
        assert_eq!(draft("train.asl.json", "{\"States\":{}}").name, "train");
    }

    #[test]
    fn what_is_no_definition_is_refused_with_a_reason() {
        let refused = |name, text: &str| judge(name, text.into()).expect_err("refused");
        assert!(refused("a.png", "\0PNG").contains("no text file"));
        assert!(refused("a.json", "[1]").contains("no definition"));
        assert!(refused("notes.yaml", "just: notes\n").contains("no definition"));
    }

    #[test]
    fn a_file_is_taken_when_its_name_or_its_beginning_says_what_it_is() {
        for (name, text) in [
            ("a.yaml", "{\"StartAt\":\"A\",\"States\":{}}"),
            ("b.yml", "\"StartAt\": A\n"),
            ("c.yaml", "{ StartAt: A }"),
            ("d.json", "StartAt: A\n"),
            ("e.json", "\"StartAt\": \"A\", \"States\": {}}"),
        ] {
            assert!(judge(name, text.into()).is_ok(), "{name}");
        }
        assert!(judge("f.json", "[1]".into()).is_err());
    }

    #[test]
    fn yaml_becomes_a_draft_as_it_stands_also_when_it_is_broken() {
        let broken = "# mine\nStartAt: A\nStates:\n  A: [\n";
        let draft = draft("flow.asl.yaml", broken);
        assert_eq!((draft.name.as_str(), draft.text.as_str()), ("flow", broken));
    }

    #[test]
    fn a_template_is_told_from_a_definition_in_both_notations_also_when_it_is_broken() {
        for text in [
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  A:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: A\n",
            "\"Resources\":\n  A: [\n",
            "{\"Resources\": {\"A\": {\"Type\": \"AWS::StepFunctions::StateMachine\"}}}",
            "{\"Resources\": {\"A\": ",
        ] {
            let found = judge("template.yaml", text.into());
            assert!(matches!(found, Ok(Found::Template(_))), "{text}");
        }
        for text in [
            "StartAt: A\nStates:\n  Resources:\n    Type: Pass\n",
            "{\"StartAt\": \"Resources\", \"States\": {\"Resources\": {}}}",
        ] {
            let found = judge("a.yaml", text.into());
            assert!(matches!(found, Ok(Found::Definition(_))), "{text}");
        }
    }
}
