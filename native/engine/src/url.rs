//! Terms about URLs, evaluated together in one pass.

use std::net::Ipv6Addr;

use crate::byte_set::{ByteSet, Members, WIDTH, members};
use crate::names::{Endings, Starts, folds_to_ascii};
use crate::terms::Term;
use crate::uri::is_accepted;

/// The query of a URL, still encoded, if it has a question mark.
#[must_use]
pub fn query_of(url: &[u8]) -> Option<&[u8]> {
    let url = memchr::memchr(b'#', url).map_or(url, |at| &url[..at]);
    memchr::memchr(b'?', url).map(|at| &url[at + 1..])
}

/// Whether a text is an ordinary URL, as [`UrlTerms`] expects it.
#[must_use]
pub fn is_ordinary(text: &[u8]) -> bool {
    text.is_empty() || has_usual_host(text) || is_accepted(text)
}

/// What is to be done at a byte: nothing for most.
const DELIMITER: u8 = 1;
const NEEDLE: u8 = 2;
const EQUALS: u8 = 4;
const PERCENT: u8 = 8;
/// The first byte of a character outside of ASCII that equals a letter of ASCII in another case.
const FOLDS: u8 = 16;

/// Whether a URL is ordinary, and other terms about ordinary URLs.
///
/// An ordinary URL is empty, or one of the parsers of the pipeline accepts it (see `src/eventlint/ingest/`), and it has a
/// scheme and no user information. Most have the scheme `http` or `https` in lower case, a host, and perhaps a port of up
/// to five digits; what follows does not matter then.
pub struct UrlTerms {
    actions: [u8; 256],
    /// The bytes that have any action, and a function that finds them.
    set: ByteSet,
    members: Members,
    /// A bit for each pair of bytes at which something is to be done; the second one is 0 at the end.
    pairs: Box<[u64; 1024]>,
    starts: Vec<Starts>,
    endings: Vec<Endings>,
    needles: Vec<Box<[u8]>>,
    needles_ignoring_case: Vec<Box<[u8]>>,
}

impl Default for UrlTerms {
    /// Only the term about ordinary URLs.
    fn default() -> UrlTerms {
        let (starts, endings, needles, needles_ignoring_case) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (set, members, pairs) = (ByteSet::default(), members(), Box::new([0; 1024]));
        UrlTerms { actions: [0; 256], set, members, pairs, starts, endings, needles, needles_ignoring_case }
    }
}

impl UrlTerms {
    /// Terms with those that one pass evaluates put together, if there is a term about ordinary URLs among them.
    #[must_use]
    pub fn together(terms: Vec<Term>) -> Vec<Term> {
        if !terms.iter().any(|term| matches!(term, Term::Url)) {
            return terms;
        }
        let mut url = UrlTerms::default();
        let mut others: Vec<Term> = terms.into_iter().filter_map(|term| url.take(term)).collect();
        url.compile();
        others.push(Term::Together(Box::new(url)));
        others
    }

    /// Adds a term, or gives it back.
    fn take(&mut self, term: Term) -> Option<Term> {
        match term {
            Term::Url => {}
            Term::After(starts) => {
                starts.delimiters().iter().for_each(|&byte| self.actions[byte as usize] |= DELIMITER);
                self.starts.push(starts);
            }
            Term::Parameter(endings) => {
                self.actions[b'=' as usize] |= EQUALS;
                self.actions[b'%' as usize] |= PERCENT;
                FOLDING.iter().for_each(|one| self.actions[one.as_bytes()[0] as usize] |= FOLDS);
                self.endings.push(endings);
            }
            Term::Contains(finders) if finders.iter().all(|one| !one.needle().is_empty()) => {
                for finder in finders {
                    let needle: Box<[u8]> = finder.needle().into();
                    self.actions[needle[0] as usize] |= NEEDLE;
                    self.needles.push(needle);
                }
            }
            // Only k and i are the lower case of characters outside of ASCII.
            Term::ContainsIgnoringCase(needles)
                if !needles.iter().any(|one| one.iter().any(|byte| b"ki".contains(byte))) =>
            {
                for needle in needles {
                    self.actions[needle[0].to_ascii_lowercase() as usize] |= NEEDLE;
                    self.actions[needle[0].to_ascii_uppercase() as usize] |= NEEDLE;
                    self.needles_ignoring_case.push(needle);
                }
            }
            other => return Some(other),
        }
        None
    }

    /// Prepares the search for bytes at which something is to be done.
    fn compile(&mut self) {
        self.set = ByteSet::new(|byte| self.actions[byte as usize] != 0);
        for first in (0..=255u8).filter(|&byte| self.actions[byte as usize] != 0) {
            for second in 0..=255u8 {
                let pair = pair(first, second);
                self.pairs[pair >> 6] |= u64::from(self.may_act(first, second)) << (pair & 63);
            }
        }
    }

    /// Whether something may be to be done at two bytes.
    fn may_act(&self, first: u8, second: u8) -> bool {
        let action = self.actions[first as usize];
        let folded = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
        let begins =
            |needle: &[u8], bytes: [u8; 2]| needle[0] == bytes[0] && needle.get(1).is_none_or(|&one| one == bytes[1]);
        action & (EQUALS | PERCENT | FOLDS) != 0
            || (action & DELIMITER != 0
                && self.starts.iter().any(|one| one.is_delimiter(first) && one.may_begin(second)))
            || (action & NEEDLE != 0
                && (self.needles.iter().any(|one| begins(one, [first, second]))
                    || self.needles_ignoring_case.iter().any(|one| begins(&one.to_ascii_lowercase(), folded))))
    }

