//! A drawing as SVG that stands alone: no style sheet, no font, no script is needed to show it.

use super::ink::Ink;
use crate::canvas::words;
use crate::text::canvas;
use crate::ui::Kind;
use asl::graph::Outline;
use asl::text::Document;
use layout::measure::CORNER;
use layout::{EdgeStyle, Label, Layout, PlacedEdge, PlacedNode, Rect, Shape, path, tip};
use std::fmt::Write as _;

/// Space around the drawing.
const MARGIN: f64 = 32.0;

/// The fonts that are asked for, in turn.
const FONTS: &str = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/// What a picture is made of.
pub(super) struct Picture<'p> {
    pub(super) outline: &'p Outline,
    /// The text that the outline was made of.
    pub(super) document: &'p Document,
    pub(super) layout: &'p Layout,
    /// Its name, for those who hear it.
    pub(super) title: &'p str,
}

/// A picture with its size, in its own units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Svg {
    pub(super) text: String,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A text that is put into a picture.
struct Line<'l> {
    text: &'l str,
    x: f64,
    /// Its middle.
    y: f64,
    /// The room that it has.
    width: f64,
    size: f64,
    weight: u16,
    fill: &'l str,
    anchor: &'static str,
}

impl Picture<'_> {
    /// The picture in the colours of `ink`.
    pub(super) fn svg(&self, ink: &impl Ink) -> Svg {
        let bounds = self.layout.bounds;
        let (width, height) = (bounds.w + 2.0 * MARGIN, bounds.h + 2.0 * MARGIN);
        let (x, y) = (bounds.x - MARGIN, bounds.y - MARGIN);
        let mut out = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="{x:.1} {y:.1} {width:.1} {height:.1}" font-family="{FONTS}" role="img"><title>{}</title>"#,
            escaped(self.title)
        );
        let ground = Rect::new(x, y, width, height);
        rect(
            &mut out,
            ground,
            0.0,
            &format!(r#"fill="{}""#, ink.of("canvas")),
        );
        let is_container = |node: &&PlacedNode| matches!(node.shape, Shape::Container { .. });
        let nodes = &self.layout.nodes;
        nodes
            .iter()
            .filter(is_container)
            .for_each(|node| self.container(&mut out, ink, node));
        let grouped = self.grouped();
        Self::frames(&mut out, ink, &grouped.frames);
        self.ways(&mut out, ink);
        self.caps(&mut out, ink);
        Self::titles(&mut out, ink, &grouped.frames);
        nodes
            .iter()
            .filter(|node| !is_container(node))
            .for_each(|node| self.node(&mut out, ink, node));
        nodes
            .iter()
            .for_each(|node| self.carried(&mut out, ink, node, &grouped));
        out.push_str("</svg>\n");
        Svg {
            text: out,
            width,
            height,
        }
    }

    fn kind(&self, node: &PlacedNode) -> Kind {
        Kind::of(self.document, &self.outline.states[node.state.0])
    }

    fn words(&self, node: &PlacedNode) -> (&str, String) {
        let state = &self.outline.states[node.state.0];
        (&state.name, words::fact(self.outline, self.document, state))
    }

    fn container(&self, out: &mut String, ink: &impl Ink, node: &PlacedNode) {
        let (kind, hue) = self.hue(ink, node);
        let look =
            format!(r#"fill="{hue}" fill-opacity="0.04" stroke="{hue}" stroke-opacity="0.35""#);
        rect(out, node.rect, 12.0, &look);
        let Rect { x, y, w, .. } = node.rect;
        icon(out, kind, &hue, x + 10.0, y + 10.0, 16.0);
        let (name, fact) = self.words(node);
        let room = w - 46.0;
        line(
            out,
            &Line {
                text: name,
                x: x + 34.0,
                y: y + 18.0,
                width: room,
                size: 13.0,
                weight: 500,
                fill: &ink.of("text"),
                anchor: "start",
            },
        );
        let taken = text_width(name, 13.0) + 8.0;
        if room - taken > 40.0 {
            line(
                out,
                &Line {
                    text: &fact,
                    x: x + 34.0 + taken,
                    y: y + 18.0,
                    width: room - taken,
                    size: 11.5,
                    weight: 400,
                    fill: &ink.of("text-3"),
                    anchor: "start",
                },
            );
        }
        if let Shape::Container { lanes } = &node.shape {
            lanes
                .iter()
                .for_each(|at| self.lane(out, &hue, node.rect, *at));
        }
    }

    /// The line between two branches.
    fn lane(&self, out: &mut String, hue: &str, around: Rect, at: f64) {
        let (from, to) = match self.layout.orientation {
            layout::Orientation::Vertical => ((at, around.y + 44.0), (at, around.bottom() - 12.0)),
            layout::Orientation::Horizontal => ((around.x + 12.0, at), (around.right() - 12.0, at)),
        };
        let _ = write!(
            out,
            r#"<path d="M{:.1} {:.1}L{:.1} {:.1}" fill="none" stroke="{hue}" stroke-opacity="0.35" stroke-dasharray="3 3"/>"#,
            from.0, from.1, to.0, to.1
        );
    }

    fn hue(&self, ink: &impl Ink, node: &PlacedNode) -> (Kind, String) {
        let kind = self.kind(node);
        (kind, ink.of(&format!("t-{}", kind.class())))
    }

    fn node(&self, out: &mut String, ink: &impl Ink, node: &PlacedNode) {
        let (kind, hue) = self.hue(ink, node);
        let (surface, border) = (ink.of("surface"), ink.of("line-strong"));
        let look = format!(r#"fill="{surface}" stroke="{border}""#);
        let rect_of = node.rect;
        let inset = match node.shape {
            Shape::Choice => 20.0,
            Shape::Node | Shape::Folded | Shape::Container { .. } => 10.0,
        };
        match node.shape {
            Shape::Choice => hexagon(out, rect_of, &look),
            Shape::Node | Shape::Folded | Shape::Container { .. } => rect(out, rect_of, 8.0, &look),
        }
        let (x, middle) = (rect_of.x + inset, rect_of.centre().y);
        let square = Rect::new(x, middle - 16.0, 32.0, 32.0);
        rect(
            out,
            square,
            6.0,
            &format!(r#"fill="{hue}" fill-opacity="0.12""#),
        );
        icon(out, kind, &hue, x + 8.0, middle - 8.0, 16.0);
        let (name, fact) = self.words(node);
        let (left, room) = (x + 42.0, rect_of.w - 2.0 * inset - 42.0);
        line(
            out,
            &Line {
                text: name,
                x: left,
                y: middle - 9.0,
                width: room,
                size: 13.0,
                weight: 500,
                fill: &ink.of("text"),
                anchor: "start",
            },
        );
        line(
            out,
            &Line {
                text: &fact,
                x: left,
                y: middle + 9.0,
                width: room,
                size: 11.5,
                weight: 400,
                fill: &ink.of("text-3"),
                anchor: "start",
            },
        );
    }

    fn ways(&self, out: &mut String, ink: &impl Ink) {
        let stroke = ink.of("line-control");
        let drawn = |edge: &&PlacedEdge| edge.style != EdgeStyle::Hidden;
        for edge in self.layout.edges.iter().filter(drawn) {
            let mut points = edge.points.clone();
            let head = tip(&mut points);
            let (width, dashes) = match edge.style {
                EdgeStyle::Catch => (1.25, r#" stroke-dasharray="4 4""#),
                EdgeStyle::Next | EdgeStyle::Branch | EdgeStyle::Hidden => (1.5, ""),
            };
            let _ = write!(
                out,
                r#"<path d="{}" fill="none" stroke="{stroke}" stroke-width="{width}"{dashes}/><path d="{head}" fill="none" stroke="{stroke}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>"#,
                path(&points, CORNER)
            );
        }
        let labels = self
            .layout
            .edges
            .iter()
            .filter(drawn)
            .filter_map(|edge| edge.label.as_ref());
        labels.for_each(|label| chip(out, ink, label));
    }

    /// The start, the end, and empty blocks.
    fn caps(&self, out: &mut String, ink: &impl Ink) {
        let look = format!(
            r#"fill="{}" stroke="{}""#,
            ink.of("surface"),
            ink.of("line-strong")
        );
        for pill in &self.layout.pills {
            rect(out, pill.rect, pill.rect.h / 2.0, &look);
            let text = if pill.start {
                canvas::START
            } else {
                canvas::END
            };
            centred(out, text, pill.rect, (12.0, 500), &ink.of("text-2"));
        }
        let look = format!(
            r#"fill="none" stroke="{}" stroke-dasharray="4 3""#,
            ink.of("line-control")
        );
        for slot in &self.layout.slots {
            rect(out, slot.rect, 8.0, &look);
            centred(
                out,
                canvas::EMPTY_BLOCK,
                slot.rect,
                (12.0, 400),
                &ink.of("text-3"),
            );
        }
    }
}

/// A label on its way.
fn chip(out: &mut String, ink: &impl Ink, label: &Label) {
    let look = format!(
        r#"fill="{}" stroke="{}""#,
        ink.of("surface"),
        ink.of("line")
    );
    rect(out, label.rect, 4.0, &look);
    centred(out, &label.text, label.rect, (11.0, 400), &ink.of("text-2"));
}

pub(super) fn centred(
    out: &mut String,
    text: &str,
    around: Rect,
    (size, weight): (f64, u16),
    fill: &str,
) {
    let centre = around.centre();
    line(
        out,
        &Line {
            text,
            x: centre.x,
            y: centre.y,
            width: around.w - 8.0,
            size,
            weight,
            fill,
            anchor: "middle",
        },
    );
}

pub(super) fn rect(out: &mut String, at: Rect, round: f64, look: &str) {
    let _ = write!(
        out,
        r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="{round}" {look}/>"#,
        at.x, at.y, at.w, at.h
    );
}

/// A box with points to the left and right.
fn hexagon(out: &mut String, at: Rect, look: &str) {
    let (point, middle) = (14.0, at.centre().y);
    let _ = write!(
        out,
        r#"<path d="M{:.1} {middle:.1}L{:.1} {:.1}H{:.1}L{:.1} {middle:.1}L{:.1} {:.1}H{:.1}Z" stroke-linejoin="round" {look}/>"#,
        at.x,
        at.x + point,
        at.y,
        at.right() - point,
        at.right(),
        at.right() - point,
        at.bottom(),
        at.x + point,
    );
}

fn icon(out: &mut String, kind: Kind, hue: &str, x: f64, y: f64, size: f64) {
    let _ = write!(
        out,
        r#"<g transform="translate({x:.1} {y:.1}) scale({})" fill="none" stroke="{hue}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{}</g>"#,
        size / 16.0,
        kind.glyph().drawing()
    );
}

fn line(out: &mut String, line: &Line<'_>) {
    let _ = write!(
        out,
        r#"<text x="{:.1}" y="{:.1}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}" dominant-baseline="central">{}</text>"#,
        line.x,
        line.y,
        line.size,
        line.weight,
        line.fill,
        line.anchor,
        escaped(&cut(line.text, line.width, line.size))
    );
}

/// How wide a letter is, of its size: an estimate, since a picture is made without a page to measure on.
fn letter_width(letter: char, size: f64) -> f64 {
    let share = match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' | '|' => 0.3,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.86,
        'A'..='Z' => 0.68,
        letter if letter.is_ascii() => 0.56,
        _ => 1.0,
    };
    share * size
}

fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| letter_width(letter, size)).sum()
}

