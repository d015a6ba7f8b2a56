"""Nothing tells the type of an event.

## What it does

Finds events in files that nothing tells the type of: no request line, no envelope, no setting, and no name of a file or
folder.

## Why it matters

What is right depends on the type. It is never guessed.

## Example

```text
fixtures/7.json
```

## Use instead

```text
fixtures/search_click/7.json
```

Or name the type in the configuration:

```toml
[events]
"fixtures/*.json" = "search_click"
```

Files that are no events are passed over with `--skip-unknown`.
"""

EXAMINES = "request"
KINDS = ("undetermined-event-type",)

MESSAGE = "nothing tells the type of this event"
HINT = "name the file or its folder after the type, use --event-type, or the setting events"
