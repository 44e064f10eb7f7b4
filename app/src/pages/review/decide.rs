//! The answer to a question: name, comment, two buttons, and a second look before it counts.

use super::approval::Here;
use super::reviewer;
use crate::api::{ApiError, Review, studio};
use crate::pages::parts::{self, Load};
use crate::pages::words;
use crate::text::pages::review as says;
use crate::ui::Glyph;
use asl::approval::{Unexplained, Verdict};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a person typed, and what is under way.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    comment: RwSignal<String>,
    name_fault: RwSignal<Option<String>>,
    comment_fault: RwSignal<Option<String>>,
    /// The answer that waits for its second look.
    chosen: RwSignal<Option<Verdict>>,
    sending: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
    name_field: NodeRef<html::Input>,
    comment_field: NodeRef<html::Textarea>,
    dialog: NodeRef<html::Dialog>,
}

impl Form {
    fn new() -> Self {
        Self {
            name: RwSignal::new(reviewer::remembered()),
            comment: RwSignal::new(String::new()),
            name_fault: RwSignal::new(None),
            comment_fault: RwSignal::new(None),
            chosen: RwSignal::new(None),
            sending: RwSignal::new(false),
            fault: RwSignal::new(None),
            name_field: NodeRef::new(),
            comment_field: NodeRef::new(),
            dialog: NodeRef::new(),
        }
    }

    /// Says what is missing and moves the focus there, or opens the second look.
    fn choose(self, answer: Verdict, reviewers: &[String]) {
        let name = self.name.get_untracked();
        self.name_fault.set(name_fault(&name, reviewers));
        let comment = answer.comment(&self.comment.read_untracked());
        let missing = comment.is_err();
        let fault = comment.err().map(|Unexplained| says::NO_COMMENT.to_owned());
        self.comment_fault.set(fault);
        if self.name_fault.get_untracked().is_some() {
            focus(self.name_field.get_untracked());
        } else if missing {
            focus(self.comment_field.get_untracked());
        } else {
            self.fault.set(None);
            self.chosen.set(Some(answer));
            if let Some(dialog) = self.dialog.get_untracked() {
                let _ = dialog.show_modal();
            }
        }
    }

    /// Ends the second look. News of the answer may have taken the form away meanwhile.
    fn close(self) {
        if let Some(dialog) = self.dialog.try_get_untracked().flatten() {
            dialog.close();
        }
    }
}

