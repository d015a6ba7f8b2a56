//! Sets of bytes, and which bytes of up to 32 are in one.

/// So many bytes are looked at together.
pub const WIDTH: usize = 32;

/// A bit for each of up to 32 bytes that is in a set.
pub type Members = fn(&ByteSet, &[u8]) -> u32;

/// A set of bytes.
///
/// For each low half-byte it has a bit for each high one: from 0 to 7, and from 8 to 15.
#[derive(Clone, Debug, Default)]
pub struct ByteSet {
    pub(crate) lower: [u8; 16],
    pub(crate) upper: [u8; 16],
}

impl ByteSet {
    /// The set of all bytes for which a function is true.
    #[must_use]
    pub fn new(has: impl Fn(u8) -> bool) -> ByteSet {
        let mut set = ByteSet::default();
        for byte in (0..=255).filter(|&byte| has(byte)) {
            let table = if byte < 0x80 { &mut set.lower } else { &mut set.upper };
            table[usize::from(byte & 0xF)] |= 1 << (byte >> 4 & 7);
        }
        set
    }

    fn has(&self, byte: u8) -> bool {
        let table = if byte < 0x80 { &self.lower } else { &self.upper };
        table[usize::from(byte & 0xF)] >> (byte >> 4 & 7) & 1 == 1
    }
}

/// The fastest function for this processor.
#[must_use]
pub fn members() -> Members {
    #[cfg(all(target_arch = "x86_64", not(feature = "scalar")))]
    if let Some(found) = crate::avx2::members() {
        return found;
    }
    scalar
}

fn scalar(set: &ByteSet, data: &[u8]) -> u32 {
    let bytes = data.iter().take(WIDTH).enumerate();
    bytes.fold(0, |bits, (at, &byte)| bits | u32::from(set.has(byte)) << at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_functions_find_the_bytes_of_a_set() {
        let all: Vec<u8> = (0..=255).collect();
        for step in 1..40u8 {
            let is_member = |byte: u8| byte % step == 0;
            let set = ByteSet::new(is_member);
            for data in all.windows(WIDTH).flat_map(|window| (0..=WIDTH).map(|end| &window[..end])) {
                let expected =
                    data.iter().enumerate().fold(0, |bits, (at, &one)| bits | u32::from(is_member(one)) << at);
                assert_eq!(scalar(&set, data), expected);
                assert_eq!(members()(&set, data), expected);
            }
        }
    }
}
