//! Hosts that HTTP tasks may call although they have no public address or speak no https.

use super::ConfigError;
use reqwest::Url;

/// A host that may be called whatever its address and scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    /// A name or an IP address, in lower case.
    pub(crate) host: String,
    /// All ports without.
    pub(crate) port: Option<u16>,
}

impl AllowedHost {
    /// Reads `host` or `host:port`; IPv6 addresses stand in brackets.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(parse_port(port)?)),
            _ => (text, None),
        };
        let url = Url::parse(&format!("http://{text}")).ok()?;
        let is_bare = url.username().is_empty()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && !text.contains(['/', '@', '*']);
        let host = url.host_str().filter(|_| is_bare)?.to_owned();
        Some(Self { host, port })
    }
}

/// Digits that are a port.
fn parse_port(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Reads hosts separated by commas.
pub(super) fn hosts(text: &str) -> Result<Vec<AllowedHost>, ConfigError> {
    let hosts = text.split(',').map(str::trim);
    let hosts = hosts.filter(|host| !host.is_empty());
    hosts
        .map(|host| AllowedHost::parse(host).ok_or_else(|| ConfigError::HttpAllow(host.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_host_is_not_read() {
        for bad in [
            "",
            "http://a",
            "a/b",
            "u@a",
            "a:x",
            "a:",
            "a:+80",
            "a:99999",
            "a b",
            "*",
            "*.internal",
            "::1",
        ] {
            assert_eq!(AllowedHost::parse(bad), None, "{bad}");
        }
    }
}
