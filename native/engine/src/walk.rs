//! Reads an event in bytes along the plan.
//!
//! Events of one source have their keys in the same order, so that the key which followed the last one in the previous
//! event is compared first, as bytes.

use std::sync::Arc;

use crate::automaton::{Action, Automaton, Value};
use crate::classes::Scanner;
use crate::json::{Cursor, Step, Why};
use crate::plan::{Array, Event, Node, Object};
use crate::values::{Leaf, Read, Values};

/// What a reader keeps from event to event, so that it allocates nothing.
pub struct State {
    scanner: Scanner,
    /// What was read of the last event.
    pub read: Read,
    /// For each event what was learned from lines, and from other data; None while it is used.
    learned: Vec<[Option<Box<Learned>>; 2]>,
    /// Whether a key may have characters after a [`MARK`].
    has_marks: bool,
    /// How many bytes there were from the key of the event type to the end of the last envelope.
    pub(crate) type_distance: usize,
}

/// What a walk learns about events of one type.
struct Learned {
    /// For each field of an object, and for its start, the field that came next.
    predictions: Vec<u8>,
    automaton: Automaton,
}

impl Learned {
    fn new(event: &Event) -> Box<Learned> {
        let predictions = first_predictions(&event.root, event.sizes.predictions);
        Box::new(Learned { predictions, automaton: Automaton::default() })
    }
}

