//! The binding to `app/js/editor.js`. Positions are UTF-16 units of what the editor shows.

use asl::text::Format;
use js_sys::{Array, Function, Object, Promise, Reflect};
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/js/load.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEditor)]
    fn load_editor() -> Promise;
}

/// A part of what the editor shows, and what comes instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct UnitEdit {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) insert: String,
}

/// Answers a question by its name, a place, and a word that belongs to it, in JSON.
pub(super) type Answer = dyn Fn(&str, u32, &str) -> Option<String>;

/// What the editor reports and asks.
#[derive(Clone)]
pub(super) struct Reports {
    /// Edits of what the editor showed, none overlapping; whether they are a step of their own.
    pub(super) change: Rc<dyn Fn(Vec<UnitEdit>, bool)>,
    pub(super) cursor: Rc<dyn Fn(u32)>,
    pub(super) ask: Rc<Answer>,
    /// A command by its name.
    pub(super) command: Rc<dyn Fn(&str)>,
    pub(super) fix: Rc<dyn Fn(u32)>,
}

/// A finding as the editor draws it.
pub(super) struct Finding {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) severity: &'static str,
    pub(super) message: String,
    pub(super) fix: Option<String>,
}

/// The editor's word for a notation.
pub(super) fn word(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Yaml => "yaml",
    }
}

/// A living editor. Dropping it takes it off the page.
pub(super) struct Editor {
    module: JsValue,
    editor: JsValue,
    _reports: Vec<JsValue>,
}

impl Editor {
    /// Loads the module and shows `text` in `host`.
    pub(super) async fn open(
        host: &web_sys::HtmlElement,
        text: &str,
        format: Format,
        reports: Reports,
    ) -> Result<Self, JsValue> {
        let module = JsFuture::from(load_editor()).await?;
        let on = Object::new();
        let listeners = reports.listeners();
        for (name, listener) in &listeners {
            Reflect::set(&on, &JsValue::from_str(name), listener)?;
        }
        let create: Function = Reflect::get(&module, &"create".into())?.dyn_into()?;
        let arguments = Array::of4(host, &text.into(), &word(format).into(), &on);
        let editor = create.apply(&JsValue::NULL, &arguments)?;
        Ok(Self {
            module,
            editor,
            _reports: listeners
                .into_iter()
                .map(|(_, listener)| listener)
                .collect(),
        })
    }

    /// Calls a function of the module; a failure is written to the console and changes nothing else.
    fn call(&self, name: &str, arguments: &[JsValue]) {
        let result = Reflect::get(&self.module, &name.into())
            .and_then(|found| found.dyn_into::<Function>())
            .and_then(|function| {
                let all: Array = std::iter::once(&self.editor).chain(arguments).collect();
                function.apply(&JsValue::NULL, &all)
            });
        if let Err(error) = result {
            leptos::logging::error!("the code editor refused {name}: {error:?}");
        }
    }

    /// Takes over a change that was made elsewhere.
    pub(super) fn apply(&self, edits: &[UnitEdit]) {
        let list: Array = edits.iter().map(UnitEdit::to_js).collect();
        self.call("apply", &[list.into()]);
    }

    /// Colours the text as what it is.
    pub(super) fn set_language(&self, format: Format) {
        self.call("setLanguage", &[word(format).into()]);
    }

    /// Reports at once what was typed and not reported yet.
    pub(super) fn flush(&self) {
        self.call("flush", &[]);
    }

    /// Draws findings.
    pub(super) fn set_diagnostics(&self, findings: &[Finding]) {
        let list: Array = findings.iter().map(Finding::to_js).collect();
        self.call("setDiagnostics", &[list.into()]);
    }

    /// Marks a range and brings it into view, maybe with the cursor; none marks nothing.
    pub(super) fn set_selection(&self, range: Option<(u32, u32)>, focus: bool) {
        let (from, to) = range.map_or((JsValue::from(-1), JsValue::from(-1)), |(from, to)| {
            (from.into(), to.into())
        });
        self.call("setSelection", &[from, to, focus.into()]);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.call("destroy", &[]);
    }
}

impl Reports {
    fn listeners(self) -> Vec<(&'static str, JsValue)> {
        let Self {
            change,
            cursor,
            ask,
            command,
            fix,
        } = self;
        let change = move |edits: Array, is_step: bool| change(UnitEdit::list(&edits), is_step);
        let ask = move |what: String, at: u32, word: String| ask(&what, at, &word);
        let change = Closure::<dyn Fn(Array, bool)>::new(change).into_js_value();
        let ask = Closure::<dyn Fn(String, u32, String) -> Option<String>>::new(ask);
        let cursor = Closure::<dyn Fn(u32)>::new(move |at| cursor(at));
        let command = Closure::<dyn Fn(String)>::new(move |name: String| command(&name));
        let fix = Closure::<dyn Fn(u32)>::new(move |index| fix(index));
        vec![
            ("change", change),
            ("ask", ask.into_js_value()),
            ("cursor", cursor.into_js_value()),
            ("command", command.into_js_value()),
            ("fix", fix.into_js_value()),
        ]
    }
}

impl UnitEdit {
    /// From a flat list: from, to, what comes instead, and so on.
    fn list(flat: &Array) -> Vec<Self> {
        let values: Vec<JsValue> = flat.iter().collect();
        values.chunks_exact(3).map(Self::of).collect()
    }

    fn of(values: &[JsValue]) -> Self {
        let number = |index: usize| {
            let value = values.get(index).and_then(JsValue::as_f64);
            whole(value.unwrap_or_default())
        };
        Self {
            from: number(0),
            to: number(1),
            insert: values
                .get(2)
                .and_then(JsValue::as_string)
                .unwrap_or_default(),
        }
    }

    fn to_js(&self) -> JsValue {
        object(&[
            ("from", self.from.into()),
            ("to", self.to.into()),
            ("insert", self.insert.as_str().into()),
        ])
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions in a text are small whole numbers"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

impl Finding {
    fn to_js(&self) -> JsValue {
        let fix = self.fix.as_deref().map_or(JsValue::NULL, JsValue::from_str);
        object(&[
            ("from", self.from.into()),
            ("to", self.to.into()),
            ("severity", self.severity.into()),
            ("message", self.message.as_str().into()),
            ("fix", fix),
        ])
    }
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A fresh plain object takes every member.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
