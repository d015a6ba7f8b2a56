"""The names of parameters, members and headers whose values are secret, and the values that look secret.

Names are compared without regard to case, in camel case (``resetToken``), kebab case and snake case. This module is the
only list of such names: redaction and the rule ``secret-in-url`` use it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from eventlint.redact.expressions import compiled

Kind = Literal["always", "usually", "sometimes"]
"""Whether a name indicates a secret: whatever its value is, unless the value is clearly ordinary, or only if the value
looks like a secret."""

_ALWAYS = (
    *("token", "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "pwd", "secret", "jwt"),
    *("signature", "credential", "credentials", "assertion", "saml response", "csrf", "xsrf", "authorization"),
    *("api key", "access key", "secret key", "private key", "signing key", "encryption key", "master key", "auth key"),
    *("account key", "shared key", "session key", "service key", "storage key", "ssh key", "hmac key", "client key"),
    *("authentication key", "subscription key", "functions key", "app key", "user key", "admin key", "write key"),
    *("access key id", "token hash", "token value", "token hint", "token id", "password hash", "password confirm"),
    *("password confirmation", "password again", "password repeat", "password verify", "secret id", "secret value"),
    *("auth code", "authorization code", "verification code", "verify code", "reset code", "recovery code"),
    *("backup code", "device code", "access code", "security code", "activation code", "confirmation code"),
    *("login code", "oob code", "otp code", "sms code", "mfa code", "2fa code", "code verifier", "auth cookie"),
    *("session cookie", "magic link", "passwords", "secrets", "api keys", "access keys", "bearer"),
    *(
        "auth data",
        "connection string",
        "saml request",
        "saml art",
        "authorisation",
        "passkey",
        "pass key",
        "pass phrase",
    ),
    *(
        "secret answer",
        "captcha response",
        "turnstile response",
        "dbpass",
        "userpass",
        "mypass",
        "sessiontoken",
        "recovery phrase",
        "seed phrase",
        "mnemonic",
        "card number",
        "security answer",
    ),
    *("key pass", "store pass", "pass hash", "pw hash", "sess key", "mot de passe", "wachtwoord", "contrasena"),
    *("salasana", "losenord", "adgangskode", "passord", "jelszo", "lozinka", "slaptazodis", "mat khau", "kata sandi"),
    *("pass word", "passwrd", "password digest", "password salt", "token string", "token key", "signed request"),
    *("secret key base", "private key pem", "private key id", "application key", "decryption key", "two factor code"),
    *("factor code", "auth hash", "pin number", "cvc code", "cvv code", "social security number", "credit card number"),
    *("consumer key", "cas ticket", "client secret value", "security token", "session secret", "connection uri"),
)
"""The last words of names whose values are secret. Words may be joined by ``_``, ``-``, ``.``, or nothing."""

_ALWAYS_WORDS = (
    *("otp", "pin", "totp", "hotp", "sig", "pass", "hmac", "cvv", "cvc", "ssn", "creds", "cred", "tkn", "psk"),
    *("client auth", "2fa", "mfa", "auth header", "sas", "wresult", "senha", "heslo", "haslo", "mdp", "parola"),
    *("psw", "pswd", "pasword", "passw", "cc number", "otac"),
)
"""Like :data:`_ALWAYS`, but only whole words: ``otp`` is not the end of a name in ``laptop``."""

_USUALLY_ANYWHERE = ("session id", "sess id")
"""Like :data:`_USUALLY`, but also after a letter: ``PHPSESSID``."""

_USUALLY = (
    *("ticket", "session", "sess", "sid", "invite code", "invitation code", "license key", "cookie"),
    *("csrf", "login token", "sso", "auth id", "session ref", "web key", "deploy key", "project key", "site key"),
    *("public key", "user code", "login key", "reset key", "confirm key", "activation key", "verification key"),
    *("invite key", "key pair id", "access id", "tokens", "access grant", "magic", "otc", "one time code", "cookies"),
    *(
        "session state",
        "pin code",
        "authentication",
        "credit card",
        "iban",
        "bank account",
        "passport number",
        "remember me",
    ),
    *("clave", "geheim", "mima", "sifre", "geslo", "parole", "sandi", "host key", "rsa key", "ssh key", "gpg key"),
    *("wifi key", "wpa key", "network key", "maps key", "stripe key", "push key", "server key", "bot key"),
)
"""The last words of names whose values are secret unless they are clearly ordinary, such as ``ticket=42``."""

_SOMETIMES = (
    *("code", "key", "state", "auth", "nonce", "sign", "oauth", "login", "invite"),
    *("invitation", "reset", "verify", "verification", "activation", "activate", "confirm", "confirmation", "unlock"),
    *("access", "refresh", "tok", "grant", "challenge", "verifier", "proof", "identity", "keys", "seed", "salt"),
)
"""The last words of names whose values are secret only if they look random."""

_ORDINARY = (
    *("page token", "next token", "continuation token", "sync token", "public token type", "forgot password"),
    *("boarding pass", "season pass", "day pass", "ski pass"),
)
"""The last words of names that end like one of the above, but whose values are ordinary."""

_OTHER_SCRIPTS = (
    *("contrase\u00f1a", "has\u0142o", "l\u00f6senord", "\u015fifre", "\u043f\u0430\u0440\u043e\u043b\u044c"),
    *("\u5bc6\u7801", "\u5bc6\u78bc", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\ube44\ubc00\ubc88\ud638"),
    *(
        "\u53e3\u4ee4",
        "\u5bc6\u94a5",
        "\u5bc6\u9470",
        "\u4ee4\u724c",
        "\u6697\u8a3c\u756a\u53f7",
        "\u6697\u8b49\u756a\u865f",
    ),
    *(
        "jelsz\u00f3",
        "slapta\u017eodis",
        "\u043f\u0430\u0440\u043e\u043b\u0430",
        "\u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2",
    ),
    *("\u05e1\u05d9\u05e1\u05de\u05d4", "m\u1eadt kh\u1ea9u", "m\u1eadt_kh\u1ea9u", "m\u1eadtkh\u1ea9u"),
    *(
        "\u0643\u0644\u0645\u0629_\u0627\u0644\u0633\u0631",
        "\u0643\u0644\u0645\u0629_\u0627\u0644\u0645\u0631\u0648\u0631",
        "\u0442\u043e\u043a\u0435\u043d",
    ),
)
"""Words for a password outside of ASCII; only redaction knows them."""

_PATH_WORDS = frozenset(
    (
        *(
            "reset",
            "verify",
            "verification",
            "invite",
            "invites",
            "invitation",
            "invitations",
            "confirm",
            "confirmation",
        ),
        *(
            "activate",
            "activation",
            "unsubscribe",
            "optout",
            "optin",
            "recover",
            "recovery",
            "magic",
            "signin",
            "login",
        ),
        *(
            "callback",
            "webhook",
            "webhooks",
            "accept",
            "join",
            "share",
            "unlock",
            "sso",
            "token",
            "tokens",
            "key",
            "code",
        ),
        *("session", "sessions", "auth", "oauth", "otp", "key", "keys", "password", "passwords", "secret"),
    )
)
"""The words in a segment of a path after which a random segment is a secret."""

SHORT_NAMES = ("pw", "st")
"""Names that are too short to be searched for in each URL; the value is secret if it is not plain. Only redaction knows
them."""

_ORDINARY_NAMES = frozenset({"keywords", "keyword", "compass", "bypass", "zipcode"})
_JOINTS = ("", "_", "-", ".")
_DIGITS = "0123456789"


def _spellings(endings: tuple[str, ...]) -> tuple[str, ...]:
    """The endings with each joint between their words."""
    return tuple(dict.fromkeys(joint.join(ending.split()) for ending in endings for joint in _JOINTS))


_SPELLED = {
    "always": _spellings(_ALWAYS),
    "whole": _spellings(_ALWAYS_WORDS),
    "usually": _spellings(_USUALLY),
    "anywhere": _spellings(_USUALLY_ANYWHERE),
    "sometimes": _spellings(_SOMETIMES),
    "ordinary": _spellings(_ORDINARY),
}
_ALL = (*_SPELLED["always"], *_SPELLED["whole"], *_SPELLED["usually"], *_SPELLED["anywhere"], *_SPELLED["sometimes"])


def all_endings() -> tuple[str, ...]:
    """All endings, in lower case, one of which every name has for which :func:`kind_of_key` is not None.

    Numbers and the signs that join words may follow the ending; letters may have another width.
    """
    return (*_ALL, *SHORT_NAMES, *_OTHER_SCRIPTS)


@cache
def name_endings() -> tuple[str, ...]:
    """The shortest endings, in lower case, one of which every name has for which :func:`kind_of_name` is not None.

    A digit may follow the ending.
    """
    known = sorted(set(_ALL), key=lambda one: (len(one), one))
    kept: list[str] = []
    for ending in known:
        if not ending.endswith(tuple(kept)):
            kept.append(ending)
    return tuple(kept)


_LAST_TWO = frozenset(ending[-2:] for ending in _ALL)


def _is_known(lower: str) -> bool:
    """Whether a name in lower case ends with any of the endings."""
    return lower[-2:] in _LAST_TWO and lower.endswith(_ALL)


def kind_of_name(name: str) -> Kind | None:
    """Whether a name indicates a secret; None for an ordinary name. One digit at its end is ignored."""
    return _kept_kind_of_name(name) if len(name) <= _LONGEST_KEPT else _kind_of_name(name)


def kind_of_key(name: str) -> Kind | None:
    """Like :func:`kind_of_name`, but also for very short names, and without any number at the end (``token_10``)."""
    return _kept_kind_of_key(name) if len(name) <= _LONGEST_KEPT else _kind_of_key(name)


_LONGEST_KEPT = 100
"""The number of characters of the longest name whose kind is kept."""


def _kind_of_name(name: str) -> Kind | None:
    if name[-1:] in _DIGITS and not _is_known(name.lower()):
        name = name[:-1]
    lower = name.lower()
    if not _is_known(lower) or len(lower) != len(name) or lower in _ORDINARY_NAMES:
        return None
    if lower.endswith(_SPELLED["ordinary"]):
        return None
    if lower.endswith(_SPELLED["always"]) or _ends_with_word(name, lower, _SPELLED["whole"]):
        return "always"
    if lower.endswith(_SPELLED["anywhere"]) or _ends_with_word(name, lower, _SPELLED["usually"]):
        return "usually"
    return "sometimes" if _ends_with_word(name, lower, _SPELLED["sometimes"]) else None


def _kind_of_key(name: str) -> Kind | None:
    kind = kind_of_name(name) or kind_of_name(name.rstrip("0123456789").rstrip("_-."))
    if kind is None and not name.isascii():
        from unicodedata import normalize

        name = normalize("NFKC", name)  # letters of another width
        if name.lower().endswith(_OTHER_SCRIPTS):
            return "always"
        kind = kind_of_name(name)
    if kind is None and name.lower().endswith(SHORT_NAMES):
        is_short = name.lower() in SHORT_NAMES or _ends_with_word(name, name.lower(), SHORT_NAMES[:1])
        return "usually" if is_short else None
    return kind


_kept_kind_of_name = lru_cache(4096)(_kind_of_name)
_kept_kind_of_key = lru_cache(4096)(_kind_of_key)


@lru_cache(4096)
def leads_to_secret(segment: str) -> bool:
    """Whether a random segment after a segment of a path is a secret, such as the token after ``reset-password``."""
    return kind_of_name(segment) == "always" or not _PATH_WORDS.isdisjoint(compiled("[-_.]").split(segment.lower()))


def _ends_with_word(name: str, lower: str, endings: tuple[str, ...]) -> bool:
    """Whether a name ends with one of some words, and no letter of another word precedes it."""
    for ending in endings:
        if lower.endswith(ending):
            at = len(name) - len(ending)
            if at == 0 or not name[at - 1].isalpha() or (name[at].isupper() and not name[at - 1].isupper()):
                return True
    return False


def is_secret(kind: Kind | None, value: str) -> bool:
    """Whether the value of a parameter or member is secret, given the kind of its name."""
    if kind is None or not value:
        return False
    if kind == "sometimes":
        value = value.partition("=")[0]
        return len(value) >= _SHORTEST_RANDOM and looks_random(value)
    if value.lower() in _TRIVIAL or (value[0] in "{$<%" and compiled(_TEMPLATE).match(value)):
        return False
    return kind == "always" or not _is_plain(value.partition("=")[0])


_TRIVIAL = frozenset({"true", "false", "null", "none", "nil", "undefined", "nan", "yes", "no", "on", "off", "0", "1"})
_TEMPLATE = r"\{\{[^{}]*\}\}$|\$\{[^{}]*\}$|<[\w -]*>$|\$[A-Z_]+$|%[sd]$"


def _is_plain(value: str) -> bool:
    """Whether a value is short, a number of few digits, or words and numbers joined by hyphens or underscores."""
    if value.isdigit():
        return len(value) < 8
    pieces = compiled("[-_. +]|%20").split(value)
    return len(value) < 6 or all(piece.isalpha() or (piece.isdigit() and len(piece) < 8) for piece in pieces)


_PIECE = r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[A-Z]"
_SHORTEST_RANDOM = 8


def looks_random(value: str) -> bool:
    """Whether a value looks like a generated secret rather than like words, numbers or a short code.

    Letters and digits change often in random text: its runs of capital letters, of lower-case letters after at most one
    capital letter, and of digits are short. Words, dates and numbers have longer runs.
    """
    if "%" in value:
        from urllib.parse import unquote

        value = unquote(value)
    value = value[:256]
    if len(value) < _SHORTEST_RANDOM or not value.isascii():
        return False
    longest = max(compiled(r"[0-9A-Za-z]+").findall(value), key=len, default="")
    if value.isdigit():
        return len(value) >= 16
    joined = "".join(compiled(r"[0-9A-Za-z]+").findall(value))
    if len(longest) < 6 and len(joined) < 16:
        return False
    if joined.isalpha() and len(longest) < 16:
        return _is_mixed(longest) and len(longest) >= 10
    if len(longest) <= 12 and compiled("[0-9A-Z]+").fullmatch(joined) and len(joined) <= 12:
        return False  # a product number or a voucher
    pieces = compiled(_PIECE).findall(longest)
    if len(longest) >= 16 and not longest.isdigit() and (len(longest) >= 24 or not longest.isalpha()):
        return True
    return len(longest) / max(len(pieces), 1) < 2.6 and len(pieces) >= 3


def _is_mixed(letters: str) -> bool:
    """Whether letters change their case as often as random ones do."""
    pieces = compiled(_PIECE).findall(letters)
    return len(letters) / max(len(pieces), 1) < 2.6
