"""Write all generated files. With ``--check``, only report the files that are out of date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eventlint.config import config_schema
from eventlint.docs import build
from eventlint.docs import markdown_pages as markdown
from eventlint.rules import RULES, declared
from eventlint.rules.declarations import DECLARATIONS
from eventlint.rules.manual import manual, page
from eventlint.schemas.lint_rules import ALL_RULES, SCHEMA_RULES
from eventlint.screen.plan import all_identifiers
from eventlint.screen.plan_compiler import compile_plan
from eventlint.tiers import TIERS
from tools.console_examples import refreshed
from tools.findings import listed
from tools.screen_source import source as screen_source
from tools.types_source import source as types_source

ROOT = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    """Return the content of each generated file."""
    plan = compile_plan(all_identifiers())
    return {
        ROOT / "src/eventlint/eventlint.schema.json": json.dumps(config_schema(), indent=2) + "\n",
        ROOT / "src/eventlint/screen/plan.json": json.dumps(plan, indent=1) + "\n",
        ROOT / "src/eventlint/screen/functions.py": screen_source(plan),
        ROOT / "src/eventlint/types.py": types_source(),
        ROOT / "src/eventlint/rules/declarations.py": _declarations(),
        ROOT / "tests/rules/corpus.txt": listed(),
        **refreshed(),
        ROOT / "docs/rules/README.md": _index(),
        **{ROOT / f"docs/rules/{rule.name}.md": page(rule) for rule in ALL_RULES},
        **{ROOT / "docs/specification" / name: text for name, text in _specification().items()},
    }


def _declarations() -> str:
    """The module with what the modules of rules declare, formatted as ruff does."""
    head = '"""What each rule examines, and its kinds of fault; ``python -m tools.generate`` writes them."""'
    lines = [head, "", "DECLARATIONS: dict[str, tuple[str, tuple[str, ...]]] = {"]
    for rule in RULES:
        examined, kinds = declared(rule)
        quoted = [json.dumps(kind) for kind in kinds]
        inside = ", ".join(quoted) + ("," if len(kinds) == 1 else "")
        line = f"    {json.dumps(rule.name)}: ({json.dumps(examined)}, ({inside})),"
        if len(line) > _LONGEST_LINE:
            opening = [f"    {json.dumps(rule.name)}: (", f"        {json.dumps(examined)},", "        ("]
            line = "\n".join([*opening, *(f"            {kind}," for kind in quoted), "        ),", "    ),"])
        lines.append(line)
    return "\n".join([*lines, "}", ""])


_LONGEST_LINE = 120


def _specification() -> dict[str, str]:
    return markdown.pages(build(), rules_at="../rules")


def _index() -> str:
    """The list of all rules, with links to their pages."""
    introduction = "These pages are generated from the rules. To show one in a terminal, run `eventlint explain RULE`."
    parts = [f"# Rules\n\n{introduction}\n"]
    for tier in TIERS:
        parts.append(f"\n## {tier}\n\n| Rule | Summary | Fix |\n|---|---|---|\n")
        parts += [
            f"| [{rule.name}]({rule.name}.md) | {manual(rule).summary} | {rule.fixable or ''} |\n"
            for rule in RULES
            if rule.tier == tier
        ]
    parts.append("\n## Schema lint\n\n| rule | tier | what it finds |\n|---|---|---|\n")
    parts += [f"| [{rule.name}]({rule.name}.md) | {rule.tier} | {manual(rule).summary} |\n" for rule in SCHEMA_RULES]
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Write or check the generated files."""
    DECLARATIONS.clear()  # those of the modules count
    files = generated()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is out of date; run: python -m tools.generate", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path])
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