/// As much of a text as has room, with dots for the rest.
fn cut(text: &str, width: f64, size: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let room = width - letter_width('…', size);
    let mut taken = 0.0;
    let fits = |letter: &char| {
        taken += letter_width(*letter, size);
        taken <= room
    };
    let short: String = text.chars().take_while(fits).collect();
    format!("{}…", short.trim_end())
}

/// A text as it stands in XML, which knows no control characters.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                out.push(' ')
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::graph::Outlined;
    use layout::Orientation;
    use rustc_hash::FxHashSet;
    use std::sync::Arc;

    struct Grey;

    impl Ink for Grey {
        fn of(&self, token: &str) -> String {
            assert!(!token.contains("--"), "{token}");
            "rgb(1, 2, 3)".to_owned()
        }
    }

    const MACHINE: &str = r#"{ "StartAt": "A <b> & \"c\"", "States": {
        "A <b> & \"c\"": { "Type": "Choice", "Choices": [ { "Variable": "$.score", "NumericGreaterThan": 1, "Next": "Both" } ], "Default": "Done" },
        "Both": { "Type": "Parallel", "End": true, "Catch": [ { "ErrorEquals": [ "States.ALL" ], "Next": "Done" } ], "Branches": [
            { "StartAt": "One", "States": { "One": { "Type": "Pass", "End": true } } },
            { "StartAt": "Two", "States": { "Two": { "Type": "Wait", "Seconds": 5, "End": true } } } ] },
        "Done": { "Type": "Succeed" } } }"#;

    fn drawn(text: &str, orientation: Orientation) -> Svg {
        let outlined = Outlined::of(Arc::new(Document::parse(text)));
        let layout = Layout::of(outlined.outline(), &FxHashSet::default(), orientation);
        Picture {
            outline: outlined.outline(),
            document: outlined.document(),
            layout: &layout,
            title: "a & b",
        }
        .svg(&Grey)
    }

    /// Whether tags close in the order in which they were opened, and no text stands bare.
    fn is_well_formed(text: &str) -> bool {
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(1) {
            let Some((tag, _)) = tag.split_once('>') else {
                return false;
            };
            let name = tag
                .trim_start_matches('/')
                .split([' ', '/'])
                .next()
                .unwrap_or_default();
            match (tag.starts_with('/'), tag.ends_with('/')) {
                (true, _) if open.pop() != Some(name) => return false,
                (false, false) => open.push(name),
                (true, _) | (false, true) => {}
            }
        }
        open.is_empty()
    }

    #[test]
    fn a_picture_names_every_state_and_is_whole_xml() {
        for orientation in [Orientation::Vertical, Orientation::Horizontal] {
            let svg = drawn(MACHINE, orientation);
            assert!(is_well_formed(&svg.text), "{}", svg.text);
            for name in [
                "A &lt;b&gt; &amp; &quot;c&quot;",
                "Both",
                "One",
                "Two",
                "Done",
                "Start",
                "End",
                "<title>a &amp; b</title>",
            ] {
                assert!(svg.text.contains(name), "{name}: {}", svg.text);
            }
        }
    }

    #[test]
    fn groups_and_notes_are_in_the_picture() {
        let text = r#"{ "StartAt": "One", "States": {
            "One": { "Type": "Pass", "Comment": "[group: Prepare]", "Next": "Two" },
            "Two": { "Type": "Pass", "Comment": "Mind the <gap>", "Next": "Three" },
            "Three": { "Type": "Succeed", "Comment": "[group: Apart] x" }, "Four": { "Type": "Fail", "Comment": "[group: Apart]" } } }"#;
        let svg = drawn(text, Orientation::Vertical);
        assert!(is_well_formed(&svg.text), "{}", svg.text);
        for words in ["Prepare", "<title>Mind the &lt;gap&gt;</title>", "Apart"] {
            assert!(svg.text.contains(words), "{words}: {}", svg.text);
        }
        assert!(!svg.text.contains("[group"));
    }

    #[test]
    fn a_name_that_is_too_long_ends_in_dots_within_its_room() {
        let long = "Train the model on all of last year's data";
        let short = cut(long, 146.0, 13.0);
        assert!(
            short.ends_with('…') && text_width(&short, 13.0) <= 146.0,
            "{short}"
        );
        assert_eq!(cut("Train", 146.0, 13.0), "Train");
    }

    #[test]
    fn control_characters_of_a_name_leave_the_picture_whole() {
        let text = r#"{ "StartAt": "a\u0000b", "States": { "a\u0000b": { "Type": "Pass", "End": true } } }"#;
        let svg = drawn(text, Orientation::Vertical);
        assert!(svg.text.contains("a b"), "{}", svg.text);
        assert!(!svg.text.contains('\0'));
    }
}
