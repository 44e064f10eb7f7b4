//! All words that the studio says, one module for each part of it.
//!
//! A part asks by name (`text::problems::NONE`), so that a missing text does not compile, and a sentence with a number or a name
//! in it is a function, so that each tongue builds it by its own grammar. A translation is a module beside [`mod@en`] with the
//! same names; which one speaks is chosen when the studio is built, so that no browser loads words that it does not show.
//!
//! The language's own words are not here: fields of ASL are the same everywhere, and what is wrong with a definition is said
//! by `asl`, on the command line too. `cargo xtask check texts` finds words that stand elsewhere.

mod en;

pub(crate) use en::*;
