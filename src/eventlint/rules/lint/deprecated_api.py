"""A release in which Behavioral Analytics is deprecated.

## What it does

Reports, once per run, that the server's answers in the selected release contain a deprecation warning.

## Why is this bad?

Behavioral Analytics is deprecated since 9.0 and will be removed in a future major release. After that, the endpoint no
longer accepts events, and the collected data must be kept elsewhere.

## Example

```shell
eventlint check --release 9.1 fixtures/
```

## Use instead

Plan to migrate to another way of collecting events. Then disable the rule:

```toml
ignore = ["deprecated-api"]
```
"""

EXAMINES = "run"
TRAIT = "deprecated-api"

MESSAGE = "Behavioral Analytics is deprecated in {release} and will be removed"
HINT = "plan to migrate to another way of collecting events"
