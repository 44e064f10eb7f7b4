//! Clock and chance, from JavaScript.

use jsonata::Host;

/// The clock and the random numbers of whatever runs JavaScript.
#[derive(Debug)]
pub(crate) struct Browser;

impl Host for Browser {
    fn now_millis(&mut self) -> f64 {
        js_sys::Date::now()
    }

    /// `Math.random` gives 52 bits; two of them make 64. It is not for secrets, and JSONata's random functions are not either.
    fn next_u64(&mut self) -> u64 {
        const HALF: f64 = 4_294_967_296.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 up to 2^32"
        )]
        let half = || (js_sys::Math::random() * HALF) as u64;
        (half() << 32) | half()
    }
}
