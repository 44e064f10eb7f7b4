//! Numbers and identifiers.

use super::Refusal;
use super::arguments::Arguments;
use crate::query::Entropy;
use serde_json::Value;

/// `States.MathAdd(a, b)`: each argument is rounded before the sum.
pub(super) fn add(given: &Arguments) -> Result<Value, Refusal> {
    let [left, right] = given.exactly()?;
    let left = given.small_integer(left, "first number")?;
    let right = given.small_integer(right, "second number")?;
    match left.checked_add(right) {
        Some(sum) => Ok(Value::from(sum)),
        None => given.refuse("The sum needs more than 32 bits"),
    }
}

/// `States.MathRandom(from, to, seed?)`: an integer from `from` up to, but not including, `to`; the same for the same seed.
pub(super) fn random(given: &Arguments, entropy: &mut dyn Entropy) -> Result<Value, Refusal> {
    let (from, to, seed) = match given.values.as_slice() {
        [from, to] => (from, to, None),
        [from, to, seed] => (from, to, Some(given.integer(seed, "seed")?)),
        values => {
            return given.refuse(format!(
                "It takes 2 or 3 arguments but was given {}",
                values.len()
            ));
        }
    };
    let from = i64::from(given.small_integer(from, "first number")?);
    let to = i64::from(given.small_integer(to, "second number")?);
    let Some(width) = u64::try_from(to - from).ok().filter(|&width| width > 0) else {
        return given.refuse("The first number must be smaller than the second");
    };
    let bits = seed.map_or_else(|| entropy.next_u64(), |seed| mix(seed as u64));
    let offset = (u128::from(bits) * u128::from(width)) >> 64;
    Ok(Value::from(from + offset as i64))
}

/// Spreads a seed over sixty-four bits (the finaliser of SplitMix64).
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// `States.UUID()`, version 4.
pub(super) fn uuid(given: &Arguments, entropy: &mut dyn Entropy) -> Result<Value, Refusal> {
    let [] = given.exactly()?;
    let high = (entropy.next_u64() & 0xffff_ffff_ffff_0fff) | 0x4000;
    let low = (entropy.next_u64() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    let (first, second, third) = (high >> 32, (high >> 16) & 0xffff, high & 0xffff);
    let (fourth, fifth) = (low >> 48, low & 0xffff_ffff_ffff);
    Ok(Value::String(format!(
        "{first:08x}-{second:04x}-{third:04x}-{fourth:04x}-{fifth:012x}"
    )))
}
