"""A Python value that JSON cannot hold, so nothing could be sent.

## What it does

Finds values of a parsed event that `json.dumps` cannot write: dates, sets, bytes, an object that holds itself, keys
that are no texts.

## Why it matters

The sender fails before anything goes over the wire. A client with a serializer of its own may write some of them; check
the bytes that it sends.

## Example

```python
{"session": {"id": uuid.uuid4()}, "user": {"id": "u-1"}}
```

## Use instead

```python
{"session": {"id": str(uuid.uuid4())}, "user": {"id": "u-1"}}
```
"""

EXAMINES = "request"
KINDS = ("unserializable",)

HINT = "turn it into a text or a number first"
