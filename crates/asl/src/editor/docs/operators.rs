//! What each test of a Choice rule matches (asl-rules 12; feature map 4.4).

/// By name, in the order of bytes.
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("BooleanEquals", "Matches when the value is this Boolean."),
    (
        "BooleanEqualsPath",
        "Matches when the value is the Boolean that this path finds.",
    ),
    (
        "IsBoolean",
        "Matches when the value is a Boolean (`true`), or is none (`false`).",
    ),
    (
        "IsNull",
        "Matches when the value is null (`true`), or is not (`false`).",
    ),
    (
        "IsNumeric",
        "Matches when the value is a number (`true`), or is none (`false`).",
    ),
    (
        "IsPresent",
        "Matches when the path finds something (`true`), or nothing (`false`). The only test that a missing value does not fail.",
    ),
    (
        "IsString",
        "Matches when the value is a text (`true`), or is none (`false`).",
    ),
    (
        "IsTimestamp",
        "Matches when the value is a timestamp (`true`), or is none (`false`).",
    ),
    ("NumericEquals", "Matches when the value is this number."),
    (
        "NumericEqualsPath",
        "Matches when the value is the number that this path finds.",
    ),
    (
        "NumericGreaterThan",
        "Matches when the value is a number above this one.",
    ),
    (
        "NumericGreaterThanEquals",
        "Matches when the value is this number or one above it.",
    ),
    (
        "NumericGreaterThanEqualsPath",
        "Matches when the value is the number that this path finds, or one above it.",
    ),
    (
        "NumericGreaterThanPath",
        "Matches when the value is a number above the one that this path finds.",
    ),
    (
        "NumericLessThan",
        "Matches when the value is a number below this one.",
    ),
    (
        "NumericLessThanEquals",
        "Matches when the value is this number or one below it.",
    ),
    (
        "NumericLessThanEqualsPath",
        "Matches when the value is the number that this path finds, or one below it.",
    ),
    (
        "NumericLessThanPath",
        "Matches when the value is a number below the one that this path finds.",
    ),
    (
        "StringEquals",
        "Matches when the value is this text, letter by letter.",
    ),
    (
        "StringEqualsPath",
        "Matches when the value is the text that this path finds.",
    ),
    (
        "StringGreaterThan",
        "Matches when the value is a text behind this one, in the order of UTF-16 units.",
    ),
    (
        "StringGreaterThanEquals",
        "Matches when the value is this text or one behind it.",
    ),
    (
        "StringGreaterThanEqualsPath",
        "Matches when the value is the text that this path finds, or one behind it.",
    ),
    (
        "StringGreaterThanPath",
        "Matches when the value is a text behind the one that this path finds.",
    ),
    (
        "StringLessThan",
        "Matches when the value is a text before this one, in the order of UTF-16 units.",
    ),
    (
        "StringLessThanEquals",
        "Matches when the value is this text or one before it.",
    ),
    (
        "StringLessThanEqualsPath",
        "Matches when the value is the text that this path finds, or one before it.",
    ),
    (
        "StringLessThanPath",
        "Matches when the value is a text before the one that this path finds.",
    ),
    (
        "StringMatches",
        "Matches when the whole value fits this pattern; `*` stands for any characters, `\\*` for a star.",
    ),
    ("TimestampEquals", "Matches when the value is this moment."),
    (
        "TimestampEqualsPath",
        "Matches when the value is the moment that this path finds.",
    ),
    (
        "TimestampGreaterThan",
        "Matches when the value is a moment after this one.",
    ),
    (
        "TimestampGreaterThanEquals",
        "Matches when the value is this moment or one after it.",
    ),
    (
        "TimestampGreaterThanEqualsPath",
        "Matches when the value is the moment that this path finds, or one after it.",
    ),
    (
        "TimestampGreaterThanPath",
        "Matches when the value is a moment after the one that this path finds.",
    ),
    (
        "TimestampLessThan",
        "Matches when the value is a moment before this one.",
    ),
    (
        "TimestampLessThanEquals",
        "Matches when the value is this moment or one before it.",
    ),
    (
        "TimestampLessThanEqualsPath",
        "Matches when the value is the moment that this path finds, or one before it.",
    ),
    (
        "TimestampLessThanPath",
        "Matches when the value is a moment before the one that this path finds.",
    ),
];
