"""Every message of the server, as a template with the type of its exception.

To change a message, change its template here: answers are rendered from it, and ``eventlint explain`` recognizes
messages with it. A key is the kind of a fault in the payload or of a :class:`RequestFault`; a second message for the
same fault names its kind.
"""

from __future__ import annotations

from typing import Any

from eventlint.jsontext import decoding, integer
from eventlint.mirror.rendering import Problem
from eventlint.named_tuples import NamedTuple

PARSE = "x_content_parse_exception"
END_OF_FILE = "x_content_e_o_f_exception"
CONSTRAINT = "stream_constraints_exception"
CONVERSION = "char_conversion_exception"
READER = ("json_parse_exception", "json_e_o_f_exception", "input_coercion_exception")
"""The exceptions of the JSON reader."""
RAW_END = "com.fasterxml.jackson.core.io.JsonEOFException: "
"""What precedes the reader's message where the server passes its exception on."""
WRAPPER = ""
"""The kind of messages that only show where a fault is; their cause shows what it is."""

_JSON, END_OF_INPUT, _COERCION = READER
_ARGUMENT = "illegal_argument_exception"
_STATE = "illegal_state_exception"
_STATUS = "status_exception"
_VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_SOME_VERSION = (
    "A compatible version is required on both Content-Type and Accept headers "
    "if either one has requested a compatible version"
)
_HEADERS = "Accept={accept}, Content-Type={content}"


class Message(NamedTuple):
    """One message of the server.

    Attributes:
        type: The type of the exception, or an empty string for a message that is not an exception.
        text: The template, as for :meth:`str.format`.
        kind: The kind of fault; None when it is the message's key.
    """

    type: str
    text: str
    kind: str | None = None


