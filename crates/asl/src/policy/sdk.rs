//! Calls of the AWS SDK: `aws-sdk:service:action` needs `service:Action`, mostly. Where prefix, action or resource differ and are known, the tables
//! here say so; a prefix that is not in them is a guess, and is told as one.

/// What the IAM action of an SDK call is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// `s3:GetObject`
    pub(super) actions: Vec<String>,
    /// Patterns; see `expand`.
    pub(super) on: Vec<&'static str>,
    /// Whether a role among the arguments is handed on to the service.
    pub(super) passes: bool,
    /// Whether the prefix is only AWS's usual one.
    pub(super) is_guess: bool,
}

/// Services of the SDK whose IAM prefix is another word.
const PREFIXES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("acmpca", "acm-pca"),
    ("applicationautoscaling", "application-autoscaling"),
    ("applicationdiscovery", "discovery"),
    ("appregistry", "servicecatalog"),
    ("autoscalingplans", "autoscaling-plans"),
    ("backupgateway", "backup-gateway"),
    ("bedrockagent", "bedrock"),
    ("bedrockagentcore", "bedrock-agentcore"),
    ("bedrockagentruntime", "bedrock"),
    ("bedrockdataautomation", "bedrock"),
    ("bedrockdataautomationruntime", "bedrock"),
    ("bedrockruntime", "bedrock"),
    ("cloudhsmv2", "cloudhsm"),
    ("cloudwatchevents", "events"),
    ("cloudwatchlogs", "logs"),
    ("codeguruprofiler", "codeguru-profiler"),
    ("codegurureviewer", "codeguru-reviewer"),
    ("codestarconnections", "codestar-connections"),
    ("codestarnotifications", "codestar-notifications"),
    ("cognitoidentity", "cognito-identity"),
    ("cognitoidentityprovider", "cognito-idp"),
    ("cognitosync", "cognito-sync"),
    ("computeoptimizer", "compute-optimizer"),
    ("configservice", "config"),
    ("connectcontactlens", "connect"),
    ("costandusagereport", "cur"),
    ("costexplorer", "ce"),
    ("customerprofiles", "profile"),
    ("databasemigration", "dms"),
    ("devopsguru", "devops-guru"),
    ("directory", "ds"),
    ("docdb", "rds"),
    ("dynamodbstreams", "dynamodb"),
    ("ecrpublic", "ecr-public"),
    ("efs", "elasticfilesystem"),
    ("elasticloadbalancingv2", "elasticloadbalancing"),
    ("elasticsearch", "es"),
    ("emr", "elasticmapreduce"),
    ("emrcontainers", "emr-containers"),
    ("emrserverless", "emr-serverless"),
    ("eventbridge", "events"),
    ("finspacedata", "finspace-api"),
    ("forecastquery", "forecast"),
    ("greengrassv2", "greengrass"),
    ("iotdataplane", "iot"),
    ("iotjobsdataplane", "iot"),
    ("keyspaces", "cassandra"),
    ("kinesisanalyticsv2", "kinesisanalytics"),
    ("lexmodelbuilding", "lex"),
    ("lexmodelsv2", "lex"),
    ("lexruntime", "lex"),
    ("lexruntimev2", "lex"),
    ("licensemanager", "license-manager"),
    ("location", "geo"),
    ("marketplacecatalog", "aws-marketplace"),
    ("mediapackagevod", "mediapackage-vod"),
    ("migrationhub", "mgh"),
    ("msk", "kafka"),
    ("neptune", "rds"),
    ("networkfirewall", "network-firewall"),
    ("opensearch", "es"),
    ("opensearchserverless", "aoss"),
    ("pinpoint", "mobiletargeting"),
    ("pinpointemail", "ses"),
    ("pinpointsmsvoice", "sms-voice"),
    ("pinpointsmsvoicev2", "sms-voice"),
    ("qldbsession", "qldb"),
    ("rdsdata", "rds-data"),
    ("redshiftdata", "redshift-data"),
    ("redshiftserverless", "redshift-serverless"),
    ("resourcegroups", "resource-groups"),
    ("resourcegroupstaggingapi", "tag"),
    ("route53recoverycluster", "route53-recovery-cluster"),
    ("s3control", "s3"),
    ("s3outposts", "s3-outposts"),
    ("sagemakera2iruntime", "sagemaker"),
    ("sagemakeredge", "sagemaker"),
    ("sagemakerfeaturestoreruntime", "sagemaker"),
    ("sagemakermetrics", "sagemaker"),
    ("sagemakerruntime", "sagemaker"),
    ("serverlessapplicationrepository", "serverlessrepo"),
    ("servicecatalogappregistry", "servicecatalog"),
    ("sesv2", "ses"),
    ("sfn", "states"),
    ("ssmincidents", "ssm-incidents"),
    ("ssoadmin", "sso"),
    ("timestreamquery", "timestream"),
    ("timestreamwrite", "timestream"),
    ("transcribestreaming", "transcribe"),
    ("wafregional", "waf-regional"),
];

