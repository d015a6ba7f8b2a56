//! Reads and judges the values of an event.

use crate::classes::Scanner;
use crate::facts::{Facts, Mark, are_distinct, hash};
use crate::json::{Cursor, Span, Step, Why};
use crate::plan::{Elements, Entries, Event, Integer, ObjectEnd, TextNode};
use crate::screen::Verdict;
use crate::terms::Text;

/// At most so many suspect leaves are listed.
const MOST_LEAVES: usize = 64;

/// A string that only rules suspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The number of the leaf in the plan.
    pub number: u32,
    /// The offset of the quote before it.
    pub start: usize,
    /// The offset after the quote behind it.
    pub end: usize,
    /// The index of the element in each array above it.
    pub indexes: Vec<usize>,
    /// For an entry: the key with its quotes.
    pub key: Option<(usize, usize)>,
    /// For a string in an array of an entry: its index.
    pub element: Option<usize>,
    /// Whether it is the key of an entry.
    pub is_key: bool,
}

/// What was read of an event.
#[derive(Debug, Default)]
pub struct Read {
    /// What relations need.
    pub facts: Facts<Span>,
    /// Strings that had escapes.
    pub decoded: Vec<u8>,
    /// Hashes of the keys of the entries that are read.
    keys: Vec<u64>,
    /// The index of the element in each array that is read.
    indexes: Vec<usize>,
    /// The suspect leaves.
    pub leaves: Vec<Leaf>,
}

impl Read {
    /// Forgets the last event.
    pub fn reset(&mut self, event: &Event) {
        self.facts.reset(event.sizes.marks, event.sizes.hashes, event.sizes.tables);
        self.decoded.clear();
        self.indexes.clear();
        self.leaves.clear();
    }
}

/// Reads the values of one event.
pub struct Values<'a, 'd, const LINES: bool> {
    /// Where the reader is.
    pub cursor: &'a mut Cursor<'d, LINES>,
    /// What was read.
    pub read: &'a mut Read,
    /// The functions that read strings.
    pub scanner: Scanner,
    /// Whether strings that only rules suspect are listed.
    pub collect: bool,
}

impl<const LINES: bool> Values<'_, '_, LINES> {
    /// Reads a whole number.
    pub fn integer(&mut self, node: &Integer) -> Step {
        let number = self.cursor.integer()?;
        if !(node.minimum..=node.maximum).contains(&number) || node.always {
            return Err(Why::Value);
        }
        if let Some(mark) = node.mark {
            self.read.facts.marks[mark] = Mark::Number(number);
        }
        Ok(())
    }

    /// Reads a string.
    #[inline(always)]
    pub fn text(&mut self, node: &TextNode) -> Step {
        let begin = self.cursor.at;
        let (start, found) = self.cursor.plain_string();
        if start == 0 {
            return self.escaped_text(node);
        }
        let bytes = &self.cursor.data[start..start + found.length];
        let span = Span { start, end: start + found.length, is_decoded: false };
        self.judge(node, begin, span, Text::of(bytes, found))
    }

