//! Claims about the verbs.

use super::*;
use asl::graph::StateType;
use serde_json::{Value, json};

const CHAIN: &str = r#"{
  "Comment": "kept  as it is",
  "StartAt": "Clean",
  "States": {
    "Clean": { "Type": "Pass", "Next": "Train", "Comment": "ä" },
    "Train": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Alert" }],
      "Next": "Good enough"
    },
    "Good enough": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.score", "NumericGreaterThanEquals": 0.85, "Next": "Deploy" },
        { "Variable": "$.score", "NumericLessThan": 0.75, "Next": "Alert" }
      ],
      "Default": "Alert"
    },
    "Deploy": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true },
    "Alert": { "Type": "Fail", "Error": "Bad" }
  }
}
"#;

fn state(name: &str) -> Pointer {
    pointer(&["States", name])
}

fn pointer(steps: &[&str]) -> Pointer {
    let step = |step: &&str| match step.parse() {
        Ok(index) => asl::text::Step::Index(index),
        Err(_) => asl::text::Step::Key(Arc::from(*step)),
    };
    Pointer(steps.iter().map(step).collect())
}

#[track_caller]
fn after(text: &str, verb: impl FnOnce(&Editing) -> Result<Change, Refusal>) -> Editing {
    let mut editing = Editing::new(text);
    let change = verb(&editing).unwrap();
    editing.apply(&change, Vec::new()).unwrap();
    assert_eq!(editing.document().faults(), &[], "{}", editing.text());
    editing
}

fn value(editing: &Editing) -> Value {
    serde_json::from_str(editing.text()).unwrap()
}

#[test]
fn a_state_goes_between_a_state_and_its_next() {
    let editing = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Clean")), Blueprint::Wait)
    });
    let value = value(&editing);
    assert_eq!(value["States"]["Clean"]["Next"], "Wait");
    assert_eq!(
        value["States"]["Wait"],
        json!({ "Type": "Wait", "Seconds": 60, "Next": "Train" })
    );
    let names: Vec<&String> = value["States"].as_object().unwrap().keys().collect();
    assert_eq!(names[..3], ["Clean", "Wait", "Train"]);
}

#[test]
fn an_insertion_touches_nothing_but_its_neighbours() {
    let editing = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Clean")), Blueprint::Wait)
    });
    for line in CHAIN.lines().filter(|line| !line.contains("\"Clean\": {")) {
        assert!(
            editing.text().contains(line),
            "{line} changed in\n{}",
            editing.text()
        );
    }
    assert!(
        editing
            .text()
            .contains(r#""Clean": { "Type": "Pass", "Next": "Wait", "Comment": "ä" }"#)
    );
}

#[test]
fn a_new_state_has_a_free_name() {
    let once = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Clean")), Blueprint::Wait)
    });
    let twice = after(once.text(), |editing| {
        editing.insert(&Place::After(state("Wait")), Blueprint::Wait)
    });
    assert_eq!(value(&twice)["States"]["Wait"]["Next"], "Wait 2");
}

#[test]
fn a_state_goes_onto_the_way_of_a_rule() {
    let way = Way::Transition(pointer(&["States", "Good enough", "Choices", "0", "Next"]));
    let editing = after(CHAIN, |editing| {
        editing.insert(&Place::On(way), Blueprint::REVIEWER)
    });
    let value = value(&editing);
    assert_eq!(
        value["States"]["Good enough"]["Choices"][0]["Next"],
        "Ask a reviewer"
    );
    assert_eq!(value["States"]["Ask a reviewer"]["Next"], "Deploy");
}

#[test]
fn a_state_after_the_last_one_ends_the_run_instead() {
    let editing = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Deploy")), Blueprint::Pass)
    });
    let value = value(&editing);
    assert_eq!(value["States"]["Deploy"]["Next"], "Pass");
    assert_eq!(value["States"]["Deploy"].get("End"), None);
    assert_eq!(value["States"]["Pass"]["End"], true);
}

#[test]
fn nothing_comes_after_a_fail() {
    let refused = Editing::new(CHAIN).insert(&Place::After(state("Alert")), Blueprint::Pass);
    assert_eq!(refused, Err(Refusal::Ends("Alert".to_owned())));
}

