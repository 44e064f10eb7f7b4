//! Tests of number pictures.

use super::{DecimalFormat, format_number};
use crate::fault::Code;

fn written(value: f64, picture: &str) -> String {
    format_number(value, picture, &DecimalFormat::default()).unwrap()
}

fn refused(picture: &str) -> Code {
    format_number(1.0, picture, &DecimalFormat::default())
        .unwrap_err()
        .code()
}

fn with_options(value: f64, picture: &str, options: &[(&str, &str)]) -> String {
    let mut format = DecimalFormat::default();
    for (name, option) in options {
        format.set(name, option);
    }
    format_number(value, picture, &format).unwrap()
}

#[test]
fn digits_are_padded_grouped_and_rounded() {
    assert_eq!(written(9876543.215, "#,##0.00"), "9,876,543.22");
    assert_eq!(written(0.5, "#.00"), ".50");
    assert_eq!(written(0.5, "0.0##"), "0.5");
    assert_eq!(written(1234567.0, "##,##,##0"), "12,34,567");
}

#[test]
fn negative_numbers_have_a_sign_or_a_picture_of_their_own() {
    assert_eq!(written(-7.25, "<0.0>"), "-<7.2>");
    assert_eq!(written(-7.0, "0;(0)"), "(7)");
}

#[test]
fn percentages_are_multiplied() {
    assert_eq!(written(0.256, "0.0%"), "25.6%");
    assert_eq!(written(0.256, "0\u{2030}"), "256\u{2030}");
}

#[test]
fn exponents_have_the_mantissa_that_the_picture_asks_for() {
    assert_eq!(written(98765.0, "0.00e00"), "9.88e04");
    assert_eq!(written(0.0012, "0.0e0"), "1.2e-3");
    assert_eq!(written(0.0, "0.0e0"), "0.0e0");
}

#[test]
fn options_change_the_characters() {
    let options = [
        ("decimal-separator", ","),
        ("grouping-separator", "."),
        ("minus-sign", "\u{2212}"),
    ];
    assert_eq!(
        with_options(-4321.5, "#.##0,00", &options),
        "\u{2212}4.321,50"
    );
    assert_eq!(
        with_options(305.0, "\u{660}", &[("zero-digit", "\u{660}")]),
        "\u{663}\u{660}\u{665}"
    );
    assert_eq!(
        with_options(5.0, "0", &[("NaN", "none"), ("unheard-of", "x")]),
        "5"
    );
}

#[test]
fn mistakes_have_their_codes() {
    let cases = [
        ("0;0;0", Code::D3080),
        ("0.0.0", Code::D3081),
        ("0%%", Code::D3082),
        ("0\u{2030}%", Code::D3084),
        ("sum", Code::D3086),
        ("0x0", Code::D3086),
        ("0,.0", Code::D3087),
        ("00,", Code::D3088),
        ("0,,0", Code::D3089),
        ("0#", Code::D3090),
        ("0.#0", Code::D3091),
        ("0e0%", Code::D3092),
        ("0e#0", Code::D3093),
    ];
    for (picture, code) in cases {
        assert_eq!(refused(picture), code, "{picture}");
    }
}

#[test]
fn sizes_are_bounded() {
    assert_eq!(refused(&format!("0.{}", "0".repeat(101))), Code::D1001);
    assert_eq!(refused(&"0".repeat(40_000)), Code::D1001);
    let fault = format_number(f64::INFINITY, "0e0", &DecimalFormat::default()).unwrap_err();
    assert_eq!(fault.code(), Code::D1001);
    let mut format = DecimalFormat::default();
    format.set("zero-digit", &"0".repeat(65));
    assert_eq!(
        format_number(1.0, "0", &format).unwrap_err().code(),
        Code::D1001
    );
}
