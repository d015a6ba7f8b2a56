"""Writes the files that are made from others; with ``--check`` only tells whether they are up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eventlint.config import config_schema

ROOT = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    """Each generated file, and what should stand in it."""
    return {
        ROOT / "src/eventlint/eventlint.schema.json": json.dumps(config_schema(), indent=2) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write the files, or check them."""
    stale = [path for path, text in generated().items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not up to date; run: python -m tools.generate", file=sys.stderr)
        else:
            path.write_text(generated()[path])
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
