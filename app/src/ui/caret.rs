//! The text of an area and the cursor in it. The studio counts bytes, browsers count UTF-16 units.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlTextAreaElement;

/// The entry while somebody works in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Typed {
    pub(super) text: String,
    /// The cursor, in bytes.
    pub(super) at: usize,
}

/// The entry and its cursor.
pub(super) fn read(area: &HtmlTextAreaElement) -> Typed {
    let text = area.value();
    let units = area.selection_start().ok().flatten().unwrap_or(0);
    let at = byte_of(&text, units);
    Typed { text, at }
}

/// Sets the entry and what is selected of it, in bytes.
pub(super) fn write(area: &HtmlTextAreaElement, text: &str, start: usize, end: usize) {
    area.set_value(text);
    // The range lies in the text.
    let _ = area.set_selection_range(units_of(text, start), units_of(text, end));
}

/// Scrolls a text whose lines are not folded so far to the side that the cursor is seen; browsers do so only while one types.
pub(super) fn show(area: &HtmlTextAreaElement) {
    let typed = read(area);
    let longest = typed.text.lines().map(|line| line.chars().count()).max();
    let seen = area.client_width();
    if area.scroll_width() <= seen {
        return;
    }
    let before = typed.text.get(..typed.at).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default();
    let column = column.chars().count();
    let at = scaled(area.scroll_width(), column, longest.unwrap_or_default());
    let (left, margin) = (area.scroll_left(), seen / 8);
    if at < left + margin || at > left + seen - margin {
        area.set_scroll_left((at - seen + seen / 4).max(0));
    }
}

/// So much of a width as `part` is of `whole`; the letters of such an area are all of one width.
fn scaled(width: i32, part: usize, whole: usize) -> i32 {
    let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let scaled = i64::from(width).saturating_mul(of(part)) / of(whole).max(1);
    i32::try_from(scaled).unwrap_or(i32::MAX)
}

/// The bytes before so many UTF-16 units.
pub(super) fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units;
    for (at, character) in text.char_indices() {
        let width = u32::try_from(character.len_utf16()).unwrap_or(1);
        if left < width {
            return at;
        }
        left -= width;
    }
    text.len()
}

/// The UTF-16 units of so many bytes.
fn units_of(text: &str, bytes: usize) -> u32 {
    let head = text.get(..bytes).unwrap_or(text);
    u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The UTF-16 units before a point of the window; none where the browser cannot say or means another element.
pub(super) fn units_at(area: &HtmlTextAreaElement, x: f64, y: f64) -> Option<u32> {
    let name = JsValue::from_str("caretPositionFromPoint");
    let asked = js_sys::Reflect::get(&document(), &name).ok()?;
    let asked = asked.dyn_into::<js_sys::Function>().ok()?;
    let found = asked.call2(&document(), &x.into(), &y.into()).ok()?;
    let node = js_sys::Reflect::get(&found, &"offsetNode".into()).ok()?;
    let node = node.dyn_into::<web_sys::Node>().ok()?;
    if !area.is_same_node(Some(&node)) {
        return None;
    }
    let offset = js_sys::Reflect::get(&found, &"offset".into()).ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the browser gives whole numbers from 0"
    )]
    offset.as_f64().map(|offset| offset as u32)
}

/// The top and the bottom of the line that the cursor is in, in the window, when lines are not folded.
pub(super) fn line_of(area: &HtmlTextAreaElement) -> Option<(f64, f64)> {
    let typed = read(area);
    let before = typed.text.get(..typed.at)?.matches('\n').count();
    let computed = window().get_computed_style(area).ok().flatten()?;
    let pixels = |name: &str| {
        let value = computed.get_property_value(name).ok()?;
        value.strip_suffix("px")?.parse::<f64>().ok()
    };
    let (height, padding) = (pixels("line-height")?, pixels("padding-top")?);
    let rect = area.get_bounding_client_rect();
    let lines = f64::from(u32::try_from(before).ok()?);
    let top = rect.top() + padding + lines * height - f64::from(area.scroll_top());
    let top = top.clamp(rect.top(), (rect.bottom() - height).max(rect.top()));
    Some((top, top + height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_so_far_to_the_side_as_it_is_in_the_longest_line() {
        assert_eq!(scaled(400, 20, 80), 100);
        assert_eq!(scaled(400, 0, 0), 0);
    }

    #[test]
    fn places_are_told_in_bytes_and_in_units_of_the_browser() {
        let text = "ä😀b";
        for (units, bytes) in [(0, 0), (1, 2), (3, 6), (4, 7)] {
            assert_eq!(byte_of(text, units), bytes);
            assert_eq!(units_of(text, bytes), units);
        }
        assert_eq!(byte_of(text, 2), 2);
        assert_eq!(byte_of(text, 99), 7);
    }
}
