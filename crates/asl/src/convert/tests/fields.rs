//! What the fields of states become.

use super::{codes, same, state};
use serde_json::json;

#[test]
fn a_state_without_filters_stays_as_it_is() {
    assert_eq!(state(&json!({"Type": "Pass"})), json!({}));
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "ResultPath": "$", "InputPath": "$"});
    assert_eq!(
        state(&task),
        json!({"Resource": "arn:aws:states:::sqs:sendMessage"})
    );
}

#[test]
fn parameters_become_arguments_in_the_order_of_the_result() {
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {
        "FunctionName.$": "$.f", "Payload": {"a.$": "$.a", "b": "{% x %}"}}});
    assert_eq!(
        state(&task)["Arguments"].to_string(),
        r#"{"Payload":{"b":"{% \"{% x %}\" %}","a":"{% $states.input.a %}"},"FunctionName":"{% $states.input.f %}"}"#
    );
}

#[test]
fn result_path_merges_into_the_raw_input() {
    let task = |extra: serde_json::Value| {
        let mut task = json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage"});
        for (name, value) in extra.as_object().unwrap() {
            task[name] = value.clone();
        }
        state(&task)["Output"].clone()
    };
    assert_eq!(
        task(json!({"ResultPath": "$.r"})),
        "{% $merge([$states.input, {\"r\": $states.result}]) %}"
    );
    assert_eq!(
        task(json!({"ResultPath": "$.a.b"})),
        "{% $merge([$states.input, {\"a\": $merge([$states.input.a, {\"b\": $states.result}])}]) %}"
    );
    assert_eq!(task(json!({"ResultPath": null})), "{% $states.input %}");
    assert_eq!(
        task(json!({"ResultPath": "$.r", "OutputPath": "$.r.id"})),
        "{% $states.result.id %}"
    );
    assert_eq!(
        task(json!({"ResultPath": "$.r", "OutputPath": "$.other"})),
        "{% $states.input.other %}"
    );
    assert_eq!(
        task(json!({"ResultPath": "$.a.b", "OutputPath": "$.a"})),
        "{% $merge([$states.input.a, {\"b\": $states.result}]) %}"
    );
    assert_eq!(task(json!({"OutputPath": null})), json!({}));
    assert_eq!(
        task(json!({"ResultSelector": {"id.$": "$.Id"}})),
        json!({"id": "{% $states.result.Id %}"})
    );
}

#[test]
fn a_value_that_would_vanish_in_a_merge_is_asserted() {
    let pass = json!({"Type": "Pass", "Parameters": {"x.$": "$.a"}, "ResultPath": "$.r"});
    assert_eq!(
        state(&pass)["Output"],
        "{% ($assert($exists($states.input.a), \"input.a is missing\"); \
         $merge([$states.input, {\"r\": {\"x\": $states.input.a}}])) %}"
    );
    same(&pass, &json!({"a": [1]}));
    same(&pass, &json!({}));
}

#[test]
fn fields_that_end_in_path_lose_the_ending() {
    let wait = json!({"Type": "Wait", "InputPath": "$.w", "SecondsPath": "$.s"});
    assert_eq!(
        state(&wait),
        json!({"Output": "{% $states.input.w %}", "Seconds": "{% $number($states.input.w.s) %}"})
    );
    same(&wait, &json!({"w": {"s": "3"}}));
    let wait = json!({"Type": "Wait", "TimestampPath": "$.t"});
    assert_eq!(state(&wait), json!({"Timestamp": "{% $states.input.t %}"}));
    let fail = json!({"Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('{}!', $$.State.Name)"});
    let expected = json!({"Error": "{% $states.input.e %}", "Cause": "{% $states.context.State.Name & \"!\" %}"});
    assert_eq!(state(&fail), expected);
    let fail = json!({"Type": "Fail", "Error": "{% no %}", "Cause": "plain"});
    assert_eq!(
        state(&fail),
        json!({"Error": "{% \"{% no %}\" %}", "Cause": "plain"})
    );
}

