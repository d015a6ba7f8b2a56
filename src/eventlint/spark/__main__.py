"""Runs the job: ``python -m eventlint.spark``, or ``spark-submit`` with this file."""

import sys

from eventlint.spark.job import main

if __name__ == "__main__":
    sys.exit(main())
