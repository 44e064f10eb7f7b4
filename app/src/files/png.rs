//! A picture of lines painted into one of dots.

use super::svg::Svg;
use gloo::file::{Blob, ObjectUrl};
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Dots for each unit of the drawing, where there is room: sharp on dense screens and in print.
const SHARP: f64 = 2.0;

/// The longest side that browsers paint.
const LONGEST: f64 = 16_000.0;

/// The most dots that browsers paint.
const MOST: f64 = 100_000_000.0;

/// How many dots a unit gets.
fn scale(width: f64, height: f64) -> f64 {
    let room = (MOST / (width * height)).sqrt();
    SHARP.min(LONGEST / width).min(LONGEST / height).min(room)
}

/// The picture as PNG; none where the browser cannot paint it.
pub(super) async fn png(svg: &Svg) -> Option<Blob> {
    let address = ObjectUrl::from(Blob::new_with_options(
        svg.text.as_str(),
        Some("image/svg+xml"),
    ));
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    JsFuture::from(image.decode()).await.ok()?;
    let scale = scale(svg.width, svg.height);
    let canvas = canvas(svg.width * scale, svg.height * scale)?;
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
        .ok()?;
    let painted = Promise::new(&mut |resolve, reject| {
        if canvas.to_blob(&resolve).is_err() {
            // The promise is fresh, so that it can be rejected.
            let _ = reject.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    let blob: web_sys::Blob = JsFuture::from(painted).await.ok()?.dyn_into().ok()?;
    Some(Blob::from(blob))
}

fn canvas(width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let canvas = document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width.round() as u32);
    canvas.set_height(height.round() as u32);
    Some(canvas)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_drawing_is_painted_twice_as_large_and_a_huge_one_as_large_as_can_be() {
        assert!((scale(600.0, 800.0) - 2.0).abs() < f64::EPSILON);
        let huge = scale(2_000.0, 90_000.0);
        assert!(90_000.0 * huge <= LONGEST + 1e-6);
        let wide = scale(15_000.0, 15_000.0);
        assert!((15_000.0 * wide).powi(2) <= MOST * 1.000_001);
    }
}
