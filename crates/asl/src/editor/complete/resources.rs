//! What can do a task's work: integrations in all their ways to wait, and resources that are known to exist.

use super::offer::Offer;
use super::{CompletionKind, Place};
use crate::catalog::{self, Action, Pattern};
use crate::check::fields::Kind;

pub(super) fn offers(place: &Place<'_>, kind: Kind) -> Vec<Offer> {
    match kind {
        Kind::ItemReader => map_data(catalog::readers()),
        Kind::ResultWriter => map_data(catalog::writers()),
        _ => tasks(place),
    }
}

fn map_data(actions: &[Action]) -> Vec<Offer> {
    let offer = |action: &Action| {
        let service = action.service().map_or(action.service, |it| it.name);
        Offer::text(CompletionKind::Resource, action.resource(Pattern::Request)).detail(service)
    };
    actions.iter().map(offer).collect()
}

fn tasks(place: &Place<'_>) -> Vec<Offer> {
    let known = place.knowledge.resources.iter().map(|(arn, words)| {
        Offer::text(CompletionKind::Resource, arn.as_str()).detail(words.as_str())
    });
    let calls = catalog::optimized().flat_map(|action| {
        action
            .patterns
            .iter()
            .map(move |pattern| call(action, *pattern))
    });
    known.chain(calls).chain(forms()).collect()
}

fn call(action: &Action, pattern: Pattern) -> Offer {
    let service = action
        .service()
        .map_or(action.service, |service| service.name);
    let often = matches!(action.service, "lambda" | "sagemaker" | "states");
    Offer::text(CompletionKind::Resource, action.resource(pattern))
        .detail(service)
        .documentation(pattern.words())
        .rank(if often { 1 } else { 2 })
}

/// ARNs to fill in.
fn forms() -> impl Iterator<Item = Offer> {
    let forms = [
        (
            "Lambda function",
            "arn:aws:lambda:«us-east-1»:«123456789012»:function:«name»",
            "A function, called by its ARN.",
        ),
        (
            "Activity",
            "arn:aws:states:«us-east-1»:«123456789012»:activity:«name»",
            "Work that people or programs of your own fetch.",
        ),
        (
            "SDK call",
            "arn:aws:states:::aws-sdk:«service»:«call»",
            "Any call of any AWS service.",
        ),
    ];
    forms.into_iter().map(|(label, arn, words)| {
        Offer::whole(CompletionKind::Resource, label, format!("\"{arn}\""))
            .documentation(words)
            .rank(3)
    })
}
