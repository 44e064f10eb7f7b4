//! The content security policy of the studio's page: nothing from elsewhere, and no inline script but its own.
//!
//! Inline scripts of the page (the build puts a small one in) are allowed by their hashes, computed from the page itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy for this page. Styles come from files; only attributes of elements may carry some of their own (positions on
/// the canvas).
pub(crate) fn policy(page: &str) -> String {
    let mut scripts = String::from("'self' 'wasm-unsafe-eval'");
    for script in inline_scripts(page) {
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        scripts.push_str(&format!(" 'sha256-{hash}'"));
    }
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    )
}

/// The contents of `<script>` elements that name no file.
fn inline_scripts(page: &str) -> Vec<&str> {
    let lower = page.to_ascii_lowercase();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = lower[at..].find("<script").map(|offset| at + offset) {
        let Some(open) = lower[start..].find('>').map(|offset| start + offset + 1) else {
            break;
        };
        let Some(end) = lower[open..].find("</script").map(|offset| open + offset) else {
            break;
        };
        if !has_source(&lower[start..open]) {
            found.push(&page[open..end]);
        }
        at = end;
    }
    found
}

/// Whether the opening tag has a `src`.
fn has_source(tag: &str) -> bool {
    tag.split_ascii_whitespace()
        .any(|attribute| attribute.starts_with("src="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inline_script_is_allowed_by_its_hash_and_a_file_needs_none() {
        let page = "<html><script src=\"/a.js\"></script><SCRIPT type=\"module\">\nimport 'x';\n</SCRIPT></html>";
        assert_eq!(inline_scripts(page), ["\nimport 'x';\n"]);
        let policy = policy(page);
        assert_eq!(policy.matches("'sha256-").count(), 1);
        assert!(!policy.contains("'unsafe-eval'"));
        let scripts = policy
            .split(';')
            .find(|part| part.trim().starts_with("script-src"))
            .unwrap();
        assert!(!scripts.contains("unsafe-inline"));
        assert!(policy.contains("style-src 'self';"));
    }

    #[test]
    fn the_hash_is_the_one_that_browsers_compute() {
        // sha256 of "alert(1)" in base64, as `openssl dgst -sha256 -binary | base64` prints it.
        assert!(
            policy("<script>alert(1)</script>")
                .contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='")
        );
    }

    #[test]
    fn a_broken_page_gives_a_policy_without_hashes() {
        for page in ["", "<script", "<script>", "<script>x", "ü<script>"] {
            assert!(!policy(page).contains("sha256"), "{page}");
        }
    }
}
