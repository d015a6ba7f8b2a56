"""``eventlint explain``: tiers, and messages that only a log has."""

from __future__ import annotations

import pytest

from eventlint.cli import main
from eventlint.rules import RULES
from eventlint.tiers import TIERS

BULK = "[2024-05-01T10:00:00,000][ERROR][o.e.x.a.a.i.BulkProcessorFactory] [node-1] Bulk write of behavioral analytics "
BULK += "events encountered some failures: [{}]"
STRICT = "mapping set to strict, dynamic introduction of [user_info] within [page.referrer] is not allowed"
IMMENSE = (
    'Document contains at least one immense term in field="{}" (whose UTF8 encoding is longer than the max length '
    "32766), all of which were skipped.  Please correct the analyzer to not produce such terms."
)
FLATTENED = (
    "Flattened field [search.filters] contains one immense field whose keyed encoding is longer than the allowed max "
    "length of 32766 bytes. Key length: 5, value length: 40000 for key starting with [brand]"
)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (BULK.format("[x null unable to parse URI [/search?q=red shoes]]"), ["unparsable-url"]),
        ("java.lang.IllegalArgumentException: unable to parse URI [http://[x]", ["unparsable-url"]),
        (BULK.format(f"a [1:20] {STRICT}"), ["credentials-in-url"]),
        ('{"error":{"type":"strict_dynamic_mapping_exception"}}', ["credentials-in-url"]),
        (BULK.format(f"a unable to parse URI [/a b],b {STRICT}"), ["unparsable-url", "credentials-in-url"]),
        (IMMENSE.format("session.id"), ["session-id-too-long"]),
        ('{"reason":"' + IMMENSE.format("_routing").replace('"', '\\"') + '"}', ["session-id-too-long"]),
        (IMMENSE.format("search.filters._keyed"), ["filter-too-long"]),
        (FLATTENED, ["filter-too-long"]),
        ("max_bytes_length_exceeded: bytes can be at most 32766 in length", ["session-id-too-long", "filter-too-long"]),
        ("Content-Type header [text/plain;charset=UTF-8] is not supported", ["unsupported-media-type"]),
        ("POST /_application/analytics/site/event/search HTTP/1.1 406 Not Acceptable", ["unsupported-media-type"]),
        ("UnsupportedMediaType", ["unsupported-media-type"]),
        ("media_type_header_exception", ["invalid-media-type"]),
        ("Invalid media-type value on headers [Accept, Content-Type]", ["invalid-media-type"]),
    ],
)
def test_messages_in_logs_lead_to_their_rules(text: str, rules: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each failure in the message leads to the manual of its rule."""
    assert main(["explain", text]) == 0
    out = capsys.readouterr().out
    assert f"belongs to the rule{'s' * (len(rules) > 1)} {' and '.join(rules)}.\n" in out
    assert [line[2:] for line in out.splitlines() if line.startswith("# ")] == rules


@pytest.mark.parametrize(
    "text",
    [
        BULK.format("a rejected execution of primary operation"),
        "mapping set to strict, dynamic introduction of [color] within [product] is not allowed",
        IMMENSE.format("message"),
    ],
)
def test_other_failures_of_the_server_belong_to_no_rule(text: str) -> None:
    """A message about another index or cause is not attributed to a rule."""
    assert main(["explain", text]) == 2


@pytest.mark.parametrize("tier", TIERS)
def test_a_tier_is_explained_with_its_rules(tier: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The page shows what happens to the event, and lists exactly the rules of the tier."""
    assert main(["explain", tier]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"# {tier}\n")
    listed = {line.split("`")[1] for line in out.partition("## Rules")[2].splitlines() if line.startswith("- `")}
    assert listed == {rule.name for rule in RULES if rule.tier == tier}


def test_the_plural_of_a_tier_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """``losses`` is the tier loss."""
    assert main(["explain", "Losses"]) == 0
    assert capsys.readouterr().out.startswith("# loss\n")


@pytest.mark.parametrize("words", [["blank-id,loss"], ["blank-id, loss"], ["blank-id", "loss"]])
def test_several_names_are_explained(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Rules and tiers, separated by commas or spaces."""
    assert main(["explain", *words]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("# ")] == ["# blank-id", "# loss"]
