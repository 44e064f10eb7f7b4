//! The state machines of a template, as they are shown to pick from (feature map, WS-65). Pure.

use crate::drafts::{self, Draft, Key, Level, Logging, Settings, Tag};
use crate::text::{common, opening as says};
use asl::check::{MachineType, Severity, check};
use asl::graph::Outline;
use asl::template::{self, Machine, ResourceKind, Source};
use asl::text::{Document, Positions, SyntaxFault, placeholders};
use std::collections::BTreeSet;

/// What a template has to pick from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picks {
    /// Its state machines, in written order.
    pub machines: Vec<Pick>,
    /// What is wrong with its text, with the place.
    pub faults: Vec<String>,
}

/// A state machine of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The resource's name in the template.
    pub logical_id: String,
    /// The draft's name: the machine's own where it has a plain one.
    pub name: String,
    /// The type of the resource, in CloudFormation's words.
    pub resource: &'static str,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// What the template says of it besides; what only a deployment knows is left out.
    pub settings: Settings,
    /// Its definition, or why it cannot be opened.
    pub content: Result<Content, String>,
}

/// A definition in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The definition, with placeholders for what only a deployment knows.
    pub text: String,
    /// How many states it has, in branches and loops too.
    pub states: usize,
    /// How many different placeholders.
    pub placeholders: usize,
    /// How many errors the checks find.
    pub errors: usize,
    /// The first thing that is wrong with its text as JSON or YAML.
    pub fault: Option<String>,
}

impl Pick {
    /// A draft of its definition.
    pub fn draft(&self) -> Option<Draft> {
        let content = self.content.as_ref().ok()?;
        let mut draft = Draft::new(self.name.clone(), content.text.clone());
        draft.machine_type = self.machine_type;
        draft.settings = self.settings.clone();
        Some(draft)
    }
}

/// The state machines in the text of a template, and what is wrong with it.
pub fn picks(text: &str) -> Picks {
    let read = template::read(text);
    Picks {
        machines: read.machines.iter().map(pick).collect(),
        faults: said(text, &read.faults),
    }
}

/// Faults in words, each with its place.
fn said(text: &str, faults: &[SyntaxFault]) -> Vec<String> {
    let positions = Positions::new(text);
    let said = |fault: &SyntaxFault| {
        let place = positions.line_column(fault.span.start);
        common::at_place(place.line, place.column, &fault.message)
    };
    faults.iter().map(said).collect()
}

fn pick(machine: &Machine) -> Pick {
    let plain = machine
        .name
        .as_ref()
        .filter(|name| drafts::check_name(name).is_ok());
    Pick {
        logical_id: machine.logical_id.clone(),
        name: plain.map_or_else(
            || drafts::name_from_file(&machine.logical_id),
            String::clone,
        ),
        resource: match machine.resource {
            ResourceKind::Serverless => "AWS::Serverless::StateMachine",
            ResourceKind::StepFunctions => "AWS::StepFunctions::StateMachine",
        },
        machine_type: machine.machine_type,
        settings: settings(machine),
        content: content(machine),
    }
}

fn settings(machine: &Machine) -> Settings {
    let known = |text: &Option<String>| {
        text.clone()
            .filter(|text| placeholders(text).next().is_none())
    };
    let plain = |text: &Option<String>| known(text).unwrap_or_default();
    let logging = machine.logging.as_ref().map(|logging| Logging {
        level: Level::from_wire(&logging.level),
        include_data: logging.include_data,
        group: plain(&logging.destination),
    });
    let logging = logging.filter(|logging| !logging.group.is_empty());
    let key = machine
        .encryption
        .as_ref()
        .filter(|key| placeholders(&key.key).next().is_none());
    let tags = machine
        .tags
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), known(value)?)));
    Settings {
        role: plain(&machine.role),
        logging: logging.unwrap_or_default(),
        tracing: machine.tracing,
        key: key.map(|key| Key {
            id: key.key.clone(),
            reuse_seconds: key.reuse_seconds,
        }),
        tags: tags.map(|(key, value)| Tag { key, value }).collect(),
    }
}

