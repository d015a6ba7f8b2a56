//! Reads an event in bytes along the plan.
//!
//! Events of one source have their keys in the same order, so that the key which followed the last one in the previous
//! event is compared first, as bytes.

use crate::classes::Scanner;
use crate::facts::{Facts, Mark, are_distinct, hash};
use crate::json::{Cursor, Span, Step, Why};
use crate::plan::{Array, Entries, Event, Node, Object, TextNode};
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

/// What a reader keeps from event to event, so that it allocates nothing.
pub struct State {
    scanner: Scanner,
    facts: Facts<Span>,
    decoded: Vec<u8>,
    predictions: Vec<Vec<u8>>,
    keys: Vec<u64>,
    indexes: Vec<usize>,
    /// Whether a key may have characters after a [`MARK`].
    has_marks: bool,
    /// How many bytes there were from the key of the event type to the end of the last envelope.
    pub(crate) type_distance: usize,
    /// The suspect leaves of the last event.
    pub leaves: Vec<Leaf>,
}

impl State {
    /// A state for some events.
    #[must_use]
    pub fn new<'a>(events: impl Iterator<Item = &'a Event>) -> State {
        State {
            scanner: Scanner::detect(),
            facts: Facts::default(),
            decoded: Vec::new(),
            predictions: events.map(|event| first_predictions(&event.root, event.sizes.predictions)).collect(),
            keys: Vec::new(),
            indexes: Vec::new(),
            has_marks: false,
            type_distance: 0,
            leaves: Vec::new(),
        }
    }

    /// The functions that read strings.
    #[must_use]
    pub fn scanner(&self) -> Scanner {
        self.scanner
    }
}

/// At first, fields are expected in the plan's order.
fn first_predictions(root: &Object, count: usize) -> Vec<u8> {
    fn put(object: &Object, predictions: &mut [u8]) {
        let count = object.fields.len();
        for before in 0..=count {
            let next = if before == count { 0 } else { (before + 1) % count.max(1) };
            predictions[object.first_prediction + before] = next as u8;
        }
        for field in &object.fields {
            match &field.node {
                Node::Object(below) => put(below, predictions),
                Node::Array(array) => put(&array.item, predictions),
                _ => {}
            }
        }
    }
    let mut predictions = vec![0; count];
    put(root, &mut predictions);
    predictions
}

/// Reads the event of a plan at a cursor.
///
/// The data must be UTF-8 up to the end of the event. With `collect`, strings that only rules suspect are listed in
/// `state.leaves`, and reading goes on.
///
/// Returns why the event is suspect; None if it is clean.
pub fn read<const LINES: bool>(
    cursor: &mut Cursor<'_, LINES>,
    event: &Event,
    number: usize,
    state: &mut State,
    collect: bool,
) -> Option<Why> {
    state.facts.reset(event.sizes.marks, event.sizes.hashes, event.sizes.tables);
    state.decoded.clear();
    state.indexes.clear();
    state.leaves.clear();
    if event.always {
        return Some(Why::Value);
    }
    // A reader that panics does not put them back; then, its whole state is replaced.
    let mut predictions = std::mem::take(&mut state.predictions[number]);
    let step = Walk { cursor, predictions: &mut predictions, state, collect }.object(&event.root);
    state.predictions[number] = predictions;
    match step {
        Err(why) => Some(why),
        Ok(_) => (!state.leaves.is_empty()).then_some(Why::Leaves),
    }
}

/// Whether data are exactly one clean event.
#[must_use]
pub fn is_clean(data: &[u8], event: &Event, number: usize, state: &mut State) -> bool {
    if simdutf8::basic::from_utf8(data).is_ok() {
        return is_clean_text(data, event, number, state);
    }
    let Some(data) = marked(data) else { return false };
    state.has_marks = true;
    let is_clean = is_clean_text(&data, event, number, state);
    state.has_marks = false;
    is_clean
}

fn is_clean_text(data: &[u8], event: &Event, number: usize, state: &mut State) -> bool {
    let mut cursor = Cursor::<false>::new(data, 0, state.scanner);
    cursor.space();
    if read(&mut cursor, event, number, state, false).is_some() {
        return false;
    }
    cursor.space();
    cursor.at == data.len()
}

/// Comes before a character that had an overlong form. It is not allowed in a string, so that only keys can have it.
const MARK: u8 = 1;

