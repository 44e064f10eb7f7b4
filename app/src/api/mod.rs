//! The studio's talk with the server: the AWS API and the studio's own small one. Knows no component.