fn focus(element: Option<impl std::ops::Deref<Target = web_sys::HtmlElement>>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// What is wrong with the name of the person who decides.
fn name_fault(name: &str, reviewers: &[String]) -> Option<String> {
    if name.trim().is_empty() {
        return Some(says::NO_NAME.to_owned());
    }
    (!reviewer::may_decide(reviewers, name)).then(|| says::only(reviewers))
}

/// The panel in which a review is answered.
#[component]
pub(super) fn Decide(
    review: StoredValue<Review>,
    store: RwSignal<Load<Review>>,
    here: RwSignal<Here>,
) -> impl IntoView {
    let form = Form::new();
    let review = review.get_value();
    let send = {
        let id = review.id.clone();
        move || send(form, id.clone(), store, here)
    };
    let causes = (review.if_approved.clone(), review.if_rejected.clone());
    view! {
        <aside class="card decide" aria-label=says::DECISION>
            {name_field(form)}
            {comment_field(form)}
            {buttons(form, &review)}
            {who(form, &review.reviewers)}
            <p class="audit">
                {parts::icon(Glyph::Lock)}
                <span>{says::RECORD}</span>
            </p>
            {second_look(form, causes, send)}
        </aside>
    }
}

fn name_field(form: Form) -> impl IntoView {
    view! {
        <label>
            <b>{says::NAME}</b>
            <input
                type="text"
                autocomplete="name"
                maxlength="120"
                bind:value=form.name
                node_ref=form.name_field
                aria-invalid=move || form.name_fault.get().is_some().to_string()
            />
            {move || form.name_fault.get().map(|t| view! { <span class="fault" role="alert">{t}</span> })}
        </label>
    }
}

fn comment_field(form: Form) -> impl IntoView {
    view! {
        <label>
            <b>{says::COMMENT_BEFORE_HINT}<span>{says::COMMENT_HINT}</span></b>
            <textarea
                placeholder=says::COMMENT_EXAMPLE
                maxlength="2000"
                bind:value=form.comment
                node_ref=form.comment_field
                aria-invalid=move || form.comment_fault.get().is_some().to_string()
            ></textarea>
            {move || form.comment_fault.get().map(|t| view! { <span class="fault" role="alert">{t}</span> })}
        </label>
    }
}

fn buttons(form: Form, review: &Review) -> impl IntoView + use<> {
    let (for_approve, for_reject) = (review.reviewers.clone(), review.reviewers.clone());
    let small = |text: &Option<String>| text.clone().map(|t| view! { <small>{t}</small> });
    let busy = move || form.sending.get();
    view! {
        <div class="two">
            <button
                class="btn primary big"
                disabled=busy
                on:click=move |_| form.choose(Verdict::Approve, &for_approve)
            >
                {parts::icon(Glyph::Check)}<strong>{says::APPROVE}</strong>{small(&review.if_approved)}
            </button>
            <button
                class="btn big"
                disabled=busy
                on:click=move |_| form.choose(Verdict::Reject, &for_reject)
            >
                {parts::icon(Glyph::Cross)}<strong>{says::REJECT}</strong>{small(&review.if_rejected)}
            </button>
        </div>
    }
}

fn who(form: Form, reviewers: &[String]) -> impl IntoView + use<> {
    let title = says::who(reviewers.len());
    let people: Vec<_> = reviewers
        .iter()
        .cloned()
        .map(|name| person(form, name))
        .collect();
    view! {
        <div class="who">
            <h2>{title}</h2>
            {(!people.is_empty()).then(|| view! { <ul>{people}</ul> })}
        </div>
    }
}

fn person(form: Form, name: String) -> impl IntoView {
    let initials = words::initials(&name);
    let known = name.clone();
    let me = Memo::new(move |_| reviewer::same(&known, &form.name.read()));
    view! {
        <li>
            <span class="avatar" class:me=me>{initials}</span>
            <span class:med=me>{name}</span>
            {move || me.get().then(|| view! { <span class="end t3">{says::YOU}</span> })}
        </li>
    }
}

fn second_look(
    form: Form,
    causes: (Option<String>, Option<String>),
    send: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let approving = move || form.chosen.get() == Some(Verdict::Approve);
    let cause = move || {
        if approving() {
            causes.0.clone()
        } else {
            causes.1.clone()
        }
    };
    view! {
        <dialog class="dialog second-look" node_ref=form.dialog aria-labelledby="second-look-title">
            <h2 id="second-look-title">{move || if approving() { says::APPROVE_QUESTION } else { says::REJECT_QUESTION }}</h2>
            {move || cause().map(|c| view! { <p>{says::EFFECT_BEFORE}<strong>{c}</strong></p> })}
            <p class="t2">{move || says::recorded(form.name.get().trim())}</p>
            {move || form.fault.get().map(|t| view! { <p class="fault" role="alert">{t}</p> })}
            <div class="dialog-buttons">
                <button class="btn" disabled=move || form.sending.get() on:click=move |_| form.close()>{says::GO_BACK}</button>
                <button class="btn primary" disabled=move || form.sending.get() on:click=move |_| send()>
                    {move || match (form.sending.get(), approving()) {
                        (true, _) => says::RECORDING,
                        (false, true) => says::APPROVE_NOW,
                        (false, false) => says::REJECT_NOW,
                    }}
                </button>
            </div>
        </dialog>
    }
}

fn send(form: Form, id: String, store: RwSignal<Load<Review>>, here: RwSignal<Here>) {
    let Some(answer) = form.chosen.get_untracked() else {
        return;
    };
    let (name, comment) = (form.name.get_untracked(), form.comment.get_untracked());
    reviewer::remember(&name);
    form.sending.set(true);
    // Set before the answer is on its way, since the news of it can be quicker than the answer itself.
    here.set(Here::Decided);
    spawn_local(async move {
        let result = studio::decide(&id, answer, &name, &comment).await;
        let _ = form.sending.try_set(false);
        match result {
            Ok(review) => {
                form.close();
                let _ = store.try_set(Load::Here(review));
            }
            Err(error) => refused(form, &error, &id, store, here).await,
        }
    });
}

/// Tells why an answer was not taken. When the review is decided or gone, the page shows that instead.
async fn refused(
    form: Form,
    error: &ApiError,
    id: &str,
    store: RwSignal<Load<Review>>,
    here: RwSignal<Here>,
) {
    let over = matches!(error.code(), "already_decided" | "gone");
    let _ = here.try_set(if over { Here::Beaten } else { Here::Nothing });
    if over {
        form.close();
        let _ = store.try_set(studio::review(id).await.into());
        return;
    }
    let _ = form.fault.try_set(Some(error.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_needed_and_must_be_on_the_list() {
        let reviewers = ["Ada".to_owned(), "Ben".to_owned()];
        assert!(name_fault(" ", &reviewers).is_some());
        assert_eq!(
            name_fault("Eve", &reviewers).as_deref(),
            Some("Only Ada or Ben may decide this.")
        );
        assert_eq!(name_fault("ben", &reviewers), None);
        assert_eq!(name_fault("Eve", &[]), None);
    }
}
