//! Terms about digits in a text: after a prefix, and in groups.
//!
//! Both are as wide as the regular expressions of the Python interpreter, or wider: see `src/eventlint/screen/terms.py`.

use crate::characters::Unicode;

/// Whether at least `count` digits follow one of the prefixes; up to two of `( ) . -` and white space may precede each.
#[must_use]
pub fn after(text: &str, count: usize, prefixes: &[Box<str>], unicode: &Unicode) -> bool {
    prefixes.iter().any(|prefix| {
        text.match_indices(&**prefix).any(|(at, _)| has_digits(&text[at + prefix.len()..], count, unicode))
    })
}

fn has_digits(text: &str, mut count: usize, unicode: &Unicode) -> bool {
    let mut between = 0;
    for character in text.chars() {
        if count == 0 {
            break;
        }
        // A character of another plane may be a digit or none, so that it counts as one and as nothing in between.
        if unicode.may_be_digit(character) {
            count -= 1;
            between = 0;
        } else if between < 2 && (matches!(character, '(' | ')' | '.' | '-') || unicode.spaces.has(character)) {
            between += 1;
        } else {
            return false;
        }
    }
    count == 0
}

/// Whether a text has groups of so many digits, separated by a hyphen, a period or white space.
///
/// The first group may be in parentheses, and then the separator may be missing. No letter of ASCII, digit,
/// underscore, `+`, `-` or `.` comes before the groups, and no letter, digit, underscore or `-` after them.
#[must_use]
pub fn in_groups(text: &str, sizes: &[usize], unicode: &Unicode) -> bool {
    let mut before = None;
    for (at, character) in text.char_indices() {
        let may_begin = !before.is_some_and(|one| continues(one) || matches!(one, '+' | '.'));
        if may_begin && (character == '(' || unicode.may_be_digit(character)) && groups(&text[at..], sizes, unicode) {
            return true;
        }
        before = Some(character);
    }
    false
}

fn continues(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

fn groups(text: &str, sizes: &[usize], unicode: &Unicode) -> bool {
    let mut rest = text.chars().peekable();
    let is_enclosed = rest.next_if_eq(&'(').is_some();
    for (number, &size) in sizes.iter().enumerate() {
        for _ in 0..size {
            if rest.next_if(|&one| unicode.may_be_digit(one)).is_none() {
                return false;
            }
        }
        let is_first = number == 0;
        if is_first && is_enclosed && rest.next_if_eq(&')').is_none() {
            return false;
        }
        let is_last = number + 1 == sizes.len();
        if is_last {
            break;
        }
        let is_separator = |one: &char| unicode.spaces.has(*one) || (!(is_first && is_enclosed) && "-.".contains(*one));
        if rest.next_if(is_separator).is_none() && !(is_first && is_enclosed) {
            return false;
        }
    }
    !rest.next().is_some_and(continues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn unicode() -> Unicode {
        let lists = json!({"characters": {"white_space": " \t\u{3000}", "digits": "\u{ff11}"}});
        Unicode::of_plan(&lists).expect("lists")
    }

    #[test]
    fn groups_are_found_where_no_word_continues_them() {
        for text in [
            "212-555-0142",
            "(212) 555-0142",
            "(212)555.0142",
            "call 212 555 0142.",
            "é212-555-0142",
            "\u{ff11}12-555-0142",
        ] {
            assert!(in_groups(text, &[3, 3, 4], &unicode()), "{text}");
        }
        for text in
            ["", "212-555-014", "2125550142", "a212-555-0142", "212-555-0142-1", "+212-555-0142", "(212)-555-0142"]
        {
            assert!(!in_groups(text, &[3, 3, 4], &unicode()), "{text}");
        }
    }

    #[test]
    fn digits_after_a_prefix_may_have_signs_in_between() {
        let prefixes = ["+".into(), "%2B".into()];
        for text in ["+4930123456", "a %2B49 (30) 123-456", "++49301234567"] {
            assert!(after(text, 8, &prefixes, &unicode()), "{text}");
        }
        for text in ["", "4930123456", "+493012", "+49 30   123456", "+49a30123456"] {
            assert!(!after(text, 8, &prefixes, &unicode()), "{text}");
        }
    }
}