#[test]
fn an_empty_pipeline_begins_with_what_is_put_in() {
    let empty = Editing::new_pipeline("New");
    let editing = after(empty.text(), |editing| {
        editing.insert(
            &Place::Into(Pointer::default()),
            Blueprint::all()
                .find(|it| it.name() == "Invoke function")
                .unwrap(),
        )
    });
    let value = value(&editing);
    assert_eq!(value["StartAt"], "Invoke function");
    assert_eq!(value["States"]["Invoke function"]["End"], true);
}

#[test]
fn a_choice_at_the_end_leads_to_a_state_of_its_own() {
    let empty = Editing::new_pipeline("New");
    let editing = after(empty.text(), |editing| {
        editing.insert(&Place::Into(Pointer::default()), Blueprint::Choice)
    });
    let value = value(&editing);
    assert_eq!(value["States"]["Choice"]["Default"], "Done");
    assert_eq!(value["States"]["Done"]["Type"], "Succeed");
}

#[test]
fn a_branch_is_added_to_a_parallel() {
    let empty = Editing::new_pipeline("New");
    let parallel = after(empty.text(), |editing| {
        editing.insert(&Place::Into(Pointer::default()), Blueprint::Parallel)
    });
    let editing = after(parallel.text(), |editing| {
        editing.insert(&Place::Branch(state("Parallel")), Blueprint::Pass)
    });
    let value = value(&editing);
    let branches = value["States"]["Parallel"]["Branches"].as_array().unwrap();
    assert_eq!(branches.len(), 3);
    assert_eq!(
        branches[2],
        json!({ "StartAt": "Pass", "States": { "Pass": { "Type": "Pass", "End": true } } })
    );
}

#[test]
fn removing_a_state_joins_what_was_around_it() {
    let editing = after(CHAIN, |editing| editing.remove_states(&[state("Train")]));
    let value = value(&editing);
    assert_eq!(value["States"]["Clean"]["Next"], "Good enough");
    assert_eq!(value["States"].get("Train"), None);
}

#[test]
fn removing_the_start_moves_it_on() {
    let editing = after(CHAIN, |editing| {
        editing.remove_states(&[state("Clean"), state("Train")])
    });
    assert_eq!(value(&editing)["StartAt"], "Good enough");
}

