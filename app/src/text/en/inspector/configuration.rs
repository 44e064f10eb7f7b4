//! What all states have: note, group, type, language.

pub(crate) const TITLE: &str = "About this state";
pub(crate) const GROUP: &str = "Group";
pub(crate) const GROUP_HINT: &str = "A line of the Comment that begins with [group: name]; the states of one name are framed together";
pub(crate) const TYPE_HINT: &str =
    "Type: another type keeps the name, the note, the flow and the shared fields";
pub(crate) const LANGUAGE_HINT: &str = "QueryLanguage: how this state reads and shapes data. Fields of the other language are not rewritten";

pub(crate) fn as_pipeline(language: &str) -> String {
    format!("As the pipeline: {language}")
}