MESSAGES: dict[str, Message] = {
    # The JSON reader
    "character": Message(_JSON, "Unexpected character ({character}): {expected}"),
    "number-character": Message(_JSON, "Unexpected character ({character}) in numeric value: {expected}"),
    "close-marker": Message(
        _JSON, "Unexpected close marker '{bracket}': expected '{closing}' (for {container} starting at {start})"
    ),
    "root-close-marker": Message(
        _JSON, "Unexpected close marker '{bracket}': no open {container} to close", "close-marker"
    ),
    "control-character": Message(
        _JSON, "Illegal unquoted character ({character}): has to be escaped using backslash to be included in {inside}"
    ),
    "escape": Message(_JSON, "Unrecognized character escape {character}"),
    "space": Message(
        _JSON, "Illegal character ({character}): only regular white space (\\r, \\n, \\t) is allowed between tokens"
    ),
    "bare-word": Message(_JSON, f"Unrecognized token '{{word}}': was expecting {_VALUES}"),
    "leading-zero": Message(_JSON, "Invalid numeric value: Leading zeroes not allowed"),
    "non-standard-token": Message(
        _JSON, "Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"
    ),
    "utf8-start": Message(_JSON, "Invalid UTF-8 start byte 0x{byte:x}"),
    "utf8-middle": Message(_JSON, "Invalid UTF-8 middle byte 0x{byte:x}"),
    "raw-surrogate": Message(_JSON, "Invalid UTF-8: Illegal surrogate character 0x{surrogate:x}"),
    "unexpected-low-surrogate": Message(_JSON, "Unexpected low surrogate in field name: 0x{surrogate:x}"),
    "high-surrogate-alone": Message(
        _JSON, "Broken surrogate pair in field name: expected '\\' to start low surrogate, got 0x{byte:x}"
    ),
    "low-surrogate-expected": Message(
        _JSON, "Broken surrogate pair in field name: expected low surrogate, got 0x{unit:04X}"
    ),
    "end-after-comma": Message(_JSON, "Unexpected end-of-input within/between {inside} entries"),
    "end": Message(END_OF_INPUT, "Unexpected end-of-input{inside}{start}"),
    "end-of-file": Message(END_OF_FILE, "Unexpected end of file", "end"),
    "encoding": Message(CONVERSION, "{reason}"),
    "format": Message(_JSON, "{reason}"),
    "unsupported-order": Message(CONVERSION, decoding.UNSUPPORTED_ORDER, "encoding"),
    "invalid-utf-32": Message(CONVERSION, decoding.INVALID_UTF_32, "encoding"),
    "incomplete-utf-32": Message(CONVERSION, decoding.INCOMPLETE_UTF_32, "encoding"),
    "duplicate": Message(_JSON, "Duplicate field '{key}'"),
    "number-range": Message(
        _COERCION, f"Numeric value ({{number}}) out of range of int ({integer.MINIMUM} - {integer.MAXIMUM})"
    ),
    "older-binary-number-range": Message(_JSON, "Numeric value ({number}) out of range of int", "number-range"),
    # The limits of the JSON reader, and of an older one
    "depth": Message(
        CONSTRAINT,
        "Document nesting depth ({depth}) exceeds the maximum allowed "
        "({limit}, from `StreamReadConstraints.getMaxNestingDepth()`)",
    ),
    "older-depth": Message(CONSTRAINT, "Depth ({depth}) exceeds the maximum allowed nesting depth ({limit})", "depth"),
    "number-length": Message(
        CONSTRAINT,
        "Number value length ({length}) exceeds the maximum allowed "
        "({limit}, from `StreamReadConstraints.getMaxNumberLength()`)",
    ),
    "older-number-length": Message(
        CONSTRAINT, "Number length ({length}) exceeds the maximum length ({limit})", "number-length"
    ),
    "name-length": Message(
        CONSTRAINT,
        "Name length ({length}) exceeds the maximum allowed ({limit}, from `StreamReadConstraints.getMaxNameLength()`)",
    ),
    # The parsers of events
    "unknown-field": Message(PARSE, "[{parser}] unknown field [{key}]{suggestions}"),
    "wrong-type": Message(PARSE, "[{parser}] {field} doesn't support values of type: {token}"),
    "expected-object": Message(PARSE, "[{parser}] Expected START_OBJECT but was: {token}"),
    "nested-array": Message(_STATE, "expected value but got [{token}]"),
    "missing": Message(_ARGUMENT, "Required one of fields [{fields}], but none were specified."),
    "blank": Message(_ARGUMENT, "field [{field}] can't be blank"),
    "negative": Message(_ARGUMENT, "field [{field}] must be positive"),
    "string-range": Message(_ARGUMENT, "Value [{string}] is out of range for an integer"),
    "number-format": Message("number_format_exception", "{reason}"),
    "not-a-number": Message("number_format_exception", integer.NOT_A_NUMBER, "number-format"),
    "empty-number": Message("number_format_exception", integer.EMPTY, "number-format"),
    "two-points": Message("number_format_exception", integer.TWO_POINTS, "number-format"),
    "numeric-string-length": Message(_ARGUMENT, "Numeric value length [{length}] exceeds the maximum of [{limit}]"),
    "filter": Message(_ARGUMENT, "[{key}] must be a string or an array of string."),
    "binary-filter": Message(PARSE, "[filters] cannot parse field [{key}] with value type [{token}]", "filter"),
    "failed-field": Message(PARSE, "[{parser}] failed to parse field [{field}]", WRAPPER),
    "unclosed-builder": Message(_STATE, "Failed to close the XContentBuilder", WRAPPER),
    "unclosed-object": Message("i_o_exception", "Unclosed object or array found", WRAPPER),
    "failed-event": Message("exception", "Unable to parse the event.", WRAPPER),
    # The headers
    "invalid-media-type": Message("media_type_header_exception", "Invalid media-type value on headers [{headers}]"),
    "empty-header": Message(_ARGUMENT, "Header [{header}] cannot be empty.", "invalid-media-type"),
    "malformed-media-type": Message(_ARGUMENT, "invalid media-type [{value}]", "invalid-media-type"),
    "malformed-media-type-parameters": Message(
        _ARGUMENT, "invalid parameters for header [{value}]", "invalid-media-type"
    ),
    "media-type-version-number": Message("number_format_exception", integer.NOT_A_NUMBER, "invalid-media-type"),
    "unsupported-version": Message(
        _STATUS,
        "{header} version must be either version {newer} or {older}, but found {version}. {header}={value}",
        "invalid-media-type",
    ),
    "different-versions": Message(
        _STATUS, f"{_SOME_VERSION} and the compatible versions must match. {_HEADERS}", "invalid-media-type"
    ),
    "missing-version": Message(_STATUS, f"{_SOME_VERSION}. {_HEADERS}", "invalid-media-type"),
    "unsupported-media-type": Message("", "Content-Type header [{value}] is not supported"),
    "repeated-media-type": Message(
        _ARGUMENT, "Incorrect header [{header}]. Only one value should be provided", "invalid-media-type"
    ),
    "repeated-header": Message(_ARGUMENT, "multiple values for single-valued header [{header}]."),
    # The request line
    "request-line-too-long": Message("too_long_http_line_exception", "An HTTP line is larger than {limit} bytes."),
    "empty-target": Message(_ARGUMENT, "text is empty (possibly HTTP/0.9)", "request-line-too-long"),
    # The path and the query string
    "unknown-path": Message("", "no handler found for uri [{uri}] and method [{method}]"),
    "wrong-method": Message("", "Incorrect HTTP method for uri [{uri}] and method [{method}], allowed: [{allowed}]"),
    "unknown-method": Message("", "Unexpected http method: {method}", "wrong-method"),
    "unknown-method-on-path": Message("", "Unexpected http method: {method}, allowed: [{allowed}]", "wrong-method"),
    "bad-parameter": Message("bad_parameter_exception", "java.lang.IllegalArgumentException: {reason}", WRAPPER),
    "unterminated-escape": Message(
        _ARGUMENT, "unterminated escape sequence at end of string: {text}", "invalid-parameter"
    ),
    "partial-escape": Message(_ARGUMENT, "partial escape sequence at end of string: {text}", "invalid-parameter"),
    "invalid-escape": Message(
        _ARGUMENT, "invalid escape sequence `%{digits}' at index {index} of: {text}", "invalid-parameter"
    ),
    "invalid-parameter": Message(_ARGUMENT, "Failed to parse value [{value}] as only [true] or [false] are allowed."),
    "missing-source-type": Message(
        "validation_exception",
        "Validation Failed: 1: source and source_content_type parameters are required;",
        "invalid-parameter",
    ),
    "older-missing-source-type": Message(
        _STATE, "source and source_content_type parameters are required", "invalid-parameter"
    ),
    "unknown-source-type": Message(
        "validation_exception",
        "Validation Failed: 1: Unknown value for source_content_type [{value}];",
        "invalid-parameter",
    ),
    "older-unknown-source-type": Message(
        _STATE, "Unknown value for source_content_type [{value}]", "invalid-parameter"
    ),
    "invalid-source-type": Message(_ARGUMENT, "invalid Content-Type header [{value}]", "invalid-parameter"),
    "empty-source-type": Message(_ARGUMENT, "empty Content-Type header", "invalid-parameter"),
    "unknown-parameter": Message(_ARGUMENT, "request [{path}] contains unrecognized parameter{plural}: {parameters}"),
    # The request as a whole
    "missing-body": Message("parse_exception", "request body or source parameter is required"),
    "validation": Message("action_request_validation_exception", "Validation Failed: {reasons}", WRAPPER),
    "unknown-event-type": Message("", "invalid event type: [{event_type}]"),
    "missing-collection": Message("", "collection name is missing"),
    "unknown-collection": Message("resource_not_found_exception", "no such analytics collection [{collection}]"),
}


def text(key: str, /, **values: Any) -> str:
    """A message with its values."""
    return MESSAGES[key].text.format(**values)


def problem(key: str, /, **values: Any) -> Problem:
    """A message with its values, as an exception of an answer; for the arguments see :func:`text`."""
    return Problem(type=MESSAGES[key].type, reason=text(key, **values))