#[test]
fn removing_a_fail_takes_its_rules_and_catchers_along() {
    let editing = after(CHAIN, |editing| editing.remove_states(&[state("Alert")]));
    let value = value(&editing);
    assert_eq!(value["States"]["Train"].get("Catch"), None);
    assert_eq!(
        value["States"]["Good enough"]["Choices"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(value["States"]["Good enough"].get("Default"), None);
}

#[test]
fn removing_everything_leaves_an_empty_pipeline() {
    let all: Vec<Pointer> = Editing::new(CHAIN)
        .outline()
        .states
        .iter()
        .map(|state| state.pointer.clone())
        .collect();
    let editing = after(CHAIN, |editing| editing.remove_states(&all));
    assert_eq!(value(&editing)["States"], json!({}));
    assert_eq!(value(&editing)["StartAt"], "");
}

#[test]
fn renaming_reaches_every_reference() {
    let editing = after(CHAIN, |editing| {
        editing.rename(&state("Alert"), "Tell \"the\" team")
    });
    let value = value(&editing);
    let name = "Tell \"the\" team";
    assert_eq!(value["States"]["Train"]["Catch"][0]["Next"], name);
    assert_eq!(value["States"]["Good enough"]["Choices"][1]["Next"], name);
    assert_eq!(value["States"]["Good enough"]["Default"], name);
    assert_eq!(value["States"][name]["Type"], "Fail");
    let editing = after(CHAIN, |editing| editing.rename(&state("Clean"), "Tidy"));
    assert_eq!(
        serde_json::from_str::<Value>(editing.text()).unwrap()["StartAt"],
        "Tidy"
    );
}

#[test]
fn a_name_that_is_taken_or_empty_is_refused() {
    let editing = Editing::new(CHAIN);
    assert!(matches!(
        editing.rename(&state("Clean"), "Train"),
        Err(Refusal::Name(_))
    ));
    assert!(matches!(
        editing.rename(&state("Clean"), "  "),
        Err(Refusal::Name(_))
    ));
    assert!(matches!(
        editing.rename(&state("Clean"), &"x".repeat(81)),
        Err(Refusal::Name(_))
    ));
}

#[test]
fn connecting_replaces_the_end() {
    let editing = after(CHAIN, |editing| {
        editing.connect(&state("Deploy"), &state("Alert"))
    });
    let deploy = &value(&editing)["States"]["Deploy"];
    assert_eq!(
        (&deploy["Next"], deploy.get("End")),
        (&json!("Alert"), None)
    );
}

#[test]
fn connecting_a_choice_with_a_default_adds_a_rule() {
    let editing = after(CHAIN, |editing| {
        editing.connect(&state("Good enough"), &state("Clean"))
    });
    assert_eq!(
        value(&editing)["States"]["Good enough"]["Choices"][2]["Next"],
        "Clean"
    );
}

#[test]
fn a_catcher_of_all_errors_is_there_once() {
    let turned = after(CHAIN, |editing| {
        editing.connect_catch(&state("Train"), &state("Deploy"))
    });
    let catchers = &value(&turned)["States"]["Train"]["Catch"];
    assert_eq!(
        (catchers.as_array().unwrap().len(), &catchers[0]["Next"]),
        (1, &json!("Deploy"))
    );
    let added = after(CHAIN, |editing| {
        editing.connect_catch(&state("Deploy"), &state("Alert"))
    });
    assert_eq!(
        value(&added)["States"]["Deploy"]["Catch"][0]["Next"],
        "Alert"
    );
    let refused = Editing::new(CHAIN).connect_catch(&state("Clean"), &state("Alert"));
    assert_eq!(refused, Err(Refusal::NoCatch("Clean".to_owned())));
}

#[test]
fn cutting_a_way_ends_there() {
    let way = Way::Transition(pointer(&["States", "Clean", "Next"]));
    let editing = after(CHAIN, |editing| editing.disconnect(&way));
    assert_eq!(value(&editing)["States"]["Clean"]["End"], true);
    let way = Way::Transition(pointer(&["States", "Train", "Catch", "0", "Next"]));
    let editing = after(CHAIN, |editing| editing.disconnect(&way));
    assert_eq!(value(&editing)["States"]["Train"].get("Catch"), None);
}

#[test]
fn a_copy_follows_the_original() {
    let editing = after(CHAIN, |editing| editing.duplicate(&[state("Train")]));
    let value = value(&editing);
    assert_eq!(value["States"]["Train"]["Next"], "Train 2");
    assert_eq!(value["States"]["Train 2"]["Next"], "Good enough");
    assert_eq!(
        value["States"]["Train 2"]["Catch"],
        value["States"]["Train"]["Catch"]
    );
}

#[test]
fn a_copied_container_has_states_of_its_own() {
    let empty = Editing::new_pipeline("New");
    let map = after(empty.text(), |editing| {
        editing.insert(&Place::Into(Pointer::default()), Blueprint::Map)
    });
    let editing = after(map.text(), |editing| editing.duplicate(&[state("Map")]));
    let inner = &value(&editing)["States"]["Map 2"]["ItemProcessor"];
    assert_eq!(inner["StartAt"], "Each item 2");
    assert!(inner["States"]["Each item 2"].is_object());
}

#[test]
fn a_stretch_of_states_is_wrapped_in_a_parallel() {
    let editing = after(CHAIN, |editing| editing.wrap_in_parallel(&[state("Clean")]));
    let value = value(&editing);
    assert_eq!(value["StartAt"], "Parallel");
    assert_eq!(value["States"]["Parallel"]["Next"], "Train");
    assert_eq!(
        value["States"]["Parallel"]["Branches"][0]["States"]["Clean"]["End"],
        true
    );
}

#[test]
fn states_with_two_ways_out_cannot_be_wrapped() {
    let refused = Editing::new(CHAIN).wrap_in_map(&[state("Train")]);
    assert!(matches!(refused, Err(Refusal::Shape(_))));
}

#[test]
fn a_state_moves_onto_another_way() {
    let way = Way::Transition(pointer(&["States", "Good enough", "Choices", "0", "Next"]));
    let editing = after(CHAIN, |editing| {
        editing.move_state(&state("Clean"), &Place::On(way))
    });
    let value = value(&editing);
    assert_eq!(value["StartAt"], "Train");
    assert_eq!(
        value["States"]["Good enough"]["Choices"][0]["Next"],
        "Clean"
    );
    assert_eq!(value["States"]["Clean"]["Next"], "Deploy");
}

#[test]
fn a_state_dropped_beside_itself_stays() {
    let way = Way::Transition(pointer(&["States", "Clean", "Next"]));
    let change = Editing::new(CHAIN)
        .move_state(&state("Clean"), &Place::On(way))
        .unwrap();
    assert!(change.is_empty());
}

#[test]
fn a_state_moves_into_a_container() {
    let with = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Clean")), Blueprint::Parallel)
    });
    let block = pointer(&["States", "Parallel", "Branches", "0"]);
    let editing = after(with.text(), |editing| {
        editing.move_state(&state("Deploy"), &Place::Into(block))
    });
    let value = value(&editing);
    let branch = &value["States"]["Parallel"]["Branches"][0];
    assert_eq!(branch["States"]["Step"]["Next"], "Deploy");
    assert_eq!(branch["States"]["Deploy"]["End"], true);
    assert_eq!(value["States"].get("Deploy"), None);
}

