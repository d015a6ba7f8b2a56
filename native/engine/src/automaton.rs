//! Recognizes what is between the values of an event by comparing bytes with those of earlier events.
//!
//! After a value, a reader knows which objects are open and which fields of them it has read. From one such state, the
//! same bytes up to the next value always lead to the same state, and ask for the same actions. The walk records them as
//! an edge; [`crate::follow`] takes the edges of later events, and judges their values. An event that has other bytes is
//! walked.

use std::collections::HashMap;
use std::sync::Arc;

use crate::byte_set::WIDTH;
use crate::classes::Bytes;
use crate::plan::{Elements, Entries, Integer, Object, ObjectEnd, TextNode};

/// What comes after an edge.
pub enum Value {
    /// A string, after its quote.
    Text(Arc<TextNode>),
    /// A whole number.
    Integer(Arc<Integer>),
    /// An object with any keys.
    Entries(Arc<Entries>),
    /// Nothing: the event has been read.
    End,
}

/// What a walk does between values; all else depends only on the bytes.
pub enum Action {
    /// Ends an object.
    EndObject(Arc<ObjectEnd>),
    /// Begins an array.
    BeginArray,
    /// Ends an element of an array; it has these fields.
    EndElement(Arc<Elements>, u64),
    /// Ends an array.
    EndArray(Arc<Elements>),
}

/// The bytes between two values, and what they mean.
pub struct Edge {
    literal: Literal,
    /// What is to be done, in order.
    pub actions: Box<[Action]>,
    /// The value after the bytes.
    pub value: Value,
    /// The state after the value.
    pub next: usize,
}

impl Edge {
    /// How many bytes there are.
    #[inline]
    #[must_use]
    pub fn length(&self) -> usize {
        self.literal.length
    }
}

/// An edge has at most so many pieces of [`WIDTH`] bytes.
const MOST_PIECES: usize = 4;

/// A few bytes.
struct Literal {
    pieces: [[u8; WIDTH]; MOST_PIECES],
    length: usize,
}

impl Literal {
    fn new(text: &[u8]) -> Option<Literal> {
        let mut pieces = [[0; WIDTH]; MOST_PIECES];
        pieces.as_flattened_mut().get_mut(..text.len())?.copy_from_slice(text);
        Some(Literal { pieces, length: text.len() })
    }

    fn text(&self) -> &[u8] {
        &self.pieces.as_flattened()[..self.length]
    }

    /// Whether a text begins with the bytes.
    #[inline(always)]
    fn begins<B: Bytes>(&self, text: &[u8], reader: B) -> bool {
        let (mut rest, mut left) = (text, self.length);
        for ours in &self.pieces {
            let Some((theirs, after)) = rest.split_first_chunk() else { return text.starts_with(self.text()) };
            let differences = reader.differences(ours, theirs);
            if left <= WIDTH {
                return u64::from(differences) & ((1 << left) - 1) == 0;
            }
            if differences != 0 {
                return false;
            }
            (rest, left) = (after, left - WIDTH);
        }
        false
    }
}

/// The edges that leave a state.
#[derive(Default)]
struct State {
    /// The edge that was taken last.
    last: usize,
    edges: Vec<usize>,
}

/// The open objects, by their first predictions, and a bit for each of their fields that has been read.
type Frames = Vec<(usize, u64)>;

/// States and edges that events had, and the path of the event that is walked.
#[derive(Default)]
pub struct Automaton {
    states: Vec<State>,
    edges: Vec<Edge>,
    known: HashMap<Frames, usize>,
    frames: Frames,
    /// Whether the event that is walked is recorded; the state after its last value, and where that value ends.
    is_recording: bool,
    state: usize,
    end: usize,
    actions: Vec<Action>,
    /// How many more events were walked than followed.
    misses: u32,
    /// So many more events are only walked; how many there will be in the next pause.
    pause: u32,
    next_pause: u32,
}

/// The state before the first value.
pub const START: usize = 0;
/// So many edges are recorded at most, and so many from one state.
const MOST_EDGES: usize = 1024;
const MOST_FROM_STATE: usize = 16;
/// After so many misses, so many events are only walked, and twice as many the next time.
const MOST_MISSES: u32 = 64;
const FIRST_PAUSE: u32 = 256;
const LONGEST_PAUSE: u32 = 1 << 14;

impl Automaton {
    /// Ends the recording of the last event; returns whether the next one should be followed. If not, or if that fails,
    /// it is to be walked.
    #[inline]
    pub fn is_worthwhile(&mut self) -> bool {
        self.is_recording = false;
        if self.pause == 0 {
            return !self.edges.is_empty();
        }
        self.pause -= 1;
        false
    }

    /// Notes that an event was followed up to its end.
    #[inline]
    pub fn hit(&mut self) {
        self.misses = self.misses.saturating_sub(1);
        self.next_pause = FIRST_PAUSE;
    }

