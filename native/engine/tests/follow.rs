//! An event has the same verdict whether a reader has read others before, or none.

use eventlint_engine::engine::Engine;
use eventlint_engine::scan::scan;
use eventlint_engine::walk::State;

static PLAN: &[u8] = include_bytes!("../../../src/eventlint/screen/plan.json");
const EVENT: &str = "urn:eventlint:event:search_click:1-0-0";

/// Clean events whose bytes between values differ.
const EVENTS: [&str; 6] = [
    r#"{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"red shoes"},"document":{"id":"d-1"}}"#,
    r#"{"user": {"id": "u-1"}, "document": {"id": "d-1"}, "search": {"query": "é"}, "session": {"id": "s-1"}}"#,
    r#"{"session":{"id":"s-\u00e91"},"user":{"id":"u\/1"},"search":{"query":"\u0061"},"page":{"url":"https://a.example/b?c=d"}}"#,
    concat!(
        r#"{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"a","filters":{"color":["red","blue"],"size":"4"},"#,
        r#""page":{"current":1,"size":20},"results":{"items":[{"document":{"id":"1","index":"a"}},"#,
        r#"{"document":{"id":"2","index":"a"}},{"page":{"url":"https://a.example/"}}],"total_results":3},"#,
        r#""sort":{"name":"price","direction":"asc"}},"document":{"id":"1","index":"a"}}"#
    ),
    r#"{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"a","results":{"items":[],"total_results":0}},"document":{"id":"1"}}"#,
    concat!(
        "{\n  \"session\": {\n    \"id\": \"s-1\"\n  },\n  \"user\": {\n    \"id\": \"u-1\"\n  },\n  \"search\": {\n",
        "    \"query\": \"a\",\n    \"results\": {\"total_results\": 7}\n  },\n  \"document\": {\n    \"id\": \"1\"\n  }\n}"
    ),
];

fn engine() -> Engine {
    Engine::new(PLAN, &[("search_click".to_owned(), EVENT.to_owned())], true).expect("the plan is usable")
}

/// A state that has read all events several times.
fn experienced(engine: &Engine) -> State {
    let mut state = engine.state();
    for _ in 0..3 {
        for event in EVENTS {
            assert!(engine.is_clean(event.as_bytes(), 0, &mut state), "{event}");
        }
    }
    state
}

/// Numbers below a limit that look like chance.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut seed = 7u64;
    move |limit| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % limit
    }
}

/// An event with a few bytes changed, put in, left out, copied from another place, or encoded with more bytes than they
/// need.
fn mutated(event: &[u8], number: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
    const BYTES: &[u8] = b"\"\\{}[]:,0123-. \n\t\x01\x00aez@%/\xc3\xa9\xff";
    let mut data = event.to_vec();
    for _ in 0..=number(3) {
        let (at, other) = (number(data.len()), number(data.len()));
        let byte = BYTES[number(BYTES.len())];
        match number(6) {
            0 => data[at] = byte,
            1 => data.insert(at, byte),
            2 => drop(data.remove(at)),
            4 if data[at].is_ascii() => drop(data.splice(at..=at, [0xC0 | data[at] >> 6, 0x80 | data[at] & 0x3F])),
            3 => {
                drop(data.splice(at..at, event[other.min(event.len())..(other + number(30)).min(event.len())].to_vec()))
            }
            _ => drop(data.drain(at..(at + number(30)).min(data.len()))),
        }
        if data.is_empty() {
            break;
        }
    }
    data
}

#[test]
fn mutated_events_have_the_same_verdict() {
    let (engine, mut number) = (engine(), numbers());
    let mut state = experienced(&engine);
    let mut clean = 0;
    for round in 0..20_000 {
        if round % 40 == 0 {
            state = experienced(&engine); // many failures make it stop trying
        }
        let data = mutated(EVENTS[number(EVENTS.len())].as_bytes(), &mut number);
        let expected = engine.is_clean(&data, 0, &mut engine.state());
        assert_eq!(engine.is_clean(&data, 0, &mut state), expected, "{}", String::from_utf8_lossy(&data));
        clean += usize::from(expected);
    }
    assert!(clean > 500, "{clean}");
}

#[test]
fn the_suspects_among_lines_are_those_that_are_suspect_alone() {
    let (engine, mut number) = (engine(), numbers());
    for _ in 0..100 {
        let mut lines = Vec::new();
        for event in EVENTS.iter().filter(|event| !event.contains('\n')).cycle().take(60) {
            lines.push(event.as_bytes().to_vec());
            if number(3) == 0 {
                lines.push(mutated(event.as_bytes(), &mut number));
            }
        }
        let data = lines.join(&b"\n"[..]);
        let found: Vec<_> = scan(&engine, &data, Some(0), 1, &[])
            .suspects
            .into_iter()
            .map(|one| (one.offset, one.why, one.leaves))
            .collect();
        let mut expected = Vec::new();
        let mut offset = 0;
        for line in data.split(|&byte| byte == b'\n') {
            let alone = scan(&engine, line, Some(0), 1, &[]).suspects;
            expected.extend(alone.into_iter().map(|one| (offset, one.why, one.leaves)));
            offset += line.len() + 1;
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn an_event_with_overlong_characters_is_not_recorded() {
    let engine = engine();
    let mut state = engine.state();
    assert!(engine.is_clean(EVENTS[0].as_bytes(), 0, &mut state)); // it is recorded
    let overlong = b"{\"s\xC1\xA5ssion\":{\"id\":\"s\"},\"user\":{\"id\":\"u\"},\"search\":{\"query\":\"q\"},\"document\":{\"id\":\"d\"}}";
    assert!(engine.is_clean(overlong, 0, &mut state));
    let faulty = br#"{"},"user":{"id":"u"},"search":{"query":"q"},"document":{"id":"d"}}"#;
    assert!(!engine.is_clean(faulty, 0, &mut engine.state()));
    assert!(!engine.is_clean(faulty, 0, &mut state));
}

#[test]
fn an_event_alone_has_the_suspect_leaves_that_it_has_as_a_line() {
    let (engine, mut number) = (engine(), numbers());
    let (mut state, mut with_leaves) = (experienced(&engine), 0);
    for _ in 0..20_000 {
        let event = EVENTS[number(EVENTS.len() - 1)].replace("\"u-1\"", "\"{{id}}\"").replace("\"red\"", "\"null\"");
        let data = mutated(event.as_bytes(), &mut number);
        if data.contains(&b'\n') || !data.starts_with(b"{") {
            continue; // it is no line, or the event begins later in it
        }
        let line = scan(&engine, &data, Some(0), 1, &[]).suspects.pop().and_then(|one| one.leaves);
        let found = engine.suspect_leaves(&data, 0, &mut state);
        with_leaves += usize::from(found.is_some());
        assert_eq!(found, line.map(|one| one.leaves), "{}", String::from_utf8_lossy(&data));
    }
    assert!(with_leaves > 100, "{with_leaves}");
}
