//! Reads the strings of Arrow arrays that Python objects lend.

use std::ffi::CStr;

use eventlint_engine::arrow::{ArrowArray, ArrowSchema, Strings};
use eventlint_engine::engine::{Engine as Plans, Types};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;

/// The type of all events by its index, or an array with the type of each.
pub enum EventType<'py> {
    One(usize),
    Each(Lent<'py>),
}

/// The rows of an array that are suspect.
pub fn suspects(
    py: Python<'_>,
    plans: &Plans,
    array: &Bound<'_, PyAny>,
    types: &EventType<'_>,
) -> PyResult<Vec<usize>> {
    let array = Lent::new(array)?;
    let rows = array.strings("the array")?;
    let types = match types {
        EventType::One(index) => Types::One(*index),
        EventType::Each(names) => Types::Each(names.strings("the array of event types")?),
    };
    if let Types::Each(names) = &types
        && names.len() != rows.len()
    {
        let message = format!("the array has {} rows, the array of event types {}", rows.len(), names.len());
        return Err(PyValueError::new_err(message));
    }
    Ok(py.detach(|| plans.suspect_rows(&rows, &types)))
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
