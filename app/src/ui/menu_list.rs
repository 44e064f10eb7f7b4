//! What all menus share: where a list stands, and which line a key leads to.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a list needs at least under its button, in pixels; with less it opens above, where there is more.
const ROOM: f64 = 240.0;

/// So much stays free between a list and the border of the window.
const BORDER: f64 = 8.0;

/// Puts the list under the button, or above it where there is more room, inside the window.
pub(super) fn place_at(button: &HtmlElement, list: &HtmlElement) {
    let rect = button.get_bounding_client_rect();
    place_between(button, (rect.top(), rect.bottom()), list);
}

/// The same for what reaches from `top` to `bottom` in an element.
pub(super) fn place_between(element: &HtmlElement, (top, bottom): (f64, f64), list: &HtmlElement) {
    let rect = element.get_bounding_client_rect();
    let (width, height) = window_size();
    let (above, below) = (top - 12.0, height - bottom - 12.0);
    let is_above = below < ROOM && above > below;
    let (edge, distance, room) = match is_above {
        true => ("bottom", height - top + 4.0, above),
        false => ("top", bottom + 4.0, below),
    };
    let (side, gap) = if rect.left() > width / 2.0 {
        ("right", width - rect.right())
    } else {
        ("left", rect.left())
    };
    let room = format!("min(70dvh, {room}px)");
    put(list, [(edge, distance), (side, gap)]);
    // The name is fixed and valid.
    let _ = HtmlElement::style(list).set_property("max-height", &room);
}

/// Puts the list at a point of the window, moved so that all of it is inside.
pub(super) fn place_in_window(list: &HtmlElement, (x, y): (f64, f64)) {
    let (width, height) = window_size();
    let own = (
        f64::from(list.offset_width()),
        f64::from(list.offset_height()),
    );
    put(
        list,
        [
            ("left", x.min(width - own.0 - BORDER).max(BORDER)),
            ("top", y.min(height - own.1 - BORDER).max(BORDER)),
        ],
    );
}

fn put(list: &HtmlElement, sides: [(&str, f64); 2]) {
    let style = HtmlElement::style(list);
    // The names are fixed and valid.
    let _ = style.set_property("inset", "auto");
    for (side, distance) in sides {
        let _ = style.set_property(side, &format!("{distance:.0}px"));
    }
}

fn window_size() -> (f64, f64) {
    let size = |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64());
    (
        size(window().inner_width()).unwrap_or(1024.0),
        size(window().inner_height()).unwrap_or(768.0),
    )
}

/// Moves the focus to the first line.
pub(super) fn focus_first(list: &HtmlElement) {
    if let Some(first) = lines(list).first() {
        // A line that cannot take the focus keeps it where it was.
        let _ = first.focus();
    }
}

/// Moves the focus to the line that a key leads to; says whether the key meant one.
pub(super) fn walk(list: &HtmlElement, event: &web_sys::KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let lines = lines(list);
    let active = document().active_element();
    let is_active = |line: &HtmlElement| {
        let active = active.as_ref();
        active.is_some_and(|active| active.is_same_node(Some(line)))
    };
    let words: Vec<String> = lines.iter().map(words_of).collect();
    let led = led(&event.key(), lines.iter().position(is_active), &words);
    if let Some(line) = led.and_then(|led| lines.get(led)) {
        // A line that cannot take the focus keeps it where it was.
        let _ = line.focus();
    }
    led.is_some()
}

/// The lines of a list. One that cannot be used now is among them, so that its reason is read.
fn lines(list: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

fn words_of(line: &HtmlElement) -> String {
    let words = line.text_content().unwrap_or_default();
    words.trim().to_lowercase()
}

/// The line that a key leads to from the one at `at`: arrows go round, a letter leads to the next line that begins with it.
fn led(key: &str, at: Option<usize>, words: &[String]) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    match key {
        "ArrowDown" => Some(at.filter(|at| *at < last).map_or(0, |at| at + 1)),
        "ArrowUp" => Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        letter if letter.chars().count() == 1 && letter != " " => {
            let letter = letter.to_lowercase();
            let after = at.map_or(0, |at| at + 1);
            (after..after + words.len())
                .map(|index| index % words.len())
                .find(|index| words[*index].starts_with(&letter))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<String> {
        ["copy", "cut", "paste", "delete"].map(str::to_owned).into()
    }

    #[test]
    fn arrows_go_round_and_home_and_end_lead_to_the_ends() {
        let led = |key, at| led(key, at, &words());
        assert_eq!(led("ArrowDown", Some(0)), Some(1));
        assert_eq!(led("ArrowDown", Some(3)), Some(0));
        assert_eq!(led("ArrowDown", None), Some(0));
        assert_eq!(led("ArrowUp", Some(0)), Some(3));
        assert_eq!(led("Home", Some(2)), Some(0));
        assert_eq!(led("End", Some(0)), Some(3));
        assert_eq!(led("Escape", Some(0)), None);
    }

    #[test]
    fn a_letter_leads_from_line_to_line_that_begins_with_it() {
        let led = |key, at| led(key, at, &words());
        assert_eq!(led("c", Some(0)), Some(1));
        assert_eq!(led("C", Some(1)), Some(0));
        assert_eq!(led("d", None), Some(3));
        assert_eq!(led("x", Some(0)), None);
        assert_eq!(led(" ", Some(0)), None);
    }

    #[test]
    fn an_empty_list_leads_nowhere() {
        assert_eq!(super::led("ArrowDown", None, &[]), None);
    }
}