/// Services of the SDK whose IAM prefix is the same word.
const SAME: &str = "\
    account acm airflow amplify appconfig appflow appmesh appstream appsync athena auditmanager \
    autoscaling backup batch bedrock braket budgets chime cloud9 clouddirectory cloudformation cloudfront \
    cloudsearch cloudtrail cloudwatch codeartifact codebuild codecommit codedeploy codepipeline comprehend \
    comprehendmedical config connect databrew dataexchange datapipeline datasync dax detective devicefarm directconnect \
    dlm dynamodb ebs ec2 ecr ecs eks elasticache elasticbeanstalk elasticloadbalancing elastictranscoder \
    entityresolution evidently firehose fis fms forecast frauddetector fsx gamelift glacier globalaccelerator glue \
    grafana greengrass groundstation guardduty health healthlake iam imagebuilder inspector inspector2 iot \
    iotanalytics iotevents iotsitewise ivs kendra kinesis kinesisanalytics kinesisvideo kms \
    lakeformation lambda lightsail machinelearning macie2 mediaconnect mediaconvert medialive \
    mediapackage mediastore memorydb mq networkmanager omics opsworks organizations outposts personalize \
    pi pipes polly proton qldb quicksight ram rbin rds redshift rekognition resiliencehub robomaker rolesanywhere \
    route53 route53domains route53resolver s3 sagemaker savingsplans scheduler schemas secretsmanager securityhub \
    servicecatalog servicediscovery servicequotas ses shield signer snowball sns sqs ssm sso storagegateway sts \
    support swf synthetics textract transcribe transfer translate voiceid waf wafv2 wellarchitected wisdom \
    workdocs worklink workmail workmailmessageflow workspaces xray";

/// Calls that need other actions than their names say, by IAM prefix.
const RENAMED: &[(&str, &str, &[&str])] = &[
    ("bedrock", "Converse", &["bedrock:InvokeModel"]),
    ("dynamodb", "BatchExecuteStatement", PARTIQL),
    ("dynamodb", "ExecuteStatement", PARTIQL),
    ("dynamodb", "ExecuteTransaction", PARTIQL),
    ("dynamodb", "TransactGetItems", &["dynamodb:GetItem"]),
    (
        "dynamodb",
        "TransactWriteItems",
        &[
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:ConditionCheckItem",
        ],
    ),
    ("lambda", "Invoke", &["lambda:InvokeFunction"]),
    ("lambda", "InvokeAsync", &["lambda:InvokeFunction"]),
    ("s3", "CompleteMultipartUpload", &["s3:PutObject"]),
    ("s3", "CopyObject", &["s3:PutObject"]),
    ("s3", "CreateMultipartUpload", &["s3:PutObject"]),
    ("s3", "DeleteObjects", &["s3:DeleteObject"]),
    ("s3", "HeadBucket", &["s3:ListBucket"]),
    ("s3", "HeadObject", &["s3:GetObject"]),
    ("s3", "ListBuckets", &["s3:ListAllMyBuckets"]),
    (
        "s3",
        "ListMultipartUploads",
        &["s3:ListBucketMultipartUploads"],
    ),
    ("s3", "ListObjects", &["s3:ListBucket"]),
    ("s3", "ListObjectsV2", &["s3:ListBucket"]),
    ("s3", "ListObjectVersions", &["s3:ListBucketVersions"]),
    ("s3", "ListParts", &["s3:ListMultipartUploadParts"]),
    ("s3", "SelectObjectContent", &["s3:GetObject"]),
    ("s3", "UploadPart", &["s3:PutObject"]),
    ("s3", "UploadPartCopy", &["s3:PutObject"]),
    ("sns", "PublishBatch", &["sns:Publish"]),
    (
        "sqs",
        "ChangeMessageVisibilityBatch",
        &["sqs:ChangeMessageVisibility"],
    ),
    ("sqs", "DeleteMessageBatch", &["sqs:DeleteMessage"]),
    ("sqs", "SendMessageBatch", &["sqs:SendMessage"]),
];

