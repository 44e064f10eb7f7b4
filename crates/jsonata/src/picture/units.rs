//! UTF-16 text with JavaScript's string operations.
//!
//! The reference counts and cuts pictures in UTF-16 units, and a few of its results depend on that. Only what the
//! pictures need is here; half a surrogate pair that a cut leaves behind becomes U+FFFD when the text is read out.

/// A text in UTF-16 units.
pub(super) type Units = Vec<u16>;

/// The units of a text.
pub(super) fn units(text: &str) -> Units {
    text.encode_utf16().collect()
}

/// The text of some units.
pub(super) fn text(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

/// The part between two places, which are clamped to the text; empty when they are the wrong way round.
pub(super) fn part(units: &[u16], start: usize, end: usize) -> &[u16] {
    let end = end.min(units.len());
    units.get(start.min(end)..end).unwrap_or_default()
}

/// JavaScript's `indexOf`, which finds an empty text everywhere.
pub(super) fn find(units: &[u16], wanted: &[u16], from: usize) -> Option<usize> {
    if wanted.is_empty() {
        return Some(from.min(units.len()));
    }
    let rest = part(units, from, units.len());
    rest.windows(wanted.len())
        .position(|window| window == wanted)
        .map(|at| at + from)
}

/// JavaScript's `lastIndexOf`.
pub(super) fn find_last(units: &[u16], wanted: &[u16]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(units.len());
    }
    units
        .windows(wanted.len())
        .rposition(|window| window == wanted)
}

/// Inserts a text at a place that may lie before the start, in the way of two JavaScript cuts: a place that is before
/// the start by `n` keeps only the last `n` units behind what is inserted.
pub(super) fn insert(units: &mut Units, place: isize, inserted: &[u16], head: Head) {
    match usize::try_from(place) {
        Ok(at) => {
            let at = at.min(units.len());
            units.splice(at..at, inserted.iter().copied());
        }
        Err(_) => {
            let kept = place.unsigned_abs().min(units.len());
            let cut = units.len() - kept;
            let front = match head {
                Head::Dropped => 0,
                Head::Kept => cut,
            };
            units.splice(front..cut, inserted.iter().copied());
        }
    }
}

/// What becomes of the units before the cut when the place lies before the start.
#[derive(Clone, Copy)]
pub(super) enum Head {
    /// `substr` takes nothing there.
    Dropped,
    /// `slice` counts from the end there as well.
    Kept,
}

/// The distance between separators that repeat regularly, given their places in rising order.
pub(super) fn regular_distance(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    let distance = places.next().filter(|&first| first > 0)?;
    let regular = places
        .enumerate()
        .all(|(index, place)| place == (index + 2) * distance);
    regular.then_some(distance)
}
