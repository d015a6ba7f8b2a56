//! The passes of [`crate::classes`] with AVX2: 32 bytes at once.

use std::arch::x86_64::*;

use crate::byte_set::{ByteSet, Members, WIDTH};
use crate::classes::{Bytes, Classes, OTHER, half_table};

/// `KEEP[WIDTH - n..]` begins with n bytes of ones, followed by zeros.
const KEEP: [u8; 2 * WIDTH] = {
    let mut bytes = [0; 2 * WIDTH];
    let mut at = 0;
    while at < WIDTH {
        bytes[at] = 0xFF;
        at += 1;
    }
    bytes
};

/// Reads bytes with AVX2. There is a value of this type only if the processor has AVX2, POPCNT, BMI1 and BMI2.
#[derive(Clone, Copy)]
pub struct Avx2(());

impl Avx2 {
    /// A reader, if the processor has the features.
    pub fn detect() -> Option<Avx2> {
        let is_there = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("popcnt")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2");
        is_there.then_some(Avx2(()))
    }

    /// The function that reads a string.
    pub fn string_function(self) -> fn(&[u8]) -> Classes {
        string_if_detected
    }

    /// The function that reads all bytes.
    pub fn whole_function(self) -> fn(&[u8]) -> Classes {
        whole_if_detected
    }
}

impl Bytes for Avx2 {
    #[inline(always)]
    fn string(self, data: &[u8]) -> Classes {
        // SAFETY: there is a value of this type only if the processor has the features.
        unsafe { read::<true>(data) }
    }

    #[inline(always)]
    fn differences(self, one: &[u8; WIDTH], other: &[u8; WIDTH]) -> u32 {
        // SAFETY: there is a value of this type only if the processor has the features.
        unsafe { differences(one, other) }
    }
}

fn string_if_detected(data: &[u8]) -> Classes {
    // SAFETY: only an `Avx2` gives this function away, and there is an `Avx2` only if the processor has the features.
    unsafe { read::<true>(data) }
}

fn whole_if_detected(data: &[u8]) -> Classes {
    // SAFETY: as above.
    unsafe { read::<false>(data) }
}

/// The function of [`crate::byte_set`], if the processor has AVX2.
pub fn members() -> Option<Members> {
    Avx2::detect().map(|_| members_if_detected as Members)
}

fn members_if_detected(set: &ByteSet, data: &[u8]) -> u32 {
    // SAFETY: only `members` gives this function away, after it has found the features.
    unsafe { read_members(set, data) }
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn differences(one: &[u8; WIDTH], other: &[u8; WIDTH]) -> u32 {
    !(_mm256_movemask_epi8(_mm256_cmpeq_epi8(load(one), load(other))) as u32)
}

#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn read_members(set: &ByteSet, data: &[u8]) -> u32 {
    const BITS: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];
    let (chunk, count) = match data.first_chunk() {
        Some(chunk) => (load(chunk), WIDTH),
        None => {
            let mut padded = [0; WIDTH];
            padded[..data.len()].copy_from_slice(data);
            (load(&padded), data.len())
        }
    };
    let half = _mm256_set1_epi8(0x0F);
    let low = _mm256_and_si256(chunk, half);
    let high = _mm256_and_si256(_mm256_srli_epi16::<4>(chunk), half);
    // The highest bit of a byte decides between the tables.
    let found = _mm256_blendv_epi8(
        _mm256_shuffle_epi8(both_halves(&set.lower), low),
        _mm256_shuffle_epi8(both_halves(&set.upper), low),
        chunk,
    );
    let none = _mm256_cmpeq_epi8(
        _mm256_and_si256(found, _mm256_shuffle_epi8(both_halves(&BITS), high)),
        _mm256_setzero_si256(),
    );
    let members = !(_mm256_movemask_epi8(none) as u32);
    if count == WIDTH { members } else { members & ((1 << count) - 1) }
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn load(bytes: &[u8; WIDTH]) -> __m256i {
    // SAFETY: the reference is to exactly 32 readable bytes, and the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn both_halves(table: &[u8; 16]) -> __m256i {
    // SAFETY: the reference is to exactly 16 readable bytes, and the load needs no alignment.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn read<const STOPS: bool>(data: &[u8]) -> Classes {
    const LOW: [u8; 16] = half_table(false);
    const HIGH: [u8; 16] = half_table(true);
    let (low, high) = (both_halves(&LOW), both_halves(&HIGH));
    let half = _mm256_set1_epi8(0x0F);
    let (mut all, mut without, mut digits) = (_mm256_setzero_si256(), _mm256_setzero_si256(), 0);
    let mut length = 0;
    loop {
        let rest = &data[length..];
        let is_last = rest.len() < WIDTH;
        let chunk = match rest.first_chunk() {
            Some(chunk) => load(chunk),
            None => {
                let mut padded = [b'"'; WIDTH];
                padded[..rest.len()].copy_from_slice(rest);
                load(&padded)
            }
        };
        let mut stop = if is_last { 1u32 << rest.len() } else { 0 };
        if STOPS {
            stop |= stops(chunk);
        }
        let high_halves = _mm256_and_si256(_mm256_srli_epi16::<4>(chunk), half);
        let classes = _mm256_and_si256(
            _mm256_shuffle_epi8(low, _mm256_and_si256(chunk, half)),
            _mm256_shuffle_epi8(high, high_halves),
        );
        let none = _mm256_cmpeq_epi8(classes, _mm256_setzero_si256());
        let is_digit = _mm256_movemask_epi8(classes) as u32; // the class of digits is the highest bit
        if stop == 0 {
            all = _mm256_or_si256(all, classes);
            without = _mm256_or_si256(without, none);
            digits += is_digit.count_ones();
            length += WIDTH;
            continue;
        }
        let count = stop.trailing_zeros() as usize;
        let keep = match KEEP[WIDTH - count..].first_chunk() {
            Some(keep) => load(keep),
            None => _mm256_setzero_si256(),
        };
        all = _mm256_or_si256(all, _mm256_and_si256(classes, keep));
        without = _mm256_or_si256(without, _mm256_and_si256(none, keep));
        digits += (is_digit & ((1u32 << count) - 1)).count_ones();
        length += count;
        let other = if _mm256_movemask_epi8(without) == 0 { 0 } else { OTHER };
        return Classes::new(length, u16::from(any(all)) | other, digits);
    }
}

/// A bit for each quote, backslash and control character.
#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn stops(chunk: __m256i) -> u32 {
    let last_control = _mm256_set1_epi8(0x1F);
    let control = _mm256_cmpeq_epi8(_mm256_max_epu8(chunk, last_control), last_control);
    let quote = _mm256_cmpeq_epi8(chunk, _mm256_set1_epi8(b'"' as i8));
    let backslash = _mm256_cmpeq_epi8(chunk, _mm256_set1_epi8(b'\\' as i8));
    _mm256_movemask_epi8(_mm256_or_si256(control, _mm256_or_si256(quote, backslash))) as u32
}

/// The bits that any byte has.
#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn any(bytes: __m256i) -> u8 {
    let half = _mm_or_si128(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256::<1>(bytes));
    let quarter = _mm_cvtsi128_si64(_mm_or_si128(half, _mm_srli_si128::<8>(half))) as u64;
    let eighth = quarter | quarter >> 32;
    let pair = eighth | eighth >> 16;
    (pair | pair >> 8) as u8
}
