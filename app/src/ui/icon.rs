//! The icons: inline SVG on a 16-pixel grid, 1.5-pixel stroke, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each name says what is drawn")]
pub enum Glyph {
    Task,
    Pass,
    Choice,
    Wait,
    Parallel,
    Map,
    Succeed,
    Fail,
    Person,
    Check,
    Cross,
    Bang,
    Arc,
    Pause,
    Hourglass,
    Square,
    Dash,
    Undo,
    Redo,
    Design,
    Code,
    Split,
    Warning,
    Error,
    Sun,
    Moon,
    System,
    Bug,
    Search,
    Plus,
    Minus,
    Fit,
    Turn,
    Drag,
    Dots,
    Down,
    Right,
    Left,
    Up,
    Clock,
    Restart,
    StepBack,
    Step,
    StepInto,
    FastForward,
    Play,
    Stop,
    Filter,
    Retry,
    Shield,
    Copy,
    External,
    Lock,
    User,
    Bell,
    Trash,
    Edit,
    Download,
    Upload,
    Panel,
    Drawer,
    Inspector,
    List,
    Variable,
    Breakpoint,
    Info,
    Rocket,
    Question,
    Note,
    Group,
    Cost,
}

impl Glyph {
    /// The drawing, as the inside of an SVG element of 16 by 16.
    pub const fn drawing(self) -> &'static str {
        match self {
            Self::Task => r#"<path d="M9.1 1.9 3.6 9.1h4.1l-.9 5 5.6-7.2H8.2z"/>"#,
            Self::Pass => r#"<path d="M2.5 8h10.8M9.6 4.2 13.4 8l-3.8 3.8"/>"#,
            Self::Choice => {
                r#"<path d="M8 13.8V9.6M8 9.6 3.2 4.7M8 9.6l4.8-4.9M3.1 8V4.6h3.4M12.9 8V4.6H9.5"/>"#
            }
            Self::Wait | Self::Clock => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 4.8V8l2.2 1.4"/>"#
            }
            Self::Parallel => {
                r#"<path d="M2.6 2.9h10.8M2.6 13.1h10.8M5.4 2.9v10.2M10.6 2.9v10.2"/>"#
            }
            Self::Map => {
                r#"<rect x="2.3" y="5.3" width="8.4" height="8.4" rx="1.7"/><path d="M5.6 2.3h5.9a2.2 2.2 0 0 1 2.2 2.2v5.9"/>"#
            }
            Self::Succeed => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="m5.6 8.2 1.7 1.7 3.2-3.7"/>"#
            }
            Self::Fail => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="m6.1 6.1 3.8 3.8M9.9 6.1 6.1 9.9"/>"#
            }
            Self::Person => {
                r#"<circle cx="6.7" cy="5" r="2.7"/><path d="M2.1 13.7c0-2.6 2-4.2 4.6-4.2.8 0 1.5.1 2.2.4M10.1 12.4l1.5 1.5 2.6-3.2"/>"#
            }
            Self::Note => r#"<path d="M3.3 2.8h9.4v6.5l-3.2 3.9H3.3zM12.7 9.3H9.5v3.9"/>"#,
            Self::Group => {
                r#"<path d="M2.5 5.3V2.5h2.8M10.7 2.5h2.8v2.8M13.5 10.7v2.8h-2.8M5.3 13.5H2.5v-2.8"/><rect x="5.3" y="5.3" width="5.4" height="5.4" rx="1.2"/>"#
            }
            Self::Check => r#"<path d="m3.6 8.4 2.9 3 5.9-6.8"/>"#,
            Self::Cross => r#"<path d="m4.2 4.2 7.6 7.6M11.8 4.2l-7.6 7.6"/>"#,
            Self::Bang => r#"<path d="M8 3.6V9M8 12.2v.02"/>"#,
            Self::Arc => {
                r#"<circle cx="8" cy="8" r="5.75" opacity=".25"/><path d="M8 2.25A5.75 5.75 0 1 1 2.25 8"/>"#
            }
            Self::Pause => r#"<path d="M5.6 3.6v8.8M10.4 3.6v8.8"/>"#,
            Self::Hourglass => {
                r#"<path d="M4.6 2.6h6.8M4.6 13.4h6.8M5.3 2.6c0 3 2.7 3.6 2.7 5.4s-2.7 2.4-2.7 5.4M10.7 2.6c0 3-2.7 3.6-2.7 5.4s2.7 2.4 2.7 5.4"/>"#
            }
            Self::Square => {
                r#"<rect x="4.6" y="4.6" width="6.8" height="6.8" rx="1" fill="currentColor"/>"#
            }
            Self::Dash | Self::Minus => r#"<path d="M3.4 8h9.2"/>"#,
            Self::Undo => r#"<path d="M5.6 3.1 2.6 6l3 2.9M2.6 6H9a3.9 3.9 0 0 1 0 7.9H7"/>"#,
            Self::Redo => r#"<path d="m10.4 3.1 3 2.9-3 2.9M13.4 6H7a3.9 3.9 0 0 0 0 7.9h2"/>"#,
            Self::Design => {
                r#"<rect x="2.1" y="2.6" width="4.8" height="3.9" rx="1"/><rect x="9.1" y="9.5" width="4.8" height="3.9" rx="1"/><path d="M4.5 6.5v3a2 2 0 0 0 2 2h2.6"/>"#
            }
            Self::Code => r#"<path d="M5.4 4.6 2 8l3.4 3.4M10.6 4.6 14 8l-3.4 3.4"/>"#,
            Self::Split => {
                r#"<rect x="2.1" y="2.8" width="11.8" height="10.4" rx="2"/><path d="M8 2.8v10.4"/>"#
            }
            Self::Warning => r#"<path d="M8 2.6 13.9 13H2.1zM8 6.6v2.9M8 11.2v.02"/>"#,
            Self::Error => {
                r#"<path d="M5.6 2.3h4.8l3.3 3.3v4.8l-3.3 3.3H5.6l-3.3-3.3V5.6zM8 5v3.4M8 10.9v.02"/>"#
            }
            Self::Sun => {
                r#"<circle cx="8" cy="8" r="2.7"/><path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.9.9M11.6 11.6l.9.9M3.5 12.5l.9-.9M11.6 4.4l.9-.9"/>"#
            }
            Self::Moon => r#"<path d="M13.2 9.6A5.7 5.7 0 0 1 6.4 2.8a5.7 5.7 0 1 0 6.8 6.8z"/>"#,
            Self::System => {
                r#"<rect x="2" y="3" width="12" height="8" rx="1.5"/><path d="M5.5 13.5h5M8 11v2.5"/>"#
            }
            Self::Bug => {
                r#"<rect x="5.1" y="5.6" width="5.8" height="7.8" rx="2.9"/><path d="M6.1 5.5a1.9 1.9 0 0 1 3.8 0M5 8.6H2.6M13.4 8.6H11M5.2 11.4l-1.9 1.5M10.8 11.4l1.9 1.5M8 8.2v2.8"/>"#
            }
            Self::Search => r#"<circle cx="7" cy="7" r="4.4"/><path d="m10.4 10.4 3.2 3.2"/>"#,
            Self::Plus => r#"<path d="M8 3.4v9.2M3.4 8h9.2"/>"#,
            Self::Turn => {
                r#"<path d="M4 2.4v10.8M1.6 10.8 4 13.3l2.4-2.5M7.6 4h6M11.2 1.6 13.7 4l-2.5 2.4"/>"#
            }
            Self::Fit => r#"<path d="M2.6 5.6v-3h3M10.4 2.6h3v3M13.4 10.4v3h-3M5.6 13.4h-3v-3"/>"#,
            Self::Drag => {
                r#"<path d="M6 4v.02M10 4v.02M6 8v.02M10 8v.02M6 12v.02M10 12v.02" stroke-width="1.9"/>"#
            }
            Self::Dots => r#"<path d="M3.5 8h.02M8 8h.02M12.5 8h.02" stroke-width="2.2"/>"#,
            Self::Down => r#"<path d="M4.5 6.4 8 9.9l3.5-3.5"/>"#,
            Self::Up => r#"<path d="M4.5 9.6 8 6.1l3.5 3.5"/>"#,
            Self::Right => r#"<path d="M6.4 4.5 9.9 8l-3.5 3.5"/>"#,
            Self::Left => r#"<path d="M9.6 4.5 6.1 8l3.5 3.5"/>"#,
            Self::Restart => r#"<path d="M3.1 8a4.9 4.9 0 1 0 1.5-3.5L3.1 5.8M3.1 2.9v2.9H6"/>"#,
            Self::StepBack => r#"<path d="M12.4 3.6v8.8L6.1 8zM3.6 3.6v8.8"/>"#,
            Self::Step => r#"<path d="M3.6 3.6v8.8L9.9 8zM12.4 3.6v8.8"/>"#,
            Self::StepInto => {
                r#"<path d="M8 2.2v6.6M5.2 6.2 8 9l2.8-2.8"/><circle cx="8" cy="12.7" r="1.1" fill="currentColor"/>"#
            }
            Self::Cost => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="M9.9 6.1c-.3-.6-1-1-1.9-1-1.1 0-1.9.6-1.9 1.4 0 2 3.9 1 3.9 3 0 .9-.9 1.5-2 1.5-1 0-1.8-.4-2.1-1.1M8 4.1v1M8 11v1"/>"#
            }
            Self::FastForward => r#"<path d="M2.8 4.1v7.8L7.9 8zM8.1 4.1v7.8L13.2 8z"/>"#,
            Self::Play => r#"<path d="M5 3.3v9.4L12.4 8z"/>"#,
            Self::Stop => r#"<rect x="4" y="4" width="8" height="8" rx="1.2"/>"#,
            Self::Filter => r#"<path d="M2.6 4.1h10.8M4.8 8h6.4M6.8 11.9h2.4"/>"#,
            Self::Retry => r#"<path d="M12.9 8a4.9 4.9 0 1 1-1.5-3.5l1.5 1.3M12.9 2.9v2.9H10"/>"#,
            Self::Shield => {
                r#"<path d="M8 1.9 12.9 3.6v4c0 3.1-2 5.3-4.9 6.5-2.9-1.2-4.9-3.4-4.9-6.5v-4z"/>"#
            }
            Self::Copy => {
                r#"<rect x="5.6" y="5.6" width="7.8" height="7.8" rx="1.5"/><path d="M10.4 5.4V4.1a1.5 1.5 0 0 0-1.5-1.5H4.1a1.5 1.5 0 0 0-1.5 1.5v4.8a1.5 1.5 0 0 0 1.5 1.5h1.3"/>"#
            }
            Self::External => {
                r#"<path d="M9.6 2.6h3.8v3.8M13.4 2.6 7.6 8.4M11.4 9.1v2.8a1.5 1.5 0 0 1-1.5 1.5H4.1a1.5 1.5 0 0 1-1.5-1.5V6.1a1.5 1.5 0 0 1 1.5-1.5h2.8"/>"#
            }
            Self::Lock => {
                r#"<rect x="3.6" y="7" width="8.8" height="6.4" rx="1.5"/><path d="M5.6 7V5.1a2.4 2.4 0 0 1 4.8 0V7"/>"#
            }
            Self::User => {
                r#"<circle cx="8" cy="5.5" r="2.5"/><path d="M3.6 13c.4-2.2 2.1-3.4 4.4-3.4s4 1.2 4.4 3.4"/>"#
            }
            Self::Bell => {
                r#"<path d="M3.6 11.4h8.8c-.9-.9-1.2-1.9-1.2-4.1a3.2 3.2 0 0 0-6.4 0c0 2.2-.3 3.2-1.2 4.1zM6.8 13.7h2.4"/>"#
            }
            Self::Trash => {
                r#"<path d="M2.8 4.4h10.4M6.3 4.2V2.7h3.4v1.5M4.2 4.6l.6 8.7h6.4l.6-8.7M6.7 7v3.8M9.3 7v3.8"/>"#
            }
            Self::Edit => r#"<path d="m10.6 3 2.4 2.4-7.4 7.4-3 .6.6-3zM9.1 4.5l2.4 2.4"/>"#,
            Self::Download => r#"<path d="M8 2.6v7.6M4.8 7.2 8 10.4l3.2-3.2M2.8 13.3h10.4"/>"#,
            Self::Upload => r#"<path d="M8 10.4V2.8M4.8 5.8 8 2.6l3.2 3.2M2.8 13.3h10.4"/>"#,
            Self::Panel => {
                r#"<rect x="2.1" y="2.8" width="11.8" height="10.4" rx="2"/><path d="M6.2 2.8v10.4"/>"#
            }
            Self::Inspector => {
                r#"<rect x="2.1" y="2.8" width="11.8" height="10.4" rx="2"/><path d="M9.8 2.8v10.4"/>"#
            }
            Self::Drawer => {
                r#"<rect x="2.1" y="2.8" width="11.8" height="10.4" rx="2"/><path d="M2.1 9.2h11.8"/>"#
            }
            Self::List => {
                r#"<path d="M5.6 4h7.8M5.6 8h7.8M5.6 12h7.8M2.7 4v.02M2.7 8v.02M2.7 12v.02"/>"#
            }
            Self::Variable => {
                r#"<path d="M5 2.8c-2 1.4-2.6 3-2.6 5.2s.6 3.8 2.6 5.2M11 2.8c2 1.4 2.6 3 2.6 5.2s-.6 3.8-2.6 5.2M6.2 6l3.6 4M9.8 6 6.2 10"/>"#
            }
            Self::Breakpoint => r#"<circle cx="8" cy="8" r="3.6" fill="currentColor"/>"#,
            Self::Info => r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 7.4v3.4M8 5.2v.02"/>"#,
            Self::Rocket => {
                r#"<path d="M9.4 10.6 5.6 6.8c.9-2.7 3.1-4.3 7.5-4.2.1 4.4-1.5 6.6-4.2 7.5zM5.6 6.8H3.2l1.3-1.9h2M9.4 10.6v2.4l1.9-1.3v-2M4.4 10.2c-1.2.7-1.5 2-1.5 3 1 0 2.3-.3 3-1.5"/>"#
            }
            Self::Question => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="M6.4 6.3c.1-1 .8-1.5 1.7-1.5 1 0 1.7.6 1.7 1.5 0 1.2-1.7 1.3-1.7 2.5M8 11v.02"/>"#
            }
        }
    }
}

/// An icon. It is hidden from assistive technology: the control around it carries the name.
#[component]
pub fn Icon(
    /// What it shows; may change.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// `s` for 14, `xs` for 12 pixels; 16 otherwise.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let class = format!("i {size}");
    view! { <svg class=class viewBox="0 0 16 16" aria-hidden="true" inner_html=move || glyph.get().drawing()></svg> }
}

/// The product's mark.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg
            class="mark-drawing"
            viewBox="0 0 24 24"
            width="24"
            height="24"
            aria-hidden="true"
            inner_html=r#"<rect x="1.5" y="1.5" width="21" height="21" rx="6" class="ground"/><path d="M8.2 8.2h5.3a2.7 2.7 0 0 1 0 5.4h-3a2.7 2.7 0 0 0-2.3 2.7" class="line"/><circle cx="8" cy="8" r="1.7" class="dot"/><circle cx="8.2" cy="16.6" r="1.7" class="dot"/>"#
        ></svg>
    }
}
