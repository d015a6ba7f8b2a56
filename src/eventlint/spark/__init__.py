"""Checks events in Spark DataFrames, on as many machines as Spark has.

:func:`check` adds a column with the result of each event, :func:`findings` makes a row of each finding, and
:func:`summary` counts. The same :class:`eventlint.Checker` decides as everywhere else:

    >>> from eventlint import spark  # doctest: +SKIP
    >>> lines = session.read.text("s3a://events/2026/*.ndjson.gz")  # doctest: +SKIP
    >>> checked = spark.check(lines, "value", "search")  # doctest: +SKIP
    >>> spark.summary(checked).show()  # doctest: +SKIP

PySpark 3.5 or newer and pyarrow are required (``pip install 'eventlint[spark]'``), and eventlint must be installed
where the tasks run.
"""

from eventlint.errors import UsageError

try:
    from pyspark.sql.pandas.utils import require_minimum_pyarrow_version as _require_pyarrow
except ImportError as _error:
    raise UsageError("eventlint.spark needs PySpark: pip install 'eventlint[spark]'") from _error
try:
    _require_pyarrow()
except ImportError as _error:
    raise UsageError(f"eventlint.spark needs pyarrow: pip install 'eventlint[spark]' ({_error})") from _error

from eventlint.spark.checking import check
from eventlint.spark.reports import findings, summary

__all__ = ["check", "findings", "summary"]
