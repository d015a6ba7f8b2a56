//! Verdicts on the rows of an Arrow array.

use std::ffi::CStr;

use eventlint_engine::arrow::{ArrowArray, ArrowSchema, Strings};
use eventlint_engine::engine::Engine as Plans;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A byte for each row: 1 for a clean event of a type, by its index; 0 for rows that are suspect or null.
pub fn verdicts<'py>(
    py: Python<'py>,
    array: &Bound<'py, PyAny>,
    plans: &Plans,
    index: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let capsules = array.call_method0("__arrow_c_array__")?;
    let (schema, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = capsules.extract()?;
    let (schema, values) =
        (pointer::<ArrowSchema>(&schema, c"arrow_schema")?, pointer::<ArrowArray>(&values, c"arrow_array")?);
    // SAFETY: a capsule of this name has such a structure, and `capsules` keeps both of them until the function returns.
    let (schema, values) = unsafe { (&*schema, &*values) };
    // SAFETY: `__arrow_c_array__` returns schema and array of one column; what they refer to is immutable.
    let strings = unsafe { Strings::new(schema, values) };
    let strings = strings.ok_or_else(|| PyTypeError::new_err("the array must have strings or bytes"))?;
    let strings = Shareable(strings);
    let found = py.detach(|| {
        let strings = &strings;
        plans.clean_rows(&strings.0, index)
    });
    Ok(PyBytes::new(py, &found))
}

/// A column that another thread may read.
struct Shareable<'a>(Strings<'a>);

// SAFETY: Arrow arrays are immutable, and nothing is released before the function that lends them returns.
unsafe impl Sync for Shareable<'_> {}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*const T> {
    // SAFETY: the function checks that the object is a capsule of this name, and returns null with an exception if not.
    let found = unsafe { ffi::PyCapsule_GetPointer(capsule.as_ptr(), name.as_ptr()) };
    if found.is_null() { Err(PyErr::fetch(capsule.py())) } else { Ok(found.cast()) }
}
