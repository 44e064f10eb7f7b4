//! The JSONPath queries of a definition: every path that is evaluated, with its place in the text.

use super::fields::{Kind, Language};
use super::rules::templates;
use super::shape::{QueryShape, Shape};
use super::view::{Place, View};
use super::walk;
use crate::query::{Intrinsic, Path, intrinsic_paths};
use crate::text::{Node, Pointer};

/// A text that is a path, or a function call with paths in it.
pub(super) struct Query<'a> {
    /// The object that holds it, by position among the places.
    pub(super) place: usize,
    /// The field of that object.
    pub(super) field: &'a str,
    pub(super) pointer: Pointer,
    pub(super) node: &'a Node,
    pub(super) paths: Vec<Path>,
}

/// All queries that can be read, in the order of the places. What a placeholder stands in, nobody can read.
pub(super) fn all<'a>(view: &View<'a>) -> Vec<Query<'a>> {
    let mut found = Vec::new();
    for (index, place) in view.places.iter().enumerate() {
        if place.language == Language::JsonPath {
            fields(view, index, place, &mut found);
            for field in templates(place.kind) {
                template(view, index, place, field, &mut found);
            }
        }
    }
    found
}

fn fields<'a>(view: &View<'a>, index: usize, place: &Place<'a>, found: &mut Vec<Query<'a>>) {
    for member in place.node.members() {
        let shape = place.kind.field(&member.key).map(|field| field.shape);
        // `ResultPath` is written to, not read.
        let is_query =
            matches!(shape, Some(Shape::Query(query)) if query != QueryShape::ResultPath);
        if let Some(paths) = Some(&member.value)
            .filter(|_| is_query)
            .and_then(|node| read(view, node))
        {
            found.push(Query {
                place: index,
                field: &member.key,
                pointer: place.pointer.join(&*member.key),
                node: &member.value,
                paths,
            });
        }
    }
}

fn template<'a>(
    view: &View<'a>,
    index: usize,
    place: &Place<'a>,
    field: &'static str,
    found: &mut Vec<Query<'a>>,
) {
    let Some(template) = place.node.field(field) else {
        return;
    };
    walk::each(template, |way, node| {
        for member in node
            .members()
            .iter()
            .filter(|member| member.key.ends_with(".$"))
        {
            if let Some(paths) = read(view, &member.value) {
                found.push(Query {
                    place: index,
                    field,
                    pointer: way.pointer(&place.pointer.join(field)).join(&*member.key),
                    node: &member.value,
                    paths,
                });
            }
        }
    });
}

fn read(view: &View<'_>, node: &Node) -> Option<Vec<Path>> {
    let text = node.as_str().filter(|text| !view.is_open_text(text))?;
    if text.starts_with('$') {
        return Path::parse(text).ok().map(|path| vec![path]);
    }
    Intrinsic::parse(text)
        .ok()
        .map(|call| intrinsic_paths(&call))
}

impl Query<'_> {
    /// The only path, when the query is a path and no call.
    pub(super) fn only_path(&self) -> Option<&Path> {
        let text = self.node.as_str()?;
        self.paths.first().filter(|_| text.starts_with('$'))
    }

    /// What kind of object holds it.
    pub(super) fn kind(&self, view: &View<'_>) -> Option<Kind> {
        view.places.get(self.place).map(|place| place.kind)
    }
}