const PARTIQL: &[&str] = &[
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
];

/// What calls of a service work on: IAM prefix, what the call's name begins with, the argument that says it, the pattern. The first that fits holds.
const SCOPES: &[(&str, &str, &str, &str)] = &[
    (
        "bedrock",
        "Converse",
        "ModelId",
        "bedrock:{region}::foundation-model/{ModelId:model}",
    ),
    (
        "bedrock",
        "InvokeModel",
        "ModelId",
        "bedrock:{region}::foundation-model/{ModelId:model}",
    ),
    (
        "sts",
        "AssumeRole",
        "RoleArn",
        "iam::{account}:role/{RoleArn}",
    ),
    (
        "dynamodb",
        "",
        "IndexName",
        "dynamodb:{region}:{account}:table/{TableName}/index/{IndexName}",
    ),
    (
        "dynamodb",
        "",
        "TableName",
        "dynamodb:{region}:{account}:table/{TableName}",
    ),
    (
        "emr-serverless",
        "",
        "ApplicationId",
        "emr-serverless:{region}:{account}:/applications/{ApplicationId}*",
    ),
    (
        "events",
        "PutEvents",
        "Entries",
        "events:{region}:{account}:event-bus/{Entries[].EventBusName=default}",
    ),
    (
        "firehose",
        "",
        "DeliveryStreamName",
        "firehose:{region}:{account}:deliverystream/{DeliveryStreamName}",
    ),
    (
        "glue",
        "StartCrawler",
        "Name",
        "glue:{region}:{account}:crawler/{Name}",
    ),
    (
        "glue",
        "StopCrawler",
        "Name",
        "glue:{region}:{account}:crawler/{Name}",
    ),
    (
        "glue",
        "GetCrawler",
        "Name",
        "glue:{region}:{account}:crawler/{Name}",
    ),
    (
        "glue",
        "",
        "JobName",
        "glue:{region}:{account}:job/{JobName}",
    ),
    (
        "kinesis",
        "",
        "StreamName",
        "kinesis:{region}:{account}:stream/{StreamName}",
    ),
    ("kms", "", "KeyId", "kms:{region}:{account}:key/{KeyId:key}"),
    (
        "lambda",
        "",
        "FunctionName",
        "lambda:{region}:{account}:function:{FunctionName:function}",
    ),
    (
        "s3",
        "DeleteObjects",
        "Bucket",
        "s3:::{Bucket}/{Delete.Objects[].Key}",
    ),
    ("s3", "CreateBucket", "Bucket", "s3:::{Bucket}"),
    ("s3", "DeleteBucket", "Bucket", "s3:::{Bucket}"),
    ("s3", "GetBucket", "Bucket", "s3:::{Bucket}"),
    ("s3", "HeadBucket", "Bucket", "s3:::{Bucket}"),
    ("s3", "ListParts", "Key", "s3:::{Bucket}/{Key}"),
    ("s3", "List", "Bucket", "s3:::{Bucket}"),
    ("s3", "PutBucket", "Bucket", "s3:::{Bucket}"),
    ("s3", "", "Key", "s3:::{Bucket}/{Key}"),
    ("s3", "", "Bucket", "s3:::{Bucket}"),
    (
        "sagemaker",
        "DescribeEndpointConfig",
        "EndpointConfigName",
        "sagemaker:{region}:{account}:endpoint-config/{EndpointConfigName:lower}",
    ),
    (
        "sagemaker",
        "",
        "EndpointName",
        "sagemaker:{region}:{account}:endpoint/{EndpointName:lower}",
    ),
    (
        "sagemaker",
        "",
        "EndpointConfigName",
        "sagemaker:{region}:{account}:endpoint-config/{EndpointConfigName:lower}",
    ),
    (
        "sagemaker",
        "",
        "FeatureGroupName",
        "sagemaker:{region}:{account}:feature-group/{FeatureGroupName:lower}",
    ),
    (
        "sagemaker",
        "",
        "PipelineName",
        "sagemaker:{region}:{account}:pipeline/{PipelineName:lower}",
    ),
    (
        "sagemaker",
        "",
        "ModelPackageName",
        "sagemaker:{region}:{account}:model-package/{ModelPackageName:lower}",
    ),
    (
        "sagemaker",
        "CreateTransformJob",
        "TransformJobName",
        "sagemaker:{region}:{account}:transform-job/{TransformJobName:lower}",
    ),
    (
        "sagemaker",
        "",
        "ModelName",
        "sagemaker:{region}:{account}:model/{ModelName:lower}",
    ),
    (
        "sagemaker",
        "",
        "TrainingJobName",
        "sagemaker:{region}:{account}:training-job/{TrainingJobName:lower}",
    ),
    (
        "secretsmanager",
        "",
        "SecretId",
        "secretsmanager:{region}:{account}:secret:{SecretId:secret}",
    ),
    ("sns", "", "TopicArn", "sns:{region}:{account}:{TopicArn}"),
    (
        "sqs",
        "",
        "QueueUrl",
        "sqs:{region}:{account}:{QueueUrl:queue}",
    ),
    (
        "ssm",
        "GetParameter",
        "Name",
        "ssm:{region}:{account}:parameter/{Name:path}",
    ),
    (
        "ssm",
        "PutParameter",
        "Name",
        "ssm:{region}:{account}:parameter/{Name:path}",
    ),
    (
        "ssm",
        "DeleteParameter",
        "Name",
        "ssm:{region}:{account}:parameter/{Name:path}",
    ),
    (
        "ssm",
        "",
        "Names",
        "ssm:{region}:{account}:parameter/{Names[]:path}",
    ),
    (
        "states",
        "",
        "StateMachineArn",
        "states:{region}:{account}:stateMachine:{StateMachineArn}",
    ),
    (
        "states",
        "",
        "ExecutionArn",
        "states:{region}:{account}:execution:{ExecutionArn}",
    ),
    (
        "states",
        "",
        "ActivityArn",
        "states:{region}:{account}:activity:{ActivityArn}",
    ),
];

/// What a call needs; `has` says which arguments are there.
pub(super) fn call(service: &str, name: &str, has: impl Fn(&str) -> bool) -> Call {
    let service = service.to_ascii_lowercase();
    let known = PREFIXES.iter().find(|(sdk, _)| *sdk == service);
    let is_guess = known.is_none() && SAME.split(' ').all(|same| same != service);
    let prefix = known.map_or(&*service, |(_, prefix)| prefix);
    let action = pascal(name);
    let renamed = RENAMED
        .iter()
        .find(|(of, call, _)| *of == prefix && *call == action);
    let actions = match renamed {
        Some((_, _, actions)) => actions.iter().map(ToString::to_string).collect(),
        None => vec![format!("{prefix}:{action}")],
    };
    let scope = SCOPES.iter().find(|(of, begins, argument, _)| {
        *of == prefix && action.starts_with(begins) && has(argument)
    });
    Call {
        actions,
        on: vec![scope.map_or("*", |(_, _, _, pattern)| pattern)],
        passes: !matches!(prefix, "sts" | "iam"),
        is_guess,
    }
}

/// `listObjectsV2` as APIs write it.
fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
