//! Terms: what a plan suspects about a string.
//!
//! A term may be silent for a string only if the same term of the Python interpreter is silent for it. To be wider is
//! allowed, and sometimes cheaper.

use memchr::memmem::Finder;
use serde_json::{Map, Value};

use crate::characters::{CharSet, Unicode, first_char, last_char, utf16_length};
use crate::classes::{AT, Classes, DIGIT, HYPHEN, LETTERS, MARK, OTHER, SPACE, Scanner, UNUSUAL};
use crate::digits;
use crate::names::{Endings, Starts};
use crate::screen::Screen;
use crate::url::{UrlTerms, query_of};

/// A string in UTF-8, and what one pass over it found.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The string.
    pub bytes: &'a [u8],
    /// The classes of its bytes (see [`crate::classes`]).
    pub mask: u16,
    /// How many of its bytes are digits of ASCII.
    pub digits: u32,
}

impl<'a> Text<'a> {
    /// A string that was not read before.
    #[must_use]
    pub fn new(bytes: &'a [u8], scanner: Scanner) -> Text<'a> {
        Text::of(bytes, (scanner.whole)(bytes))
    }

    /// A string, and what was found.
    #[inline]
    #[must_use]
    pub fn of(bytes: &'a [u8], found: Classes) -> Text<'a> {
        Text { bytes, mask: found.mask(), digits: found.digits() }
    }

    fn as_str(&self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes).ok()
    }
}

/// What all terms of a plan share.
pub struct Shared<'a> {
    /// The sets of strings of the plan, by name.
    pub sets: &'a Map<String, Value>,
    /// The lists of Unicode.
    pub unicode: Unicode,
}

/// A compiled term.
#[expect(clippy::large_enum_variant, reason = "there are only a few terms, and they are read in order")]
pub enum Term {
    /// Suspects everything.
    Always,
    /// Suspects nothing: reading the bytes settles it.
    Never,
    /// A string without a character outside of a set of white space.
    Blank(CharSet),
    /// A string with white space at an end, and another character.
    WhitespaceEnds(CharSet),
    /// A string of more UTF-16 code units.
    MaxUtf16(usize),
    /// A string of more bytes.
    MaxBytes(usize),
    /// One of some strings.
    InSet(Vec<Box<[u8]>>),
    /// None of some strings.
    NotInSet(Vec<Box<[u8]>>),
    /// A string that begins with one of some characters, and ends with one of others.
    StartsAndEndsWith(CharSet, CharSet),
    /// A string that contains one of some strings.
    Contains(Vec<Finder<'static>>),
    /// A string that contains one of some strings before one of others.
    ContainsBefore(Vec<Finder<'static>>, Vec<Finder<'static>>),
    /// A string that contains one of some strings, without regard to the case of letters.
    ContainsIgnoringCase(Vec<Box<[u8]>>),
    /// So many digits after one of some prefixes.
    DigitsAfter(usize, Vec<Box<str>>, Unicode),
    /// Groups of so many digits.
    DigitGroups(Vec<usize>, Unicode),
    /// One of some strings after one of some bytes.
    After(Starts),
    /// The name of a parameter with one of some endings.
    Parameter(Endings),
    /// A string that is not an ordinary URL.
    Url,
    /// Several terms about the same URL, evaluated together.
    Together(Box<UrlTerms>),
    /// Terms about the query of a URL.
    InQuery(Box<Screen>, Scanner),
}

impl Term {
    /// Compiles a term; one that is not understood always suspects.
    #[must_use]
    pub fn of_json(term: &Value, shared: &Shared<'_>) -> Term {
        compile(term, shared).unwrap_or(Term::Always)
    }

