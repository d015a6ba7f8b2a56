//! The events of a plan by their type.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::envelope::Envelope;
use crate::plan::{Event, Unusable, event};
use crate::walk::{State, is_clean};

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
        let clean = catch_unwind(AssertUnwindSafe(|| is_clean(data, &self.events[index], index, state)));
        clean.unwrap_or_else(|_| {
            *state = self.state();
            false
        })
    }
}
