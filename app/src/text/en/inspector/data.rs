//! What comes in, what is kept, what goes on.

pub(crate) const GETS_FIRST: &str = "1. What the work gets";
pub(crate) const ARGUMENTS: &str = "Arguments";
pub(crate) const ARGUMENTS_HINT: &str =
    "Arguments: {% … %} holds an expression; $states.input is the input";
pub(crate) const GOES_ON_SECOND: &str = "2. What goes on";
pub(crate) const GOES_ON: &str = "What goes on";
pub(crate) const OUTPUT_HINT: &str = "Output: $states.result is the result";
pub(crate) const RESULT: &str = "The result";

pub(crate) const COMES_IN: &str = "What comes in";
pub(crate) const INPUT_PATH: &str = "Use this part of the input";
pub(crate) const INPUT_PATH_HINT: &str = "InputPath: a path; null gives an empty object";
pub(crate) const NO_INPUT: &str = "Nothing of the input";
pub(crate) const PARAMETERS: &str = "Put together for the work";
pub(crate) const INPUT_AS_IT_IS: &str = "The input as it is";
pub(crate) const GIVES: &str = "What the work gives";
pub(crate) const SELECTOR: &str = "Keep of the result";
pub(crate) const SELECTOR_HINT: &str = "ResultSelector: paths here look at the result";
pub(crate) const WHOLE_RESULT: &str = "The whole result";
pub(crate) const RESULT_PATH: &str = "Put the result at";
pub(crate) const RESULT_PATH_HINT: &str =
    "ResultPath: where in the input the result goes; $ replaces the input, null drops the result";
pub(crate) const DROP_RESULT: &str = "Drop the result, pass the input on";
pub(crate) const OUTPUT_PATH: &str = "Pass this part on";
pub(crate) const OUTPUT_PATH_HINT: &str = "OutputPath: a path; null gives an empty object";
pub(crate) const NOTHING: &str = "Nothing";
pub(crate) const ALL: &str = "$, all of it";
