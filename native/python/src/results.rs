//! What was found, as Python values.

use eventlint_engine::engine::Engine as Plans;
use eventlint_engine::scan::{Found, Key, Leaves, Suspect};
use eventlint_engine::values::Leaf;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

/// The tuple that `Engine.scan` returns.
pub fn to_python<'py>(py: Python<'py>, found: Found, plans: &Plans) -> PyResult<Bound<'py, PyTuple>> {
    let suspects = PyList::empty(py);
    for one in found.suspects {
        suspects.append(suspect(py, one, plans)?)?;
    }
    let counts = PyDict::new(py);
    for (key, count) in found.counts {
        counts.set_item(names(py, &key, plans), count)?;
    }
    (found.lines, found.events, suspects, counts).into_pyobject(py)
}

type Names<'py> = (Bound<'py, PyString>, Option<Bound<'py, PyString>>, Option<Bound<'py, PyString>>);

/// The type, the collection and the time of events.
fn names<'py>(py: Python<'py>, key: &Key, plans: &Plans) -> Names<'py> {
    let text = |bytes: &[u8]| PyString::new(py, &String::from_utf8_lossy(bytes));
    let name = PyString::intern(py, &plans.names[key.event]);
    (name, key.collection.as_deref().map(text), key.time.as_deref().map(text))
}

fn suspect<'py>(py: Python<'py>, one: Suspect, plans: &Plans) -> PyResult<Bound<'py, PyTuple>> {
    let Suspect { line, offset, length, why, leaves: found } = one;
    let found = found.map(|found| leaves(py, found, plans)).transpose()?;
    (line, offset, length, PyString::intern(py, why.name()), found).into_pyobject(py)
}

/// The type, collection and time of an event, where it is in its line, and its suspect leaves.
fn leaves<'py>(py: Python<'py>, found: Leaves, plans: &Plans) -> PyResult<Bound<'py, PyTuple>> {
    let (name, collection, time) = names(py, &found.key, plans);
    let (start, end) = found.payload;
    (name, collection, time, start, end, leaf_list(py, found.leaves)?).into_pyobject(py)
}

/// The suspect leaves of an event.
pub fn leaf_list(py: Python<'_>, found: Vec<Leaf>) -> PyResult<Bound<'_, PyList>> {
    let leaves = PyList::empty(py);
    for one in found {
        leaves.append(leaf(py, one)?)?;
    }
    Ok(leaves)
}

fn leaf<'py>(py: Python<'py>, one: Leaf) -> PyResult<Bound<'py, PyTuple>> {
    let Leaf { number, start, end, indexes, key, element, is_key } = one;
    (number, start, end, PyTuple::new(py, indexes)?, key, element, is_key).into_pyobject(py)
}
