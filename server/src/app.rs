//! Everything that a request needs, in one place.

use crate::aws::OwnApi;
use crate::clock::Clock;
use crate::config::Config;
use crate::connections::Connections;
use crate::connectors::{Connector, HttpTasks};
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
    /// How HTTP tasks authorize.
    pub connections: Connections,
    /// What runs.
    pub engine: Engine,
}

impl App {
    /// Opens the store and lets unfinished executions go on.
    pub async fn open(config: Config) -> Result<Arc<Self>, OpenError> {
        Box::pin(Self::open_at(config, Clock::system())).await
    }

    /// Likewise, with a clock of its own.
    pub(crate) async fn open_at(config: Config, clock: Clock) -> Result<Arc<Self>, OpenError> {
        let store = Store::open(&config.data)?;
        let api = OwnApi::default();
        let connections = Connections::new(&config, store.clone());
        let region = &config.home.region;
        let http = HttpTasks::new(&config.http_allow, region, connections.clone());
        let connectors: Vec<Arc<dyn Connector>> = vec![Arc::new(api.clone()), Arc::new(http)];
        let engine = Engine::start(&config, store.clone(), connectors, clock).await?;
        let app = Arc::new(Self {
            config,
            store,
            connections,
            engine,
        });
        api.belongs_to(&app);
        Ok(app)
    }
}
