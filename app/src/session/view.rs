//! What part of the drawing is seen: pan and zoom, in plain numbers.

/// Zoom by hand stays between these.
pub const ZOOM: (f64, f64) = (0.1, 2.5);

/// How far fitting may zoom out, so that a drawing of thousands of states is seen whole.
pub const LEAST_FIT: f64 = 0.005;

/// The place of the drawing in the window: window = drawing × zoom + offset, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Where the drawing's origin is from the left.
    pub x: f64,
    /// Where the drawing's origin is from the top.
    pub y: f64,
    /// How large the drawing is; 1 is its own size.
    pub zoom: f64,
}

impl Default for View {
    fn default() -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            zoom: 1.0,
        }
    }
}

impl View {
    /// Moved by a distance in the window.
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Zoomed by `factor` so that the point of the drawing under (`x`, `y`) of the window stays there.
    pub fn zoomed(self, factor: f64, x: f64, y: f64) -> Self {
        self.at_zoom(self.zoom * factor, x, y)
    }

    /// At `zoom`, with the point under (`x`, `y`) of the window in its place. Further out than [`ZOOM`] it never gets, but
    /// stays where fitting went.
    pub fn at_zoom(self, zoom: f64, x: f64, y: f64) -> Self {
        let zoom = zoom.clamp(ZOOM.0.min(self.zoom), ZOOM.1);
        let scale = zoom / self.zoom;
        Self {
            x: x - (x - self.x) * scale,
            y: y - (y - self.y) * scale,
            zoom,
        }
    }

    /// The point of the drawing under (`x`, `y`) of the window.
    pub fn to_drawing(self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) / self.zoom, (y - self.y) / self.zoom)
    }

    /// Where a point of the drawing is in the window.
    pub fn to_window(self, x: f64, y: f64) -> (f64, f64) {
        (x * self.zoom + self.x, y * self.zoom + self.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let view = View {
            x: 13.0,
            y: -40.0,
            zoom: 0.8,
        };
        let before = view.to_drawing(300.0, 200.0);
        let after = view.zoomed(1.7, 300.0, 200.0).to_drawing(300.0, 200.0);
        assert!((before.0 - after.0).abs() < 1e-9 && (before.1 - after.1).abs() < 1e-9);
    }

    #[test]
    fn what_fitting_made_small_does_not_jump_when_zoomed() {
        let fitted = View {
            zoom: 0.02,
            ..View::default()
        };
        assert_eq!(fitted.zoomed(0.8, 0.0, 0.0).zoom, 0.02);
        assert!(fitted.zoomed(1.2, 0.0, 0.0).zoom < 0.03);
    }

    #[test]
    fn zoom_stays_within_its_bounds() {
        assert_eq!(View::default().zoomed(1000.0, 0.0, 0.0).zoom, ZOOM.1);
        assert_eq!(View::default().zoomed(0.0001, 0.0, 0.0).zoom, ZOOM.0);
    }
}
