//! How good is good enough: what the tables of the benchmarks hold a figure against, and the words for it.

/// What a figure is held against.
#[derive(Clone, Copy)]
pub(super) enum Bar {
    /// Less than this.
    Below(f64),
    /// At most this.
    Within(f64),
    /// At least this.
    AtLeast(f64),
    /// Measured, and compared with nothing.
    Open,
}

impl Bar {
    /// Whether a figure is good enough; one that is not a number is not.
    pub(super) fn is_met(self, found: f64) -> bool {
        match self {
            Self::Below(limit) => found < limit,
            Self::Within(most) => found <= most,
            Self::AtLeast(least) => found >= least,
            Self::Open => true,
        }
    }

    /// The word for that; none where nothing is compared.
    pub(super) fn verdict(self, found: f64) -> &'static str {
        match self {
            Self::Below(_) | Self::Within(_) | Self::AtLeast(_) => verdict(self.is_met(found)),
            Self::Open => "",
        }
    }

    /// The bar itself.
    pub(super) fn words(self) -> String {
        match self {
            Self::Below(limit) => format!("< {limit}"),
            Self::Within(most) => format!("<= {most}"),
            Self::AtLeast(least) => format!(">= {least}"),
            Self::Open => String::new(),
        }
    }
}

/// The word for a bar that is met or not.
pub(super) fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_says_whether_it_is_met_and_nothing_is_no_figure() {
        assert_eq!(Bar::Below(3.0).verdict(3.0), "MISSED");
        assert_eq!(Bar::Within(3.0).verdict(3.0), "met");
        assert_eq!(Bar::AtLeast(3.0).verdict(f64::NAN), "MISSED");
        assert_eq!(Bar::Open.verdict(f64::NAN), "");
    }
}
