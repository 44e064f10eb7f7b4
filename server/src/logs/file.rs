//! The files of one log group.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Component, Path, PathBuf};

/// Bytes after which the day goes on in a further file.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The folder of a log group: its name below `root`, whatever it holds. `None` for a name that leads elsewhere.
pub(super) fn folder(root: &Path, group_arn: &str) -> Option<PathBuf> {
    let (_, name) = group_arn.split_once(":log-group:")?;
    let name = name.strip_suffix(":*").unwrap_or(name).trim_matches('/');
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path = Path::new(name);
    let is_safe = !name.is_empty() && !name.contains('\\') && path.components().all(is_plain);
    is_safe.then(|| root.join(path))
}

/// Adds lines to the file of a day, `2026-11-26.jsonl`, or behind it `2026-11-26.1.jsonl` and so on.
pub(super) fn append(folder: &Path, day: &str, lines: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = open(folder, day, LARGEST)?;
    let length = file.metadata()?.len();
    file.write_all(lines.as_bytes()).inspect_err(|_| {
        // Half a line would spoil the next one; what cannot be taken back either is left to who reads.
        let _ = file.set_len(length);
    })
}

fn open(folder: &Path, day: &str, largest: u64) -> std::io::Result<File> {
    let mut number = 0_u32;
    loop {
        let name = match number {
            0 => format!("{day}.jsonl"),
            number => format!("{day}.{number}.jsonl"),
        };
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join(name))?;
        if file.metadata()?.len() < largest {
            return Ok(file);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_group_leads_nowhere_else() {
        let root = Path::new("/logs");
        let group = |name: &str| format!("arn:aws:logs:us-east-1:123456789012:log-group:{name}:*");
        let found = folder(root, &group("/aws/vendedlogs/states/train"));
        assert_eq!(found.unwrap(), root.join("aws/vendedlogs/states/train"));
        for name in ["", "/", "..", "a/../../b", "a\\..\\b"] {
            assert_eq!(folder(root, &group(name)), None, "{name}");
        }
        assert_eq!(folder(root, "train"), None);
    }

    #[test]
    fn a_large_file_is_followed_by_a_further_one() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..3 {
            let mut file = open(folder.path(), "2026-11-26", 5).unwrap();
            file.write_all(b"{\"a\": 1}\n").unwrap();
        }
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let day = [
            "2026-11-26.1.jsonl",
            "2026-11-26.2.jsonl",
            "2026-11-26.jsonl",
        ];
        assert_eq!(names, day);
    }
}
