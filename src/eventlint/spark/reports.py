"""Makes tables of the results that :func:`eventlint.spark.check` adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions

from eventlint.errors import UsageError
from eventlint.spark.checking import COLUMN, FINDING
from eventlint.spark.columns import column_of, has_column, quoted
from eventlint.spec import event_types

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def findings(df: DataFrame) -> DataFrame:
    """Make a row of each finding.

    Args:
        df: A DataFrame that :func:`check` returned.

    Returns:
        The other columns of the event, followed by ``rule``, ``tier``, ``effect``, ``message``, ``pointer``, ``line``
        and ``column``. Events without findings have no row.

    Raises:
        UsageError: The DataFrame has no results, or has a column with one of these names.
    """
    _require_results(df)
    others = [name for name in df.columns if name != COLUMN]
    clash = sorted(name for name in others if name.lower() in FINDING.names)  # Spark ignores case
    if clash:
        raise UsageError(f"rename the columns {', '.join(clash)} first: findings have columns of these names")
    kept = [quoted(name) for name in others]
    # For explode(), Spark infers a filter, for which it would run the check a second time.
    rows = df.select(*kept, functions.explode_outer(f"{COLUMN}.findings").alias(COLUMN))
    return rows.where(functions.col(COLUMN).isNotNull()).select(*kept, f"{COLUMN}.*")


def summary(df: DataFrame, event_type: str | Column = "type", collection: str | Column | None = None) -> DataFrame:
    """Count events: in total, and by rule, event type and collection.

    Args:
        df: A DataFrame that :func:`check` returned.
        event_type: As for :func:`check`. By default the column ``type``, if there is one.
        collection: As for :func:`check`. By default the column ``collection``, if there is one.

    Returns:
        A row for each group: ``group`` is ``total``, ``rule``, ``event_type`` or ``collection``; ``name`` is its name
        (null for the total). ``events`` counts the events of the group: for a rule, those with a finding of the rule.
        ``refused`` are those that the server refuses, ``lost`` those that it accepts and drops, ``not_ok`` those that
        it refuses or that violate the contract, ``with_findings`` those with any finding.

    Raises:
        UsageError: The DataFrame has no results, or there is no such column.
    """
    _require_results(df)
    lit = functions.lit
    result = functions.col(COLUMN)
    pairs = [_group("total", lit(None).cast("string"))]
    default = {"event_type": "type", "collection": "collection"}
    for name, value in (("event_type", event_type), ("collection", "collection" if collection is None else collection)):
        column = _name(df, name, value, is_optional=isinstance(value, str) and value == default[name])
        if column is not None:
            pairs.append(_group(name, column.cast("string")))
    rules = functions.array_distinct(result["findings"]["rule"])
    by_rule = functions.transform(rules, lambda rule: _group("rule", rule))
    is_lost = result["accepted"] & functions.exists(
        result["findings"]["effect"], lambda effect: effect.eqNullSafe("lost")
    )
    counted = {
        "events": lit(True),
        "refused": ~result["accepted"],
        "lost": is_lost,
        "not_ok": ~result["ok"],
        "with_findings": functions.size(result["findings"]) > 0,
    }
    # The counts are made before explode(), because Spark fails to find the results after it if a type is a constant.
    rows = df.select(
        functions.concat(functions.array(*pairs), by_rule).alias("keys"),
        *(column.cast("long").alias(name) for name, column in counted.items()),
    ).select(functions.explode_outer("keys").alias("key"), *counted)  # without a filter, see findings()
    sums = [functions.sum(name).alias(name) for name in counted]
    grouped = rows.groupBy("key").agg(*sums).select("key.*", *counted)
    return grouped.orderBy("group", functions.desc("events"), "name")


def _group(group: str, name: Column) -> Column:
    return functions.struct(functions.lit(group).alias("group"), name.alias("name"))


def _name(df: DataFrame, name: str, value: str | Column, *, is_optional: bool) -> Column | None:
    """A column, a constant of all events, or None if the column may be missing and is."""
    if isinstance(value, str):
        if name == "event_type" and value in event_types():
            return functions.lit(value)
        if is_optional and not has_column(df, value):
            return None
    return column_of(df, name, value)[0]


def _require_results(df: DataFrame) -> None:
    if COLUMN not in df.columns:
        raise UsageError(f"the DataFrame has no column {COLUMN!r}; call eventlint.spark.check() first")
