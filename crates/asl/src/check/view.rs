//! A definition as the rules see it: walked once, with everything that they ask for again and again.

use super::expressions::Expression;
use super::fields::{Field, Kind, Language};
use super::paths::Queries;
use super::{MachineType, Stage};
use crate::graph::{self, BlockIx, Outline, Parts, Role, StateIx, StateNode, Transition};
use crate::text::{Document, Member, Node, Pointer, Style, TextEdit, placeholders};
use jsonata::Use;

/// A walked definition.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) machine_type: MachineType,
    pub(super) stage: Stage,
    /// How the text is written.
    pub(super) style: Style,
    /// The machine's own language.
    pub(super) language: Language,
    pub(super) outline: &'a Outline,
    /// The object of each block.
    pub(super) blocks: Vec<&'a Node>,
    /// The member of each state.
    pub(super) states: Vec<&'a Member>,
    /// Every object whose fields are known.
    pub(super) places: Vec<Place<'a>>,
    /// Every JSONPath query that is evaluated.
    pub(super) queries: Queries<'a>,
    /// Every JSONata expression that is evaluated.
    expressions: &'a [Expression<'a>],
    /// What each of them reads and calls.
    uses: Vec<Vec<Use<'a>>>,
}

/// An object whose fields are known.
pub(super) struct Place<'a> {
    pub(super) kind: Kind,
    pub(super) node: &'a Node,
    pub(super) pointer: Pointer,
    /// The language that holds in it.
    pub(super) language: Language,
    /// The state that it belongs to, or is.
    pub(super) state: Option<StateIx>,
    /// What the language knows of each member of `node`.
    fields: Box<[Option<&'static Field>]>,
}

impl<'a> Place<'a> {
    /// Its members, each with what the language knows of such a field.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a Member, Option<&'static Field>)> {
        self.node.members().iter().zip(self.fields.iter().copied())
    }
}

/// A state with its text.
#[derive(Clone, Copy)]
pub(super) struct State<'v, 'a> {
    pub(super) ix: StateIx,
    pub(super) outline: &'v StateNode,
    pub(super) node: &'a Node,
}

impl<'a> View<'a> {
    /// `outline` is that of `document`.
    pub(super) fn of(
        document: &'a Document,
        outline: &'a Outline,
        machine_type: MachineType,
        stage: Stage,
    ) -> Self {
        let Parts { blocks, states } = graph::parts(document, outline);
        let language = document.root().map_or(Language::JsonPath, |root| {
            own_language(root, Language::JsonPath)
        });
        let style = document.style();
        let mut view = Self {
            document,
            machine_type,
            stage,
            style,
            language,
            outline,
            blocks,
            states,
            places: Vec::new(),
            queries: Queries::default(),
            expressions: &[],
            uses: Vec::new(),
        };
        view.places = Walk {
            language,
            places: Vec::new(),
        }
        .all(&view);
        view.queries = Queries::of(&view);
        view
    }

