//! The table.

use super::keys::Hears;
use super::need::Need;
use super::rows::line;
use crate::text::commands as text;
use crate::text::common;
use crate::ui::Glyph;

/// Lists every command once, for the type and for [`Command::ALL`].
macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// A command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table has the words of each")]
        pub enum Command {
            $($name),+
        }

        impl Command {
            /// Every command, in the order in which they are listed.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];
        }
    };
}

commands! {
    Undo,
    Redo,
    Copy,
    Cut,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    SelectNone,
    Inspect,
    Rename,
    Add,
    AddRule,
    AddRetrier,
    AddCatcher,
    AddBranch,
    AddVariable,
    AddParameter,
    Connect,
    NextWay,
    Lead,
    LeadFrom,
    WrapInParallel,
    WrapInMap,
    Extract,
    Note,
    Group,
    RenameGroup,
    Ungroup,
    Dissolve,
    Fold,
    ShowCode,
    Breakpoint,
    AsJson,
    ConvertState,
    TestState,
    Menu,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Turn,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Design,
    Code,
    Split,
    Config,
    Problems,
    Palette,
    States,
    Inspector,
    Find,
    FindToAdd,
    Help,
    Keys,
    DryRun,
    DryRunOn,
    DryRunToEnd,
    DryRunStep,
    DryRunInto,
    DryRunBack,
    DryRunAnew,
    DryRunStop,
    Samples,
    Cost,
    Start,
    Deploy,
    Runs,
    Versions,
    KeepVersion,
    Publish,
    NewAlias,
    Convert,
    Format,
    AsJsonText,
    AsYamlText,
    Permissions,
    OpenFile,
    CopyDefinition,
    CopyLink,
    DownloadJson,
    DownloadYaml,
    DownloadSvg,
    DownloadPng,
    DownloadSam,
    DownloadCloudFormation,
    Pipelines,
}

/// What a command is about; the list of keys has a heading for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Group {
    Find,
    Edit,
    State,
    View,
    Pipeline,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::Edit,
        Self::State,
        Self::View,
        Self::Find,
        Self::Pipeline,
    ];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Find => text::GROUP_FIND,
            Self::Edit => text::GROUP_EDIT,
            Self::State => text::GROUP_STATE,
            Self::View => text::GROUP_VIEW,
            Self::Pipeline => text::GROUP_PIPELINE,
        }
    }
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) group: Group,
    pub(super) words: &'static str,
    /// Other words that people look for.
    pub(super) also: &'static str,
    pub(super) glyph: Glyph,
    /// The first one is shown.
    pub(super) keys: &'static [&'static str],
    pub(super) hears: Hears,
    pub(super) needs: &'static [Need],
}

impl Command {
    pub(super) const fn row(self) -> Row {
        line(self)
    }

    /// What it does, as an order.
    pub fn words(self) -> &'static str {
        self.row().words
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        self.row().glyph
    }

    /// Whether it is of use only where a pipeline is worked on, not where one is merely shown.
    pub fn is_for_work(self) -> bool {
        self.row().needs.contains(&Need::Editable)
    }

    /// Whether it is about the state in focus.
    pub fn is_about_state(self) -> bool {
        let needs = self.row().needs;
        needs.contains(&Need::State) || needs.contains(&Need::Container)
    }

    /// The key to show for it; empty when it has none.
    pub fn key(self) -> &'static str {
        self.row().keys.first().copied().unwrap_or_default()
    }

    /// Words with the key in brackets, for the tip of a control that does it.
    pub fn tip(self, words: &str) -> String {
        match self.key() {
            "" => words.to_owned(),
            key => common::with_key(words, key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_command_has_words_of_its_own() {
        let words: HashSet<&str> = Command::ALL.map(Command::words).into_iter().collect();
        assert_eq!(words.len(), Command::ALL.len());
        assert!(!words.contains(""));
    }

    #[test]
    fn no_two_commands_have_the_same_key() {
        let mut seen = HashSet::new();
        for key in Command::ALL.iter().flat_map(|command| command.row().keys) {
            assert!(seen.insert(key.to_lowercase()), "{key}");
        }
    }

    #[test]
    fn every_group_has_commands() {
        for group in Group::ALL {
            assert!(
                Command::ALL
                    .iter()
                    .any(|command| command.row().group == group)
            );
        }
    }

    #[test]
    fn a_tip_says_the_key_where_there_is_one() {
        assert_eq!(Command::DryRun.tip("Dry run"), "Dry run (Alt+D)");
        assert_eq!(Command::Start.tip("Start…"), "Start…");
    }
}
