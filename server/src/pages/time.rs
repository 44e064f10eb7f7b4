//! Times as the studio's API writes them.

/// RFC 3339 with milliseconds, in UTC. A time outside the years that can be written becomes the first moment of 1970.
pub(crate) fn rfc3339(milliseconds: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn times_have_three_decimals() {
        assert_eq!(rfc3339(1_700_000_000_000), "2023-11-14T22:13:20.000Z");
        assert_eq!(rfc3339(1_700_000_000_007), "2023-11-14T22:13:20.007Z");
    }
}
