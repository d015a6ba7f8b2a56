"""``python -m eventlint`` is the command ``eventlint``."""

import sys

from eventlint.cli import main

sys.exit(main())
