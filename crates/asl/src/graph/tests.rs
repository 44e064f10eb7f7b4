use super::*;
use std::fmt::Write;

fn outline(text: &str) -> Outline {
    Outline::of(&Document::parse(text))
}
fn names(outline: &Outline, states: impl IntoIterator<Item = StateIx>) -> Vec<String> {
    let mut names: Vec<_> = states
        .into_iter()
        .map(|ix| outline.state(ix).unwrap().name.to_string())
        .collect();
    names.sort();
    names
}
fn ix(outline: &Outline, name: &str) -> StateIx {
    StateIx(
        outline
            .states
            .iter()
            .position(|state| &*state.name == name)
            .unwrap(),
    )
}

const NESTED: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Parallel", "Next": "C", "Retry": [{}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}],
      "Branches": [
        {"StartAt": "B1", "States": {"B1": {"Type": "Map", "End": true,
           "ItemProcessor": {"StartAt": "M", "States": {"M": {"Type": "Pass", "Next": "C"}}}}}},
        {"StartAt": "none", "States": {"B2": {"Type": "Wait", "Next": "B2"}}}
      ]},
    "C": {"Type": "Succeed"},
    "D": {"Type": "Bogus", "Next": 5}
  }
}"#;

#[test]
fn blocks_and_states_come_outer_before_inner_in_written_order() {
    let outline = outline(NESTED);
    let order: Vec<&str> = outline.states.iter().map(|state| &*state.name).collect();
    assert_eq!(order, ["A", "B1", "M", "B2", "C", "D"]);
    let blocks: Vec<String> = outline
        .blocks
        .iter()
        .map(|block| block.pointer.to_string())
        .collect();
    assert_eq!(
        blocks,
        [
            "",
            "/States/A/Branches/0",
            "/States/A/Branches/0/States/B1/ItemProcessor",
            "/States/A/Branches/1"
        ]
    );
    assert_eq!(outline.states[0].children, [BlockIx(1), BlockIx(3)]);
    assert_eq!(outline.blocks[2].owner, Some(ix(&outline, "B1")));
    assert_eq!(
        names(&outline, outline.blocks[0].states.clone()),
        ["A", "C", "D"]
    );
}

#[test]
fn a_target_counts_only_in_its_own_block() {
    let outline = outline(NESTED);
    let inner = &outline.states[ix(&outline, "M").0].transitions[0];
    assert_eq!((&*inner.target, inner.to), ("C", None));
    let outer: Vec<_> = outline.states[0]
        .transitions
        .iter()
        .map(|t| (t.role, t.to.is_some()))
        .collect();
    assert_eq!(outer, [(Role::Next, true), (Role::Catch(0), true)]);
    assert_eq!(outline.blocks[3].start_at.as_deref(), Some("none"));
    assert_eq!(outline.blocks[3].start, None);
}

#[test]
fn unknown_types_and_wrong_values_stay_visible() {
    let outline = outline(NESTED);
    let state = &outline.states[ix(&outline, "D").0];
    assert_eq!(
        (state.kind, state.transitions.len(), state.ends),
        (None, 0, false)
    );
    assert!(outline.states[ix(&outline, "C").0].ends);
    assert_eq!(
        (outline.states[0].retriers, outline.states[0].catchers),
        (1, 1)
    );
}

#[test]
fn states_are_found_by_pointer_and_by_place_in_the_text() {
    let outline = outline(NESTED);
    for (at, state) in outline.states.iter().enumerate() {
        assert_eq!(outline.find(&state.pointer), Some(StateIx(at)));
        assert_eq!(
            outline.holder(&state.pointer.join("Next")),
            Some(StateIx(at))
        );
        assert_eq!(
            outline.at_offset(state.name_span.start + 1),
            Some(StateIx(at))
        );
    }
    assert_eq!(outline.find(&Pointer::root()), None);
    assert_eq!(outline.at_offset(0), None);
}

#[test]
fn of_two_states_with_one_name_the_last_stands() {
    let outline =
        outline(r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}, "A": {"Type": "Fail"}}}"#);
    assert_eq!(outline.states.len(), 1);
    assert_eq!(outline.states[0].kind, Some(StateType::Fail));
    assert_eq!(outline.blocks[0].start, Some(StateIx(0)));
}

#[test]
fn texts_without_a_machine_have_an_empty_shape() {
    for text in ["", "5", "[]", "null", "{\"States\": 3"] {
        assert!(outline(text).states.is_empty(), "{text}");
    }
}

#[test]
fn blocks_nested_without_end_are_cut_and_do_not_crash() {
    let open = r#"{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":"#;
    let outline = outline(&format!("{}1{}", open.repeat(330), "}}}".repeat(330)));
    assert_eq!(outline.blocks.len(), MAX_BLOCK_DEPTH + 1);
}

const LOOP: &str = r#"{"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"},
      {"Variable": "$.y", "IsPresent": true, "Next": "D"}], "Default": "C"},
  "C": {"Type": "Pass", "Next": "D"},
  "D": {"Type": "Succeed"},
  "E": {"Type": "Pass", "Next": "E"}}}"#;

#[test]
fn what_a_run_can_enter_is_found_from_the_start() {
    let outline = outline(LOOP);
    assert_eq!(
        names(&outline, outline.reachable(BlockIx(0))),
        ["A", "B", "C", "D"]
    );
}

#[test]
fn cycles_and_the_transitions_that_close_them_are_found() {
    let outline = outline(LOOP);
    let cycles: Vec<_> = outline
        .cycles(BlockIx(0))
        .into_iter()
        .map(|cycle| names(&outline, cycle))
        .collect();
    assert_eq!(cycles, [vec!["A", "B"], vec!["E"]]);
    let back = outline.back_edges(BlockIx(0));
    assert_eq!(
        back,
        [(ix(&outline, "B"), 0), (ix(&outline, "E"), 0)]
            .into_iter()
            .collect()
    );
}

#[test]
fn ranks_follow_the_longest_way_forward() {
    let outline = outline(LOOP);
    let ranks = outline.ranks(BlockIx(0));
    let of = |name| ranks[&ix(&outline, name)];
    assert_eq!(
        (of("A"), of("B"), of("C"), of("D"), of("E")),
        (0, 1, 2, 3, 0)
    );
}

#[test]
fn a_chain_of_many_states_needs_no_deep_stack() {
    let mut text = String::from(r#"{"StartAt": "s0", "States": {"#);
    for at in 0..20_000 {
        write!(
            text,
            r#""s{at}": {{"Type": "Pass", "Next": "s{}"}},"#,
            at + 1
        )
        .unwrap();
    }
    text.push_str(r#""s20000": {"Type": "Pass", "Next": "s0"}}}"#);
    let outline = outline(&text);
    assert_eq!(outline.back_edges(BlockIx(0)).len(), 1);
    assert_eq!(outline.ranks(BlockIx(0))[&StateIx(20_000)], 20_000);
    assert_eq!(outline.cycles(BlockIx(0))[0].len(), 20_001);
}
