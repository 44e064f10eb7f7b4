use super::*;
use crate::policy::{Policy, Subject, derive};
use crate::text::Document;

fn definition(text: &str) -> Document {
    let document = Document::parse(text);
    assert_eq!(document.faults(), &[]);
    document
}

/// The only machine in a template.
#[track_caller]
fn only(template: &str) -> Machine {
    let read = read(template);
    assert_eq!(read.faults, &[], "{template}");
    assert!(is_template(template), "{template}");
    let [machine] = read.machines.as_slice() else {
        panic!("{:#?}", read.machines);
    };
    machine.clone()
}

#[track_caller]
fn text_of(machine: &Machine) -> (&str, Format, SourceForm) {
    match &machine.source {
        Source::Text { text, format, form } => (text, *format, *form),
        Source::File(_) | Source::Unreadable(_) => panic!("{:?}", machine.source),
    }
}

const SAM: &str = "\
AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::Serverless-2016-10-31
Resources:
  Score:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: !Sub ${AWS::StackName}-pipeline
      Type: EXPRESS
      Role: !GetAtt PipelineRole.Arn
      Tracing:
        Enabled: true
      Tags:
        team: risk
      Logging:
        Level: ERROR
        IncludeExecutionData: true
        Destinations:
          - CloudWatchLogsLogGroup:
              LogGroupArn: !GetAtt Logs.Arn
      DefinitionSubstitutions:
        ScoreArn: !GetAtt Score.Arn
        Bucket: !If [IsProd, a, b]
      Definition:
        StartAt: B
        States:
          B:
            Type: Task
            Resource: ${ScoreArn}
            Next: A
          A:
            Type: Task
            Resource: arn:aws:states:::sns:publish
            Parameters:
              TopicArn: !Ref Topic
              Message: !Sub 'from ${AWS::Region}'
            End: true
";

#[test]
fn a_machine_of_sam_is_read_with_all_that_is_said_of_it() {
    let machine = only(SAM);
    assert_eq!(machine.logical_id, "Pipeline");
    assert_eq!(machine.resource, ResourceKind::Serverless);
    assert_eq!(machine.pointer.to_string(), "/Resources/Pipeline");
    assert_eq!(machine.name.as_deref(), Some("${AWS::StackName}-pipeline"));
    assert_eq!(machine.machine_type, MachineType::Express);
    assert_eq!(machine.role.as_deref(), Some("${PipelineRole.Arn}"));
    assert!(machine.tracing);
    assert_eq!(machine.tags, [("team".to_owned(), Some("risk".to_owned()))]);
    let logging = machine.logging.clone().unwrap();
    assert_eq!(
        (logging.level.as_str(), logging.include_data),
        ("ERROR", true)
    );
    assert_eq!(logging.destination.as_deref(), Some("${Logs.Arn}"));
    assert_eq!(
        machine.substitutions,
        [
            ("ScoreArn".to_owned(), Some("${Score.Arn}".to_owned())),
            ("Bucket".to_owned(), None),
        ]
    );
    let (text, format, form) = text_of(&machine);
    assert_eq!((format, form), (Format::Yaml, SourceForm::Object));
    let expected = "\
StartAt: B
States:
  B:
    Type: Task
    Resource: \"${ScoreArn}\"
    Next: A
  A:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters:
      TopicArn: \"${Topic}\"
      Message: from ${AWS::Region}
    End: true
";
    assert_eq!(text, expected);
}

