//! The database: opening it, and reading and writing texts under keys.

use crate::text::vault as text;
use gloo::events::EventListener;
use js_sys::{Array, Promise};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "statecraft";
/// Grows with each store that is added.
const VERSION: u32 = 2;

/// Why the browser keeps nothing beside the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It offers no database (private window, blocked site data).
    #[error("{}", text::REFUSED)]
    Refused,
    /// No room is left.
    #[error("{}", text::FULL)]
    Full,
}

impl VaultError {
    fn of(error: Option<&DomException>) -> Self {
        match error.map(DomException::name).as_deref() {
            Some("QuotaExceededError") => Self::Full,
            Some(_) | None => Self::Refused,
        }
    }
}

impl From<JsValue> for VaultError {
    fn from(error: JsValue) -> Self {
        Self::of(error.dyn_ref())
    }
}

/// A part of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Store {
    /// The head of each pipeline's history, under its name.
    Heads,
    /// Its steps, under name and number.
    Steps,
    /// What is said of each version, under name and time.
    Versions,
    /// The text of each version, under name and time.
    Texts,
}

impl Store {
    pub(super) const ALL: [Self; 4] = [Self::Heads, Self::Steps, Self::Versions, Self::Texts];

    fn name(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Steps => "steps",
            Self::Versions => "versions",
            Self::Texts => "texts",
        }
    }
}

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// The database, when it is open.
fn opened() -> Option<IdbDatabase> {
    OPEN.with_borrow(Clone::clone)
}

/// Opens the database, once for the page.
pub(super) async fn connect() -> Result<(), VaultError> {
    if opened().is_some() {
        return Ok(());
    }
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or(VaultError::Refused)?;
    let request = factory.open_with_u32(NAME, VERSION)?;
    let making = request.clone();
    let _upgrade = EventListener::once(&request, "upgradeneeded", move |_| make_stores(&making));
    let database: IdbDatabase = answer(&request)
        .await?
        .dyn_into()
        .map_err(|_| VaultError::Refused)?;
    let_go(&database, "versionchange");
    let_go(&database, "close");
    OPEN.set(Some(database));
    Ok(())
}

fn make_stores(request: &IdbRequest) {
    let Some(database) = request
        .result()
        .ok()
        .and_then(|it| it.dyn_into::<IdbDatabase>().ok())
    else {
        return;
    };
    for store in Store::ALL {
        // One that is there already stays. Without one, opening fails and the page goes on without a database.
        let _ = database.create_object_store(store.name());
    }
}

/// Closes the connection when the browser or another tab wants it closed.
fn let_go(database: &IdbDatabase, event: &'static str) {
    let closing = database.clone();
    EventListener::once(database, event, move |_| {
        closing.close();
        OPEN.set(None);
    })
    .forget();
}

/// Waits until one of two events comes; true for the first.
async fn settled(target: &EventTarget, good: &'static str, bad: &'static str) -> bool {
    let mut listeners = Vec::new();
    let promise = Promise::new(&mut |resolve, _| {
        for (event, is_good) in [(good, true), (bad, false)] {
            let resolve = resolve.clone();
            listeners.push(EventListener::once(target, event, move |_| {
                // A promise cannot refuse to be resolved.
                let _ = resolve.call1(&JsValue::NULL, &is_good.into());
            }));
        }
    });
    let outcome = JsFuture::from(promise).await;
    drop(listeners);
    outcome.is_ok_and(|is_good| is_good.is_truthy())
}

async fn answer(request: &IdbRequest) -> Result<JsValue, VaultError> {
    if settled(request, "success", "error").await {
        return Ok(request.result()?);
    }
    Err(VaultError::of(request.error().ok().flatten().as_ref()))
}

/// The key of a part of a pipeline's record.
pub(super) fn key(name: &str, number: u64) -> JsValue {
    Array::of2(&name.into(), &number_value(number)).into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of steps stay far below 2^53"
)]
fn number_value(number: u64) -> JsValue {
    (number as f64).into()
}

