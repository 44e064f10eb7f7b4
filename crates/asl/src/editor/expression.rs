//! The expression between `{%` and `%}` in a text, whether the closing braces stand there or not.

/// An expression inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the text around it, in bytes.
    pub(super) start: usize,
}

impl<'t> Expression<'t> {
    /// The expression that `text` is; none when it does not begin with `{%`.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix("{%")?;
        let inner = inner.strip_suffix("%}").unwrap_or(inner);
        Some(Self {
            text: inner,
            start: "{%".len(),
        })
    }
}
