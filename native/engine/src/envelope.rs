//! Reads an event inside of a larger object, which also has its type.

use memchr::memmem::FinderRev;

use crate::engine::Engine;
use crate::json::{Cursor, Span, Step, Why};
use crate::plan::Quoted;
use crate::walk::{State, read};

/// Where the parts of an event are in a larger object: the keys that lead to each.
pub struct Envelope {
    root: Level,
    /// Finds the last key that leads to the type.
    type_key: FinderRev<'static>,
}

/// The keys of an object that lead to parts.
#[derive(Default)]
struct Level {
    fields: Vec<(Quoted, Target)>,
}

enum Target {
    Below(Level),
    Payload,
    EventType,
    Collection,
    Time,
}

/// The parts that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The index of the event type.
    pub event: Option<usize>,
    /// Where the payload is.
    pub payload: (usize, usize),
    /// Where the collection is, without quotes.
    pub collection: Option<(usize, usize)>,
    /// Where the time is, as a JSON value.
    pub time: Option<(usize, usize)>,
}

const MOST_FIELDS: usize = 32;
/// So many bytes at the end of a line are searched for the type before it has been read.
const TAIL: usize = 240;

impl Envelope {
    /// An envelope; None if a path is empty, or one path leads through another.
    #[must_use]
    pub fn new(
        payload: &[String],
        event_type: &[String],
        collection: &[String],
        time: Option<&[String]>,
    ) -> Option<Envelope> {
        let mut root = Level::default();
        root.add(payload, Target::Payload)?;
        root.add(event_type, Target::EventType)?;
        root.add(collection, Target::Collection)?;
        if let Some(time) = time {
            root.add(time, Target::Time)?;
        }
        let type_key = FinderRev::new(quoted(event_type.last()?)?.bytes()).into_owned();
        Some(Envelope { root, type_key })
    }

    /// Reads an envelope at a cursor, and the event in it; see [`read`].
    pub fn read(
        &self,
        cursor: &mut Cursor<'_, true>,
        engine: &Engine,
        state: &mut State,
        collect: bool,
        last_event: usize,
    ) -> (Parts, Option<Why>) {
        let mut reader =
            Reader { engine, state, collect, scratch: Vec::new(), parts: Parts::default(), judged: None, last_event };
        let step = reader.level(&self.root, self, cursor);
        let why = match step {
            Err(why) => Some(why),
            Ok(()) => reader.judge(cursor),
        };
        (reader.parts, why)
    }
}

impl Level {
    fn add(&mut self, path: &[String], target: Target) -> Option<()> {
        let (key, rest) = path.split_first()?;
        let key = quoted(key)?;
        let found = self.fields.iter_mut().find(|(known, _)| known.bytes() == key.bytes());
        match (rest, found) {
            (_, Some((_, Target::Below(below)))) if !rest.is_empty() => below.add(rest, target),
            (_, Some(_)) => None,
            ([], None) => {
                self.fields.push((key, target));
                (self.fields.len() <= MOST_FIELDS).then_some(())
            }
            (rest, None) => {
                let mut below = Level::default();
                below.add(rest, target)?;
                self.fields.push((key, Target::Below(below)));
                (self.fields.len() <= MOST_FIELDS).then_some(())
            }
        }
    }
}

/// A key in quotes; None if JSON must escape it.
fn quoted(key: &str) -> Option<Quoted> {
    let needs_escape = key.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\');
    (!needs_escape).then(|| Quoted::new(key))
}

struct Reader<'a> {
    engine: &'a Engine,
    state: &'a mut State,
    collect: bool,
    scratch: Vec<u8>,
    parts: Parts,
    /// The index of the event type that the payload was read as, and what came out.
    judged: Option<(usize, Option<Why>)>,
    last_event: usize,
}

