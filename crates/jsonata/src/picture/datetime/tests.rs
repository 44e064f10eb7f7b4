//! Tests of date pictures.

use super::{format_datetime, parse_datetime};
use crate::fault::{Code, Fault};

/// 2024-02-29 15:04:05.006, a Thursday.
const LEAP_DAY: f64 = 1_709_219_045_006.0;

fn written(picture: &str) -> String {
    format_datetime(LEAP_DAY, Some(picture), None).unwrap()
}

fn read(text: &str, picture: &str) -> Option<f64> {
    parse_datetime(text, Some(picture), LEAP_DAY).unwrap()
}

fn iso(text: &str) -> f64 {
    parse_datetime(text, None, LEAP_DAY).unwrap().unwrap()
}

#[test]
fn no_picture_means_iso() {
    assert_eq!(
        format_datetime(LEAP_DAY, None, None).unwrap(),
        "2024-02-29T15:04:05.006Z"
    );
    assert_eq!(
        format_datetime(LEAP_DAY, None, Some("+0545")).unwrap(),
        "2024-02-29T20:49:05.006+05:45"
    );
    assert_eq!(iso("2024-02-29T15:04:05.006Z"), LEAP_DAY);
    assert_eq!(iso("2024-02-29T20:49:05.006+0545"), LEAP_DAY);
    assert_eq!(iso("2024-03"), iso("2024-03-01T00:00:00"));
}

#[test]
fn iso_times_out_of_range_are_no_number_and_other_texts_are_refused() {
    assert!(iso("2024-13").is_nan());
    assert!(iso("2024-01-01T25:00:00").is_nan());
    assert!(iso("2024-01-01T10:00:00+24:00").is_nan());
    let fault = parse_datetime("yesterday", None, LEAP_DAY).unwrap_err();
    assert_eq!(fault, Fault::with(Code::D3110, "yesterday"));
}

#[test]
fn the_old_reading_of_a_day_before_a_month_stays() {
    assert_eq!(iso("0003-29"), iso("2001-03-29"));
    assert_eq!(iso("2024.5"), iso("2024-05-01"));
}

#[test]
fn components_have_numbers_names_and_words() {
    assert_eq!(
        written("[FNn] [D1o] [MNn,*-3] [Y0001]"),
        "Thursday 29th Feb 2024"
    );
    assert_eq!(
        written("[h]:[m] [PN], [H01]:[m01]:[s01].[f001]"),
        "3:04 PM, 15:04:05.006"
    );
    assert_eq!(
        written("[DWwo] of [MN] [YI]"),
        "Twenty-Ninth of FEBRUARY MMXXIV"
    );
    assert_eq!(
        written("[X]-W[W01]-[F1], day [d001] [[[Y,2-2]]]"),
        "2024-W09-4, day 060 [24]"
    );
    assert_eq!(written("[M,2] [Da] [C] [E]"), "02 ac ISO ISO");
}

#[test]
fn zones_have_their_forms() {
    let zone = |picture, zone| format_datetime(0.0, Some(picture), Some(zone)).unwrap();
    assert_eq!(zone("[Z]", "+0100"), "+01:00");
    assert_eq!(zone("[z0]", "-0500"), "GMT-5");
    assert_eq!(zone("[Z0101]", "+0530"), "+0530");
    assert_eq!(zone("[Z0]", "+0530"), "+5:30");
    assert_eq!(zone("[Z01:01t]", "+0000"), "Z");
    assert_eq!(
        format_datetime(0.0, Some("[Z010101]"), None)
            .unwrap_err()
            .code(),
        Code::D3134
    );
}

#[test]
fn mistakes_in_a_picture_have_their_codes() {
    let code = |picture| {
        format_datetime(0.0, Some(picture), None)
            .unwrap_err()
            .code()
    };
    assert_eq!(code("[Y"), Code::D3135);
    assert_eq!(code("[q]"), Code::D3132);
    assert_eq!(code("[YN]"), Code::D3133);
    assert_eq!(code("[fn]"), Code::D3133);
    assert_eq!(code("[D*]"), Code::D3130);
}

#[test]
fn widths_are_bounded() {
    let code = |picture| {
        format_datetime(0.0, Some(picture), None)
            .unwrap_err()
            .code()
    };
    assert_eq!(code("[Y,999999999]"), Code::D1001);
    assert_eq!(code("[Y,*-999999999]"), Code::D1001);
    assert_eq!(written("[MNn,*-999999999]"), "February");
}

#[test]
fn a_time_out_of_range_is_written_as_in_the_reference() {
    assert_eq!(
        format_datetime(9e15, Some("[Y]-[m]"), None).unwrap(),
        "NaN-NaN"
    );
    assert_eq!(
        format_datetime(9e15, Some("[MN]"), None)
            .unwrap_err()
            .code(),
        Code::D1001
    );
}

#[test]
fn texts_are_read_with_their_picture() {
    assert_eq!(
        read(
            "29 February 2024 3:04:05.006 pm",
            "[D] [MNn] [Y] [h]:[m]:[s].[f] [P]"
        ),
        Some(LEAP_DAY)
    );
    assert_eq!(
        read(
            "20240229150405006",
            "[Y0001][M01][D01][H01][m01][s01][f001]"
        ),
        Some(LEAP_DAY)
    );
    assert_eq!(read("2024-060", "[Y]-[d001]"), Some(iso("2024-02-29")));
    assert_eq!(
        read("1.3.2024 00:30 GMT+0530", "[D].[M].[Y] [H]:[m] [z0000]"),
        Some(iso("2024-02-29T19:00:00"))
    );
}

#[test]
fn literals_ignore_case_and_names_do_not() {
    let day = read("ON 29 February 2024", "on [D] [MNn] [Y]");
    assert_eq!(day, Some(iso("2024-02-29")));
    // A name in another case is as if it were not there, which leaves a gap.
    let fault = parse_datetime("29 february 2024", Some("[D] [MNn] [Y]"), LEAP_DAY).unwrap_err();
    assert_eq!(fault.code(), Code::D3136);
    assert_eq!(read("29.2.24", "[D]/[M]/[Y]"), None);
}

#[test]
fn missing_parts_come_from_now_or_are_the_least() {
    assert_eq!(read("10:30", "[H]:[m]"), Some(iso("2024-02-29T10:30:00")));
    assert_eq!(read("7", "[M]"), Some(iso("2024-07-01")));
    assert_eq!(
        parse_datetime("2024 7", Some("[Y] [D]"), 0.0)
            .unwrap_err()
            .code(),
        Code::D3136
    );
    assert_eq!(
        parse_datetime("2024-W09", Some("[X]-W[W]"), 0.0)
            .unwrap_err()
            .code(),
        Code::D3136
    );
    assert_eq!(read("now", "now"), None);
}

#[test]
fn words_give_back_what_the_rest_needs() {
    assert_eq!(
        read("five two 2024", "[Dw] [Mw] [Y]"),
        Some(iso("2024-02-05"))
    );
    assert_eq!(read("sixteenth", "[Dwo]"), Some(iso("2024-02-16")));
}

#[test]
fn hostile_texts_take_no_time() {
    let picture = "[MNn][MNn][MNn][MNn][MNn][MNn][MNn][MNn]1";
    assert_eq!(read(&"a".repeat(20_000), picture), None);
    let words = "one".repeat(10_000);
    assert_eq!(read(&words, "[Yw][Mw][Dw]!"), None);
    assert_eq!(
        parse_datetime(&words, Some(&"[MNn]x".repeat(3000)), 0.0)
            .unwrap_err()
            .code(),
        Code::D1001
    );
}
