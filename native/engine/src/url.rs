//! Terms about URLs, evaluated together in one pass.

use crate::characters::{CharSet, first_char};
use crate::names::{Endings, Starts, folds_to_ascii, is_encoded_in_name};
use crate::terms::Term;

/// The query of a URL, still encoded, if it has a question mark.
#[must_use]
pub fn query_of(url: &[u8]) -> Option<&[u8]> {
    let url = memchr::memchr(b'#', url).map_or(url, |at| &url[..at]);
    memchr::memchr(b'?', url).map(|at| &url[at + 1..])
}

/// Whether a text is empty, or an absolute URL as [`UrlTerms`] expects it.
#[must_use]
pub fn is_ordinary(text: &[u8], excluded: &CharSet) -> bool {
    !UrlTerms::new(excluded.clone()).suspects(text)
}

/// What is to be done at a byte: nothing for most.
const DELIMITER: u8 = 1;
const NEEDLE: u8 = 2;
const EQUALS: u8 = 4;
const PERCENT: u8 = 8;
const PART: u8 = 16; // begins the query or the fragment
const ENCODED: u8 = 32; // a byte of a character outside of ASCII
const BAD: u8 = 64;
/// Bytes that never follow in the host.
const NOT_HOST: u8 = 128;

/// Whether a URL is ordinary, and other terms about ordinary URLs.
///
/// An ordinary URL is empty, or has the scheme `http` or `https` in lower case, a host of ASCII letters, digits,
/// periods and hyphens, perhaps a port of up to five digits, and a path, a query and a fragment in which all characters
/// are either allowed, or percent-encoded, or outside of ASCII and not among those that are excluded.
pub struct UrlTerms {
    actions: [u8; 256],
    excluded: CharSet,
    starts: Vec<Starts>,
    endings: Vec<Endings>,
    needles: Vec<Box<[u8]>>,
    needles_ignoring_case: Vec<Box<[u8]>>,
}

impl UrlTerms {
    /// Only the term about ordinary URLs.
    #[must_use]
    pub fn new(excluded: CharSet) -> UrlTerms {
        let mut actions = [BAD | NOT_HOST; 256];
        for byte in 0x80..=0xFFusize {
            actions[byte] = ENCODED | NOT_HOST;
        }
        for &byte in b"_!~'()*;:@&+$,/=" {
            actions[byte as usize] = NOT_HOST;
        }
        for byte in (b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z').chain(*b".-") {
            actions[byte as usize] = 0;
        }
        actions[b'%' as usize] = PERCENT | NOT_HOST;
        actions[b'?' as usize] = PART | NOT_HOST;
        actions[b'#' as usize] = PART | NOT_HOST;
        let (starts, endings, needles, needles_ignoring_case) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        UrlTerms { actions, excluded, starts, endings, needles, needles_ignoring_case }
    }

    /// Terms with those that one pass evaluates put together, if there is a term about ordinary URLs among them.
    #[must_use]
    pub fn together(terms: Vec<Term>) -> Vec<Term> {
        let Some(excluded) = terms.iter().find_map(|term| match term {
            Term::Url(excluded) => Some(excluded.clone()),
            _ => None,
        }) else {
            return terms;
        };
        let mut url = UrlTerms::new(excluded);
        let mut others: Vec<Term> = terms.into_iter().filter_map(|term| url.take(term)).collect();
        others.push(Term::Together(Box::new(url)));
        others
    }