    /// As [`Values::text`], for a string with escapes.
    #[cold]
    fn escaped_text(&mut self, node: &TextNode) -> Step {
        let begin = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.read.decoded)?;
        let decoded = std::mem::take(&mut self.read.decoded);
        let step = self.judge(node, begin, span, Text::of(span.of(self.cursor.data, &decoded), found));
        self.read.decoded = decoded;
        step
    }

    #[inline(always)]
    fn judge(&mut self, node: &TextNode, begin: usize, span: Span, text: Text<'_>) -> Step {
        let verdict = node.screen.verdict(text);
        if node.keep.is_any() {
            self.read.facts.text(&node.keep, span, text.bytes);
        }
        if verdict == Verdict::Clean { Ok(()) } else { self.suspect(verdict, self.leaf(node.leaf, begin)) }
    }

    /// The leaf that was read last.
    fn leaf(&self, number: u32, start: usize) -> Leaf {
        let (end, indexes) = (self.cursor.at, self.read.indexes.clone());
        Leaf { number, start, end, indexes, key: None, element: None, is_key: false }
    }

    /// Lists a leaf, or gives up.
    #[cold]
    fn suspect(&mut self, verdict: Verdict, leaf: Leaf) -> Step {
        if !self.collect || verdict == Verdict::Refused || self.read.leaves.len() >= MOST_LEAVES {
            return Err(Why::Value);
        }
        self.read.leaves.push(leaf);
        Ok(())
    }

    /// Reads an object with any keys.
    pub fn entries(&mut self, entries: &Entries) -> Step {
        self.read.keys.clear();
        let mut goes_on = self.cursor.opens(b'{', b'}')?;
        while goes_on {
            self.entry(entries)?;
            goes_on = self.cursor.goes_on(b'}')?;
        }
        if are_distinct(&mut self.read.keys) { Ok(()) } else { Err(Why::Structure) }
    }

    fn entry(&mut self, entries: &Entries) -> Step {
        let start = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.read.decoded)?;
        let key = (start, self.cursor.at);
        let bytes = span.of(self.cursor.data, &self.read.decoded);
        let length = bytes.len();
        self.read.keys.push(hash(bytes));
        let verdict = entries.key.verdict(Text::of(bytes, found));
        let room = entries.most.checked_sub(length).filter(|_| verdict == Verdict::Clean);
        if verdict != Verdict::Clean {
            self.suspect(verdict, Leaf { key: Some(key), is_key: true, ..self.leaf(entries.leaf, start) })?;
        }
        self.cursor.colon()?;
        if self.cursor.peek() != b'[' {
            return self.entry_value(entries, key, room, None);
        }
        let (mut goes_on, mut index) = (self.cursor.opens(b'[', b']')?, 0);
        while goes_on {
            self.entry_value(entries, key, room, Some(index))?;
            index += 1;
            goes_on = self.cursor.goes_on(b']')?;
        }
        Ok(())
    }

    /// Reads a string of an entry; all are suspect if the key is suspect, or has no room for bytes of a string.
    fn entry_value(
        &mut self,
        entries: &Entries,
        key: (usize, usize),
        room: Option<usize>,
        element: Option<usize>,
    ) -> Step {
        let start = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.read.decoded)?;
        let bytes = span.of(self.cursor.data, &self.read.decoded);
        let mut verdict = entries.value.verdict(Text::of(bytes, found));
        if verdict == Verdict::Clean && room.is_none_or(|room| bytes.len() > room) {
            verdict = Verdict::Reported;
        }
        if verdict == Verdict::Clean {
            return Ok(());
        }
        self.suspect(verdict, Leaf { key: Some(key), element, ..self.leaf(entries.leaf, start) })
    }

    /// Ends an object.
    #[inline]
    pub fn end_object(&mut self, end: &ObjectEnd) -> Step {
        let facts = &mut self.read.facts;
        if let Some(mark) = end.mark {
            facts.marks[mark] = Mark::Present;
        }
        let (data, decoded) = (self.cursor.data, &self.read.decoded);
        let equal = |one: Span, other: Span| one.of(data, decoded) == other.of(data, decoded);
        let is_suspect = end.relations.iter().any(|relation| facts.suspects(relation, equal));
        if is_suspect { Err(Why::Relation) } else { Ok(()) }
    }

    /// Begins an array of objects.
    #[inline]
    pub fn begin_array(&mut self) {
        self.read.indexes.push(0);
    }

    /// Ends an element of an array, which has fields, a bit for each.
    #[inline]
    pub fn end_element(&mut self, elements: &Elements, seen: u64) {
        self.read.facts.end_element(&elements.hashes, &elements.tables, seen);
        if let Some(index) = self.read.indexes.last_mut() {
            *index += 1;
        }
    }

    /// Ends an array.
    #[inline]
    pub fn end_array(&mut self, elements: &Elements) {
        let count = self.read.indexes.pop();
        if let (Some(mark), Some(count)) = (elements.mark, count) {
            self.read.facts.marks[mark] = Mark::Count(count);
        }
    }
}
