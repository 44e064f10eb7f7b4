//! Aliases: names that lead to one version or share runs out between two; leading one back is how a pipeline is rolled back (feature map,
//! VER-04 to 08, WANT-13).

use super::Config;
use super::delete::{Deletion, Doomed};
use super::server::{About, Act, Server, State};
use super::versions::PUBLISH;
use crate::api::versions::{self, Alias, Route, number_of};
use crate::pages::parts;
use crate::session::Ask;
use crate::text::{common, config as text};
use crate::ui::{
    Button, ButtonLook, Choice, Dialog, Glyph, IconButton, NumberField, Select, TextField, give,
};
use leptos::prelude::*;

/// The choice of no second version.
const NONE: &str = "";

/// An alias that is made or changed.
#[derive(Debug, Clone, Copy)]
struct Form {
    open: RwSignal<bool>,
    /// The ARN of the alias; none for one that is made.
    arn: RwSignal<Option<String>>,
    name: RwSignal<String>,
    first: RwSignal<String>,
    second: RwSignal<String>,
    /// How many of a hundred runs the first version gets, while there is a second one.
    weight: RwSignal<u8>,
}

impl Form {
    fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            arn: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            first: RwSignal::new(String::new()),
            second: RwSignal::new(NONE.to_owned()),
            weight: RwSignal::new(100),
        }
    }

    /// Begins with an alias as it is, or with a new one that leads to the newest version.
    fn begin(self, alias: Option<&Alias>, newest: &str) {
        let routes = alias.map(|alias| alias.routing_configuration.as_slice());
        let route = |index: usize| routes.and_then(|routes| routes.get(index));
        let version = |index| route(index).map(|route| route.state_machine_version_arn.clone());
        self.arn
            .set(alias.map(|alias| alias.state_machine_alias_arn.clone()));
        self.name
            .set(alias.map(|alias| alias.name.clone()).unwrap_or_default());
        self.first
            .set(version(0).unwrap_or_else(|| newest.to_owned()));
        self.second.set(version(1).unwrap_or_default());
        self.weight.set(route(0).map_or(100, |route| route.weight));
        self.open.set(true);
    }

    fn routes(self) -> Vec<Route> {
        routes(&self.first.get(), &self.second.get(), self.weight.get())
    }

    /// What the server would refuse.
    fn fault(self) -> Option<String> {
        let name = self.name.get();
        let is_new = self.arn.read().is_none();
        let same = self.first.get() == self.second.get();
        match name_fault(&name).filter(|_| is_new) {
            Some(fault) => Some(fault),
            None => same.then(|| text::SAME_VERSION.to_owned()),
        }
    }
}

/// Where an alias leads: all runs to one version, or some of a hundred to each of two.
fn routes(first: &str, second: &str, weight: u8) -> Vec<Route> {
    let route = |version: &str, weight| Route {
        state_machine_version_arn: version.to_owned(),
        weight,
    };
    match second {
        NONE => vec![route(first, 100)],
        second => vec![route(first, weight), route(second, 100 - weight.min(100))],
    }
}

/// AWS's rule for names of aliases: 1 to 80 letters, digits, `_`, `-` and `.`, not digits alone.
fn name_fault(name: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let is_number = name.chars().all(|c| c.is_ascii_digit());
    match name.len() {
        0 => Some(text::ALIAS_UNNAMED.to_owned()),
        81.. => Some(text::ALIAS_TOO_LONG.to_owned()),
        _ if !name.chars().all(fits) => Some(text::ALIAS_CHARACTERS.to_owned()),
        _ if is_number => Some(text::ALIAS_NUMBER.to_owned()),
        _ => None,
    }
}

/// The button that makes an alias, as a selector.
pub(super) const NEW: &str = ".config .new-alias .btn";

/// The button that leads an alias elsewhere, as a selector.
fn lead_button(name: &str) -> String {
    format!(".config [data-alias=\"{name}\"] .btn:not(.icon)")
}

/// The button that deletes an alias, as a selector.
pub(super) fn delete_button(name: &str) -> String {
    format!(".config [data-alias=\"{name}\"] .btn.icon")
}