    /// Whether the term suspects a string.
    #[must_use]
    pub fn suspects(&self, text: Text<'_>) -> bool {
        let bytes = text.bytes;
        match self {
            Term::Always => true,
            Term::Never => false,
            Term::Blank(set) => text.as_str().is_none_or(|text| text.chars().all(|one| set.has(one))),
            Term::WhitespaceEnds(set) => {
                let has_space = [first_char(bytes), last_char(bytes)].into_iter().flatten().any(|one| set.has(one));
                has_space && text.as_str().is_none_or(|text| text.chars().any(|one| !set.has(one)))
            }
            Term::MaxUtf16(most) => bytes.len() > *most && utf16_length(bytes) > *most,
            Term::MaxBytes(most) => bytes.len() > *most,
            Term::InSet(set) => set.iter().any(|one| **one == *bytes),
            Term::NotInSet(set) => !set.iter().any(|one| **one == *bytes),
            Term::StartsAndEndsWith(starts, ends) => {
                first_char(bytes).is_some_and(|one| starts.has(one))
                    && last_char(bytes).is_some_and(|one| ends.has(one))
            }
            Term::Contains(needles) => needles.iter().any(|one| one.find(bytes).is_some()),
            Term::ContainsBefore(needles, others) => needles.iter().any(|one| {
                let rest = one.find(bytes).map(|at| &bytes[at + one.needle().len()..]);
                rest.is_some_and(|rest| others.iter().any(|other| other.find(rest).is_some()))
            }),
            Term::ContainsIgnoringCase(needles) => contains_ignoring_case(bytes, needles),
            Term::DigitsAfter(count, prefixes, unicode) => {
                (text.mask & UNUSUAL != 0 || text.digits as usize >= *count)
                    && text.as_str().is_none_or(|text| digits::after(text, *count, prefixes, unicode))
            }
            Term::DigitGroups(sizes, unicode) => {
                (text.mask & UNUSUAL != 0 || text.digits as usize >= sizes.iter().sum())
                    && text.as_str().is_none_or(|text| digits::in_groups(text, sizes, unicode))
            }
            Term::After(starts) => starts.follow_in(bytes),
            Term::Parameter(endings) => endings.name_in(bytes),
            Term::Url => !crate::url::is_ordinary(bytes),
            Term::Together(terms) => terms.suspects(bytes),
            Term::InQuery(screen, scanner) => match query_of(bytes) {
                Some(query) if !query.is_empty() => screen.suspects(Text::new(query, *scanner)),
                _ => false,
            },
        }
    }

    /// Whether the term may suspect a string whose bytes have these classes; 0 is the empty string.
    #[must_use]
    pub fn may_suspect_classes(&self, mask: u16) -> bool {
        match self {
            Term::Never => false,
            // Letters, digits and signs other than spaces are never white space.
            Term::Blank(set) => {
                let ink = DIGIT | LETTERS | HYPHEN | MARK | AT;
                mask & ink == 0 || (0x21..0x7F).any(|byte| set.has_ascii(byte))
            }
            Term::WhitespaceEnds(set) => mask & (SPACE | UNUSUAL) != 0 || (0x21..0x7F).any(|byte| set.has_ascii(byte)),
            Term::Contains(needles) | Term::ContainsBefore(needles, _) => needles.iter().any(|one| {
                let needed = (Scanner::SCALAR.whole)(one.needle()).mask();
                mask & needed == needed
            }),
            Term::DigitsAfter(_, prefixes, _) => {
                mask & (DIGIT | UNUSUAL) != 0
                    && prefixes.iter().any(|prefix| {
                        let needed = (Scanner::SCALAR.whole)(prefix.as_bytes()).mask();
                        mask & needed == needed
                    })
            }
            // A word is not a group unless it has no letter: a letter would continue the groups.
            Term::DigitGroups(..) => {
                let is_word = mask & !(DIGIT | LETTERS | HYPHEN) == 0 && mask & LETTERS != 0;
                !is_word && mask & (DIGIT | UNUSUAL) != 0 && mask & (HYPHEN | OTHER | SPACE | UNUSUAL) != 0
            }
            _ => true,
        }
    }

    /// Whether the term may suspect a string that begins with a byte; None is the empty string.
    #[must_use]
    pub fn may_suspect_first(&self, first: Option<u8>) -> bool {
        match (self, first) {
            (Term::Never, _) | (Term::StartsAndEndsWith(..), None) => false,
            (Term::StartsAndEndsWith(set, _), Some(byte)) => set.has_ascii(byte) || (byte >= 0x80 && set.has_others()),
            // White space at the start is necessary for nothing but white space.
            (Term::Blank(set), Some(byte)) => set.has_ascii(byte) || (byte >= 0x80 && set.has_others()),
            (Term::InSet(set), _) => set.iter().any(|one| one.first().copied() == first),
            _ => true,
        }
    }

