//! Commands for the selected states and ways.

use super::super::keys::Hears;
use super::super::need::Need;
use super::super::table::{Group, Row};
use super::{ON_GROUP, ON_STATE, ON_STATES, ON_STRETCH, ON_WAY, row};
use crate::document::Part;
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const INSPECT: Row = row(
    Group::State,
    text::INSPECT,
    Glyph::Inspector,
    (Hears::Canvas, &["Enter"]),
    &[Need::State],
);

pub(super) const RENAME: Row = row(
    Group::State,
    text::RENAME,
    Glyph::Edit,
    (Hears::Canvas, &["F2"]),
    ON_STATE,
);

pub(super) const ADD: Row = row(
    Group::State,
    text::ADD,
    Glyph::Plus,
    (Hears::Canvas, &["A"]),
    &[Need::Editable, Need::Whole, Need::Canvas],
);

pub(super) const ADD_RULE: Row = row(
    Group::State,
    text::ADD_RULE,
    Glyph::Choice,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Part(Part::Rule)],
);

pub(super) const ADD_RETRIER: Row = row(
    Group::State,
    text::ADD_RETRIER,
    Glyph::Restart,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Part(Part::Retrier)],
);

pub(super) const ADD_CATCHER: Row = row(
    Group::State,
    text::ADD_CATCHER,
    Glyph::Shield,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Part(Part::Catcher)],
);

pub(super) const ADD_BRANCH: Row = row(
    Group::State,
    text::ADD_BRANCH,
    Glyph::Parallel,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Part(Part::Branch)],
);

pub(super) const ADD_VARIABLE: Row = row(
    Group::State,
    text::ADD_VARIABLE,
    Glyph::Variable,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Part(Part::Variable)],
);

pub(super) const ADD_PARAMETER: Row = row(
    Group::State,
    text::ADD_PARAMETER,
    Glyph::Plus,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::Whole, Need::Task],
);

pub(super) const CONNECT: Row = row(
    Group::State,
    text::CONNECT,
    Glyph::Right,
    (Hears::Canvas, &["C"]),
    &[Need::Editable, Need::Whole, Need::State, Need::Canvas],
);

pub(super) const NEXT_WAY: Row = row(
    Group::State,
    text::NEXT_WAY,
    Glyph::Down,
    (Hears::Canvas, &["W"]),
    &[Need::Canvas],
);

pub(super) const LEAD: Row = row(
    Group::State,
    text::LEAD,
    Glyph::Right,
    (Hears::Canvas, &["L"]),
    ON_WAY,
);

pub(super) const LEAD_FROM: Row = row(
    Group::State,
    text::LEAD_FROM,
    Glyph::Left,
    (Hears::Canvas, &["Shift+L"]),
    ON_WAY,
);

pub(super) const WRAP_IN_PARALLEL: Row = row(
    Group::State,
    text::WRAP_IN_PARALLEL,
    Glyph::Parallel,
    (Hears::Canvas, &[]),
    ON_STRETCH,
);

pub(super) const WRAP_IN_MAP: Row = row(
    Group::State,
    text::WRAP_IN_MAP,
    Glyph::Map,
    (Hears::Canvas, &[]),
    ON_STRETCH,
);

pub(super) const EXTRACT: Row = row(
    Group::State,
    text::EXTRACT,
    Glyph::External,
    (Hears::Canvas, &[]),
    ON_STRETCH,
);

pub(super) const NOTE: Row = row(
    Group::State,
    text::NOTE,
    Glyph::Note,
    (Hears::Canvas, &["N"]),
    &[Need::State, Need::Canvas],
);

pub(super) const GROUP: Row = row(
    Group::State,
    text::GROUP,
    Glyph::Group,
    (Hears::Canvas, &["G"]),
    ON_STATES,
);

pub(super) const RENAME_GROUP: Row = row(
    Group::State,
    text::RENAME_GROUP,
    Glyph::Edit,
    (Hears::Canvas, &[]),
    ON_GROUP,
);

pub(super) const UNGROUP: Row = row(
    Group::State,
    text::UNGROUP,
    Glyph::Group,
    (Hears::Canvas, &["Shift+G"]),
    ON_STATES,
);

pub(super) const DISSOLVE: Row = row(
    Group::State,
    text::DISSOLVE,
    Glyph::Cross,
    (Hears::Canvas, &[]),
    ON_GROUP,
);

pub(super) const FOLD: Row = row(
    Group::State,
    text::FOLD,
    Glyph::Panel,
    (Hears::Canvas, &["F"]),
    &[Need::Container],
);

pub(super) const SHOW_CODE: Row = row(
    Group::State,
    text::SHOW_CODE,
    Glyph::Code,
    (Hears::Canvas, &[]),
    &[Need::Editable, Need::State],
);

pub(super) const AS_JSON: Row = row(
    Group::State,
    text::AS_JSON,
    Glyph::Code,
    (Hears::Canvas, &[]),
    &[Need::Page, Need::Editable, Need::State],
);

pub(super) const CONVERT_STATE: Row = row(
    Group::State,
    text::CONVERT_STATE,
    Glyph::Variable,
    (Hears::Canvas, &[]),
    &[
        Need::Page,
        Need::Editable,
        Need::Whole,
        Need::State,
        Need::StateInPaths,
    ],
);

pub(super) const TEST_STATE: Row = row(
    Group::State,
    text::TEST_STATE,
    Glyph::Step,
    (Hears::Canvas, &["T"]),
    &[Need::Page, Need::Editable, Need::Whole, Need::State],
);

pub(super) const BREAKPOINT: Row = row(
    Group::State,
    text::BREAKPOINT,
    Glyph::Breakpoint,
    (Hears::Canvas, &["B"]),
    &[Need::Editable, Need::State],
);

pub(super) const MENU: Row = row(
    Group::State,
    text::MENU,
    Glyph::Dots,
    (Hears::Canvas, &["Shift+F10", "ContextMenu"]),
    &[Need::State, Need::Canvas],
);
