"""An event that the server takes, and that breaks a contract of one's own.

## What it does

Finds what a JSON Schema of your organisation does not allow: one in a folder that the setting `schemas` names, or
`--contract`. A constraint with an `x-rule` beside it, or around it, has findings with a name and a message of its
author's; those of all others have this name. Only events that the server would take are looked at.

## Why it matters

The server takes what is right by its own reading. What people downstream rely on, such as IDs that are UUIDs, or
filters that somebody counts, only a contract can hold.

## Example

A contract that says `{"properties": {"user": {"properties": {"id": {"format": "uuid"}}}}}`, and an event with

```json
{"user": {"id": "u-1"}}
```

## Use instead

```json
{"user": {"id": "5f26f01a-bbee-4202-9298-81261067abbd"}}
```
"""

EXAMINES = "contract"
