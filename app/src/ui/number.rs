//! Fields for numbers with a unit.

use super::field::{Field, is_new};
use super::{fresh_id, note::Notes};
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::prelude::*;

/// Reads an entry: empty is no value, otherwise a number within the limits.
fn read(entry: &str, least: f64, most: f64, whole: bool) -> Result<Option<f64>, String> {
    let entry = entry.trim();
    if entry.is_empty() {
        return Ok(None);
    }
    let number: f64 = entry.parse().map_err(|_| text::not_a_number(entry))?;
    if !number.is_finite() {
        return Err(text::not_a_number(entry));
    }
    if whole && number.fract() != 0.0 {
        return Err(text::NOT_WHOLE.to_owned());
    }
    if number < least || number > most {
        return Err(text::out_of_range(least, most));
    }
    Ok(Some(number))
}

/// The shortest form of a number.
fn show(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A number. Tells its value when the entry is done; a wrong entry stays with a message and changes nothing.
#[component]
pub fn NumberField(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// Takes a finished entry; none when it was emptied.
    #[prop(into)]
    on_change: UnsyncCallback<Option<f64>>,
    /// The unit after it.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty: what counts then.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// The least value.
    #[prop(default = 0.0)]
    least: f64,
    /// The greatest value.
    #[prop(default = 99_999_999.0)]
    most: f64,
    /// Whether fractions are refused.
    #[prop(default = true)]
    whole: bool,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
) -> impl IntoView {
    let id = fresh_id("number");
    let error = RwSignal::new(None::<String>);
    let take =
        move |event: web_sys::Event| match read(&event_target_value(&event), least, most, whole) {
            Ok(number) => {
                error.set(None);
                if is_new(value, &number) {
                    on_change.run(number);
                }
            }
            Err(message) => error.set(Some(message)),
        };
    Effect::new(move || {
        value.track();
        error.set(None);
    });
    view! {
        <Field id=id.clone() label=label hint=hint error=error notes=notes>
            <div class="field" class:bad=move || error.with(Option::is_some) || notes.is_bad()>
                <input
                    id=id.clone()
                    type="text"
                    inputmode=if whole { "numeric" } else { "decimal" }
                    autocomplete="off"
                    placeholder=move || placeholder.get()
                    aria-describedby=Notes::described(&id)
                    aria-invalid=move || (error.with(Option::is_some) || notes.is_bad()).to_string()
                    prop:value=move || show(value.get())
                    on:change=take
                />
                <span class="unit">{move || unit.get()}</span>
            </div>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_entry_is_no_value() {
        assert_eq!(read("  ", 0.0, 9.0, true), Ok(None));
    }

    #[test]
    fn words_fractions_and_numbers_out_of_range_are_refused_with_a_reason() {
        assert!(read("soon", 0.0, 9.0, true).is_err_and(|why| why.contains("not a number")));
        assert!(read("1.5", 0.0, 9.0, true).is_err_and(|why| why.contains("whole")));
        assert!(read("10", 0.0, 9.0, true).is_err_and(|why| why.contains("from 0 to 9")));
        assert!(read("NaN", 0.0, 9.0, false).is_err());
    }

    #[test]
    fn numbers_are_shown_without_needless_zeros() {
        assert_eq!(show(Some(2.0)), "2");
        assert_eq!(show(Some(1.5)), "1.5");
        assert_eq!(show(None), "");
    }
}