#[test]
fn texts_are_read_however_they_are_put_together() {
    let of = |definition: &str| {
        only(&format!(
            r#"{{"Resources": {{"M": {{"Type": "AWS::StepFunctions::StateMachine", "Properties": {{"RoleArn": "arn:aws:iam::1:role/r", "StateMachineType": "STANDARD", {definition}}}}}}}}}"#
        ))
    };
    let plain = of(r#""DefinitionString": "{\"StartAt\": \"A\"}""#);
    assert_eq!(
        text_of(&plain),
        (r#"{"StartAt": "A"}"#, Format::Json, SourceForm::Text)
    );
    let sub = of(r#""DefinitionString": {"Fn::Sub": "{\"A\": \"${F.Arn}\", \"B\": \"${!C}\"}"}"#);
    assert_eq!(
        text_of(&sub),
        (
            r#"{"A": "${F.Arn}", "B": "${C}"}"#,
            Format::Json,
            SourceForm::Sub
        )
    );
    let listed =
        of(r#""DefinitionString": {"Fn::Sub": ["{\"A\": \"${X}\"}", {"X": {"Ref": "Y"}}]}"#);
    assert_eq!(text_of(&listed).0, r#"{"A": "${X}"}"#);
    assert_eq!(
        listed.substitutions,
        [("X".to_owned(), Some("${Y}".to_owned()))]
    );
    let joined = of(
        r#""DefinitionString": {"Fn::Join": ["", ["{\"A\": \"", {"Fn::GetAtt": ["F", "Arn"]}, "\", \"B\": ", {"Ref": "T"}, "}"]]}"#,
    );
    assert_eq!(
        text_of(&joined),
        (
            r#"{"A": "${F.Arn}", "B": ${T}}"#,
            Format::Json,
            SourceForm::Join
        )
    );
    let file = of(r#""DefinitionS3Location": {"Bucket": "b", "Key": "k.json"}"#);
    assert_eq!(file.source, Source::File("s3://b/k.json".to_owned()));
    let file = of(r#""DefinitionUri": "statemachine/m.asl.json""#);
    assert_eq!(
        file.source,
        Source::File("statemachine/m.asl.json".to_owned())
    );
    for hidden in [
        r#""DefinitionString": {"Fn::If": ["A", "B", "C"]}"#,
        r#""Tags": [{"Key": "a", "Value": "b"}]"#,
    ] {
        assert!(
            matches!(of(hidden).source, Source::Unreadable(_)),
            "{hidden}"
        );
    }
}

#[test]
fn definitions_and_other_texts_are_no_templates() {
    for text in [
        "",
        "Resources",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Comment": "Resources", "End": true}}}"#,
        r#"{"Resources": {"A": 1}}"#,
        "Resources: [a, b]",
    ] {
        assert!(!is_template(text), "{text}");
        assert_eq!(read(text).machines, [], "{text}");
    }
}

const DEFINITIONS: [&str; 4] = [
    r#"{"StartAt": "Z", "States": {"Z": {"Type": "Pass", "Next": "A", "Result": {"b": 1.50, "a": [null, true, "no", "2024-01-31", "1e3", ""], "n": 12345678901234567890}}, "A": {"Type": "Succeed"}}}"#,
    r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% 'a: ' & \"b #\" & ${ 'x': 1 }.x %}", "Comment": "two\nlines\n", "End": true}}}"#,
    r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "${Score}", "Payload.$": "$"}, "End": true}}}"#,
    "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Comment\": \"!Ref x, & *y, \\u00e9\\u2028 \\\\ ' \\\"\", \"End\": true}}}",
];

fn everything(policy: Policy) -> Deployment {
    Deployment {
        logical_id: "My pipeline".to_owned(),
        name: Some("pipeline".to_owned()),
        machine_type: MachineType::Express,
        role: Role::Policy(policy),
        logging: Some(Logging {
            level: "ALL".to_owned(),
            include_data: true,
            destination: None,
        }),
        tracing: true,
        encryption: Some(Encryption {
            key: "alias/risk".to_owned(),
            reuse_seconds: Some(600),
        }),
        tags: vec![("team".to_owned(), "risk".to_owned())],
        ..Deployment::default()
    }
}

