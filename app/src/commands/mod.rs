//! Every command of the studio in one table: its words, its keys, when it can be done and why not, and what it does.
//!
//! The command palette, the menus of the canvas, the keys and the list of keys read the table; none has commands of its
//! own. A command acts on what is selected; verbs with operands (connect these two) are the canvas's own business.

mod desk;
mod extract;
mod finder;
mod hits;
mod item;
mod keys;
mod naming;
mod need;
mod rows;
mod table;

pub use desk::{CanvasAct, Desk, Page};
pub use finder::Finder;
pub use item::CommandItem;
pub use keys::{Hears, KeysDialog, Press, heard};
pub use naming::NamingDialog;
pub use table::Command;
