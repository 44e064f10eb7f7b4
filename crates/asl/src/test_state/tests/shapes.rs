use super::super::shapes::judge;
use super::*;
use crate::definition::Resource;

fn found(resource: &str, mode: FieldValidationMode, result: &Value) -> Result<(), String> {
    let Resource::Service { names, .. } = Resource::parse(&format!("arn:aws:states:::{resource}"))
    else {
        panic!("{resource} names no service");
    };
    judge(&names, mode, result)
}

fn strict(resource: &str, result: &Value) -> Result<(), String> {
    found(resource, FieldValidationMode::Strict, result)
}

fn fault(text: &str) -> Result<(), String> {
    Err(text.to_owned())
}

#[test]
fn each_kind_of_value_is_held_against_its_shape() {
    for (resource, result, expected) in [
        (
            "events:putEvents",
            json!({"Entries": "x"}),
            "Field 'Entries' must be an array",
        ),
        (
            "events:putEvents",
            json!({"Entries": [{}, {"EventId": []}]}),
            "Field 'EventId' must be a string",
        ),
        (
            "events:putEvents",
            json!({"Entries": ["x"]}),
            "Field 'Entries' must be an object",
        ),
        (
            "dynamodb:putItem",
            json!({"ConsumedCapacity": 1}),
            "Field 'ConsumedCapacity' must be an object",
        ),
        (
            "dynamodb:putItem",
            json!({"ConsumedCapacity": {"Table": {"CapacityUnits": "1"}}}),
            "Field 'CapacityUnits' must be a number",
        ),
        (
            "dynamodb:putItem",
            json!({"Attributes": {"a": {"S": 1}}}),
            "Field 'S' must be a string",
        ),
        (
            "aws-sdk:s3:getObject",
            json!({"DeleteMarker": "no"}),
            "Field 'DeleteMarker' must be a boolean",
        ),
        (
            "aws-sdk:s3:getObject",
            json!({"StorageClass": 1}),
            "Field 'StorageClass' must be a string",
        ),
        (
            "aws-sdk:s3:getObject",
            json!({"LastModified": 1}),
            "Field 'LastModified' must be a string",
        ),
        (
            "aws-sdk:s3:getObject",
            json!({"StorageClass": "Papyrus"}),
            "Field 'StorageClass' is not an expected value",
        ),
        (
            "aws-sdk:lambda:getFunction",
            json!({"Configuration": {"MemorySize": 127}}),
            "Field 'MemorySize' is less than the minimum value",
        ),
        (
            "aws-sdk:lambda:getFunction",
            json!({"Configuration": {"MemorySize": 10241}}),
            "Field 'MemorySize' exceeds the maximum value",
        ),
        (
            "aws-sdk:lambda:getFunction",
            json!({"Configuration": {"Runtime": "cobol"}}),
            "Field 'Runtime' is not an expected value",
        ),
    ] {
        assert_eq!(
            strict(resource, &result),
            fault(expected),
            "{resource} {result}"
        );
        assert_eq!(
            found(resource, FieldValidationMode::Present, &result),
            fault(expected)
        );
        assert_eq!(found(resource, FieldValidationMode::None, &result), Ok(()));
    }
}

#[test]
fn values_at_the_limits_pass() {
    for size in [128, 10240] {
        let result = json!({"Configuration": {"MemorySize": size, "Runtime": "python3.13"}});
        assert_eq!(strict("aws-sdk:lambda:getFunction", &result), Ok(()));
    }
}

#[test]
fn only_the_strict_mode_asks_for_required_fields() {
    let start = "states:startExecution";
    assert_eq!(
        strict(start, &json!({})),
        fault("Required field 'ExecutionArn' is missing")
    );
    assert_eq!(
        strict(start, &json!({"ExecutionArn": "a"})),
        fault("Required field 'StartDate' is missing")
    );
    let small = json!({"executionArn": "a", "startDate": "b"});
    assert!(
        strict(start, &small).is_err(),
        "names begin with a capital letter"
    );
    assert_eq!(found(start, FieldValidationMode::Present, &small), Ok(()));
    assert_eq!(
        strict(start, &json!({"ExecutionArn": "a", "StartDate": "b"})),
        Ok(())
    );
}

#[test]
fn required_fields_of_an_absent_structure_are_not_missed() {
    let user = json!({"Table": {"Replicas": []}});
    assert_eq!(strict("aws-sdk:dynamodb:describeTable", &user), Ok(()));
}

#[test]
fn fields_and_calls_that_are_not_known_pass() {
    assert_eq!(
        strict("events:putEvents", &json!({"random": "json"})),
        Ok(())
    );
    assert_eq!(
        strict(
            "lambda:invoke",
            &json!({"Payload": {"any": [1]}, "statusCode": "x"})
        ),
        Ok(())
    );
    for resource in [
        "http:invoke",
        "apigateway:invoke",
        "eks:call",
        "aws-sdk:s3:noSuchCall",
    ] {
        assert_eq!(
            strict(resource, &json!({"StatusCode": "200"})),
            Ok(()),
            "{resource}"
        );
    }
}

#[test]
fn a_job_is_held_against_the_call_that_describes_it() {
    let described = json!({"ExecutionArn": "a", "StateMachineArn": "b", "Status": "SUCCEEDED", "StartDate": "c",
        "Output": "{}"});
    assert_eq!(strict("states:startExecution.sync", &described), Ok(()));
    let mut parsed = described;
    parsed["Output"] = json!({"a": 1});
    assert_eq!(
        strict("states:startExecution.sync", &parsed),
        fault("Field 'Output' must be a string")
    );
    assert_eq!(strict("states:startExecution.sync:2", &parsed), Ok(()));
    assert!(
        strict(
            "states:startExecution.sync:2",
            &json!({"ExecutionArn": "a", "StartDate": "b"})
        )
        .is_err()
    );
}

#[test]
fn every_name_in_the_table_leads_to_an_entry() {
    let table = include_str!("../shapes.txt");
    let words = |text: &str| -> Vec<String> {
        let text = text
            .split('\n')
            .filter(|line| !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n");
        text.split([' ', ',', '\n', '[', ']', '{', '}'])
            .map(str::to_owned)
            .collect()
    };
    let basic = ["any", "string", "boolean", "object", "number", "="];
    for section in table.split("\n[").skip(1) {
        let (names, entries) = section.split_once("]\n").unwrap();
        let mut known: Vec<&str> = Vec::new();
        for line in entries
            .lines()
            .filter(|line| !line.starts_with(' ') && !line.is_empty())
        {
            known.push(line.split_once(": ").or(line.split_once(':')).unwrap().0);
        }
        for member in entries
            .split([',', '\n'])
            .filter_map(|member| member.trim().rsplit_once(' '))
        {
            for word in words(member.1) {
                let is_other = word.is_empty()
                    || basic.contains(&&*word)
                    || word.contains(['(', ')', '|', ':', '!']);
                assert!(is_other || known.contains(&&*word), "{names}: {word}");
            }
        }
    }
}
