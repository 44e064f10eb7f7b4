//! DynamoDB, Redshift, Athena. S3 and other calls of the SDK stand in `sdk`.

use super::{NO_RESOURCES, Right, When, allow, wait};

/// A call that runs statements, on a cluster or in a workgroup.
macro_rules! statement {
    ($name:literal, $does:literal, $action:literal) => {
        redshift(
            $name,
            $does,
            &[
                allow(&[$action], CLUSTER).when(When::Given("ClusterIdentifier")),
                allow(&[$action], WORKGROUP)
                    .when(When::Given("WorkgroupName"))
                    .wide(WORKGROUP_ID),
                CREDENTIALS[0],
                CREDENTIALS[1],
                CREDENTIALS[2],
            ],
        )
    };
}

pub(super) const RIGHTS: &[Right] = &[
    table(
        "getItem",
        "reads an item of a DynamoDB table",
        &[allow(&["dynamodb:GetItem"], TABLE)],
    ),
    table(
        "putItem",
        "writes an item of a DynamoDB table",
        &[allow(&["dynamodb:PutItem"], TABLE)],
    ),
    table(
        "updateItem",
        "changes an item of a DynamoDB table",
        &[allow(&["dynamodb:UpdateItem"], TABLE)],
    ),
    table(
        "deleteItem",
        "deletes an item of a DynamoDB table",
        &[allow(&["dynamodb:DeleteItem"], TABLE)],
    ),
    statement!(
        "executeStatement",
        "runs a statement in Redshift",
        "redshift-data:ExecuteStatement"
    ),
    statement!(
        "batchExecuteStatement",
        "runs statements in Redshift",
        "redshift-data:BatchExecuteStatement"
    ),
    redshift(
        "describeStatement",
        "looks at a statement of Redshift",
        &[allow(&["redshift-data:DescribeStatement"], &["*"]).wide(NO_RESOURCES)],
    ),
    redshift(
        "getStatementResult",
        "reads the result of a statement of Redshift",
        &[allow(&["redshift-data:GetStatementResult"], &["*"]).wide(NO_RESOURCES)],
    ),
    Right::new(
        ("athena", "startQueryExecution"),
        "starts an Athena query",
        &[
            allow(&["athena:StartQueryExecution"], GROUP),
            wait(
                &["athena:GetQueryExecution", "athena:StopQueryExecution"],
                GROUP,
            ),
            allow(
                &["athena:GetDataCatalog"],
                &["athena:{region}:{account}:datacatalog/{QueryExecutionContext.Catalog=*}"],
            )
            .why("finds the tables of the query"),
            allow(
                &[
                    "glue:GetDatabase",
                    "glue:GetDatabases",
                    "glue:GetTable",
                    "glue:GetTables",
                    "glue:GetPartition",
                    "glue:GetPartitions",
                    "glue:BatchGetPartition",
                ],
                CATALOG,
            )
            .why("finds the tables of the query")
            .wide(IN_SQL),
            allow(
                &[
                    "glue:CreateDatabase",
                    "glue:UpdateDatabase",
                    "glue:DeleteDatabase",
                    "glue:CreateTable",
                    "glue:UpdateTable",
                    "glue:DeleteTable",
                    "glue:BatchDeleteTable",
                    "glue:CreatePartition",
                    "glue:BatchCreatePartition",
                    "glue:UpdatePartition",
                    "glue:DeletePartition",
                    "glue:BatchDeletePartition",
                ],
                CATALOG,
            )
            .when(When::Writes("QueryString"))
            .why("may change tables by its SQL")
            .wide(IN_SQL),
            allow(&["lakeformation:GetDataAccess"], &["*"])
                .why("reads tables that Lake Formation guards")
                .wide(NO_RESOURCES),
            allow(
                &["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
                &["s3:::*"],
            )
            .why("reads the data of the tables")
            .wide("Which buckets these are stands in the Glue catalog; put their ARNs here."),
            allow(
                &[
                    "s3:GetBucketLocation",
                    "s3:ListBucket",
                    "s3:ListBucketMultipartUploads",
                ],
                &["s3:::{ResultConfiguration.OutputLocation:bucket}"],
            )
            .why("writes the results of the query"),
            allow(
                &[
                    "s3:GetObject",
                    "s3:PutObject",
                    "s3:AbortMultipartUpload",
                    "s3:ListMultipartUploadParts",
                ],
                &["s3:::{ResultConfiguration.OutputLocation:objects}"],
            )
            .why("writes the results of the query"),
        ],
    ),
    Right::new(
        ("athena", "getQueryResults"),
        "reads the results of an Athena query",
        &[
            allow(&["athena:GetQueryResults"], ANY_GROUP).wide(GROUP_OF_QUERY),
            allow(&["s3:GetObject"], &["s3:::*"])
                .why("reads them from S3")
                .wide("Where they are is known only at run time."),
        ],
    ),
    Right::new(
        ("athena", "getQueryExecution"),
        "looks at an Athena query",
        &[allow(&["athena:GetQueryExecution"], ANY_GROUP).wide(GROUP_OF_QUERY)],
    ),
    Right::new(
        ("athena", "stopQueryExecution"),
        "stops an Athena query",
        &[allow(&["athena:StopQueryExecution"], ANY_GROUP).wide(GROUP_OF_QUERY)],
    ),
];

const fn table(name: &'static str, does: &'static str, allows: &'static [super::Allow]) -> Right {
    Right::new(("dynamodb", name), does, allows)
}

const fn redshift(
    name: &'static str,
    does: &'static str,
    allows: &'static [super::Allow],
) -> Right {
    Right::new(("redshiftdata", name), does, allows).sdk()
}

const TABLE: &[&str] = &["dynamodb:{region}:{account}:table/{TableName}"];
const CLUSTER: &[&str] = &["redshift:{region}:{account}:cluster:{ClusterIdentifier}"];
const WORKGROUP: &[&str] = &["redshift-serverless:{region}:{account}:workgroup/*"];
const WORKGROUP_ID: &str = "The ARN of a workgroup has an id in place of its name.";
const CREDENTIALS: [super::Allow; 3] = [
    allow(
        &["secretsmanager:GetSecretValue"],
        &["secretsmanager:{region}:{account}:secret:{SecretArn}"],
    )
    .when(When::Given("SecretArn"))
    .why("signs in with a secret"),
    allow(
        &["redshift:GetClusterCredentials"],
        &[
            "redshift:{region}:{account}:dbname:{ClusterIdentifier}/{Database}",
            "redshift:{region}:{account}:dbuser:{ClusterIdentifier}/{DbUser}",
        ],
    )
    .when(When::Given("DbUser"))
    .why("signs in with a password for the moment"),
    allow(&["redshift-serverless:GetCredentials"], WORKGROUP)
        .when(When::Given("WorkgroupName"))
        .why("signs in with a password for the moment")
        .wide(WORKGROUP_ID),
];
const GROUP: &[&str] = &["athena:{region}:{account}:workgroup/{WorkGroup=primary}"];
const ANY_GROUP: &[&str] = &["athena:{region}:{account}:workgroup/*"];
const GROUP_OF_QUERY: &str = "Which workgroup the query is in is known only at run time.";
const CATALOG: &[&str] = &[
    "glue:{region}:{account}:catalog",
    "glue:{region}:{account}:database/*",
    "glue:{region}:{account}:table/*",
    "glue:{region}:{account}:userDefinedFunction/*",
];
const IN_SQL: &str = "Which tables these are stands in the SQL; put their ARNs here.";
