//! The events of a plan by their type.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::arrow::Strings;
use crate::envelope::Envelope;
use crate::plan::{Event, Unusable, event};
use crate::walk::{State, is_clean, is_clean_part};

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

    fn guarded(&self, state: &mut State, decide: impl FnOnce(&mut State) -> bool) -> bool {
        catch_unwind(AssertUnwindSafe(|| decide(state))).unwrap_or_else(|_| {
            *state = self.state();
            false
        })
    }

    /// A byte for each row of a column: 1 for a clean event of a type, by its index; 0 for one that is suspect or null.
    #[must_use]
    pub fn clean_rows(&self, rows: &Strings<'_>, index: usize) -> Vec<u8> {
        let mut state = self.state();
        let mut found = Vec::with_capacity(rows.len());
        while found.len() < rows.len() {
            let first = found.len();
            let (last, data) = block(rows, first);
            let start = rows.range(first).map_or(0, |(start, _)| start);
            for row in first..=last {
                let is_clean = match data {
                    Some(data) if !rows.is_null(row) => {
                        self.is_clean_row(data, rows.range(row), start, index, &mut state)
                    }
                    Some(_) => false,
                    None => rows.get(row).is_some_and(|data| self.is_clean(data, index, &mut state)),
                };
                found.push(u8::from(is_clean));
            }
        }
        found
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
