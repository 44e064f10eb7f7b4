//! Shapes of the operations on connections, with the limits of the service model.

use super::super::error::AwsError;
use super::super::shape::{Member, Shape, optional};

const fn text(min: usize, max: usize, secret: bool) -> Shape {
    Shape::Text { min, max, secret }
}

/// A connection's name.
pub(super) const NAME: Shape = text(1, 64, false);
/// A description.
pub(super) const DESCRIPTION: Shape = text(0, 512, false);
/// How a connection authorizes.
pub(super) const AUTHORIZATION: Shape =
    Shape::OneOf(&["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY"]);

const PARAMETER: Shape = Shape::Structure(&[
    optional("Key", text(0, 512, false)),
    optional("Value", text(0, 512, true)),
    optional("IsValueSecret", Shape::Flag),
]);
const PARAMETERS: Shape = Shape::List(&PARAMETER);
const HTTP_PARAMETERS: Shape = Shape::Structure(&[
    optional("HeaderParameters", PARAMETERS),
    optional("QueryStringParameters", PARAMETERS),
    optional("BodyParameters", PARAMETERS),
]);
const BASIC: Shape = Shape::Structure(&[
    optional("Username", text(1, 512, false)),
    optional("Password", text(1, 512, true)),
]);
const API_KEY: Shape = Shape::Structure(&[
    optional("ApiKeyName", text(1, 512, false)),
    optional("ApiKeyValue", text(1, 512, true)),
]);
const CLIENT: Shape = Shape::Structure(&[
    optional("ClientID", text(1, 512, false)),
    optional("ClientSecret", text(1, 512, true)),
]);
const OAUTH: Shape = Shape::Structure(&[
    optional("ClientParameters", CLIENT),
    optional("AuthorizationEndpoint", text(1, 2048, false)),
    optional("HttpMethod", Shape::OneOf(&["GET", "POST", "PUT"])),
    optional("OAuthHttpParameters", HTTP_PARAMETERS),
]);
/// `AuthParameters`; what must be there depends on the kind of authorization.
pub(super) const AUTH_PARAMETERS: Shape = Shape::Structure(MEMBERS);
const MEMBERS: &[Member] = &[
    optional("BasicAuthParameters", BASIC),
    optional("ApiKeyAuthParameters", API_KEY),
    optional("OAuthParameters", OAUTH),
    optional("InvocationHttpParameters", HTTP_PARAMETERS),
];

/// Refuses a name with other characters than AWS takes.
pub(super) fn check_name(name: &str) -> Result<(), AwsError> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.chars().all(is_letter) {
        return Ok(());
    }
    Err(AwsError::Validation(format!(
        "1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"
    )))
}

/// Refuses what leads out of this server's network, which it knows nothing of.
pub(super) fn check_connectivity(given: Option<&serde_json::Value>) -> Result<(), AwsError> {
    match given.filter(|given| !given.is_null()) {
        None => Ok(()),
        Some(_) => Err(AwsError::Validation(
            "InvocationConnectivityParameters is not supported: this server calls private addresses that STATECRAFT_HTTP_ALLOW names".into(),
        )),
    }
}
