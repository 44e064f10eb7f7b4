//! Objects in S3, or in what speaks its API.
//!
//! The crate `object_store` signs, asks again and reads the answers. It knows objects by paths, so a key with an empty part
//! (`a//b`) or a slash at its beginning or end cannot be asked for; a listing names the markers of folders, objects without
//! content whose key ends in a slash, as S3 does wherever what else was listed shows that they are such.

use super::{blocking, check_bucket, check_length, no_key, unpacked, unreadable, unwritable};
use crate::config::S3Settings;
use asl::machine::map_run::{Listed, Object, ObjectError, Objects as Read, Request};
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::ClientOptions;
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::path::Path;
use object_store::{Error, GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, RetryConfig};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Objects that are read at the same time.
const CONCURRENCY: usize = 16;
/// Buckets whose connections are kept.
const BUCKETS: usize = 64;
/// Times that a request is sent again when the service fails, and the longest time for all of them.
const RETRIES: usize = 3;
const RETRY_TIMEOUT: Duration = Duration::from_secs(120);
/// Longest time of one request.
const TIMEOUT: Duration = Duration::from_secs(120);
/// Longest text of a service that becomes part of a cause.
const LONGEST_REASON: usize = 500;
const DENIED: &str = "the service denies access; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say as whom the server asks";

/// S3; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct S3 {
    settings: Arc<S3Settings>,
    timeout: Duration,
    buckets: Arc<Mutex<HashMap<String, Arc<AmazonS3>>>>,
}

impl S3 {
    pub(super) fn new(settings: S3Settings) -> Self {
        Self {
            settings: Arc::new(settings),
            timeout: TIMEOUT,
            buckets: Arc::default(),
        }
    }

    pub(super) async fn read(&self, request: Request) -> Result<Read, ObjectError> {
        match request {
            Request::Get {
                bucket,
                key,
                version,
            } => {
                let object = self.get(&bucket, key, version).await?;
                Ok(Read::Contents(vec![object]))
            }
            Request::GetAll { bucket, keys } => {
                let objects = futures_util::stream::iter(keys)
                    .map(|key| async { self.get(&bucket, key, None).await })
                    .buffered(CONCURRENCY);
                objects.try_collect().await.map(Read::Contents)
            }
            Request::List {
                bucket,
                prefix,
                most,
            } => self.list(&bucket, &prefix, most).await.map(Read::Listing),
        }
    }

    pub(super) async fn write(&self, objects: &[Object]) -> Result<(), ObjectError> {
        for object in objects {
            let store = self.bucket(&object.bucket)?;
            let bytes = bytes::Bytes::copy_from_slice(&object.bytes);
            let put = store.put(&path(&object.key)?, bytes.into()).await;
            put.map_err(|error| unwritable(object, reason(&error)))?;
        }
        Ok(())
    }

    async fn get(
        &self,
        bucket: &str,
        key: String,
        version: Option<String>,
    ) -> Result<Object, ObjectError> {
        let store = self.bucket(bucket)?;
        let failed = |error: Error| unreadable(bucket, &key, reason(&error));
        let options = GetOptions {
            version,
            ..GetOptions::default()
        };
        let found = store
            .get_opts(&path(&key)?, options)
            .await
            .map_err(failed)?;
        check_length(bucket, &key, found.meta.size)?;
        let bytes = found.bytes().await.map_err(failed)?;
        let bucket = bucket.to_owned();
        blocking(move || {
            let bytes = unpacked(bytes.into());
            let bytes = bytes.map_err(|error| unreadable(&bucket, &key, error))?;
            Ok(Object {
                bucket,
                key,
                bytes: bytes.into(),
            })
        })
        .await
    }

