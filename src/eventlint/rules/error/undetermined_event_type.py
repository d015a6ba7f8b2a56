"""An event whose type cannot be determined.

## What it does

Checks for events in files whose type is not given by a request line, an envelope, a setting, or the name of the file or
its folder.

## Why is this bad?

Each event type has different fields, so the event cannot be checked. The type is never guessed.

## Example

```text
fixtures/7.json
```

## Use instead

```text
fixtures/search_click/7.json
```

Or set the type in the configuration:

```toml
[events]
"fixtures/*.json" = "search_click"
```

To skip files that do not contain events, use `--skip-unknown`.
"""

from collections.abc import Sequence

from eventlint.model import Finding, Position

EXAMINES = "request"
KINDS = ("undetermined-event-type",)

MESSAGE = "cannot determine the event type"
HINT = "name the file or its folder after the type, or use --event-type or the setting `events`"
MUTATIONS = ("file-name",)


def finding(valid: Sequence[str]) -> Finding:
    """The finding for an event of unknown type.

    Args:
        valid: The types as which the event is valid.
    """
    message = MESSAGE + (f"; it is valid as {' or '.join(valid)}" if valid else "")
    position = Position(line=1, column=1, offset=0)
    return Finding(rule="undetermined-event-type", tier="error", message=message, hint=HINT, position=position)
