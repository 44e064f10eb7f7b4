//! The same work for JavaScript, which brings the clock.

use crate::{trace, work};
use wasm_bindgen::prelude::*;

/// The names of all pieces of work.
#[wasm_bindgen(js_name = workNames)]
pub fn work_names() -> Vec<String> {
    work::Kind::ALL.map(work::Kind::name).to_vec()
}

/// Everything that the language says about a case, which is JSON.
///
/// # Errors
///
/// When it is no case.
#[wasm_bindgen(js_name = traceOf)]
pub fn trace_of(case: &str) -> Result<String, String> {
    trace::of_json(case)
}

/// Work that is ready to be done.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Work(work::Work);

#[wasm_bindgen]
impl Work {
    /// Prepares the work of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Result<Self, String> {
        let kind = work::Kind::ALL.into_iter().find(|kind| kind.name() == name);
        let kind = kind.ok_or_else(|| format!("There is no work `{name}`."))?;
        kind.prepare().map(Self)
    }

    /// Does it once, and says how many of its units that were.
    pub fn run(&self) -> usize {
        self.0.run()
    }
}
