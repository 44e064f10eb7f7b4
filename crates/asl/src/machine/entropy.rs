//! A stream of random bits spread from the 32 bytes that a [`super::Moment`] brings.
//!
//! The stream is SHA-256 in counter mode: tokens drawn from it cannot be guessed, and the same bytes give the same stream.

use crate::query::Entropy;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

pub(crate) struct Stream {
    seed: [u8; 32],
    drawn: u64,
}

impl Stream {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    fn block(&mut self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(self.seed);
        hasher.update(self.drawn.to_le_bytes());
        self.drawn += 1;
        hasher.finalize().into()
    }

    /// A task token: 384 bits in URL-safe letters.
    pub(crate) fn token(&mut self) -> String {
        let mut bytes = [0; 48];
        let (first, second) = (self.block(), self.block());
        for (target, source) in bytes.iter_mut().zip(first.iter().chain(&second)) {
            *target = *source;
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A random UUID (version 4).
    pub(crate) fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        for (target, source) in bytes.iter_mut().zip(self.block()) {
            *target = source;
        }
        uuid_text(bytes, 4)
    }

    /// A number from 0 up to and including `limit`.
    pub(crate) fn up_to(&mut self, limit: u64) -> u64 {
        match limit.checked_add(1) {
            Some(count) => self.next_u64() % count,
            None => self.next_u64(),
        }
    }
}

/// Sixteen bytes in the form of a UUID of this version.
pub(crate) fn uuid_text(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

impl Entropy for Stream {
    fn next_u64(&mut self) -> u64 {
        let block = self.block();
        block
            .iter()
            .take(8)
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream_and_another_seed_another() {
        let draw = |seed| {
            let mut stream = Stream::new([seed; 32]);
            (stream.token(), stream.next_u64(), stream.up_to(9))
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1).0, draw(2).0);
        assert_eq!(draw(1).0.len(), 64);
    }

    #[test]
    fn a_uuid_shows_its_version_and_variant() {
        let uuid = Stream::new([3; 32]).uuid();
        assert_eq!((uuid.len(), uuid.chars().nth(14)), (36, Some('4')));
        assert_eq!(
            uuid_text([0xff; 16], 8),
            "ffffffff-ffff-8fff-bfff-ffffffffffff"
        );
    }
}
