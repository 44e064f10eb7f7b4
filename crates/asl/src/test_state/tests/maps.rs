use super::*;

fn processor() -> Value {
    json!({
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "Handle", "States": {"Handle": {"Type": "Pass", "End": true}},
    })
}

fn map(more: &Value) -> Value {
    let mut map =
        json!({"Type": "Map", "ItemsPath": "$.v", "ItemProcessor": processor(), "End": true});
    map.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    map
}

fn input() -> Value {
    json!({"v": ["a", "b", "c"]})
}

fn failing(more: &Value, failures: u64) -> Request {
    let mut asked = with_result(&map(more), &input(), &json!([1, 2, 3]));
    asked.configuration.map_iteration_failure_count = Some(failures);
    asked
}

#[test]
fn a_jsonpath_map_shows_its_fields_and_its_result() {
    let more = json!({"MaxConcurrency": 5, "ToleratedFailurePercentage": 1, "ResultPath": "$.r"});
    let reply = reply(&with_result(&map(&more), &input(), &json!([1, 2, 3])));
    assert_eq!(
        reply["output"],
        json!({"v": ["a", "b", "c"], "r": [1, 2, 3]})
    );
    assert_eq!(
        reply["inspectionData"],
        json!({
            "input": input(), "afterInputPath": input(), "afterItemsPath": ["a", "b", "c"],
            "maxConcurrency": 5, "toleratedFailurePercentage": 1.0,
            "afterResultSelector": [1, 2, 3], "afterResultPath": {"v": ["a", "b", "c"], "r": [1, 2, 3]},
        })
    );
}

#[test]
fn a_jsonata_map_shows_its_numbers_alone() {
    let map = json!({
        "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% $states.input.v %}", "End": true,
        "ItemProcessor": processor(), "ToleratedFailureCount": "{% 1 + 1 %}",
    });
    let reply = reply(&with_result(&map, &input(), &json!([1, 2, 3])));
    assert_eq!(
        reply["inspectionData"],
        json!({"input": input(), "maxConcurrency": 0, "toleratedFailureCount": 2})
    );
}

