//! Terms about what comes before an equals sign, or after a delimiter.

use crate::characters::{Unicode, last_char};

/// Strings that begin after one of some bytes.
pub struct Starts {
    delimiters: Box<str>,
    is_delimiter: u128,
    /// The strings in order, and for each byte the index of the first one that begins with it or a greater one.
    strings: Vec<Box<[u8]>>,
    by_first: [u16; 257],
    /// A bit for each pair of first bytes; the second one is 0 at the end.
    pairs: Box<[u64; 1024]>,
}

impl Starts {
    /// Compiles a term; None if a delimiter is not in ASCII, or a string is empty.
    #[must_use]
    pub fn new(delimiters: &str, strings: &[Box<[u8]>]) -> Option<Starts> {
        if !delimiters.is_ascii() || strings.iter().any(|one| one.is_empty()) || strings.len() > usize::from(u16::MAX) {
            return None;
        }
        let mut sorted = strings.to_vec();
        sorted.sort_unstable();
        let mut by_first = [0; 257];
        for (byte, index) in by_first.iter_mut().enumerate() {
            *index = sorted.partition_point(|one| usize::from(one[0]) < byte) as u16;
        }
        let is_delimiter = delimiters.bytes().fold(0, |bits, byte| bits | 1 << byte);
        let pairs = Box::new([0; 1024]);
        let mut starts = Starts { delimiters: delimiters.into(), is_delimiter, strings: sorted, by_first, pairs };
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

    /// Whether the strings count after a byte.
    #[inline]
    #[must_use]
    pub fn is_delimiter(&self, byte: u8) -> bool {
        byte < 0x80 && self.is_delimiter >> byte & 1 == 1
    }

    /// Whether a string begins with a byte.
    #[must_use]
    pub fn may_begin(&self, byte: u8) -> bool {
        self.by_first[byte as usize] != self.by_first[byte as usize + 1]
    }

    /// Whether a text begins with one of the strings.
    #[inline]
    #[must_use]
    pub fn begin(&self, text: &[u8]) -> bool {
        let Some(&first) = text.first() else { return false };
        let second = text.get(1).copied().unwrap_or(0);
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs[pair >> 6] >> (pair & 63) & 1 == 1 && self.begin_with_pair(text, first, second)
    }

    fn begin_with_pair(&self, text: &[u8], first: u8, second: u8) -> bool {
        let range = usize::from(self.by_first[first as usize])..usize::from(self.by_first[first as usize + 1]);
        let third = text.get(2).copied();
        self.strings[range].iter().any(|one| {
            let may_begin = one.get(1).is_none_or(|&byte| byte == second) && (one.len() < 3 || third == Some(one[2]));
            may_begin && text.starts_with(one)
        })
    }

    /// Whether one of the strings follows a delimiter in a text.
    #[must_use]
    pub fn follow_in(&self, text: &[u8]) -> bool {
        (1..text.len()).any(|at| self.is_delimiter(text[at - 1]) && self.begin(&text[at..]))
    }
}

/// Endings of names of parameters.
pub struct Endings {
    /// The strings in the order of the hashes of their three last bytes.
    strings: Vec<(usize, Box<[u8]>)>,
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
        let mut strings: Vec<_> = strings.iter().map(|one| (hash(&one[one.len() - TAIL..]), one.clone())).collect();
        strings.sort_unstable();
        let mut tails = Box::new([0; 64]);
        for (hash, _) in &strings {
            tails[hash >> 6] |= 1 << (hash & 63);
        }
        Some(Endings { strings, tails, unicode })
    }

    /// Whether a text has a name with one of the endings, or a name with encoded characters.
    #[must_use]
    pub fn name_in(&self, text: &[u8]) -> bool {
        let mut settled = 0;
        text.iter().enumerate().any(|(at, &byte)| match byte {
            b'=' => self.end_encoded(&text[..at]),
            b'%' if at >= settled => self.encoded_name(text, at, &mut settled),
            0x80.. => folds_to_ascii(&text[at..]) && memchr::memchr2(b'=', b'%', &text[at..]).is_some(),
            _ => false,
        })
    }

