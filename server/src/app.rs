//! Everything that a request needs, in one place.

use crate::aws::OwnApi;
use crate::config::Config;
use crate::connectors::Connector;
use crate::engine::Engine;
use crate::store::{OpenError, Store};
use std::sync::Arc;

/// The running server, apart from HTTP.
#[derive(Debug)]
pub struct App {
    /// The settings.
    pub config: Config,
    /// What is on disk: reads, and writes that do not concern a running execution.
    pub store: Store,
    /// What runs.
    pub engine: Engine,
}

impl App {
    /// Opens the store and lets unfinished executions go on.
    pub async fn open(config: Config) -> Result<Arc<Self>, OpenError> {
        let store = Store::open(&config.data)?;
        let api = OwnApi::default();
        let connectors = vec![Arc::new(api.clone()) as Arc<dyn Connector>];
        let engine = Engine::start(&config, store.clone(), connectors).await?;
        let app = Arc::new(Self {
            config,
            store,
            engine,
        });
        api.belongs_to(&app);
        Ok(app)
    }
}
