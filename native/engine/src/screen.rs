//! All terms about one string, evaluated only as far as the string's classes, first byte and length leave open.

use serde_json::Value;

use crate::classes::{MASKS, Scanner};
use crate::terms::{Shared, Term, Text};
use crate::url::UrlTerms;

/// What terms say about a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No term suspects it.
    Clean,
    /// A term about what rules report suspects it, and no other.
    Reported,
    /// A term about what the server rejects suspects it.
    Refused,
}

/// So many terms fit into a set of bits.
const MOST: usize = 32;
/// Strings of this many bytes and more share an entry.
const LONG: usize = 64;
/// The entry of the empty string in the table by first byte.
const EMPTY: usize = 256;

/// Terms about a string.
pub struct Screen {
    terms: Vec<Term>,
    refuse: u32,
    by_classes: Box<[u32; MASKS]>,
    by_first: Box<[u32; EMPTY + 1]>,
    by_length: Box<[u32; LONG + 1]>,
}

impl Screen {
    /// Compiles terms.
    #[must_use]
    pub fn new(refuse: &[Value], report: &[Value], shared: &Shared<'_>) -> Screen {
        let compiled = |terms: &[Value]| -> Vec<Term> {
            let all = terms.iter().map(|term| Term::of_json(term, shared));
            all.filter(|term| !matches!(term, Term::Never)).collect()
        };
        let mut terms = compiled(refuse);
        let count = terms.len();
        terms.extend(UrlTerms::together(compiled(report)));
        if terms.len() > MOST {
            terms = vec![Term::Always];
        }
        let refuse = ((1u64 << count) - 1) as u32;
        let bits = |may_suspect: &dyn Fn(&Term) -> bool| {
            terms.iter().enumerate().fold(0, |bits, (bit, term)| bits | u32::from(may_suspect(term)) << bit)
        };
        let mut screen = Screen {
            refuse,
            by_classes: Box::new([0; MASKS]),
            by_first: Box::new([0; EMPTY + 1]),
            by_length: Box::new([0; LONG + 1]),
            terms: Vec::new(),
        };
        for (mask, entry) in screen.by_classes.iter_mut().enumerate() {
            *entry = bits(&|term| term.may_suspect_classes(mask as u16));
        }
        for (byte, entry) in screen.by_first.iter_mut().enumerate() {
            *entry = bits(&|term| term.may_suspect_first(u8::try_from(byte).ok()));
        }
        for (length, entry) in screen.by_length.iter_mut().enumerate() {
            *entry = bits(&|term| term.may_suspect_length(length, length == LONG));
        }
        screen.terms = terms;
        screen
    }

    /// Whether any term suspects a string.
    #[must_use]
    pub fn suspects(&self, text: Text<'_>) -> bool {
        self.verdict(text) != Verdict::Clean
    }

    /// Whether any term suspects a string that has not been read, which often its first byte and length settle.
    #[inline]
    #[must_use]
    pub fn suspects_unread(&self, bytes: &[u8], scanner: Scanner) -> bool {
        let first = bytes.first().map_or(EMPTY, |&byte| byte as usize);
        self.by_first[first] & self.by_length[bytes.len().min(LONG)] != 0 && self.suspects(Text::new(bytes, scanner))
    }

    /// What the terms say about a string.
    #[inline]
    #[must_use]
    pub fn verdict(&self, text: Text<'_>) -> Verdict {
        let first = text.bytes.first().map_or(EMPTY, |&byte| byte as usize);
        let length = text.bytes.len().min(LONG);
        let open = self.by_classes[text.mask as usize % MASKS] & self.by_first[first] & self.by_length[length];
        if open == 0 { Verdict::Clean } else { self.evaluate(open, text) }
    }

    #[inline(never)]
    fn evaluate(&self, mut open: u32, text: Text<'_>) -> Verdict {
        let mut verdict = Verdict::Clean;
        while open != 0 {
            let bit = open.trailing_zeros();
            open &= open - 1;
            if self.terms[bit as usize].suspects(text) {
                if self.refuse >> bit & 1 == 1 {
                    return Verdict::Refused; // these terms come first
                }
                verdict = Verdict::Reported;
                break;
            }
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::Unicode;
    use serde_json::json;

    /// Strings that are at the limits of most terms.
    fn texts() -> Vec<String> {
        let mut texts: Vec<String> =
            ["", " ", "\u{3000}", "asc", "a ", "@", "a%40b", "\u{ff20}", "{x", "é", "-", "12-34"]
                .map(String::from)
                .to_vec();
        texts.extend((60..70).map(|length| "x".repeat(length)));
        texts.extend(["212-555-0142", "a212-555-0142", "+4930123456", "2%2B49301234567", "\t"].map(String::from));
        texts
    }

    #[test]
    fn tables_leave_no_suspect_term_out() {
        let characters = json!({"characters": {"white_space": " \t\u{3000}", "digits": ""}});
        let empty = serde_json::Map::new();
        let shared = Shared { sets: &empty, unicode: Unicode::of_plan(&characters).expect("lists") };
        let terms = [
            json!(["blank", " \t"]),
            json!(["whitespace"]),
            json!(["whitespace_ends"]),
            json!(["max_utf16", 64]),
            json!(["max_bytes", 2]),
            json!(["in_set", ["asc", ""]]),
            json!(["not_in_set", ["asc"]]),
            json!(["starts_and_ends_with_any", "{a", "bx"]),
            json!(["contains_any_before", ["@", "%40"], [".", "b"]]),
            json!(["contains_any", ["@", "%40", "\u{ff20}"]]),
            json!(["contains_any_ignoring_case", ["as"]]),
            json!(["digits_after", 8, ["+", "%2B"]]),
            json!(["digit_groups", 3, 3, 4]),
            json!(["no such operation"]),
        ];
        for term in &terms {
            let alone = Term::of_json(term, &shared);
            let screen = Screen::new(&[], std::slice::from_ref(term), &shared);
            for text in texts() {
                let text = Text::new(text.as_bytes(), Scanner::detect());
                assert_eq!(screen.suspects(text), alone.suspects(text), "{term} {text:?}");
                assert_eq!(
                    screen.suspects_unread(text.bytes, Scanner::detect()),
                    alone.suspects(text),
                    "{term} {text:?}"
                );
            }
        }
    }

    #[test]
    fn what_the_server_rejects_comes_first() {
        let characters = json!({"characters": {"white_space": " ", "digits": ""}});
        let empty = serde_json::Map::new();
        let shared = Shared { sets: &empty, unicode: Unicode::of_plan(&characters).expect("lists") };
        let screen = Screen::new(&[json!(["blank", " "])], &[json!(["starts_and_ends_with_any", " {", " {"])], &shared);
        let verdict = |text: &str| screen.verdict(Text::new(text.as_bytes(), Scanner::SCALAR));
        assert_eq!(verdict("a"), Verdict::Clean);
        assert_eq!(verdict("{"), Verdict::Reported);
        assert_eq!(verdict(" "), Verdict::Refused);
    }
}
