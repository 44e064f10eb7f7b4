//! A Choice: its rules and their conditions.

pub(crate) const RULES: &str = "Rules";
pub(crate) const RULES_HINT: &str = "The first rule that holds decides.";
pub(crate) const ADD_RULE: &str = "Add a rule";
pub(crate) const OTHERWISE: &str = "Otherwise";
pub(crate) const OTHERWISE_HINT: &str =
    "Default: without it, a run that no rule fits fails with States.NoChoiceMatched";
pub(crate) const NO_RULE_FITS: &str = "Fail: no rule fits";

pub(crate) const IF: &str = "If";
pub(crate) const ELSE_IF: &str = "Else if";
pub(crate) const CONDITION: &str = "Condition";
pub(crate) const CONDITION_HINT: &str = "Condition: {% … %} that gives true or false";

pub(crate) fn move_up(number: usize) -> String {
    format!("Move rule {number} up")
}

pub(crate) fn move_down(number: usize) -> String {
    format!("Move rule {number} down")
}

pub(crate) fn remove_rule(number: usize) -> String {
    format!("Remove rule {number}")
}

pub(crate) const MORE: &str = "Note, variables and output";
pub(crate) const VARIABLES_HINT: &str =
    "Assign: names and values that are kept when this rule decides";
pub(crate) const OUTPUT_HINT: &str = "Output: what goes on when this rule decides";
pub(crate) const STATE_OUTPUT: &str = "The state's output";

pub(crate) const ONE: &str = "One comparison";
pub(crate) const AND: &str = "All of these hold";
pub(crate) const OR: &str = "Any of these holds";
pub(crate) const NOT: &str = "This does not hold";
pub(crate) const ADD_CONDITION: &str = "Add a condition";

pub(crate) fn remove_condition(number: usize) -> String {
    format!("Remove condition {number}")
}

pub(crate) const VARIABLE: &str = "The value at";
pub(crate) const VARIABLE_HINT: &str = "Variable: a path into the input, or $name for a variable";
pub(crate) const VARIABLE_EXAMPLE: &str = "$.score";
pub(crate) const COMPARISON: &str = "Comparison";
pub(crate) const VALUE: &str = "Value";
pub(crate) const VALUE_PATH_HINT: &str = "A path to what it is compared with";
pub(crate) const TRUE: &str = "yes (true)";
pub(crate) const FALSE: &str = "no (false)";
