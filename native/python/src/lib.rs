//! The Python module `eventlint._native`: eventlint's plan, run over bytes, objects, lines and columns.
//!
//! `src/eventlint/screen/native.py` is its only user.

mod buffer;
mod column;
mod objects;
mod results;

use std::sync::{Arc, Mutex};

use eventlint_engine::engine::Engine as Plans;
use eventlint_engine::envelope::Envelope;
use eventlint_engine::plan::Part;
use eventlint_engine::walk::State;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::buffer::Buffer;
use crate::column::{EventType, Lent};
use crate::objects::{Keys, Objects};

/// Increased when arguments or results of a method change; `src/eventlint/screen/native.py` has the same number.
const INTERFACE: u64 = 4;

/// What engine and screens share.
struct Shared {
    plans: Plans,
    keys: Vec<Keys>,
    /// What readers keep; another thread that reads at the same time makes its own.
    state: Mutex<(State, Objects)>,
}

impl Shared {
    fn with_state<T>(&self, run: impl FnOnce(&mut (State, Objects)) -> T) -> T {
        match self.state.try_lock() {
            Ok(mut state) => run(&mut state),
            Err(_) => run(&mut (self.plans.state(), Objects::new(&self.plans))),
        }
    }

    fn index_of(&self, event_type: &str) -> PyResult<usize> {
        self.plans.index_of(event_type).ok_or_else(|| PyKeyError::new_err(event_type.to_owned()))
    }

    fn clean_bytes(&self, data: &[u8], index: usize) -> bool {
        self.with_state(|(state, _)| self.plans.is_clean(data, index, state))
    }

    fn clean_object(&self, event: &Bound<'_, PyAny>, index: usize) -> bool {
        self.with_state(|(_, objects)| objects.is_clean(event, &self.plans, &self.keys[index], index))
    }
}

/// The events of a plan by their type.
///
/// Args:
///     plan: The plan as JSON.
///     types: The name of each event type, and the `$id` of its schema in the plan.
///     reports: Whether an event is clean only if no rule reports anything; else if the server accepts it.
///     envelope: The keys that lead to the payload, the event type, the collection, and the time (or None) in a line that
///         has more than an event; None if lines are events.
///
/// Raises:
///     ValueError: The plan has another format, or lacks an event; or one path of the envelope leads through another.
#[pyclass(module = "eventlint._native", frozen)]
struct Engine(Arc<Shared>);

