//! Training and using models: SageMaker, Bedrock.

use super::action::{Action, Form, JOB, JOB_OR_TOKEN, REQUEST, Subject, TOKEN};
use super::parameter::{Parameter, any, list, number, object, text};

pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        ("sagemaker", "createTrainingJob"),
        JOB,
        ("Train a model", "SageMaker training job"),
        TRAINING,
    )
    .usual(),
    Action::new(
        ("sagemaker", "createProcessingJob"),
        JOB,
        ("Process data", "SageMaker processing job"),
        PROCESSING,
    )
    .usual(),
    Action::new(
        ("sagemaker", "createHyperParameterTuningJob"),
        JOB,
        ("Tune a model", "SageMaker tuning job"),
        TUNING,
    ),
    Action::new(
        ("sagemaker", "createTransformJob"),
        JOB,
        ("Transform a batch", "SageMaker transform job"),
        TRANSFORM,
    ),
    Action::new(
        ("sagemaker", "createLabelingJob"),
        JOB,
        ("Label data", "SageMaker labeling job"),
        LABELING,
    ),
    Action::new(
        ("sagemaker", "createModel"),
        REQUEST,
        ("Create a model", "SageMaker model"),
        MODEL,
    )
    .usual(),
    Action::new(
        ("sagemaker", "createEndpointConfig"),
        REQUEST,
        ("Configure an endpoint", "SageMaker endpoint config"),
        ENDPOINT_CONFIG,
    ),
    Action::new(
        ("sagemaker", "createEndpoint"),
        REQUEST,
        ("Create an endpoint", "SageMaker endpoint"),
        ENDPOINT,
    )
    .usual(),
    Action::new(
        ("sagemaker", "updateEndpoint"),
        REQUEST,
        ("Update an endpoint", "SageMaker endpoint"),
        ENDPOINT,
    ),
    Action::new(
        ("sagemaker", "describeEndpoint"),
        TOKEN,
        ("Look at an endpoint", "SageMaker endpoint"),
        &[text("EndpointName", "").required().like("my-endpoint")],
    )
    .form(Form::Sdk),
    Action::new(
        ("bedrock", "invokeModel"),
        TOKEN,
        ("Ask a foundation model", "Bedrock model"),
        BEDROCK,
    )
    .about(Subject::After("ModelId"))
    .usual(),
    Action::new(
        ("bedrock", "createModelCustomizationJob"),
        JOB_OR_TOKEN,
        ("Customize a foundation model", "Bedrock customization job"),
        CUSTOMIZATION,
    ),
];

const ROLE: &str = "arn:aws:iam::123456789012:role/my-role";

