//! The table of all functions, with what an editor says of them.

use super::{
    Builtin, Compute, Known, Run, arrays, aws, dates, encoding, matches, numbers, objects, strings,
};
use crate::evaluate::{Higher, Profile};
use std::sync::OnceLock;

const fn entry(
    known: Known,
    name: &'static str,
    (signature, arity): (&'static str, usize),
    run: Run,
    (parameters, says): (&'static str, &'static str),
) -> Builtin {
    Builtin {
        name,
        signature,
        parsed: OnceLock::new(),
        arity,
        known,
        run,
        parameters,
        says,
    }
}

const fn plain(
    name: &'static str,
    signature: (&'static str, usize),
    compute: Compute,
    words: (&'static str, &'static str),
) -> Builtin {
    entry(
        Known::Everywhere,
        name,
        signature,
        Run::Plain(compute),
        words,
    )
}

/// Every function, by name; one that AWS has in another form stands beside the reference's.
pub(crate) static ALL: [Builtin; 71] = [
    plain(
        "abs",
        ("<n-:n>", 1),
        numbers::abs,
        ("number", "The number without its sign"),
    ),
    plain(
        "append",
        ("<xx:a>", 2),
        arrays::append,
        ("array1, array2", "Both arrays as one"),
    ),
    plain(
        "assert",
        ("<bs?:x>", 2),
        objects::assert,
        (
            "condition, message?",
            "Ends with an error unless the condition holds",
        ),
    ),
    plain(
        "average",
        ("<a<n>:n>", 1),
        numbers::average,
        ("array", "The mean of the numbers"),
    ),
    plain(
        "base64decode",
        ("<s-:s>", 1),
        encoding::base64decode,
        ("text", "The text that base 64 stands for"),
    ),
    plain(
        "base64encode",
        ("<s-:s>", 1),
        encoding::base64encode,
        ("text", "The text in base 64"),
    ),
    plain(
        "boolean",
        ("<x-:b>", 1),
        objects::boolean,
        ("value", "Whether the value counts as true"),
    ),
    plain(
        "ceil",
        ("<n-:n>", 1),
        numbers::ceil,
        ("number", "The next whole number up"),
    ),
    plain(
        "clone",
        ("<(oa)-:o>", 1),
        objects::clone,
        ("value", "A copy of the object or array"),
    ),
    plain(
        "contains",
        ("<s-(sf):b>", 2),
        matches::contains,
        (
            "text, pattern",
            "Whether the text contains the pattern: a text or a regular expression",
        ),
    ),
    plain(
        "count",
        ("<a:n>", 1),
        arrays::count,
        ("array", "How many items there are"),
    ),
    plain(
        "decodeUrl",
        ("<s-:s>", 1),
        encoding::decode_url,
        ("text", "The address with its escapes resolved"),
    ),
    plain(
        "decodeUrlComponent",
        ("<s-:s>", 1),
        encoding::decode_url_component,
        ("text", "The part of an address with its escapes resolved"),
    ),
    plain(
        "distinct",
        ("<x:x>", 1),
        arrays::distinct,
        ("array", "Each item once"),
    ),
    entry(
        Known::Everywhere,
        "each",
        ("<o-f:a>", 2),
        Run::Higher(Higher::Each),
        (
            "object, function",
            "What the function gives for each value and name",
        ),
    ),
    plain(
        "encodeUrl",
        ("<s-:s>", 1),
        encoding::encode_url,
        ("text", "The text as an address"),
    ),
    plain(
        "encodeUrlComponent",
        ("<s-:s>", 1),
        encoding::encode_url_component,
        ("text", "The text as a part of an address"),
    ),
    plain(
        "error",
        ("<s?:x>", 1),
        objects::error,
        ("message?", "Ends the evaluation with an error"),
    ),
    entry(
        Known::Reference,
        "eval",
        ("<sx?:x>", 2),
        Run::Eval,
        ("text, context?", "What the text gives as an expression"),
    ),
    plain(
        "exists",
        ("<x:b>", 1),
        objects::exists,
        ("value", "Whether there is a value"),
    ),
    entry(
        Known::Everywhere,
        "filter",
        ("<af>", 2),
        Run::Higher(Higher::Filter),
        (
            "array, function",
            "The items for which the function gives true",
        ),
    ),
    plain(
        "floor",
        ("<n-:n>", 1),
        numbers::floor,
        ("number", "The next whole number down"),
    ),
    plain(
        "formatBase",
        ("<n-n?:s>", 2),
        numbers::format_base,
        (
            "number, radix?",
            "The number in the given base, from 2 to 36",
        ),
    ),
    plain(
        "formatInteger",
        ("<n-s:s>", 2),
        numbers::format_integer,
        (
            "number, picture",
            "The whole number in the form of the picture: `#,##0`, `I`, `w`",
        ),
    ),
    plain(
        "formatNumber",
        ("<n-so?:s>", 3),
        numbers::format_number,
        (
            "number, picture, options?",
            "The number in the form of the picture: `#,##0.00`",
        ),
    ),
    plain(
        "fromMillis",
        ("<n-s?s?:s>", 3),
        dates::from_millis,
        (
            "millis, picture?, timezone?",
            "The moment as a text: `[Y0001]-[M01]-[D01]`",
        ),
    ),
    entry(
        Known::Aws,
        "hash",
        ("<s-s:s>", 2),
        Run::Plain(aws::hash),
        (
            "text, algorithm",
            "The hash in hexadecimal: MD5, SHA-1, SHA-256, SHA-384 or SHA-512",
        ),
    ),
    plain(
        "join",
        ("<a<s>s?:s>", 2),
        strings::join,
        ("array, separator?", "The texts as one"),
    ),
    plain(
        "keys",
        ("<x-:a<s>>", 1),
        objects::keys,
        ("object", "The names of the members"),
    ),
    plain(
        "length",
        ("<s-:n>", 1),
        strings::length,
        ("text", "How many characters the text has"),
    ),
    plain(
        "lookup",
        ("<x-s:x>", 2),
        objects::lookup,
        ("object, name", "The member of that name"),
    ),
    plain(
        "lowercase",
        ("<s-:s>", 1),
        strings::lowercase,
        ("text", "The text in small letters"),
    ),
    entry(
        Known::Everywhere,
        "map",
        ("<af>", 2),
        Run::Higher(Higher::Map),
        ("array, function", "What the function gives for each item"),
    ),
    plain(
        "match",
        ("<s-f<s:o>n?:a<o>>", 3),
        matches::matches,
        (
            "text, pattern, limit?",
            "Where the regular expression is found: `match`, `index`, `groups`",
        ),
    ),
    plain(
        "max",
        ("<a<n>:n>", 1),
        numbers::max,
        ("array", "The largest number"),
    ),
    plain(
        "merge",
        ("<a<o>:o>", 1),
        objects::merge,
        ("array", "One object of all; later members win"),
    ),
    plain(
        "millis",
        ("<:n>", 0),
        dates::millis,
        ("", "The present moment in milliseconds since 1970"),
    ),
    plain(
        "min",
        ("<a<n>:n>", 1),
        numbers::min,
        ("array", "The smallest number"),
    ),
    plain(
        "not",
        ("<x-:b>", 1),
        objects::not,
        ("value", "True for what counts as false"),
    ),
    plain(
        "now",
        ("<s?s?:s>", 2),
        dates::now,
        ("picture?, timezone?", "The present moment as a text"),
    ),
    plain(
        "number",
        ("<(nsb)-:n>", 1),
        numbers::number,
        ("value", "The text or Boolean as a number"),
    ),
    plain(
        "pad",
        ("<s-ns?:s>", 3),
        strings::pad,
        (
            "text, width, fill?",
            "The text filled up to a width; a negative width fills at the front",
        ),
    ),
    entry(
        Known::Aws,
        "parse",
        ("<s-:x>", 1),
        Run::Plain(aws::parse),
        ("text", "The value that the JSON text stands for"),
    ),
    plain(
        "parseInteger",
        ("<s-s:n>", 2),
        numbers::parse_integer,
        (
            "text, picture",
            "The whole number that the text is in the form of the picture",
        ),
    ),
    entry(
        Known::Aws,
        "partition",
        ("<an:a>", 2),
        Run::Plain(aws::partition),
        ("array, size", "The array in chunks of that size"),
    ),
    plain(
        "power",
        ("<n-n:n>", 2),
        numbers::power,
        ("base, exponent", "The base raised to the exponent"),
    ),
    entry(
        Known::Reference,
        "random",
        ("<:n>", 0),
        Run::Impure(numbers::random),
        ("", "A random number from 0 up to 1"),
    ),
    entry(
        Known::Aws,
        "random",
        ("<n?:n>", 1),
        Run::Impure(aws::random),
        (
            "seed?",
            "A random number from 0 up to 1; the same for the same seed",
        ),
    ),
    entry(
        Known::Aws,
        "range",
        ("<nnn:a>", 3),
        Run::Plain(aws::range),
        ("first, last, step", "Numbers from the first to the last"),
    ),
    entry(
        Known::Everywhere,
        "reduce",
        ("<afj?:j>", 3),
        Run::Higher(Higher::Reduce),
        (
            "array, function, first?",
            "What the function makes of all items, one after the other",
        ),
    ),
    plain(
        "replace",
        ("<s-(sf)(sf)n?:s>", 4),
        matches::replace,
        (
            "text, pattern, replacement, limit?",
            "The text with what matches replaced",
        ),
    ),
    plain(
        "reverse",
        ("<a:a>", 1),
        arrays::reverse,
        ("array", "The items from last to first"),
    ),
    plain(
        "round",
        ("<n-n?:n>", 2),
        numbers::round,
        (
            "number, precision?",
            "The number rounded, halves to the even side",
        ),
    ),
    entry(
        Known::Everywhere,
        "shuffle",
        ("<a:a>", 1),
        Run::Impure(arrays::shuffle),
        ("array", "The items in random order"),
    ),
    entry(
        Known::Everywhere,
        "sift",
        ("<o-f?:o>", 2),
        Run::Higher(Higher::Sift),
        (
            "object, function",
            "The members for which the function gives true",
        ),
    ),
    entry(
        Known::Everywhere,
        "single",
        ("<af?>", 2),
        Run::Higher(Higher::Single),
        (
            "array, function?",
            "The one item for which the function gives true",
        ),
    ),
    entry(
        Known::Everywhere,
        "sort",
        ("<af?:a>", 2),
        Run::Sort,
        (
            "array, function?",
            "The items in order; the function says whether two must change places",
        ),
    ),
    plain(
        "split",
        ("<s-(sf)n?:a<s>>", 3),
        matches::split,
        ("text, separator, limit?", "The parts of the text"),
    ),
    plain(
        "spread",
        ("<x-:a<o>>", 1),
        objects::spread,
        ("object", "One object for each member"),
    ),
    plain(
        "sqrt",
        ("<n-:n>", 1),
        numbers::sqrt,
        ("number", "The square root"),
    ),
    plain(
        "string",
        ("<x-b?:s>", 1),
        strings::string,
        ("value, indent?", "The value as a text"),
    ),
    plain(
        "substring",
        ("<s-nn?:s>", 3),
        strings::substring,
        (
            "text, start, length?",
            "A part of the text; a negative start counts from the end",
        ),
    ),
    plain(
        "substringAfter",
        ("<s-s:s>", 2),
        strings::substring_after,
        ("text, chars", "What stands behind the characters"),
    ),
    plain(
        "substringBefore",
        ("<s-s:s>", 2),
        strings::substring_before,
        ("text, chars", "What stands before the characters"),
    ),
    plain(
        "sum",
        ("<a<n>:n>", 1),
        numbers::sum,
        ("array", "The sum of the numbers"),
    ),
    plain(
        "toMillis",
        ("<s-s?:n>", 2),
        dates::to_millis,
        (
            "text, picture?",
            "The moment that the text names, in milliseconds since 1970",
        ),
    ),
    plain(
        "trim",
        ("<s-:s>", 1),
        strings::trim,
        ("text", "The text with single blanks inside and none around"),
    ),
    plain(
        "type",
        ("<x:s>", 1),
        objects::kind,
        ("value", "The type of the value"),
    ),
    plain(
        "uppercase",
        ("<s-:s>", 1),
        strings::uppercase,
        ("text", "The text in capital letters"),
    ),
    entry(
        Known::Aws,
        "uuid",
        ("<:s>", 0),
        Run::Impure(aws::uuid),
        ("", "A random UUID"),
    ),
    plain(
        "zip",
        ("<a+>", 0),
        arrays::zip,
        (
            "array1, array2, …",
            "Arrays of the first items, of the second ones, and so on",
        ),
    ),
];

/// All functions of that name, for whichever profile.
pub(super) fn named(name: &str) -> impl Iterator<Item = &'static Builtin> {
    let first = ALL.partition_point(|builtin| builtin.name < name);
    ALL.iter()
        .skip(first)
        .take_while(move |builtin| builtin.name == name)
}

pub(super) fn find(name: &str, profile: Profile) -> Option<&'static Builtin> {
    named(name).find(|builtin| builtin.is_known(profile))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Signature;

    #[test]
    fn the_table_is_sorted() {
        assert!(ALL.is_sorted_by_key(|builtin| builtin.name));
    }

    #[test]
    fn every_signature_can_be_read() {
        for builtin in &ALL {
            assert!(
                Signature::parse(builtin.signature).is_ok(),
                "{}",
                builtin.name
            );
        }
    }

    #[test]
    fn aws_has_no_eval_and_the_reference_no_uuid() {
        assert!(find("eval", Profile::Aws).is_none());
        assert!(find("uuid", Profile::Reference).is_none());
        assert_eq!(
            find("random", Profile::Aws).map(|builtin| builtin.arity),
            Some(1)
        );
    }
}