/// Writes a template in every way and reads it back.
#[track_caller]
fn round_trip(document: &Document) {
    let deployment = everything(derive(document, &Subject::default()));
    for dialect in [Dialect::Serverless, Dialect::CloudFormation] {
        for format in [Format::Json, Format::Yaml] {
            let template = write(document, &deployment, dialect, format).unwrap();
            let machine = only(&template);
            let (text, written, _) = text_of(&machine);
            assert_eq!(written, format);
            let back = Document::parse_as(text, format);
            assert_eq!(back.to_json(&[]), document.to_json(&[]), "{template}");
            assert_eq!(machine.logical_id, "MyPipeline");
            assert_eq!(machine.name.as_deref(), Some("pipeline"));
            assert_eq!(machine.machine_type, MachineType::Express);
            assert!(machine.tracing && machine.logging.as_ref().is_some_and(|it| it.include_data));
            assert_eq!(machine.tags, [("team".to_owned(), Some("risk".to_owned()))]);
            let known = match dialect {
                Dialect::Serverless => None,
                Dialect::CloudFormation => deployment.encryption.clone(),
            };
            assert_eq!(machine.encryption, known, "{template}");
        }
    }
}

#[test]
fn what_is_written_is_read_back_as_the_same_definition() {
    for text in DEFINITIONS {
        round_trip(&definition(text));
    }
}