    /// The same with its expressions, which [`super::expressions::all`] reads.
    pub(super) fn with(self, expressions: &'a [Expression<'a>]) -> Self {
        Self {
            expressions,
            uses: expressions.iter().map(Expression::uses).collect(),
            ..self
        }
    }

    /// The expressions, each with what it reads and calls.
    pub(super) fn expressions(&self) -> impl Iterator<Item = (&'a Expression<'a>, &[Use<'a>])> {
        let uses = self.uses.iter().map(Vec::as_slice);
        self.expressions.iter().zip(uses)
    }

    /// All states with their text.
    pub(super) fn states(&self) -> impl Iterator<Item = State<'_, 'a>> {
        self.outline
            .states
            .iter()
            .zip(&self.states)
            .enumerate()
            .map(|(index, (outline, member))| State {
                ix: StateIx(index),
                outline,
                node: &member.value,
            })
    }
    /// The language of a state.
    pub(super) fn language_of(&self, state: &Node) -> Language {
        own_language(state, self.language)
    }
    /// The name of a state, quoted, for messages.
    pub(super) fn name(&self, state: Option<StateIx>) -> String {
        let state = state.and_then(|ix| self.outline.state(ix));
        state.map_or_else(
            || "The workflow".to_owned(),
            |state| format!("\"{}\"", state.name),
        )
    }
    /// Whether the target of a transition is reached in another way, too: without one it would be lost.
    pub(super) fn is_reached_otherwise(&self, state: StateIx, role: Role) -> bool {
        let Some(from) = self.outline.state(state) else {
            return false;
        };
        let to = from.transitions.iter().find(|way| way.role == role);
        let Some(to) = to.and_then(|way| way.to) else {
            return true;
        };
        let block = self.outline.block(from.block);
        let is_other = |ix: StateIx, way: &Transition| {
            way.to == Some(to) && ix != to && (ix != state || way.role != role)
        };
        block.is_some_and(|block| {
            let ways = block
                .states
                .iter()
                .filter_map(|ix| Some((*ix, self.outline.state(*ix)?)));
            block.start == Some(to)
                || ways
                    .into_iter()
                    .any(|(ix, node)| node.transitions.iter().any(|way| is_other(ix, way)))
        })
    }
    /// Edits that let two values change places.
    pub(super) fn exchanged(&self, left: &Node, right: &Node) -> Vec<TextEdit> {
        vec![
            TextEdit::new(left.span, self.document.slice(right.span)),
            TextEdit::new(right.span, self.document.slice(left.span)),
        ]
    }
    /// Whether only a deployment knows the value.
    pub(super) fn is_open(&self, node: &Node) -> bool {
        self.stage == Stage::Template && node.is_placeholder()
    }
    /// Whether only a deployment knows what the text says.
    pub(super) fn is_open_text(&self, text: &str) -> bool {
        self.stage == Stage::Template && placeholders(text).next().is_some()
    }
    /// Whether the start of a block, or one of its transitions, may lead anywhere.
    pub(super) fn leads_anywhere(&self, ix: BlockIx) -> bool {
        let open = |node: &Node, field| node.field(field).is_some_and(|value| self.is_open(value));
        let leads = |state: &Node| {
            let lists = ["Choices", "Catch"].map(|list| state.field(list).map(Node::elements));
            let mut ways = lists.into_iter().flatten().flatten();
            self.is_open(state)
                || ["Next", "Default", "Choices", "Catch"]
                    .iter()
                    .any(|field| open(state, field))
                || ways.any(|way| self.is_open(way) || open(way, "Next"))
        };
        self.blocks
            .get(ix.0)
            .is_some_and(|block| open(block, "StartAt"))
            || self.nodes_of(ix).any(leads)
    }
    /// Whether a state of a block may be its last.
    pub(super) fn may_end(&self, ix: BlockIx) -> bool {
        let open = |node: &Node, field| node.field(field).is_some_and(|value| self.is_open(value));
        self.nodes_of(ix)
            .any(|state| self.is_open(state) || open(state, "End") || open(state, "Type"))
    }

    /// The states of a block.
    fn nodes_of(&self, ix: BlockIx) -> impl Iterator<Item = &'a Node> {
        let block = self.outline.blocks.get(ix.0);
        let states = block.into_iter().flat_map(|block| &block.states);
        states.filter_map(|state| self.states.get(state.0).map(|member| &member.value))
    }
    /// The blocks, by position.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (BlockIx, &graph::Block, &'a Node)> {
        self.outline
            .blocks
            .iter()
            .zip(&self.blocks)
            .enumerate()
            .map(|(index, (block, node))| (BlockIx(index), block, *node))
    }
}

/// Every value of `QueryLanguage` but the exact word JSONPath means JSONata.
fn own_language(node: &Node, default: Language) -> Language {
    match node.field("QueryLanguage") {
        None => default,
        Some(value) if value.as_str() == Some("JSONPath") => Language::JsonPath,
        Some(_) => Language::Jsonata,
    }
}

struct Walk<'a> {
    language: Language,
    places: Vec<Place<'a>>,
}

