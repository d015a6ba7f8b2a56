//! Reads the lines of a buffer, on several threads.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crate::engine::Engine;
use crate::envelope::Parts;
use crate::json::{Cursor, Why};
use crate::values::Leaf;
use crate::walk::{State, is_clean, read};

/// What is counted of clean events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The index of the event type.
    pub event: usize,
    /// The collection.
    pub collection: Option<Box<[u8]>>,
    /// The day in UTC if the time is written so that it shows; else the time as a JSON value.
    pub time: Option<Box<[u8]>>,
}

/// A line that is suspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The index of the line.
    pub line: usize,
    /// The offset of its first byte.
    pub offset: usize,
    /// Its bytes, without the line feed.
    pub length: usize,
    /// Why it is suspect.
    pub why: Why,
    /// If only strings are suspect: the strings, and where the event is.
    pub leaves: Option<Leaves>,
}

/// The suspect strings of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaves {
    /// The type of the event, its collection and time.
    pub key: Key,
    /// Where the event is in the line.
    pub payload: (usize, usize),
    /// The strings; their offsets are in the event.
    pub leaves: Vec<Leaf>,
}

/// What was found in lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many lines were read.
    pub lines: usize,
    /// How many of them are not blank.
    pub events: usize,
    /// The lines that are suspect, in order.
    pub suspects: Vec<Suspect>,
    /// How many events are clean.
    pub counts: HashMap<Key, u64>,
}

/// So many bytes are tested for UTF-8 at once.
const BLOCK: usize = 64 << 10;
/// A time of more bytes is left out.
const LONGEST_TIME: usize = 64;

/// Reads the lines of data; the last line may be without a line feed.
///
/// With an `event`, each line is an event of this type; else an envelope. Lines of a `blocked` collection are suspect.
#[must_use]
pub fn scan(engine: &Engine, data: &[u8], event: Option<usize>, threads: usize, blocked: &[Vec<u8>]) -> Found {
    let ranges = ranges(data, threads.max(1));
    let read = |&(start, end): &(usize, usize)| Range::new(engine, &data[start..end], event, blocked).read(start);
    if let [range] = &ranges[..] {
        return read(range);
    }
    let read = &read;
    let parts: Vec<Found> = thread::scope(|scope| {
        let started: Vec<_> = ranges
            .iter()
            .map(|range| (range, thread::Builder::new().spawn_scoped(scope, move || read(range))))
            .collect();
        let ended = started.into_iter().map(|(range, handle)| match handle.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(found)) => found,
            _ => read(range), // there is no room for another thread
        });
        ended.collect()
    });
    let mut all = Found::default();
    for part in parts {
        all.append(part);
    }
    all
}

impl Found {
    fn append(&mut self, other: Found) {
        self.suspects.extend(other.suspects.into_iter().map(|one| Suspect { line: one.line + self.lines, ..one }));
        self.lines += other.lines;
        self.events += other.events;
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
    }
}

/// Ranges of about the same size that end after a line feed, or at the end.
fn ranges(data: &[u8], count: usize) -> Vec<(usize, usize)> {
    let (mut ranges, mut start) = (Vec::new(), 0);
    for number in 1..=count {
        let least = (data.len() / count * number).max(start);
        let rest = &data[least..];
        let end = memchr::memchr(b'\n', rest).filter(|_| number < count).map_or(data.len(), |at| least + at + 1);
        ranges.push((start, end));
        start = end;
    }
    ranges.retain(|(start, end)| start < end);
    if ranges.is_empty() {
        ranges.push((0, 0));
    }
    ranges
}

struct Range<'a> {
    engine: &'a Engine,
    data: &'a [u8],
    event: Option<usize>,
    blocked: &'a [Vec<u8>],
    state: State,
    found: Found,
    /// The offset of the line that is read, and where its block ends.
    at: usize,
    block: usize,
    is_utf8: bool,
    /// The key of the last clean event, and how often it was there since it was counted.
    last: Option<(Key, u64)>,
}

