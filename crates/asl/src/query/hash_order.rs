//! The order in which a Java `HashMap` lists its keys: AWS prints the evaluated keys of a template in it (asl-rules 5).

/// `String.hashCode`, over UTF-16 units.
fn hash_code(text: &str) -> u32 {
    text.encode_utf16().fold(0u32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(u32::from(unit))
    })
}

/// The number of buckets for `count` keys: 16, doubled as long as more than three quarters are taken.
fn capacity(count: usize) -> usize {
    let mut capacity = 16;
    while count * 4 > capacity * 3 {
        capacity *= 2;
    }
    capacity
}

/// Sorts `items` as a `HashMap` with these keys lists them; keys of one bucket stay in the order given.
pub(crate) fn sort_by_key<T>(items: &mut [T], key: impl Fn(&T) -> &str) {
    let mask = capacity(items.len()) - 1;
    items.sort_by_key(|item| {
        let hash = hash_code(key(item));
        (hash ^ (hash >> 16)) as usize & mask
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut keys: Vec<&str>) -> Vec<&str> {
        sort_by_key(&mut keys, |key| key);
        keys
    }

    #[test]
    fn keys_come_in_the_order_that_aws_printed() {
        assert_eq!(
            sorted(vec!["StateMachineArn", "Input", "Name"]),
            ["Input", "StateMachineArn", "Name"]
        );
        assert_eq!(
            sorted(vec!["Iterations", "Values"]),
            ["Values", "Iterations"]
        );
        assert_eq!(sorted(vec!["True", "{}", "0"]), ["0", "{}", "True"]);
    }

    #[test]
    fn the_table_grows_past_three_quarters() {
        assert_eq!(capacity(12), 16);
        assert_eq!(capacity(13), 32);
    }
}
