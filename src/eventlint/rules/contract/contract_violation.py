"""An event that the server accepts but that violates a custom contract.

## What it does

Checks events against the JSON Schemas of your organization, which you configure with the setting `contracts` or the
option `--contract`. If a constraint has an `x-rule` next to it or in an enclosing schema, its findings have the name
and message from that `x-rule`. All other findings have the name of this rule. Only events that the server accepts are
checked.

## Why is this bad?

The server enforces only its own specification. Consumers of the events may rely on more, such as IDs that are UUIDs or
a fixed set of filters. Only a custom contract can enforce that.

## Example

A contract with `{"properties": {"user": {"properties": {"id": {"format": "uuid"}}}}}`, and an event with

```json
{"user": {"id": "u-1"}}
```

## Use instead

```json
{"user": {"id": "5f26f01a-bbee-4202-9298-81261067abbd"}}
```
"""

EXAMINES = "contract"
