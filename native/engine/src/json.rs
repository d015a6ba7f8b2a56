//! Reads tokens of strict JSON (RFC 8259) in UTF-8.

use crate::classes::{Classes, Scanner};

/// Why an event is suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is not strict JSON, or has a byte order mark or a lone surrogate.
    Syntax,
    /// A value has another type than the plan's, or a key is missing, unknown or duplicate.
    Structure,
    /// A value is suspect.
    Value,
    /// Only strings are suspect, and only what rules report; they are listed.
    Leaves,
    /// Values do not go together.
    Relation,
    /// The object around an event is not understood.
    Envelope,
    /// The reader panicked.
    Panic,
}

impl Why {
    /// The name of the reason.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Why::Syntax => "syntax",
            Why::Structure => "structure",
            Why::Value => "value",
            Why::Leaves => "leaves",
            Why::Relation => "relation",
            Why::Envelope => "envelope",
            Why::Panic => "panic",
        }
    }
}

/// A result of reading.
pub type Step<T = ()> = Result<T, Why>;

/// Where a string is: in the data, or in the buffer of decoded strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its last byte.
    pub end: usize,
    /// Whether it had escapes, and is in the buffer.
    pub is_decoded: bool,
}

impl Span {
    /// Its bytes.
    #[must_use]
    pub fn of<'a>(self, data: &'a [u8], decoded: &'a [u8]) -> &'a [u8] {
        let bytes = if self.is_decoded { decoded } else { data };
        bytes.get(self.start..self.end).unwrap_or_default()
    }
}

/// A position in data that are UTF-8, and reads from there.
///
/// With `LINES`, a line feed is not white space, so that nothing is read beyond the end of a line.
pub struct Cursor<'a, const LINES: bool> {
    /// All data; what comes after the value is never judged, but may be read ahead.
    pub data: &'a [u8],
    /// The offset of the next byte.
    pub at: usize,
    scanner: Scanner,
}

const MOST_DEPTH: u32 = 100;