fn content(machine: &Machine) -> Result<Content, String> {
    let (text, format) = match &machine.source {
        Source::Text { text, format, .. } => (text, *format),
        Source::File(file) => {
            return Err(says::elsewhere(file));
        }
        Source::Unreadable(why) => return Err(why.clone()),
    };
    let document = Document::parse_as(text.as_str(), format);
    let found = check(&document, machine.machine_type);
    let names: BTreeSet<&str> = placeholders(text).collect();
    Ok(Content {
        states: Outline::of(&document).states.len(),
        placeholders: names.len(),
        errors: found
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count(),
        fault: said(text, document.faults()).into_iter().next(),
        text: text.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: !Sub ${AWS::StackName}-pipeline
      Type: EXPRESS
      Role: !GetAtt Role.Arn
      Tracing:
        Enabled: true
      Logging:
        Level: ALL
        Destinations:
          - CloudWatchLogsLogGroup:
              LogGroupArn: !GetAtt Logs.Arn
      Tags:
        team: risk
        stage: !Ref Stage
      Definition:
        StartAt: Score
        States:
          Score:
            Type: Task
            Resource: !GetAtt Score.Arn
            Next: Nowhere
  Other:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: nightly
      EncryptionConfiguration:
        Type: CUSTOMER_MANAGED_KMS_KEY
        KmsKeyId: alias/nightly
        KmsDataKeyReusePeriodSeconds: 900
      DefinitionS3Location: statemachine/nightly.asl.json
";

    #[test]
    fn each_machine_says_what_it_has_or_why_it_cannot_be_opened() {
        let picks = picks(TWO);
        assert!(picks.faults.is_empty());
        let [pipeline, other] = picks.machines.as_slice() else {
            panic!("{picks:#?}");
        };
        assert_eq!(pipeline.name, "Pipeline");
        assert_eq!(pipeline.machine_type, MachineType::Express);
        let content = pipeline.content.as_ref().expect("a definition");
        assert_eq!((content.states, content.placeholders), (1, 1));
        assert!(content.errors > 0, "{content:?}");
        assert!(content.text.contains("${Score.Arn}"), "{}", content.text);
        let draft = pipeline.draft().expect("a draft");
        assert_eq!(draft.machine_type, MachineType::Express);
        assert!(draft.settings.tracing);
        assert_eq!(
            (draft.settings.role.as_str(), draft.settings.logging.level),
            ("", Level::Off)
        );
        let tags = draft.settings.tags.iter();
        let tags: Vec<_> = tags.map(|tag| (&*tag.key, &*tag.value)).collect();
        assert_eq!(
            tags,
            [("team", "risk")],
            "only a deployment knows the stage"
        );
        assert_eq!(other.name, "nightly");
        let key = Key {
            id: "alias/nightly".to_owned(),
            reuse_seconds: Some(900),
        };
        assert_eq!(other.settings.key, Some(key));
        let why = other.content.as_ref().expect_err("elsewhere");
        assert!(why.contains("statemachine/nightly.asl.json"), "{why}");
        assert_eq!(other.draft(), None);
    }

    #[test]
    fn a_key_that_only_a_deployment_knows_is_left_out() {
        let picks = picks(&TWO.replace("alias/nightly", "!GetAtt Key.Arn"));
        assert_eq!(picks.machines[1].settings.key, None);
    }

    #[test]
    fn faults_of_a_template_say_where_they_are() {
        let broken = "{\n  \"Resources\": {\n    \"A\": { \"Type\": }\n  }\n}";
        let picks = picks(broken);
        assert!(picks.faults[0].starts_with("Line 3, column "), "{picks:?}");
        assert!(picks.machines.is_empty());
    }

    #[test]
    fn a_definition_that_is_a_broken_text_says_where() {
        let text = r#"{"Resources": {"A": {"Type": "AWS::StepFunctions::StateMachine",
            "Properties": {"DefinitionString": "{\n\"StartAt\": }"}}}}"#;
        let picks = picks(text);
        let content = picks.machines[0].content.as_ref().expect("a text");
        let fault = content.fault.as_deref().expect("a fault");
        assert!(fault.starts_with("Line 2, column "), "{fault}");
    }
}
