//! Files that come out: definitions, pictures, templates.

use std::fmt::Display;

pub(crate) const DEFINITION_COPIED: &str = "The definition is on the clipboard.";
pub(crate) const LINK_COPIED: &str =
    "The link is on the clipboard. It holds the whole pipeline; no server keeps it.";
pub(crate) const NOT_COPIED: &str =
    "The browser did not allow copying. Download it as a file instead.";

pub(crate) fn long_link_copied(length: usize) -> String {
    format!(
        "The link is on the clipboard. It has {length} characters; some programs cut links of that length."
    )
}

// Why there is no picture.

pub(crate) const NOTHING_DRAWN: &str = "There is nothing to draw yet. Add a state first.";
pub(crate) const NO_COLOURS: &str = "This page has no colours to draw with. Load it again.";
pub(crate) const NO_PNG: &str =
    "This browser could not paint the picture. Download it as SVG instead.";

pub(crate) const TEMPLATE: &str = "Template";
pub(crate) const DIALECT: &str = "Kind of template";
pub(crate) const NOTATION: &str = "Notation";
pub(crate) const PARAMETERS: &str = "Parameters of the template";
pub(crate) const PARAMETERS_HINT: &str =
    "A parameter is what stands here unless a deployment says otherwise.";
pub(crate) const NO_PARAMETERS: &str =
    "The definition names no ARN, queue or place in S3 that could become a parameter.";
pub(crate) const NO_KEY_IN_SAM: &str = "SAM has no property for the key that Config names, so this template leaves it out: AWS would encrypt with a key of its own. A CloudFormation template has it.";
pub(crate) const TEMPLATE_TEXT: &str = "The template";
pub(crate) const TEMPLATE_COPIED: &str = "The template is on the clipboard.";
pub(crate) const DOWNLOAD: &str = "Download";

pub(crate) fn no_template(why: &impl Display) -> String {
    format!("There is no template: {why}.")
}

/// In how many places a parameter would stand, after its value; one is not worth saying.
pub(crate) fn places(count: usize) -> String {
    match count {
        1 => String::new(),
        count => format!(" · {count} places"),
    }
}
