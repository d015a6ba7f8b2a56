"""Findings as a JUnit report, for servers that show tests; it must not know files.

Each finding is a test case: one of the tier lint is passed, with its message as output, and one of any other tier is a
failure. The counts stand at the head of the report, so what comes after them waits in a temporary file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from eventlint.output.base import Rendered, Style, Summary


def _legal(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return "".join(
        character if character in "\t\n\r" or character.isprintable() else "\ufffd" for character in text
    ).replace("\ufffe", "\ufffd")


def _case(path: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", {"classname": _legal(path), "name": _legal(name), "time": "0"})


class JUnit:
    """One suite with a test case a finding."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        from tempfile import SpooledTemporaryFile

        self._write = write
        self._cases = SpooledTemporaryFile(max_size=1 << 20, mode="w+", encoding="utf-8")  # noqa: SIM115
        self._tests = self._failures = 0

    def start(self) -> None:
        """The head is written at the end."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the test cases of one event."""
        for one in shown:
            finding = one.finding
            place = f"{finding.position.line}:{finding.position.column}" if finding.position else ""
            self._tests += 1
            name = f"{finding.rule} at {place or 'the file'} {finding.pointer}".strip()
            path = finding.path or "eventlint"
            lines = [f"{finding.path or '-'}:{place}: {finding.message}"]
            lines += [f"server: {one.answer}"] if one.answer else []
            lines += [f"hint: {finding.hint}"] if finding.hint else []
            case = _case(path, name)
            if finding.tier == "lint":
                below = ElementTree.SubElement(case, "system-out")
            else:
                self._failures += 1
                told = {"type": finding.tier, "message": _legal(finding.message)}
                below = ElementTree.SubElement(case, "failure", told)
            below.text = _legal("\n".join(lines))
            self._add(case)

    def _add(self, case: ElementTree.Element) -> None:
        self._cases.write(ElementTree.tostring(case, encoding="unicode") + "\n")

    def finish(self, summary: Summary) -> None:
        """Write the head, the test cases, and the end."""
        if self._tests == 0:
            self._tests = 1
            self._add(_case("eventlint", f"no findings in {summary.events} events"))
        counts = f'tests="{self._tests}" failures="{self._failures}" errors="0" skipped="0" time="0"'
        self._write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n')
        self._write(f'<testsuite name="eventlint" {counts}>\n')
        self._cases.seek(0)
        shutil.copyfileobj(self._cases, _Writer(self._write))
        self._cases.close()
        self._write("</testsuite>\n</testsuites>\n")


class _Writer:
    """A function as a file."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
