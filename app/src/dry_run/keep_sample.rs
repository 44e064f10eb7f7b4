//! Writing answers of a task into the sample results, as text in and text out.

use crate::text::dry_run as text;
use asl::dry_run::mocks::{MockConfig, Response};

/// The machine's name in sample results: the pipeline's own, else the only one there.
pub(crate) fn machine_in(config: &MockConfig, pipeline: &str) -> String {
    if config.cases(pipeline).is_empty() {
        config.machines().next().unwrap_or(pipeline).to_owned()
    } else {
        pipeline.to_owned()
    }
}

/// The sample results with these answers of a state in a case, and the case's name: an empty one begins a first case.
/// None when the file cannot be written.
pub(crate) fn with_answers(
    config: Option<MockConfig>,
    pipeline: &str,
    case: &str,
    state: &str,
    answers: Vec<Response>,
) -> Option<(String, String)> {
    let mut config = config.unwrap_or_default();
    let machine = machine_in(&config, pipeline);
    let name = if case.is_empty() {
        text::FIRST_CASE
    } else {
        case
    };
    let mut written = config.case(&machine, name).unwrap_or_default();
    let called: String = format!("{name}{state}")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    written.set(state, &called, answers);
    config.set_case(&machine, name, &written);
    let text = serde_json::to_string_pretty(&config.to_json()).ok()?;
    Some((text, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::dry_run::mocks::Answer;
    use serde_json::json;

    #[test]
    fn an_answer_begins_a_first_case_and_goes_into_one_that_is_there() {
        let answer = |value: i32| vec![Response::at_once(Answer::Return(json!(value)))];
        let (text, case) = with_answers(None, "train", "", "Load", answer(1)).expect("a text");
        assert_eq!(case, text::FIRST_CASE);
        let config = MockConfig::parse(&text).expect("a file");
        assert_eq!(machine_in(&config, "other"), "train");
        let (text, _) =
            with_answers(Some(config), "train", &case, "Save", answer(2)).expect("a text");
        let config = MockConfig::parse(&text).expect("a file");
        let case = config.case("train", text::FIRST_CASE).expect("the case");
        assert_eq!(case.states().collect::<Vec<_>>(), ["Load", "Save"]);
    }
}
