"""The user and the session have the same ID.

## What it does

Finds events whose user ID is the session ID.

## Why it matters

A session is one visit; a user comes back. When both have one ID, either each visit makes a new user, or all visits of a
user are one session. Reports about returning users are then wrong.

## Example

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "095de0b4"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "5f26f01a"}, "search": {"query": "shoes"}}
```
"""

MESSAGE = "the user has the ID of the session"
HINT = "keep an ID that stays for the user, and make a new one for each session"
MUTATIONS = ("equal-ids",)