    /// Whether any of the terms suspects a URL.
    #[must_use]
    pub fn suspects(&self, url: &[u8]) -> bool {
        if !is_ordinary(url) {
            return true;
        }
        let mut settled = 0;
        for (number, chunk) in url.chunks(WIDTH).enumerate() {
            let mut bits = (self.members)(&self.set, chunk);
            while bits != 0 {
                let at = number * WIDTH + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let pair = pair(url[at], url.get(at + 1).copied().unwrap_or(0));
                if self.pairs[pair >> 6] >> (pair & 63) & 1 == 1 && self.acts(url, at, &mut settled) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a term other than the one about ordinary URLs suspects what is at a byte.
    #[inline]
    fn acts(&self, url: &[u8], at: usize, settled: &mut usize) -> bool {
        let action = self.actions[url[at] as usize];
        (action & DELIMITER != 0
            && self.starts.iter().any(|one| one.is_delimiter(url[at]) && one.begin(&url[at + 1..])))
            || (action & EQUALS != 0 && self.endings.iter().any(|one| one.end_encoded(&url[..at])))
            || (action & PERCENT != 0
                && at >= *settled
                && self.endings.iter().any(|one| one.encoded_name(url, at, settled)))
            || (action & NEEDLE != 0 && self.needle_at(url, at))
            || (action & FOLDS != 0 && folds_to_ascii(&url[at..]) && memchr::memchr2(b'=', b'%', &url[at..]).is_some())
    }

    #[inline]
    fn needle_at(&self, url: &[u8], at: usize) -> bool {
        let text = &url[at..];
        let first = text[0];
        let begins = |needle: &[u8]| text.get(..needle.len()).is_some_and(|head| head.eq_ignore_ascii_case(needle));
        self.needles_ignoring_case.iter().any(|one| one[0].eq_ignore_ascii_case(&first) && begins(one))
            || self.needles.iter().any(|one| one[0] == first && text.starts_with(one))
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Characters outside of ASCII that equal a letter of ASCII when case is ignored.
const FOLDING: [&str; 2] = ["\u{212a}", "\u{17f}"];

/// Whether a URL has the scheme `http` or `https`, and either no host, or one that both parsers of the pipeline accept.
///
/// The second parser accepts any path, query and fragment then, and skips white space before the scheme.
fn has_usual_host(url: &[u8]) -> bool {
    let begin = url.iter().take_while(|byte| **byte <= b' ').count();
    let text = &url[begin..];
    let Some(rest) = text.strip_prefix(b"https:").or_else(|| text.strip_prefix(b"http:")) else { return false };
    rest.strip_prefix(b"//").is_none_or(|rest| {
        let length = length_of_host(rest);
        length > 0 && is_end_of_authority(&rest[length..])
    })
}

/// The length of the host that a text begins with; 0 if there is none, or one of the machine itself.
fn length_of_host(text: &[u8]) -> usize {
    let Some(rest) = text.strip_prefix(b"[") else {
        return text.iter().take_while(|byte| IN_HOST[**byte as usize]).count();
    };
    let length = rest.iter().take_while(|byte| byte.is_ascii_hexdigit() || **byte == b':').count();
    let address = std::str::from_utf8(&rest[..length]).ok().and_then(|text| text.parse::<Ipv6Addr>().ok());
    let is_usable = rest.get(length) == Some(&b']') && address.is_some_and(|address| !address.is_loopback());
    if is_usable { length + 2 } else { 0 }
}

/// Bytes that a host may have. Of characters outside of ASCII, those are left out that begin with the same byte as one
/// that must not be in a host.
const IN_HOST: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x100 {
        let signs = b"-._~!$&'()*+,;=";
        let mut is_sign = false;
        let mut number = 0;
        while number < signs.len() {
            is_sign |= signs[number] as usize == byte;
            number += 1;
        }
        let is_other = byte >= 0x80 && byte != 0xE2 && byte != 0xEF;
        table[byte] = is_other || is_sign || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Whether a text is empty, or goes on after a host with a port, a path, a query or a fragment.
fn is_end_of_authority(text: &[u8]) -> bool {
    let rest = match text.split_first() {
        Some((b':', rest)) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=5).contains(&digits) {
                return false;
            }
            &rest[digits..]
        }
        _ => text,
    };
    matches!(rest.first(), None | Some(b'/' | b'?' | b'#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_urls() {
        for url in [
            "",
            "https://a",
            "http://a.example:80/b?c=d&e=%20#f?g",
            "https://a/日本 {é}?q[]=%#ü",
            "http://a-b?",
            "https://a:1#",
            "https://[2001:db8::1]:80/",
            "ftp://a",
            "HTTP://a",
            "https:///a",
            "https://é/",
            "https://a:80b/",
            "a:b#c",
        ] {
            assert!(is_ordinary(url.as_bytes()), "{url}");
        }
        for url in [
            "/a",
            "https://\u{ff20}%/",
            "htps://a b",
            "a:",
            "a:#b",
            "a://",
            "1a:b",
            "a:%zz",
            "ftp://u@a/",
            "https://a b",
            "https://u@a/",
            "https://a\\b",
            "https://[::1]/",
            "https://[2001:db8]/",
            "https://[::2%1]/",
            "\u{a0}https://a",
        ] {
            assert!(!is_ordinary(url.as_bytes()), "{url}");
        }
    }

    #[test]
    fn the_query_ends_at_the_fragment() {
        assert_eq!(query_of(b"a?b#c?d"), Some(&b"b"[..]));
        assert_eq!(query_of(b"a#c?d"), None);
    }
}
