//! Strings in a column, by the C data interface of Arrow: <https://arrow.apache.org/docs/format/CDataInterface.html>.

use std::collections::HashSet;
use std::ffi::{CStr, c_char, c_void};

/// The type of a column.
#[repr(C)]
pub struct ArrowSchema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut ArrowSchema,
    dictionary: *mut ArrowSchema,
    release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    private_data: *mut c_void,
}

/// The values of a column.
#[repr(C)]
pub struct ArrowArray {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *const *const c_void,
    children: *mut *mut ArrowArray,
    dictionary: *mut ArrowArray,
    release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    private_data: *mut c_void,
}

/// How the strings of a column are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Offsets of 32 bits.
    Small,
    /// Offsets of 64 bits.
    Large,
    /// Views of 16 bytes.
    View,
}

/// A column of strings.
pub struct Strings<'a> {
    array: &'a ArrowArray,
    layout: Layout,
}

// SAFETY: the array stays as it is for the lifetime, as the caller of `Strings::new` has promised.
unsafe impl Sync for Strings<'_> {}

impl<'a> Strings<'a> {
    /// The strings of a column; None if it has values of another type, or has been released.
    ///
    /// # Safety
    ///
    /// Schema and array must be those of one column, as the C data interface demands, and stay as they are for `'a`.
    #[must_use]
    pub unsafe fn new(schema: &'a ArrowSchema, array: &'a ArrowArray) -> Option<Strings<'a>> {
        if schema.release.is_none()
            || array.release.is_none()
            || schema.format.is_null()
            || !schema.dictionary.is_null()
        {
            return None;
        }
        // SAFETY: the format of a schema that is not released is a string that ends with a null byte.
        let layout = match unsafe { CStr::from_ptr(schema.format) }.to_bytes() {
            b"u" | b"z" => Layout::Small,
            b"U" | b"Z" => Layout::Large,
            b"vu" | b"vz" => Layout::View,
            _ => return None,
        };
        let least = if layout == Layout::View { 2 } else { 3 };
        let is_sound = array.length >= 0 && array.offset >= 0 && array.n_buffers >= least && !array.buffers.is_null();
        is_sound.then_some(Strings { array, layout })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.array.length as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn buffer<T>(&self, index: usize) -> *const T {
        // SAFETY: `new` found that there are at least two or three buffers, and all callers stay below `n_buffers`.
        unsafe { (*self.array.buffers.add(index)).cast() }
    }

    /// Whether a row of the column is null.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        let validity: *const u8 = self.buffer(0);
        if row >= self.len() || self.array.null_count == 0 || validity.is_null() {
            return row >= self.len();
        }
        let row = row + self.array.offset as usize;
        // SAFETY: the validity bitmap, if there is one, has a bit for each row up to the offset and the length.
        let bits = unsafe { validity.add(row / 8).read() };
        bits >> (row % 8) & 1 == 0
    }

    /// The bytes of a row; None if it is null, or outside of the column.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&'a [u8]> {
        if self.is_null(row) {
            return None;
        }
        match self.layout {
            Layout::Small | Layout::Large => self.between(row, row),
            Layout::View => self.view(row + self.array.offset as usize),
        }
    }

    /// The distinct strings, in the order of the first row with each; None is a null.
    #[must_use]
    pub fn distinct(&self) -> Vec<Option<&'a [u8]>> {
        let (mut seen, mut found, mut last) = (HashSet::new(), Vec::new(), None);
        for row in 0..self.len() {
            let one = self.get(row);
            if last != Some(one) && seen.insert(one) {
                found.push(one);
            }
            last = Some(one);
        }
        found
    }

    /// The bytes of a row up to those of another one, which are next to each other; None for a layout of views.
    #[must_use]
    pub fn between(&self, first: usize, last: usize) -> Option<&'a [u8]> {
        let ((start, _), (_, end)) = (self.range(first)?, self.range(last)?);
        let length = end.checked_sub(start)?;
        if length == 0 {
            return Some(&[]);
        }
        let data: *const u8 = self.buffer(2);
        // SAFETY: the data have all bytes between the first and the last offset, and offsets never decrease.
        (!data.is_null()).then(|| unsafe { std::slice::from_raw_parts(data.add(start), length) })
    }

    /// The offsets of the first byte of a row and of the one after its last byte; None for a layout of views.
    #[must_use]
    pub fn range(&self, row: usize) -> Option<(usize, usize)> {
        match self.layout {
            Layout::Small => self.offsets::<i32>(row),
            Layout::Large => self.offsets::<i64>(row),
            Layout::View => None,
        }
    }

    fn offsets<T: Copy + TryInto<usize>>(&self, row: usize) -> Option<(usize, usize)> {
        let offsets: *const T = self.buffer(1);
        if row >= self.len() || offsets.is_null() {
            return None;
        }
        let row = row + self.array.offset as usize;
        // SAFETY: the offsets are one more than the rows up to the offset and the length of the array.
        let (start, end) = unsafe { (offsets.add(row).read_unaligned(), offsets.add(row + 1).read_unaligned()) };
        Some((start.try_into().ok()?, end.try_into().ok()?))
    }

    fn view(&self, row: usize) -> Option<&'a [u8]> {
        const INLINE: usize = 12;
        let views: *const [u8; 16] = self.buffer(1);
        if views.is_null() {
            return None;
        }
        // SAFETY: there is a view for each row up to the offset and the length of the array; it has no alignment here.
        let view: &'a [u8; 16] = unsafe { &*views.add(row) };
        let number = |at: usize| {
            let bytes = [view[at], view[at + 1], view[at + 2], view[at + 3]];
            usize::try_from(i32::from_ne_bytes(bytes)).ok()
        };
        let length = number(0)?;
        if length <= INLINE {
            return Some(&view[4..4 + length]);
        }
        let (index, start) = (number(8)?, number(12)?);
        let count = usize::try_from(self.array.n_buffers).ok()?.checked_sub(3)?; // validity, views, and sizes
        if index >= count {
            return None;
        }
        let (data, sizes): (*const u8, *const i64) = (self.buffer(2 + index), self.buffer(2 + count));
        if data.is_null() || sizes.is_null() {
            return None;
        }
        // SAFETY: the last buffer has the size of each buffer of data.
        let size = usize::try_from(unsafe { sizes.add(index).read_unaligned() }).ok()?;
        let is_inside = start.checked_add(length).is_some_and(|end| end <= size);
        // SAFETY: the range is inside of the buffer by its size.
        is_inside.then(|| unsafe { std::slice::from_raw_parts(data.add(start), length) })
    }
}