    /// Whether the term may suspect a string of this many bytes, or of more if `or_more`.
    #[must_use]
    pub fn may_suspect_length(&self, length: usize, or_more: bool) -> bool {
        match self {
            Term::Never => false,
            Term::MaxUtf16(most) | Term::MaxBytes(most) => or_more || length > *most,
            Term::InSet(set) => set.iter().any(|one| one.len() == length || (or_more && one.len() > length)),
            Term::DigitGroups(sizes, _) => or_more || length + 1 >= sizes.iter().sum::<usize>() + sizes.len(),
            _ => true,
        }
    }
}

fn contains_ignoring_case(text: &[u8], needles: &[Box<[u8]>]) -> bool {
    if text.is_ascii() {
        needles.iter().any(|needle| text.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle)))
    } else {
        // Some characters outside of ASCII have letters of ASCII as their lower case.
        std::str::from_utf8(text).ok().is_none_or(|text| {
            let lower = text.to_lowercase();
            needles.iter().any(|needle| memchr::memmem::find(lower.as_bytes(), needle).is_some())
        })
    }
}

fn compile(term: &Value, shared: &Shared<'_>) -> Option<Term> {
    let (operation, arguments) = term.as_array()?.split_first()?;
    let first = arguments.first();
    let number = || usize::try_from(first?.as_u64()?).ok();
    let unicode = || shared.unicode.clone();
    Some(match operation.as_str()? {
        "not_strict" | "not_integer" | "malformed" | "unencodable" => Term::Never,
        "blank" => Term::Blank(CharSet::new(first?.as_str()?)),
        "whitespace" => Term::Blank(unicode().spaces),
        "whitespace_ends" => Term::WhitespaceEnds(unicode().spaces),
        "max_utf16" => Term::MaxUtf16(number()?),
        "max_bytes" => Term::MaxBytes(number()?),
        "in_set" => Term::InSet(byte_strings(first?, shared)?),
        "not_in_set" => Term::NotInSet(byte_strings(first?, shared)?),
        "starts_and_ends_with_any" => {
            Term::StartsAndEndsWith(CharSet::new(first?.as_str()?), CharSet::new(arguments.get(1)?.as_str()?))
        }
        "contains_any" => Term::Contains(finders(first?, shared)?),
        "contains_any_before" => Term::ContainsBefore(finders(first?, shared)?, finders(arguments.get(1)?, shared)?),
        "contains_any_ignoring_case" => {
            let needles = byte_strings(first?, shared)?;
            needles
                .iter()
                .all(|one| one.is_ascii() && !one.is_empty())
                .then_some(Term::ContainsIgnoringCase(needles))?
        }
        "digits_after" => Term::DigitsAfter(number()?, strings(arguments.get(1)?, shared)?, unicode()),
        "digit_groups" => {
            let sizes = arguments.iter().map(|one| usize::try_from(one.as_u64()?).ok());
            Term::DigitGroups(sizes.collect::<Option<_>>()?, unicode())
        }
        "contains_any_after" => Term::After(Starts::new(first?.as_str()?, &byte_strings(arguments.get(1)?, shared)?)?),
        "parameter" => Term::Parameter(Endings::new(&byte_strings(first?, shared)?, unicode())?),
        "url" => Term::Url,
        "in_query" => {
            let scanner = Scanner::detect();
            Term::InQuery(Box::new(Screen::new(&[], first?.as_array()?, shared)), scanner)
        }
        _ => return None,
    })
}

/// The strings of an argument: a list, or the name of a set.
fn strings(argument: &Value, shared: &Shared<'_>) -> Option<Vec<Box<str>>> {
    let list = match argument.get("set") {
        Some(name) => shared.sets.get(name.as_str()?)?,
        None => argument,
    };
    list.as_array()?.iter().map(|one| one.as_str().map(Box::from)).collect()
}

fn finders(argument: &Value, shared: &Shared<'_>) -> Option<Vec<Finder<'static>>> {
    Some(byte_strings(argument, shared)?.iter().map(|one| Finder::new(one).into_owned()).collect())
}

fn byte_strings(argument: &Value, shared: &Shared<'_>) -> Option<Vec<Box<[u8]>>> {
    Some(strings(argument, shared)?.iter().map(|one| Box::from(one.as_bytes())).collect())
}
