//! Commands that find, and explain.

use super::super::keys::Hears;
use super::super::need::Need;
use super::super::table::{Group, Row};
use super::{PAGE, row};
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const FIND: Row = row(
    Group::Find,
    text::FIND,
    Glyph::Search,
    (Hears::Everywhere, &["Ctrl+K", "F1"]),
    PAGE,
);

pub(super) const FIND_TO_ADD: Row = row(
    Group::Find,
    text::FIND_TO_ADD,
    Glyph::Search,
    (Hears::NotTyping, &["/"]),
    &[Need::Editable, Need::Page],
);

pub(super) const HELP: Row = row(
    Group::Find,
    text::HELP,
    Glyph::Info,
    (Hears::Everywhere, &["Shift+F1"]),
    &[Need::Inspector, Need::Page],
);

pub(super) const KEYS: Row = row(
    Group::Find,
    text::KEYS,
    Glyph::Question,
    (Hears::NotTyping, &["?"]),
    PAGE,
);
