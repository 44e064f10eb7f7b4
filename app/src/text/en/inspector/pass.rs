//! A Pass.

pub(crate) const TITLE: &str = "Data";
pub(crate) const OUTPUT_HINT: &str = "Output: {% … %} holds an expression";
pub(crate) const RESULT: &str = "A fixed result";
pub(crate) const RESULT_HINT: &str = "Result: what the state gives, as it is";
pub(crate) const RESULT_NONE: &str = "None: the input passes through";
pub(crate) const FROM_INPUT: &str = "Or put together from the input";
