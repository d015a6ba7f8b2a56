"""Request files drawn from the grammars of both dialects, with what a reader must find in them."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

PATH = "_application/analytics/site/event/search"
METHODS = st.sampled_from(["POST", "post", "Post", "PUT", "DELETE"])
GAPS = st.sampled_from(["", " ", "\n", " /* gap */ ", " # a comment\n", " // eventlint: ignore[blank-id] a reason\n"])
PLAIN_GAPS = st.sampled_from(["", " ", "\n", "\n  "])
IDS = st.sampled_from(['"s-1"', '" s-1 "', '""', '"${id}"', '"""a\n"b" """', "7"])
PLAIN_IDS = st.sampled_from(['"s-1"', '" s-1 "', '""', '"{{id}}"', "{{id}}", "7"])
SORTS = st.sampled_from(['{"name": "p"}', '[{"name": "p"}]', '[{"name":GAP"p"}]'])
ENDS = st.sampled_from(["\n", "\n\n", "\r\n"])


class Part(NamedTuple):
    """A part of a request file.

    Attributes:
        text: The text, which ends with a line ending.
        event: The first character of the event in the text, and the character after it; None if there is none.
        is_reported: Whether the part is a line that must be reported, or a request that must be checked.
        fixed: What no fix may change in the event: its comments and variables.
    """

    text: str
    event: tuple[int, int] | None = None
    is_reported: bool = False
    fixed: tuple[str, ...] = ()


def _event(draw: st.DrawFn, number: int, ids: st.SearchStrategy[str], gaps: st.SearchStrategy[str]) -> str:
    gap = [draw(gaps) for _ in range(5)]
    sort = draw(SORTS).replace("GAP", gap[4])
    return (
        f'{{{gap[0]}"session": {{"id":{gap[1]}{draw(ids)}}},{gap[2]}"user": {{"id": "u-1"}},'
        f'"search": {{"query": "q{number}",{gap[3]}"sort": {sort}}}}}'
    )


@st.composite
def console_requests(draw: st.DrawFn, number: int) -> Part:
    """A request of the dev console."""
    indent = draw(st.sampled_from(["", "  ", "\t"]))
    after = draw(st.sampled_from(["", "  ", " // find", " # find", " /* find */"]))
    head = f"{indent}{draw(METHODS)} {draw(st.sampled_from(['/', '']))}{PATH}{after}{draw(ENDS)}"
    between = draw(st.sampled_from(["", "\n", "# about the body\n", "  "]))
    event = _event(draw, number, IDS, GAPS)
    tail = draw(st.sampled_from(["\n", " # the end\n", "\r\n", "\n\n"]))
    kept = [
        one for one in ("/* gap */", "# a comment", "eventlint: ignore[blank-id] a reason", "${id}") if one in event
    ]
    start = len(head) + len(between)
    return Part(head + between + event + tail, (start, start + len(event)), fixed=tuple(kept))


@st.composite
def http_requests(draw: st.DrawFn, number: int) -> Part:
    """A request of an HTTP file."""
    host = draw(
        st.sampled_from(["http://h", "https://h:9200", "{{host}}", "{{ host }}", "es.example.com:9200", "$HOST"])
    )
    version = draw(st.sampled_from(["", " HTTP/1.1"]))
    query = draw(st.sampled_from(["", "?debug=true", "?\n  debug=true\n  &pretty"]))
    name = draw(st.sampled_from(["", "### next\n", "###\n# @name x\n"]))
    version = "" if "\n" in query else version
    head = f"{name}{draw(METHODS)} {host}/{PATH}{query}{version}\n"
    head += draw(
        st.sampled_from(["Content-Type: application/json\n", "content-type:application/json\n# note\nA: {{b}}\n"])
    )
    head += "\n" + draw(st.sampled_from(["", "# not sent\n", "// eventlint: ignore[blank-id] a reason\n"]))
    event = _event(draw, number, PLAIN_IDS, PLAIN_GAPS)
    tail = "\n" + draw(
        st.sampled_from(
            ["", "\n> {%\n  client.log('POST x');\n%}\n", "\n> a.js\n", "\n>> a.json\n", "\n>>! a.json\n<> b.json\n"]
        )
    )
    tail += "\n###\n"
    kept = ("{{id}}",) if "{{id}}" in event else ()
    return Part(head + event + tail, (len(head), len(head) + len(event)), fixed=kept)


OTHERS = st.sampled_from(
    [
        "# a comment\n",
        "// POST _application/analytics/site/event/search\n",
        "/* POST _application/analytics/site/event/search\n*/\n",
        "\n",
        'Some prose: {braces}, [brackets] and "quotes.\n',
        'GET _search\n{"query": {"match_all": {}}}\n',
        "GET _search?q=x # look\n",
        'POST _bulk\n{"index": {}}\n{"a": "_application/analytics/site/event/search"}\n',
        "PUT _application/analytics/site\n",
        "GET kbn:/api/status\n",
        'post kbn:/_application/analytics/site/event/search\n{"a": 1}\n',
    ]
)
HTTP_OTHERS = st.sampled_from(
    [
        "### a name\n",
        "@host = http://localhost:9200\n",
        "### next\n< {%\n  request.variables.set('a', 1);\n%}\n",
        "###\nGET https://h/_search\nAccept: application/json\n\n### end\n",
        "###\nPOST https://h/login\nContent-Type: text/plain\n\nuser: POST\n\n###\n",
    ]
)
REPORTED = st.sampled_from(
    [
        f"POST: /{PATH}\n",
        f"FETCH {PATH}\n",
        f'POST "http://h/{PATH}"\n',
        f"curl -X POST http://h/{PATH}\n",
        f"- POST /{PATH}\n",
    ]
)


@st.composite
def request_files(draw: st.DrawFn) -> list[Part]:
    """The parts of a request file, in their order."""
    parts: list[Part] = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["console", "http", "other", "http-other", "reported"]))
        if kind == "console":
            parts.append(draw(console_requests(number)))
        elif kind == "http":
            parts.append(draw(http_requests(number)))
        elif kind == "reported":
            parts.append(Part("\n\n" + draw(REPORTED), is_reported=True))
        else:
            parts.append(Part(draw(OTHERS if kind == "other" else HTTP_OTHERS)))
    return parts
