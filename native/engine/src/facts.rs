//! What relations between several values of an event need, kept while it is read.

/// A value that a relation compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark<S> {
    /// It was not there.
    #[default]
    Absent,
    /// A string: where it is.
    At(S),
    /// An object.
    Present,
    /// A number.
    Number(i64),
    /// How many elements an array has.
    Count(usize),
}

/// A relation between values of an object; the numbers are those of marks and lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Suspects every object.
    Always,
    /// Suspects equal strings.
    Same(usize, usize),
    /// Suspects a number that is less than the length of an array.
    Fewer(usize, usize),
    /// Suspects elements of an array with the same hash of their identity.
    Repeated(usize),
    /// Suspects values that are listed in elements of an array, but none of them with the same identity.
    Outside(Vec<Listed>),
}

/// A value of an object that elements of an array may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The mark of the value.
    pub value: usize,
    /// The marks of the fields of its identity; the first one must be equal, others only if they are there.
    pub fields: Vec<usize>,
    /// The table with the same fields of each element that has the value.
    pub table: usize,
}

/// The most fields of an identity.
pub const WIDTH: usize = 4;

/// The fields of an identity in one element.
pub type Row<S> = [Option<S>; WIDTH];

/// The facts of one event.
#[derive(Debug)]
pub struct Facts<S> {
    /// Values, by the number of their mark.
    pub marks: Vec<Mark<S>>,
    /// The hash of the identity of the element that is read, and those of elements before, for each list.
    hashes: Vec<(u64, Vec<u64>)>,
    /// The row of the element that is read, and those of elements before, for each table.
    tables: Vec<(Row<S>, Vec<Row<S>>)>,
}

impl<S> Default for Facts<S> {
    fn default() -> Facts<S> {
        Facts { marks: Vec::new(), hashes: Vec::new(), tables: Vec::new() }
    }
}

impl<S: Copy + PartialEq> Facts<S> {
    /// Forgets everything, and has room for so many marks, lists and tables.
    pub fn reset(&mut self, marks: usize, hashes: usize, tables: usize) {
        if self.marks.len() < marks {
            self.marks.resize(marks, Mark::Absent);
        }
        self.marks.fill(Mark::Absent);
        if self.hashes.len() < hashes {
            self.hashes.resize_with(hashes, Default::default);
        }
        for (partial, list) in &mut self.hashes {
            *partial = 0;
            list.clear();
        }
        if self.tables.len() < tables {
            self.tables.resize_with(tables, || ([None; WIDTH], Vec::new()));
        }
        for (row, rows) in &mut self.tables {
            *row = [None; WIDTH];
            rows.clear();
        }
    }

    /// Keeps a string.
    #[inline(always)]
    pub fn text(&mut self, keep: &Keep, value: S, bytes: &[u8]) {
        if let Some(mark) = keep.mark {
            self.marks[mark] = Mark::At(value);
        }
        if let Some((list, salt)) = keep.hash {
            let partial = &mut self.hashes[list].0;
            *partial = partial.wrapping_add(mix(salt, hash(bytes)));
        }
        if let Some((table, column)) = keep.cell {
            self.tables[table].0[column] = Some(value);
        }
    }

    /// Ends an element of an array that has fields, a bit for each.
    #[inline]
    pub fn end_element(&mut self, hashes: &[usize], tables: &[(usize, usize)], seen: u64) {
        for &list in hashes {
            let (partial, list) = &mut self.hashes[list];
            if seen != 0 {
                list.push(*partial);
            }
            *partial = 0;
        }
        for &(field, table) in tables {
            let (row, rows) = &mut self.tables[table];
            if seen >> field & 1 == 1 {
                rows.push(*row);
            }
            *row = [None; WIDTH];
        }
    }

    /// Whether a relation suspects an object; `equal` compares two values of it.
    pub fn suspects(&mut self, relation: &Relation, equal: impl Fn(S, S) -> bool) -> bool {
        match relation {
            Relation::Always => true,
            Relation::Same(one, other) => match (self.marks[*one], self.marks[*other]) {
                (Mark::At(one), Mark::At(other)) => equal(one, other),
                (Mark::Absent, Mark::At(_)) | (Mark::At(_), Mark::Absent) => false,
                _ => true,
            },
            Relation::Fewer(number, array) => match (self.marks[*number], self.marks[*array]) {
                (Mark::Absent, _) | (_, Mark::Absent) => false,
                (Mark::Number(number), Mark::Count(count)) => i64::try_from(count).is_ok_and(|count| count > number),
                _ => true,
            },
            Relation::Repeated(list) => !are_distinct(&mut self.hashes[*list].1),
            Relation::Outside(listed) => {
                let mut is_listed = false;
                for one in listed.iter().filter(|one| self.marks[one.value] != Mark::Absent) {
                    let rows = &self.tables[one.table].1;
                    if rows.iter().any(|row| self.agree(&one.fields, row, &equal)) {
                        return false;
                    }
                    is_listed |= !rows.is_empty();
                }
                is_listed
            }
        }
    }

