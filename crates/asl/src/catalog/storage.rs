//! Objects, items and rows: S3, DynamoDB, Redshift, Athena.

use super::action::{Action, Form, JOB, REQUEST, Subject, TOKEN};
use super::parameter::{Parameter, any, flag, list, number, object, text};

pub(super) const ACTIONS: &[Action] = &[
    s3(
        "getObject",
        ("Read an object", "S3 object"),
        &[
            BUCKET,
            KEY,
            text("VersionId", ""),
            text("Range", "Which bytes."),
        ],
    )
    .usual(),
    s3(
        "putObject",
        ("Write an object", "S3 object"),
        &[
            BUCKET,
            KEY,
            any("Body", "What the object holds.").input(),
            text("ContentType", "").like("application/json"),
        ],
    )
    .usual(),
    s3(
        "listObjectsV2",
        ("List objects", "S3 objects"),
        &[
            BUCKET,
            PREFIX,
            number("MaxKeys", "At most 1,000 in one answer."),
            text("ContinuationToken", "Where the last answer ended."),
        ],
    ),
    s3(
        "copyObject",
        ("Copy an object", "S3 object"),
        &[
            BUCKET,
            KEY,
            text(
                "CopySource",
                "Bucket and key of the original: `bucket/key`.",
            )
            .required()
            .like("my-bucket/original.json"),
        ],
    ),
    s3(
        "deleteObject",
        ("Delete an object", "S3 object"),
        &[BUCKET, KEY, text("VersionId", "")],
    ),
    READERS[0],
    READERS[1],
    WRITERS[0],
    table(
        "getItem",
        ("Read an item", "DynamoDB item"),
        &[
            TABLE.checked(),
            ITEM_KEY.checked(),
            flag("ConsistentRead", "Whether every earlier write is seen."),
        ],
    )
    .usual(),
    table(
        "putItem",
        ("Write an item", "DynamoDB item"),
        &[
            TABLE.checked(),
            object(
                "Item",
                "Attributes with their types: `{\"id\": {\"S\": \"7\"}}`.",
            )
            .checked()
            .json(r#"{"id": {"S": "7"}}"#),
            text("ConditionExpression", "Writes only where it holds."),
        ],
    )
    .usual(),
    table("updateItem", ("Update an item", "DynamoDB item"), UPDATE),
    table(
        "deleteItem",
        ("Delete an item", "DynamoDB item"),
        &[
            TABLE.required(),
            ITEM_KEY.required(),
            text("ConditionExpression", "Deletes only where it holds."),
        ],
    ),
    redshift(
        "executeStatement",
        ("Run a statement", "Redshift statement"),
        &[
            text("Sql", "The statement.").required().like("select 1"),
            DATABASE,
            WORKGROUP,
            CLUSTER,
            SECRET,
            list("Parameters", "`Name` and `Value` of each."),
        ],
    )
    .usual(),
    redshift(
        "batchExecuteStatement",
        ("Run statements", "Redshift statements"),
        &[
            list("Sqls", "The statements, run as one transaction.")
                .required()
                .json(r#"["select 1"]"#),
            DATABASE,
            WORKGROUP,
            CLUSTER,
            SECRET,
        ],
    ),
    redshift(
        "describeStatement",
        ("Look at a statement", "Redshift statement"),
        STATEMENT,
    ),
    redshift(
        "getStatementResult",
        ("Read a statement's result", "Redshift result"),
        STATEMENT,
    ),
    Action::new(
        ("athena", "startQueryExecution"),
        JOB,
        ("Run a query", "Athena query"),
        ATHENA,
    )
    .usual(),
    Action::new(
        ("athena", "getQueryResults"),
        REQUEST,
        ("Read a query's results", "Athena results"),
        QUERY,
    ),
    Action::new(
        ("athena", "getQueryExecution"),
        REQUEST,
        ("Look at a query", "Athena query"),
        QUERY,
    ),
    Action::new(
        ("athena", "stopQueryExecution"),
        REQUEST,
        ("Stop a query", "Athena query"),
        QUERY,
    ),
];

const fn s3(
    name: &'static str,
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("s3", name), TOKEN, words, parameters)
        .form(Form::Sdk)
        .about(Subject::After("Bucket"))
}

const fn map_data(
    name: &'static str,
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("s3", name), REQUEST, words, parameters).form(Form::MapData)
}