    /// The edge from a state that has the bytes at an offset.
    #[inline(always)]
    pub fn edge<B: Bytes>(&mut self, state: usize, data: &[u8], at: usize, reader: B) -> Option<&Edge> {
        let text = data.get(at..)?;
        let expected = self.states.get(state)?.last;
        let fits = self.edges.get(expected)?.literal.begins(text, reader);
        if fits { self.edges.get(expected) } else { self.other_edge(state, text) }
    }

    #[cold]
    fn other_edge(&mut self, state: usize, text: &[u8]) -> Option<&Edge> {
        let state = self.states.get_mut(state)?;
        state.last = *state.edges.iter().find(|&&edge| text.starts_with(self.edges[edge].literal.text()))?;
        self.edges.get(state.last)
    }
}

/// What the walk records.
impl Automaton {
    /// Begins an event at an offset.
    pub fn record(&mut self, at: usize) {
        if self.pause > 0 {
            return;
        }
        self.misses += 1;
        if self.misses > MOST_MISSES {
            // What was recorded is for other events.
            let pause = self.next_pause.clamp(FIRST_PAUSE, LONGEST_PAUSE);
            *self = Automaton { pause, next_pause: 2 * pause, misses: MOST_MISSES / 2, ..Automaton::default() };
            return;
        }
        if self.states.is_empty() {
            self.known.insert(Frames::new(), START);
            self.states.push(State::default());
        }
        self.frames.clear();
        self.actions.clear();
        (self.is_recording, self.state, self.end) = (true, START, at);
    }

    /// Begins an object.
    #[inline]
    pub fn open(&mut self, object: &Object) {
        if self.is_recording {
            self.frames.push((object.first_prediction, 0));
        }
    }

    /// Notes the fields of the innermost object that have been read, or are read now.
    #[inline]
    pub fn fields(&mut self, seen: u64) {
        if self.is_recording
            && let Some(frame) = self.frames.last_mut()
        {
            frame.1 = seen;
        }
    }

    /// Ends the innermost object.
    #[inline]
    pub fn close(&mut self) {
        if self.is_recording {
            self.frames.pop();
        }
    }

    /// Notes an action.
    #[inline]
    pub fn act(&mut self, action: impl FnOnce() -> Action) {
        if self.is_recording {
            self.actions.push(action());
        }
    }

    /// Records the edge up to a value that was read, from its begin to its end.
    #[inline]
    pub fn value(&mut self, data: &[u8], begin: usize, end: usize, value: impl FnOnce() -> Value) {
        if self.is_recording {
            // Without bytes in between, an edge would fit any text.
            let text = data.get(self.end..begin).filter(|text| !text.is_empty());
            let next = text.and_then(|text| self.next(text, value));
            self.actions.clear();
            self.is_recording = next.is_some();
            (self.state, self.end) = (next.unwrap_or(START), end);
        }
    }

    /// The state after an edge, which is recorded if it is new; None if there are too many.
    fn next(&mut self, text: &[u8], value: impl FnOnce() -> Value) -> Option<usize> {
        let state = self.states.get(self.state)?;
        if let Some(&known) = state.edges.iter().find(|&&edge| self.edges[edge].literal.text() == text) {
            return Some(self.edges[known].next);
        }
        if self.edges.len() >= MOST_EDGES || state.edges.len() >= MOST_FROM_STATE {
            return None;
        }
        let literal = Literal::new(text)?;
        let new = self.states.len();
        let next = *self.known.entry(self.frames.clone()).or_insert(new);
        if next == new {
            self.states.push(State::default());
        }
        let edge = self.edges.len();
        self.edges.push(Edge { literal, actions: self.actions.drain(..).collect(), value: value(), next });
        let state = self.states.get_mut(self.state)?;
        state.edges.push(edge);
        state.last = edge;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classes::Scalar;

    #[test]
    fn a_literal_begins_only_texts_with_all_of_its_bytes() {
        let all: Vec<u8> = (0..2 * MOST_PIECES * WIDTH).map(|at| at as u8).collect();
        for length in 0..=MOST_PIECES * WIDTH {
            let literal = Literal::new(&all[..length]).expect("it is short");
            for end in [length, length + 1, length + WIDTH, all.len()] {
                assert!(literal.begins(&all[..end.min(all.len())], Scalar));
            }
            for wrong in 0..length {
                let mut text = all.clone();
                text[wrong] ^= 1;
                assert!(!literal.begins(&text, Scalar), "{length} {wrong}");
                assert!(!literal.begins(&all[..wrong], Scalar), "{length} {wrong}");
            }
        }
        assert!(Literal::new(&all[..=MOST_PIECES * WIDTH]).is_none());
    }
}
