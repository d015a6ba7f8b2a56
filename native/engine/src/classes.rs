//! The classes of the bytes of a string, and where a JSON string ends.
//!
//! Most terms can be settled by the classes alone: a string without an at sign, a percent sign or a digit contains
//! neither `@` nor `%40`. So one pass over a string finds its end, its classes, and how many digits it has.

#[cfg(target_arch = "x86_64")]
use crate::avx2::Avx2;
use crate::byte_set::WIDTH;

/// A digit, `0` to `9`.
pub const DIGIT: u16 = 0x80;
/// A letter from A to O, in either case.
pub const LETTER_TO_O: u16 = 0x01;
/// A letter from P to Z, in either case.
pub const LETTER_FROM_P: u16 = 0x02;
/// A control character, or a byte of a character outside of ASCII.
pub const UNUSUAL: u16 = 0x04;
/// A space.
pub const SPACE: u16 = 0x08;
/// A percent sign or a plus sign.
pub const MARK: u16 = 0x10;
/// An at sign or a backtick.
pub const AT: u16 = 0x20;
/// A hyphen.
pub const HYPHEN: u16 = 0x40;
/// Any other byte.
pub const OTHER: u16 = 0x100;
/// One more than the largest mask of classes.
pub const MASKS: usize = 0x200;

/// The classes of letters.
pub const LETTERS: u16 = LETTER_TO_O | LETTER_FROM_P;

/// A class is a rectangle in the table of 16 by 16 bytes: low half-bytes from the first number to the second and one
/// more, and a set of high half-bytes. So two look-ups of half-bytes find the classes of 16 or 32 bytes at once.
const RECTANGLES: [(u16, u16, u16); 8] = [
    (DIGIT, low_range(0x0, 0x9), 1 << 3),
    (LETTER_TO_O, low_range(0x1, 0xF), 1 << 4 | 1 << 6),
    (LETTER_FROM_P, low_range(0x0, 0xA), 1 << 5 | 1 << 7),
    (UNUSUAL, low_range(0x0, 0xF), 0b1111_1111_0000_0011),
    (SPACE, 1 << 0x0, 1 << 2),
    (MARK, 1 << 0x5 | 1 << 0xB, 1 << 2),
    (AT, 1 << 0x0, 1 << 4 | 1 << 6),
    (HYPHEN, 1 << 0xD, 1 << 2),
];

const fn low_range(first: u16, last: u16) -> u16 {
    let mut set = 0;
    let mut half = first;
    while half <= last {
        set |= 1 << half;
        half += 1;
    }
    set
}

/// For each half-byte the classes that bytes with it may have.
pub(crate) const fn half_table(is_high: bool) -> [u8; 16] {
    let mut table = [0; 16];
    let mut number = 0;
    while number < RECTANGLES.len() {
        let (class, low, high) = RECTANGLES[number];
        let set = if is_high { high } else { low };
        let mut half = 0;
        while half < 16 {
            if set >> half & 1 == 1 {
                table[half] |= class as u8;
            }
            half += 1;
        }
        number += 1;
    }
    table
}

const LOW: [u8; 16] = half_table(false);
const HIGH: [u8; 16] = half_table(true);

const CLASSES: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let class = (LOW[byte & 15] & HIGH[byte >> 4]) as u16;
        table[byte] = if class == 0 { OTHER } else { class };
        byte += 1;
    }
    table
};

/// The class of a byte.
#[must_use]
pub fn class_of(byte: u8) -> u16 {
    CLASSES[byte as usize]
}

/// What one pass over bytes found; two numbers, so that functions return it in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes {
    /// How many bytes were read, without the byte that ended the pass.
    pub length: usize,
    /// The mask of classes, and above its bits the number of digits.
    packed: u64,
}

const MASK_BITS: u32 = 16;

impl Classes {
    /// The result of a pass.
    #[inline]
    #[must_use]
    pub fn new(length: usize, mask: u16, digits: u32) -> Classes {
        Classes { length, packed: u64::from(digits) << MASK_BITS | u64::from(mask) }
    }

    /// All classes of the bytes.
    #[inline]
    #[must_use]
    pub fn mask(self) -> u16 {
        self.packed as u16
    }

    /// How many of the bytes are digits.
    #[inline]
    #[must_use]
    pub fn digits(self) -> u32 {
        (self.packed >> MASK_BITS) as u32
    }
}