impl<'a, const LINES: bool> Cursor<'a, LINES> {
    /// A cursor at an offset.
    #[must_use]
    pub fn new(data: &'a [u8], at: usize, scanner: Scanner) -> Cursor<'a, LINES> {
        Cursor { data, at, scanner }
    }

    /// The next byte; 0 at the end, which is not part of any token.
    #[inline]
    #[must_use]
    pub fn peek(&self) -> u8 {
        self.data.get(self.at).copied().unwrap_or(0)
    }

    /// Skips white space.
    #[inline]
    pub fn space(&mut self) {
        if self.peek() <= b' ' {
            self.more_space();
        }
    }

    fn more_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r') || (!LINES && self.peek() == b'\n') {
            self.at += 1;
        }
    }

    /// Reads one byte that must be there.
    #[inline]
    pub fn expect(&mut self, byte: u8, otherwise: Why) -> Step {
        if self.peek() != byte {
            return Err(otherwise);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads the white space and the byte between a key and its value.
    #[inline]
    pub fn colon(&mut self) -> Step {
        self.space();
        self.expect(b':', Why::Syntax)?;
        self.space();
        Ok(())
    }

    /// Reads the first byte of an object or array that ends with a byte; returns whether an element follows, and reads up
    /// to it.
    #[inline]
    pub fn opens(&mut self, begin: u8, end: u8) -> Step<bool> {
        self.expect(begin, Why::Structure)?;
        self.space();
        let is_empty = self.peek() == end;
        self.at += usize::from(is_empty);
        Ok(!is_empty)
    }

    /// Whether another element follows in an object or array that ends with a byte; reads up to it.
    #[inline]
    pub fn goes_on(&mut self, end: u8) -> Step<bool> {
        self.space();
        let byte = self.peek();
        if byte != b',' && byte != end {
            return Err(Why::Syntax);
        }
        self.at += 1;
        if byte == b',' {
            self.space();
        }
        Ok(byte == b',')
    }

    /// Reads a string without escapes; returns its offset, and what was found.
    ///
    /// The offset is 0, and nothing is read, if there is no such string.
    #[inline(always)]
    pub fn plain_string(&mut self) -> (usize, Classes) {
        let Some([b'"', rest @ ..]) = self.data.get(self.at..) else { return (0, Classes::new(0, 0, 0)) };
        let found = (self.scanner.string)(rest);
        if rest.get(found.length) != Some(&b'"') {
            return (0, found);
        }
        let start = self.at + 1;
        self.at = start + found.length + 1;
        (start, found)
    }

    /// Reads a string; one with escapes is decoded to the end of a buffer.
    #[inline]
    pub fn string(&mut self, decoded: &mut Vec<u8>) -> Step<(Span, Classes)> {
        let (start, found) = self.plain_string();
        if start != 0 {
            return Ok((Span { start, end: start + found.length, is_decoded: false }, found));
        }
        self.expect(b'"', Why::Structure)?;
        self.escaped(self.at, decoded)
    }

    #[cold]
    fn escaped(&mut self, start: usize, decoded: &mut Vec<u8>) -> Step<(Span, Classes)> {
        let begin = decoded.len();
        self.at = start;
        loop {
            let rest = self.data.get(self.at..).unwrap_or_default();
            let length = (self.scanner.string)(rest).length;
            decoded.extend_from_slice(&rest[..length]);
            self.at += length;
            match self.peek() {
                b'"' => break,
                b'\\' => self.escape(decoded)?,
                _ => return Err(Why::Syntax),
            }
        }
        self.at += 1;
        let found = (self.scanner.whole)(&decoded[begin..]);
        Ok((Span { start: begin, end: decoded.len(), is_decoded: true }, found))
    }

    fn escape(&mut self, decoded: &mut Vec<u8>) -> Step {
        let byte = self.data.get(self.at + 1).copied().unwrap_or(0);
        self.at += 2;
        decoded.push(match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let character = self.unicode_escape()?;
                decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err(Why::Syntax),
        });
        Ok(())
    }

    fn unicode_escape(&mut self) -> Step<char> {
        let first = self.unit()?;
        if (0xD800..0xDC00).contains(&first) {
            self.expect(b'\\', Why::Syntax)?;
            self.expect(b'u', Why::Syntax)?;
            let second = self.unit()?;
            if !(0xDC00..0xE000).contains(&second) {
                return Err(Why::Syntax);
            }
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or(Why::Syntax);
        }
        char::from_u32(first).ok_or(Why::Syntax)
    }

    fn unit(&mut self) -> Step<u32> {
        let digits: &[u8; 4] = self.data.get(self.at..).and_then(<[u8]>::first_chunk).ok_or(Why::Syntax)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?)).ok_or(Why::Syntax)
    }

    /// Reads a whole number that is written without a fraction, an exponent or superfluous signs.
    #[inline]
    pub fn integer(&mut self) -> Step<i64> {
        let is_negative = self.peek() == b'-';
        self.at += usize::from(is_negative);
        let (start, mut number) = (self.at, 0i64);
        while self.peek().is_ascii_digit() {
            number = number
                .checked_mul(10)
                .and_then(|ten| ten.checked_add(i64::from(self.peek() - b'0')))
                .ok_or(Why::Value)?;
            self.at += 1;
        }
        let length = self.at - start;
        let is_odd = length == 0 || (self.data[start] == b'0' && (length > 1 || is_negative));
        if is_odd || matches!(self.peek(), b'.' | b'e' | b'E') {
            return Err(Why::Structure);
        }
        Ok(if is_negative { -number } else { number })
    }

    /// Skips any value; duplicate keys in it are not noticed.
    pub fn skip(&mut self, decoded: &mut Vec<u8>) -> Step {
        let length = decoded.len();
        let step = self.skip_below(decoded, 0);
        decoded.truncate(length);
        step
    }

    fn skip_below(&mut self, decoded: &mut Vec<u8>, depth: u32) -> Step {
        if depth > MOST_DEPTH {
            return Err(Why::Envelope);
        }
        match self.peek() {
            b'"' => self.string(decoded).map(|_| ()),
            b'{' => self.skip_elements(decoded, depth, b'{', b'}'),
            b'[' => self.skip_elements(decoded, depth, b'[', b']'),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn skip_elements(&mut self, decoded: &mut Vec<u8>, depth: u32, begin: u8, end: u8) -> Step {
        let mut goes_on = self.opens(begin, end)?;
        while goes_on {
            if end == b'}' {
                self.string(decoded)?;
                self.colon()?;
            }
            self.skip_below(decoded, depth + 1)?;
            goes_on = self.goes_on(end)?;
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Step {
        if !self.data[self.at..].starts_with(word) {
            return Err(Why::Syntax);
        }
        self.at += word.len();
        Ok(())
    }

    fn digits(&mut self) -> Step<usize> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { Err(Why::Syntax) } else { Ok(self.at - start) }
    }

    fn number(&mut self) -> Step {
        self.at += usize::from(self.peek() == b'-');
        let is_zero = self.peek() == b'0';
        if self.digits()? > 1 && is_zero {
            return Err(Why::Syntax);
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(text: &str) -> Option<String> {
        let mut decoded = Vec::new();
        let mut cursor = Cursor::<true>::new(text.as_bytes(), 0, Scanner::detect());
        let (span, _) = cursor.string(&mut decoded).ok()?;
        (cursor.at == text.len()).then(|| String::from_utf8_lossy(span.of(text.as_bytes(), &decoded)).into_owned())
    }

    #[test]
    fn strings_are_those_of_serde_json() {
        for text in [
            r#""""#,
            r#""a""#,
            r#""a\"b\\\/\b\f\n\r\t""#,
            r#""\u00e9\ud83d\ude00é""#,
            r#""\u0000""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83d\u0041""#,
            r#""\x""#,
            r#""a"#,
            "\"a\nb\"",
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\"#,
            "\"a\tb\"",
        ] {
            assert_eq!(string(text), serde_json::from_str::<String>(text).ok(), "{text}");
        }
    }

    #[test]
    fn integers_have_no_second_spelling() {
        let integer = |text: &str| Cursor::<true>::new(text.as_bytes(), 0, Scanner::SCALAR).integer().ok();
        for (text, expected) in [("0", 0), ("7,", 7), ("-7}", -7), ("2147483648", 1 << 31)] {
            assert_eq!(integer(text), Some(expected), "{text}");
        }
        for text in ["", "-", "-0", "01", "1.0", "1e0", "+1", "99999999999999999999"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn values_that_are_skipped_are_strict_json() {
        let skip = |text: &str| {
            let mut cursor = Cursor::<false>::new(text.as_bytes(), 0, Scanner::detect());
            cursor.skip(&mut Vec::new()).is_ok() && cursor.at == text.len()
        };
        for text in ["0", "-0.5e+3", "[]", "{}", "[1, [2], {\"a\": \"b\"}]", "true", "null", "{\"a\":\n1}", "\"\\n\""] {
            assert!(skip(text), "{text}");
        }
        for text in ["", "01", "1.", "-", "[1,]", "{\"a\"}", "{a:1}", "tru", "[", "{\"a\":1,}", "1e", ".5", "NaN"] {
            assert!(!skip(text), "{text}");
        }
        assert!(!skip(&"[".repeat(5_000)));
    }
}