pub(super) fn part(config: Config, deletion: Deletion) -> impl IntoView {
    let form = Form::new();
    let server = config.server;
    let is_any = Memo::new(move |_| !server.versions.read().is_empty());
    config.answer(Ask::NewAlias, move || {
        if is_any.get_untracked() {
            begin(server, form);
        } else {
            // An alias leads to a version, so there must be one.
            give(PUBLISH);
        }
    });
    let list = move || match server.state.get() {
        State::Asked => {
            view! { <p class="t3" role="status">{common::ASKING_SERVER}</p> }.into_any()
        }
        State::Failed(_) => view! { <p class="t3">{text::ALIASES_UNKNOWN}</p> }.into_any(),
        State::Here if is_any.get() => listed(config, deletion, form).into_any(),
        State::Undeployed | State::Here => {
            view! { <p class="t3">{text::VERSION_FIRST}</p> }.into_any()
        }
    };
    let content = view! {
        {list}
        {move || server.refusal(&About::NewAlias).map(parts::refusal)}
        <Dialog open=form.open title=Signal::derive(move || title(form))>{dialog(config, form)}</Dialog>
    };
    super::part(text::ALIASES, text::ALIASES_HINT, content)
}

fn title(form: Form) -> String {
    match form.arn.read().as_deref() {
        None => text::NEW_ALIAS_TITLE.to_owned(),
        Some(arn) => text::lead_to(number_of(arn)),
    }
}

/// Begins an alias that leads to the newest version.
fn begin(server: Server, form: Form) {
    let versions = server.versions.read_untracked();
    let newest = versions.first().map(|version| version.arn.clone());
    form.begin(None, &newest.unwrap_or_default());
}

fn listed(config: Config, deletion: Deletion, form: Form) -> impl IntoView {
    let server = config.server;
    let is_none = Memo::new(move |_| server.aliases.read().is_empty());
    view! {
        <p class="t3" hidden=move || !is_none.get()>{text::NO_ALIASES}</p>
        <ul class="aliases" aria-label=text::ALIASES hidden=move || is_none.get()>
            <For each=move || server.aliases.get() key=|alias| alias.state_machine_alias_arn.clone() let:alias>{row(config, deletion, form, alias)}</For>
        </ul>
        <div class="new-alias"><Button label=text::NEW_ALIAS glyph=Glyph::Plus on_press=move || begin(server, form)/></div>
    }
}

fn row(config: Config, deletion: Deletion, form: Form, alias: Alias) -> impl IntoView {
    let server = config.server;
    let (name, arn) = (alias.name.clone(), alias.state_machine_alias_arn.clone());
    let about = About::Alias(arn.clone());
    // The row stays when the alias is led elsewhere, so that the focus stays in it.
    let present = Memo::new(move |before: Option<&Alias>| {
        let aliases = server.aliases.read();
        let found = aliases
            .iter()
            .find(|it| it.state_machine_alias_arn == alias.state_machine_alias_arn);
        found.or(before).unwrap_or(&alias).clone()
    });
    let refused = Memo::new(move |_| server.refusal(&about));
    view! {
        <li data-alias=name.clone()>
            <strong title=arn>{name.clone()}</strong>
            <span>{move || present.with(leads)}</span>
            <Button label=text::lead_elsewhere(&name) on_press=move || form.begin(Some(&present.get_untracked()), NONE)/>
            <IconButton label=text::delete_alias(&name) glyph=Glyph::Trash on_press=move || deletion.ask(Doomed::Alias(present.get_untracked()))/>
            {move || refused.get().map(parts::refusal)}
        </li>
    }
}

/// Where an alias leads, in words.
fn leads(alias: &Alias) -> String {
    let routes = alias.routing_configuration.iter();
    text::leads_to(routes.map(|route| (number_of(&route.state_machine_version_arn), route.weight)))
}

