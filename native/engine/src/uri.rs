//! Parses URLs as the pipeline does, as far as terms ask: see `src/eventlint/ingest/`.
//!
//! Both parsers are narrower here than there. What they accept has a scheme, no user information, and no host that is an
//! address of the machine itself.

use std::net::Ipv6Addr;

/// Whether one of the parsers accepts a text.
#[must_use]
pub fn is_accepted(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| is_uri(text).unwrap_or_else(|| is_url(text)))
}

const UNRESERVED: &[u8] = b"-_.!~'()*";
const IN_PATH: &[u8] = b";/:@&=+$,";
const ANYWHERE: &[u8] = b";/?:@&=+$,[]";
const IN_AUTHORITY: &[u8] = b";:&=+$,";

/// Whether the first parser accepts a text; None if that is left to the second one.
fn is_uri(text: &str) -> Option<bool> {
    let (scheme, rest) = text.split_at(text.find([':', '/', '?', '#']).filter(|&at| text.as_bytes()[at] == b':')?);
    let rest = &rest[1..];
    let is_in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    if !scheme.starts_with(|first: char| first.is_ascii_alphabetic()) || !scheme.as_bytes().iter().all(is_in_scheme) {
        return None;
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    if !has_only(fragment, ANYWHERE) {
        return None;
    }
    if !rest.starts_with('/') {
        return (!rest.is_empty() && has_only(rest, ANYWHERE)).then_some(true);
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = match path.strip_prefix("//") {
        Some(after) => after.split_at(after.find('/').unwrap_or(after.len())),
        None => ("", path),
    };
    if authority.contains('@') {
        return Some(false);
    }
    let is_empty = rest == "//" && !text.contains('#');
    let may_be_authority = has_only(authority, IN_AUTHORITY) || is_address(authority);
    (!is_empty && may_be_authority && has_only(path, IN_PATH) && has_only(query, ANYWHERE)).then_some(true)
}

/// Whether the second parser accepts a text.
fn is_url(text: &str) -> bool {
    let text = text.trim_matches(|one: char| one <= ' ');
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    if !["http", "https", "ftp", "file"].iter().any(|one| one.eq_ignore_ascii_case(scheme)) {
        return false;
    }
    let rest = rest.split('#').next().unwrap_or("");
    let path = rest.split('?').next().unwrap_or("");
    let Some(after) = path.strip_prefix("//").filter(|after| !after.starts_with("//")) else { return true };
    let authority = after.split('/').next().unwrap_or("");
    if authority.starts_with('[') {
        return is_address(authority);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    !host.bytes().any(|byte| byte <= b' ' || b"\"<>@[\\]^`{|}\x7f".contains(&byte))
        && !host.contains(LIKE_DELIMITERS)
        && is_port(port.strip_prefix('+').filter(|port| !port.is_empty()).unwrap_or(port))
}

/// Characters that a compatible form of a character makes delimiters.
const LIKE_DELIMITERS: [char; 17] = [
    '\u{2047}', '\u{2048}', '\u{2049}', '\u{2100}', '\u{2101}', '\u{2105}', '\u{2106}', '\u{2a74}', '\u{fe55}',
    '\u{fe56}', '\u{fe5f}', '\u{fe6b}', '\u{ff03}', '\u{ff0f}', '\u{ff1a}', '\u{ff1f}', '\u{ff20}',
];

/// Whether a text has only unreserved characters, some signs, escapes and characters outside of ASCII.
fn has_only(text: &str, signs: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    text.char_indices().all(|(at, one)| match u8::try_from(one) {
        Ok(b'%') => is_escape(at),
        Ok(byte) if byte < 0x80 => byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) || signs.contains(&byte),
        _ => !one.is_control() && !is_separator(one),
    })
}

/// Whether a character is white space of a general category for separators.
fn is_separator(one: char) -> bool {
    matches!(
        one,
        '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Whether an authority is an address in brackets, perhaps with a port.
fn is_address(authority: &str) -> bool {
    let Some((address, port)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
    let is_plain = address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    let is_usable = is_plain && address.parse::<Ipv6Addr>().is_ok_and(|address| !address.is_loopback());
    is_usable && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// Whether a text is empty, or the number of a port that fits into an integer.
fn is_port(text: &str) -> bool {
    text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_a_parser_accepts() {
        for text in [
            "ftp://a",
            "a:b#c",
            "ftps://[2001:db8::1]:80/a?b[]#c",
            "http://a:80b/\u{1f600}",
            "http://a%b/",
            "https://#a/#b",
            "http:////a b",
            "http://a:+80/ b",
            "file:///a|",
            "mailto:a@b.example",
            "http://a_b:/",
            "https://a:\u{e9}/",
        ] {
            assert!(is_accepted(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "a",
            "/a:b",
            "a:",
            "a:#b",
            "a://",
            "ftps://a b",
            "http://a b/",
            "http://a@b/",
            "ftp://a:b@c",
            "1a://b",
            "a:b#c#d",
            "a:b%2",
            "a:\u{a0}",
            "a:\u{85}",
            "http://a\u{ff20}%/",
            "https://[::1]/",
            "https://[::2%1]/",
            "ftp://[0:0:0:0:0:0:0:1]/",
            "http://[2001:db8::1]a/",
            "ftp://a:80b/ c",
            "jar:http://a b",
        ] {
            assert!(!is_accepted(text.as_bytes()), "{text}");
        }
    }
}
