//! The events of a plan by their type.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::arrow::Strings;
use crate::envelope::Envelope;
use crate::plan::{Event, Unusable, event};
use crate::values::Leaf;
use crate::walk::{State, is_clean, is_clean_part, suspect_leaves};

/// Compiled events by their type.
pub struct Engine {
    /// The name of each event type.
    pub names: Vec<Box<str>>,
    /// The events, in the same order.
    pub events: Vec<Event>,
    /// Where an event is in a line that has more than it; None if lines are events.
    pub envelope: Option<Envelope>,
}

impl Engine {
    /// Compiles a plan.
    ///
    /// `types` are the names of event types with the `$id` of their schemas. With `reports`, an event is clean only if
    /// no rule reports anything; else if the server accepts it.
    pub fn new(plan: &[u8], types: &[(String, String)], reports: bool) -> Result<Engine, Unusable> {
        let plan: Value = serde_json::from_slice(plan).map_err(|_| Unusable("the plan is not JSON"))?;
        let events = types.iter().map(|(_, identifier)| event(&plan, identifier, reports));
        let names = types.iter().map(|(name, _)| name.as_str().into()).collect();
        Ok(Engine { names, events: events.collect::<Result<_, _>>()?, envelope: None })
    }

    /// The index of an event type.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|one| **one == *name)
    }

    /// A state for the events.
    #[must_use]
    pub fn state(&self) -> State {
        State::new(self.events.iter())
    }

    /// Whether data are exactly one clean event, by the index of its type; false if the reader panics.
    #[must_use]
    pub fn is_clean(&self, data: &[u8], index: usize, state: &mut State) -> bool {
        self.guarded(state, |state| is_clean(data, &self.events[index], index, state))
    }

    /// The suspect strings of data that are exactly one event, if only rules suspect them and nothing else is suspect;
    /// else None, and also if the reader panics.
    #[must_use]
    pub fn suspect_leaves(&self, data: &[u8], index: usize, state: &mut State) -> Option<Vec<Leaf>> {
        self.guarded(state, |state| suspect_leaves(data, &self.events[index], index, state))
    }

    fn guarded<T: Default>(&self, state: &mut State, decide: impl FnOnce(&mut State) -> T) -> T {
        catch_unwind(AssertUnwindSafe(|| decide(state))).unwrap_or_else(|_| {
            *state = self.state();
            T::default()
        })
    }

    /// The rows of a column that are null, or not a clean event of their type.
    #[must_use]
    pub fn suspect_rows(&self, rows: &Strings<'_>, types: &Types<'_>) -> Vec<usize> {
        let (mut state, mut last_name) = (self.state(), (&[][..], None));
        let (mut found, mut first) = (Vec::new(), 0);
        let mut of_type = vec![Vec::new(); self.events.len()];
        while first < rows.len() {
            let (last, data) = block(rows, first);
            let start = rows.range(first).map_or(0, |(start, _)| start);
            let before = found.len();
            for row in first..=last {
                let index = match types {
                    Types::One(index) => Some(*index),
                    Types::Each(names) => names.get(row).and_then(|name| self.index_by(name, &mut last_name)),
                };
                match index.and_then(|index| of_type.get_mut(index)) {
                    Some(of_type) => of_type.push(row),
                    None => found.push(row),
                }
            }
            // One type after another: the processor predicts the branches better.
            for (index, of_type) in of_type.iter_mut().enumerate() {
                let mut is_clean = |row| match data {
                    Some(_) if rows.is_null(row) => false,
                    Some(data) => self.is_clean_row(data, rows.range(row), start, index, &mut state),
                    None => rows.get(row).is_some_and(|data| self.is_clean(data, index, &mut state)),
                };
                found.extend(of_type.drain(..).filter(|&row| !is_clean(row)));
            }
            found[before..].sort_unstable();
            first = last + 1;
        }
        found
    }

    /// The index of the type of a row; None if it is null or unknown.
    #[must_use]
    pub fn index_at(&self, types: &Types<'_>, row: usize) -> Option<usize> {
        match types {
            Types::One(index) => Some(*index),
            Types::Each(names) => names.get(row).and_then(|name| self.index_by(name, &mut (&[], None))),
        }
    }

    /// The index of an event type by the bytes of its name; the last name and its index are looked at first.
    #[inline]
    fn index_by<'a>(&self, name: &'a [u8], last: &mut (&'a [u8], Option<usize>)) -> Option<usize> {
        if name != last.0 {
            *last = (name, self.names.iter().position(|one| one.as_bytes() == name));
        }
        last.1
    }

    /// Whether a row of a block that is UTF-8 is a clean event.
    fn is_clean_row(
        &self,
        data: &[u8],
        range: Option<(usize, usize)>,
        start: usize,
        index: usize,
        state: &mut State,
    ) -> bool {
        let place = |offset: usize| offset.checked_sub(start).filter(|at| *at <= data.len());
        let Some((Some(begin), Some(end))) = range.map(|(begin, end)| (place(begin), place(end))) else { return false };
        let data = &data[..data.len().min(end + AHEAD)];
        self.guarded(state, |state| is_clean_part(data, begin, end, &self.events[index], index, state))
    }
}

/// The types of the events in a column.
pub enum Types<'a> {
    /// All events have one type, by its index.
    One(usize),
    /// The name of each event's type. An event whose name is null, unknown or not there is suspect.
    Each(Strings<'a>),
}

/// So many bytes of rows are tested for UTF-8 at once.
const BLOCK: usize = 64 << 10;
/// So many bytes after a row may be read ahead.
const AHEAD: usize = 128;

/// Rows from the first one on that are next to each other: the last one, and their bytes if they are UTF-8 together.
///
/// A clean event is UTF-8 then, because its first and last bytes are ASCII.
fn block<'a>(rows: &Strings<'a>, first: usize) -> (usize, Option<&'a [u8]>) {
    let Some((start, _)) = rows.range(first) else { return (first, None) };
    let is_near = |row: &usize| {
        let end = rows.range(*row).and_then(|(_, end)| end.checked_sub(start));
        end.is_some_and(|length| length <= BLOCK)
    };
    let last = (first + 1..rows.len()).take_while(is_near).last().unwrap_or(first);
    (last, rows.between(first, last).filter(|data| simdutf8::basic::from_utf8(data).is_ok()))
}