#[test]
fn a_container_does_not_go_into_itself() {
    let with = after(CHAIN, |editing| {
        editing.insert(&Place::After(state("Clean")), Blueprint::Parallel)
    });
    let block = pointer(&["States", "Parallel", "Branches", "0"]);
    let refused = with.move_state(&state("Parallel"), &Place::Into(block));
    assert!(matches!(refused, Err(Refusal::Shape(_))));
}

#[test]
fn a_field_deep_inside_begins_to_exist() {
    let at = pointer(&["States", "Clean", "Parameters", "limits", "low"]);
    let editing = after(CHAIN, |editing| editing.set_field(&at, &json!(3)));
    assert_eq!(
        value(&editing)["States"]["Clean"]["Parameters"],
        json!({ "limits": { "low": 3 } })
    );
    let editing = after(editing.text(), |editing| {
        editing.remove_field(&pointer(&["States", "Clean", "Parameters"]))
    });
    assert_eq!(value(&editing)["States"]["Clean"].get("Parameters"), None);
}

#[test]
fn a_changed_type_keeps_comment_and_flow() {
    let editing = after(CHAIN, |editing| {
        editing.change_type(&state("Clean"), StateType::Wait)
    });
    assert_eq!(
        value(&editing)["States"]["Clean"],
        json!({ "Type": "Wait", "Seconds": 60, "Comment": "ä", "Next": "Train" })
    );
}

#[test]
fn broken_text_refuses_verbs_and_keeps_the_last_shape() {
    let mut editing = Editing::new(CHAIN);
    let shape = editing.outline().clone();
    editing.set_text(
        &CHAIN.replacen("\"StartAt\":", "\"StartAt\"", 1),
        Vec::new(),
    );
    assert!(editing.stale());
    assert_eq!(*editing.outline(), shape);
    let refused = editing.insert(&Place::After(state("Clean")), Blueprint::Pass);
    assert_eq!(refused, Err(Refusal::Broken { line: 3 }));
}

#[test]
fn every_blueprint_is_written_whole_in_both_languages() {
    for language in [Language::JsonPath, Language::JsonAta] {
        for blueprint in Blueprint::all() {
            let value = blueprint.value(language, str::to_owned);
            assert_eq!(value["Type"], format!("{:?}", blueprint.kind()));
        }
    }
}

#[test]
fn dirty_means_different_from_the_saved_text() {
    let mut editing = Editing::new(CHAIN);
    let change = editing.rename(&state("Clean"), "Tidy").unwrap();
    editing.apply(&change, Vec::new()).unwrap();
    assert!(editing.dirty());
    editing.undo();
    assert!(!editing.dirty());
}

#[test]
fn a_cancelled_gesture_leaves_no_trace() {
    let mut editing = Editing::new(CHAIN);
    editing.begin();
    let change = editing.remove_states(&[state("Train")]).unwrap();
    editing.apply(&change, Vec::new()).unwrap();
    editing.cancel();
    assert_eq!(&**editing.text(), CHAIN);
    assert_eq!(
        (
            editing.history().undo_label(),
            editing.history().redo_label()
        ),
        (None, None)
    );
}

