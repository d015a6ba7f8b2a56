//! The shape of an event: its text without its plain values.
//!
//! `src/eventlint/report_templates/shape.py` says what a plain value is, and finds the same ones with a regular
//! expression; a test compares the two.

use std::ops::Range;

/// A digit fits at most so often into a plain integer.
const DIGITS: usize = 18;

/// The key of a shape, and where the plain values of the event are, without their quotes.
pub struct Shape {
    /// The text without the values, with a null byte on each side of what is before a value.
    pub key: Vec<u8>,
    /// The values, in their order.
    pub values: Vec<Range<usize>>,
}

/// The shape of an event; None if it is not ASCII.
#[must_use]
pub fn shape(event: &[u8]) -> Option<Shape> {
    if !event.is_ascii() {
        return None;
    }
    let mut found = Shape { key: Vec::with_capacity(event.len()), values: Vec::new() };
    let (mut kept, mut at) = (0, 0);
    while at < event.len() {
        let Some(value) = value_after(event, at) else {
            at += 1;
            continue;
        };
        found.key.extend_from_slice(&event[kept..at]);
        found.key.push(0);
        found.key.extend_from_slice(&event[at..value.start]);
        found.key.push(0);
        (kept, at) = (value.end, value.end);
        found.values.push(value);
    }
    found.key.extend_from_slice(&event[kept..]);
    Some(found)
}

/// Where the plain value is whose quote or first digit follows a byte.
fn value_after(event: &[u8], at: usize) -> Option<Range<usize>> {
    if !matches!(event[at], b':' | b'[' | b' ') {
        return None;
    }
    let start = at + 1;
    let value = match event.get(start)? {
        b'"' => start + 1..start + 1 + string(&event[start + 1..])?,
        _ if event[at] == b'[' => return None,
        _ => start..start + integer(&event[start..])?,
    };
    Some(value)
}

/// The length of the plain string that a text begins with: a quote and the end of a value follow.
fn string(text: &[u8]) -> Option<usize> {
    let end = text.iter().position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\'))?;
    let after = text[end..].strip_prefix(b"\"")?;
    let after = after.strip_prefix(b" ").unwrap_or(after);
    let is_value = matches!(after.first(), Some(b',' | b'}' | b']'));
    (is_value && text[..end].iter().any(|byte| *byte != b' ')).then_some(end)
}

/// The length of the plain integer that a text begins with: the end of a member follows.
fn integer(text: &[u8]) -> Option<usize> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let count = digits.iter().take(DIGITS + 1).take_while(|byte| byte.is_ascii_digit()).count();
    let is_plain = match digits.first()? {
        b'0' => count == 1 && digits.len() == text.len(),
        _ => (1..=DIGITS).contains(&count),
    };
    (is_plain && matches!(digits.get(count), Some(b',' | b'}'))).then_some(text.len() - digits.len() + count)
}