    /// Whether the first field is equal, and no other one differs.
    fn agree(&self, fields: &[usize], row: &Row<S>, equal: impl Fn(S, S) -> bool) -> bool {
        fields.iter().zip(row).enumerate().all(|(number, (&mark, cell))| match (self.marks[mark], cell) {
            (Mark::At(one), Some(other)) => equal(one, *other),
            _ => number > 0,
        })
    }
}

impl Keep {
    /// Whether anything is kept.
    #[inline]
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.mark.is_some() | self.hash.is_some() | self.cell.is_some()
    }
}

/// What is kept of a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Its mark.
    pub mark: Option<usize>,
    /// The list for the hash of the identity that it belongs to, and a number that differs from field to field.
    pub hash: Option<(usize, u64)>,
    /// The table for the row that it belongs to, and the column.
    pub cell: Option<(usize, usize)>,
}

/// Whether hashes are distinct; sorts them if they are many.
pub fn are_distinct(hashes: &mut [u64]) -> bool {
    const FEW: usize = 12;
    if hashes.len() <= FEW {
        return hashes.iter().enumerate().all(|(at, one)| !hashes[..at].contains(one));
    }
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

/// A hash of a string. Equal hashes make an event suspect, so that a collision costs time only.
#[inline]
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    let state = 0x9E37_79B9_7F4A_7C15 ^ bytes.len() as u64;
    let Some(last) = bytes.last_chunk() else { return mix(state, short(bytes)) };
    let (mut state, mut rest) = (state, bytes);
    while let Some((word, after)) = rest.split_first_chunk() {
        state = mix(state, u64::from_le_bytes(*word));
        rest = after;
    }
    mix(state, u64::from_le_bytes(*last))
}

/// The bytes of a string of less than eight bytes as one number.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
    }
    bytes.iter().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

#[inline]
fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word) * 0xA076_1D64_78BD_642F;
    (product as u64) ^ ((product >> 64) as u64) ^ word.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts<u32> {
        let mut facts = Facts::default();
        facts.reset(3, 1, 1);
        facts
    }

    #[test]
    fn absent_values_are_the_same_only_to_each_other() {
        let mut facts = facts();
        let same = Relation::Same(0, 1);
        assert!(facts.suspects(&same, |one, other| one == other));
        facts.marks[0] = Mark::At(7);
        assert!(!facts.suspects(&same, |one, other| one == other));
        facts.marks[1] = Mark::At(7);
        assert!(facts.suspects(&same, |one, other| one == other));
    }

    #[test]
    fn a_negative_total_is_less_than_any_count() {
        let mut facts = facts();
        let fewer = Relation::Fewer(0, 1);
        for (number, count, expected) in [(-1, 0, true), (-1, 1, true), (0, 0, false), (1, 2, true), (2, 2, false)] {
            facts.marks[0] = Mark::Number(number);
            facts.marks[1] = Mark::Count(count);
            assert_eq!(facts.suspects(&fewer, |_, _| false), expected, "{number} {count}");
        }
        facts.marks[1] = Mark::Absent;
        facts.marks[0] = Mark::Number(-1);
        assert!(!facts.suspects(&fewer, |_, _| false));
    }

    fn element(facts: &mut Facts<u32>, values: &[(usize, u32)]) {
        for &(column, value) in values {
            let keep = Keep { mark: None, hash: Some((0, column as u64 + 1)), cell: Some((0, column)) };
            facts.text(&keep, value, &value.to_le_bytes());
        }
        facts.end_element(&[0], &[(0, 0)], u64::from(!values.is_empty()));
    }

    #[test]
    fn elements_are_repeated_if_all_fields_are_equal() {
        let mut facts = facts();
        let repeated = Relation::Repeated(0);
        for one in [&[(0, 1)][..], &[(1, 1)], &[(0, 1), (1, 1)], &[], &[]] {
            element(&mut facts, one);
        }
        assert!(!facts.suspects(&repeated, |_, _| false));
        element(&mut facts, &[(1, 1), (0, 1)]);
        assert!(facts.suspects(&repeated, |_, _| false));
    }

    #[test]
    fn a_listed_value_agrees_with_one_element() {
        let outside = Relation::Outside(vec![Listed { value: 0, fields: vec![1, 2], table: 0 }]);
        let mut facts = facts();
        let mut is_suspect = |elements: &[&[(usize, u32)]], marks: [Mark<u32>; 2]| {
            facts.reset(3, 1, 1);
            elements.iter().for_each(|one| element(&mut facts, one));
            facts.marks[0] = Mark::Present;
            facts.marks[1..].copy_from_slice(&marks);
            facts.suspects(&outside, |one, other| one == other)
        };
        assert!(!is_suspect(&[], [Mark::At(7), Mark::Absent]));
        assert!(is_suspect(&[&[(0, 5)]], [Mark::At(7), Mark::Absent]));
        assert!(!is_suspect(&[&[(0, 5)], &[(0, 7), (1, 9)]], [Mark::At(7), Mark::Absent]));
        assert!(!is_suspect(&[&[(0, 7)]], [Mark::At(7), Mark::At(8)]));
        assert!(is_suspect(&[&[(0, 7), (1, 9)]], [Mark::At(7), Mark::At(8)]));
    }
}
