//! The JSONPath queries of a definition: every path that is evaluated, with its place in the text.

use super::fields::{Kind, Language};
use super::rules::templates;
use super::shape::{QueryShape, Shape};
use super::view::{Place, View};
use super::walk;
use crate::query::{Intrinsic, Path, intrinsic_paths};
use crate::text::{Member, Node, Pointer};
use rustc_hash::FxHashMap;

/// A text that is a path, or a function call with paths in it.
pub(super) struct Query<'a> {
    /// The object that holds it, by position among the places.
    pub(super) place: usize,
    /// The field of that object.
    pub(super) field: &'a str,
    pub(super) node: &'a Node,
    pub(super) paths: Vec<Path>,
    /// The value of that field, and the way from there in numbers: few queries are ever pointed at.
    value: &'a Node,
    way: Box<[usize]>,
}

/// All queries that can be read, each read once.
#[derive(Default)]
pub(super) struct Queries<'a> {
    /// In the order of the places.
    all: Vec<Query<'a>>,
    /// The position of each by the place of its text in memory.
    by_node: FxHashMap<*const Node, usize>,
    /// The paths in `ResultPath`, which is written to.
    written: FxHashMap<*const Node, Path>,
}

impl<'a> Queries<'a> {
    /// What a placeholder stands in, nobody can read.
    pub(super) fn of(view: &View<'a>) -> Self {
        let mut found = Self::default();
        for (index, place) in view.places.iter().enumerate() {
            if place.language == Language::JsonPath {
                found.fields(view, index, place);
                for field in templates(place.kind) {
                    if let Some(member) = place.node.member(field) {
                        found.template(view, index, member);
                    }
                }
            }
        }
        found
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Query<'a>> {
        self.all.iter()
    }

    /// Whether a text is among them, so that nothing is wrong with it.
    pub(super) fn is_read(&self, node: &Node) -> bool {
        self.by_node.contains_key(&std::ptr::from_ref(node))
    }

    /// The path that a text is; none when it is no path, or is not among them.
    pub(super) fn path(&self, node: &Node) -> Option<&Path> {
        let node = std::ptr::from_ref(node);
        match self.by_node.get(&node) {
            Some(index) => self.all.get(*index).and_then(Query::only_path),
            None => self.written.get(&node),
        }
    }

    fn fields(&mut self, view: &View<'a>, place: usize, holder: &Place<'a>) {
        for (member, field) in holder.members() {
            match field.map(|field| field.shape) {
                Some(Shape::Query(QueryShape::ResultPath)) => {
                    let text = member.value.as_str();
                    let path = text.and_then(|text| Path::parse(text).ok());
                    self.written
                        .extend(path.map(|path| (std::ptr::from_ref(&member.value), path)));
                }
                Some(Shape::Query(_)) => {
                    self.add(view, place, member, &member.value, Box::default);
                }
                Some(_) | None => {}
            }
        }
    }

    fn template(&mut self, view: &View<'a>, place: usize, template: &'a Member) {
        walk::each(&template.value, |way, node| {
            for (index, member) in node.members().iter().enumerate() {
                if member.key.ends_with(".$") {
                    let way = || way.numbers().chain([index]).collect();
                    self.add(view, place, template, &member.value, way);
                }
            }
        });
    }

    /// Adds a text in a field of a place, when it can be read.
    fn add(
        &mut self,
        view: &View<'a>,
        place: usize,
        field: &'a Member,
        node: &'a Node,
        way: impl FnOnce() -> Box<[usize]>,
    ) {
        let Some(paths) = read(view, node) else {
            return;
        };
        self.by_node.insert(node, self.all.len());
        self.all.push(Query {
            place,
            field: &field.key,
            node,
            paths,
            value: &field.value,
            way: way(),
        });
    }
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
    /// Where it stands in the definition.
    pub(super) fn pointer(&self, view: &View<'_>) -> Pointer {
        let holder = view.places.get(self.place);
        let field = holder.map(|place| place.pointer.join(self.field));
        walk::pointer(field.unwrap_or_default(), self.value, &self.way)
    }

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
