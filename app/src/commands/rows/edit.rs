//! Commands that change, take back and select.

use super::super::keys::Hears;
use super::super::need::Need;
use super::super::table::{Group, Row};
use super::{CANVAS, EDIT, ON_STATES, row};
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const UNDO: Row = row(
    Group::Edit,
    text::UNDO,
    Glyph::Undo,
    (Hears::NotTyping, &["Ctrl+Z"]),
    &[Need::Undo],
);

pub(super) const REDO: Row = row(
    Group::Edit,
    text::REDO,
    Glyph::Redo,
    (Hears::NotTyping, &["Ctrl+Shift+Z", "Ctrl+Y"]),
    &[Need::Redo],
);

pub(super) const COPY: Row = row(
    Group::Edit,
    text::COPY,
    Glyph::Copy,
    (Hears::Browser, &["Ctrl+C"]),
    &[Need::Whole, Need::States],
);

pub(super) const CUT: Row = row(
    Group::Edit,
    text::CUT,
    Glyph::Copy,
    (Hears::Browser, &["Ctrl+X"]),
    ON_STATES,
);

pub(super) const PASTE: Row = row(
    Group::Edit,
    text::PASTE,
    Glyph::Copy,
    (Hears::Browser, &["Ctrl+V"]),
    EDIT,
);

pub(super) const DUPLICATE: Row = row(
    Group::Edit,
    text::DUPLICATE,
    Glyph::Copy,
    (Hears::Canvas, &["Ctrl+D"]),
    ON_STATES,
);

pub(super) const DELETE: Row = row(
    Group::Edit,
    text::DELETE,
    Glyph::Trash,
    (Hears::Canvas, &["Del", "Backspace"]),
    &[Need::Editable, Need::Whole, Need::Selection],
);

pub(super) const SELECT_ALL: Row = row(
    Group::Edit,
    text::SELECT_ALL,
    Glyph::List,
    (Hears::Canvas, &["Ctrl+A"]),
    CANVAS,
);

pub(super) const SELECT_NONE: Row = row(
    Group::Edit,
    text::SELECT_NONE,
    Glyph::Cross,
    (Hears::Canvas, &["Escape"]),
    &[Need::Selection],
);
