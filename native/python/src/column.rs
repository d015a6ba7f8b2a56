//! Reads the strings of Arrow arrays that Python objects lend.

use std::ffi::CStr;

use eventlint_engine::arrow::{ArrowArray, ArrowSchema, Strings};
use eventlint_engine::engine::{Engine as Plans, Types};
use eventlint_engine::walk::State;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use crate::results;

/// The type of all events by its index, or an array with the type of each.
pub enum EventType<'py> {
    One(usize),
    Each(Lent<'py>),
}

impl<'py> EventType<'py> {
    /// Takes the name of a type, whose index a function gives, or an array.
    pub fn new(given: &Bound<'py, PyAny>, index_of: impl Fn(&str) -> PyResult<usize>) -> PyResult<EventType<'py>> {
        match given.cast::<PyString>() {
            Ok(name) => Ok(EventType::One(index_of(name.to_str()?)?)),
            Err(_) => Ok(EventType::Each(Lent::new(given)?)),
        }
    }

    /// The types of events in a column.
    fn types(&self, events: &Strings<'_>) -> PyResult<Types<'_>> {
        let names = match self {
            EventType::One(index) => return Ok(Types::One(*index)),
            EventType::Each(names) => names.strings("the array of event types")?,
        };
        if names.len() != events.len() {
            let message = format!("the array has {} rows, the array of event types {}", events.len(), names.len());
            return Err(PyValueError::new_err(message));
        }
        Ok(Types::Each(names))
    }
}

/// The rows of an array that are suspect.
pub fn suspects(
    py: Python<'_>,
    plans: &Plans,
    array: &Bound<'_, PyAny>,
    types: &EventType<'_>,
) -> PyResult<Vec<usize>> {
    let array = Lent::new(array)?;
    let events = array.strings("the array")?;
    let types = types.types(&events)?;
    Ok(py.detach(|| plans.suspect_rows(&events, &types)))
}

/// Rows of an array: of each a tuple with its bytes, its type, and its suspect strings.
pub fn take<'py>(
    py: Python<'py>,
    plans: &Plans,
    array: &Bound<'py, PyAny>,
    types: &EventType<'py>,
    rows: &[usize],
    state: &mut State,
) -> PyResult<Bound<'py, PyList>> {
    let array = Lent::new(array)?;
    let events = array.strings("the array")?;
    let types = types.types(&events)?;
    let taken = PyList::empty(py);
    for &row in rows {
        let event = events.get(row);
        let index = plans.index_at(&types, row);
        let name = match (&types, index) {
            (_, Some(index)) => Some(PyString::intern(py, &plans.names[index]).into_any()),
            (Types::Each(names), None) => names.get(row).map(|name| PyBytes::new(py, name).into_any()),
            (Types::One(_), None) => None,
        };
        let leaves = event.zip(index).and_then(|(event, index)| plans.suspect_leaves(event, index, state));
        let leaves = leaves.map(|leaves| results::leaf_list(py, leaves)).transpose()?;
        taken.append((PyBytes::new(py, event.unwrap_or_default()), name, leaves))?;
    }
    Ok(taken)
}

/// An array that a Python object lends until this is dropped.
pub struct Lent<'py> {
    schema: Bound<'py, PyAny>,
    array: Bound<'py, PyAny>,
}

impl<'py> Lent<'py> {
    /// Asks an object for its array.
    pub fn new(object: &Bound<'py, PyAny>) -> PyResult<Lent<'py>> {
        let (schema, array) = object.call_method0("__arrow_c_array__")?.extract()?;
        Ok(Lent { schema, array })
    }

    /// The strings of the array; no Python code may run in this thread while they are used.
    pub fn strings(&self, name: &str) -> PyResult<Strings<'_>> {
        let schema = pointer::<ArrowSchema>(&self.schema, c"arrow_schema")?;
        let array = pointer::<ArrowArray>(&self.array, c"arrow_array")?;
        // SAFETY: a capsule of this name has such a structure, and `self` keeps both capsules.
        let (schema, array) = unsafe { (&*schema, &*array) };
        // SAFETY: `__arrow_c_array__` returns schema and array of one column; what they refer to is immutable.
        let strings = unsafe { Strings::new(schema, array) };
        strings.ok_or_else(|| PyTypeError::new_err(format!("{name} must have strings or bytes")))
    }
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*const T> {
    // SAFETY: the function checks that the object is a capsule of this name, and returns null with an exception if not.
    let found = unsafe { ffi::PyCapsule_GetPointer(capsule.as_ptr(), name.as_ptr()) };
    if found.is_null() { Err(PyErr::fetch(capsule.py())) } else { Ok(found.cast()) }
}