/// Data with marked characters in place of letters, digits and underscores that have more bytes than they need.
///
/// The server reads such keys like others, and nothing of them is stored. None if there are other bytes that are not
/// UTF-8.
#[cold]
fn marked(data: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut found) = (data, Vec::with_capacity(data.len()));
    while let Err(error) = std::str::from_utf8(rest) {
        let (text, after) = rest.split_at(error.valid_up_to());
        let (character, length) = match *after {
            [first @ (0xC0 | 0xC1), second @ 0x80..=0xBF, ..] => ((first & 1) << 6 | second & 0x3F, 2),
            [0xE0, second @ (0x80 | 0x81), third @ 0x80..=0xBF, ..] => ((second & 1) << 6 | third & 0x3F, 3),
            _ => return None,
        };
        if !(character.is_ascii_alphanumeric() || character == b'_') {
            return None;
        }
        found.extend_from_slice(text);
        found.extend_from_slice(&[MARK, character]);
        rest = &after[length..];
    }
    if memchr::memchr(MARK, data).is_some() {
        return None;
    }
    found.extend_from_slice(rest);
    Some(found)
}

struct Walk<'a, 'd, const LINES: bool> {
    cursor: &'a mut Cursor<'d, LINES>,
    predictions: &'a mut [u8],
    state: &'a mut State,
    collect: bool,
}

impl<const LINES: bool> Walk<'_, '_, LINES> {
    /// Reads an object, and returns a bit for each field that it has.
    fn object(&mut self, object: &Object) -> Step<u64> {
        self.cursor.expect(b'{', Why::Structure)?;
        self.cursor.space();
        let mut seen = 0;
        if self.cursor.peek() == b'}' {
            self.cursor.at += 1;
        } else {
            let mut before = object.fields.len();
            loop {
                before = self.key(object, before)?;
                if seen >> before & 1 == 1 {
                    return Err(Why::Structure);
                }
                seen |= 1 << before;
                self.value(&object.fields[before].node)?;
                if !self.cursor.goes_on(b'}')? {
                    break;
                }
            }
        }
        if seen & object.required != object.required || object.choices.iter().any(|choice| seen & choice == 0) {
            return Err(Why::Structure);
        }
        if let Some(mark) = object.mark {
            self.state.facts.marks[mark] = Mark::Present;
        }
        if !object.relations.is_empty() {
            self.relations(object)?;
        }
        Ok(seen)
    }

    /// Reads the key of a field and the colon; returns the index of the field.
    #[inline]
    fn key(&mut self, object: &Object, before: usize) -> Step<usize> {
        let place = object.first_prediction + before;
        let expected = self.predictions[place] as usize;
        let rest = self.cursor.data.get(self.cursor.at..).unwrap_or_default();
        let found = match object.fields.get(expected) {
            Some(field) if field.quoted.begins(rest) => expected,
            _ => {
                let Some(found) = object.fields.iter().position(|field| field.quoted.begins(rest)) else {
                    return self.escaped_key(object);
                };
                self.predictions[place] = found as u8;
                found
            }
        };
        self.cursor.at += object.fields[found].quoted.length();
        self.cursor.colon()?;
        Ok(found)
    }

    /// As [`Walk::key`], for a key with escapes.
    #[cold]
    fn escaped_key(&mut self, object: &Object) -> Step<usize> {
        if self.state.has_marks
            && let Some(found) = self.marked_key(object)
        {
            self.cursor.colon()?;
            return Ok(found);
        }
        let (span, _) = self.cursor.string(&mut self.state.decoded)?;
        let key = span.of(self.cursor.data, &self.state.decoded);
        let found = object.fields.iter().position(|field| *field.key == *key);
        self.cursor.colon()?;
        found.ok_or(Why::Structure)
    }

    /// The field with a key that has marks and no escapes, after it has been read.
    fn marked_key(&mut self, object: &Object) -> Option<usize> {
        let rest = self.cursor.data.get(self.cursor.at..)?.strip_prefix(b"\"")?;
        let key = &rest[..memchr::memchr(b'"', rest)?];
        let plain: Vec<u8> = key.iter().copied().filter(|&byte| byte != MARK).collect();
        let found = object.fields.iter().position(|field| *field.key == *plain)?;
        self.cursor.at += key.len() + 2;
        Some(found)
    }

    #[inline]
    fn value(&mut self, node: &Node) -> Step {
        match node {
            Node::Text(node) => self.text(node),
            Node::Object(object) => self.object(object).map(|_| ()),
            Node::Integer(node) => {
                let number = self.cursor.integer()?;
                if !(node.minimum..=node.maximum).contains(&number) || node.always {
                    return Err(Why::Value);
                }
                if let Some(mark) = node.mark {
                    self.state.facts.marks[mark] = Mark::Number(number);
                }
                Ok(())
            }
            Node::Array(array) => self.array(array),
            Node::Entries(entries) => self.entries(entries),
            Node::Unknown => Err(Why::Value),
        }
    }

