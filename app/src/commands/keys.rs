//! Keys: which command one means, and the list of all of them.

use super::desk::Desk;
use super::table::{Command, Group};
use crate::text::commands as text;
use crate::ui::Dialog;
use leptos::prelude::*;

/// Where the keys of a command are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// On the whole page, in fields too.
    Everywhere,
    /// On the whole page, but not in fields, which have a meaning of their own for them.
    NotTyping,
    /// On the canvas.
    Canvas,
    /// By the browser, which makes events of their own of them.
    Browser,
}

/// A key that was pressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Press {
    /// The key's name, as the browser says it.
    pub key: String,
    /// Whether Ctrl, or Command on a Mac, is held.
    pub command: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

impl Press {
    /// Reads an event.
    pub fn of(event: &web_sys::KeyboardEvent) -> Self {
        Self {
            key: event.key(),
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        }
    }

    /// Whether it is the combination that a text such as `Ctrl+Shift+Z` names.
    fn is(&self, combination: &str) -> bool {
        let (mut rest, mut wanted) = (combination, Self::default());
        while let Some((held, more)) = rest.split_once('+').filter(|(_, more)| !more.is_empty()) {
            match held {
                "Ctrl" => wanted.command = true,
                "Alt" => wanted.alt = true,
                "Shift" => wanted.shift = true,
                _ => return false,
            }
            rest = more;
        }
        let key = if rest == "Del" { "Delete" } else { rest };
        // A sign needs Shift on some keyboards and not on others.
        let is_sign = key.chars().count() == 1 && !key.chars().all(char::is_alphabetic);
        self.key.eq_ignore_ascii_case(key)
            && self.command == wanted.command
            && self.alt == wanted.alt
            && (is_sign || self.shift == wanted.shift)
    }
}

/// The command that a key means among those that are heard in one way.
pub fn heard(press: &Press, hears: Hears) -> Option<Command> {
    Command::ALL.into_iter().find(|command| {
        let row = command.row();
        row.hears == hears && row.keys.iter().any(|key| press.is(key))
    })
}

/// The list of all keys.
#[component]
pub fn KeysDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let lines = move |group: Group| {
        Command::ALL
            .iter()
            .map(|command| command.row())
            .filter(|row| row.group == group && !row.keys.is_empty())
            .map(|row| {
                let keys = row.keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
                view! { <tr><th scope="row">{row.words}</th><td>{keys.collect_view()}</td></tr> }
            })
            .collect_view()
    };
    view! {
        <Dialog open=desk.keys title=Command::Keys.words() wide=true>
            <div class="dialog-body keys-list">
                {Group::ALL.into_iter().map(|group| view! { <table><caption>{group.label()}</caption><tbody>{lines(group)}</tbody></table> }).collect_view()}
                <table>
                    <caption>{text::KEYS_CANVAS}</caption>
                    <tbody>
                        <tr><th scope="row">{text::KEYS_GO}</th><td><kbd>{text::KEYS_ARROWS}</kbd></td></tr>
                        <tr><th scope="row">{text::KEYS_END}</th><td><kbd>{text::KEYS_HOME}</kbd></td></tr>
                        <tr><th scope="row">{text::KEYS_SELECT}</th><td><kbd>{text::KEYS_SHIFT_ARROWS}</kbd></td></tr>
                        <tr><th scope="row">{text::KEYS_MOVE}</th><td><kbd>{text::KEYS_SPACE_DRAG}</kbd></td></tr>
                    </tbody>
                </table>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, held: &str) -> Press {
        Press {
            key: key.to_owned(),
            command: held.contains('c'),
            alt: held.contains('a'),
            shift: held.contains('s'),
        }
    }

    #[test]
    fn a_key_means_its_command_only_with_what_must_be_held() {
        assert_eq!(
            heard(&press("z", "c"), Hears::NotTyping),
            Some(Command::Undo)
        );
        assert_eq!(
            heard(&press("Z", "cs"), Hears::NotTyping),
            Some(Command::Redo)
        );
        assert_eq!(heard(&press("z", ""), Hears::NotTyping), None);
        assert_eq!(heard(&press("a", ""), Hears::Canvas), Some(Command::Add));
        assert_eq!(
            heard(&press("a", "c"), Hears::Canvas),
            Some(Command::SelectAll)
        );
        assert_eq!(
            heard(&press("Delete", ""), Hears::Canvas),
            Some(Command::Delete)
        );
        assert_eq!(
            heard(&press("k", "c"), Hears::Everywhere),
            Some(Command::Find)
        );
        assert_eq!(
            heard(&press("F1", ""), Hears::Everywhere),
            Some(Command::Find)
        );
    }

    #[test]
    fn signs_are_heard_whether_the_keyboard_needs_shift_for_them_or_not() {
        for held in ["", "s"] {
            assert_eq!(
                heard(&press("?", held), Hears::NotTyping),
                Some(Command::Keys)
            );
            assert_eq!(
                heard(&press("+", held), Hears::Canvas),
                Some(Command::ZoomIn)
            );
            assert_eq!(
                heard(&press("/", held), Hears::NotTyping),
                Some(Command::FindToAdd)
            );
        }
        assert_eq!(
            heard(&press("+", "c"), Hears::Canvas),
            Some(Command::ZoomIn)
        );
    }
}