impl<'a> Range<'a> {
    fn new(engine: &'a Engine, data: &'a [u8], event: Option<usize>, blocked: &'a [Vec<u8>]) -> Range<'a> {
        let (state, found) = (engine.state(), Found::default());
        Range { engine, data, event, blocked, state, found, at: 0, block: 0, is_utf8: false, last: None }
    }

    fn read(mut self, base: usize) -> Found {
        while catch_unwind(AssertUnwindSafe(|| self.lines())).is_err() {
            self.state = self.engine.state();
            self.suspect(Why::Panic, None);
        }
        self.count_last();
        self.found.suspects.iter_mut().for_each(|one| one.offset += base);
        self.found
    }

    fn lines(&mut self) {
        while self.at < self.data.len() {
            if self.at >= self.block {
                self.begin_block();
            }
            if self.is_utf8 || std::str::from_utf8(&self.data[self.at..self.end_of_line()]).is_ok() {
                self.line();
            } else {
                self.line_of_bytes();
            }
        }
    }

    /// Tests the next lines for UTF-8.
    fn begin_block(&mut self) {
        let least = (self.at + BLOCK).min(self.data.len());
        self.block = memchr::memchr(b'\n', &self.data[least..]).map_or(self.data.len(), |at| least + at + 1);
        self.is_utf8 = simdutf8::basic::from_utf8(&self.data[self.at..self.block]).is_ok();
    }

    fn end_of_line(&self) -> usize {
        memchr::memchr(b'\n', &self.data[self.at..]).map_or(self.data.len(), |length| self.at + length)
    }

    #[inline]
    fn line(&mut self) {
        let mut cursor = Cursor::<true>::new(self.data, self.at, self.state.scanner());
        cursor.space();
        if self.is_at_end(&cursor) {
            self.found.lines += 1;
            self.at = cursor.at + 1;
            return;
        }
        let start = cursor.at;
        let engine = self.engine;
        let (parts, why) = match (self.event, &engine.envelope) {
            (Some(event), _) => {
                let why = read(&mut cursor, &engine.events[event], event, &mut self.state, true);
                (Parts { event: Some(event), payload: (start, cursor.at), ..Parts::default() }, why)
            }
            (None, Some(envelope)) => {
                let last = self.last.as_ref().map_or(0, |(key, _)| key.event);
                envelope.read(&mut cursor, engine, &mut self.state, true, last)
            }
            (None, None) => (Parts::default(), Some(Why::Envelope)),
        };
        if why.is_some_and(|why| why != Why::Leaves) {
            return self.suspect(why.unwrap_or(Why::Panic), None);
        }
        cursor.space();
        if !self.is_at_end(&cursor) {
            return self.suspect(Why::Syntax, None);
        }
        if self.is_blocked(&parts) {
            return self.suspect(Why::Envelope, None);
        }
        if why.is_some() {
            let leaves = self.leaves(&parts);
            return self.suspect(Why::Leaves, Some(leaves));
        }
        self.count(&parts);
        self.found.lines += 1;
        self.found.events += 1;
        self.at = cursor.at + 1;
    }

    /// As [`Range::line`], for a line that is not UTF-8.
    #[cold]
    fn line_of_bytes(&mut self) {
        let (end, engine) = (self.end_of_line(), self.engine);
        let line = &self.data[self.at..end];
        match self.event {
            Some(event) if is_clean(line, &engine.events[event], event, &mut self.state) => {
                self.count(&Parts { event: Some(event), ..Parts::default() });
                self.found.lines += 1;
                self.found.events += 1;
                self.at = end + 1;
            }
            _ => self.suspect(Why::Syntax, None),
        }
    }

    #[inline]
    fn is_at_end(&self, cursor: &Cursor<'_, true>) -> bool {
        cursor.peek() == b'\n' || cursor.at == self.data.len()
    }

    fn bytes(&self, part: Option<(usize, usize)>) -> Option<&'a [u8]> {
        part.map(|(start, end)| &self.data[start..end])
    }

    fn is_blocked(&self, parts: &Parts) -> bool {
        let collection = self.bytes(parts.collection);
        !self.blocked.is_empty() && collection.is_some_and(|name| self.blocked.iter().any(|one| one == name))
    }