    #[inline]
    fn text(&mut self, node: &TextNode) -> Step {
        let begin = self.cursor.at;
        let (start, found) = self.cursor.plain_string();
        if start == 0 {
            return self.escaped_text(node);
        }
        let bytes = &self.cursor.data[start..start + found.length];
        let verdict = node.screen.verdict(Text::of(bytes, found));
        if node.keep.is_any() {
            let span = Span { start, end: start + found.length, is_decoded: false };
            self.state.facts.text(&node.keep, span, bytes);
        }
        if verdict == Verdict::Clean { Ok(()) } else { self.suspect(verdict, self.leaf(node.leaf, begin)) }
    }

    /// As [`Walk::text`], for a string with escapes.
    #[cold]
    fn escaped_text(&mut self, node: &TextNode) -> Step {
        let begin = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.state.decoded)?;
        let bytes = span.of(self.cursor.data, &self.state.decoded);
        let verdict = node.screen.verdict(Text::of(bytes, found));
        self.state.facts.text(&node.keep, span, bytes);
        if verdict == Verdict::Clean { Ok(()) } else { self.suspect(verdict, self.leaf(node.leaf, begin)) }
    }

    /// The leaf that was read last.
    fn leaf(&self, number: u32, start: usize) -> Leaf {
        let (end, indexes) = (self.cursor.at, self.state.indexes.clone());
        Leaf { number, start, end, indexes, key: None, element: None, is_key: false }
    }

    /// Lists a leaf, or gives up.
    #[cold]
    fn suspect(&mut self, verdict: Verdict, leaf: Leaf) -> Step {
        if !self.collect || verdict == Verdict::Refused || self.state.leaves.len() >= MOST_LEAVES {
            return Err(Why::Value);
        }
        self.state.leaves.push(leaf);
        Ok(())
    }

    fn array(&mut self, array: &Array) -> Step {
        self.cursor.expect(b'[', Why::Structure)?;
        self.cursor.space();
        let mut count = 0;
        if self.cursor.peek() == b']' {
            self.cursor.at += 1;
        } else {
            loop {
                self.state.indexes.push(count);
                let seen = self.object(&array.item)?;
                self.state.indexes.pop();
                count += 1;
                self.state.facts.end_element(&array.hashes, &array.tables, seen);
                if !self.cursor.goes_on(b']')? {
                    break;
                }
            }
        }
        if let Some(mark) = array.mark {
            self.state.facts.marks[mark] = Mark::Count(count);
        }
        Ok(())
    }

    fn entries(&mut self, entries: &Entries) -> Step {
        self.cursor.expect(b'{', Why::Structure)?;
        self.cursor.space();
        self.state.keys.clear();
        if self.cursor.peek() == b'}' {
            self.cursor.at += 1;
            return Ok(());
        }
        loop {
            self.entry(entries)?;
            if !self.cursor.goes_on(b'}')? {
                break;
            }
        }
        if are_distinct(&mut self.state.keys) { Ok(()) } else { Err(Why::Structure) }
    }

    fn entry(&mut self, entries: &Entries) -> Step {
        let start = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.state.decoded)?;
        let key = (start, self.cursor.at);
        let bytes = span.of(self.cursor.data, &self.state.decoded);
        let length = bytes.len();
        self.state.keys.push(hash(bytes));
        let verdict = entries.key.verdict(Text::of(bytes, found));
        if verdict != Verdict::Clean {
            self.suspect(verdict, Leaf { key: Some(key), is_key: true, ..self.leaf(entries.leaf, start) })?;
        }
        self.cursor.colon()?;
        if self.cursor.peek() != b'[' {
            return self.entry_value(entries, key, length, None);
        }
        self.cursor.at += 1;
        self.cursor.space();
        if self.cursor.peek() == b']' {
            self.cursor.at += 1;
            return Ok(());
        }
        for element in 0.. {
            self.entry_value(entries, key, length, Some(element))?;
            if !self.cursor.goes_on(b']')? {
                break;
            }
        }
        Ok(())
    }

    fn entry_value(&mut self, entries: &Entries, key: (usize, usize), length: usize, element: Option<usize>) -> Step {
        let start = self.cursor.at;
        let (span, found) = self.cursor.string(&mut self.state.decoded)?;
        let bytes = span.of(self.cursor.data, &self.state.decoded);
        let mut verdict = entries.value.verdict(Text::of(bytes, found));
        if verdict == Verdict::Clean && length + bytes.len() > entries.most {
            verdict = Verdict::Reported;
        }
        if verdict == Verdict::Clean {
            return Ok(());
        }
        self.suspect(verdict, Leaf { key: Some(key), element, ..self.leaf(entries.leaf, start) })
    }

    fn relations(&mut self, object: &Object) -> Step {
        let (data, decoded) = (self.cursor.data, &self.state.decoded);
        let equal = |one: Span, other: Span| one.of(data, decoded) == other.of(data, decoded);
        let facts = &mut self.state.facts;
        if object.relations.iter().any(|relation| facts.suspects(relation, equal)) {
            return Err(Why::Relation);
        }
        Ok(())
    }
}
