//! Reads an event that is a Python object along the plan.
//!
//! Only values of exactly the types `dict`, `list`, `str` and `int` are read, so that no code of a caller runs, and
//! nothing changes while an object is read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use eventlint_engine::classes::Scanner;
use eventlint_engine::engine::Engine as Plans;
use eventlint_engine::facts::{Facts, Mark};
use eventlint_engine::plan::{Array, Entries, Event, Integer, Node, Object, TextNode};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// The keys of all fields of an event as interned strings, by the places of predictions.
pub struct Keys(Vec<Option<Py<PyString>>>);

impl Keys {
    /// The keys of an event.
    pub fn new(py: Python<'_>, event: &Event) -> Keys {
        fn put(py: Python<'_>, object: &Object, keys: &mut [Option<Py<PyString>>]) {
            for (index, field) in object.fields.iter().enumerate() {
                let key = String::from_utf8_lossy(&field.key);
                keys[object.first_prediction + index] = Some(PyString::intern(py, &key).unbind());
                match &field.node {
                    Node::Object(below) => put(py, below, keys),
                    Node::Array(array) => put(py, &array.item, keys),
                    _ => {}
                }
            }
        }
        let mut keys: Vec<Option<Py<PyString>>> = (0..event.sizes.predictions).map(|_| None).collect();
        put(py, &event.root, &mut keys);
        Keys(keys)
    }

    /// Whether a key is the interned string of a place.
    #[inline]
    fn is(&self, place: usize, key: *mut PyObject) -> bool {
        matches!(self.0.get(place), Some(Some(known)) if known.as_ptr() == key)
    }
}

/// A borrowed value. It is used only while the event that it belongs to is read.
#[derive(Clone, Copy, PartialEq)]
struct Value(*mut PyObject);

/// What a reader keeps from event to event.
pub struct Objects {
    scanner: Scanner,
    facts: Facts<Value>,
    predictions: Vec<Vec<u8>>,
}

// SAFETY: the values in `facts` are pointers that are never followed after the event in which they were found has been
// read; each event starts with a reset. All else is owned.
unsafe impl Send for Objects {}

impl Objects {
    /// A reader for the events of plans.
    pub fn new(plans: &Plans) -> Objects {
        let predictions = plans.events.iter().map(|event| vec![0; event.sizes.predictions]).collect();
        Objects { scanner: Scanner::detect(), facts: Facts::default(), predictions }
    }

    /// Whether an object is a clean event; false if the reader panics.
    pub fn is_clean(&mut self, object: &Bound<'_, PyAny>, plans: &Plans, keys: &Keys, index: usize) -> bool {
        let event = &plans.events[index];
        self.facts.reset(event.sizes.marks, event.sizes.hashes, event.sizes.tables);
        let mut walk =
            Walk { keys, predictions: &mut self.predictions[index], facts: &mut self.facts, scanner: self.scanner };
        let read = AssertUnwindSafe(|| {
            // SAFETY: the object is alive, and `Bound` proves that this thread is attached to the interpreter. What is
            // below the object stays alive, because nothing that is called here runs other code or detaches.
            !event.always && unsafe { walk.object(&event.root, Value(object.as_ptr())) }.is_some()
        });
        catch_unwind(read).unwrap_or(false)
    }
}

struct Walk<'a> {
    keys: &'a Keys,
    predictions: &'a mut [u8],
    facts: &'a mut Facts<Value>,
    scanner: Scanner,
}

/// The UTF-8 of a string; None if it is not exactly a `str`, or has a lone surrogate.
///
/// # Safety
///
/// The value must be alive, and this thread attached to the interpreter. The bytes belong to the value.
#[inline]
unsafe fn utf8<'v>(value: Value) -> Option<&'v [u8]> {
    // SAFETY: the value is alive. The bytes are a part of it, or are kept by it, until it is freed.
    unsafe {
        if ffi::PyUnicode_CheckExact(value.0) == 0 {
            return None;
        }
        let mut length = 0;
        let start = ffi::PyUnicode_AsUTF8AndSize(value.0, &raw mut length);
        if start.is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        Some(std::slice::from_raw_parts(start.cast(), length as usize))
    }
}

/// Whether two strings are equal.
///
/// # Safety
///
/// As for [`utf8`].
unsafe fn equal(one: Value, other: Value) -> bool {
    // SAFETY: the caller's promise.
    unsafe { utf8(one).is_some_and(|text| utf8(other) == Some(text)) }
}