    /// Whether a percent sign begins encoded characters of a name that goes on to an equals sign, encoded or not, or an
    /// encoded equals sign after a name.
    ///
    /// All that is encoded before `settled` has been judged then.
    pub fn encoded_name(&self, text: &[u8], start: usize, settled: &mut usize) -> bool {
        let (mut at, mut is_encoded) = (start, false);
        let is_suspect = loop {
            match text.get(at).copied() {
                Some(b'=') => break is_encoded,
                Some(b'%') => match encoded(text, at) {
                    // After more rounds of decoding, what is encoded here may be anything.
                    Some(b'%') => break true,
                    Some(b'=') if is_encoded || self.end_encoded(&text[..at]) => break true,
                    Some(byte) if byte.is_ascii_hexdigit() && text[at.saturating_sub(2)..at].contains(&b'%') => {
                        break true;
                    }
                    Some(byte) if byte.is_ascii_alphanumeric() || b"_-.".contains(&byte) => is_encoded = true,
                    Some(0x80..) => is_encoded |= begins_ignoring_case(&text[at..], KELVIN),
                    Some(b']' | b'$') => {}
                    Some(_) => {
                        at += ESCAPE;
                        break false;
                    }
                    None => {
                        at += 1;
                        break false;
                    }
                },
                Some(byte) if byte.is_ascii_alphanumeric() || byte >= 0x80 || b"_-.$]".contains(&byte) => {
                    at += 1;
                    continue;
                }
                _ => break false,
            }
            at += ESCAPE;
        };
        *settled = at;
        is_suspect
    }

    /// As [`Endings::end`]; the closing bracket may be encoded.
    #[inline]
    #[must_use]
    pub fn end_encoded(&self, text: &[u8]) -> bool {
        match text.strip_suffix(b"%5D").or_else(|| text.strip_suffix(b"%5d")) {
            Some(inside) => self.end_directly(inside) || self.end_before_digit(inside),
            None => self.end(text),
        }
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
        self.tails[hash >> 6] >> (hash & 63) & 1 == 1 && self.end_with_hash(text, hash)
    }

    fn end_with_hash(&self, text: &[u8], hash: usize) -> bool {
        let first = self.strings.partition_point(|(other, _)| *other < hash);
        let same = self.strings[first..].iter().take_while(|(other, _)| *other == hash);
        same.map(|(_, one)| one)
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

const ESCAPE: usize = 3;
/// The Kelvin sign, whose lower case is a letter of ASCII, encoded.
const KELVIN: &[u8] = b"%e2%84%aa";

fn begins_ignoring_case(text: &[u8], beginning: &[u8]) -> bool {
    text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

/// The byte that is encoded at a percent sign, if any.
fn encoded(text: &[u8], at: usize) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let [_, high, low] = text.get(at..)?.first_chunk()?;
    Some(digit(high)? << 4 | digit(low)?)
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
        let lists = json!({"characters": {"white_space": "", "digits": "\u{ff11}"}});
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
            "token%3D1",
            "token%5d%3d1",
            "to\u{212a}en=",
            "token\u{ff11}=",
            "to\u{212a}en%3D",
            "%74oken=",
            "tok%65n%3D",
            "tok%65%EF%BC%91n]=",
            "to%E2%84%AAen=",
            "token%253D1",
            "token%%33D1",
            "token%3%44",
            "a/%2f%74oken=",
        ] {
            assert!(endings.name_in(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "token",
            "tokens=",
            "token12=",
            "token]]=",
            "fa=",
            "%2F",
            "%5D",
            "a%3D1",
            "\u{e9}=",
            "%74oken",
            "%74/n=",
            "%74%2Fn=",
            "%zz=",
            "%",
            "%7",
            "a%3Db=",
            "%C3%A4=",
            "%41&a=%41",
        ] {
            assert!(!endings.name_in(text.as_bytes()), "{text}");
        }
    }
}
