//! A template of SAM or CloudFormation that deploys the pipeline, with a role of the rights that it needs (feature map, WS-62).

use crate::drafts::{Key, Level, Settings};
use asl::check::MachineType;
use asl::policy::{Home, Subject, Unknown, derive};
use asl::template::{
    Candidate, Deployment, Dialect, Encryption, Logging, Role, Substitution, SubstitutionValue,
    WriteError, candidates, lift, write,
};
use asl::text::{Document, Format};
use std::collections::BTreeSet;

/// What a template is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The machine's name.
    pub(super) name: String,
    /// Standard or Express.
    pub(super) machine_type: MachineType,
    /// SAM or CloudFormation.
    pub(super) dialect: Dialect,
    /// How it is written.
    pub(super) format: Format,
    /// What the machine is besides its definition.
    pub(super) settings: Settings,
    /// The names of the parameters that take the place of what the definition says.
    pub(super) lifted: BTreeSet<String>,
}

/// A text of the definition that can become a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Liftable {
    /// The parameter's name.
    pub(super) name: String,
    /// The text, which is what the parameter is when nobody says otherwise.
    pub(super) value: String,
    /// In how many places it stands.
    pub(super) places: usize,
}

/// What can become a parameter, each text once, in written order.
pub(super) fn liftable(definition: &Document) -> Vec<Liftable> {
    let mut all: Vec<Liftable> = Vec::new();
    for Candidate { name, value, .. } in candidates(definition) {
        match all.iter_mut().find(|known| known.name == name) {
            Some(known) => known.places += 1,
            None => all.push(Liftable {
                name,
                value,
                places: 1,
            }),
        }
    }
    all
}

/// The template of a definition.
pub(super) fn template(definition: &Document, wanted: &Wanted) -> Result<String, WriteError> {
    let mut chosen = candidates(definition);
    chosen.retain(|candidate| wanted.lifted.contains(&candidate.name));
    let mut lifted = definition.clone();
    let edits = lift(definition, &chosen).map_err(|_| WriteError::Broken)?;
    lifted.edit(&edits).map_err(|_| WriteError::Broken)?;
    let settings = &wanted.settings;
    let subject = Subject {
        home: Home {
            unknown: Unknown::Template,
            ..Home::default()
        },
        name: Some(wanted.name.clone()),
        ..settings.subject()
    };
    let deployment = Deployment {
        logical_id: wanted.name.clone(),
        name: Some(wanted.name.clone()),
        machine_type: wanted.machine_type,
        substitutions: substitutions(chosen),
        role: match settings.role.as_str() {
            "" => Role::Policy(derive(&lifted, &subject)),
            role => Role::Arn(role.to_owned()),
        },
        logging: logging(settings),
        tracing: settings.tracing,
        encryption: settings.key.as_ref().and_then(encryption),
        tags: settings
            .tags
            .iter()
            .map(|tag| (tag.key.clone(), tag.value.clone()))
            .collect(),
    };
    write(&lifted, &deployment, wanted.dialect, wanted.format)
}

/// Without a group, the template makes one.
fn logging(settings: &Settings) -> Option<Logging> {
    let logging = &settings.logging;
    (logging.level != Level::Off).then(|| Logging {
        level: logging.level.wire_name().to_owned(),
        include_data: logging.include_data,
        destination: Some(logging.group.clone()).filter(|group| !group.is_empty()),
    })
}

/// A key that nobody has named yet is none.
fn encryption(key: &Key) -> Option<Encryption> {
    (!key.id.is_empty()).then(|| Encryption {
        key: key.id.clone(),
        reuse_seconds: key.reuse_seconds,
    })
}

/// Whether a template of this kind leaves out a key that the settings name: SAM has no property for one.
pub(super) fn leaves_out_key(settings: &Settings, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Serverless => settings.key.as_ref().and_then(encryption).is_some(),
        Dialect::CloudFormation => false,
    }
}

