//! The Step Functions API (AWS JSON 1.0): one file for each operation.
