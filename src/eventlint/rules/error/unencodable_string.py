r"""A text with a lone surrogate, which UTF-8 cannot hold.

## What it does

Finds texts of a parsed event, or a payload that is a Python text, with one half of a surrogate pair.

## Why it matters

Nothing could be sent: encoding it to UTF-8 fails. Such texts come from file names, and from JSON with cut escapes.

## Example

```python
{"session": {"id": "\ud800"}}
```

## Use instead

```python
{"session": {"id": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")}}
```
"""

EXAMINES = "request"
KINDS = ("unencodable",)

MESSAGE = "a lone surrogate, which UTF-8 cannot hold, so nothing could be sent"
HINT = "write it as an escape (\\ud800), or leave it out"
