//! What the editor says of the language: fields, types, errors and functions. One table for each, used by completion,
//! hover and help alike. Texts are short, since the studio carries them in every visitor's browser.

mod context;
mod errors;
mod examples;
mod fields;
mod functions;
mod operators;
mod pages;
mod resources;
mod states;

pub(super) use context::context;
pub(super) use errors::{known as known_errors, of as error};
pub(super) use examples::{MACHINE, MACHINE_EXAMPLE, example, state_example};
pub(super) use fields::{field, shape};
pub(super) use functions::{FUNCTIONS, Function, function_named};
pub(super) use pages::{MACHINE_PAGE, field_page, state_page};
pub(super) use resources::{errors_of as errors_of_service, service_of};
pub(super) use states::{state_type, word};