/// All methods return None if the value is suspect.
///
/// # Safety
///
/// For all of them: the value must be alive, and this thread attached to the interpreter.
impl Walk<'_> {
    /// Reads an object; returns a bit for each field that it has.
    unsafe fn object(&mut self, object: &Object, dict: Value) -> Option<u64> {
        let (mut seen, mut before) = (0, object.fields.len());
        let (mut position, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        // SAFETY: the dictionary is alive and does not change, so that the borrowed keys and values are alive, too.
        unsafe {
            if ffi::PyDict_CheckExact(dict.0) == 0 {
                return None;
            }
            while ffi::PyDict_Next(dict.0, &raw mut position, &raw mut key, &raw mut value) != 0 {
                before = self.key(object, before, Value(key))?;
                seen |= 1 << before;
                self.value(&object.fields[before].node, Value(value))?;
            }
        }
        if seen & object.required != object.required || object.choices.iter().any(|choice| seen & choice == 0) {
            return None;
        }
        if let Some(mark) = object.end.mark {
            self.facts.marks[mark] = Mark::Present;
        }
        // SAFETY: all values in the facts belong to the event that is read.
        let same = |one, other| unsafe { equal(one, other) };
        let is_suspect = object.end.relations.iter().any(|relation| self.facts.suspects(relation, same));
        (!is_suspect).then_some(seen)
    }

    /// The index of the field with a key.
    #[inline]
    unsafe fn key(&mut self, object: &Object, before: usize, key: Value) -> Option<usize> {
        let place = object.first_prediction + before;
        let expected = self.predictions[place] as usize;
        if expected < object.fields.len() && self.keys.is(object.first_prediction + expected, key.0) {
            return Some(expected);
        }
        let interned = (0..object.fields.len()).find(|index| self.keys.is(object.first_prediction + index, key.0));
        let found = match interned {
            Some(found) => found,
            None => {
                // SAFETY: the caller's promise.
                let text = unsafe { utf8(key) }?;
                object.fields.iter().position(|field| *field.key == *text)?
            }
        };
        self.predictions[place] = found as u8;
        Some(found)
    }

    #[inline]
    unsafe fn value(&mut self, node: &Node, value: Value) -> Option<()> {
        // SAFETY: the caller's promise.
        unsafe {
            match node {
                Node::Text(node) => self.text(node, value),
                Node::Object(object) => self.object(object, value).map(|_| ()),
                Node::Integer(node) => self.integer(node, value),
                Node::Array(array) => self.array(array, value),
                Node::Entries(entries) => self.entries(entries, value),
                Node::Unknown => None,
            }
        }
    }

    #[inline]
    unsafe fn text(&mut self, node: &TextNode, value: Value) -> Option<()> {
        // SAFETY: the caller's promise.
        let bytes = unsafe { utf8(value) }?;
        if node.screen.suspects_unread(bytes, self.scanner) {
            return None;
        }
        if node.keep.is_any() {
            self.facts.text(&node.keep, value, bytes);
        }
        Some(())
    }

    unsafe fn integer(&mut self, node: &Integer, value: Value) -> Option<()> {
        let mut overflow = 0;
        // SAFETY: the caller's promise. Exactly an `int` has no code of its own to convert it.
        let number = unsafe {
            if ffi::PyLong_CheckExact(value.0) == 0 {
                return None;
            }
            ffi::PyLong_AsLongLongAndOverflow(value.0, &raw mut overflow)
        };
        if overflow != 0 || !(node.minimum..=node.maximum).contains(&number) || node.always {
            return None;
        }
        if let Some(mark) = node.mark {
            self.facts.marks[mark] = Mark::Number(number);
        }
        Some(())
    }

    unsafe fn array(&mut self, array: &Array, list: Value) -> Option<()> {
        // SAFETY: the caller's promise; the list does not change, so that all indexes are inside of it.
        let count = unsafe {
            if ffi::PyList_CheckExact(list.0) == 0 {
                return None;
            }
            ffi::PyList_Size(list.0)
        };
        for index in 0..count {
            // SAFETY: as above; the list keeps its elements alive.
            let seen = unsafe { self.object(&array.item, Value(ffi::PyList_GetItem(list.0, index))) }?;
            self.facts.end_element(&array.elements.hashes, &array.elements.tables, seen);
        }
        if let Some(mark) = array.elements.mark {
            self.facts.marks[mark] = Mark::Count(count as usize);
        }
        Some(())
    }

    unsafe fn entries(&mut self, entries: &Entries, dict: Value) -> Option<()> {
        let (mut position, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        // SAFETY: as for `object`.
        unsafe {
            if ffi::PyDict_CheckExact(dict.0) == 0 {
                return None;
            }
            while ffi::PyDict_Next(dict.0, &raw mut position, &raw mut key, &raw mut value) != 0 {
                let name = utf8(Value(key))?;
                if entries.key.suspects_unread(name, self.scanner) {
                    return None;
                }
                if ffi::PyList_CheckExact(value) == 0 {
                    self.entry_value(entries, name.len(), Value(value))?;
                    continue;
                }
                for index in 0..ffi::PyList_Size(value) {
                    self.entry_value(entries, name.len(), Value(ffi::PyList_GetItem(value, index)))?;
                }
            }
        }
        Some(())
    }

    unsafe fn entry_value(&mut self, entries: &Entries, key: usize, value: Value) -> Option<()> {
        // SAFETY: the caller's promise.
        let bytes = unsafe { utf8(value) }?;
        let is_suspect = key + bytes.len() > entries.most || entries.value.suspects_unread(bytes, self.scanner);
        (!is_suspect).then_some(())
    }
}
