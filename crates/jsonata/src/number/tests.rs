//! Tests of JavaScript's numbers.

use super::*;

#[test]
fn numbers_print_in_the_notation_of_their_size() {
    let cases = [
        (0.0, "0"),
        (-0.0, "0"),
        (12.5, "12.5"),
        (-3e15, "-3000000000000000"),
        (1e20, "100000000000000000000"),
        (2e21, "2e+21"),
        (-1.25e22, "-1.25e+22"),
        (0.000001, "0.000001"),
        (0.00000015, "1.5e-7"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (f64::NEG_INFINITY, "-Infinity"),
    ];
    for (value, text) in cases {
        assert_eq!(to_text(value), text);
    }
}

#[test]
fn a_digit_between_two_is_even() {
    assert_eq!(to_text(5_200_000_000_000_001.0 / 4.0), "1300000000000000.2");
    assert_eq!(to_text(5_200_000_000_000_003.0 / 4.0), "1300000000000000.8");
}

#[test]
fn strings_have_fifteen_digits() {
    assert_eq!(to_precision_text(0.1 + 0.2), "0.3");
    assert_eq!(to_precision_text(-2.0 / 3.0), "-0.666666666666667");
    assert_eq!(
        to_precision_text(9_007_199_254_740_991.0),
        "9007199254740991"
    );
    assert_eq!(
        to_precision_text(4_338_809_973_560_273.5),
        "4338809973560270"
    );
    assert_eq!(to_precision_text(2_000_000_000_000.125), "2000000000000.13");
}

#[test]
fn fixed_places_round_ties_away_from_zero() {
    let cases = [
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (9.5, 0, "10"),
        (99.995, 2, "100.00"),
    ];
    for (value, places, text) in cases {
        assert_eq!(to_fixed(value, places), text);
    }
    assert_eq!(to_fixed(-1.005, 2), "-1.00");
    assert_eq!(to_fixed(1e21, 2), "1e+21");
}

#[test]
fn rounding_goes_to_the_even_neighbour() {
    let cases = [
        (2.5, 0.0, 2.0),
        (3.5, 0.0, 4.0),
        (-2.5, 0.0, -2.0),
        (1.005, 2.0, 1.0),
        (1250.0, -2.0, 1200.0),
    ];
    for (value, precision, rounded) in cases {
        assert_eq!(round_half_even(value, precision), rounded);
    }
    assert!(round_half_even(1.0, 0.5).is_nan());
    assert!(round_half_even(-0.2, 0.0).is_sign_positive());
}

#[test]
fn radixes_print_integers() {
    assert_eq!(to_radix_text(-255.0, 16), "-ff");
    assert_eq!(to_radix_text(2f64.powi(60), 2).len(), 61);
    assert_eq!(format_base(35.5, Some(36.0)), Ok("10".to_owned()));
    assert_eq!(
        format_base(1.0, Some(37.0)).unwrap_err().code(),
        Code::D3100
    );
    assert_eq!(format_base(12.0, None), Ok("12".to_owned()));
}

#[test]
fn casts_read_numbers_and_radix_prefixes() {
    assert_eq!(parse_cast("-012.50e1"), Some(-125.0));
    assert_eq!(parse_cast("0xFF"), Some(255.0));
    assert_eq!(parse_cast("0o17"), Some(15.0));
    assert_eq!(parse_cast("0b101"), Some(5.0));
    for text in ["", ".5", "5.", "+5", "1e400", "0x", "ten"] {
        assert_eq!(parse_cast(text), None, "{text}");
    }
    assert!(parse_cast("0x1G").is_some_and(f64::is_nan));
}

#[test]
fn long_prefixed_numbers_round_once() {
    assert_eq!(
        parse_cast("0x20000000000001"),
        Some(9_007_199_254_740_992.0)
    );
    assert_eq!(
        parse_cast("0x200000000000010000001"),
        Some(9_007_199_254_740_994.0 * 2f64.powi(28))
    );
    assert_eq!(
        parse_cast(&format!("0x{}", "F".repeat(400))),
        Some(f64::INFINITY)
    );
}

#[test]
fn integers_are_read_from_the_start_of_a_text() {
    assert_eq!(parse_int(" -12px"), -12.0);
    assert_eq!(parse_int("0x1f"), 31.0);
    assert!(parse_int("px").is_nan());
}

#[test]
fn powers_of_one_need_a_finite_exponent() {
    assert!(power(1.0, f64::INFINITY).is_nan());
    assert_eq!(power(2.0, 10.0), 1024.0);
}
