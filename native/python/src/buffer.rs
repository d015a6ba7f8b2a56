//! A contiguous buffer of a Python object, whatever the type of its elements is.

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;

/// A buffer that is held until it is dropped.
pub struct Buffer {
    view: Box<ffi::Py_buffer>,
}

impl Buffer {
    /// Asks an object for its buffer.
    pub fn new(object: &Bound<'_, PyAny>) -> PyResult<Buffer> {
        let mut view = Box::new(ffi::Py_buffer::new());
        // SAFETY: the object is alive, the view is writable, and this thread is attached to the interpreter.
        let status = unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut *view, ffi::PyBUF_SIMPLE) };
        if status != 0 {
            return Err(PyErr::fetch(object.py()));
        }
        if view.buf.is_null() && view.len != 0 {
            return Err(PyBufferError::new_err("the buffer has no memory"));
        }
        Ok(Buffer { view })
    }

    /// The bytes. Other threads must not write them in the meantime, which `Engine.scan` demands of its callers.
    pub fn bytes(&self) -> &[u8] {
        if self.view.len <= 0 {
            return &[];
        }
        // SAFETY: PyBUF_SIMPLE promises `len` contiguous bytes at `buf`, which stay there until the view is released.
        unsafe { std::slice::from_raw_parts(self.view.buf.cast(), self.view.len as usize) }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: the view was filled by PyObject_GetBuffer and is released once; attaching costs little if it is done.
        Python::attach(|_| unsafe { ffi::PyBuffer_Release(&raw mut *self.view) });
    }
}