impl Reader<'_> {
    fn level(&mut self, level: &Level, envelope: &Envelope, cursor: &mut Cursor<'_, true>) -> Step {
        let mut seen = 0u32;
        let mut goes_on = cursor.opens(b'{', b'}').map_err(|_| Why::Envelope)?;
        while goes_on {
            let rest = cursor.data.get(cursor.at..).unwrap_or_default();
            let found = level.fields.iter().position(|(key, _)| key.begins(rest));
            if let Some(index) = found {
                let (key, target) = &level.fields[index];
                cursor.at += key.length();
                cursor.colon()?;
                if seen >> index & 1 == 1 {
                    return Err(Why::Envelope);
                }
                seen |= 1 << index;
                self.part(target, envelope, cursor)?;
            } else {
                let (key, _) = cursor.string(&mut self.scratch)?;
                if key.is_decoded {
                    return Err(Why::Envelope); // it may be one of the keys
                }
                cursor.colon()?;
                cursor.skip(&mut self.scratch)?;
            }
            goes_on = cursor.goes_on(b'}')?;
        }
        Ok(())
    }

    fn part(&mut self, target: &Target, envelope: &Envelope, cursor: &mut Cursor<'_, true>) -> Step {
        match target {
            Target::Below(below) => self.level(below, envelope, cursor),
            Target::Payload => self.payload(envelope, cursor),
            Target::EventType => {
                let name = self.plain_string(cursor)?;
                let name = name.of(cursor.data, &[]);
                let names = &self.engine.names;
                let assumed = self.judged.map(|(index, _)| index).filter(|&index| *names[index].as_bytes() == *name);
                let index = assumed.or_else(|| names.iter().position(|known| *known.as_bytes() == *name));
                self.parts.event = Some(index.ok_or(Why::Envelope)?);
                Ok(())
            }
            Target::Collection => {
                let name = self.plain_string(cursor)?;
                self.parts.collection = Some((name.start, name.end));
                Ok(())
            }
            Target::Time => {
                let start = cursor.at;
                cursor.skip(&mut self.scratch)?;
                self.parts.time = Some((start, cursor.at));
                Ok(())
            }
        }
    }

    /// Reads a string that has no escapes.
    fn plain_string(&mut self, cursor: &mut Cursor<'_, true>) -> Step<Span> {
        let (span, _) = cursor.string(&mut self.scratch)?;
        if span.is_decoded { Err(Why::Envelope) } else { Ok(span) }
    }

    /// Reads the payload as the type that is known, or else as the one that the line probably has.
    fn payload(&mut self, envelope: &Envelope, cursor: &mut Cursor<'_, true>) -> Step {
        let start = cursor.at;
        let known = match self.parts.event {
            None => self.probable(envelope, cursor),
            known => known,
        };
        let event = known.unwrap_or(self.last_event);
        let why = read(cursor, &self.engine.events[event], event, self.state, self.collect);
        self.judged = Some((event, why));
        if why.is_some_and(|why| why != Why::Leaves) {
            if self.parts.event.is_some() {
                return why.map_or(Ok(()), Err);
            }
            cursor.at = start;
            cursor.skip(&mut self.scratch)?;
        }
        self.parts.payload = (start, cursor.at);
        Ok(())
    }

    /// The type near the end of the line; it is compared with the one that is read.
    #[inline]
    fn probable(&mut self, envelope: &Envelope, cursor: &Cursor<'_, true>) -> Option<usize> {
        let rest = cursor.data.get(cursor.at..)?;
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        let tail = &line[line.len().saturating_sub(TAIL)..];
        let key = envelope.type_key.needle();
        let before = tail.len().checked_sub(self.state.type_distance).filter(|&at| tail[at..].starts_with(key));
        let at = before.or_else(|| envelope.type_key.rfind(tail))?;
        self.state.type_distance = tail.len() - at;
        let value = tail[at + key.len()..].trim_ascii_start().strip_prefix(b":")?;
        let value = value.trim_ascii_start().strip_prefix(b"\"")?;
        let is_name = |name: &str| value.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'"'));
        let names = &self.engine.names;
        let is_last = names.get(self.last_event).is_some_and(|name| is_name(name));
        if is_last { Some(self.last_event) } else { names.iter().position(|name| is_name(name)) }
    }

    /// Why the line is suspect after all of it has been read.
    fn judge(&mut self, cursor: &Cursor<'_, true>) -> Option<Why> {
        let (Some(event), Some((assumed, why))) = (self.parts.event, self.judged) else { return Some(Why::Envelope) };
        if event == assumed {
            return why;
        }
        let (start, end) = self.parts.payload;
        let mut again = Cursor::<true>::new(cursor.data, start, self.state.scanner());
        let why = read(&mut again, &self.engine.events[event], event, self.state, self.collect);
        let is_whole = again.at == end || why.is_some_and(|why| why != Why::Leaves);
        if is_whole { why } else { Some(Why::Syntax) }
    }
}