#[test]
fn a_key_is_read_where_the_template_names_one_of_the_customers() {
    let of = |encryption: &str| {
        let properties = r#""DefinitionString": "{}", "EncryptionConfiguration": "#;
        only(&format!(
            r#"{{"Resources": {{"A": {{"Type": "AWS::StepFunctions::StateMachine", "Properties": {{{properties}{encryption}}}}}}}}}"#
        ))
        .encryption
    };
    let key = |key: &str, reuse_seconds| {
        let key = key.to_owned();
        Some(Encryption { key, reuse_seconds })
    };
    assert_eq!(of(r#"{"Type": "AWS_OWNED_KEY"}"#), None);
    assert_eq!(of(r#"{"Type": "AWS_OWNED_KEY", "KmsKeyId": "a"}"#), None);
    let own = r#""Type": "CUSTOMER_MANAGED_KMS_KEY""#;
    assert_eq!(of(&format!("{{{own}}}")), None);
    assert_eq!(
        of(&format!(
            r#"{{{own}, "KmsKeyId": {{"Fn::GetAtt": ["Key", "Arn"]}}}}"#
        )),
        key("${Key.Arn}", None)
    );
    for seconds in ["90", "\"90\""] {
        let written = format!(
            r#"{{{own}, "KmsKeyId": "alias/a", "KmsDataKeyReusePeriodSeconds": {seconds}}}"#
        );
        assert_eq!(of(&written), key("alias/a", Some(90)));
    }
}

#[test]
fn placeholders_become_parameters_and_texts_take_their_place() {
    let document = definition(DEFINITIONS[2]);
    let mut deployment = everything(derive(&document, &Subject::default()));
    deployment.logical_id = "Pipeline".to_owned();
    let template = write(&document, &deployment, Dialect::Serverless, Format::Yaml).unwrap();
    assert!(
        template.contains("Parameters:\n  Score:\n    Type: String\n"),
        "{template}"
    );
    assert!(
        template.contains("DefinitionSubstitutions:\n        Score:\n          Ref: Score\n"),
        "{template}"
    );
    assert!(
        template.contains("Fn::Sub: arn:aws:lambda:*:*:function:${Score}"),
        "{template}"
    );
    deployment.substitutions = vec![Substitution {
        name: "Score".to_owned(),
        value: SubstitutionValue::Text("${ScoreFunction.Arn}".to_owned()),
    }];
    let template = write(
        &document,
        &deployment,
        Dialect::CloudFormation,
        Format::Json,
    )
    .unwrap();
    let machine = only(&template);
    assert_eq!(
        machine.substitutions,
        [("Score".to_owned(), Some("${ScoreFunction.Arn}".to_owned()))]
    );
    assert_eq!(machine.role.as_deref(), Some("${PipelineRole.Arn}"));
    assert!(
        template.contains("AWS::IAM::Role")
            && !template.contains("\"Parameters\": {\n    \"Score\""),
        "{template}"
    );
}

#[test]
fn names_of_substitutions_have_letters_and_digits_alone() {
    let document = definition(
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Comment": "${F.Arn} ${AWS::Region}", "End": true}}}"#,
    );
    let template = write(
        &document,
        &Deployment::default(),
        Dialect::CloudFormation,
        Format::Json,
    )
    .unwrap();
    let machine = only(&template);
    assert!(
        text_of(&machine).0.contains("${FArn} ${AWSRegion}"),
        "{template}"
    );
    assert_eq!(
        machine.substitutions,
        [
            ("FArn".to_owned(), Some("${FArn}".to_owned())),
            ("AWSRegion".to_owned(), Some("${AWS::Region}".to_owned())),
        ]
    );
}

#[test]
fn placeholders_outside_quotes_need_a_text() {
    let text = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": ${Pause}, \"End\": true}}}";
    let document = definition(text);
    let deployment = Deployment::default();
    let refused = write(&document, &deployment, Dialect::Serverless, Format::Yaml);
    assert_eq!(refused, Err(WriteError::Open("Pause".to_owned())));
    for format in [Format::Json, Format::Yaml] {
        let template = write(&document, &deployment, Dialect::CloudFormation, format).unwrap();
        let machine = only(&template);
        let (back, _, form) = text_of(&machine);
        assert_eq!(form, SourceForm::Text);
        assert_eq!(Document::parse(back).to_json(&[]), document.to_json(&[]));
    }
    let broken = Document::parse("{");
    assert_eq!(
        write(&broken, &deployment, Dialect::CloudFormation, Format::Json),
        Err(WriteError::Broken)
    );
}

#[test]
fn a_role_without_rights_has_no_empty_policy() {
    let document = definition(DEFINITIONS[0]);
    let template = write(
        &document,
        &Deployment::default(),
        Dialect::CloudFormation,
        Format::Json,
    )
    .unwrap();
    assert!(
        template.contains("sts:AssumeRole") && !template.contains("\"Policies\""),
        "{template}"
    );
}

#[test]
fn arns_are_lifted_to_placeholders_and_back() {
    let text = r#"{"StartAt": "A", "States": {
      "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:score-loan", "Next": "B"},
      "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/111122223333/orders", "MessageBody": "x"}, "Next": "C"},
      "C": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "arn:aws:sns:us-east-1:111122223333:alerts", "Message": "s3://my-bucket/a"}, "Next": "D"},
      "D": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:score-loan", "End": true}}}"#;
    let document = definition(text);
    let found = candidates(&document);
    let names: Vec<&str> = found.iter().map(|it| &*it.name).collect();
    assert_eq!(
        names,
        [
            "ScoreLoanFunctionArn",
            "OrdersQueueUrl",
            "AlertsTopicArn",
            "MyBucketS3Uri",
            "ScoreLoanFunctionArn"
        ]
    );
    let edits = lift(&document, &found).unwrap();
    let lifted = document.apply(&edits).unwrap();
    assert_eq!(candidates(&lifted), []);
    let values = found.iter().map(|it| (it.name.clone(), it.value.clone()));
    assert_eq!(lifted.substitute(&values.clone().collect()), text);
    let substitutions = values.map(|(name, value)| Substitution {
        name,
        value: SubstitutionValue::Parameter(Some(value)),
    });
    let deployment = Deployment {
        substitutions: substitutions.collect(),
        ..Deployment::default()
    };
    let template = write(&lifted, &deployment, Dialect::Serverless, Format::Yaml).unwrap();
    assert!(
        template.contains("Default: arn:aws:sns:us-east-1:111122223333:alerts"),
        "{template}"
    );
    assert_eq!(only(&template).substitutions.len(), 4);
}

#[cfg(not(target_family = "wasm"))]
mod random {
    use super::{definition, round_trip};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[ -~\\n\\t]{0,12}".prop_map(Value::from),
            "\\PC{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec(("[ -~]{0,8}", inner), 0..4).prop_map(|members| members
                    .into_iter()
                    .collect::<serde_json::Map<_, _>>()
                    .into()),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_value_in_a_definition_survives_a_template(result in value()) {
            let text = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": result, "End": true}}});
            // Functions of CloudFormation are computed, so they are no values.
            prop_assume!(!text.to_string().contains("Fn::") && !text.to_string().contains("\"Ref\"") && !text.to_string().contains("${"));
            round_trip(&definition(&text.to_string()));
        }
    }
}
