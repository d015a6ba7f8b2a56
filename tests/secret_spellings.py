"""Spellings of secrets, places of an event that can contain them, and ordinary strings: data for tests of redaction.

No line of this file is a working key: keys are put together from a prefix and filling characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from eventlint.redact.service_keys import SERVICE_KEYS


class Spelling(NamedTuple):
    """A text with a secret.

    Attributes:
        text: The text.
        secret: What must not be shown.
        is_parameter: Whether the text is a name, an equals sign and a value.
    """

    text: str
    secret: str
    is_parameter: bool


_NAMES = tuple(
    """
    token access_token accessToken access-token refresh_token refreshToken id_token idToken reset_token resetToken
    reset-token inviteToken invite_token magicToken magic-token csrf csrfToken csrf_token csrf-token X-CSRF-Token
    csrfmiddlewaretoken authenticity_token xsrf XSRF-TOKEN otp otpCode totp password Password PASSWORD passwd passwort
    newPassword new_password password2 passwordConfirm password_confirmation passphrase passcode pwd userPwd
    user[password] secret client_secret clientSecret client-secret SECRET_KEY api_key apiKey api-key apikey APIKEY
    X-Api-Key x_api_key
    access_key accessKey AWSAccessKeyId aws_secret_access_key private_key privateKey signing_key encryptionKey
    client_assertion clientAssertion assertion SAMLResponse saml_response X-Amz-Signature X-Amz-Credential
    X-Amz-Security-Token X-Goog-Signature X-Goog-Credential sig signature Signature hmac jwt JWT jwtToken ticket
    serviceTicket session_token sessionToken session_id sessionId sessionID PHPSESSID JSESSIONID auth_token authToken
    auth-token authorization Authorization auth_code authorization_code verification_code verificationCode resetCode
    recovery_code oobCode activation_code confirmation_code code_verifier codeVerifier device_code deviceCode
    login_token loginToken bearer_token remember_token unsubscribe_token emailToken email_token shareToken
    webhook_secret app_secret appSecret consumer_secret oauth_token oauthToken oauth_token_secret oauth_signature
    user_pass db_password DB_PASSWORD dbPassword master_key subscription-key Ocp-Apim-Subscription-Key account_key
    access_token_secret credential credentials cvv pin ssn
    psw pswd pasword pass_word Pass-Word userPw db_pw password_digest passwordSalt tokenString token_key signed_request
    secret_key_base privateKeyPem private_key_id application_key decryptionKey two_factor_code twoFactorCode auth_hash
    cvc_code cvvCode credit_card_number creditCardNumber cc_number oauth_consumer_key consumerKey CASTicket
    authentication session_state pin_code rememberMe stripe_key host_key wifi_key clave geheim sifre passord jelszo
    lozinka mat_khau kata_sandi jelszó parole \u043f\u0430\u0440\u043e\u043b\u0430 \u53e3\u4ee4 \u4ee4\u724c
    \uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44
