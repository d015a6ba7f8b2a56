"""Schemas for editors: a self-contained file for each event type, and the settings that assign them to files."""

from __future__ import annotations

import json

from eventlint.exports.audience import Exported
from eventlint.exports.json_schema import of_event
from eventlint.exports.schema_list import DIALECTS

SETTINGS = "vscode.settings.json"
"""The name of the file with settings for Visual Studio Code."""


def files(exported: Exported, dialect: str, folder: str) -> dict[str, str]:
    """The files, by name.

    Args:
        exported: What is exported.
        dialect: One of :data:`eventlint.exports.schema_list.DIALECTS`.
        folder: The folder that the files are for, relative to the workspace; with slashes.
    """
    found: dict[str, str] = {}
    settings = []
    for audience in exported.audiences:
        for event_type in audience.documents:
            name = f"event.{event_type}{'.' + audience.suffix if audience.suffix else ''}.json"
            schema = DIALECTS[dialect](of_event(exported, event_type, audience.suffix))
            found[name] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
            if not audience.suffix:
                patterns = [f"{event_type}.json", f"{event_type}.*.json", f"{event_type}/*.json"]
                settings.append({"url": f"./{folder}/{name}", "fileMatch": patterns})
    found[SETTINGS] = json.dumps({"json.schemas": settings}, indent=2) + "\n"
    return found