    #[cold]
    fn suspect(&mut self, why: Why, leaves: Option<Leaves>) {
        let end = self.end_of_line();
        let (line, offset) = (self.found.lines, self.at);
        self.found.suspects.push(Suspect { line, offset, length: end - offset, why, leaves });
        self.found.lines += 1;
        self.found.events += 1;
        self.at = end + 1;
    }

    fn leaves(&mut self, parts: &Parts) -> Leaves {
        let (start, end) = parts.payload;
        let mut leaves = std::mem::take(&mut self.state.read.leaves);
        for leaf in &mut leaves {
            leaf.start -= start;
            leaf.end -= start;
            leaf.key = leaf.key.map(|(from, to)| (from - start, to - start));
        }
        Leaves { key: self.key(parts), payload: (start - self.at, end - self.at), leaves }
    }

    fn key(&self, parts: &Parts) -> Key {
        let collection = self.bytes(parts.collection).map(Box::from);
        let time = self.bytes(parts.time).and_then(day).map(Box::from);
        Key { event: parts.event.unwrap_or(0), collection, time }
    }

    #[inline]
    fn count(&mut self, parts: &Parts) {
        let collection = self.bytes(parts.collection);
        let time = self.bytes(parts.time).and_then(day);
        match &mut self.last {
            Some((key, count))
                if Some(key.event) == parts.event
                    && key.collection.as_deref() == collection
                    && key.time.as_deref() == time =>
            {
                *count += 1;
            }
            _ => {
                let key = self.key(parts);
                self.count_last();
                self.last = Some((key, 1));
            }
        }
    }

    fn count_last(&mut self) {
        if let Some((key, count)) = self.last.take() {
            *self.found.counts.entry(key).or_default() += count;
        }
    }
}

/// The first ten bytes of a time in UTC, such as `2024-05-31T10:00:00Z`; else the whole JSON value, unless it is long.
fn day(value: &[u8]) -> Option<&[u8]> {
    let is_date = |text: &[u8]| matches_shape(text, b"0000-00-00");
    if let Some(text) = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""))
        && let Some((date, rest)) = text.split_at_checked(10)
        && is_date(date)
        && (rest.is_empty() || is_time(rest))
    {
        return Some(date);
    }
    (value.len() <= LONGEST_TIME).then_some(value)
}

/// Whether a text is a separator and a time of the day in UTC.
fn is_time(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"Z").unwrap_or(text);
    let shapes: [&[u8]; 6] =
        [b"T00:00:00", b"T00:00:00.000", b"T00:00:00.000000", b" 00:00:00", b" 00:00:00.000", b" 00:00:00.000000"];
    shapes.iter().any(|shape| matches_shape(text, shape)) && text[1..3] < b"24"[..] && text[4] < b'6' && text[7] < b'6'
}

/// Whether a text has a digit for each 0 of a shape, and is otherwise equal.
fn matches_shape(text: &[u8], shape: &[u8]) -> bool {
    let fits = |(&byte, &expected): (&u8, &u8)| if expected == b'0' { byte.is_ascii_digit() } else { byte == expected };
    text.len() == shape.len() && text.iter().zip(shape).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_all_lines_and_end_after_them() {
        let data = b"a\nbb\n\nccc\nd";
        for count in 1..9 {
            let ranges = ranges(data, count);
            let joined: Vec<u8> = ranges.iter().flat_map(|&(start, end)| data[start..end].to_vec()).collect();
            assert_eq!(joined, data);
            assert!(ranges[..ranges.len() - 1].iter().all(|&(_, end)| data[end - 1] == b'\n'));
        }
    }

    #[test]
    fn only_a_time_in_utc_shows_its_day() {
        for text in ["\"2024-05-31\"", "\"2024-05-31T10:00:00Z\"", "\"2024-05-31 10:00:00.123\""] {
            assert_eq!(day(text.as_bytes()), Some(&b"2024-05-31"[..]), "{text}");
        }
        for text in
            ["1717150000", "\"2024-05-31T23:00:00-02:00\"", "\"2024-05-31T24:00:00Z\"", "\"2024-05-31x\"", "null"]
        {
            assert_eq!(day(text.as_bytes()), Some(text.as_bytes()), "{text}");
        }
        assert_eq!(day(&[b'1'; 100]), None);
    }
}
