//! SageMaker, Bedrock.

use super::{Allow, Right, Rule, When, allow, pass, to, wait};

const TAGS: Allow = allow(
    &["sagemaker:AddTags"],
    &["sagemaker:{region}:{account}:*/*"],
)
.when(When::Given("Tags|TrainingJobDefinition.Tags"))
.why("puts tags on what it makes")
.wide("The tags go on whatever is made.");
const LIST_TAGS: Allow = allow(&["sagemaker:ListTags"], &["*"])
    .why("makes Step Functions look at the tags of the job")
    .wide("AWS documents the action for all resources.");

pub(super) const RIGHTS: &[Right] = &[
    Right::new(
        ("sagemaker", "createTrainingJob"),
        "starts a SageMaker training job",
        &[
            allow(&["sagemaker:CreateTrainingJob"], TRAINING),
            wait(&["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"], TRAINING),
            LIST_TAGS,
            TAGS,
            pass(&["iam::{account}:role/{RoleArn}"], to!("sagemaker.amazonaws.com")),
        ],
    )
    .rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
    Right::new(
        ("sagemaker", "createProcessingJob"),
        "starts a SageMaker processing job",
        &[
            allow(&["sagemaker:CreateProcessingJob"], PROCESSING),
            wait(&["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"], PROCESSING),
            LIST_TAGS,
            TAGS,
            pass(&["iam::{account}:role/{RoleArn}"], to!("sagemaker.amazonaws.com")),
        ],
    )
    .rule("StepFunctionsGetEventsForSageMakerProcessingJobsRule"),
    Right::new(
        ("sagemaker", "createHyperParameterTuningJob"),
        "starts a SageMaker tuning job",
        &[
            allow(&["sagemaker:CreateHyperParameterTuningJob"], TUNING),
            wait(
                &["sagemaker:DescribeHyperParameterTuningJob", "sagemaker:StopHyperParameterTuningJob"],
                TUNING,
            ),
            LIST_TAGS,
            TAGS,
            pass(
                &["iam::{account}:role/{TrainingJobDefinition.RoleArn|TrainingJobDefinitions[].RoleArn}"],
                to!("sagemaker.amazonaws.com"),
            ),
        ],
    )
    .rule("StepFunctionsGetEventsForSageMakerTuningJobsRule"),
    Right::new(
        ("sagemaker", "createTransformJob"),
        "starts a SageMaker transform job",
        &[
            allow(&["sagemaker:CreateTransformJob"], TRANSFORM),
            wait(&["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"], TRANSFORM),
            LIST_TAGS,
            TAGS,
        ],
    )
    .rule("StepFunctionsGetEventsForSageMakerTransformJobsRule"),
    Right {
        rule: Rule::Begins("StepFunctionsGetEventsForSageMaker"),
        ..Right::new(
            ("sagemaker", "createLabelingJob"),
            "starts a SageMaker labeling job",
            &[
                allow(&["sagemaker:CreateLabelingJob"], LABELING),
                wait(&["sagemaker:DescribeLabelingJob", "sagemaker:StopLabelingJob"], LABELING),
                LIST_TAGS,
                TAGS,
                pass(&["iam::{account}:role/{RoleArn}"], to!("sagemaker.amazonaws.com")),
            ],
        )
    },
    Right::new(
        ("sagemaker", "createModel"),
        "creates a SageMaker model",
        &[
            allow(
                &["sagemaker:CreateModel"],
                &["sagemaker:{region}:{account}:model/{ModelName:lower}"],
            ),
            TAGS,
            pass(&["iam::{account}:role/{ExecutionRoleArn}"], to!("sagemaker.amazonaws.com")),
        ],
    ),
    Right::new(
        ("sagemaker", "createEndpointConfig"),
        "creates a SageMaker endpoint configuration",
        &[
            allow(
                &["sagemaker:CreateEndpointConfig"],
                &["sagemaker:{region}:{account}:endpoint-config/{EndpointConfigName:lower}"],
            ),
            TAGS,
        ],
    ),
    Right::new(
        ("sagemaker", "createEndpoint"),
        "creates a SageMaker endpoint",
        &[allow(&["sagemaker:CreateEndpoint"], ENDPOINT), TAGS],
    ),
    Right::new(
        ("sagemaker", "updateEndpoint"),
        "gives a SageMaker endpoint another configuration",
        &[allow(&["sagemaker:UpdateEndpoint"], ENDPOINT)],
    ),
    Right::new(
        ("bedrock", "invokeModel"),
        "asks a Bedrock model",
        &[
            allow(&["bedrock:InvokeModel"], &["bedrock:{region}::foundation-model/{ModelId:model}"]),
            allow(&["s3:GetObject"], &["s3:::{Input.S3Uri:object}"])
                .when(When::Given("Input"))
                .why("reads the question from S3"),
            allow(&["s3:PutObject"], &["s3:::{Output.S3Uri:object}"])
                .when(When::Given("Output"))
                .why("writes the answer to S3"),
        ],
    ),
    Right::new(
        ("bedrock", "createModelCustomizationJob"),
        "starts a Bedrock customization job",
        &[
            allow(
                &["bedrock:CreateModelCustomizationJob"],
                &["bedrock:{region}::foundation-model/{BaseModelIdentifier:model}"],
            ),
            allow(
                &["bedrock:CreateModelCustomizationJob"],
                &["bedrock:{region}:{account}:custom-model/*", CUSTOMIZATION],
            )
            .wide("The ids of the job and of the model are known only once they are made."),
            wait(
                &["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"],
                &[CUSTOMIZATION],
            )
            .wide("The job's id is known only once it is made."),
            pass(&["iam::{account}:role/{RoleArn}"], to!("bedrock.amazonaws.com")),
        ],
    ),
];

const TRAINING: &[&str] = &["sagemaker:{region}:{account}:training-job/{TrainingJobName:lower}"];
const PROCESSING: &[&str] =
    &["sagemaker:{region}:{account}:processing-job/{ProcessingJobName:lower}"];
const TUNING: &[&str] = &[
    "sagemaker:{region}:{account}:hyper-parameter-tuning-job/{HyperParameterTuningJobName:lower}",
];
const TRANSFORM: &[&str] = &["sagemaker:{region}:{account}:transform-job/{TransformJobName:lower}"];
const LABELING: &[&str] = &["sagemaker:{region}:{account}:labeling-job/{LabelingJobName:lower}"];
const ENDPOINT: &[&str] = &[
    "sagemaker:{region}:{account}:endpoint/{EndpointName:lower}",
    "sagemaker:{region}:{account}:endpoint-config/{EndpointConfigName:lower}",
];
const CUSTOMIZATION: &str = "bedrock:{region}:{account}:model-customization-job/*";
