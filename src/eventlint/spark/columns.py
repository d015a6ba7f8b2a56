"""Finds columns by their names, as Spark does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyspark.errors import AnalysisException
from pyspark.sql import functions

from eventlint.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import DataType


def quoted(name: str) -> str:
    """A column's name for functions that read dots and stars in it."""
    return "`" + name.replace("`", "``") + "`"


def comparable(df: DataFrame) -> Callable[[str], str]:
    """The function that makes names comparable: Spark ignores case unless a setting says otherwise."""
    return str if df.sparkSession.conf.get("spark.sql.caseSensitive") == "true" else str.lower


def has_column(df: DataFrame, name: str) -> bool:
    """Whether a name is a column, or begins with the column that a field is in."""
    of = comparable(df)
    return bool({of(name), of(name.split(".")[0])} & set(map(of, df.columns))) or name.startswith("`")


def column_of(df: DataFrame, name: str, value: str | Column) -> tuple[Column, DataType]:
    """A column by its name or as it is, and its type.

    Args:
        df: Where the column is.
        name: The name of the argument, for errors.
        value: The name of a column or of a field of it (``a.b``), or a column.

    Raises:
        UsageError: There is no such column, or several have the name.
    """
    if isinstance(value, str):
        if not has_column(df, value):
            raise UsageError(_no_column(name, value))
        column = functions.col(quoted(value) if value in df.columns else value)
    elif hasattr(value, "cast"):
        column = value
    else:
        raise UsageError(f"{name} must be the name of a column or a Column, not {type(value).__name__}")
    try:
        return column, df.select(column).schema[0].dataType
    except AnalysisException as error:
        raise UsageError(f"{name}: {str(error).splitlines()[0]}") from error


def _no_column(name: str, value: str) -> str:
    help_ = f"; for a constant, use pyspark.sql.functions.lit({value!r})" if name != "payload" else ""
    return f"{name}: there is no column {value!r}{help_}"
