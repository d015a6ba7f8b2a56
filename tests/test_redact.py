"""Secrets are hidden in what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import check
from eventlint.cli import main
from eventlint.redact import redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://ann:hunter2@example.com/", "hunter2"),
        ("https://example.com/?token=abc123&x=1", "abc123"),
        ("?api_key=k-1234 ", "k-1234"),
        ('"password=hunter2"', "hunter2"),
        ("session=8f14e45f", "8f14e45f"),
        ("Bearer abcdefgh.ijkl", "abcdefgh.ijkl"),
        ("mail ann.lee@example.com now", "ann.lee"),
    ],
)
def test_secrets_are_hidden(text: str, secret: str) -> None:
    """A secret becomes asterisks, and the rest stays where it is."""
    assert secret not in redact(text)
    assert len(redact(text)) == len(text)


@given(st.text(st.sampled_from("ab:/@?=&token.pwd \"'"), max_size=60))
def test_masking_keeps_the_length(text: str) -> None:
    """Places in a line do not move."""
    assert len(redact(text)) == len(text)


@pytest.mark.parametrize("text", ["https://example.com/a?q=shoes", "a plain sentence", "x == y"])
def test_ordinary_text_stays(text: str) -> None:
    """What is no secret is shown."""
    assert redact(text) == text


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_no_format_repeats_a_secret(form: str, tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """A secret in a line with a fault, in a name or in a value, is in no output."""
    path = f"{tmp_path}/search.json"
    with open(path, "w") as file:
        file.write(
            '{"session":{"id":1,"https://a:hunter2@b/":1},"user":{"id":["?token=hunter2"]},"x":{"password=hunter2":1}}'
        )
    assert main(["check", "--isolated", "--format", form, path]) == 1
    assert main(["check", "--isolated", "--format", form, "--show-answer", path]) == 1
    assert "hunter2" not in capsys.readouterr().out


def test_a_secret_that_is_cut_off_is_hidden() -> None:
    """A message shows the beginning of a long name, but nothing of a password in it."""
    name = f"https://ann:{'hunter2' * 20}@example.com/"
    (finding,) = check(
        {"session": {"id": "s", name: 1}, "user": {"id": "u"}, "search": {"query": "q"}}, "search"
    ).findings
    assert "hunter2" not in finding.message