    /// The objects whose keys begin with `prefix`, page by page; `most` 0 means all.
    async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        most: u64,
    ) -> Result<Vec<Listed>, ObjectError> {
        let store = self.bucket(bucket)?;
        let most = match usize::try_from(most) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(most) => most,
        };
        let (mut found, mut page_token) = (Vec::new(), None);
        while found.len() < most {
            let options = PaginatedListOptions {
                page_token,
                ..PaginatedListOptions::default()
            };
            let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
            let page = store.list_paginated(prefix, options).await;
            let page = page.map_err(|error| {
                let reason = reason(&error);
                ObjectError(format!("The bucket {bucket} cannot be listed ({reason})."))
            })?;
            found.extend(page.result.objects);
            page_token = page.page_token;
            if page_token.is_none() {
                break;
            }
        }
        let mut listed = listed(prefix, found);
        listed.truncate(most);
        Ok(listed)
    }

    fn bucket(&self, bucket: &str) -> Result<Arc<AmazonS3>, ObjectError> {
        check_bucket(bucket)?;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = buckets.get(bucket) {
            return Ok(Arc::clone(store));
        }
        let store = self.build(bucket).map_err(|error| {
            ObjectError(format!("The bucket {bucket} cannot be reached ({error})."))
        })?;
        if buckets.len() >= BUCKETS {
            buckets.clear();
        }
        let store = Arc::new(store);
        buckets.insert(bucket.to_owned(), Arc::clone(&store));
        Ok(store)
    }

    fn build(&self, bucket: &str) -> Result<AmazonS3, Error> {
        let S3Settings {
            endpoint,
            region,
            credentials,
        } = &*self.settings;
        let client = ClientOptions::new().with_timeout(self.timeout);
        let retry = RetryConfig {
            max_retries: RETRIES,
            retry_timeout: RETRY_TIMEOUT.min(self.timeout),
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_client_options(client)
            .with_retry(retry)
            .with_region(region)
            .with_bucket_name(bucket);
        if let Some(endpoint) = endpoint {
            builder = builder.with_allow_http(true).with_endpoint(endpoint);
        }
        builder = match credentials {
            None => builder.with_skip_signature(true),
            Some(credentials) => builder
                .with_access_key_id(&credentials.access_key_id)
                .with_secret_access_key(&credentials.secret_access_key),
        };
        let token = credentials
            .as_ref()
            .and_then(|it| it.session_token.as_ref());
        match token {
            Some(token) => builder.with_token(token),
            None => builder,
        }
        .build()
    }
}

/// A key as a path; one that would become another key is refused.
fn path(key: &str) -> Result<Path, ObjectError> {
    let path = Path::parse(key).map_err(|_| no_key(key))?;
    if key.is_empty() || path.as_ref() != key {
        return Err(no_key(key));
    }
    Ok(path)
}

/// What went wrong, without what differs from one try to the next.
fn reason(error: &Error) -> String {
    match error {
        Error::NotFound { .. } => "there is no such object or bucket".into(),
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => DENIED.into(),
        Error::InvalidPath { source } => {
            format!("a key cannot be read as a path: {source}")
        }
        other => {
            let mut innermost: &dyn std::error::Error = other;
            while let Some(source) = innermost.source() {
                innermost = source;
            }
            let text = innermost.to_string();
            // The crate has an error of its own for it only when an object was asked for.
            if text.contains("status code: 403") {
                return DENIED.into();
            }
            text.chars().take(LONGEST_REASON).collect()
        }
    }
}

/// A listing with the slash at the end of folder markers, which paths do not have.
fn listed(prefix: &str, found: Vec<ObjectMeta>) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    while let Some(meta) = found.next() {
        let mut key = String::from(meta.location);
        let next = found.peek().map(|next| next.location.as_ref());
        let is_folder = |key: &str| {
            let inside = next.and_then(|next| next.strip_prefix(key));
            !key.starts_with(prefix) || inside.is_some_and(|rest| rest.starts_with('/'))
        };
        if meta.size == 0 && is_folder(&key) {
            key.push('/');
        }
        listed.push(Listed {
            key,
            size: meta.size,
            etag: meta.e_tag.unwrap_or_default().trim_matches('"').to_owned(),
            last_modified_ms: meta.last_modified.timestamp_millis(),
        });
    }
    listed
}

#[cfg(test)]
mod tests;