impl<'a> Walk<'a> {
    fn all(mut self, view: &View<'a>) -> Vec<Place<'a>> {
        for (_, block, node) in view.blocks() {
            let owner = block.owner.and_then(|ix| view.outline.state(ix));
            let is_branch =
                owner.is_some_and(|_| {
                    block.pointer.0.last().is_some_and(|step| {
                        step.name() != "ItemProcessor" && step.name() != "Iterator"
                    })
                });
            let kind = match owner {
                None => Kind::Machine,
                Some(_) if is_branch => Kind::Branch,
                Some(_) => Kind::Processor,
            };
            self.push(
                kind,
                node,
                block.pointer.clone(),
                self.language,
                block.owner,
            );
            self.inner(
                node,
                &block.pointer,
                "ProcessorConfig",
                Kind::ProcessorConfig,
                self.language,
                block.owner,
            );
        }
        for state in view.states() {
            self.state(state, view.language_of(state.node));
        }
        self.places
    }

    fn state(&mut self, state: State<'_, 'a>, language: Language) {
        let (node, pointer, ix) = (state.node, &state.outline.pointer, Some(state.ix));
        let kind = state.outline.kind.map_or(Kind::UntypedState, Kind::State);
        self.push(kind, node, pointer.clone(), language, ix);
        self.elements(node, pointer, "Retry", Kind::Retrier, language, ix);
        self.elements(node, pointer, "Catch", Kind::Catcher, language, ix);
        self.rules(node, pointer, language, ix);
        let map = [
            (
                "ItemReader",
                Kind::ItemReader,
                ("ReaderConfig", Kind::ReaderConfig),
            ),
            (
                "ResultWriter",
                Kind::ResultWriter,
                ("WriterConfig", Kind::WriterConfig),
            ),
        ];
        for (field, kind, (inner_field, inner_kind)) in map {
            self.inner(node, pointer, field, kind, language, ix);
            if let Some(inner) = node.field(field) {
                self.inner(
                    inner,
                    &pointer.join(field),
                    inner_field,
                    inner_kind,
                    language,
                    ix,
                );
            }
        }
        self.inner(
            node,
            pointer,
            "ItemBatcher",
            Kind::ItemBatcher,
            language,
            ix,
        );
    }

    /// The rules of a Choice, and those inside them; a list of what is still to do stands for the call stack.
    fn rules(
        &mut self,
        state: &'a Node,
        pointer: &Pointer,
        language: Language,
        ix: Option<StateIx>,
    ) {
        let mut open: Vec<(&'a Node, Pointer, Kind)> = Vec::new();
        let add = |open: &mut Vec<_>, list: Option<&'a Node>, at: Pointer, kind| {
            let rules = list.map(Node::elements).unwrap_or_default();
            open.extend(
                rules
                    .iter()
                    .enumerate()
                    .map(|(index, rule)| (rule, at.join(index), kind)),
            );
        };
        add(
            &mut open,
            state.field("Choices"),
            pointer.join("Choices"),
            Kind::Rule,
        );
        while let Some((rule, at, kind)) = open.pop() {
            for field in ["And", "Or"] {
                add(
                    &mut open,
                    rule.field(field),
                    at.join(field),
                    Kind::InnerRule,
                );
            }
            open.extend(
                rule.field("Not")
                    .map(|inner| (inner, at.join("Not"), Kind::InnerRule)),
            );
            self.push(kind, rule, at, language, ix);
        }
    }

    fn elements(
        &mut self,
        node: &'a Node,
        pointer: &Pointer,
        field: &str,
        kind: Kind,
        language: Language,
        state: Option<StateIx>,
    ) {
        let list = node.field(field).map(Node::elements).unwrap_or_default();
        for (index, item) in list.iter().enumerate() {
            self.push(kind, item, pointer.join(field).join(index), language, state);
        }
    }

    fn inner(
        &mut self,
        node: &'a Node,
        pointer: &Pointer,
        field: &str,
        kind: Kind,
        language: Language,
        state: Option<StateIx>,
    ) {
        if let Some(inner) = node.field(field) {
            self.push(kind, inner, pointer.join(field), language, state);
        }
    }

    fn push(
        &mut self,
        kind: Kind,
        node: &'a Node,
        pointer: Pointer,
        language: Language,
        state: Option<StateIx>,
    ) {
        if node.is_object() {
            let members = node.members().iter();
            self.places.push(Place {
                kind,
                node,
                pointer,
                language,
                state,
                fields: members.map(|member| kind.field(&member.key)).collect(),
            });
        }
    }
}
