//! A template of SAM or CloudFormation that deploys the pipeline, with a role of the rights that it needs.

use super::save::save_text;
use crate::document::Refusal;
use crate::session::Session;
use asl::check::MachineType;
use asl::policy::{Home, Subject, Unknown, derive};
use asl::template::{Deployment, Dialect, Role, WriteError, write};
use asl::text::{Document, Format};
use leptos::prelude::*;

/// The template of a definition.
fn template(
    definition: &Document,
    name: &str,
    machine_type: MachineType,
    dialect: Dialect,
) -> Result<String, WriteError> {
    let subject = Subject {
        home: Home {
            unknown: Unknown::Template,
            ..Home::default()
        },
        name: Some(name.to_owned()),
        ..Subject::default()
    };
    let deployment = Deployment {
        logical_id: name.to_owned(),
        name: Some(name.to_owned()),
        machine_type,
        role: Role::Policy(derive(definition, &subject)),
        ..Deployment::default()
    };
    write(definition, &deployment, dialect, Format::Yaml)
}

/// Saves the template as a file `NAME.template.yaml`, or says why there is none.
pub(crate) fn download_template(session: Session, dialect: Dialect) {
    let (name, machine_type) = (
        session.name().get_untracked(),
        session.machine_type().get_untracked(),
    );
    let made = session
        .document()
        .with_untracked(|definition| template(definition, &name, machine_type, dialect));
    match made {
        Ok(text) => save_text(&format!("{name}.template.yaml"), &text, "application/yaml"),
        Err(error) => {
            session.refuse(&Refusal::Shape(format!("There is no template: {error}.")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#"{ "StartAt": "Call", "States": { "Call": { "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": { "FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:score" }, "End": true } } }"#;

    #[test]
    fn a_template_has_the_definition_and_a_role_that_may_do_what_it_does() {
        let definition = Document::parse(CALL);
        for (dialect, kind) in [
            (Dialect::Serverless, "AWS::Serverless::StateMachine"),
            (Dialect::CloudFormation, "AWS::StepFunctions::StateMachine"),
        ] {
            let text = template(&definition, "score", MachineType::Express, dialect).unwrap();
            assert!(text.contains(kind), "{text}");
            assert!(text.contains("EXPRESS"), "{text}");
            assert!(text.contains("lambda:InvokeFunction"), "{text}");
            let read = asl::template::read(&text);
            assert_eq!(read.machines.len(), 1);
        }
    }

    #[test]
    fn a_broken_definition_has_no_template() {
        let made = template(
            &Document::parse("{"),
            "score",
            MachineType::Standard,
            Dialect::Serverless,
        );
        assert_eq!(made, Err(WriteError::Broken));
    }
}
