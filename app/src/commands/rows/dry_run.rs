//! Commands of the dry run.

use super::super::keys::Hears;
use super::super::need::Need;
use super::super::table::{Group, Row};
use super::{PAGE, row};
use crate::dry_run::DryAct;
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const DRY_RUN: Row = row(
    Group::Pipeline,
    text::DRY_RUN,
    Glyph::Bug,
    (Hears::Everywhere, &["Alt+D"]),
    PAGE,
);

pub(super) const DRY_RUN_ON: Row = row(
    Group::Pipeline,
    text::DRY_RUN_ON,
    Glyph::Play,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::Run)],
);

pub(super) const DRY_RUN_TO_END: Row = row(
    Group::Pipeline,
    text::DRY_RUN_TO_END,
    Glyph::FastForward,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::RunToEnd)],
);

pub(super) const DRY_RUN_STEP: Row = row(
    Group::Pipeline,
    text::DRY_RUN_STEP,
    Glyph::Step,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::Step)],
);

pub(super) const DRY_RUN_INTO: Row = row(
    Group::Pipeline,
    text::DRY_RUN_INTO,
    Glyph::StepInto,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::StepInto)],
);

pub(super) const DRY_RUN_BACK: Row = row(
    Group::Pipeline,
    text::DRY_RUN_BACK,
    Glyph::StepBack,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::StepBack)],
);

pub(super) const DRY_RUN_ANEW: Row = row(
    Group::Pipeline,
    text::DRY_RUN_ANEW,
    Glyph::Restart,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::StartOver)],
);

pub(super) const DRY_RUN_STOP: Row = row(
    Group::Pipeline,
    text::DRY_RUN_STOP,
    Glyph::Stop,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::Stop)],
);

pub(super) const SAMPLES: Row = row(
    Group::Pipeline,
    text::SAMPLES,
    Glyph::Edit,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::Samples)],
);

pub(super) const COST: Row = row(
    Group::Pipeline,
    text::COST,
    Glyph::Cost,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::DryRun(DryAct::Cost)],
);