fn dialog(config: Config, form: Form) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let server = config.server;
    move || {
        // What is learnt of the versions while the dialog is open changes the lists alone, not what is being entered.
        let versions = Memo::new(move |_| choices(server));
        let others = Memo::new(move |_| {
            let none = Choice::new(NONE, text::NO_SECOND_VERSION);
            std::iter::once(none)
                .chain(versions.get())
                .collect::<Vec<_>>()
        });
        let fault = Memo::new(move |_| form.fault());
        let is_new = form.arn.read().is_none();
        let is_shared = Memo::new(move |_| form.second.get() != NONE);
        let share = move |weight: Option<f64>| form.weight.set(percent(weight));
        let send = move || {
            form.open.set(false);
            send(config, form);
        };
        view! {
            <div class="dialog-body">
                {is_new.then(|| view! {
                    <TextField label=common::NAME hint="name" value=form.name on_change=move |name: String| form.name.set(name.clone()) on_input=move |name: String| form.name.set(name)/>
                })}
                <Select label=text::VERSION hint="routingConfiguration[0].stateMachineVersionArn" choices=versions value=form.first on_change=move |version: String| form.first.set(version)/>
                <Select label=text::SECOND_VERSION hint="routingConfiguration[1].stateMachineVersionArn" choices=others value=form.second on_change=move |version: String| form.second.set(version)/>
                <Show when=move || is_shared.get()>
                    <NumberField label=text::WEIGHT hint="routingConfiguration[0].weight" unit="%" least=0.0 most=100.0 whole=true
                        value=Signal::derive(move || Some(f64::from(form.weight.get()))) on_change=share/>
                </Show>
                {move || fault.get().filter(|_| !form.name.read().is_empty()).map(|fault| view! { <p class="field-error" role="alert">{fault}</p> })}
            </div>
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=move || form.open.set(false)/>
                <Button label=if is_new { text::MAKE_ALIAS } else { text::LEAD_THERE } look=ButtonLook::Primary disabled=Signal::derive(move || fault.read().is_some()) on_press=send/>
            </footer>
        }
        .into_any()
    }
}

/// Makes the alias, or leads it elsewhere.
fn send(config: Config, form: Form) {
    let (arn, name) = (form.arn.get_untracked(), form.name.get_untracked());
    let routes = untrack(|| form.routes());
    let own = arn.as_deref().map_or(name.as_str(), number_of);
    let act = Act {
        about: arn.clone().map_or(About::NewAlias, About::Alias),
        from: NEW.to_owned(),
        goals: vec![lead_button(own), NEW.to_owned()],
    };
    config.server.act(act, async move {
        match arn {
            Some(arn) => {
                versions::lead_alias(&arn, &routes).await?;
                Ok(text::alias_led(number_of(&arn)))
            }
            None => {
                versions::create_alias(&name, &routes).await?;
                Ok(text::alias_made(&name))
            }
        }
    });
}

/// The versions that an alias can lead to; tracked.
fn choices(server: Server) -> Vec<Choice> {
    let choice = |version: &super::server::Version| {
        let words = match server.description(&version.arn) {
            Some(words) => text::described(&version.number, &words),
            None => version.number.clone(),
        };
        Choice::new(version.arn.clone(), words)
    };
    server.versions.read().iter().map(choice).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the field takes whole numbers up to a hundred"
)]
fn percent(weight: Option<f64>) -> u8 {
    weight.unwrap_or(100.0).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_leads_to_one_version_or_shares_runs_out_between_two() {
        let weights =
            |routes: Vec<Route>| -> Vec<u8> { routes.iter().map(|route| route.weight).collect() };
        assert_eq!(weights(routes("a", NONE, 30)), [100]);
        assert_eq!(weights(routes("a", "b", 30)), [30, 70]);
        assert_eq!(percent(Some(30.0)), 30);
        assert_eq!(percent(None), 100);
    }

    #[test]
    fn a_name_of_an_alias_is_no_number_and_has_no_spaces() {
        assert_eq!(name_fault("PROD-1.a"), None);
        for name in ["", "12", "a b", "ü", &"x".repeat(81)] {
            assert!(name_fault(name).is_some(), "{name}");
        }
    }
}
