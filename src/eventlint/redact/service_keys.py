"""The prefixes of keys that services issue: the only list of them.

Each line is a service, the prefixes of its keys, the characters after the prefix, their minimum number, and the page
that documents the prefix. The numbers are lower than those of real keys, so that keys of other lengths are found, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from eventlint.redact.expressions import compiled

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WORD = f"{LETTERS}_-"
DOTTED = f"{WORD}."
HEX = "0123456789abcdefABCDEF"


class ServiceKey(NamedTuple):
    """The form of the keys of a service.

    Attributes:
        prefixes: With which a key begins.
        alphabet: The characters after the prefix.
        length: The minimum number of these characters.
        source: The page that documents the form.
    """

    service: str
    prefixes: tuple[str, ...]
    alphabet: str
    length: int
    source: str


_GITLEAKS = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml"

SERVICE_KEYS = tuple(
    ServiceKey(service, tuple(prefixes.split()), alphabet, length, source)
    for service, prefixes, alphabet, length, source in (
        ("JSON Web Token", "eyJ", DOTTED, 13, "https://www.rfc-editor.org/rfc/rfc7519"),
        (
            *("AWS", "AKIA ASIA ABIA ACCA", LETTERS, 12),
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        ),
        (
            *("GitHub", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", WORD, 16),
            "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
        ),
        (
            *("GitLab", "glpat- gldt- glrt- glptt- glcbt- glsoat- glft- glimt- glagent- gloas- glffct- GR1348941"),
            *(DOTTED, 12, "https://docs.gitlab.com/security/tokens/#token-prefixes"),
        ),
        (
            "Slack",
            "xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxe. xapp- xwfp-",
            DOTTED,
            10,
            "https://docs.slack.dev/authentication/tokens",
        ),
        (
            "Slack webhook",
            "hooks.slack.com/services/ hooks.slack.com/workflows/",
            f"{WORD}/",
            10,
            "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
        ),
        (
            "Discord webhook",
            "discord.com/api/webhooks/ discordapp.com/api/webhooks/",
            f"{WORD}/",
            16,
            "https://discord.com/developers/docs/resources/webhook",
        ),
        (
            "Stripe",
            "sk_live_ sk_test_ rk_live_ rk_test_ pk_live_ pk_test_ whsec_",
            LETTERS,
            10,
            "https://docs.stripe.com/keys",
        ),
        ("Google", "AIza ya29. GOCSPX- 1//0", DOTTED, 16, "https://cloud.google.com/docs/authentication/api-keys"),
        ("npm", "npm_", LETTERS, 16, "https://docs.npmjs.com/about-access-tokens"),
        ("PyPI", "pypi-Ag pypi-", WORD, 16, "https://pypi.org/help/#apitoken"),
        ("Anthropic", "sk-ant-", WORD, 12, "https://docs.anthropic.com/en/api/overview"),
        (
            "OpenAI",
            "sk-proj- sk-svcacct- sk-admin- sk-None- sk- sess-",
            WORD,
            16,
            "https://platform.openai.com/docs/api-reference/authentication",
        ),
        ("OpenRouter", "sk-or-", WORD, 12, "https://openrouter.ai/docs/api-reference/authentication"),
        ("Elastic", "essu_", f"{WORD}=", 16, "https://www.elastic.co/docs/deploy-manage/api-keys"),
        ("Hugging Face", "hf_ api_org_", LETTERS, 16, "https://huggingface.co/docs/hub/security-tokens"),
        ("Groq, xAI, Perplexity, Replicate", "gsk_ xai- pplx- r8_", LETTERS, 16, _GITLEAKS),
        ("SendGrid", "SG.", DOTTED, 16, "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys"),
        ("Twilio", "AC SK", HEX, 32, "https://www.twilio.com/docs/iam/api-keys"),
        ("Mailgun", "key-", HEX, 24, _GITLEAKS),
        ("Brevo", "xkeysib- xsmtpsib-", WORD, 16, "https://developers.brevo.com/docs/getting-started"),
        (
            "DigitalOcean",
            "dop_v1_ doo_v1_ dor_v1_",
            HEX,
            16,
            "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
        ),
        (
            "Shopify",
            "shpat_ shpca_ shppa_ shpss_ shptka_",
            LETTERS,
            16,
            "https://shopify.dev/docs/apps/build/authentication-authorization",
        ),
        (
            "Square",
            "sq0atp- sq0csp- sq0idp- EAAAE EAAAl",
            WORD,
            16,
            "https://developer.squareup.com/docs/build-basics/access-tokens",
        ),
        (
            "Facebook",
            "EAAC EAAB EAAG EAAJ",
            LETTERS,
            20,
            "https://developers.facebook.com/docs/facebook-login/guides/access-tokens",
        ),
        (
            "Doppler",
            "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.",
            DOTTED,
            16,
            "https://docs.doppler.com/reference/auth-token-formats",
        ),
        ("Linear", "lin_api_ lin_oauth_", LETTERS, 16, "https://linear.app/developers/graphql"),
        ("Notion", "ntn_ secret_", LETTERS, 16, "https://developers.notion.com/reference/authentication"),
        ("Databricks", "dapi dkea dose", HEX, 32, "https://docs.databricks.com/aws/en/dev-tools/auth/pat"),
        ("HashiCorp", "hvs. hvb. hvr.", WORD, 16, "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
        (
            "Grafana",
            "glsa_ glc_",
            f"{WORD}+/=",
            16,
            "https://grafana.com/docs/grafana/latest/administration/service-accounts/",
        ),
        (
            "New Relic",
            "NRAK- NRII- NRJS- NRAL-",
            LETTERS,
            16,
            "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
        ),
        ("Sentry", "sntrys_ sntryu_ sntrya_", f"{WORD}+/=", 16, "https://docs.sentry.io/account/auth-tokens/"),
        ("Docker", "dckr_pat_ dckr_oat_", WORD, 12, "https://docs.docker.com/security/access-tokens/"),
        ("RubyGems", "rubygems_", HEX, 16, "https://guides.rubygems.org/api-key-scopes/"),
        ("crates.io", "cio", LETTERS, 32, "https://crates.io/settings/tokens"),
        (
            "Atlassian",
            "ATATT3 ATCTT3 ATBB ATOA",
            f"{WORD}=",
            16,
            "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
        ),
        ("Figma", "figd_ figu_ figo_", WORD, 16, "https://www.figma.com/developers/api#access-tokens"),
        ("Postman", "PMAK-", WORD, 16, "https://learning.postman.com/docs/developer/postman-api/authentication/"),
        ("Pulumi", "pul-", HEX, 24, "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/"),
        ("Supabase", "sbp_ sb_secret_", WORD, 16, "https://supabase.com/docs/guides/api/api-keys"),
        (
            "PlanetScale",
            "pscale_tkn_ pscale_pw_ pscale_oauth_",
            DOTTED,
            16,
            "https://planetscale.com/docs/concepts/service-tokens",
        ),
        ("Prefect", "pnu_ pnb_", LETTERS, 16, "https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys"),
        ("Tailscale", "tskey-", WORD, 12, "https://tailscale.com/kb/1085/auth-keys"),
        ("Typeform", "tfp_", DOTTED, 16, "https://www.typeform.com/developers/get-started/personal-access-token/"),
        ("Airtable", "pat", DOTTED, 60, "https://airtable.com/developers/web/api/authentication"),
        (
            "Dynatrace",
            "dt0c01. dt0s01. dt0s02.",
            DOTTED,
            16,
            "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens",
        ),
        ("EasyPost", "EZAK EZTK", LETTERS, 32, "https://docs.easypost.com/docs/authentication"),
        ("Flutterwave", "FLWSECK- FLWSECK_", WORD, 12, "https://developer.flutterwave.com/docs/authentication"),
        (
            "Shippo",
            "shippo_live_ shippo_test_",
            HEX,
            16,
            "https://docs.goshippo.com/docs/guides_general/authentication/",
        ),
        ("Mapbox", "sk.eyJ tk.eyJ", DOTTED, 16, "https://docs.mapbox.com/help/dive-deeper/access-tokens/"),
        ("ReadMe", "rdme_", LETTERS, 16, _GITLEAKS),
        ("Buildkite", "bkua_ bkct_ bkaj_", LETTERS, 16, "https://buildkite.com/docs/apis/managing-api-tokens"),
        ("CircleCI", "CCIPAT_ CCIPRJ_", WORD, 16, "https://circleci.com/docs/managing-api-tokens/"),
        ("Alibaba Cloud", "LTAI", LETTERS, 12, _GITLEAKS),
        ("Tencent Cloud", "AKID", LETTERS, 16, _GITLEAKS),
        ("Yandex", "AQVN t1.9eu YCAJ", f"{DOTTED}=", 16, _GITLEAKS),
        ("Heroku", "HRKU-", WORD, 16, "https://devcenter.heroku.com/articles/platform-api-reference"),
        ("Fly.io", "FlyV1 fm2_ fm1r_ fo1_", f"{WORD}+/= ", 16, "https://fly.io/docs/security/tokens/"),
        ("Contentful", "CFPAT-", WORD, 16, "https://www.contentful.com/developers/docs/references/authentication/"),
        ("PostHog", "phx_ phc_ phs_", LETTERS, 16, "https://posthog.com/docs/api"),
        ("Plaid", "access-sandbox- access-development- access-production-", WORD, 16, "https://plaid.com/docs/api/"),
        (
            "Adyen, Razorpay",
            "AQE rzp_live_ rzp_test_",
            f"{WORD}+/=",
            12,
            "https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/",
        ),
        ("Tavily", "tvly-", WORD, 16, "https://docs.tavily.com/documentation/api-reference/introduction"),
        ("Dropbox", "sl.", WORD, 60, "https://www.dropbox.com/developers/documentation/http/documentation"),
        ("NuGet", "oy2", LETTERS, 40, "https://learn.microsoft.com/nuget/nuget-org/publish-a-package"),
        ("Netlify", "nfp_ nfc_ nfo_", LETTERS, 16, "https://docs.netlify.com/api/get-started/"),
        ("Sourcegraph", "sgp_", WORD, 16, "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token"),
        ("LangSmith", "lsv2_pt_ lsv2_sk_", WORD, 16, "https://docs.smith.langchain.com/"),
        ("Jina AI, Apify", "jina_ apify_api_", LETTERS, 16, "https://docs.apify.com/platform/integrations/api"),
        ("eBay", "v^1.1#i^1#", f"{WORD}^#+/=", 16, "https://developer.ebay.com/api-docs/static/oauth-tokens.html"),
        ("Firebase", "APA91b", WORD, 20, "https://firebase.google.com/docs/cloud-messaging"),
        ("Vercel", "vercel_ vcp_", LETTERS, 16, "https://vercel.com/docs/rest-api"),
        ("HubSpot", "pat-na1- pat-na2- pat-eu1- pat-ap1-", WORD, 16, "https://developers.hubspot.com/docs/apps"),
        ("Amazon", "amzn.mws. Atza| Atzr|", WORD, 16, _GITLEAKS),
        ("Braintree", "access_token$production$ access_token$sandbox$", f"{LETTERS}$", 12, _GITLEAKS),
        ("Instagram", "IGQV IGAA", WORD, 20, "https://developers.facebook.com/docs/instagram-platform"),
        ("SonarQube", "sqp_ squ_ sqa_", HEX, 24, _GITLEAKS),
        ("JFrog", "AKCp cmVmdGtu", LETTERS, 24, _GITLEAKS),
        ("LaunchDarkly", "sdk- mob-", f"{HEX}-", 36, "https://launchdarkly.com/docs/home/account/environment/keys"),
        ("Frame.io, Duffel", "fio-u- duffel_live_ duffel_test_", WORD, 16, _GITLEAKS),
        ("Render, Cloudflare", "rnd_ cfut_ cfat_", LETTERS, 20, _GITLEAKS),
        (
            "Bitbucket",
            "BBDC-",
            WORD,
            16,
            "https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html",
        ),
        ("Bitcoin, Nostr", "xprv nsec1", LETTERS, 40, "https://en.bitcoin.it/wiki/BIP_0032"),
        ("Zapier webhook", "hooks.zapier.com/hooks/catch/", f"{WORD}/", 10, _GITLEAKS),
        ("age", "AGE-SECRET-KEY-1", LETTERS, 16, "https://age-encryption.org/v1"),
    )
)

PREFIXES = tuple(sorted({prefix for key in SERVICE_KEYS for prefix in key.prefixes}))

_HEAD = 2
"""The number of characters of a prefix that are searched for; each prefix has as many."""

_FORMS_OF_HEAD: dict[str, list[tuple[int, str, str, int]]] = {}
"""The number, the prefix, the alphabet and the length of each form, by the first characters of the prefix."""

for _key in sorted(SERVICE_KEYS, key=lambda key: -max(map(len, key.prefixes))):
    for _prefix in _key.prefixes:
        _number = sum(map(len, _FORMS_OF_HEAD.values()))
        _FORMS_OF_HEAD.setdefault(_prefix[:_HEAD], []).append((_number, _prefix, _key.alphabet, _key.length))


_SIGNS = {sign for key in SERVICE_KEYS for sign in key.alphabet + "".join(key.prefixes)}
_SHORTEST = min(len(prefix) + key.length for key in SERVICE_KEYS for prefix in key.prefixes)
_ONLY_SIGNS = bytes(ord("+") if code == 32 else code if chr(code) in _SIGNS else 32 for code in range(256))
_ONLY_LETTERS = bytes(code if chr(code) in LETTERS else 32 for code in range(256))


def long_runs(text: str) -> bytes:
    """The parts of a text that have as many characters of keys in a row as the shortest key.

    Spaces are between them, and a space in a run, which some keys have, is a plus sign.
    """
    runs = text.encode("ascii", "replace").translate(_ONLY_SIGNS).split()
    return b" ".join([run for run in runs if len(run) >= _SHORTEST])


def may_have_key(runs: bytes) -> bool:
    """Whether the long runs of a text may have the key of a service."""
    words = runs.translate(_ONLY_LETTERS).split()
    starts = [word[:_START] for word in words]
    whole, parts = _first_words()
    return not (parts.isdisjoint(starts) and whole.isdisjoint(words))


_START = 3
"""The number of characters at the start of a word that are compared if the word may have more."""


@cache
def _first_words() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The first words of prefixes that end there, and the starts of those that are parts of longer words."""
    whole, starts = set(), set()
    for key in SERVICE_KEYS:
        for prefix in key.prefixes:
            word = re.split("[^0-9A-Za-z]", prefix)[0]
            if word != prefix:
                whole.add(word.encode())
            elif len(word) >= _START:
                starts.add(word[:_START].encode())
            else:
                starts |= {(word + sign).encode() for sign in key.alphabet}
    return frozenset(whole), frozenset(starts)


