//! Terms about what comes before an equals sign, or after a delimiter.

use crate::characters::{Unicode, last_char};

/// Strings that begin after one of some bytes.
pub struct Starts {
    delimiters: Box<str>,
    strings: Vec<Box<[u8]>>,
    /// A bit for each pair of first bytes; the second one is 0 at the end.
    pairs: Box<[u64; 1024]>,
}

impl Starts {
    /// Compiles a term; None if a delimiter is not in ASCII, or a string is empty.
    #[must_use]
    pub fn new(delimiters: &str, strings: &[Box<[u8]>]) -> Option<Starts> {
        if !delimiters.is_ascii() || strings.iter().any(|one| one.is_empty()) {
            return None;
        }
        let mut starts =
            Starts { delimiters: delimiters.into(), strings: strings.to_vec(), pairs: Box::new([0; 1024]) };
        starts.strings.sort_unstable();
        for one in strings {
            match one.get(1) {
                Some(&second) => starts.add(one[0], second),
                None => (0..=255).for_each(|second| starts.add(one[0], second)),
            }
        }
        Some(starts)
    }

    fn add(&mut self, first: u8, second: u8) {
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs[pair >> 6] |= 1 << (pair & 63);
    }

    /// The bytes after which the strings count.
    #[must_use]
    pub fn delimiters(&self) -> &[u8] {
        self.delimiters.as_bytes()
    }

    /// Whether a text begins with one of the strings.
    #[inline]
    #[must_use]
    pub fn begin(&self, text: &[u8]) -> bool {
        let Some(&first) = text.first() else { return false };
        let second = text.get(1).copied().unwrap_or(0);
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs[pair >> 6] >> (pair & 63) & 1 == 1 && self.strings.iter().any(|one| text.starts_with(one))
    }

    /// Whether one of the strings follows a delimiter in a text.
    #[must_use]
    pub fn follow_in(&self, text: &[u8]) -> bool {
        (1..text.len()).any(|at| self.delimiters().contains(&text[at - 1]) && self.begin(&text[at..]))
    }
}

/// Endings of names of parameters.
pub struct Endings {
    strings: Vec<Box<[u8]>>,
    /// A bit for each hash of three last bytes.
    tails: Box<[u64; 64]>,
    unicode: Unicode,
}

const TAIL: usize = 3;

impl Endings {
    /// Compiles a term; None if an ending is shorter than three bytes, not in ASCII, or has an upper-case letter.
    #[must_use]
    pub fn new(strings: &[Box<[u8]>], unicode: Unicode) -> Option<Endings> {
        let is_usable = |one: &[u8]| one.len() >= TAIL && one.is_ascii() && !one.iter().any(u8::is_ascii_uppercase);
        if !strings.iter().all(|one| is_usable(one)) {
            return None;
        }
        let mut endings = Endings { strings: strings.to_vec(), tails: Box::new([0; 64]), unicode };
        for one in strings {
            let hash = hash(&one[one.len() - TAIL..]);
            endings.tails[hash >> 6] |= 1 << (hash & 63);
        }
        Some(endings)
    }

    /// Whether a text has a name with one of the endings, or an encoded character that a name may have.
    #[must_use]
    pub fn name_in(&self, text: &[u8]) -> bool {
        text.iter().enumerate().any(|(at, &byte)| match byte {
            b'=' => self.end(&text[..at]),
            b'%' => is_encoded_in_name(&text[at..]),
            0x80.. => folds_to_ascii(&text[at..]),
            _ => false,
        })
    }

    /// Whether a text ends with one of the endings; a digit, a closing bracket, or both may follow it.
    #[inline]
    #[must_use]
    pub fn end(&self, text: &[u8]) -> bool {
        let Some(&last) = text.last() else { return false };
        if self.end_directly(text) {
            return true;
        }
        if last == b']' {
            let inside = &text[..text.len() - 1];
            return self.end_directly(inside) || self.end_before_digit(inside);
        }
        self.end_before_digit(text)
    }

    fn end_before_digit(&self, text: &[u8]) -> bool {
        match last_char(text) {
            Some(last) if last.is_ascii_digit() => self.end_directly(&text[..text.len() - 1]),
            Some(last) => !last.is_ascii() && self.unicode.may_be_digit(last),
            None => false,
        }
    }

    #[inline]
    fn end_directly(&self, text: &[u8]) -> bool {
        let Some(tail) = text.last_chunk::<TAIL>() else { return false };
        let hash = hash(&tail.map(|byte| byte.to_ascii_lowercase()));
        self.tails[hash >> 6] >> (hash & 63) & 1 == 1
            && self
                .strings
                .iter()
                .any(|one| text.len() >= one.len() && text[text.len() - one.len()..].eq_ignore_ascii_case(one))
    }
}

fn hash(tail: &[u8]) -> usize {
    let one = tail.iter().fold(0u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x9E37_79B1).rotate_left(13));
    (one >> 11) as usize & 0xFFF
}

/// Whether a text begins with the Kelvin sign or a long s, which equal letters of ASCII when case is ignored.
#[inline]
#[must_use]
pub fn folds_to_ascii(text: &[u8]) -> bool {
    text.starts_with(b"\xe2\x84\xaa") || text.starts_with(b"\xc5\xbf")
}

/// Whether a text begins with an encoded character that a name may have, an equals sign, or a percent sign.
#[inline]
#[must_use]
pub fn is_encoded_in_name(text: &[u8]) -> bool {
    let Some([_, high, low]) = text.first_chunk() else { return false };
    match (high, low) {
        (b'2', b'5' | b'D' | b'd' | b'E' | b'e') | (b'3', b'0'..=b'9' | b'D' | b'd') => true,
        (b'4' | b'6', b'0') | (b'5', b'B' | b'b' | b'C' | b'c' | b'E' | b'e') => false,
        (b'4' | b'6', b'1'..=b'9' | b'A'..=b'F' | b'a'..=b'f') => true,
        (b'5', b'D' | b'd') => text.get(3) == Some(&b'='),
        (b'5', b'0'..=b'9' | b'A' | b'a' | b'F' | b'f') => true,
        (b'7', b'0'..=b'9' | b'A' | b'a') => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn boxed(strings: &[&str]) -> Vec<Box<[u8]>> {
        strings.iter().map(|one| Box::from(one.as_bytes())).collect()
    }

    #[test]
    fn strings_count_only_after_a_delimiter() {
        let starts = Starts::new("=/", &boxed(&["sk-", "AC", "x"])).expect("strings");
        for text in ["a=sk-1", "/AC", "=x", "==x"] {
            assert!(starts.follow_in(text.as_bytes()), "{text}");
        }
        for text in ["", "sk-1", "a=sk", "/A", "=", "a?AC"] {
            assert!(!starts.follow_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn names_end_before_the_equals_sign_in_any_case() {
        let lists = json!({"characters": {"white_space": "", "digits": "\u{ff11}", "not_in_url": ""}});
        let unicode = Unicode::of_plan(&lists).expect("lists");
        let endings = Endings::new(&boxed(&["token", "2fa"]), unicode).expect("endings");
        for text in [
            "token=",
            "a?resetTOKEN=1",
            "token1=",
            "token]=",
            "token2]=",
            "2fa=",
            "to%6ben=",
            "to\u{212a}en=",
            "token\u{ff11}=",
        ] {
            assert!(endings.name_in(text.as_bytes()), "{text}");
        }
        for text in ["", "token", "tokens=", "token12=", "token]]=", "fa=", "%2F", "%5D", "\u{e9}="] {
            assert!(!endings.name_in(text.as_bytes()), "{text}");
        }
    }
}
