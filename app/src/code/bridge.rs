//! The binding to `app/js/editor.js`.

use js_sys::{Array, Function, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/js/load.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEditor)]
    fn load_editor() -> Promise;
}

/// What the editor reports.
#[derive(Clone)]
pub(super) struct Reports {
    pub(super) change: Rc<dyn Fn(String)>,
    pub(super) cursor: Rc<dyn Fn(u32)>,
    pub(super) undo: Rc<dyn Fn()>,
    pub(super) redo: Rc<dyn Fn()>,
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
        reports: Reports,
    ) -> Result<Self, JsValue> {
        let module = JsFuture::from(load_editor()).await?;
        let on = Object::new();
        let Reports {
            change,
            cursor,
            undo,
            redo,
            fix,
        } = reports;
        let listeners = [
            (
                "change",
                Closure::<dyn Fn(String)>::new(move |text| change(text)).into_js_value(),
            ),
            (
                "cursor",
                Closure::<dyn Fn(u32)>::new(move |at| cursor(at)).into_js_value(),
            ),
            (
                "undo",
                Closure::<dyn Fn()>::new(move || undo()).into_js_value(),
            ),
            (
                "redo",
                Closure::<dyn Fn()>::new(move || redo()).into_js_value(),
            ),
            (
                "fix",
                Closure::<dyn Fn(u32)>::new(move |index| fix(index)).into_js_value(),
            ),
        ];
        for (name, listener) in &listeners {
            Reflect::set(&on, &JsValue::from_str(name), listener)?;
        }
        let create: Function = Reflect::get(&module, &"create".into())?.dyn_into()?;
        let editor = create.call3(&JsValue::NULL, host, &text.into(), &on)?;
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

    /// Takes over another text.
    pub(super) fn set_doc(&self, text: &str) {
        self.call("setDoc", &[text.into()]);
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

impl Finding {
    fn to_js(&self) -> JsValue {
        let object = Object::new();
        let fix = self.fix.as_deref().map_or(JsValue::NULL, JsValue::from_str);
        let members: [(&str, JsValue); 5] = [
            ("from", self.from.into()),
            ("to", self.to.into()),
            ("severity", self.severity.into()),
            ("message", self.message.as_str().into()),
            ("fix", fix),
        ];
        for (name, value) in members {
            // A fresh plain object takes every member.
            let _ = Reflect::set(&object, &name.into(), &value);
        }
        object.into()
    }
}
