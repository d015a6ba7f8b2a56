"""A user ID that is the same as the session ID.

## What it does

Checks for events whose user ID is the same as their session ID.

## Why is this bad?

A session is a single visit; a user can return. If both have the same ID, either each visit counts as a new user, or all
visits of a user count as one session. Reports about returning users are then wrong.

## Example

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "095de0b4"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "5f26f01a"}, "search": {"query": "shoes"}}
```
"""

MESSAGE = "the user ID is the same as the session ID"
HINT = "use a persistent user ID, and a new ID for each session"