#[test]
fn items_are_shown_as_they_stand_in_the_input() {
    let mut asked = with_error(&map(&json!({})), &input(), "Boom");
    asked.input = Some(r#"{"v": ["a",  1.0]}"#.to_owned());
    let (_, progress) = begun(&asked).unwrap();
    let Progress::Done(reply) = progress else {
        panic!("{progress:?}")
    };
    let data = reply.inspection_data.unwrap();
    assert_eq!(data["afterItemsPath"], r#"["a",  1.0]"#);
}

#[test]
fn what_each_iteration_would_get_is_shown_as_one_array() {
    let more = json!({"ItemSelector": {"i.$": "$$.Map.Item.Index", "x.$": "$$.Map.Item.Value"}});
    let reply = reply(&with_result(&map(&more), &input(), &json!([])));
    assert_eq!(
        reply["inspectionData"]["afterItemSelector"],
        json!([{"i": 0, "x": "a"}, {"i": 1, "x": "b"}, {"i": 2, "x": "c"}])
    );
}

#[test]
fn items_that_are_no_array_fail_the_map() {
    let reply = reply(&with_result(&map(&json!({})), &json!({"v": 1}), &json!([])));
    assert_eq!(
        (&reply["status"], &reply["error"]),
        (&json!("FAILED"), &json!("States.Runtime"))
    );
}

#[test]
fn more_failed_iterations_than_are_tolerated_fail_the_map() {
    let status = |more: &Value, failures| reply(&failing(more, failures))["status"].clone();
    assert_eq!(status(&json!({}), 0), "SUCCEEDED");
    assert_eq!(status(&json!({}), 1), "FAILED");
    assert_eq!(status(&json!({"ToleratedFailureCount": 2}), 2), "SUCCEEDED");
    assert_eq!(status(&json!({"ToleratedFailureCount": 2}), 3), "FAILED");
    assert_eq!(
        status(&json!({"ToleratedFailurePercentage": 34}), 1),
        "SUCCEEDED"
    );
    assert_eq!(
        status(&json!({"ToleratedFailurePercentage": 33}), 1),
        "FAILED"
    );
    assert_eq!(
        status(
            &json!({"ToleratedFailureCount": 3, "ToleratedFailurePercentage": 50}),
            2
        ),
        "FAILED",
        "either threshold is enough"
    );
}

#[test]
fn too_many_failures_are_an_error_that_can_be_retried_and_caught() {
    let name = "States.ExceedToleratedFailureThreshold";
    let retry = json!([{"ErrorEquals": [name], "MaxAttempts": 2}]);
    let catch = json!([{"ErrorEquals": [name], "Next": "B"}]);
    let mut asked = failing(&json!({"Retry": retry, "Catch": catch}), 3);
    let first = reply(&asked);
    assert_eq!(
        (&first["status"], &first["error"]),
        (&json!("RETRIABLE"), &json!(name))
    );
    asked.configuration.retrier_retry_count = Some(2);
    let last = reply(&asked);
    assert_eq!(
        (&last["status"], &last["nextState"]),
        (&json!("CAUGHT_ERROR"), &json!("B"))
    );
}

#[test]
fn a_mocked_error_counts_whatever_the_map_tolerates() {
    for failures in [0, 3] {
        let mut asked = with_error(&map(&json!({"ToleratedFailureCount": 1})), &input(), "Boom");
        asked.configuration.map_iteration_failure_count = Some(failures);
        asked.configuration.error_caused_by_state = Some("Handle".to_owned());
        let reply = reply(&asked);
        assert_eq!(
            (&reply["status"], &reply["error"]),
            (&json!("FAILED"), &json!("Boom"))
        );
    }
}

#[test]
fn more_failures_than_iterations_are_refused() {
    assert_eq!(
        refused(&failing(&json!({}), 4)),
        "Map iteration failure count must be less than or equal to the number of Map iterations"
    );
}

#[test]
fn a_state_that_caused_the_error_must_stand_inside() {
    let mut asked = with_error(&map(&json!({})), &input(), "Boom");
    asked.configuration.error_caused_by_state = Some("Elsewhere".to_owned());
    assert!(refused(&asked).contains("'Elsewhere'"));
}

fn reading() -> Value {
    json!({
        "Type": "Map", "QueryLanguage": "JSONata", "End": true, "ItemProcessor": processor(),
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
            "Arguments": {"Bucket": "b", "Key": "k"}},
    })
}

#[test]
fn what_a_reader_has_read_are_the_items() {
    let mut asked = with_result(&reading(), &json!({"a": 1}), &json!([1, 4, 9]));
    asked.configuration.map_item_reader_data = Some("[1, 2, 3]".to_owned());
    asked.configuration.map_iteration_failure_count = Some(3);
    assert_eq!(reply(&asked)["status"], "FAILED");
    asked.configuration.map_iteration_failure_count = Some(4);
    assert!(refused(&asked).contains("number of Map iterations"));
}

#[test]
fn a_map_whose_reader_has_read_nothing_takes_its_mock_all_the_same() {
    let reply = reply(&with_result(&reading(), &json!({"a": 1}), &json!([1])));
    assert_eq!(reply["output"], json!([1]));
}

#[test]
fn a_reader_reads_the_given_data_as_it_would_read_a_file() {
    let mut map = reading();
    map["ItemReader"]["ReaderConfig"] =
        json!({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 2});
    map["ItemSelector"] = json!({"n": "{% $states.context.Map.Item.Value.n %}"});
    let mut asked = with_result(&map, &json!({}), &json!([]));
    asked.configuration.map_item_reader_data = Some("n,m\n1,2\n3,4\n5,6\n".to_owned());
    let shown = &reply(&asked)["inspectionData"];
    assert_eq!(shown["afterItemSelector"], json!([{"n": "1"}, {"n": "3"}]));
    assert_eq!(shown.get("afterItemsPath"), None);
}

#[test]
fn an_items_pointer_shows_the_items_to_which_it_leads() {
    let mut map = reading();
    map["ItemReader"]["ReaderConfig"]["ItemsPointer"] = json!("/rows");
    let mut asked = with_result(&map, &json!({}), &json!([]));
    asked.configuration.map_item_reader_data = Some(r#"{"rows": [1, 2]}"#.to_owned());
    assert_eq!(
        reply(&asked)["inspectionData"]["afterItemsPointer"],
        json!([1, 2])
    );
    asked.configuration.map_item_reader_data = Some("{}".to_owned());
    assert_eq!(reply(&asked)["error"], "States.ItemReaderFailed");
}

#[test]
fn batches_are_shown_and_count_as_iterations() {
    let more = json!({"ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"k": 1}}});
    let mut asked = with_result(&map(&more), &input(), &json!([1, 2]));
    asked.configuration.map_iteration_failure_count = Some(0);
    assert_eq!(
        reply(&asked)["inspectionData"]["afterItemBatcher"],
        json!([
            {"BatchInput": {"k": 1}, "Items": ["a", "b"]},
            {"BatchInput": {"k": 1}, "Items": ["c"]},
        ])
    );
    asked.configuration.map_iteration_failure_count = Some(3);
    assert!(refused(&asked).contains("number of Map iterations"));
}

#[test]
fn a_batch_holds_as_many_bytes_as_it_may_and_one_item_at_least() {
    let more = json!({"ItemBatcher": {"MaxInputBytesPerBatch": 20}});
    let items = json!({"v": ["abc", "def", "a text that is longer than a batch"]});
    let asked = with_result(&map(&more), &items, &json!([]));
    assert_eq!(
        reply(&asked)["inspectionData"]["afterItemBatcher"],
        json!([
            {"Items": ["abc"]}, {"Items": ["def"]},
            {"Items": ["a text that is longer than a batch"]},
        ])
    );
}
