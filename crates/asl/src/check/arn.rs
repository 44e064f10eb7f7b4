//! The resources that tasks can name (feature map 11.1 and 11.2).

/// How a task waits for what it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Goes on after the answer.
    Request,
    /// Waits for the job.
    Sync,
    /// Waits for the job and reads its output as JSON.
    Sync2,
    /// Waits for the token.
    Callback,
}

impl Pattern {
    /// What stands after the API in the ARN.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Pattern::Request => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::Callback => ".waitForTaskToken",
        }
    }
}

/// A call that Step Functions knows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Api {
    pub(crate) service: &'static str,
    pub(crate) name: &'static str,
    pub(crate) patterns: &'static [Pattern],
}

/// What a `Resource` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource<'a> {
    NoArn,
    Function,
    Activity,
    Sdk { pattern: Pattern },
    Optimized { api: Api, pattern: Pattern },
    UnknownService { service: &'a str },
    UnknownApi { service: &'a str, api: &'a str },
    Malformed { reason: &'static str },
}

const R: &[Pattern] = &[Pattern::Request];
const RS: &[Pattern] = &[Pattern::Request, Pattern::Sync];
const RC: &[Pattern] = &[Pattern::Request, Pattern::Callback];
const RSC: &[Pattern] = &[Pattern::Request, Pattern::Sync, Pattern::Callback];
const ALL: &[Pattern] = &[
    Pattern::Request,
    Pattern::Sync,
    Pattern::Sync2,
    Pattern::Callback,
];

/// The calls of each service, by how they may wait.
const SERVICES: &[(&str, &[Pattern], &[&str])] = &[
    ("apigateway", RC, &["invoke"]),
    ("athena", RS, &["startQueryExecution"]),
    (
        "athena",
        R,
        &["stopQueryExecution", "getQueryExecution", "getQueryResults"],
    ),
    ("batch", RS, &["submitJob"]),
    ("bedrock", RC, &["invokeModel"]),
    ("bedrock", RSC, &["createModelCustomizationJob"]),
    (
        "codebuild",
        RS,
        &["startBuild", "startBuildBatch", "retryBuildBatch"],
    ),
    (
        "codebuild",
        R,
        &[
            "stopBuild",
            "stopBuildBatch",
            "batchDeleteBuilds",
            "batchGetReports",
            "deleteBuildBatch",
        ],
    ),
    ("databrew", RS, &["startJobRun"]),
    (
        "dynamodb",
        R,
        &["getItem", "putItem", "updateItem", "deleteItem"],
    ),
    ("ecs", RSC, &["runTask"]),
    (
        "eks",
        RS,
        &[
            "createCluster",
            "deleteCluster",
            "createNodegroup",
            "deleteNodegroup",
            "createFargateProfile",
            "deleteFargateProfile",
        ],
    ),
    ("eks", R, &["call"]),
    ("eks", RSC, &["runJob"]),
    (
        "elasticmapreduce",
        RS,
        &["createCluster", "terminateCluster", "addStep"],
    ),
    (
        "elasticmapreduce",
        R,
        &[
            "cancelStep",
            "setClusterTerminationProtection",
            "modifyInstanceFleetByName",
            "modifyInstanceGroupByName",
        ],
    ),
    ("emr-containers", R, &["createVirtualCluster"]),
    (
        "emr-containers",
        RS,
        &["deleteVirtualCluster", "startJobRun"],
    ),
    (
        "emr-serverless",
        RS,
        &[
            "createApplication",
            "startApplication",
            "stopApplication",
            "deleteApplication",
            "startJobRun",
            "cancelJobRun",
        ],
    ),
    ("events", RC, &["putEvents"]),
    ("glue", RS, &["startJobRun"]),
    ("http", R, &["invoke"]),
    ("lambda", RC, &["invoke"]),
    ("mediaconvert", RS, &["createJob"]),
    (
        "sagemaker",
        RS,
        &[
            "createTrainingJob",
            "createProcessingJob",
            "createTransformJob",
            "createLabelingJob",
            "createHyperParameterTuningJob",
        ],
    ),
    (
        "sagemaker",
        R,
        &[
            "createModel",
            "createEndpointConfig",
            "createEndpoint",
            "updateEndpoint",
        ],
    ),
    ("sns", RC, &["publish"]),
    ("sqs", RC, &["sendMessage"]),
    ("states", ALL, &["startExecution"]),
];

/// The services with calls of their own.
pub(crate) fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|(service, _, _)| *service)
}

/// All calls.
pub(crate) fn all() -> impl Iterator<Item = Api> {
    SERVICES.iter().flat_map(|(service, patterns, names)| {
        names.iter().map(move |name| Api {
            service,
            name,
            patterns,
        })
    })
}

/// The calls of a service.
pub(crate) fn apis(service: &str) -> impl Iterator<Item = Api> {
    all().filter(move |api| api.service == service)
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
    let (target, pattern) = split_pattern(rest);
    let Some((service, api)) = target.split_once(':') else {
        return Resource::Malformed {
            reason: "an integration has the form `arn:aws:states:::<service>:<call>`",
        };
    };
    if service == "aws-sdk" {
        return sdk(api, pattern);
    }
    match (
        apis(service).find(|known| known.name == api),
        apis(service).next(),
    ) {
        (Some(api), _) => Resource::Optimized { api, pattern },
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

fn split_pattern(rest: &str) -> (&str, Pattern) {
    for pattern in [Pattern::Sync2, Pattern::Sync, Pattern::Callback] {
        if let Some(target) = rest.strip_suffix(pattern.suffix()) {
            return (target, pattern);
        }
    }
    (rest, Pattern::Request)
}
