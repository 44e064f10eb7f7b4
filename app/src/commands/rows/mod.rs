//! The line of each command, in a file for each topic.

mod dry_run;
mod edit;
mod files;
mod find;
mod pipeline;
mod state;
mod view;

use super::keys::Hears;
use super::need::Need;
use super::table::{Command, Group, Row};
use crate::text::commands::Words;
use crate::ui::Glyph;

const EDIT: &[Need] = &[Need::Editable, Need::Whole];
const ON_STATES: &[Need] = &[Need::Editable, Need::Whole, Need::States];
const ON_STRETCH: &[Need] = &[Need::Editable, Need::Whole, Need::States, Need::Stretch];
const ON_STATE: &[Need] = &[Need::Editable, Need::Whole, Need::State];
const ON_GROUP: &[Need] = &[Need::Editable, Need::Whole, Need::Group];
const ON_WAY: &[Need] = &[Need::Editable, Need::Whole, Need::Way, Need::Canvas];
const CANVAS: &[Need] = &[Need::Canvas];
const PAGE: &[Need] = &[Need::Page];
const ON_SERVER: &[Need] = &[Need::Page, Need::Editable, Need::Deployed];
const FILE: &[Need] = &[Need::Page, Need::Whole];

const fn row(
    group: Group,
    (words, also): Words,
    glyph: Glyph,
    (hears, keys): (Hears, &'static [&'static str]),
    needs: &'static [Need],
) -> Row {
    Row {
        group,
        words,
        also,
        glyph,
        keys,
        hears,
        needs,
    }
}

/// The line of each command.
pub(super) const fn line(command: Command) -> Row {
    match command {
        Command::Undo => edit::UNDO,
        Command::Redo => edit::REDO,
        Command::Copy => edit::COPY,
        Command::Cut => edit::CUT,
        Command::Paste => edit::PASTE,
        Command::Duplicate => edit::DUPLICATE,
        Command::Delete => edit::DELETE,
        Command::SelectAll => edit::SELECT_ALL,
        Command::SelectNone => edit::SELECT_NONE,
        Command::Inspect => state::INSPECT,
        Command::Rename => state::RENAME,
        Command::Add => state::ADD,
        Command::AddRule => state::ADD_RULE,
        Command::AddRetrier => state::ADD_RETRIER,
        Command::AddCatcher => state::ADD_CATCHER,
        Command::AddBranch => state::ADD_BRANCH,
        Command::AddVariable => state::ADD_VARIABLE,
        Command::AddParameter => state::ADD_PARAMETER,
        Command::Connect => state::CONNECT,
        Command::NextWay => state::NEXT_WAY,
        Command::Lead => state::LEAD,
        Command::LeadFrom => state::LEAD_FROM,
        Command::WrapInParallel => state::WRAP_IN_PARALLEL,
        Command::WrapInMap => state::WRAP_IN_MAP,
        Command::Extract => state::EXTRACT,
        Command::Note => state::NOTE,
        Command::Group => state::GROUP,
        Command::RenameGroup => state::RENAME_GROUP,
        Command::Ungroup => state::UNGROUP,
        Command::Dissolve => state::DISSOLVE,
        Command::Fold => state::FOLD,
        Command::ShowCode => state::SHOW_CODE,
        Command::AsJson => state::AS_JSON,
        Command::ConvertState => state::CONVERT_STATE,
        Command::TestState => state::TEST_STATE,
        Command::Breakpoint => state::BREAKPOINT,
        Command::Menu => state::MENU,
        Command::Fit => view::FIT,
        Command::ZoomIn => view::ZOOM_IN,
        Command::ZoomOut => view::ZOOM_OUT,
        Command::ActualSize => view::ACTUAL_SIZE,
        Command::Turn => view::TURN,
        Command::ThemeSystem => view::THEME_SYSTEM,
        Command::ThemeLight => view::THEME_LIGHT,
        Command::ThemeDark => view::THEME_DARK,
        Command::Design => view::DESIGN,
        Command::Code => view::CODE,
        Command::Split => view::SPLIT,
        Command::Config => view::CONFIG,
        Command::Problems => view::PROBLEMS,
        Command::Palette => view::PALETTE,
        Command::States => view::STATES,
        Command::Inspector => view::INSPECTOR,
        Command::Find => find::FIND,
        Command::FindToAdd => find::FIND_TO_ADD,
        Command::Help => find::HELP,
        Command::Keys => find::KEYS,
        Command::DryRun => dry_run::DRY_RUN,
        Command::DryRunOn => dry_run::DRY_RUN_ON,
        Command::DryRunToEnd => dry_run::DRY_RUN_TO_END,
        Command::DryRunStep => dry_run::DRY_RUN_STEP,
        Command::DryRunInto => dry_run::DRY_RUN_INTO,
        Command::DryRunBack => dry_run::DRY_RUN_BACK,
        Command::DryRunAnew => dry_run::DRY_RUN_ANEW,
        Command::DryRunStop => dry_run::DRY_RUN_STOP,
        Command::Samples => dry_run::SAMPLES,
        Command::Cost => dry_run::COST,
        Command::Start => pipeline::START,
        Command::Deploy => pipeline::DEPLOY,
        Command::Runs => pipeline::RUNS,
        Command::Versions => pipeline::VERSIONS,
        Command::KeepVersion => pipeline::KEEP_VERSION,
        Command::Publish => pipeline::PUBLISH,
        Command::NewAlias => pipeline::NEW_ALIAS,
        Command::Convert => pipeline::CONVERT,
        Command::Format => pipeline::FORMAT,
        Command::AsJsonText => pipeline::AS_JSON_TEXT,
        Command::AsYamlText => pipeline::AS_YAML_TEXT,
        Command::Permissions => files::PERMISSIONS,
        Command::CopyDefinition => files::COPY_DEFINITION,
        Command::OpenFile => files::OPEN_FILE,
        Command::CopyLink => files::COPY_LINK,
        Command::DownloadJson => files::DOWNLOAD_JSON,
        Command::DownloadYaml => files::DOWNLOAD_YAML,
        Command::DownloadSvg => files::DOWNLOAD_SVG,
        Command::DownloadPng => files::DOWNLOAD_PNG,
        Command::DownloadSam => files::DOWNLOAD_SAM,
        Command::DownloadCloudFormation => files::DOWNLOAD_CLOUD_FORMATION,
        Command::Pipelines => pipeline::PIPELINES,
    }
}