/// What the reader of a Map can call.
pub(super) const READERS: [Action; 2] = [
    map_data(
        "getObject",
        ("Items of an object", "S3 object"),
        &[BUCKET, KEY, text("VersionId", ""), OWNER],
    ),
    map_data(
        "listObjectsV2",
        ("Items are objects", "S3 objects"),
        &[BUCKET, PREFIX, OWNER],
    ),
];

/// What the writer of a Map's results can call.
pub(super) const WRITERS: [Action; 1] = [map_data(
    "putObject",
    ("Results as objects", "S3 objects"),
    &[BUCKET, PREFIX, OWNER],
)];

const fn table(
    name: &'static str,
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("dynamodb", name), REQUEST, words, parameters).about(Subject::After("TableName"))
}

const fn redshift(
    name: &'static str,
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("redshiftdata", name), TOKEN, words, parameters)
        .form(Form::Sdk)
        .about(Subject::After("Database"))
}

const BUCKET: Parameter = text("Bucket", "").required().like("my-bucket");
const KEY: Parameter = text("Key", "The object's name in the bucket.")
    .required()
    .like("my-object.json");
const PREFIX: Parameter = text("Prefix", "How the objects' names begin.").like("my-folder/");
const OWNER: Parameter = text(
    "ExpectedBucketOwner",
    "The account that the bucket must belong to.",
);
const TABLE: Parameter = text("TableName", "Name or ARN.").like("my-table");
const ITEM_KEY: Parameter = object("Key", "The key with its types: `{\"id\": {\"S\": \"7\"}}`.")
    .json(r#"{"id": {"S": "7"}}"#);
const UPDATE: &[Parameter] = &[
    TABLE.required(),
    ITEM_KEY.required(),
    text("UpdateExpression", "What changes: `SET #a = :a`.").like("SET #a = :a"),
    object(
        "ExpressionAttributeValues",
        "The values that the expression names.",
    ),
    object(
        "ExpressionAttributeNames",
        "The attributes that the expression names.",
    ),
    text("ConditionExpression", "Changes only where it holds."),
    text(
        "ReturnValues",
        "`ALL_NEW`, `ALL_OLD`, `UPDATED_NEW`, `UPDATED_OLD` or `NONE`.",
    ),
];
const DATABASE: Parameter = text("Database", "").required().like("dev");
const WORKGROUP: Parameter = text("WorkgroupName", "Of Redshift Serverless.").like("my-workgroup");
const CLUSTER: Parameter = text(
    "ClusterIdentifier",
    "Of a cluster, in place of a workgroup.",
);
const SECRET: Parameter = text("SecretArn", "The secret to sign in with.");
const STATEMENT: &[Parameter] =
    &[
        text("Id", "The statement's id, from the answer that started it.")
            .required()
            .like("d9b6c0c9-0747-4bf4-b142-e8883122f766"),
    ];
const ATHENA: &[Parameter] = &[
    text("QueryString", "The SQL.").required().like("select 1"),
    text("WorkGroup", "").like("primary"),
    object(
        "ResultConfiguration",
        "`OutputLocation`: where the results go.",
    )
    .json(r#"{"OutputLocation": "s3://my-bucket/results/"}"#),
    object("QueryExecutionContext", "`Database` and `Catalog`."),
    list("ExecutionParameters", "Values for the `?` of the query."),
];
const QUERY: &[Parameter] = &[text(
    "QueryExecutionId",
    "From the answer that started the query.",
)
.required()
.like("d9b6c0c9-0747-4bf4-b142-e8883122f766")];
