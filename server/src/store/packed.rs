//! Long texts as they lie in the database: compressed with LZ4 when that makes them smaller. A column may hold both forms,
//! told apart by their SQLite type: text as it is, or a blob that unpacks to it.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

/// Texts shorter than this stay as they are: nothing worth having would be saved.
const SHORT: usize = 512;

/// A text on its way to the database.
#[derive(Debug, Clone)]
pub(crate) enum Packed {
    /// As it is.
    Plain(String),
    /// Compressed, with its length in front.
    Lz4(Vec<u8>),
}

impl Packed {
    /// Compresses a text when that pays.
    pub(crate) fn new(text: String) -> Self {
        match compressed(&text) {
            Some(packed) => Self::Lz4(packed),
            None => Self::Plain(text),
        }
    }
}

impl ToSql for Packed {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Plain(text) => text.as_str().into(),
            Self::Lz4(bytes) => bytes.as_slice().into(),
        })
    }
}

/// A text that is packed on its way to the database.
pub(super) struct Pack<'a>(pub(super) &'a str);

impl ToSql for Pack<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match compressed(self.0) {
            Some(packed) => packed.into(),
            None => self.0.into(),
        })
    }
}

fn compressed(text: &str) -> Option<Vec<u8>> {
    if text.len() < SHORT {
        return None;
    }
    let packed = lz4_flex::compress_prepend_size(text.as_bytes());
    (packed.len() < text.len()).then_some(packed)
}

/// A text out of the database, in either form.
pub(super) struct Unpacked(pub(super) String);

impl FromSql for Unpacked {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let ValueRef::Blob(packed) = value else {
            return String::column_result(value).map(Self);
        };
        let bytes = lz4_flex::decompress_size_prepended(packed).map_err(FromSqlError::other)?;
        let text = String::from_utf8(bytes).map_err(FromSqlError::other)?;
        Ok(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    fn through_a_database(value: &dyn ToSql) -> (String, rusqlite::Result<String>) {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "SELECT typeof(?1), ?1";
        connection
            .query_row(sql, [value], |row| {
                Ok((row.get(0)?, row.get::<_, Unpacked>(1).map(|text| text.0)))
            })
            .unwrap()
    }

    #[test]
    fn long_texts_are_compressed_short_and_random_ones_are_not() {
        let repeated = "{\"state\":\"Train\"}".repeat(100);
        let noise: String = (0_u32..600)
            .map(|n| char::from(33 + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 94))
            .collect();
        for (text, form) in [("{}", "text"), (&repeated, "blob"), ("", "text")] {
            for value in [&Pack(text) as &dyn ToSql, &Packed::new(text.to_owned())] {
                let (kind, read) = through_a_database(value);
                assert_eq!((kind.as_str(), read.unwrap().as_str()), (form, text));
            }
        }
        assert_eq!(through_a_database(&Pack(&noise)).1.unwrap(), noise);
    }

    #[test]
    fn bytes_that_are_no_packed_text_are_an_error() {
        for bytes in [vec![], vec![1, 2, 3], vec![255, 255, 255, 0, 1, 2]] {
            assert!(through_a_database(&bytes).1.is_err());
        }
    }
}