const TRAINING: &[Parameter] = &[
    text("TrainingJobName", "Unique in region and account.")
        .required()
        .run_name(),
    object("AlgorithmSpecification", "`TrainingImage` and `TrainingInputMode`.")
        .required()
        .json(r#"{"TrainingImage": "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-image:latest", "TrainingInputMode": "File"}"#),
    text("RoleArn", "The role that the job works with.")
        .required()
        .like(ROLE),
    object("OutputDataConfig", "`S3OutputPath`: where the model goes.")
        .required()
        .json(r#"{"S3OutputPath": "s3://my-bucket/models/"}"#),
    object("ResourceConfig", "`InstanceCount`, `InstanceType`, `VolumeSizeInGB`.")
        .required()
        .json(r#"{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}"#),
    object("StoppingCondition", "`MaxRuntimeInSeconds`.")
        .required()
        .json(r#"{"MaxRuntimeInSeconds": 3600}"#),
    list("InputDataConfig", "The channels with their data."),
    object("HyperParameters", "Texts, by the algorithm's names.").json(r#"{"epochs": "10"}"#),
    list("Tags", "`Key` and `Value` of each."),
];
const PROCESSING: &[Parameter] = &[
    text("ProcessingJobName", "Unique in region and account.")
        .required()
        .run_name(),
    object("AppSpecification", "`ImageUri`, and what it runs.")
        .required()
        .json(r#"{"ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-image:latest"}"#),
    object("ProcessingResources", "`ClusterConfig` with instances and volume.")
        .required()
        .json(r#"{"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}}"#),
    text("RoleArn", "The role that the job works with.")
        .required()
        .like(ROLE),
    list("ProcessingInputs", "What it reads from S3."),
    object("ProcessingOutputConfig", "Where its results go."),
    object("Environment", "Variables of the container."),
    object("StoppingCondition", "`MaxRuntimeInSeconds`.").json(r#"{"MaxRuntimeInSeconds": 3600}"#),
];
const TUNING: &[Parameter] = &[
    text(
        "HyperParameterTuningJobName",
        "At most 32 characters, unique in region and account.",
    )
    .required()
    .like("my-tuning-job"),
    object(
        "HyperParameterTuningJobConfig",
        "`Strategy`, `ResourceLimits`, the objective and the ranges.",
    )
    .required()
    .json(r#"{"Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 10, "MaxParallelTrainingJobs": 2}}"#),
    object("TrainingJobDefinition", "What each training job does."),
    object("WarmStartConfig", "Earlier tuning jobs to learn from."),
];
const TRANSFORM: &[Parameter] = &[
    text("TransformJobName", "Unique in region and account.")
        .required()
        .run_name(),
    text("ModelName", "The model that works on the data.")
        .required()
        .like("my-model"),
    object("TransformInput", "Where the data is.")
        .required()
        .json(r#"{"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://my-bucket/input/"}}}"#),
    object("TransformOutput", "`S3OutputPath`: where the results go.")
        .required()
        .json(r#"{"S3OutputPath": "s3://my-bucket/output/"}"#),
    object("TransformResources", "`InstanceCount` and `InstanceType`.")
        .required()
        .json(r#"{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge"}"#),
    number("MaxConcurrentTransforms", ""),
    text("BatchStrategy", "`MultiRecord` or `SingleRecord`."),
];
const LABELING: &[Parameter] = &[
    text("LabelingJobName", "Unique in region and account.")
        .required()
        .run_name(),
    text("LabelAttributeName", "The label's name in the result.")
        .required()
        .like("label"),
    object("InputConfig", "Where the data is.")
        .required()
        .json(r#"{"DataSource": {"S3DataSource": {"ManifestS3Uri": "s3://my-bucket/input.manifest"}}}"#),
    object("OutputConfig", "`S3OutputPath`: where the labels go.")
        .required()
        .json(r#"{"S3OutputPath": "s3://my-bucket/labels/"}"#),
    text("RoleArn", "The role that the job works with.")
        .required()
        .like(ROLE),
    object("HumanTaskConfig", "Who labels, with which template.")
        .required()
        .json(r#"{"WorkteamArn": "arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/my-team"}"#),
];
const MODEL: &[Parameter] = &[
    text("ModelName", "").required().run_name(),
    text("ExecutionRoleArn", "The role that the model works with.")
        .required()
        .like(ROLE),
    object("PrimaryContainer", "`Image` and `ModelDataUrl`.")
        .json(r#"{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-image:latest", "ModelDataUrl": "s3://my-bucket/models/model.tar.gz"}"#),
    list("Containers", "In place of one: a pipeline of them."),
    object("VpcConfig", ""),
];
const ENDPOINT_CONFIG: &[Parameter] = &[
    text("EndpointConfigName", "").required().run_name(),
    list("ProductionVariants", "Which models, on which instances, with which share of the traffic.")
        .required()
        .json(r#"[{"VariantName": "main", "ModelName": "my-model", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}]"#),
    object("DataCaptureConfig", "What of the traffic is kept."),
];
const ENDPOINT: &[Parameter] = &[
    text("EndpointName", "").required().like("my-endpoint"),
    text("EndpointConfigName", "The configuration that it takes.")
        .required()
        .like("my-endpoint-config"),
    object(
        "DeploymentConfig",
        "How traffic is shifted, and what takes it back.",
    ),
];
const BEDROCK: &[Parameter] = &[
    text("ModelId", "Id or ARN of the model.")
        .required()
        .like("amazon.nova-lite-v1:0"),
    any("Body", "What the model gets, as it wants it.").input(),
    text("ContentType", "Of the body.").like("application/json"),
    text("Accept", "Of the answer.").like("application/json"),
    object("Input", "`S3Uri`: the body in S3, in place of `Body`."),
    object("Output", "`S3Uri`: where the answer goes."),
];
const CUSTOMIZATION: &[Parameter] = &[
    text("JobName", "").required().run_name(),
    text("CustomModelName", "The name of the model that comes out.")
        .required()
        .like("my-custom-model"),
    text("RoleArn", "The role that the job works with.")
        .required()
        .like(ROLE),
    text("BaseModelIdentifier", "The model that it begins with.")
        .required()
        .like("amazon.nova-lite-v1:0"),
    object("TrainingDataConfig", "`S3Uri`: the examples.")
        .required()
        .json(r#"{"S3Uri": "s3://my-bucket/examples.jsonl"}"#),
    object("OutputDataConfig", "`S3Uri`: where its measures go.")
        .required()
        .json(r#"{"S3Uri": "s3://my-bucket/customization/"}"#),
    object("HyperParameters", "Texts, by the model's names.")
        .required()
        .json(r#"{"epochCount": "1"}"#),
    text(
        "CustomizationType",
        "`FINE_TUNING`, `CONTINUED_PRE_TRAINING` or `DISTILLATION`.",
    ),
];
