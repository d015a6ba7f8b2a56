r"""A string with a lone surrogate, which cannot be encoded as UTF-8.

## What it does

Checks for strings in a parsed event, or a payload given as a Python string, that contain one half of a surrogate pair.

## Why is this bad?

The event cannot be sent because encoding it as UTF-8 fails. Such strings come from file names and from JSON with
truncated escape sequences.

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

MESSAGE = "a lone surrogate cannot be encoded as UTF-8"
HINT = "escape it (\\ud800) or remove it"
MUTATIONS = ("lone-surrogate",)
