//! The service that a resource calls, and its errors, as completion and hover ask for them.

use crate::catalog;
use crate::check::arn::{self, Resource};

/// The errors that a service is known for.
pub(in crate::editor) fn errors_of(id: &str) -> &'static [(&'static str, &'static str)] {
    catalog::service(id).map_or(&[], |service| service.errors)
}

/// The service that a resource calls.
pub(in crate::editor) fn service_of(resource: &str) -> Option<&str> {
    match arn::read(resource) {
        Resource::Function => Some("lambda"),
        Resource::Optimized { action, .. } => Some(action.service),
        Resource::UnknownService { service } | Resource::UnknownApi { service, .. } => {
            Some(service)
        }
        Resource::NoArn
        | Resource::Activity
        | Resource::Sdk { .. }
        | Resource::Malformed { .. } => None,
    }
}
