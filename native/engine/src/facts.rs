//! What relations between several values of an event need, kept while it is read.

/// A value that a relation compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark<S> {
    /// It was not there.
    #[default]
    Absent,
    /// A string or an object: where it is.
    At(S),
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
    /// Suspects an array of several elements whose hashes are not distinct, or not all there.
    Repeated {
        /// The mark of the array.
        array: usize,
        /// The list of hashes.
        hashes: usize,
    },
    /// Suspects an array none of whose elements has only one field that equals a value of the object.
    Outside {
        /// The mark of the array.
        array: usize,
        /// The mark of each value, and the list of fields that are alone in their elements.
        pairs: Vec<(usize, usize)>,
    },
}

/// The facts of one event.
#[derive(Debug)]
pub struct Facts<S> {
    /// Values, by the number of their mark.
    pub marks: Vec<Mark<S>>,
    /// Hashes of strings in elements of an array.
    pub hashes: Vec<Vec<u64>>,
    /// Fields that are alone in elements of an array.
    pub alone: Vec<Vec<S>>,
}

impl<S> Default for Facts<S> {
    fn default() -> Facts<S> {
        Facts { marks: Vec::new(), hashes: Vec::new(), alone: Vec::new() }
    }
}

impl<S: Copy> Facts<S> {
    /// Forgets everything, and has room for so many marks and lists.
    pub fn reset(&mut self, marks: usize, hashes: usize, alone: usize) {
        self.marks.clear();
        self.marks.resize(marks, Mark::Absent);
        self.hashes.iter_mut().for_each(Vec::clear);
        self.alone.iter_mut().for_each(Vec::clear);
        if self.hashes.len() < hashes {
            self.hashes.resize_with(hashes, Vec::new);
        }
        if self.alone.len() < alone {
            self.alone.resize_with(alone, Vec::new);
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
                (Mark::Absent, _) => false,
                (Mark::Number(number), Mark::Count(count)) => i64::try_from(count).is_ok_and(|count| count > number),
                (Mark::Number(number), Mark::Absent) => number < 0,
                _ => true,
            },
            Relation::Repeated { array, hashes } => match self.marks[*array] {
                Mark::Absent | Mark::Count(0 | 1) => false,
                Mark::Count(count) => self.hashes[*hashes].len() != count || !are_distinct(&mut self.hashes[*hashes]),
                _ => true,
            },
            Relation::Outside { array, pairs } => match self.marks[*array] {
                Mark::Absent | Mark::Count(0) => false,
                Mark::Count(_) => !pairs.iter().any(|(value, alone)| match self.marks[*value] {
                    Mark::At(value) => self.alone[*alone].iter().any(|&one| equal(one, value)),
                    _ => false,
                }),
                _ => true,
            },
        }
    }
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
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15 ^ bytes.len() as u64;
    let mut rest = bytes;
    while let Some((word, tail)) = rest.split_first_chunk() {
        state = mix(state, u64::from_le_bytes(*word));
        rest = tail;
    }
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    mix(state, u64::from_le_bytes(word))
}

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
        assert!(facts.suspects(&fewer, |_, _| false));
    }

    #[test]
    fn elements_without_an_identity_are_repeated() {
        let mut facts = facts();
        let repeated = Relation::Repeated { array: 0, hashes: 0 };
        facts.marks[0] = Mark::Count(2);
        facts.hashes[0] = vec![1];
        assert!(facts.suspects(&repeated, |_, _| false));
        facts.hashes[0] = vec![1, 2];
        assert!(!facts.suspects(&repeated, |_, _| false));
        facts.marks[0] = Mark::Count(20);
        facts.hashes[0] = (0..19).chain([3]).collect();
        assert!(facts.suspects(&repeated, |_, _| false));
    }

    #[test]
    fn one_element_alone_is_enough() {
        let mut facts = facts();
        let outside = Relation::Outside { array: 0, pairs: vec![(1, 0)] };
        facts.marks[0] = Mark::Count(2);
        facts.marks[1] = Mark::At(7);
        assert!(facts.suspects(&outside, |one, other| one == other));
        facts.alone[0] = vec![5, 7];
        assert!(!facts.suspects(&outside, |one, other| one == other));
    }
}
