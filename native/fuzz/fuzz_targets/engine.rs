//! The engine on any bytes: it does not panic, what is clean is JSON, and all ways to read it agree.
#![no_main]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use eventlint_engine::engine::Engine;
use eventlint_engine::envelope::Envelope;
use eventlint_engine::json::Why;
use eventlint_engine::scan::scan;
use eventlint_engine::shape::shape;
use libfuzzer_sys::fuzz_target;

static PLAN: &[u8] = include_bytes!("../../../src/eventlint/screen/plan.json");

/// The engine for all events of the plan, whose types are called like their schemas.
fn engine(reports: bool) -> Engine {
    let plan: serde_json::Value = serde_json::from_slice(PLAN).expect("the plan is JSON");
    let events = plan["events"].as_object().expect("the plan has events");
    let types: Vec<_> = events.keys().map(|name| (name.clone(), name.clone())).collect();
    let mut engine = Engine::new(PLAN, &types, reports).expect("the plan is usable");
    let path = |key: &str| vec![key.to_owned()];
    engine.envelope = Envelope::new(&path("payload"), &path("event_type"), &path("collection"), Some(&path("time")));
    engine
}

static ENGINES: LazyLock<(Engine, Engine)> = LazyLock::new(|| (engine(true), engine(false)));

fuzz_target!(|data: &[u8]| {
    let (reporting, accepting) = &*ENGINES;
    let line: Vec<u8> = data.iter().map(|&byte| if byte == b'\n' { b' ' } else { byte }).collect();
    for index in 0..reporting.events.len() {
        let is_clean = |engine: &Engine| {
            let read = || {
                let mut state = engine.state();
                // The second time, what was recorded is compared.
                [(); 2].map(|()| eventlint_engine::walk::is_clean(&line, &engine.events[index], index, &mut state))
            };
            let [walked, followed] = catch_unwind(AssertUnwindSafe(read)).expect("no panic");
            assert_eq!(walked, followed);
            walked
        };
        let clean = is_clean(reporting);
        assert!(!clean || is_clean(accepting));
        // The keys of a clean event may have letters with more bytes than they need.
        let text = String::from_utf8_lossy(&line);
        assert!(!clean || serde_json::from_str::<serde_json::Value>(&text).is_ok());
        let found = scan(reporting, &line, Some(index), 1, &[]);
        assert_eq!(found.counts.len(), usize::from(clean));
    }
    if let Some(shape) = shape(data) {
        let values: usize = shape.values.iter().map(|value| value.len()).sum();
        assert_eq!(shape.key.len() + values, data.len() + 2 * shape.values.len());
    }
    for threads in [1, 3] {
        let found = scan(reporting, data, None, threads, &[]);
        let clean: u64 = found.counts.values().sum();
        assert_eq!(found.events, clean as usize + found.suspects.len());
        assert!(found.suspects.iter().all(|one| one.why != Why::Panic));
    }
});
