//! One example for each function; a test evaluates all of them. None needs an input, and none depends on clock or chance.

/// An expression and what it gives.
pub(super) struct Example {
    /// Of the function, without `$`.
    pub(super) name: &'static str,
    pub(super) expression: &'static str,
    /// A JSON text.
    pub(super) gives: &'static str,
}

const fn example(name: &'static str, expression: &'static str, gives: &'static str) -> Example {
    Example {
        name,
        expression,
        gives,
    }
}

pub(super) static EXAMPLES: [Example; 70] = [
    example("abs", "$abs(-7)", "7"),
    example("append", "$append([1, 2], 3)", "[1,2,3]"),
    example(
        "assert",
        "($assert(2 > 1, \"Too small\"); \"fine\")",
        "\"fine\"",
    ),
    example("average", "$average([2, 4, 9])", "5"),
    example("base64decode", "$base64decode(\"c3RhdGU=\")", "\"state\""),
    example("base64encode", "$base64encode(\"state\")", "\"c3RhdGU=\""),
    example("boolean", "$boolean([0, \"\"])", "false"),
    example("ceil", "$ceil(2.1)", "3"),
    example("clone", "$clone({\"a\": 1})", "{\"a\":1}"),
    example("contains", "$contains(\"parcel 12\", /[0-9]+/)", "true"),
    example("count", "$count([\"a\", \"b\"])", "2"),
    example(
        "decodeUrl",
        "$decodeUrl(\"https://x.test/a%20b\")",
        "\"https://x.test/a b\"",
    ),
    example(
        "decodeUrlComponent",
        "$decodeUrlComponent(\"a%26b\")",
        "\"a&b\"",
    ),
    example("distinct", "$distinct([1, 2, 1])", "[1,2]"),
    example(
        "each",
        "$each({\"a\": 1, \"b\": 2}, function($v, $k) { $k & $v })",
        "[\"a1\",\"b2\"]",
    ),
    example(
        "encodeUrl",
        "$encodeUrl(\"https://x.test/a b\")",
        "\"https://x.test/a%20b\"",
    ),
    example(
        "encodeUrlComponent",
        "$encodeUrlComponent(\"a&b\")",
        "\"a%26b\"",
    ),
    example("error", "2 > 1 or $error(\"Too small\")", "true"),
    example("eval", "$eval(\"[1, 2 + 3]\")", "[1,5]"),
    example("exists", "$exists({\"a\": 1}.b)", "false"),
    example(
        "filter",
        "$filter([1, 5, 9], function($v) { $v > 4 })",
        "[5,9]",
    ),
    example("floor", "$floor(2.9)", "2"),
    example("formatBase", "$formatBase(255, 16)", "\"ff\""),
    example("formatInteger", "$formatInteger(14, \"I\")", "\"XIV\""),
    example(
        "formatNumber",
        "$formatNumber(1234.5, \"#,##0.00\")",
        "\"1,234.50\"",
    ),
    example(
        "fromMillis",
        "$fromMillis(86400000, \"[D1] [MNn] [Y0001]\")",
        "\"2 January 1970\"",
    ),
    example(
        "hash",
        "$hash(\"state\", \"MD5\")",
        "\"9ed39e2ea931586b6a985a6942ef573e\"",
    ),
    example("join", "$join([\"a\", \"b\", \"c\"], \"-\")", "\"a-b-c\""),
    example("keys", "$keys({\"a\": 1, \"b\": 2})", "[\"a\",\"b\"]"),
    example("length", "$length(\"state\")", "5"),
    example("lookup", "$lookup({\"a\": 1}, \"a\")", "1"),
    example("lowercase", "$lowercase(\"ABC\")", "\"abc\""),
    example(
        "map",
        "$map([1, 2, 3], function($v) { $v * 10 })",
        "[10,20,30]",
    ),
    example(
        "match",
        "$match(\"a1b22\", /[0-9]+/).match",
        "[\"1\",\"22\"]",
    ),
    example("max", "$max([3, 9, 4])", "9"),
    example(
        "merge",
        "$merge([{\"a\": 1}, {\"b\": 2}])",
        "{\"a\":1,\"b\":2}",
    ),
    example("millis", "$millis() > 0 or true", "true"),
    example("min", "$min([3, 9, 4])", "3"),
    example("not", "$not(0)", "true"),
    example("now", "$length($now())", "24"),
    example("number", "$number(\"12.5\") + 1", "13.5"),
    example("pad", "$pad(\"7\", -3, \"0\")", "\"007\""),
    example("parse", "$parse(\"[1, 2]\")", "[1,2]"),
    example(
        "parseInteger",
        "$parseInteger(\"1,234\", \"#,##0\")",
        "1234",
    ),
    example(
        "partition",
        "$partition([1, 2, 3, 4, 5], 2)",
        "[[1,2],[3,4],[5]]",
    ),
    example("power", "$power(2, 10)", "1024"),
    example("random", "$random() < 1", "true"),
    example("range", "$range(1, 9, 4)", "[1,5,9]"),
    example(
        "reduce",
        "$reduce([1, 2, 3], function($sum, $v) { $sum + $v }, 10)",
        "16",
    ),
    example("replace", "$replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\""),
    example("reverse", "$reverse([1, 2, 3])", "[3,2,1]"),
    example("round", "$round(12.345, 1)", "12.3"),
    example("shuffle", "$sum($shuffle([1, 2, 3]))", "6"),
    example(
        "sift",
        "$sift({\"a\": 1, \"b\": 9}, function($v) { $v > 4 })",
        "{\"b\":9}",
    ),
    example("single", "$single([1, 5, 9], function($v) { $v > 6 })", "9"),
    example(
        "sort",
        "$sort([3, 1, 2], function($l, $r) { $l < $r })",
        "[3,2,1]",
    ),
    example(
        "split",
        "$split(\"a, b, c\", \", \")",
        "[\"a\",\"b\",\"c\"]",
    ),
    example(
        "spread",
        "$spread({\"a\": 1, \"b\": 2})",
        "[{\"a\":1},{\"b\":2}]",
    ),
    example("sqrt", "$sqrt(81)", "9"),
    example(
        "string",
        "$string({\"a\": [1, true]})",
        "\"{\\\"a\\\":[1,true]}\"",
    ),
    example("substring", "$substring(\"statecraft\", 5, 3)", "\"cra\""),
    example(
        "substringAfter",
        "$substringAfter(\"key=value\", \"=\")",
        "\"value\"",
    ),
    example(
        "substringBefore",
        "$substringBefore(\"key=value\", \"=\")",
        "\"key\"",
    ),
    example("sum", "$sum([1, 2, 3.5])", "6.5"),
    example("toMillis", "$toMillis(\"1970-01-01T00:00:01Z\")", "1000"),
    example("trim", "$trim(\"  a   b \")", "\"a b\""),
    example("type", "$type([1])", "\"array\""),
    example("uppercase", "$uppercase(\"abc\")", "\"ABC\""),
    example("uuid", "$length($uuid())", "36"),
    example(
        "zip",
        "$zip([1, 2], [\"a\", \"b\"])",
        "[[1,\"a\"],[2,\"b\"]]",
    ),
];
