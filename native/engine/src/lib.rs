//! Runs eventlint's plan over JSON, and answers *clean* or *suspect*.
//!
//! The plan (`src/eventlint/screen/plan.json`) is data: a tree of nodes for each event, and terms about the strings,
//! numbers and objects in it. This crate has no name of a rule or of a field in it; both come with the plan. A clean
//! event certainly has no finding. A suspect event goes to the full check, which is written in Python and decides.
//!
//! - [`plan`] compiles the JSON of a plan; [`terms`] the terms, [`screen`] all terms about one string;
//! - [`classes`] finds the end of a string and the classes of its bytes, with SIMD instructions where there are any;
//! - [`byte_set`] finds the bytes of a set in a text;
//! - [`url`], [`uri`] and [`names`] evaluate terms about URLs, [`digits`] those about numbers in texts;
//! - [`json`] reads tokens, [`values`] the values of an event, [`walk`] an event, [`envelope`] an event inside of a
//!   larger object;
//! - [`automaton`] records what is between values, and [`follow`] reads events that have the same between them;
//! - [`facts`] keeps what relations between several values need;
//! - [`shape`] is the text of an event without its plain values, which events with the same problems share;
//! - [`engine`] is a plan for the events of one release, by their type;
//! - [`scan`] reads the lines of a buffer on several threads, [`arrow`] a column.

pub mod arrow;
pub mod automaton;
#[cfg(target_arch = "x86_64")]
mod avx2;
pub mod byte_set;
pub mod characters;
pub mod classes;
pub mod digits;
pub mod engine;
pub mod envelope;
pub mod facts;
pub mod follow;
pub mod json;
pub mod names;
pub mod plan;
pub mod scan;
pub mod screen;
pub mod shape;
pub mod terms;
pub mod uri;
pub mod url;
pub mod values;
pub mod walk;
