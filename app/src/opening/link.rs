//! A whole pipeline in a link: name, type and text, packed into the fragment of an address, which browsers send to nobody.
//!
//! The fragment is `#pipeline=1.` and base64url of the deflated JSON; the number is the version of this form. Reading takes nothing for
//! granted: what is damaged, too long or of a later version is a [`LinkFault`].

use crate::drafts::{self, Draft};
use crate::text::opening as text;
use asl::check::MachineType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What the fragment begins with.
pub const MARK: &str = "#pipeline=";

/// The version of the form, in front of the content.
const VERSION: &str = "1";

/// The most characters of content: browsers take more, but not all, and nobody could pass on more.
const LONGEST: usize = 200_000;

/// The most bytes of a pipeline: AWS takes definitions up to 1 MiB, and JSON may write each character as six.
const LARGEST: usize = 6 * 1_048_576 + 1024;

/// How hard it is packed, from 0 to 10.
const EFFORT: u8 = 9;

/// Why a link cannot be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// It does not fit into a link.
    #[error("{}", text::LINK_TOO_LARGE)]
    TooLarge,
    /// The link is longer than any that is made here.
    #[error("{}", text::LINK_TOO_LONG)]
    TooLong,
    /// A part of it is missing or was changed.
    #[error("{}", text::LINK_DAMAGED)]
    Damaged,
    /// It was made by a later studio.
    #[error("{}", text::LINK_NEWER)]
    Newer,
}

/// What a link holds.
#[derive(Serialize, Deserialize)]
struct Content {
    name: String,
    #[serde(rename = "type", default)]
    machine_type: MachineType,
    definition: String,
}

/// The fragment that holds a draft's name, type and text.
pub fn written(draft: &Draft) -> Result<String, LinkFault> {
    let content = Content {
        name: draft.name.clone(),
        machine_type: draft.machine_type,
        definition: draft.text.clone(),
    };
    let json = serde_json::to_vec(&content).map_err(|_| LinkFault::TooLarge)?;
    let packed = miniz_oxide::deflate::compress_to_vec(&json, EFFORT);
    let content = URL_SAFE_NO_PAD.encode(packed);
    if content.len() > LONGEST || json.len() > LARGEST {
        return Err(LinkFault::TooLarge);
    }
    Ok(format!("{MARK}{VERSION}.{content}"))
}

/// The draft that a fragment holds; none when it holds something else.
pub fn read(fragment: &str) -> Option<Result<Draft, LinkFault>> {
    let content = fragment.strip_prefix(MARK)?;
    Some(unpacked(content))
}

fn unpacked(content: &str) -> Result<Draft, LinkFault> {
    let (version, content) = content.split_once('.').ok_or(LinkFault::Damaged)?;
    match version.parse::<u32>() {
        Ok(1) => {}
        Ok(2..) => return Err(LinkFault::Newer),
        Ok(0) | Err(_) => return Err(LinkFault::Damaged),
    }
    if content.len() > LONGEST {
        return Err(LinkFault::TooLong);
    }
    let packed = URL_SAFE_NO_PAD
        .decode(content)
        .map_err(|_| LinkFault::Damaged)?;
    let json = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, LARGEST)
        .map_err(|_| LinkFault::Damaged)?;
    let content: Content = serde_json::from_slice(&json).map_err(|_| LinkFault::Damaged)?;
    let name = match drafts::check_name(&content.name) {
        Ok(()) => content.name,
        Err(_) => drafts::name_from_file(&content.name),
    };
    let mut draft = Draft::new(name, content.definition);
    draft.machine_type = content.machine_type;
    Ok(draft)
}

/// The name of the draft among `all` that a link made before: of the same text and type, under its name or that name with a number.
pub fn same(link: &Draft, all: &[Draft]) -> Option<String> {
    let is_of_link = |name: &str| {
        let rest = name.strip_prefix(link.name.as_str());
        rest.is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix('-')
                    .is_some_and(|number| number.parse::<u32>().is_ok())
        })
    };
    let same = all.iter().find(|draft| {
        draft.text == link.text
            && draft.machine_type == link.machine_type
            && is_of_link(&draft.name)
    });
    same.map(|draft| draft.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let text = "{\n  \"StartAt\": \"Prüfen\",\r\n  \"States\": {}\n}";
        let mut draft = Draft::new("score", text);
        draft.machine_type = MachineType::Express;
        draft
    }

    #[test]
    fn a_link_gives_back_name_type_and_every_byte_of_the_text() {
        let fragment = written(&draft()).expect("a link");
        assert!(
            fragment[1..]
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "=.-_".contains(c)),
            "{fragment}"
        );
        let read = read(&fragment).expect("a link").expect("a draft");
        assert_eq!(
            (read.name, read.text, read.machine_type),
            (draft().name, draft().text, MachineType::Express)
        );
        assert_eq!(super::read("#elsewhere"), None);
    }

    #[test]
    fn a_link_that_lost_or_changed_a_part_says_so_and_one_of_a_later_studio_too() {
        let fragment = written(&draft()).expect("a link");
        for cut in MARK.len()..fragment.len() {
            let found = read(&fragment[..cut]).expect("a link");
            assert_eq!(found, Err(LinkFault::Damaged), "{cut}");
        }
        for damaged in ["1.", "1.!!", "x.AAAA", "0.AAAA", "1.AAAA"] {
            let found = read(&format!("{MARK}{damaged}")).expect("a link");
            assert_eq!(found, Err(LinkFault::Damaged), "{damaged}");
        }
        let newer = fragment.replace("=1.", "=2.");
        assert_eq!(read(&newer), Some(Err(LinkFault::Newer)));
        let long = format!("{MARK}1.{}", "A".repeat(LONGEST + 1));
        assert_eq!(read(&long), Some(Err(LinkFault::TooLong)));
    }

    #[test]
    fn what_unpacks_to_more_than_a_pipeline_is_stopped() {
        let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; LARGEST + 1], EFFORT);
        let fragment = format!("{MARK}1.{}", URL_SAFE_NO_PAD.encode(bomb));
        assert!(fragment.len() < LONGEST);
        assert_eq!(read(&fragment), Some(Err(LinkFault::Damaged)));
    }

    #[test]
    fn a_name_that_cannot_be_used_is_made_one_that_can() {
        let mut odd = draft();
        odd.name = "my flow/1".into();
        let read = read(&written(&odd).expect("a link")).expect("a link");
        assert_eq!(drafts::check_name(&read.expect("a draft").name), Ok(()));
    }

    #[test]
    fn a_link_leads_to_the_draft_that_it_made_before_while_that_is_unchanged() {
        let mut numbered = draft();
        numbered.name = "score-2".into();
        let mut changed = draft();
        changed.text.push('\n');
        let mut other = draft();
        other.name = "score-other".into();
        assert_eq!(
            same(&draft(), &[changed.clone(), other.clone(), numbered]),
            Some("score-2".to_owned())
        );
        assert_eq!(same(&draft(), &[changed, other]), None);
    }
}