/// Reads bytes. An inlined function that takes any reader is compiled for the instructions of the reader that it gets.
pub trait Bytes: Copy {
    /// Reads up to a quote, a backslash or a control character, or to the end.
    fn string(self, data: &[u8]) -> Classes;

    /// A bit for each byte that differs.
    fn differences(self, one: &[u8; WIDTH], other: &[u8; WIDTH]) -> u32;
}

/// Reads bytes without SIMD instructions.
#[derive(Clone, Copy)]
pub struct Scalar;

impl Bytes for Scalar {
    #[inline]
    fn string(self, data: &[u8]) -> Classes {
        scalar::<true>(data)
    }

    #[inline]
    fn differences(self, one: &[u8; WIDTH], other: &[u8; WIDTH]) -> u32 {
        one.iter().zip(other).enumerate().fold(0, |bits, (at, (one, other))| bits | u32::from(one != other) << at)
    }
}

/// The functions that read bytes, for the processor that runs.
#[derive(Clone, Copy)]
pub struct Scanner {
    /// Reads up to a quote, a backslash or a control character, or to the end.
    pub string: fn(&[u8]) -> Classes,
    /// Reads all bytes.
    pub whole: fn(&[u8]) -> Classes,
    #[cfg(target_arch = "x86_64")]
    avx2: Option<Avx2>,
}

impl Scanner {
    /// The functions without SIMD instructions.
    pub const SCALAR: Scanner = Scanner {
        string: scalar::<true>,
        whole: scalar::<false>,
        #[cfg(target_arch = "x86_64")]
        avx2: None,
    };

    /// The reader with AVX2, if the processor has it.
    #[cfg(target_arch = "x86_64")]
    #[must_use]
    pub(crate) fn avx2(&self) -> Option<Avx2> {
        self.avx2
    }

    /// The fastest functions that the processor can run.
    #[must_use]
    pub fn detect() -> Scanner {
        #[cfg(all(target_arch = "x86_64", not(feature = "scalar")))]
        if let Some(found) = Avx2::detect() {
            return Scanner { string: found.string_function(), whole: found.whole_function(), avx2: Some(found) };
        }
        Scanner::SCALAR
    }
}

fn scalar<const STOPS: bool>(data: &[u8]) -> Classes {
    let (mut mask, mut digits) = (0, 0);
    for (length, &byte) in data.iter().enumerate() {
        if STOPS && (byte == b'"' || byte == b'\\' || byte < b' ') {
            return Classes::new(length, mask, digits);
        }
        let class = CLASSES[byte as usize];
        mask |= class;
        digits += u32::from(class == DIGIT);
    }
    Classes::new(data.len(), mask, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_the_documentation() {
        for byte in 0..=255u8 {
            let expected = match byte {
                b'0'..=b'9' => DIGIT,
                b'A'..=b'O' | b'a'..=b'o' => LETTER_TO_O,
                b'P'..=b'Z' | b'p'..=b'z' => LETTER_FROM_P,
                0..0x20 | 0x80.. => UNUSUAL,
                b' ' => SPACE,
                b'%' | b'+' => MARK,
                b'@' | b'`' => AT,
                b'-' => HYPHEN,
                _ => OTHER,
            };
            assert_eq!(class_of(byte), expected, "{byte:#x}");
        }
    }

    #[test]
    fn both_scanners_agree_at_every_length_and_stop() {
        let fast = Scanner::detect();
        let mut seed = 1u64;
        for length in 0..200 {
            for _ in 0..50 {
                let data: Vec<u8> = (0..length)
                    .map(|_| {
                        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                        let byte = (seed >> 40) as u8;
                        if seed >> 60 == 0 { byte } else { byte & 0x5F | 0x20 }
                    })
                    .collect();
                assert_eq!((fast.string)(&data), (Scanner::SCALAR.string)(&data), "{data:?}");
                assert_eq!((fast.whole)(&data), (Scanner::SCALAR.whole)(&data), "{data:?}");
            }
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn both_readers_find_the_bytes_that_differ() {
        let Some(fast) = Scanner::detect().avx2() else { return };
        let one: [u8; WIDTH] = std::array::from_fn(|at| at as u8 * 7);
        for mask in (0..32).map(|bit| 1u32 << bit).chain([0, u32::MAX, 0x8001_0180]) {
            let other = std::array::from_fn(|at| one[at] ^ ((mask >> at & 1) as u8) << (at % 8));
            assert_eq!(Scalar.differences(&one, &other), mask);
            assert_eq!(fast.differences(&one, &other), mask);
        }
    }
}
