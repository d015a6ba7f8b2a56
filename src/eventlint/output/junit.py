"""Findings as a JUnit report, for servers that show test results.

Each finding is a test case: a failure, or a passed test with output for the tier lint. The counts are at the head of
the report, so the test cases wait in a temporary file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from eventlint.escaping import printable
from eventlint.output.base import Rendered, Renderer, Style, Summary


def _case(path: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", {"classname": printable(path), "name": printable(name), "time": "0"})


class JUnit(Renderer):
    """One suite with one test case per finding."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        from tempfile import SpooledTemporaryFile

        super().__init__(write, style)
        self._cases = SpooledTemporaryFile(max_size=1 << 20, mode="w+", encoding="utf-8")  # noqa: SIM115
        self._tests = self._failures = 0

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Add the test cases for the findings of one event."""
        for one in rendered:
            self._add_finding(one)

    def _add_finding(self, one: Rendered) -> None:
        finding = one.finding
        place = f"{finding.position.line}:{finding.position.column}" if finding.position else ""
        lines = [f"{finding.path or '-'}:{place}: {finding.message}"]
        lines += [f"server: {one.answer}"] if one.answer else []
        lines += [f"hint: {finding.hint}"] if finding.hint else []
        name = f"{finding.rule} at {place or 'the file'} {finding.pointer}".strip()
        case = _case(finding.path or "eventlint", name)
        if finding.tier == "lint":
            output = ElementTree.SubElement(case, "system-out")
        else:
            self._failures += 1
            attributes = {"type": finding.tier, "message": printable(finding.message)}
            output = ElementTree.SubElement(case, "failure", attributes)
        output.text = "\n".join(map(printable, lines))
        self._add(case)

    def _add(self, case: ElementTree.Element) -> None:
        self._tests += 1
        self._cases.write(ElementTree.tostring(case, encoding="unicode") + "\n")

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        if self._tests == 0:
            self._add(_case("eventlint", f"no findings in {summary.events} events"))
        counts = f'tests="{self._tests}" failures="{self._failures}" errors="0" skipped="0" time="0"'
        self._write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n')
        self._write(f'<testsuite name="eventlint" {counts}>\n')
        self._cases.seek(0)
        while piece := self._cases.read(1 << 16):
            self._write(piece)
        self._cases.close()
        self._write("</testsuite>\n</testsuites>\n")
