"""Documents with a bar at the place that a test is about."""

from __future__ import annotations

from pathlib import Path

from eventlint.lsp.documents import Document
from eventlint.lsp.settings import Workspace

CONTRACT = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:acme:search:1-0-0",
  "title": "Searches",
  "description": "Searches in the shop.",
  "$ref": "urn:eventlint:event:search:1-0-0",
  "x-applies-to": {"collections": ["shop*"]},
  "properties": {
    "search": {
      "required": ["search_application"],
      "properties": {
        "query": {"maxLength": 200},
        "search_application": {
          "enum": ["web", "app"],
          "x-rule": {"name": "known-application", "message": "The application is not known.", "hint": "Use web."}
        },
        "sort": false,
        "filters": {
          "properties": {
            "brand": {"type": "array", "items": {"enum": ["acme", "globex"]}},
            "size": {"type": "string", "enum": ["s", "m"]}
          }
        }
      }
    }
  }
}"""


def document(name: str, text: str, folder: str = "/nowhere", language: str = "") -> tuple[Document, int]:
    """The document, and the offset of the bar in its text."""
    before, bar, after = text.partition("|")
    path = f"{folder}/{name}"
    data = (before + after).encode()
    settings = Workspace([folder]).settings(path)
    return Document(path, data, settings, language_id=language), len(before.encode()) if bar else 0


def with_contract(folder: Path, more: str = "") -> str:
    """Write a configuration with a contract; the folder."""
    (folder / "contracts").mkdir()
    (folder / "contracts" / "search.json").write_text(CONTRACT)
    (folder / "eventlint.toml").write_text(f'contracts = ["contracts"]\n{more}')
    return str(folder)