    /// Adds a term, or gives it back.
    fn take(&mut self, term: Term) -> Option<Term> {
        match term {
            Term::Url(_) => {}
            Term::After(starts) => {
                starts.delimiters().iter().for_each(|&byte| self.actions[byte as usize] |= DELIMITER);
                self.starts.push(starts);
            }
            Term::Parameter(endings) => {
                self.actions[b'=' as usize] |= EQUALS;
                self.endings.push(endings);
            }
            Term::Contains(finders) if finders.iter().all(|one| !one.needle().is_empty()) => {
                for finder in finders {
                    let needle: Box<[u8]> = finder.needle().into();
                    self.actions[needle[0] as usize] |= NEEDLE;
                    self.needles.push(needle);
                }
            }
            Term::ContainsIgnoringCase(needles) => {
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

    /// Whether any of the terms suspects a URL.
    #[must_use]
    pub fn suspects(&self, url: &[u8]) -> bool {
        let host = match url {
            [] => return false,
            _ if url.starts_with(b"https://") => 8,
            _ if url.starts_with(b"http://") => 7,
            _ => return true,
        };
        if (0..host).any(|at| self.acts(url, at)) {
            return true;
        }
        let Some(path) = self.end_of_host(url, host) else { return true };
        self.suspects_from(url, path)
    }

    /// The end of the host and the port.
    fn end_of_host(&self, url: &[u8], start: usize) -> Option<usize> {
        let mut at = start;
        while let Some(&byte) = url.get(at) {
            let action = self.actions[byte as usize];
            if action & NOT_HOST != 0 {
                break;
            }
            if action & NEEDLE != 0 && self.needle_at(url, at) {
                return None;
            }
            at += 1;
        }
        if at == start {
            return None;
        }
        if url.get(at) == Some(&b':') {
            let digits = url[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=5).contains(&digits) || self.acts(url, at) {
                return None;
            }
            at += 1 + digits;
        }
        matches!(url.get(at), None | Some(b'/' | b'?' | b'#')).then_some(at)
    }

    fn suspects_from(&self, url: &[u8], start: usize) -> bool {
        let mut in_fragment = false;
        for (at, &byte) in url.iter().enumerate().skip(start) {
            let action = self.actions[byte as usize] & !NOT_HOST;
            if action == 0 {
                continue;
            }
            if action & (BAD | ENCODED | PERCENT | PART) != 0 {
                let is_bad = match byte {
                    b'%' => !matches!(url.get(at + 1..at + 3), Some(hex) if hex.iter().all(u8::is_ascii_hexdigit)),
                    b'#' => std::mem::replace(&mut in_fragment, true),
                    b'?' => false,
                    0x80.. => self.is_excluded(&url[at..]),
                    _ => true,
                };
                if is_bad {
                    return true;
                }
            }
            if self.acts(url, at) {
                return true;
            }
        }
        false
    }

    /// Whether a term other than the one about ordinary URLs suspects what is at a byte.
    #[inline]
    fn acts(&self, url: &[u8], at: usize) -> bool {
        let action = self.actions[url[at] as usize];
        (action & DELIMITER != 0
            && self.starts.iter().any(|one| one.delimiters().contains(&url[at]) && one.begin(&url[at + 1..])))
            || (action & EQUALS != 0 && self.endings.iter().any(|one| one.end(&url[..at])))
            || (action & PERCENT != 0 && !self.endings.is_empty() && is_encoded_in_name(&url[at..]))
            || (action & NEEDLE != 0 && self.needle_at(url, at))
    }

    #[inline]
    fn needle_at(&self, url: &[u8], at: usize) -> bool {
        let text = &url[at..];
        let begins = |needle: &[u8]| text.get(..needle.len()).is_some_and(|head| head.eq_ignore_ascii_case(needle));
        self.needles_ignoring_case.iter().any(|needle| begins(needle))
            || self.needles.iter().any(|needle| text.starts_with(needle))
    }

    /// Whether a character outside of ASCII must not be in a URL, or equals a letter of ASCII in another case.
    fn is_excluded(&self, text: &[u8]) -> bool {
        if text[0] & 0xC0 == 0x80 {
            return false; // not its first byte
        }
        let is_dotted_i = text.starts_with("\u{130}".as_bytes());
        folds_to_ascii(text) || is_dotted_i || first_char(text).is_none_or(|one| self.excluded.has(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_urls() {
        let excluded = CharSet::new("\u{a0}\u{3000}");
        for url in [
            "",
            "https://a",
            "http://a.example:80/b?c=d&e=%20#f?g",
            "https://a/日本?q=é#ü",
            "http://a-b?",
            "https://a:1#",
        ] {
            assert!(is_ordinary(url.as_bytes(), &excluded), "{url}");
        }
        for url in [
            "/a",
            "ftp://a",
            "HTTP://a",
            "https://",
            "https:///a",
            "https://é/",
            "https://a:/",
            "https://a:123456/",
            "https://a:80b",
            "https://a b",
            "https://a/ ",
            "https://a/%2",
            "https://a/%zz",
            "https://a/#b#c",
            "https://u@a/",
            "https://a/\u{a0}",
            "https://a/\u{212a}",
            "https://a/[",
            "https://a/\"",
            "https://a/\\",
            "https://a/{b}",
            "https://a/|",
            "https://a/\n",
        ] {
            assert!(!is_ordinary(url.as_bytes(), &excluded), "{url}");
        }
    }

    #[test]
    fn the_query_ends_at_the_fragment() {
        assert_eq!(query_of(b"a?b#c?d"), Some(&b"b"[..]));
        assert_eq!(query_of(b"a#c?d"), None);
    }
}
