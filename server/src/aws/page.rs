//! Pages of lists: their length and the opaque token that leads to the next one.
//!
//! A token carries where to go on and what it was made for, so that one of another list, or of another filter, is refused
//! (feature map, 9.1). It is no secret.

use super::error::AwsError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Length of a page when none is asked for, or 0.
const DEFAULT_LENGTH: usize = 100;
/// Bytes of the token that say what it was made for.
const PURPOSE: usize = 8;

/// How long a page may be.
pub(crate) fn length(max_results: Option<i64>) -> usize {
    match max_results.and_then(|asked| usize::try_from(asked).ok()) {
        None | Some(0) => DEFAULT_LENGTH,
        Some(asked) => asked,
    }
}

/// The token for going on at `position` in the list that `purpose` describes.
pub(crate) fn token(purpose: &[&str], position: &str) -> String {
    let mut bytes = fingerprint(purpose).to_vec();
    bytes.extend_from_slice(position.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Where a token leads, when it was made for this purpose.
pub(crate) fn position(purpose: &[&str], token: &str) -> Result<String, AwsError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(token)
        .map_err(|_| AwsError::InvalidToken)?;
    match bytes.split_at_checked(PURPOSE) {
        Some((made_for, position)) if made_for == fingerprint(purpose) => {
            String::from_utf8(position.to_vec()).map_err(|_| AwsError::InvalidToken)
        }
        _ => Err(AwsError::InvalidToken),
    }
}

/// As [`position`], for positions that are numbers.
pub(crate) fn number<N: std::str::FromStr>(purpose: &[&str], token: &str) -> Result<N, AwsError> {
    position(purpose, token)?
        .parse()
        .map_err(|_| AwsError::InvalidToken)
}

fn fingerprint(purpose: &[&str]) -> [u8; PURPOSE] {
    let mut hash = Sha256::new();
    for part in purpose {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut short = [0; PURPOSE];
    short.copy_from_slice(&hash.finalize()[..PURPOSE]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_position() {
        let made = token(&["ListExecutions", "arn"], "1700000000000/ü");
        assert_eq!(
            position(&["ListExecutions", "arn"], &made).unwrap(),
            "1700000000000/ü"
        );
        assert_eq!(number::<u64>(&["x"], &token(&["x"], "17")).unwrap(), 17);
    }

    #[test]
    fn a_token_made_for_something_else_is_refused() {
        let made = token(&["ListExecutions", "arn:a"], "5");
        assert_eq!(
            position(&["ListExecutions", "arn:b"], &made),
            Err(AwsError::InvalidToken)
        );
        assert_eq!(
            position(&["ListExecutionsarn:", "a"], &made),
            Err(AwsError::InvalidToken)
        );
        for text in ["", "x", "not a token", "ÄÖÜ", &made[1..]] {
            assert_eq!(
                number::<u64>(&["ListExecutions", "arn:a"], text),
                Err(AwsError::InvalidToken)
            );
        }
    }

    #[test]
    fn no_length_and_zero_mean_a_hundred() {
        assert_eq!(
            (length(None), length(Some(0)), length(Some(7))),
            (100, 100, 7)
        );
    }
}