type Paths = (Vec<String>, Vec<String>, Vec<String>, Option<Vec<String>>);

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (plan, types, *, reports = true, envelope = None))]
    fn new(
        py: Python<'_>,
        plan: &[u8],
        types: Vec<(String, String)>,
        reports: bool,
        envelope: Option<Paths>,
    ) -> PyResult<Engine> {
        let mut plans = Plans::new(plan, &types, reports).map_err(|error| PyValueError::new_err(error.0))?;
        if let Some((payload, event_type, collection, time)) = envelope {
            let found = Envelope::new(&payload, &event_type, &collection, time.as_deref());
            plans.envelope = Some(found.ok_or_else(|| PyValueError::new_err("the paths of the envelope overlap"))?);
        }
        let keys = plans.events.iter().map(|event| Keys::new(py, event)).collect();
        let state = Mutex::new((plans.state(), Objects::new(&plans)));
        Ok(Engine(Arc::new(Shared { plans, keys, state })))
    }

    /// Whether bytes are exactly one clean event.
    fn clean_bytes(&self, event_type: &str, data: &[u8]) -> PyResult<bool> {
        Ok(self.0.clean_bytes(data, self.0.index_of(event_type)?))
    }

    /// Whether an object is a clean event that has only values of the types `dict`, `list`, `str` and `int`.
    fn clean_object(&self, event_type: &str, event: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.0.clean_object(event, self.0.index_of(event_type)?))
    }

    /// The suspect strings of bytes that are exactly one event, if only rules suspect them and nothing else is suspect;
    /// else None. A string is what it is in the results of `scan`.
    fn suspect_leaves<'py>(
        &self,
        py: Python<'py>,
        event_type: &str,
        data: &[u8],
    ) -> PyResult<Option<Bound<'py, PyList>>> {
        let index = self.0.index_of(event_type)?;
        let found = self.0.with_state(|(state, _)| self.0.plans.suspect_leaves(data, index, state));
        found.map(|found| results::leaf_list(py, found)).transpose()
    }

    /// The screen of one event type.
    fn screen(&self, event_type: &str) -> PyResult<Screen> {
        Ok(Screen { index: self.0.index_of(event_type)?, shared: Arc::clone(&self.0) })
    }

    /// The path of each leaf of an event type; None is an element of an array.
    fn leaves<'py>(&self, py: Python<'py>, event_type: &str) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let part = |part: &Part| match part {
            Part::Key(key) => Some(key.clone()),
            Part::Element => None,
        };
        let leaves = &self.0.plans.events[self.0.index_of(event_type)?].leaves;
        leaves.iter().map(|path| PyTuple::new(py, path.iter().map(part))).collect()
    }

    /// Reads the lines of a buffer, which nobody may write to in the meantime.
    ///
    /// Args:
    ///     buffer: Lines; the last one may be without a line feed.
    ///     event_type: The type of the events in all lines; None if each line is an envelope.
    ///     threads: How many threads read.
    ///     blocked: Names of collections whose events are suspect.
    ///
    /// Returns:
    ///     The number of lines, the number of lines that are not blank, a list of suspect lines, and the number of clean
    ///     events by type, collection and time. A suspect line is its index, its offset and length in bytes, why it is
    ///     suspect, and None or its suspect leaves.
    ///
    /// Raises:
    ///     KeyError: There is no such event type.
    ///     BufferError: The buffer is not contiguous.
    #[pyo3(signature = (buffer, event_type = None, *, threads = 1, blocked = Vec::new()))]
    fn scan<'py>(
        &self,
        py: Python<'py>,
        buffer: &Bound<'py, PyAny>,
        event_type: Option<&str>,
        threads: usize,
        blocked: Vec<String>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let event = event_type.map(|name| self.0.index_of(name)).transpose()?;
        let buffer = Buffer::new(buffer)?;
        let blocked: Vec<Vec<u8>> = blocked.into_iter().map(String::into_bytes).collect();
        let (data, plans) = (buffer.bytes(), &self.0.plans);
        let found = py.detach(|| eventlint_engine::scan::scan(plans, data, event, threads, &blocked));
        results::to_python(py, found, plans)
    }

    /// Reads the strings of an Arrow array, and returns the numbers of the rows that are not clean events.
    ///
    /// Args:
    ///     array: An object with the method `__arrow_c_array__`.
    ///     event_type: The type of all events, or an array of strings with the type of each. Events of types that are
    ///         null or unknown are suspect.
    ///
    /// Raises:
    ///     KeyError: There is no such event type.
    ///     TypeError: An array does not have strings or bytes.
    ///     ValueError: The arrays have different lengths.
    fn scan_column(
        &self,
        py: Python<'_>,
        array: &Bound<'_, PyAny>,
        event_type: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<usize>> {
        let types = EventType::new(event_type, |name| self.0.index_of(name))?;
        column::suspects(py, &self.0.plans, array, &types)
    }

    /// Rows of an Arrow array, as the check of suspect events takes them.
    ///
    /// Args:
    ///     array: As for `scan_column`.
    ///     event_type: As for `scan_column`.
    ///     rows: The numbers of the rows.
    ///
    /// Returns:
    ///     For each row its bytes, which are empty if it is null; its type: a string if it is known, else bytes, or None
    ///     if it is null; and its suspect strings as `suspect_leaves` returns them, or None.
    ///
    /// Raises:
    ///     KeyError: There is no such event type.
    ///     TypeError: An array does not have strings or bytes.
    ///     ValueError: The arrays have different lengths.
    fn take<'py>(
        &self,
        py: Python<'py>,
        array: &Bound<'py, PyAny>,
        event_type: &Bound<'py, PyAny>,
        rows: Vec<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let types = EventType::new(event_type, |name| self.0.index_of(name))?;
        self.0.with_state(|(state, _)| column::take(py, &self.0.plans, array, &types, &rows, state))
    }

    /// The distinct strings of an Arrow array as bytes, in the order of the first row with each; None is a null.
    ///
    /// Raises:
    ///     TypeError: The array does not have strings or bytes.
    #[staticmethod]
    fn distinct<'py>(py: Python<'py>, array: &Bound<'py, PyAny>) -> PyResult<Vec<Option<Bound<'py, PyBytes>>>> {
        let array = Lent::new(array)?;
        let strings = array.strings("the array")?;
        let found = py.detach(|| strings.distinct());
        Ok(found.into_iter().map(|one| one.map(|one| PyBytes::new(py, one))).collect())
    }
}

/// Decides whether events of one type are clean.
#[pyclass(module = "eventlint._native", frozen)]
struct Screen {
    shared: Arc<Shared>,
    index: usize,
}

#[pymethods]
impl Screen {
    /// Whether bytes, a string or an object are exactly one clean event; false for values of all other types.
    fn is_clean(&self, event: &Bound<'_, PyAny>) -> bool {
        if event.is_exact_instance_of::<PyDict>() {
            return self.shared.clean_object(event, self.index);
        }
        if let Ok(bytes) = event.cast_exact::<PyBytes>() {
            return self.shared.clean_bytes(bytes.as_bytes(), self.index);
        }
        match event.cast_exact::<PyString>() {
            Ok(text) => text.to_str().is_ok_and(|text| self.shared.clean_bytes(text.as_bytes(), self.index)),
            Err(_) => false,
        }
    }
}

/// The shape of an event: the text without its plain values, and these. None if the event is not ASCII.
#[pyfunction]
fn shape<'py>(py: Python<'py>, event: &[u8]) -> PyResult<Option<(Bound<'py, PyString>, Bound<'py, PyList>)>> {
    let Some(found) = eventlint_engine::shape::shape(event) else { return Ok(None) };
    let text = |part: &[u8]| PyString::from_bytes(py, part);
    let values = found.values.into_iter().map(|range| text(&event[range])).collect::<PyResult<Vec<_>>>()?;
    Ok(Some((text(&found.key)?, PyList::new(py, values)?)))
}

/// The module.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    const _: () = assert!(size_of::<ffi::Py_ssize_t>() == size_of::<usize>());
    module.add("FORMAT", eventlint_engine::plan::FORMAT)?;
    module.add("INTERFACE", INTERFACE)?;
    module.add_function(wrap_pyfunction!(shape, module)?)?;
    module.add_class::<Engine>()?;
    module.add_class::<Screen>()
}
