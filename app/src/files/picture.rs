//! The drawing as a file, as it stands on the canvas: what is folded there is folded, too.

use super::ink::PageInk;
use super::png::png;
use super::save::{save, save_text};
use super::svg::{Picture, Svg};
use crate::document::Refusal;
use crate::session::Session;
use crate::text::files as text;
use layout::Layout;
use leptos::prelude::*;

/// The picture of what is drawn; a refusal where nothing is.
fn picture(session: Session) -> Result<Svg, Refusal> {
    let outline = session.outline().get_untracked();
    if outline.states.is_empty() {
        return Err(Refusal::Shape(text::NOTHING_DRAWN.to_owned()));
    }
    let ink = PageInk::take().ok_or_else(|| Refusal::Shape(text::NO_COLOURS.to_owned()))?;
    let layout = session.folded().with_untracked(|folded| {
        Layout::of(&outline, folded, session.orientation().get_untracked())
    });
    let document = session.outlined().get_untracked();
    let name = session.name().get_untracked();
    Ok(Picture {
        outline: &outline,
        document: &document,
        layout: &layout,
        title: &name,
    }
    .svg(&ink))
}

/// Saves the drawing as a file `NAME.svg`, or says why there is none.
pub(crate) fn download_svg(session: Session) {
    match picture(session) {
        Ok(svg) => {
            let name = session.name().get_untracked();
            save_text(&format!("{name}.svg"), &svg.text, "image/svg+xml");
        }
        Err(refusal) => {
            session.refuse(&refusal);
        }
    }
}

/// Saves the drawing as a file `NAME.png`, or says why there is none.
pub(crate) fn download_png(session: Session) {
    let svg = match picture(session) {
        Ok(svg) => svg,
        Err(refusal) => {
            session.refuse(&refusal);
            return;
        }
    };
    let name = session.name().get_untracked();
    leptos::task::spawn_local(async move {
        match png(&svg).await {
            Some(blob) => save(&format!("{name}.png"), blob),
            None => {
                session.refuse(&Refusal::Shape(text::NO_PNG.to_owned()));
            }
        }
    });
}
