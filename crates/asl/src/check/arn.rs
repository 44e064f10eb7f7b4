//! The resources that tasks can name (feature map 11.1 and 11.2).

use crate::catalog;
pub(crate) use crate::catalog::{Action, Pattern};

/// What a `Resource` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource<'a> {
    NoArn,
    Function,
    Activity,
    Sdk {
        pattern: Pattern,
    },
    Optimized {
        action: &'static Action,
        pattern: Pattern,
    },
    UnknownService {
        service: &'a str,
    },
    UnknownApi {
        service: &'a str,
        api: &'a str,
    },
    Malformed {
        reason: &'static str,
    },
}

/// The services with calls of their own.
pub(crate) fn services() -> impl Iterator<Item = &'static str> {
    catalog::optimized().map(|action| action.service)
}

/// The calls of a service.
pub(crate) fn actions(service: &str) -> impl Iterator<Item = &'static Action> {
    catalog::optimized().filter(move |action| action.service == service)
}

/// What a `Resource` means.
pub(crate) fn read(text: &str) -> Resource<'_> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", partition, "states", region, account, rest] if is_partition(partition) => {
            match rest.strip_prefix("activity:") {
                Some(name) => activity(region, account, name),
                // A region and an account in the ARN of an integration mean nothing; exported definitions have them.
                None => integration(rest),
            }
        }
        ["arn", partition, "lambda", region, account, rest] if is_partition(partition) => {
            function(region, account, rest)
        }
        ["arn", _, service, _, _, _] => Resource::UnknownService { service },
        _ => Resource::NoArn,
    }
}

fn is_partition(text: &str) -> bool {
    text == "aws" || text.starts_with("aws-") || text.starts_with('<')
}

fn activity<'a>(region: &str, account: &str, name: &str) -> Resource<'a> {
    if name.is_empty() || region.is_empty() || account.is_empty() {
        return Resource::Malformed {
            reason: "the ARN of an activity has a region, an account and a name",
        };
    }
    Resource::Activity
}

fn function<'a>(region: &str, account: &str, rest: &str) -> Resource<'a> {
    let named = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let Some(name) = rest.strip_prefix("function:") else {
        return Resource::Malformed {
            reason: "the ARN of a Lambda function has the form `…:function:<name>`",
        };
    };
    let (name, version) = match name.split_once(':') {
        Some((name, version)) => (name, Some(version)),
        None => (name, None),
    };
    let version_fits = version.is_none_or(|version| version == "$LATEST" || named(version));
    if region.is_empty() || account.is_empty() || !named(name) {
        return Resource::Malformed {
            reason: "the ARN of a Lambda function has a region, an account and a name",
        };
    }
    if version_fits {
        Resource::Function
    } else {
        Resource::Malformed {
            reason: "its alias or version is not valid",
        }
    }
}

fn integration(rest: &str) -> Resource<'_> {
    let (target, pattern) = Pattern::split(rest);
    let Some((service, api)) = target.split_once(':') else {
        return Resource::Malformed {
            reason: "an integration has the form `arn:aws:states:::<service>:<call>`",
        };
    };
    if service == "aws-sdk" {
        return sdk(api, pattern);
    }
    match (
        actions(service).find(|known| known.name == api),
        actions(service).next(),
    ) {
        (Some(action), _) => Resource::Optimized { action, pattern },
        (None, Some(_)) => Resource::UnknownApi { service, api },
        (None, None) => Resource::UnknownService { service },
    }
}

fn sdk(target: &str, pattern: Pattern) -> Resource<'_> {
    let Some((service, api)) = target.split_once(':') else {
        return Resource::Malformed {
            reason: "an SDK call has the form `arn:aws:states:::aws-sdk:<service>:<call>`",
        };
    };
    if service.is_empty() || api.is_empty() || api.contains([':', '.']) {
        return Resource::Malformed {
            reason: "an SDK call has the form `arn:aws:states:::aws-sdk:<service>:<call>`",
        };
    }
    match pattern {
        Pattern::Request | Pattern::Callback => Resource::Sdk { pattern },
        Pattern::Sync | Pattern::Sync2 => Resource::Malformed {
            reason: "SDK calls cannot wait with .sync",
        },
    }
}
