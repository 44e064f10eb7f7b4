use super::*;
use serde_json::Value;

fn checked(text: &str) -> Checked {
    let document = Document::parse(text);
    Checked::new("dir/a b.json".to_owned(), document, MachineType::Standard)
}

const BROKEN: &str = "{\n  \"StartAt\": \"Ä\",\n  \"States\": {\n    \"Ä\": { \"Type\": \"Pass\", \"Next\": \"Deplyo\" },\n    \"Deploy\": { \"Type\": \"Succeed\" }\n  }\n}\n";

#[test]
fn text_shows_the_place_the_line_and_the_fix() {
    let file = checked(BROKEN);
    let report = text::report(std::slice::from_ref(&file));
    let line = report
        .lines()
        .position(|line| line.contains("[UNKNOWN_TARGET]"))
        .unwrap();
    let lines: Vec<&str> = report.lines().skip(line).take(4).collect();
    assert!(
        lines[0].starts_with("dir/a b.json:4:36: error: \"Ä\" leads to \"Deplyo\""),
        "{}",
        lines[0]
    );
    assert_eq!(
        lines[1],
        "    4 |     \"Ä\": { \"Type\": \"Pass\", \"Next\": \"Deplyo\" },"
    );
    assert_eq!(lines[2], format!("      | {}^^^^^^^^", " ".repeat(35)));
    assert_eq!(lines[3], "      = fix: Connect to Deploy");
    assert!(
        report.ends_with("1 file checked: 2 errors, 0 warnings.\n"),
        "{report}"
    );
}

#[test]
fn a_long_line_is_shown_around_its_fault() {
    let text = format!(
        r#"{{"Comment": "{}", "StartAt": "A", "States": {{"A": {{"Type": "Succeed", "Foo": 1}}}}}}"#,
        "x".repeat(400)
    );
    let file = checked(&text);
    let report = text::report(std::slice::from_ref(&file));
    let lines: Vec<&str> = report.lines().collect();
    assert!(lines[1].chars().count() < 130, "{}", lines[1]);
    let caret = lines[2].chars().position(|c| c == '^').unwrap();
    let under: String = lines[1].chars().skip(caret).take(5).collect();
    assert_eq!(under, "\"Foo\"");
}

#[test]
fn json_names_places_in_every_way_a_program_may_need() {
    let file = checked(BROKEN);
    let report: Value = serde_json::from_str(&json::report(std::slice::from_ref(&file))).unwrap();
    let found = &report[0]["diagnostics"];
    let target = found
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"] == "UNKNOWN_TARGET")
        .unwrap();
    assert_eq!(report[0]["valid"], false);
    assert_eq!(
        (&target["line"], &target["column"]),
        (&4.into(), &36.into())
    );
    assert_eq!(target["aws"]["location"], "/States/Ä/Next");
    assert_eq!(target["fix"]["edits"][0]["replacement"], "\"Deploy\"");
}

#[test]
fn sarif_points_into_the_file() {
    let file = checked(BROKEN);
    let log: Value = serde_json::from_str(&sarif::report(std::slice::from_ref(&file))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), file.found.len());
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "dir/a%20b.json");
    assert_eq!(place["region"]["startLine"], 4);
}

#[test]
fn sarif_describes_its_rules_with_their_pages() {
    let file = checked(BROKEN);
    let log: Value = serde_json::from_str(&sarif::report(std::slice::from_ref(&file))).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let target = rules.iter().find(|rule| rule["id"] == "UNKNOWN_TARGET");
    let target = target.unwrap();
    assert_eq!(
        target["shortDescription"]["text"],
        "A transition to a state that does not exist"
    );
    assert_eq!(
        target["help"]["markdown"],
        explain::page("UNKNOWN_TARGET").unwrap()
    );
}

#[test]
fn a_code_that_does_not_exist_is_answered_with_those_that_do() {
    assert!(explain::page("unknown_target").is_ok());
    let message = explain::page("UNKNOWN").unwrap_err();
    assert!(
        message.contains("no code UNKNOWN.") && message.contains("UNKNOWN_TARGET, "),
        "{message}"
    );
}

#[test]
fn batches_answer_line_by_line_in_order() {
    let lines = concat!(
        "{\"id\": 1, \"definition\": {\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}}\n",
        "\n",
        "{\"id\": \"two\", \"definition\": \"{\\\"StartAt\\\": 5\", \"type\": \"EXPRESS\"}\n",
        "{\"id\": 3, \"definition\": null, \"type\": \"standard\"}\n",
    );
    let mut out = Vec::new();
    assert_eq!(
        batch::answer_lines(lines.as_bytes(), MachineType::Standard, &mut out),
        Ok(true)
    );
    let answers: Vec<Value> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        answers[0],
        serde_json::json!({"id": 1, "valid": true, "diagnostics": []})
    );
    assert_eq!(
        (&answers[1]["id"], &answers[1]["valid"]),
        (&"two".into(), &false.into())
    );
    assert_eq!(answers[1]["diagnostics"][0]["code"], "INVALID_JSON");
    assert_eq!(answers[2]["diagnostics"][0]["code"], "NOT_AN_OBJECT");
}

#[test]
fn lines_that_are_no_request_are_answered_and_counted() {
    for line in [
        "nonsense\n",
        "{\"id\": 1}\n",
        "{\"id\": 1, \"definition\": {}, \"type\": \"FAST\"}\n",
        "\u{1}",
    ] {
        let mut out = Vec::new();
        assert_eq!(
            batch::answer_lines(line.as_bytes(), MachineType::Standard, &mut out),
            Ok(false)
        );
        let answer: Value = serde_json::from_slice(&out).unwrap();
        assert!(answer["error"].is_string(), "{answer}");
    }
}

#[test]
fn places_in_yaml_are_those_of_the_file() {
    let text = "# äh\nStartAt: Ä\nStates:\n  Ä: {Type: Pass, Next: Deplyo}\n  Deploy:\n    Type: Succeed\n";
    let document = Document::parse_yaml(text);
    let file = Checked::new("a.yaml".to_owned(), document, MachineType::Standard);
    let report = text::report(std::slice::from_ref(&file));
    assert!(
        report.contains("a.yaml:4:25: error: \"Ä\" leads to \"Deplyo\""),
        "{report}"
    );
}
