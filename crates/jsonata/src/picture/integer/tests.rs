//! Tests of integer pictures.

use super::{format_integer, parse_integer};
use crate::fault::{Code, Fault};

fn written(value: f64, picture: &str) -> String {
    format_integer(value, picture).unwrap()
}

#[test]
fn letters_name_columns() {
    assert_eq!(written(28.0, "A"), "AB");
    assert_eq!(written(-703.0, "a"), "-aaa");
    assert_eq!(parse_integer("ab", "a"), Ok(28.0));
}

#[test]
fn roman_numbers_subtract() {
    assert_eq!(written(1994.9, "I"), "MCMXCIV");
    assert_eq!(parse_integer("mcmxciv", "i"), Ok(1994.0));
    assert!(parse_integer("mcq", "i").unwrap().is_nan());
    assert_eq!(format_integer(1e9, "i").unwrap_err().code(), Code::D1001);
}

#[test]
fn digits_are_padded_and_grouped() {
    assert_eq!(written(7.0, "000"), "007");
    assert_eq!(written(7654321.0, "#,##0"), "7,654,321");
    assert_eq!(written(1234567.0, "#:##,000"), "12:34,567");
    assert_eq!(
        written(42.0, "\u{660}\u{660}\u{660}"),
        "\u{660}\u{664}\u{662}"
    );
}

#[test]
fn ordinals_have_their_ending() {
    let endings: Vec<String> = [1.0, 2.0, 3.0, 4.0, 11.0, 112.0, 121.0]
        .map(|value| written(value, "1;o"))
        .into();
    assert_eq!(
        endings,
        ["1st", "2nd", "3rd", "4th", "11th", "112th", "121st"]
    );
    assert_eq!(parse_integer("121st", "1;o"), Ok(121.0));
}

#[test]
fn an_unsupported_sequence_is_an_error() {
    let fault = format_integer(1.0, "\u{3b1}").unwrap_err();
    assert_eq!(fault, Fault::with(Code::D3130, "\u{3b1}"));
    assert_eq!(parse_integer("1", "").unwrap_err().code(), Code::D3130);
}

#[test]
fn digits_of_two_families_do_not_mix() {
    assert_eq!(
        format_integer(1.0, "0\u{660}").unwrap_err().code(),
        Code::D3131
    );
}

#[test]
fn a_text_gives_what_it_starts_with() {
    assert_eq!(parse_integer("12 apples", "0"), Ok(12.0));
    assert_eq!(parse_integer("1,234", "#,##0"), Ok(1234.0));
    assert!(parse_integer("apples", "0").unwrap().is_nan());
    assert_eq!(
        parse_integer("5", "\u{660}").unwrap_err().code(),
        Code::D3030
    );
}

#[test]
fn numbers_without_words_or_letters_are_refused() {
    for picture in ["w", "A", "I"] {
        assert_eq!(
            format_integer(f64::INFINITY, picture).unwrap_err().code(),
            Code::D1001
        );
    }
    assert_eq!(
        format_integer(f64::NAN, "w").unwrap_err().code(),
        Code::D1001
    );
}

#[test]
fn a_picture_has_a_longest_length() {
    assert_eq!(
        format_integer(1.0, &"0".repeat(40_000)).unwrap_err().code(),
        Code::D1001
    );
    assert_eq!(written(1.0, &"0".repeat(30_000)).len(), 30_000);
}