/// All keys of a pipeline's parts from a number on: arrays come after all numbers.
pub(super) fn range(name: &str, from: u64) -> Result<JsValue, VaultError> {
    let end = Array::of2(&name.into(), &Array::new()).into();
    Ok(IdbKeyRange::bound(&key(name, from), &end)?.into())
}

/// The keys of a pipeline's parts below a number.
pub(super) fn range_below(name: &str, number: u64) -> Result<JsValue, VaultError> {
    let start = Array::of1(&name.into()).into();
    let range =
        IdbKeyRange::bound_with_lower_open_and_upper_open(&start, &key(name, number), false, true)?;
    Ok(range.into())
}

/// Work on some stores that is done as a whole or not at all.
#[derive(Debug)]
pub(super) struct Work(IdbTransaction);

/// Begins to read.
pub(super) fn read(stores: &[Store]) -> Result<Work, VaultError> {
    begin(stores, IdbTransactionMode::Readonly)
}

/// Begins to write.
pub(super) fn write(stores: &[Store]) -> Result<Work, VaultError> {
    begin(stores, IdbTransactionMode::Readwrite)
}

fn begin(stores: &[Store], mode: IdbTransactionMode) -> Result<Work, VaultError> {
    let database = opened().ok_or(VaultError::Refused)?;
    let names: Array = stores
        .iter()
        .map(|store| JsValue::from(store.name()))
        .collect();
    Ok(Work(
        database.transaction_with_str_sequence_and_mode(&names, mode)?,
    ))
}

impl Work {
    fn store(&self, store: Store) -> Result<IdbObjectStore, VaultError> {
        Ok(self.0.object_store(store.name())?)
    }

    /// The text under a key.
    pub(super) async fn get(
        &self,
        store: Store,
        key: &JsValue,
    ) -> Result<Option<String>, VaultError> {
        let request = self.store(store)?.get(key)?;
        Ok(answer(&request).await?.as_string())
    }

    /// The texts under a range of keys, in order.
    pub(super) async fn all(
        &self,
        store: Store,
        range: &JsValue,
    ) -> Result<Vec<String>, VaultError> {
        let request = self.store(store)?.get_all_with_key(range)?;
        let found: Array = answer(&request)
            .await?
            .dyn_into()
            .map_err(|_| VaultError::Refused)?;
        // What is no text was written by something else; its place stays empty, so that it is noticed.
        Ok(found
            .iter()
            .map(|it| it.as_string().unwrap_or_default())
            .collect())
    }

    /// All texts of a store.
    pub(super) async fn every(&self, store: Store) -> Result<Vec<String>, VaultError> {
        self.all(store, &JsValue::UNDEFINED).await
    }

    /// Puts a text under a key.
    pub(super) fn put(&self, store: Store, key: &JsValue, text: &str) -> Result<(), VaultError> {
        self.store(store)?.put_with_key(&text.into(), key)?;
        Ok(())
    }

    /// Takes away what is under a key, or a range of keys.
    pub(super) fn delete(&self, store: Store, key: &JsValue) -> Result<(), VaultError> {
        self.store(store)?.delete(key)?;
        Ok(())
    }

    /// Leaves everything as it was.
    pub(super) fn give_up(self) {
        // What the browser has given up itself cannot be given up again.
        let _ = self.0.abort();
    }

    /// Ends it without waiting for answers, so that it is done also when the page goes away.
    pub(super) fn end(self) -> Result<Ended, VaultError> {
        #[expect(
            deprecated,
            reason = "left out of one edition of the standard, and in all browsers"
        )]
        self.0.commit()?;
        Ok(Ended(self.0))
    }
}

/// Work that is being written.
#[derive(Debug)]
pub(super) struct Ended(IdbTransaction);

impl Ended {
    /// Waits until it is written.
    pub(super) async fn done(self) -> Result<(), VaultError> {
        if settled(&self.0, "complete", "abort").await {
            return Ok(());
        }
        Err(VaultError::of(self.0.error().as_ref()))
    }
}
