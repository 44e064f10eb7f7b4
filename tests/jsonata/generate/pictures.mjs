// Pictures for numbers, whole numbers and moments, mostly right, sometimes not.

import { quoted } from "./leaves.mjs";

const NUMBER_PARTS = [
  "#",
  "#",
  "0",
  "0",
  "0",
  "#,##0",
  "##0",
  ".",
  ".0",
  ".00",
  ".0#",
  ".##",
  ",",
  "%",
  "‰",
  "e0",
  "e00",
  ";",
  "(",
  ")",
  "-",
  "+",
  "$",
  " ",
  "x",
  "9",
  "1",
];
const NUMBER_PICTURES = [
  "0",
  "#",
  "00",
  "#,##0",
  "#,##0.00",
  "#,##0.00;(#,##0.00)",
  "0.0###",
  "#0.0%",
  "0‰",
  "0.0e0",
  "##0.00e00",
  "#,##,##0.##",
  "000,000",
  "0.000,000",
  "$0.00",
  "#.##",
  "#.00",
  "¤#,##0.00",
  "0;-0",
  "#,####.0",
  ".00",
  "#e0",
  "00.0#e0",
  "#0.#",
  "1.0",
  "",
];
const OPTIONS = [
  '{"decimal-separator": ",", "grouping-separator": "."}',
  '{"zero-digit": "٠"}',
  '{"percent": "pct"}',
  '{"minus-sign": "~"}',
  '{"digit": "@"}',
  '{"per-mille": "pm"}',
  '{"exponent-separator": "E"}',
  '{"pattern-separator": "|"}',
  '{"infinity": "inf"}',
  '{"unknown": "x"}',
  "{}",
];
const INTEGERS = [
  "0",
  "1",
  "01",
  "001",
  "#",
  "##0",
  "#,##0",
  "#,###,##0",
  "#:###:##0",
  "I",
  "i",
  "A",
  "a",
  "w",
  "W",
  "Ww",
  "w;o",
  "Ww;o",
  "0;o",
  "1;o",
  "I;o",
  "#,##0;o",
  "٠",
  "٠٠١",
  "０",
  "α",
  "Α",
  "",
  "x",
  "#",
  "0,0",
  "1,1",
  "99",
  "0;c",
  "w;o(-e)",
  "#0#",
  "日",
];
const SPECIFIERS = "YYMMDDDdFWwXxHHhPmsfZzCE";
const MODIFIERS = [
  "",
  "",
  "",
  "01",
  "1",
  "001",
  "0001",
  "I",
  "i",
  "w",
  "W",
  "Ww",
  "A",
  "a",
  "N",
  "n",
  "Nn",
  "1o",
  "wo",
  "Wwo",
  "#0",
  "9,999",
  "٠١",
  "01t",
  "Z",
  "q",
];
const WIDTHS = ["", "", "", "", ",2", ",3-3", ",*-2", ",1-4", ",2-*", ",*", ",4", ",x"];
const MOMENTS = [
  "[Y0001]-[M01]-[D01]",
  "[Y]-[M]-[D]",
  "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001]Z",
  "[H01]:[m01]:[s01]",
  "[h]:[m01] [P]",
  "[h#1]:[m01][PN,*-1]",
  "[D1o] [MNn] [Y]",
  "[FNn], [D] [MNn,*-3] [Y]",
  "[Y]-W[W01]-[F1]",
  "[YI] [MI] [DI]",
  "[Yw] [Mw] [Dwo]",
  "[X0001]-W[W01]",
  "Week [w] of [xNn]",
  "[Y,2]-[M,2]-[D,2]",
  "[d001] [Y0001]",
  "[H]:[m]:[s].[f]",
  "[Y][Z]",
  "[Y0001]-[M01]-[D01] [H01]:[m01] [z]",
  "[Z0101]",
  "[Z0]",
  "[Z01:01t]",
  "[[[Y]]]",
  "[Y",
  "Y]",
  "[",
  "[]",
  "",
  "[Q]",
  "[YN]",
  "[FNn,3-3]",
  "[C]",
  "[E]",
  "[Dwo] [MNn]",
  "[ Y 0001 ]/[M01]",
  "[Y9,999,*]",
];
const ZONES = ['"+0100"', '"-0530"', '"0000"', '"+1400"', '"Z"', '"+01:00"', '"x"', '""', "undefined"];

/** A picture of `$formatNumber`. */
export function numberPicture(random) {
  const picture = random.once(3)
    ? random.several(1, 6, () => random.pick(NUMBER_PARTS)).join("")
    : random.pick(NUMBER_PICTURES);
  return quoted(random, picture);
}

export const numberOptions = (random) => random.pick(OPTIONS);

/** A picture of `$formatInteger` and `$parseInteger`. */
export const integerPicture = (random) => quoted(random, random.pick(INTEGERS));

/** A picture of `$fromMillis` and `$toMillis`. */
export function momentPicture(random) {
  const part = () =>
    `[${random.pick(SPECIFIERS)}${random.pick(MODIFIERS)}${random.pick(WIDTHS)}]${random.pick(["", "-", " ", ":", "/", "x"])}`;
  return quoted(random, random.once(3) ? random.several(1, 4, part).join("") : random.pick(MOMENTS));
}

export const zone = (random) => random.pick(ZONES);

/** A text that may be a moment. */
export function moment(random) {
  const pad = (number, width = 2) => String(number).padStart(width, "0");
  const date = `${random.pick([1969, 1970, 1999, 2000, 2024, 1, 9999])}`.padStart(4, "0");
  const day = `${pad(random.between(0, 13))}-${pad(random.between(0, 32))}`;
  const time = `${pad(random.between(0, 25))}:${pad(random.between(0, 60))}`;
  return quoted(
    random,
    random.pick([
      `${date}-${day}`,
      date,
      `${date}-${day}T${time}:07Z`,
      `${date}-${day}T${time}:07.25+02:00`,
      `${date}-${day}T${time}Z`,
      `${date}-${day} ${time}`,
      `${date}-01`,
      `${date}-${day}T${time}:07.123456Z`,
      "21st August 2017",
      "Wednesday, 14 November 2018",
      "twenty-third of May",
      "2018-W46-3",
      "MMXVIII",
      time,
      "3:45 pm",
      "12:00 AM",
      "9/11/2001",
      "2024 366",
      "5th",
      "",
    ]),
  );
}
