"""Secrets are redacted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import check
from eventlint.cli import main
from eventlint.redact import CONTEXT, redact, redact_part
from eventlint.redact.names import is_secret, kind_of_name


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
def test_secrets_are_redacted(text: str, secret: str) -> None:
    """Asterisks replace the secret, and the length stays the same."""
    assert secret not in redact(text)
    assert len(redact(text)) == len(text)


@given(st.text(st.sampled_from("ab:/@?=&token.pwd \"'"), max_size=60))
def test_redaction_keeps_the_length(text: str) -> None:
    """Columns stay the same."""
    assert len(redact(text)) == len(text)


@pytest.mark.parametrize("text", ["https://example.com/a?q=shoes", "a plain sentence", "x == y"])
def test_ordinary_text_is_unchanged(text: str) -> None:
    """Text without secrets is unchanged."""
    assert redact(text) == text


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_no_format_shows_a_secret(form: str, tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """A secret in a key or a value is redacted in every format."""
    path = f"{tmp_path}/search.json"
    with open(path, "w") as file:
        file.write(
            '{"session":{"id":1,"https://a:hunter2@b/":1},"user":{"id":["?token=hunter2"]},"x":{"password=hunter2":1}}'
        )
    assert main(["check", "--isolated", "--format", form, path]) == 1
    assert main(["check", "--isolated", "--format", form, "--show-answer", path]) == 1
    assert "hunter2" not in capsys.readouterr().out


def test_a_truncated_secret_is_redacted() -> None:
    """A message shows the start of a long key, but not a password in it."""
    name = f"https://ann:{'hunter2' * 20}@example.com/"
    (finding,) = check(
        {"session": {"id": "s", name: 1}, "user": {"id": "u"}, "search": {"query": "q"}}, "search"
    ).findings
    assert "hunter2" not in finding.message


@given(st.text(st.sampled_from("ab:/@?=&token.pwd \"'%34\\"), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_redacted_like_the_whole(text: str, start: int, end: int) -> None:
    """A secret that begins before a part or ends after it is redacted."""
    start, end = min(start, len(text)), min(end, len(text))
    assert redact_part(text, start, max(start, end)) == redact(text)[start : max(start, end)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (f'{{"token": "{"hunter2" * CONTEXT}", "a": 1}}', 3 * CONTEXT),
        (f"https://{'hunter2' * CONTEXT}@example.com/", 0),
    ],
)
def test_a_part_shows_nothing_of_a_secret_longer_than_its_context(text: str, start: int) -> None:
    """A string that began before the context, and a user that may end after it, are redacted."""
    assert "hunter2" not in redact_part(text, start, start + 60)


@pytest.mark.parametrize(
    "text", ["token=", '"password": "', "code=", "%74oken=", "\\u0061=", "a@b.", "//a:@", "+1 2", "eyJ"]
)
def test_one_secret_is_read_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times as much text asks at most about four times as often whether a value is secret."""
    from eventlint.redact import scan

    asked: list[int] = []

    def counting(kind: object, value: str) -> bool:
        asked[-1] += 1 + len(value)
        return is_secret(kind, value)  # type: ignore[arg-type]

    monkeypatch.setattr(scan, "is_secret", counting)
    for count in (200, 800):
        asked.append(0)
        redact(text * count)
    assert asked[1] <= 5 * asked[0] + 50


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("resetToken", "always"),
        ("reset-token", "always"),
        ("RESET_TOKEN", "always"),
        ("password2", "always"),
        ("PHPSESSID", "usually"),
        ("code", "sometimes"),
        ("laptop", None),
        ("author", None),
        ("pageToken", None),
    ],
)
def test_the_kind_of_a_name(name: str, kind: str | None) -> None:
    """Names are compared by their last words, whatever their case and joints are."""
    assert kind_of_name(name) == kind


RANDOM = "tHFLdmSOGzZUFV5qFqsM"


@pytest.mark.parametrize(
    "text",
    [
        "q=my+password+is+{}&page=1",
        "Authorization:+Bearer+{}",
        "https://example.com/reset/{}",
        "https://example.com/verify-email/{}",
        "https://example.com/invitations/{}/accept",
        "/account/recover/{}",
        "curl -u admin:{} https://example.com/",
        "docker login -u me -p {}",
        "mysql -u root -p{} shop",
        '<token type="x">{}</token>',
        '<add key="ApiKey" value="{}"/>',
        '<input type="password" value="{}">',
        "contrase%C3%B1a={}",
        "\u043f\u0430\u0440\u043e\u043b\u044c: {}",
        "Stripe-Signature: t=1,v1={}",
        "https://api.telegram.org/bot123456789:AA{0}{0}/getMe",
        "some_new_service_{0}Ab9{0}",
    ],
)
def test_secrets_without_an_equals_sign_next_to_their_name(text: str) -> None:
    """Spaces of forms, paths, arguments of programs, XML, other languages, and keys of unknown services."""
    assert RANDOM not in redact(text.format(RANDOM))


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/reset/password",
        "https://example.com/verify/email/success",
        "https://example.com/share/how-to-bake-bread",
        "https://example.com/state/california/los-angeles",
        "docker run -p 8080:80 -u 1000:1000 nginx",
        "curl -u https://example.com",
        "q=basic+training+schedule+2024",
        '{"token_type": "bearer", "expires_in": 3600}',
        "'git@github.com:elastic/elasticsearch.git'",
        "/search/filters/https:~1~1cdn.example.com~1logo@2x.png",
        "price_1MoBy5LkdIwHu7ixZhnattbh",
        "products_550e8400e29b41d4a716446655440000",
        "caf%C3%A9=open",
    ],
)
def test_ordinary_strings_next_to_such_names(text: str) -> None:
    """Words, ports, IDs of objects, and names of files are shown."""
    assert redact(text) == text