impl State {
    /// A state for some events.
    #[must_use]
    pub fn new<'a>(events: impl Iterator<Item = &'a Event>) -> State {
        State {
            scanner: Scanner::detect(),
            read: Read::default(),
            learned: events.map(|event| [(); 2].map(|()| Some(Learned::new(event)))).collect(),
            has_marks: false,
            type_distance: 0,
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
/// `state.read.leaves`, and reading goes on.
///
/// Returns why the event is suspect; None if it is clean.
pub fn read<const LINES: bool>(
    cursor: &mut Cursor<'_, LINES>,
    event: &Event,
    number: usize,
    state: &mut State,
    collect: bool,
) -> Option<Why> {
    state.read.reset(event);
    if event.always {
        return Some(Why::Value);
    }
    // A reader that panics does not put it back; then, its whole state is replaced.
    let place = &mut state.learned[number][usize::from(LINES)];
    let mut learned = place.take().unwrap_or_else(|| Learned::new(event));
    let values = Values { cursor, read: &mut state.read, scanner: state.scanner, collect };
    let why = Walk { values, learned: &mut learned, has_marks: state.has_marks }.event(event);
    *place = Some(learned);
    why
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
    read_all(data, event, number, state, false).is_none()
}

/// The suspect strings of data that are exactly one event, if only rules suspect them and nothing else is suspect.
#[must_use]
pub fn suspect_leaves(data: &[u8], event: &Event, number: usize, state: &mut State) -> Option<Vec<Leaf>> {
    let is_text = simdutf8::basic::from_utf8(data).is_ok();
    let has_leaves = is_text && read_all(data, event, number, state, true) == Some(Why::Leaves);
    has_leaves.then(|| std::mem::take(&mut state.read.leaves))
}

/// As [`read`], for data that must be one event and nothing else.
fn read_all(data: &[u8], event: &Event, number: usize, state: &mut State, collect: bool) -> Option<Why> {
    let mut cursor = Cursor::<false>::new(data, 0, state.scanner);
    cursor.space();
    let why = read(&mut cursor, event, number, state, collect);
    if why.is_some_and(|why| why != Why::Leaves) {
        return why;
    }
    cursor.space();
    if cursor.at == data.len() { why } else { Some(Why::Syntax) }
}

/// Whether a part of data is exactly one clean event.
///
/// The data must be UTF-8. What follows the part is only read ahead.
#[must_use]
pub fn is_clean_part(data: &[u8], start: usize, end: usize, event: &Event, number: usize, state: &mut State) -> bool {
    let mut cursor = Cursor::<false>::new(data, start, state.scanner);
    cursor.space();
    // An event that is cut off may go on in what follows.
    if read(&mut cursor, event, number, state, false).is_some() || cursor.at > end {
        return false;
    }
    data[cursor.at..end].iter().all(|byte| b" \t\r\n".contains(byte))
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

/// Reads one event.
struct Walk<'a, 'd, const LINES: bool> {
    values: Values<'a, 'd, LINES>,
    learned: &'a mut Learned,
    has_marks: bool,
}

impl<const LINES: bool> Walk<'_, '_, LINES> {
    fn event(mut self, event: &Event) -> Option<Why> {
        let (start, automaton) = (self.values.cursor.at, &mut self.learned.automaton);
        // Asked also for an event with marks, which is not recorded: it ends the recording of the last event.
        if automaton.is_worthwhile() && !self.has_marks {
            let collect = std::mem::take(&mut self.values.collect);
            if self.values.follow(automaton).is_ok() {
                automaton.hit();
                return None;
            }
            self.values.collect = collect;
            self.values.cursor.at = start;
            self.values.read.reset(event);
        }
        if !self.has_marks {
            automaton.record(start);
        }
        if let Err(why) = self.object(&event.root) {
            return Some(why);
        }
        let (data, end) = (self.values.cursor.data, self.values.cursor.at);
        self.learned.automaton.value(data, end, end, || Value::End);
        (!self.values.read.leaves.is_empty()).then_some(Why::Leaves)
    }

    /// Reads an object, and returns a bit for each field that it has.
    fn object(&mut self, object: &Object) -> Step<u64> {
        self.learned.automaton.open(object);
        let (mut seen, mut before) = (0, object.fields.len());
        let mut goes_on = self.values.cursor.opens(b'{', b'}')?;
        while goes_on {
            before = self.key(object, before)?;
            if seen >> before & 1 == 1 {
                return Err(Why::Structure);
            }
            seen |= 1 << before;
            self.learned.automaton.fields(seen);
            self.value(&object.fields[before].node)?;
            goes_on = self.values.cursor.goes_on(b'}')?;
        }
        if seen & object.required != object.required || object.choices.iter().any(|choice| seen & choice == 0) {
            return Err(Why::Structure);
        }
        self.learned.automaton.close();
        if object.end.is_any() {
            self.values.end_object(&object.end)?;
            self.learned.automaton.act(|| Action::EndObject(Arc::clone(&object.end)));
        }
        Ok(seen)
    }

    /// Reads the key of a field and the colon; returns the index of the field.
    #[inline]
    fn key(&mut self, object: &Object, before: usize) -> Step<usize> {
        let place = object.first_prediction + before;
        let expected = self.learned.predictions[place] as usize;
        let rest = self.values.cursor.data.get(self.values.cursor.at..).unwrap_or_default();
        let found = match object.fields.get(expected) {
            Some(field) if field.quoted.begins(rest) => expected,
            _ => {
                let Some(found) = object.fields.iter().position(|field| field.quoted.begins(rest)) else {
                    return self.escaped_key(object);
                };
                self.learned.predictions[place] = found as u8;
                found
            }
        };
        self.values.cursor.at += object.fields[found].quoted.length();
        self.values.cursor.colon()?;
        Ok(found)
    }

    /// As [`Walk::key`], for a key with escapes.
    #[cold]
    fn escaped_key(&mut self, object: &Object) -> Step<usize> {
        if self.has_marks
            && let Some(found) = self.marked_key(object)
        {
            self.values.cursor.colon()?;
            return Ok(found);
        }
        let (span, _) = self.values.cursor.string(&mut self.values.read.decoded)?;
        let key = span.of(self.values.cursor.data, &self.values.read.decoded);
        let found = object.fields.iter().position(|field| *field.key == *key);
        self.values.cursor.colon()?;
        found.ok_or(Why::Structure)
    }

    /// The field with a key that has marks and no escapes, after it has been read.
    fn marked_key(&mut self, object: &Object) -> Option<usize> {
        let rest = self.values.cursor.data.get(self.values.cursor.at..)?.strip_prefix(b"\"")?;
        let key = &rest[..memchr::memchr(b'"', rest)?];
        let plain: Vec<u8> = key.iter().copied().filter(|&byte| byte != MARK).collect();
        let found = object.fields.iter().position(|field| *field.key == *plain)?;
        self.values.cursor.at += key.len() + 2;
        Some(found)
    }

    #[inline]
    fn value(&mut self, node: &Node) -> Step {
        let (values, automaton) = (&mut self.values, &mut self.learned.automaton);
        let (data, start) = (values.cursor.data, values.cursor.at);
        match node {
            Node::Text(node) => {
                values.text(node)?;
                let (begin, end) = (start + 1, values.cursor.at - 1); // between the quotes
                automaton.value(data, begin, end, || Value::Text(Arc::clone(node)));
            }
            Node::Integer(node) => {
                values.integer(node)?;
                automaton.value(data, start, values.cursor.at, || Value::Integer(Arc::clone(node)));
            }
            Node::Entries(node) => {
                values.entries(node)?;
                automaton.value(data, start, values.cursor.at, || Value::Entries(Arc::clone(node)));
            }
            Node::Object(object) => return self.object(object).map(|_| ()),
            Node::Array(array) => return self.array(array),
            Node::Unknown => return Err(Why::Value),
        }
        Ok(())
    }

    fn array(&mut self, array: &Array) -> Step {
        let elements = &array.elements;
        let mut goes_on = self.values.cursor.opens(b'[', b']')?;
        self.values.begin_array();
        self.learned.automaton.act(|| Action::BeginArray);
        while goes_on {
            let seen = self.object(&array.item)?;
            self.values.end_element(elements, seen);
            self.learned.automaton.act(|| Action::EndElement(Arc::clone(elements), seen));
            goes_on = self.values.cursor.goes_on(b']')?;
        }
        self.values.end_array(elements);
        self.learned.automaton.act(|| Action::EndArray(Arc::clone(elements)));
        Ok(())
    }
}
