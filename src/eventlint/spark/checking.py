"""Adds the results of events to a DataFrame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyspark
from pyspark.sql import functions
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    IntegerType,
    MapType,
    NullType,
    StringType,
    StructField,
    StructType,
)

from eventlint.checker import Checker
from eventlint.errors import UsageError
from eventlint.spark.columns import column_of, comparable
from eventlint.spec import event_types

if TYPE_CHECKING:
    import os

    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

    from eventlint.arrow import ResultColumn
    from eventlint.contract import Contract

COLUMN = "eventlint"
"""The name of the column with the results."""

FINDING = StructType(
    [
        *(StructField(name, StringType()) for name in ("rule", "tier", "effect", "message", "pointer")),
        *(StructField(name, IntegerType()) for name in ("line", "column")),
    ]
)
RESULT = StructType(
    [
        StructField("ok", BooleanType()),
        StructField("accepted", BooleanType()),
        StructField("findings", ArrayType(FINDING)),
    ]
)

_FIRST_WITH_ARROW_UDF = (4, 1)
_FIRST_WITH_COLUMNAR_INPUT = (4, 2)

Judge = Callable[..., "ResultColumn"]
"""From columns with payloads, types and collections to the results; it is pickled once for each task."""

_Arrays = tuple["pa.Array", ...]

_TOGETHER = 16 << 20
"""The suspect events of batches of so many bytes are checked together. By default, a batch has 10,000 rows."""


def check(
    df: DataFrame,
    payload: str | Column = "payload",
    event_type: str | Column = "type",
    collection: str | Column | None = None,
    release: str = "latest",
    contract: Contract | str | os.PathLike[str] | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    *,
    collections: Iterable[str] | None = None,
) -> DataFrame:
    """Add the column ``eventlint`` with the result for the event in each row; it replaces a column of that name.

    The result is a struct: ``ok`` (the server accepts the event, and it satisfies the contract), ``accepted`` (by the
    server), and ``findings``, an array of structs with ``rule``, ``tier``, ``effect``, ``message``, ``pointer``,
    ``line`` and ``column``. The position is that in the payload: lines and characters, from 1. Secrets are redacted.

    Nothing is computed before you use the result. The function also works on streaming DataFrames.

    Args:
        df: The DataFrame, also of Spark Connect.
        payload: The column with the payloads: strings, binary values, or structs, arrays or maps, which are checked as
            the JSON that ``to_json`` makes of them (without the fields that are null). A null is checked as an empty
            body.
        event_type: The type of all events (``page_view``, ``search`` or ``search_click``), or else a column with the
            type of each. A null is checked as an unknown type.
        collection: A column with the collection of each event; ``pyspark.sql.functions.lit("site")`` for one of all. A
            null checks no collection.
        release: The release of the server, as for :class:`eventlint.Checker`.
        contract: A custom contract, as for :class:`eventlint.Checker`. It is read here, and sent to the tasks.
        select: The rules to report, by name or by tier.
        ignore: The rules to leave out, by name or by tier.
        collections: The names of the collections that exist.

    Returns:
        The DataFrame with the additional column.

    Raises:
        UsageError: An argument is wrong, or there is no such column.
        InputError: The contract cannot be read.
        SchemaError: The contract is unusable.
    """
    checker = Checker(release, collections=collections, contract=contract, select=select, ignore=ignore)
    constant = event_type if isinstance(event_type, str) and event_type in event_types() else None
    given, encoded = _payload(df, payload)
    columns = [encoded]
    if constant is None:
        columns.append(_string(df, "event_type", event_type))
    if collection is not None:
        columns.append(_string(df, "collection", collection))
    return with_results(df, given, columns, _judge(checker, constant, has_collection=collection is not None))


def with_results(df: DataFrame, payload: Column, columns: list[Column], judge: Judge) -> DataFrame:
    """The DataFrame with the results that a function makes of some columns.

    Args:
        df: The DataFrame.
        payload: The column with the payloads, as it is.
        columns: The columns that the function takes: first the payloads as binary values.
        judge: The function.
    """
    if _version() < _FIRST_WITH_ARROW_UDF:
        return _map_in_arrow(df, columns, judge)
    count = len(columns)

    def sparse_results(batches):  # type: ignore[no-untyped-def]  # with annotations, PySpark expects a type for each column
        given = ((arrays if isinstance(arrays, tuple) else (arrays,))[:count] for arrays in batches)
        for _, results in _judged(judge, (((), arrays) for arrays in given)):
            yield results.column(sparse=True)

    extra = _unused_name(df)
    if _version() >= _FIRST_WITH_COLUMNAR_INPUT:
        # From batches of Parquet files, Spark copies each value into rows and back again, which takes longer than rows
        # all the way. An expression that is used twice makes it begin with rows.
        df = df.withColumn(extra, payload.isNull())
        columns = [*columns, functions.col(extra), functions.col(extra)]
    # Spark copies a constant faster than structs that come from Python.
    clean = functions.struct(functions.lit(True), functions.lit(True), _no_findings()).cast(RESULT)
    result = functions.coalesce(_function_of_batches(sparse_results)(*columns), clean)
    return df.withColumn(COLUMN, result).drop(extra)


def _function_of_batches(function: Callable[[Iterator[Any]], Iterator[pa.Array]]) -> Callable[..., Column]:
    from pyspark.sql.pandas.functions import ArrowUDFType

    made: Callable[..., Column] = functions.arrow_udf(function, RESULT, ArrowUDFType.SCALAR_ITER)
    return made


def _judged(judge: Judge, batches: Iterable[tuple[_Arrays, _Arrays]]) -> Iterator[tuple[_Arrays, ResultColumn]]:
    """The results of batches.

    A batch is judged when it comes, so that its events need not be kept. Its suspect events are checked together with
    those of others.

    Args:
        judge: The function.
        batches: For each batch, columns to pass on, and those that the function takes.
    """
    from eventlint.arrow import check_suspects

    group: list[tuple[_Arrays, ResultColumn]] = []
    size = 0
    for passed, arrays in batches:
        group.append((passed, judge(*arrays)))
        size += sum(array.nbytes for array in (*passed, *arrays))
        if size >= _TOGETHER:
            check_suspects(results for _, results in group)
            yield from group
            group, size = [], 0
    check_suspects(results for _, results in group)
    yield from group


def _unused_name(df: DataFrame) -> str:
    """A name that no column has; Spark ignores case in names."""
    known, name = {column.lower() for column in df.columns}, f"{COLUMN}_extra"
    while name in known:
        name += "_"
    return name


def _no_findings() -> Column:
    return functions.array_repeat(functions.lit(None).cast(FINDING), 0)


def _version() -> tuple[int, ...]:
    return tuple(int(part) for part in pyspark.__version__.split(".")[:2])


def _judge(checker: Checker, event_type: str | None, *, has_collection: bool) -> Judge:
    """The function that the tasks run on each batch."""

    def judge(*columns: pa.Array) -> ResultColumn:
        from eventlint.arrow import results_of

        rest = list(columns[1:])
        types = event_type if event_type is not None else rest.pop(0)
        return results_of(checker, columns[0], types, rest.pop(0) if has_collection else None)

    return judge


def _map_in_arrow(df: DataFrame, columns: list[Column], judge: Judge) -> DataFrame:
    """The DataFrame with the results, where Arrow functions of columns do not exist yet."""
    of = comparable(df)
    kept = [index for index, name in enumerate(df.columns) if of(name) != COLUMN]
    # Older releases cannot pass columns on whose names have dots, and names may be there twice.
    names = [f"{COLUMN}_{index}" for index in range(len(df.columns) + len(columns))]
    passed = [names[index] for index in kept]
    inputs = df.select("*", *columns).toDF(*names).select(*passed, *names[len(df.columns) :])
    given = df.schema.fields
    fields = [StructField(names[i], given[i].dataType, given[i].nullable, given[i].metadata) for i in kept]
    schema = StructType([*fields, StructField(COLUMN, RESULT)])

    def batches(source: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        given = (tuple(batch.columns) for batch in source)
        for others, results in _judged(judge, ((arrays[: len(kept)], arrays[len(kept) :]) for arrays in given)):
            yield pa.RecordBatch.from_arrays([*others, results.column()], [*passed, COLUMN])

    return inputs.mapInArrow(batches, schema).toDF(*(df.columns[index] for index in kept), COLUMN)


def _payload(df: DataFrame, payload: str | Column) -> tuple[Column, Column]:
    """The column with the payloads, and its values as binary values."""
    given, kind = column_of(df, "payload", payload)
    column = given
    if isinstance(kind, StructType | MapType | ArrayType):
        column = functions.to_json(column)
    elif not isinstance(kind, StringType | BinaryType | NullType):
        raise UsageError(f"payload must be a string, binary or struct column, not {kind.simpleString()}")
    return given, column.cast("binary")  # strings may be invalid UTF-8, which must not be decoded on the way


def _string(df: DataFrame, name: str, value: str | Column) -> Column:
    column, kind = column_of(df, name, value)
    if not isinstance(kind, StringType | NullType):
        raise UsageError(f"{name} must be a string column, not {kind.simpleString()}")
    return column.cast("string")
