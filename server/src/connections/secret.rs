//! The key of the secret store, and sealing: AES-256 in Galois/Counter Mode, with what a secret belongs to as associated data,
//! so that a sealed secret cannot be moved to another connection.

use crate::durable::{self, Readers};
use crate::ids;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::fmt;
use std::fs;
use std::path::Path;

const KEY_BYTES: usize = 32;
/// The file of a key that the server made itself, in the data folder.
const KEY_FILE: &str = "secret.key";
/// What stands before the nonce: how the rest is sealed.
const FORMAT: u8 = 1;

/// A key; it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; KEY_BYTES]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}

/// Why a secret cannot be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The file of the key cannot be used.
    #[error("the key of the secret store in {0} cannot be used: {1}")]
    KeyFile(String, String),
    /// It was sealed with another key, or changed since.
    #[error(
        "the secrets of the connection were sealed with another key. Start the server with the key of that time, or give AuthorizationType and AuthParameters anew by UpdateConnection"
    )]
    OtherKey,
    /// It could not be sealed.
    #[error("the secrets could not be sealed")]
    NotSealed,
}

impl SecretKey {
    /// Reads a key as base64 or as 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = hex(text).or_else(|| STANDARD.decode(text.trim()).ok())?;
        bytes.try_into().ok().map(Self)
    }

    /// The key in the data folder; makes it when it is not there, for the owner alone.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, SecretError> {
        let path = folder.join(KEY_FILE);
        let failed = |why: &dyn fmt::Display| {
            SecretError::KeyFile(path.display().to_string(), why.to_string())
        };
        match fs::read_to_string(&path) {
            Ok(text) => {
                Self::parse(&text).ok_or_else(|| failed(&"it holds no key of 32 bytes in base64"))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Self(ids::random().map_err(|error| failed(&error))?);
                key.write(&path).map_err(|error| failed(&error))?;
                Ok(key)
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// Writes the key through to the disk, whole or not at all: what is sealed with it must not outlive it.
    fn write(&self, path: &Path) -> std::io::Result<()> {
        let text = format!("{}\n", STANDARD.encode(self.0));
        let folder = path.parent().unwrap_or(Path::new("."));
        durable::replace(path, folder, text.as_bytes(), Readers::Owner)
    }

    fn aead(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, &self.0)
            .ok()
            .map(LessSafeKey::new)
    }

    /// Seals a secret of `owner`.
    pub(super) fn seal(&self, owner: &str, secret: &str) -> Result<Vec<u8>, SecretError> {
        let nonce: [u8; NONCE_LEN] = ids::random().map_err(|_| SecretError::NotSealed)?;
        let mut text = secret.as_bytes().to_vec();
        let key = self.aead().ok_or(SecretError::NotSealed)?;
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(owner.as_bytes()),
            &mut text,
        )
        .map_err(|_| SecretError::NotSealed)?;
        Ok([&[FORMAT], &nonce[..], &text].concat())
    }

    /// Opens a secret of `owner`.
    pub(super) fn open(&self, owner: &str, sealed: &[u8]) -> Result<String, SecretError> {
        let opened = || {
            let rest = sealed.strip_prefix(&[FORMAT])?;
            let (nonce, text) = rest.split_at_checked(NONCE_LEN)?;
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut text = text.to_vec();
            let owner = Aad::from(owner.as_bytes());
            let opened = self.aead()?.open_in_place(nonce, owner, &mut text).ok()?;
            String::from_utf8(opened.to_vec()).ok()
        };
        opened().ok_or(SecretError::OtherKey)
    }
}

/// Bytes written as 64 hexadecimal digits.
fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.len() != 2 * KEY_BYTES || !text.is_ascii() {
        return None;
    }
    let pairs = (0..KEY_BYTES).map(|at| text.get(2 * at..2 * at + 2));
    pairs
        .map(|pair| u8::from_str_radix(pair?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_base64_or_hexadecimal_and_has_32_bytes() {
        let key = SecretKey([7; 32]);
        assert_eq!(SecretKey::parse(&"07".repeat(32)), Some(key.clone()));
        assert_eq!(SecretKey::parse(&STANDARD.encode([7; 32])), Some(key));
        for bad in ["", "07", &"0g".repeat(32), &STANDARD.encode([7; 31])] {
            assert_eq!(SecretKey::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_the_same_key_opens_a_secret_and_only_for_its_owner() {
        let (key, other) = (SecretKey([1; 32]), SecretKey([2; 32]));
        let sealed = key.seal("a", "hush").unwrap();
        assert!(!sealed.windows(4).any(|bytes| bytes == b"hush"));
        assert_eq!(key.open("a", &sealed).unwrap(), "hush");
        assert_ne!(key.seal("a", "hush").unwrap(), sealed);
        assert_eq!(other.open("a", &sealed), Err(SecretError::OtherKey));
        assert_eq!(key.open("b", &sealed), Err(SecretError::OtherKey));
        for length in [0, 1, 12, sealed.len() - 1] {
            assert!(key.open("a", &sealed[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn the_key_in_the_folder_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let key = SecretKey::of_folder(folder.path()).unwrap();
        assert_eq!(SecretKey::of_folder(folder.path()).unwrap(), key);
        let file = folder.path().join(KEY_FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&file, "no key").unwrap();
        let message = SecretKey::of_folder(folder.path()).unwrap_err().to_string();
        assert!(message.contains(KEY_FILE), "{message}");
        assert!(!format!("{key:?}").contains('1'));
    }
}
