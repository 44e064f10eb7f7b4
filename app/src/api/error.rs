//! The one error of the client, in words for people.

use crate::text::api as text;

/// Why a request gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The page was served, and no Statecraft server stands behind it.
    #[error("{}", text::NO_SERVER)]
    NoServer,
    /// Nothing answers: the server was stopped, or the network is down.
    #[error("{}", text::UNREACHABLE)]
    Unreachable,
    /// The server understood and said no.
    #[error("{message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// AWS's error name, or the studio API's code.
        code: String,
        /// What the server said.
        message: String,
    },
    /// An answer that this studio cannot read; most often studio and server are of different versions.
    #[error("{}", text::unreadable(.detail))]
    Unreadable {
        /// What was met.
        detail: String,
    },
}

impl ApiError {
    /// The code of a refusal: an AWS error name or the studio API's code; empty for the other kinds.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code,
            Self::NoServer | Self::Unreachable | Self::Unreadable { .. } => "",
        }
    }

    /// Whether waiting and asking again can help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Refused { status, .. } => *status >= 500 || *status == 429,
            Self::NoServer | Self::Unreadable { .. } => false,
        }
    }

    /// Whether there is no server to speak to at all.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::NoServer | Self::Unreachable)
    }

    /// Whether the thing asked for is not there.
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => {
                *status == 404
                    || matches!(
                        code.as_str(),
                        "StateMachineDoesNotExist" | "ExecutionDoesNotExist"
                    )
            }
            Self::NoServer | Self::Unreachable | Self::Unreadable { .. } => false,
        }
    }

    /// Reads a refusal: AWS's `{"__type", "message"}` or the studio API's `{"error": {"code", "message"}}`. A body of
    /// neither shape comes from something that is no Statecraft server.
    pub fn from_body(status: u16, body: &str) -> Self {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(body) else {
            return Self::from_stranger(status);
        };
        let said = |v: &serde_json::Value| v.as_str().map(str::to_owned);
        let inner = value.get("error").unwrap_or(&value);
        let code = inner
            .get("code")
            .or_else(|| value.get("__type"))
            .and_then(said);
        let message = inner
            .get("message")
            .or_else(|| value.get("Message"))
            .and_then(said);
        match (code, message) {
            (None, None) => Self::from_stranger(status),
            (code, message) => {
                let code = code
                    .map(|c| c.rsplit('#').next().unwrap_or_default().to_owned())
                    .unwrap_or_default();
                let message = message.unwrap_or_else(|| text::refused(&code));
                Self::Refused {
                    status,
                    code,
                    message,
                }
            }
        }
    }

    fn from_stranger(status: u16) -> Self {
        match status {
            404 | 405 | 501 => Self::NoServer,
            502..=504 => Self::Unreachable,
            _ => Self::Unreadable {
                detail: text::status(status),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aws_error_keeps_its_name_without_the_shape_prefix() {
        let e = ApiError::from_body(
            400,
            r#"{"__type":"com.amazonaws#InvalidName","message":"Invalid Name"}"#,
        );
        assert_eq!(e.code(), "InvalidName");
        assert_eq!(e.to_string(), "Invalid Name");
    }

    #[test]
    fn a_studio_error_is_read_from_its_envelope() {
        let e = ApiError::from_body(
            409,
            r#"{"error":{"code":"already_decided","message":"Already decided."}}"#,
        );
        assert_eq!(e.code(), "already_decided");
    }

    #[test]
    fn a_static_host_counts_as_no_server() {
        assert_eq!(
            ApiError::from_body(404, "<html>not found</html>"),
            ApiError::NoServer
        );
        assert_eq!(ApiError::from_body(405, ""), ApiError::NoServer);
    }

    #[test]
    fn a_gateway_without_a_server_behind_it_may_pass() {
        assert!(ApiError::from_body(502, "bad gateway").may_pass());
    }
}
