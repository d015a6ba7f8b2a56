"""A Python value that cannot be serialized to JSON.

## What it does

Checks for values in a parsed event that `json.dumps` cannot serialize: dates, sets, bytes, an object that contains
itself, and keys that are not strings.

## Why is this bad?

The client fails before it sends anything. A client with a custom serializer may support some of these values; in that
case, check the bytes that it sends.

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

HINT = "convert it to a string or a number first"
MUTATIONS = ("python-value",)
