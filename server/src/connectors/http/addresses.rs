//! Which addresses HTTP tasks may call: without a setting, public ones by https alone, so that a definition cannot reach into
//! the network that the server stands in. `STATECRAFT_HTTP_ALLOW` names hosts for which that does not hold.
//!
//! The addresses that a name stands for are judged when it is looked up for the connection itself, so that a name cannot
//! stand for another address a moment later.

use crate::config::AllowedHost;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// The hosts that may be called without conditions.
#[derive(Debug, Clone, Default)]
pub(super) struct Allowed(Arc<[AllowedHost]>);

/// Which addresses a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Any: the settings name the host.
    Anywhere,
    /// Those of the public internet.
    Public,
}

impl Allowed {
    pub(super) fn new(hosts: &[AllowedHost]) -> Self {
        Self(hosts.into())
    }

    fn names(&self, host: &str, port: Option<u16>) -> bool {
        self.0.iter().any(|allowed| {
            allowed.host.eq_ignore_ascii_case(host)
                && (allowed.port.is_none() || allowed.port == port)
        })
    }

    /// How this address may be called, or why it may not, in a plain sentence.
    pub(super) fn check(&self, url: &Url) -> Result<Reach, String> {
        let host = url.host_str().unwrap_or_default();
        if self.names(host, url.port_or_known_default()) {
            return Ok(Reach::Anywhere);
        }
        if url.scheme() != "https" {
            return Err(format!(
                "HTTP tasks call https addresses; to call {host} by {}, name it in STATECRAFT_HTTP_ALLOW.",
                url.scheme()
            ));
        }
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        match literal.parse::<IpAddr>() {
            Ok(address) if !is_public(address) => Err(private(host)),
            Ok(_) | Err(_) => Ok(Reach::Public),
        }
    }
}

fn private(host: &str) -> String {
    format!(
        "{host} has no public address; to call it, name it in STATECRAFT_HTTP_ALLOW and start the server again."
    )
}

/// Looks names up, and leaves out the addresses that do not belong to the public internet.
#[derive(Debug)]
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str();
            let found = tokio::net::lookup_host((host, 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|it| is_public(it.ip())).collect();
            if public.is_empty() {
                return Err(private(host).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The blocks that IANA's registry of special-purpose addresses does not call global.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    );
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    // Only 2000::/3 is global unicast; of it, tunnels and documentation are not.
    let is_global = segments[0] & 0xe000 == 0x2000;
    let is_special = matches!(
        (segments[0], segments[1]),
        (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff)
    );
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(allowed: &[&str], url: &str) -> Result<Reach, String> {
        let hosts: Vec<_> = allowed
            .iter()
            .map(|host| AllowedHost::parse(host).unwrap())
            .collect();
        Allowed::new(&hosts).check(&Url::parse(url).unwrap())
    }

    #[test]
    fn without_a_setting_only_public_addresses_are_called_and_only_by_https() {
        for url in ["https://example.com/x", "https://8.8.8.8/"] {
            assert_eq!(check(&[], url), Ok(Reach::Public));
        }
        for url in [
            "http://example.com/",
            "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://2130706433/",
        ] {
            let why = check(&[], url).unwrap_err();
            assert!(why.contains("STATECRAFT_HTTP_ALLOW"), "{url}: {why}");
        }
    }

    #[test]
    fn a_named_host_is_called_on_its_port_alone() {
        for (host, url) in [
            ("localhost:9000", "http://localhost:9000/x"),
            ("LOCALHOST", "http://localhost:9000/x"),
            ("[::1]:9000", "http://[::1]:9000/x"),
            ("127.0.0.1:80", "http://127.0.0.1/x"),
        ] {
            assert_eq!(check(&[host], url), Ok(Reach::Anywhere), "{url}");
        }
        assert!(check(&["localhost:9000"], "http://localhost:9001/").is_err());
        assert!(check(&["localhost"], "http://localhost.example.com/").is_err());
        // What the name stands for is judged when it is looked up.
        assert_eq!(
            check(&["localhost:9000"], "https://localhost/"),
            Ok(Reach::Public)
        );
    }

    #[tokio::test]
    async fn a_name_that_stands_for_a_private_address_is_not_resolved() {
        let name = "localhost".parse::<Name>().unwrap();
        assert!(PublicOnly.resolve(name).await.is_err());
    }
}