#[test]
fn broken_text_keeps_the_text_that_its_shape_was_made_of() {
    let whole = r#"{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"End":true}}}"#;
    let mut editing = Editing::new(whole);
    editing.set_text(&whole.replace("1", "2}"), Vec::new());
    assert!(editing.stale());
    assert_eq!(&**editing.outlined().text(), whole);
    editing.set_text(&whole.replace("1", "2"), Vec::new());
    assert!(Arc::ptr_eq(editing.outlined(), editing.document()));
}

#[test]
fn nothing_is_added_to_a_text_that_is_no_object() {
    let refused = Editing::new("null").insert(&Place::Into(Pointer::default()), Blueprint::Pass);
    assert_eq!(refused, Err(Refusal::NoObject));
}

fn pasted(editing: &mut Editing, place: &Place, text: &str) {
    let change = editing.paste(place, &Block::read(text).unwrap()).unwrap();
    editing.apply(&change, Vec::new()).unwrap();
}

/// What is wrong with a pipeline, except that the tasks of [`CHAIN`] have no request.
fn errors_of(editing: &Editing) -> Vec<String> {
    let found = editing.findings(MachineType::Standard);
    found
        .iter()
        .filter(|finding| finding.severity == asl::check::Severity::Error)
        .filter(|finding| finding.code != "MISSING_ARGUMENTS")
        .map(|finding| finding.message.clone())
        .collect()
}

#[test]
fn copied_states_are_pasted_into_another_pipeline_with_free_names_and_their_own_ways() {
    let source = Editing::new(CHAIN);
    let copied = source.copy(&[state("Clean"), state("Train")]).unwrap();
    let mut target = Editing::new(CHAIN);
    pasted(&mut target, &Place::After(state("Train")), &copied.text());
    let text = target.text();
    assert!(
        text.contains("Clean 2") && text.contains("Train 2"),
        "{text}"
    );
    let outline = target.outline();
    let named = |name: &str| outline.states.iter().find(|it| &*it.name == name).unwrap();
    assert_eq!(&*named("Train").transitions[0].target, "Clean 2");
    assert_eq!(&*named("Clean 2").transitions[0].target, "Train 2");
    assert_eq!(errors_of(&target), Vec::<String>::new());
    target.undo();
    assert_eq!(&**target.text(), CHAIN);
}

#[test]
fn any_text_with_states_can_be_pasted_and_no_other() {
    for text in [
        r#"{"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "Elsewhere"}}}"#,
        r#"{"States": {"X": {"Type": "Wait", "Seconds": 1, "End": true}}}"#,
        r#"{"Type": "Pass"}"#,
    ] {
        let mut editing = Editing::new(CHAIN);
        pasted(&mut editing, &Place::After(state("Clean")), text);
        assert!(!editing.stale(), "{text}");
        assert_eq!(errors_of(&editing), Vec::<String>::new(), "{text}");
    }
    for text in [
        "",
        "hello",
        "[]",
        "{\"a\": 1}",
        r#"{"States": {"X": 1}}"#,
        "{\"States\": {}}",
    ] {
        assert_eq!(Block::read(text), None, "{text}");
    }
}

