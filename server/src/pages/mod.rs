//! What the studio and the reviewers see: the embedded files and the JSON API beside the AWS API.