""".split()  # noqa: SIM905 - a list of a hundred lines is harder to read
)
_SOMETIMES = ("code", "key", "state", "session", "sid", "auth", "nonce", "userKey", "auth.session", "x-state")
_VALUES = ("hunter2-Qx9", "abcdefgh12345678", "8f14e45fceea167a5a36dedd4bea2543", "s3cr3t.V4lue_7")
_RANDOM = ("SplxlOBeZQQYbYS6WxSbIA", "8f14e45fceea167a5a36dedd4bea2543", "k3j5h2g8d9s1f4a7")
_FILLING = "0a1b2c3d" * 8
_BASIC = "YW5uOmh1bnRlcjI="


_BY_FORM = (
    ("https://api.telegram.org/bot123456:ABC-DEF" + "1234ghIkl-zyx57W2v1u123ew11/send", "1234ghIkl"),
    ("MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs", "ZnCjm1XVW7v"),
    ("0123456789abcdef" * 2 + "-us12", "0123456789abcdef"),
    ("00Dx0000000abcd!" + "AQ4AQFcNaB1cD2eF3gH4iJ5k", "AQ4AQFcNaB1c"),
    ("-----BEGIN PGP PRIVATE KEY BLOCK-----lQVYBGFs3cretQx9", "lQVYBGFs3cretQx9"),
    ("SSWS 00QCjAl4MlV-WPXM-aB1cD2eF3gH4", "aB1cD2eF3gH4"),
    ("password\u200b=hunter2Qx9abc", "hunter2Qx9abc"),
    ("--token 'aB1cD2eF3gH4k'", "aB1cD2eF3gH4k"),
    ("<password><![CDATA[hunter2-Qx9z]]></password>", "hunter2-Qx9z"),
    ("<sessionId>8f14e45fceea167a5a36</sessionId>", "8f14e45fceea167a5a36"),
)
"""Keys without a prefix, and secrets between signs of other languages."""


def spellings() -> list[Spelling]:
    """All spellings."""
    return list(dict.fromkeys([*_parameters(), *_others()]))


def _parameters() -> Iterator[Spelling]:
    for number, name in enumerate(_NAMES):
        value = _VALUES[number % len(_VALUES)]
        yield Spelling(f"{name}={value}", value, True)
        if number % 3 == 0:
            first, last = ("".join(f"%{byte:02x}" for byte in one.encode()) for one in (name[0], name[-1]))
            encoded = f"{first}{name[1:]}" if number % 2 else f"{name[:-1]}{last.upper()}"
            yield Spelling(f"{encoded}={value}", value, True)
        if number % 5 == 0:
            yield Spelling(f"{name}%3D{value}", value, True)
    for name in _SOMETIMES:
        for value in _RANDOM:
            yield Spelling(f"{name}={value}", value, True)


def _others() -> Iterator[Spelling]:
    for scheme in ("Bearer", "bearer", "ApiKey", "Apikey", "Token", "Basic"):
        for joint in (" ", "%20"):
            secret = _BASIC if scheme == "Basic" else "hunter2Qx9abcdef"
            yield Spelling(f"{scheme}{joint}{secret}", secret.rstrip("="), False)
    yield Spelling("Digest username='ann', response='8f14e45fceea167a'", "8f14e45fceea167a", False)
    for key in SERVICE_KEYS:
        for prefix in key.prefixes[:2]:
            yield Spelling(f"{prefix}{_FILLING}", _FILLING, False)
    for text, secret in _BY_FORM:
        yield Spelling(text, secret, False)
    yield Spelling("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP", "dBjftJeZ4CVP", False)
    for user in ("ann:hunter2Qx9", "ann:hunt#er2Qx9", "ann:hunt/er2Qx9", "ann:hunt@er2Qx9", "ann:hunt%23er2Qx9"):
        yield Spelling(f"https://{user}@example.com/a", "er2Qx9", False)
        yield Spelling(f"ftp://{user}@example.com:21/a", "er2Qx9", False)
    yield Spelling("https://hunter2Qx9@example.com/a", "hunter2Qx9", False)
    yield Spelling("ann:hunter2Qx9@example.com/a", "hunter2Qx9", False)
    yield Spelling("ann:hunt$er2Qx9@localhost:8080", "er2Qx9", False)
    for address in (
        *("ann.lee@example.com", "ann.lee%40example.com", "ann.lee%2540example.com", "ANN.LEE+news@MAIL.EXAMPLE.CO.UK"),
        *(
            "ann.lee&#64;example.com",
            "o'ann.lee@example.com",
            "ann.lee (at) example (dot) com",
            "ann.lee@[192.168.1.1]",
        ),
        *("mailto:ann.lee@example.com", "ann.lee＠example.com", "ann.lee [at] example.com", "ann.lee@bücher.example"),
    ):
        yield Spelling(address, "ann.lee" if "ann" in address else "ANN.LEE", False)
    for number in ("+49 170 1234567", "+1 (415) 555-1234", "(415) 555-1234", "415.555.1234", "%2B491701234567"):
        yield Spelling(number, number[-4:], False)


def _search(**parts: object) -> dict[str, object]:
    return {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", **parts}}


def _page(url: str) -> dict[str, object]:
    return {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": url}, "extra": 1}


def places(one: Spelling) -> Iterator[tuple[str, str, str]]:
    """The places of a spelling: the name of the place, the event type, and the event; all events have a finding."""
    text = one.text
    joint = text if one.is_parameter else f"x={text}"
    if " " not in text:
        yield "query", "page_view", json.dumps(_page(f"https://www.example.com/?a=1&{joint}&b=2"))
        yield "separator", "page_view", json.dumps(_page(f"https://www.example.com/?a=1&amp;{joint}|b=2"))
        yield "fragment", "page_view", json.dumps(_page(f"https://www.example.com/#{joint}"))
        yield "route", "page_view", json.dumps(_page(f"https://www.example.com/#/reset?{joint}"))
        yield "matrix", "page_view", json.dumps(_page(f"https://www.example.com/a;{joint};b=2"))
        nested = quote(f"https://www.example.com/?{joint}&c=3", safe="")
        yield "nested", "page_view", json.dumps(_page(f"https://www.example.com/?next={nested}&b=2"))
    yield "string", "search", json.dumps(_search(query=f"{text} shoes", x=1))
    yield "key", "search", json.dumps(_search(**{text: 1}))
    yield "wrong type", "search", json.dumps(_search(sort=f"a {text}"))
    yield "escaped", "search", json.dumps(_search(query=json.dumps({"url": f"/?{joint}"}), x=1))
    yield "filter", "search", json.dumps(_search(filters={text: 1}))
    yield "array", "search", json.dumps(_search(filters={"brand": [text, 1]}))
    yield "trailing", "search", json.dumps(_search()) + f" {text}"
    if one.is_parameter:
        name, _, value = text.replace("%3D", "=").partition("=")
        if "%" not in name and "[" not in name:
            yield "member", "search", json.dumps(_search(x={name: value}))
            yield "escaped member", "search", json.dumps(_search(query=json.dumps({name: value}), x=1))
            yield "members in lines", "search", json.dumps(_search(filters={name: [value, 1]}), indent=1)


ORDINARY = (
    *("code=SUMMER20", "code=BLACKFRIDAY2024", "code=en-US", "code=DE", "code=SKU-12345-AB", "code=B08N5WRWNW"),
    *("key=shipping", "key=shipping_address", "key=homeBanner", "key=product.title", "key=42", "session=42"),
    *("session=morning", "session=keynote-2024", "auth=0", "auth=google", "state=California", "state=new-york"),
    *("state=open", "sid=42", "sid=7", "nonce=1", "login=1", "reset=true", "verify=yes", "access=public", "sign=leo"),
    *("keyword=shoes", "monkey=1", "zipcode=10115", "unicode=1", "author=jane", "authors=2", "design=modern"),
    *("compass=north", "pagetoken=2", "page_token=CAUQAA", "nextToken=CAUQAA", "max_tokens=100", "secretary=jane"),
    *("utm_source=newsletter", "utm_campaign=spring_2024", "gclid=EAIaIQobChMI", "fbclid=IwAR1", "ref=home", "v=2"),
    *("size=42", "date=2024-05-17", "time=12:30:45", "lang=en", "filters[brand]=acme", "q=red%20shoes", "q=c%2B%2B"),
    *("sort=price_asc", "page=2&size=10", "variant=40123456789012", "ean=4006381333931", "isbn=978-0-306-40615-7"),
    *("ticket=42", "ticket=SHOP-123", "color=%23ff0000", "lat=52.52&lon=13.405", "bbox=13.1,52.3,13.8,52.7"),
    *("123-456-7890", "@types/node@18.0.0", "react@18.2.0", "lodash@4.17.21", "npm:lodash@4.17.21", "logo@2x.png"),
    *("git@github.com:elastic/eventlint", "sha256:8f14e45f", "5f26f01a-bbee-4202-9298-81261067abbd", "s-123456"),
    *("GA1.2.123456789.1700000000", "SKU-0042-BLK-XL", "B08N5WRWNW", "1700000000000", "v1.2.3-beta.4", "12:34:56"),
    *("basic training shoes", "basic black dress", "token of love", "bearer of bad news", "digest of the week"),
    *("password manager", "secret garden", "key ring", "pin up dress", "the session begins at 10:30", "code: red"),
    *("size: 42", "price: 10 - 20", "ratio 16:9", "a+b=c", "1+1=2", "x == y", "C++17", "50% off", "iphone 15 pro max"),
    *("pincode=110001", "authentication=google", "credit_card=visa", "iban=yes", "clave=zapatos", "season_pass=1"),
    *("boarding_pass=mobile", "host_key=name", "sdk-for-node-and-browsers", "test_drive_the_new_model_from_acme"),
    *("https://www.example.com/products/42", "https://example.com:8080/@jane/posts?sort=new", "//cdn.example.com/a.js"),
    *("https://www.example.com/reset", "https://www.example.com/token-ring-cables", "/search?q=shoes#results"),
    *("https://www.google.com/maps/@52.5,13.4,15z", "https://medium.com/@jane/a-title-8f14e45fceea", "app://home"),
)
"""Queries, strings and IDs without a secret."""
