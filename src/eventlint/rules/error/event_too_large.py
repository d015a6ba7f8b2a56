"""An event that is larger than the limit for one event.

## What it does

Checks for events that have more than 64 MiB. This is a limit of eventlint and not of the server, which accepts at most
100 MB by default (`http.max_content_length`). It limits the memory that a small compressed file can take.

The limit applies to a line of an NDJSON file and to a file with a single event. It also applies to the whole content of
a compressed file, or of standard input, in any other format. To change it, use the option `--max-event-size` or the
setting `max-event-size`, such as `max-event-size = "200M"`.

## Why is this bad?

The event is not checked. If it were skipped, you could take the file for clean.

## Example

```text
$ zcat events.ndjson.gz | head -c 80000000 | wc -l
0
```

## Use instead

Write one event per line, in NDJSON format. If the event is meant to be that large, raise the limit.
"""

from eventlint.model import Finding, Position

EXAMINES = "recording"

MESSAGE = "the {} has more than {} bytes"
HINT = "it was not checked; to check it, use --max-event-size"


def finding(what: str, most: int, position: Position | None = None) -> Finding:
    """The finding for a line or a file.

    Args:
        what: ``line`` or ``file``.
        most: The limit in bytes.
        position: The start of the line.
    """
    message = MESSAGE.format(what, f"{most:,}")
    return Finding(rule="event-too-large", tier="error", message=message, hint=HINT, position=position)