/// Parameters that are what the definition said, when nobody says otherwise.
fn substitutions(chosen: Vec<Candidate>) -> Vec<Substitution> {
    let mut all: Vec<Substitution> = Vec::new();
    for Candidate { name, value, .. } in chosen {
        if all.iter().all(|known| known.name != name) {
            all.push(Substitution {
                name,
                value: SubstitutionValue::Parameter(Some(value)),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::Tag;

    const CALL: &str = r#"{ "StartAt": "Call", "States": { "Call": { "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": { "FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:score" }, "Next": "Again" },
        "Again": { "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:score", "End": true } } }"#;

    fn wanted(dialect: Dialect) -> Wanted {
        Wanted {
            name: "score".into(),
            machine_type: MachineType::Express,
            dialect,
            format: Format::Yaml,
            settings: Settings::default(),
            lifted: BTreeSet::new(),
        }
    }

    #[test]
    fn a_template_has_the_definition_and_a_role_that_may_do_what_it_does() {
        let definition = Document::parse(CALL);
        for (dialect, kind) in [
            (Dialect::Serverless, "AWS::Serverless::StateMachine"),
            (Dialect::CloudFormation, "AWS::StepFunctions::StateMachine"),
        ] {
            let text = template(&definition, &wanted(dialect)).unwrap();
            assert!(text.contains(kind), "{text}");
            assert!(text.contains("EXPRESS"), "{text}");
            assert!(text.contains("lambda:InvokeFunction"), "{text}");
            let read = asl::template::read(&text);
            assert_eq!(read.machines.len(), 1);
        }
    }

    #[test]
    fn what_is_lifted_becomes_a_parameter_in_all_its_places() {
        let definition = Document::parse(CALL);
        let [arn] = liftable(&definition).try_into().unwrap();
        assert_eq!((arn.name.as_str(), arn.places), ("ScoreFunctionArn", 2));
        for dialect in [Dialect::Serverless, Dialect::CloudFormation] {
            let mut wanted = wanted(dialect);
            wanted.lifted.insert(arn.name.clone());
            let text = template(&definition, &wanted).unwrap();
            assert_eq!(text.matches("function:score").count(), 1, "{text}");
            assert!(text.contains("ScoreFunctionArn:"), "{text}");
            let read = asl::template::read(&text);
            let source = format!("{:?}", read.machines[0].source);
            assert_eq!(source.matches("${ScoreFunctionArn}").count(), 2, "{source}");
        }
    }

    #[test]
    fn a_template_carries_role_logging_tracing_and_tags() {
        let mut wanted = wanted(Dialect::CloudFormation);
        wanted.settings.role = "arn:aws:iam::123456789012:role/mine".into();
        wanted.settings.tracing = true;
        wanted.settings.logging.level = Level::Error;
        wanted.settings.tags = vec![Tag {
            key: "team".into(),
            value: "risk".into(),
        }];
        let text = template(&Document::parse(CALL), &wanted).unwrap();
        let read = asl::template::read(&text);
        let machine = &read.machines[0];
        assert_eq!(
            machine.role.as_deref(),
            Some("arn:aws:iam::123456789012:role/mine")
        );
        assert!(machine.tracing, "{text}");
        assert_eq!(machine.logging.as_ref().unwrap().level, "ERROR");
        assert_eq!(machine.tags, [("team".to_owned(), Some("risk".to_owned()))]);
    }

    #[test]
    fn a_key_stands_in_a_template_of_cloudformation_and_is_told_to_be_missing_in_one_of_sam() {
        for (dialect, is_missing) in [
            (Dialect::CloudFormation, false),
            (Dialect::Serverless, true),
        ] {
            let mut wanted = wanted(dialect);
            assert!(!leaves_out_key(&wanted.settings, dialect));
            wanted.settings.key = Some(Key {
                id: "alias/risk".into(),
                reuse_seconds: Some(600),
            });
            let text = template(&Document::parse(CALL), &wanted).unwrap();
            let read = asl::template::read(&text);
            let key = read.machines[0].encryption.as_ref();
            let key = key.map(|key| (key.key.as_str(), key.reuse_seconds));
            let expected = (!is_missing).then_some(("alias/risk", Some(600)));
            assert_eq!(key, expected, "{text}");
            assert_eq!(leaves_out_key(&wanted.settings, dialect), is_missing);
            assert!(text.contains("kms:Decrypt"), "{text}");
        }
    }

    #[test]
    fn a_template_can_be_json() {
        let mut wanted = wanted(Dialect::CloudFormation);
        wanted.format = Format::Json;
        let text = template(&Document::parse(CALL), &wanted).unwrap();
        assert!(
            serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            "{text}"
        );
    }

    #[test]
    fn a_broken_definition_has_no_template() {
        let made = template(&Document::parse("{"), &wanted(Dialect::Serverless));
        assert_eq!(made, Err(WriteError::Broken));
    }
}
