//! Paths, predicates, joins, sorting and grouping.

use crate::common::check;
use serde_json::{Value, json};

fn shop() -> Value {
    json!({
        "shop": "Corner",
        "orders": [
            {"id": 1, "lines": [{"item": "pen", "price": 2, "count": 10}, {"item": "ink", "price": 7, "count": 1}]},
            {"id": 2, "lines": [{"item": "pad", "price": 3, "count": 4}]},
            {"id": 3, "lines": []}
        ],
        "tags": ["a", ["b", "c"]],
        "one": [42],
        "odd name": true,
        "none": null
    })
}

#[test]
fn a_path_gathers_what_its_steps_give() {
    check(
        &shop(),
        &[
            ("shop", "\"Corner\""),
            ("orders.id", "[1,2,3]"),
            ("orders.lines.item", "[\"pen\",\"ink\",\"pad\"]"),
            ("orders.lines.(price * count)", "[20,7,12]"),
            ("missing", "nothing"),
            ("missing.deeper", "nothing"),
            ("none", "null"),
            ("`odd name`", "true"),
            ("shop.length", "nothing"),
        ],
    );
}

#[test]
fn one_result_stands_for_itself_unless_it_is_kept() {
    check(
        &shop(),
        &[
            ("orders[id = 2].id", "2"),
            ("orders[id = 2].id[]", "[2]"),
            ("orders[id = 2][].id", "[2]"),
            ("one", "[42]"),
            ("one[0]", "42"),
            ("orders[id = 9]", "nothing"),
            ("orders[id = 9][]", "nothing"),
        ],
    );
}

#[test]
fn a_predicate_is_a_place_a_list_of_places_or_a_condition() {
    check(
        &shop(),
        &[
            ("orders[0].id", "1"),
            ("orders[-1].id", "3"),
            ("orders[1.9].id", "2"),
            ("orders[[0, 2]].id", "[1,3]"),
            ("orders.lines[0].item", "[\"pen\",\"pad\"]"),
            ("(orders.lines)[0].item", "\"pen\""),
            ("orders[lines].id", "[1,2]"),
            (
                "orders.lines[price > 2 and count < 5].item",
                "[\"ink\",\"pad\"]",
            ),
        ],
    );
}

#[test]
fn wildcards_and_descendants_look_everywhere() {
    check(
        &shop(),
        &[
            ("orders[0].lines[0].*", "[\"pen\",2,10]"),
            ("**.price", "[2,7,3]"),
            ("tags.*", "[\"b\",\"c\"]"),
            ("$count(**)", "26"),
        ],
    );
}

#[test]
fn arrays_in_arrays_are_flattened_by_steps_and_kept_by_brackets() {
    check(
        &shop(),
        &[
            ("tags", "[\"a\",[\"b\",\"c\"]]"),
            ("orders.[id]", "[[1],[2],[3]]"),
            ("orders.[id, id]", "[[1,1],[2,2],[3,3]]"),
            ("[orders.id]", "[1,2,3]"),
            ("[[orders.id]]", "[[1,2,3]]"),
            ("[]", "[]"),
            ("[missing]", "[]"),
        ],
    );
}

#[test]
fn a_parent_is_found_again_from_below() {
    check(
        &shop(),
        &[
            (
                "orders.lines.{'item': item, 'order': %.id}",
                "[{\"item\":\"pen\",\"order\":1},{\"item\":\"ink\",\"order\":1},{\"item\":\"pad\",\"order\":2}]",
            ),
            ("orders.lines[%.id = 2].item", "\"pad\""),
            ("orders.lines.item.(%.%.id)", "[1,1,2]"),
            ("%", "S0217"),
            ("$x.%", "S0217"),
        ],
    );
}

#[test]
fn joins_carry_variables_from_item_to_item() {
    check(
        &shop(),
        &[
            (
                "orders@$o.$$.orders.lines@$l[$l.price > 5 and $o.id < 3].{'o': $o.id, 'i': $l.item}",
                "[{\"o\":1,\"i\":\"ink\"},{\"o\":2,\"i\":\"ink\"}]",
            ),
            ("orders#$n.{'n': $n, 'id': id}[n > 0].id", "[2,3]"),
            ("orders#$n[$n = 1].id", "2"),
            ("orders@o", "S0214"),
            ("orders[0]@$o", "S0215"),
            ("orders^(id)@$o", "S0216"),
        ],
    );
}

#[test]
fn sorting_takes_several_keys_and_puts_nothing_last() {
    check(
        &shop(),
        &[
            ("orders.lines^(price).item", "[\"pen\",\"pad\",\"ink\"]"),
            ("orders.lines^(>price).item", "[\"ink\",\"pad\",\"pen\"]"),
            ("orders^(>$count(lines), <id).id", "[1,2,3]"),
            (
                "[{'a': 2}, {}, {'a': 1}]^(a).(a ? a : 'none')",
                "[1,2,\"none\"]",
            ),
            ("[1, 'a']^($)", "T2007"),
            ("[true, false]^($)", "T2008"),
        ],
    );
}

#[test]
fn grouping_gathers_values_by_name() {
    check(
        &shop(),
        &[
            (
                "orders.lines{item: price}",
                "{\"pen\":2,\"ink\":7,\"pad\":3}",
            ),
            (
                "orders.lines{price > 2 ? 'dear' : 'cheap': item[]}",
                "{\"cheap\":[\"pen\"],\"dear\":[\"ink\",\"pad\"]}",
            ),
            ("orders.lines{price: item}", "T1003"),
            ("orders{'a': id, 'a': id}", "D1009"),
            ("orders{'a': id}{'b': id}", "S0210"),
            ("orders{'a': id}[0]", "{\"a\":1}"),
            ("{'a': missing, 'b': 1}", "{\"b\":1}"),
        ],
    );
}

#[test]
fn an_input_that_is_an_array_counts_as_one_value() {
    check(
        &json!([{"a": 1}, {"a": 2}]),
        &[
            ("a", "[1,2]"),
            ("$[0].a", "1"),
            ("$count($)", "2"),
            ("$$[1].a", "2"),
            ("[0]", "[0]"),
        ],
    );
}