#[test]
fn states_of_yaml_are_pasted_with_placeholders_as_the_field_wants_them() {
    for text in [
        "StartAt: X\nStates:\n  X:\n    Type: Wait\n    Seconds: ${Pause}\n    Comment: ${Why}\n    End: true\n",
        "Type: Wait\nSeconds: ${Pause}\nComment: ${Why}\n",
    ] {
        let mut editing = Editing::new(CHAIN);
        pasted(&mut editing, &Place::After(state("Clean")), text);
        let after = editing.text();
        assert!(after.contains(r#""Seconds": ${Pause}"#), "{after}");
        assert!(after.contains(r#""Comment": "${Why}""#), "{after}");
        assert_eq!(errors_of(&editing), Vec::<String>::new());
    }
}

#[test]
fn copied_placeholders_keep_their_quotes_or_have_none() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": ${Pause}, "Comment": "${Why}", "End": true}}}"#;
    let copied = Editing::new(text).copy(&[state("A")]).unwrap().text();
    assert!(copied.contains(r#""Seconds": ${Pause}"#), "{copied}");
    assert!(copied.contains(r#""Comment": "${Why}""#), "{copied}");
    let again = Block::read(&copied).unwrap();
    assert_eq!(again.text(), copied);
}

#[test]
fn what_is_no_object_is_not_copied() {
    let text = r#"{"StartAt": "A", "States": {"A": null}}"#;
    let refused = Editing::new(text).copy(&[state("A")]);
    assert!(matches!(refused, Err(Refusal::Shape(words)) if words.contains("A is no object")));
}

#[test]
fn jsonata_states_say_so_in_a_pipeline_of_paths() {
    for text in [
        r#"{"QueryLanguage": "JSONata", "StartAt": "X", "States": {"X": {"Type": "Pass", "Output": "{% 1 %}", "End": true}}}"#,
        r#"{"Type": "Pass", "Output": "{% 1 %}"}"#,
        "States:\n  X:\n    Type: Pass\n    Output: '{% 1 %}'\n    End: true\n",
    ] {
        let mut editing = Editing::new(CHAIN);
        pasted(&mut editing, &Place::After(state("Clean")), text);
        assert!(editing.text().contains(r#""QueryLanguage": "JSONata""#));
        assert_eq!(errors_of(&editing), Vec::<String>::new());
    }
}

#[test]
fn jsonata_states_with_something_else_in_place_of_inner_states_are_pasted_as_they_are() {
    for inner in [
        r#""ItemProcessor": 5"#,
        r#""ItemProcessor": {"States": 5}"#,
        r#""Branches": [5, {}, {"States": null}]"#,
    ] {
        let text = format!(
            r#"{{"QueryLanguage": "JSONata", "States": {{"X": {{"Type": "Map", {inner}, "End": true}}}}}}"#
        );
        let mut editing = Editing::new(CHAIN);
        pasted(&mut editing, &Place::After(state("Clean")), &text);
        assert!(editing.outlined().get(&state("X")).is_some(), "{inner}");
    }
}

#[test]
fn a_pipeline_in_jsonata_takes_no_states_of_paths() {
    let jsonata = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
    let paste = |text: &str| {
        Editing::new(jsonata).paste(&Place::After(state("A")), &Block::read(text).unwrap())
    };
    for text in [
        r#"{"Type": "Pass", "ResultPath": "$.x"}"#,
        r#"{"QueryLanguage": "JSONPath", "StartAt": "X", "States": {"X": {"Type": "Pass", "Result": 1, "End": true}}}"#,
        r#"{"States": {"X": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}}"#,
    ] {
        let refused = paste(text).unwrap_err();
        assert!(refused.to_string().contains("JSONPath"), "{refused}");
    }
    // Without a field of either language, a state is at home in both.
    let wait = r#"{"Type": "Wait", "Seconds": 1}"#;
    let mut editing = Editing::new(jsonata);
    pasted(&mut editing, &Place::After(state("A")), wait);
    assert_eq!(errors_of(&editing), Vec::<String>::new());
}

#[test]
fn extracted_states_are_a_pipeline_that_a_task_in_their_place_starts() {
    let mut editing = Editing::new(CHAIN);
    let (change, text) = editing.extract(&[state("Clean")], "cleaning").unwrap();
    editing.apply(&change, Vec::new()).unwrap();
    let part = Editing::new(text);
    assert_eq!(errors_of(&part), Vec::<String>::new(), "{}", part.text());
    assert!(part.outlined().get(&state("Clean")).is_some());
    assert!(editing.outlined().get(&state("Clean")).is_none());
    let task = editing.outlined().get(&change.select[0]).unwrap();
    let resource = task.member("Resource").unwrap().value.as_str().unwrap();
    assert_eq!(resource, "arn:aws:states:::states:startExecution.sync:2");
    assert_eq!(
        errors_of(&editing),
        Vec::<String>::new(),
        "{}",
        editing.text()
    );
}

#[test]
fn members_that_stay_the_same_keep_their_comments_and_others_go() {
    let text = "StartAt: A\nStates:\n  A:\n    Type: Wait # a while\n    Seconds: 3\n    Comment: old\n    End: true # done\n";
    let mut editing = Editing::new(text);
    let members = json!({"Type": "Wait", "Seconds": 5, "End": true});
    let Value::Object(members) = members else {
        unreachable!("an object")
    };
    let change = editing.set_members(&state("A"), &members).unwrap();
    editing.apply(&change, Vec::new()).unwrap();
    assert_eq!(
        &**editing.text(),
        "StartAt: A\nStates:\n  A:\n    Type: Wait # a while\n    Seconds: 5\n    End: true # done\n"
    );
    editing.undo();
    assert_eq!(&**editing.text(), text);
}