def find_keys(text: str) -> list[tuple[int, int]]:
    """The start and the end of each key in a text; overlapping ones if several forms match."""
    return keys(text) if may_have_key(long_runs(text)) else []


def keys(text: str) -> list[tuple[int, int]]:
    """Like :func:`find_keys`, for a text that may have a key."""
    found = []
    ends: dict[str, int] = {}  # of the last run of characters of an alphabet
    done: dict[int, int] = {}  # up to where a form was looked for
    for word in compiled("[0-9A-Za-z]++").finditer(text):
        at = word.start()
        for number, prefix, alphabet, length in _FORMS_OF_HEAD.get(text[at : at + _HEAD], ()):
            if at < done.get(number, 0) or not text.startswith(prefix, at):
                continue
            start = at + len(prefix)
            if ends.get(alphabet, -1) < start:
                run = compiled(f"[{re.escape(alphabet)}]*+").match(text, start)
                ends[alphabet] = run.end() if run is not None else start
            end = done[number] = ends[alphabet]
            if end - start >= length and not _is_words(text[start : min(end, start + _DECIDING)]):
                found.append((number, at, end))
    return [(at, end) for _, at, end in sorted(found)]


_DECIDING = 200
"""The number of characters after a prefix that decide whether they are words."""


_WORDS = r"(?:(?:[a-z]{1,15}|\d{1,6}[a-z]{0,3})(?:[-_./]|$))+"


def _is_words(text: str) -> bool:
    """Whether the characters after a prefix are words that are joined by hyphens or underscores."""
    return compiled(_WORDS).fullmatch(text) is not None


def service_of(text: str, start: int) -> str:
    """The service whose key begins at an offset; the longest prefix decides."""
    known = (
        (len(prefix), key.service) for key in SERVICE_KEYS for prefix in key.prefixes if text.startswith(prefix, start)
    )
    return max(known)[1]