#[test]
fn a_map_gets_items_and_keeps_its_processor() {
    let processor = json!({"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}});
    let map = json!({"Type": "Map", "InputPath": "$.work", "ItemsPath": "$.list", "MaxConcurrencyPath": "$.n", "ItemProcessor": processor,
        "Parameters": {"item.$": "$$.Map.Item.Value", "all.$": "$"}});
    let expected = json!({
        "ItemSelector": {"all": "{% $states.input.work %}", "item": "{% $states.context.Map.Item.Value %}"},
        "Items": "{% $states.input.work.list %}",
        "ItemProcessor": processor,
        "MaxConcurrency": "{% $number($states.input.work.n) %}",
    });
    assert_eq!(state(&map), expected);
    same(&map, &json!({"work": {"list": [1, [2]], "n": "1"}}));
}

#[test]
fn readers_batchers_and_writers_are_converted_inside() {
    let map = json!({"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket.$": "$.b"},
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItemsPath": "$.m"}},
        "ItemBatcher": {"MaxItemsPerBatchPath": "$.p", "BatchInput": {"x.$": "$.x"}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I",
            "States": {"I": {"Type": "Pass", "End": true}}}});
    let new = state(&map);
    assert_eq!(
        new["ItemReader"]["Arguments"],
        json!({"Bucket": "{% $states.input.b %}"})
    );
    assert_eq!(
        new["ItemReader"]["ReaderConfig"]["MaxItems"],
        "{% $number($states.input.m) %}"
    );
    let batcher = json!({"MaxItemsPerBatch": "{% $number($states.input.p) %}", "BatchInput": {"x": "{% $states.input.x %}"}});
    assert_eq!(new["ItemBatcher"], batcher);
    assert_eq!(new["ResultWriter"]["Arguments"], json!({"Bucket": "out"}));
    assert_eq!(new["Items"], serde_json::Value::Null);
}

#[test]
fn catchers_keep_where_the_error_goes() {
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"a.$": "$.a"}, "Catch": [
        {"ErrorEquals": ["A"], "Next": "Yes"},
        {"ErrorEquals": ["B"], "Next": "Yes", "ResultPath": "$.e", "Assign": {"why.$": "$.Cause"}},
        {"ErrorEquals": ["States.ALL"], "Next": "No", "ResultPath": null}]});
    let new = state(&task);
    assert_eq!(
        new["Catch"][0],
        json!({"ErrorEquals": ["A"], "Next": "Yes"})
    );
    assert_eq!(
        new["Catch"][1]["Output"],
        "{% $merge([$states.input, {\"e\": $states.errorOutput}]) %}"
    );
    assert_eq!(
        new["Catch"][1]["Assign"],
        json!({"why": "{% $states.errorOutput.Cause %}"})
    );
    assert_eq!(new["Catch"][2]["Output"], "{% $states.input %}");
    assert_eq!(codes(&task), ["CAUGHT_NOW"]);
}

#[test]
fn the_output_of_a_choice_goes_to_each_rule() {
    let choice = json!({"Type": "Choice", "InputPath": "$.work", "OutputPath": "$.x", "Default": "No", "Choices": [
        {"Variable": "$.x", "IsPresent": true, "Next": "Yes", "Assign": {"seen.$": "$.x"}}]});
    let new = state(&choice);
    assert_eq!(new["Choices"][0]["Output"], "{% $states.input.work.x %}");
    assert_eq!(
        new["Choices"][0]["Assign"],
        json!({"seen": "{% $states.input.work.x %}"})
    );
    assert_eq!(new["Output"], "{% $states.input.work.x %}");
    same(&choice, &json!({"work": {"x": 1}}));
}

#[test]
fn variables_see_the_result_as_in_json_path() {
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "ResultSelector": {"b.$": "$.r"},
        "Assign": {"whole.$": "$", "part.$": "$.r", "before.$": "$$.State.Name"}});
    let expected = json!({"whole": "{% $states.result %}", "part": "{% $states.result.r %}", "before": "{% $states.context.State.Name %}"});
    assert_eq!(state(&task)["Assign"], expected);
    let pass =
        json!({"Type": "Pass", "Result": {"a": [1, {"b": 2}]}, "Assign": {"x.$": "$.a[1].b"}});
    assert_eq!(state(&pass)["Assign"], json!({"x": 2}));
}

#[test]
fn a_variable_that_hides_a_function_is_said() {
    let document = super::machine(
        &json!({"Type": "Pass", "Parameters": {"x.$": "States.ArrayLength($.a)"}, "Assign": {"count": 1}}),
    );
    let (_, conversion) = super::converted(&document);
    assert!(
        conversion.findings[0]
            .message
            .contains("\"count\" has the name of a function")
    );
}

#[test]
fn a_random_value_in_output_and_variable_is_said() {
    let pass = json!({"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "Assign": {"id.$": "$.id"}});
    assert_eq!(codes(&pass), ["RANDOM", "DRAWN_TWICE"]);
}
