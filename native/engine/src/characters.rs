//! Characters and sets of them, and the lists of Unicode that a plan brings along.

use serde_json::Value;

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub struct CharSet {
    ascii: u128,
    others: Vec<char>,
}

impl CharSet {
    /// The set of the characters of a text.
    #[must_use]
    pub fn new(text: &str) -> CharSet {
        let mut set = CharSet::default();
        for character in text.chars() {
            if character.is_ascii() { set.ascii |= 1 << character as u32 } else { set.others.push(character) }
        }
        set.others.sort_unstable();
        set
    }

    /// Whether a character is in the set.
    #[must_use]
    pub fn has(&self, character: char) -> bool {
        if character.is_ascii() {
            self.has_ascii(character as u8)
        } else {
            self.others.binary_search(&character).is_ok()
        }
    }

    /// Whether a character of ASCII is in the set; false for other bytes.
    #[must_use]
    pub fn has_ascii(&self, byte: u8) -> bool {
        byte < 0x80 && self.ascii >> byte & 1 == 1
    }

    /// Whether any character outside of ASCII is in the set.
    #[must_use]
    pub fn has_others(&self) -> bool {
        !self.others.is_empty()
    }
}

/// The lists of Unicode of a plan.
#[derive(Clone, Debug, Default)]
pub struct Unicode {
    /// White space.
    pub spaces: CharSet,
    /// Decimal digits of the Basic Multilingual Plane outside of ASCII.
    digits: CharSet,
}

impl Unicode {
    /// The lists in a plan, or None if one is missing.
    #[must_use]
    pub fn of_plan(plan: &Value) -> Option<Unicode> {
        let characters = plan.get("characters")?;
        let list = |name: &str| characters.get(name).and_then(Value::as_str).map(CharSet::new);
        Some(Unicode { spaces: list("white_space")?, digits: list("digits")? })
    }

    /// Whether a character may be a decimal digit.
    ///
    /// New versions of Unicode have new digits for scripts in the Supplementary Multilingual Plane, so that any of its
    /// characters before the symbols and pictographs may be one.
    #[must_use]
    pub fn may_be_digit(&self, character: char) -> bool {
        matches!(character, '0'..='9' | '\u{10000}'..='\u{1EFFF}' | '\u{1FBF0}'..='\u{1FBF9}')
            || self.digits.has(character)
    }
}

/// The number of UTF-16 code units of a text in UTF-8.
#[must_use]
pub fn utf16_length(text: &[u8]) -> usize {
    text.iter().map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

/// The last character of a text in UTF-8, if it is not empty.
#[must_use]
pub fn last_char(text: &[u8]) -> Option<char> {
    let start = text.len().saturating_sub(4);
    let start = (start..text.len()).find(|&at| text[at] & 0xC0 != 0x80)?;
    std::str::from_utf8(&text[start..]).ok()?.chars().next_back()
}

/// The first character of a text in UTF-8, if it is not empty.
#[must_use]
pub fn first_char(text: &[u8]) -> Option<char> {
    let end = (1..=4).find(|&end| text.get(end).is_none_or(|byte| byte & 0xC0 != 0x80))?;
    std::str::from_utf8(text.get(..end)?).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_have_what_they_were_made_of() {
        let set = CharSet::new("ab\u{3000}\u{a0}");
        for character in "ab\u{3000}\u{a0}".chars() {
            assert!(set.has(character));
        }
        for character in "cB\u{3001}\u{0}".chars() {
            assert!(!set.has(character));
        }
    }

    #[test]
    fn lengths_and_ends_are_those_of_the_standard_library() {
        for text in ["", "a", "é", "日本", "😀", "a😀b", "é😀"] {
            assert_eq!(utf16_length(text.as_bytes()), text.encode_utf16().count());
            assert_eq!(first_char(text.as_bytes()), text.chars().next());
            assert_eq!(last_char(text.as_bytes()), text.chars().next_back());
        }
    }
}
