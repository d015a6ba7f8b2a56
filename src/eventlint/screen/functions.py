"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""

# mypy: ignore-errors
import marshal
from collections.abc import Callable

from eventlint.jsontext.measures import byte_length, has_surrogate, key_byte_length, query_of, utf16_length
from eventlint.screen.string_tests import is_word, searcher

NONE = {}
WHITE_SPACE = '\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000'
isascii = str.isascii
STARTS = frozenset(['#', '$', '<', '[', '{'])
ENDS = frozenset(['>', ']', '}'])
x7 = frozenset(['%'])
x8 = frozenset([')', 'd', 's', '}'])
search = searcher(globals(), 'search', '(?:\\+|%2B)(?:[\\s().-]{0,2}\\d){8}')
x9 = searcher(globals(), 'x9', '(?<![\\w+.-])(?:\\(\\d{3}\\)\\s?|\\d{3}[-.\\s])\\d{3}[-.\\s]\\d{4}(?![\\w-])')
SET = frozenset(['(null)', '-Infinity', 'FIXME', 'Infinity', 'N/A', 'NULL', 'NaN', 'None', 'Null', 'TBD', 'TODO', 'XXX', 'n/a', 'nil', 'null', 'undefined'])
ordinary_url = searcher(globals(), 'ordinary_url', '\\A(?:https?://[0-9A-Za-z.\\-]++(?::[0-9]{1,5})?+(?:[/?#](?s:.*))?+)?+\\Z')
absolute_uri = searcher(globals(), 'absolute_uri', "\\A[A-Za-z][A-Za-z0-9+.\\-]*+:(?:/(?:(?!/)|/(?:(?=[^/?#])(?:[0-9A-Za-z_!.~'()*\\-;:&=+$,]++|%[0-9A-Fa-f]{2}|[^\x00-\x9f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*+|\\[(?![0:]*+1\\])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?!(?::*+[0-9A-Fa-f]++){8})(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*+)?+::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*+)?+)\\](?::[0-9]{0,5})?+)(?![^/?#]))(?:[0-9A-Za-z_!.~'()*\\-;/:@&=+$,]++|%[0-9A-Fa-f]{2}|[^\x00-\x9f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*+(?:\\?(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\x00-\x9f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*+)?+|(?!/)(?=[^#])(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\x00-\x9f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*+)(?:#(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\x00-\x9f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*+)?+\\Z")
x12 = searcher(globals(), 'x12', '=(?<=(?:(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK](?:[Ee][NTYnty]|[Ii][Ee])|[Mm](?:[Dd][Pp]|[Ff][Aa]|[Aa][Cc])|[Oo](?:[Tt][CPcp]|[Dd][Ee]|[Oo][Ff]|[Ll][AEae]|[Cc][KkK]|[Rr][DTdt])|[Pp](?:[Ii][Nn]|[Ssſ][KWkwK]|[Ww][Dd]|[Ee][Mm])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][ENOWenow]|[Rr][Ff]|[Ww][Dd]|[LZlz][Oo]|[Ee][Tt])|[Tt](?:[KkK][Nn]|[Oo][KkK]|[Aa][Cc]|[Ii][Dd])|[Uu](?:[Tt][Hh]|[LNln][Tt]|[Rr][EIei])|[Rr](?:[Ee][DFRTdfrt]|[Ii][Dd]|[Dd][Ssſ]|[Mm][Ee])|[Bb](?:[Aa][Nn]|[Ee][Rr])|[Ee](?:[DTYdty][Ssſ]|[Ee][Dd]|[Ssſ][HSThstſ]|[Ii][Mm]|[Nn][ASasſ]|[Aa][Tt])|[Ii](?:[Mm][Aa]|[GOgo][Nn]|[Tt][EYey]|[Ff][Yy]|[Rr][Mm]|[Ee][RSrsſ]|[Nn][GKTgktK]|[Aa][Ll])|[Aa](?:[Ssſ][EHSehsſ]|[Ll][STstſ]|[Vv][Ee]|[Nn][ATat]|[Tt][AEae]|[Rr][DTdt]|[Ii][Nn])|[Gg][Ii][CNcn]|[Nn](?:[CGScgsſ][Ee]|[Dd][Ii]|[HKhkK][Aa]|[Ii][CDcd])|[Ff][Rr][Ee]|[Hh](?:[Ii][Dd]|[Aa][Uu])|[\\-\\._](?:[Ii][Dd]|[Mm][Ee])|[Ww](?:[Rr][Dd]|[Ee][Rr])|[Dd](?:[Ee][Rr]|[Ii][Ssſ])|[Ll][Uu][Ee]|[Yy][Ii][Dd])|..[\\d\\]])=)')
x13 = searcher(globals(), 'x13', '=(?:(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KWkwK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[Ii][Bb][Aa][Nn]|[KkK][Ee][Yy][Ssſ]|[Mm][Ii][Mm][Aa]|[Oo][Tt][Aa][Cc]|[Pp](?:[Aa][Ssſ][Ssſ]|[Ssſ][Ww][Dd])|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])=)|(?<=(?:[Cc](?:[Ll][Aa][Vv][Ee]|[Rr][Ee][Dd][Ssſ])|[Gg](?:[Ee][Ssſ][Ll][Oo]|[Rr][Aa][Nn][Tt])|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp](?:[Aa][Ssſ][Ssſ][Ww]|[Rr][Oo][Oo][Ff])|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Aa][Nn][Dd][Ii]|[Ee][Nn][Hh][Aa]|[Ii][Ff][Rr][Ee]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Gg][Ee][Hh][Ee][Ii][Mm]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Jj][Ee][Ll][Ssſ][Zz][Oo]|[Pp](?:[Aa](?:[Rr][Oo][Ll][AEae]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Ll][Oo][Zz][Ii][Nn][KkK][Aa]|[Mm][Aa][Tt][KkK][Hh][Aa][Uu]|[Pp](?:[Aa][Ssſ](?:[Ssſ][OWow][Rr][Dd]|[Ww][Oo][Rr][Dd])|[Ww][\\-\\._][Hh][Aa][Ssſ][Hh])|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc][Cc][Nn][Uu][Mm][Bb][Ee][Rr]|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm](?:[Aa][Tt][\\-\\._][KkK][Hh][Aa][Uu]|[Nn][Ee][Mm][Oo][Nn][Ii][Cc])|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc](?:[Cc][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee])|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp](?:[Aa][Ssſ][Ssſ](?:[\\-\\._](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd])|[Ww][Oo][Rr][Dd][Ssſ])|[Ii][Nn][Nn][Uu][Mm][Bb][Ee][Rr])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll]|[Ii][Tt][Cc][Aa][Rr][Dd]))|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ii][Nn][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr])|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][Mm][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Bb][Aa][Nn][KkK][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll][Ssſ]|[Ii][Tt][\\-\\._][Cc][Aa][Rr][Dd]))|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][\\-\\._][Mm][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff])|[Ll][Aa][Pp][Tt][Aa][Zz][Oo][Dd][Ii][Ssſ])|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Ssſ][Tt][Rr][Ii][Nn][Gg]))=)|(?<=(?:[Bb][Aa][Nn][KkK][\\-\\._][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Ii][Dd])|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Pp][Ee][Mm])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]|[KkK][Ee][Yy][Bb][Aa][Ssſ][Ee])|[Ii][Gg][Nn][Ee][Dd][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))=)|(?<=(?:[Aa][Uu][Tt][Hh][Ee][Nn][Tt][Ii][Cc][Aa][Tt][Ii][Oo][Nn]|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr]|[Ii][Gg][Nn][Ee][Dd][\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd][\\-\\._](?:[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Pp][Ee][Mm]|\\.[KkK][Ee][Yy]\\.[Pp][Ee][Mm]|_[KkK][Ee][Yy]_[Pp][Ee][Mm]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc](?:[Rr][Ee][Tt](?:\\-[KkK][Ee][Yy]\\-[Bb][Aa][Ssſ][Ee]|\\.[KkK][Ee][Yy]\\.[Bb][Aa][Ssſ][Ee]|_[KkK][Ee][Yy]_[Bb][Aa][Ssſ][Ee])|[Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll][Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Nn][Uu][Mm][Bb][Ee][Rr]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll](?:\\-[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\-[Nn][Uu][Mm][Bb][Ee][Rr]|\\.[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\.[Nn][Uu][Mm][Bb][Ee][Rr]|_[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]_[Nn][Uu][Mm][Bb][Ee][Rr])=)|(?<=[\\d\\]]=)(?:(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KWkwK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))[\\d\\]]=)|(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KWkwK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))\\d\\]=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[Ii][Bb][Aa][Nn]|[KkK][Ee][Yy][Ssſ]|[Mm][Ii][Mm][Aa]|[Oo][Tt][Aa][Cc]|[Pp](?:[Aa][Ssſ][Ssſ]|[Ssſ][Ww][Dd])|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])[\\d\\]]=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[Ii][Bb][Aa][Nn]|[KkK][Ee][Yy][Ssſ]|[Mm][Ii][Mm][Aa]|[Oo][Tt][Aa][Cc]|[Pp](?:[Aa][Ssſ][Ssſ]|[Ssſ][Ww][Dd])|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])\\d\\]=)|(?<=(?:[Cc](?:[Ll][Aa][Vv][Ee]|[Rr][Ee][Dd][Ssſ])|[Gg](?:[Ee][Ssſ][Ll][Oo]|[Rr][Aa][Nn][Tt])|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp](?:[Aa][Ssſ][Ssſ][Ww]|[Rr][Oo][Oo][Ff])|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Aa][Nn][Dd][Ii]|[Ee][Nn][Hh][Aa]|[Ii][Ff][Rr][Ee]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])[\\d\\]]=)|(?<=(?:[Cc](?:[Ll][Aa][Vv][Ee]|[Rr][Ee][Dd][Ssſ])|[Gg](?:[Ee][Ssſ][Ll][Oo]|[Rr][Aa][Nn][Tt])|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp](?:[Aa][Ssſ][Ssſ][Ww]|[Rr][Oo][Oo][Ff])|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Aa][Nn][Dd][Ii]|[Ee][Nn][Hh][Aa]|[Ii][Ff][Rr][Ee]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Gg][Ee][Hh][Ee][Ii][Mm]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Jj][Ee][Ll][Ssſ][Zz][Oo]|[Pp](?:[Aa](?:[Rr][Oo][Ll][AEae]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Gg][Ee][Hh][Ee][Ii][Mm]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Jj][Ee][Ll][Ssſ][Zz][Oo]|[Pp](?:[Aa](?:[Rr][Oo][Ll][AEae]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])\\d\\]=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Ll][Oo][Zz][Ii][Nn][KkK][Aa]|[Mm][Aa][Tt][KkK][Hh][Aa][Uu]|[Pp](?:[Aa][Ssſ](?:[Ssſ][OWow][Rr][Dd]|[Ww][Oo][Rr][Dd])|[Ww][\\-\\._][Hh][Aa][Ssſ][Hh])|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])[\\d\\]]=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Ll][Oo][Zz][Ii][Nn][KkK][Aa]|[Mm][Aa][Tt][KkK][Hh][Aa][Uu]|[Pp](?:[Aa][Ssſ](?:[Ssſ][OWow][Rr][Dd]|[Ww][Oo][Rr][Dd])|[Ww][\\-\\._][Hh][Aa][Ssſ][Hh])|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc][Cc][Nn][Uu][Mm][Bb][Ee][Rr]|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm](?:[Aa][Tt][\\-\\._][KkK][Hh][Aa][Uu]|[Nn][Ee][Mm][Oo][Nn][Ii][Cc])|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc][Cc][Nn][Uu][Mm][Bb][Ee][Rr]|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm](?:[Aa][Tt][\\-\\._][KkK][Hh][Aa][Uu]|[Nn][Ee][Mm][Oo][Nn][Ii][Cc])|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc](?:[Cc][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee])|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp](?:[Aa][Ssſ][Ssſ](?:[\\-\\._](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd])|[Ww][Oo][Rr][Dd][Ssſ])|[Ii][Nn][Nn][Uu][Mm][Bb][Ee][Rr])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._](?:[Dd][Aa][Tt][Aa]|[Hh][Aa][Ssſ][Hh]))|[Cc](?:[Cc][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee])|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp](?:[Aa][Ssſ][Ssſ](?:[\\-\\._](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd])|[Ww][Oo][Rr][Dd][Ssſ])|[Ii][Nn][Nn][Uu][Mm][Bb][Ee][Rr])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))\\d\\]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll]|[Ii][Tt][Cc][Aa][Rr][Dd]))|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ii][Nn][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr])|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][Mm][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll]|[Ii][Tt][Cc][Aa][Rr][Dd]))|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ii][Nn][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr])|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][Mm][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Bb][Aa][Nn][KkK][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll][Ssſ]|[Ii][Tt][\\-\\._][Cc][Aa][Rr][Dd]))|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][\\-\\._][Mm][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff])|[Ll][Aa][Pp][Tt][Aa][Zz][Oo][Dd][Ii][Ssſ])|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Ssſ][Tt][Rr][Ii][Nn][Gg]))[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Bb][Aa][Nn][KkK][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd](?:[Ee][Nn][Tt][Ii][Aa][Ll][Ssſ]|[Ii][Tt][\\-\\._][Cc][Aa][Rr][Dd]))|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Rr][Ee][Mm][Ee][Mm][Bb][Ee][Rr][\\-\\._][Mm][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff])|[Ll][Aa][Pp][Tt][Aa][Zz][Oo][Dd][Ii][Ssſ])|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Ssſ][Tt][Rr][Ii][Nn][Gg]))\\d\\]=)|(?<=(?:[Bb][Aa][Nn][KkK][\\-\\._][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Ii][Dd])|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])[\\d\\]]=)|(?<=(?:[Bb][Aa][Nn][KkK][\\-\\._][Aa][Cc][Cc][Oo][Uu][Nn][Tt]|[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Ii][Dd])|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Pp][Ee][Mm])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]|[KkK][Ee][Yy][Bb][Aa][Ssſ][Ee])|[Ii][Gg][Nn][Ee][Dd][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Rr][Ii][Vv][Aa][Tt][Ee][KkK][Ee][Yy][Pp][Ee][Mm])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]|[KkK][Ee][Yy][Bb][Aa][Ssſ][Ee])|[Ii][Gg][Nn][Ee][Dd][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))\\d\\]=)|(?<=(?:[Aa][Uu][Tt][Hh][Ee][Nn][Tt][Ii][Cc][Aa][Tt][Ii][Oo][Nn]|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr]|[Ii][Gg][Nn][Ee][Dd][\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))[\\d\\]]=)|(?<=(?:[Aa][Uu][Tt][Hh][Ee][Nn][Tt][Ii][Cc][Aa][Tt][Ii][Oo][Nn]|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Uu][Rr][Ii]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr]|[Ii][Gg][Nn][Ee][Dd][\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]))\\d\\]=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd][\\-\\._](?:[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Pp][Ee][Mm]|\\.[KkK][Ee][Yy]\\.[Pp][Ee][Mm]|_[KkK][Ee][Yy]_[Pp][Ee][Mm]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc](?:[Rr][Ee][Tt](?:\\-[KkK][Ee][Yy]\\-[Bb][Aa][Ssſ][Ee]|\\.[KkK][Ee][Yy]\\.[Bb][Aa][Ssſ][Ee]|_[KkK][Ee][Yy]_[Bb][Aa][Ssſ][Ee])|[Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))[\\d\\]]=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp](?:[Aa][Ssſ][Ssſ](?:[Pp][Oo][Rr][Tt][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Ww][Oo][Rr][Dd][\\-\\._](?:[Dd][Ii][Gg][Ee][Ssſ][Tt]|[Rr][Ee][Pp][Ee][Aa][Tt]))|[Rr][Ii][Vv][Aa][Tt][Ee](?:\\-[KkK][Ee][Yy]\\-[Pp][Ee][Mm]|\\.[KkK][Ee][Yy]\\.[Pp][Ee][Mm]|_[KkK][Ee][Yy]_[Pp][Ee][Mm]))|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc](?:[Rr][Ee][Tt](?:\\-[KkK][Ee][Yy]\\-[Bb][Aa][Ssſ][Ee]|\\.[KkK][Ee][Yy]\\.[Bb][Aa][Ssſ][Ee]|_[KkK][Ee][Yy]_[Bb][Aa][Ssſ][Ee])|[Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))\\d\\]=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])[\\d\\]]=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])\\d\\]=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])[\\d\\]]=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])\\d\\]=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee][\\d\\]]=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]\\d\\]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll][Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Nn][Uu][Mm][Bb][Ee][Rr][\\d\\]]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll][Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Nn][Uu][Mm][Bb][Ee][Rr]\\d\\]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll](?:\\-[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\-[Nn][Uu][Mm][Bb][Ee][Rr]|\\.[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\.[Nn][Uu][Mm][Bb][Ee][Rr]|_[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]_[Nn][Uu][Mm][Bb][Ee][Rr])[\\d\\]]=)|(?<=[Ssſ][Oo][Cc][Ii][Aa][Ll](?:\\-[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\-[Nn][Uu][Mm][Bb][Ee][Rr]|\\.[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]\\.[Nn][Uu][Mm][Bb][Ee][Rr]|_[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy]_[Nn][Uu][Mm][Bb][Ee][Rr])\\d\\]=)))')
x14 = searcher(globals(), 'x14', '%(?:25|2[DdEe]|3[0-9Dd]|4[1-9A-Fa-f]|5[0-9AaFf]|5[Dd]=|6[1-9A-Fa-f]|7[0-9Aa]|[Ee]2%84%[Aa][Aa])')
x15 = searcher(globals(), 'x15', '[=/\\?\\#](?:1//0|A(?:[BS]IA|C|GE\\-SECRET\\-KEY\\-1|Iza|K(?:Cp|I[AD])|PA91b|Q(?:E|VN)|T(?:[AC]TT3|BB|OA)|tz[ar]\\|)|BBDC\\-|C(?:CIP(?:AT_|RJ_)|FPAT\\-)|E(?:AA(?:A[El]|[BCGJ])|Z[AT]K)|F(?:LWSECK[\\-_]|lyV1)|G(?:OCSPX\\-|R1348941)|HRKU\\-|IG(?:AA|QV)|LTAI|NR(?:A[KL]\\-|II\\-|JS\\-)|PMAK\\-|S(?:G\\.|K)|YCAJ|a(?:ccess(?:\\-(?:development\\-|production\\-|sandbox\\-)|_token\\$(?:production\\$|sandbox\\$))|mzn\\.mws\\.|pi(?:_org_|fy_api_))|bk(?:aj_|ct_|ua_)|c(?:f[au]t_|io|mVmdGtu)|d(?:api|ckr_[op]at_|iscord(?:\\.com/api/webhooks/|app\\.com/api/webhooks/)|kea|o(?:[opr]_v1_|se)|p\\.(?:audit\\.|[cp]t\\.|s(?:[at]\\.|cim\\.))|t0(?:c01\\.|s0[12]\\.)|uffel_(?:live_|test_))|e(?:ssu_|yJ)|f(?:i(?:g[dou]_|o\\-u\\-)|m(?:1r_|2_)|o1_)|g(?:h[oprsu]_|ithub_pat_|l(?:agent\\-|c(?:_|bt\\-)|[dr]t\\-|f(?:fct\\-|t\\-)|imt\\-|oas\\-|p[at]t\\-|s(?:a_|oat\\-))|sk_)|h(?:f_|ooks\\.(?:slack\\.com/(?:services/|workflows/)|zapier\\.com/hooks/catch/)|v[brs]\\.)|jina_|key\\-|l(?:in_(?:api_|oauth_)|sv2_(?:pt_|sk_))|mob\\-|n(?:f[cop]_|pm_|sec1|tn_)|oy2|p(?:at|h[csx]_|k_(?:live_|test_)|n[bu]_|plx\\-|scale_(?:oauth_|pw_|tkn_)|ul\\-|ypi\\-)|r(?:8_|dme_|k_(?:live_|test_)|nd_|ubygems_|zp_(?:live_|test_))|s(?:b(?:_secret_|p_)|dk\\-|e(?:cret_|ss\\-)|gp_|h(?:ippo_(?:live_|test_)|p(?:at_|[cp]a_|ss_|tka_))|k(?:\\-|\\.eyJ|_(?:live_|test_))|l\\.|ntry[asu]_|q(?:0(?:atp\\-|csp\\-|idp\\-)|[apu]_))|t(?:1\\.9eu|fp_|k\\.eyJ|skey\\-|vly\\-)|v(?:\\^1\\.1\\#i\\^1\\#|cp_|ercel_)|whsec_|x(?:a(?:i\\-|pp\\-)|keysib\\-|ox(?:[aboprs]\\-|e[\\-\\.])|prv|smtpsib\\-|wfp\\-)|ya29\\.)')
x16 = frozenset([''])
dumps = marshal.dumps
x38 = frozenset(['asc', 'desc'])
def clean0(event):
 try:
  if type(event) is not dict: return False
  x1 = event['session']
  if type(x1) is not dict: return False
  v = x1['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x1
  if type(k) is not str: return False
  x2 = event['user']
  if type(x2) is not dict: return False
  v = x2['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x2
  if type(k) is not str: return False
  x3 = event['page']
  if type(x3) is not dict: return False
  v = x3['url']
  if not isascii(v) and has_surrogate(v): return False
  for k in x3:
   if type(k) is not str: return False
  if len(x3) != 1:
   x4 = 1
   if 'title' in x3:
    x4 += 1
    v = x3['title']
    if not isascii(v) and has_surrogate(v): return False
   if 'referrer' in x3:
    x4 += 1
    v = x3['referrer']
    if not isascii(v) and has_surrogate(v): return False
   if len(x3) != x4: return False
  for k in event:
   if type(k) is not str: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x5 = event['document']
   if type(x5) is not dict: return False
   v = x5['id']
   if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
   for k in x5:
    if type(k) is not str: return False
   if len(x5) != 1:
    if len(x5) != 2: return False
    v = x5['index']
    if not isascii(v) and has_surrogate(v): return False
 except Exception: return False
 return True
def clean1(event):
 try:
  if type(event) is not dict: return False
  x6 = event['session']
  if type(x6) is not dict: return False
  v = x6['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x6) != 1: return False
  x10 = event['user']
  if type(x10) is not dict: return False
  v = x10['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x10) != 1: return False
  x11 = event['page']
  if type(x11) is not dict: return False
  v = x11['url']
  if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or v in x16 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
  if len(x11) != 1:
   x17 = 1
   if 'title' in x11:
    x17 += 1
    v = x11['title']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'referrer' in x11:
    x17 += 1
    v = x11['referrer']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
   if len(x11) != x17: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x18 = event['document']
   if type(x18) is not dict: return False
   v = x18['id']
   if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
   if len(x18) != 1:
    if len(x18) != 2: return False
    v = x18['index']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean2(event):
 try:
  if type(event) is not dict: return False
  x19 = event['session']
  if type(x19) is not dict: return False
  v = x19['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x19
  if type(k) is not str: return False
  x20 = event['user']
  if type(x20) is not dict: return False
  v = x20['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x20
  if type(k) is not str: return False
  x21 = event['search']
  if type(x21) is not dict: return False
  v = x21['query']
  if not isascii(v) and has_surrogate(v): return False
  for k in x21:
   if type(k) is not str: return False
  if len(x21) != 1:
   x22 = 1
   if 'search_application' in x21:
    x22 += 1
    v = x21['search_application']
    if not isascii(v) and has_surrogate(v): return False
   if 'sort' in x21:
    x22 += 1
    x23 = x21['sort']
    if type(x23) is not dict: return False
    v = x23['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x23:
     if type(k) is not str: return False
    if len(x23) != 1:
     if len(x23) != 2: return False
     v = x23['direction']
     if not isascii(v) and has_surrogate(v): return False
   if 'filters' in x21:
    x22 += 1
    v = x21['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x21:
    x22 += 1
    x24 = x21['page']
    if type(x24) is not dict: return False
    v = x24['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x24['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    for k in x24:
     if type(k) is not str: return False
    if len(x24) != 2: return False
   if 'results' in x21:
    x22 += 1
    x25 = x21['results']
    if type(x25) is not dict: return False
    for k in x25:
     if type(k) is not str: return False
    if len(x25) != 0:
     x26 = 0
     if 'items' in x25:
      x26 += 1
      x27 = x25['items']
      if type(x27) is not list: return False
      dumps(x27)
      for x28 in x27:
       if type(x28) is not dict: return False
       if len(x28) != 0:
        x29 = 0
        if 'document' in x28:
         x29 += 1
         x30 = x28['document']
         if type(x30) is not dict: return False
         v = x30['id']
         if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
         if len(x30) != 1:
          if len(x30) != 2: return False
          v = x30['index']
          if not isascii(v) and has_surrogate(v): return False
        if 'page' in x28:
         x29 += 1
         x31 = x28['page']
         if type(x31) is not dict: return False
         v = x31['url']
         if not isascii(v) and has_surrogate(v): return False
         if len(x31) != 1:
          x32 = 1
          if 'title' in x31:
           x32 += 1
           v = x31['title']
           if not isascii(v) and has_surrogate(v): return False
          if 'referrer' in x31:
           x32 += 1
           v = x31['referrer']
           if not isascii(v) and has_surrogate(v): return False
          if len(x31) != x32: return False
        if len(x28) != x29: return False
     if 'total_results' in x25:
      x26 += 1
      v = x25['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x25) != x26: return False
   if len(x21) != x22: return False
  for k in event:
   if type(k) is not str: return False
  if len(event) != 3: return False
 except Exception: return False
 return True
def clean3(event):
 try:
  if type(event) is not dict: return False
  x33 = event['session']
  if type(x33) is not dict: return False
  v = x33['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x33) != 1: return False
  x34 = event['user']
  if type(x34) is not dict: return False
  v = x34['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x34) != 1: return False
  x35 = event['search']
  if type(x35) is not dict: return False
  v = x35['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None) or not v.strip()) or v in SET: return False
  if len(x35) != 1:
   x36 = 1
   if 'search_application' in x35:
    x36 += 1
    v = x35['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'sort' in x35:
    x36 += 1
    x37 = x35['sort']
    if type(x37) is not dict: return False
    v = x37['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
    if len(x37) != 1:
     if len(x37) != 2: return False
     v = x37['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x38: return False
   if 'filters' in x35:
    x36 += 1
    v = x35['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x35:
    x36 += 1
    x39 = x35['page']
    if type(x39) is not dict: return False
    v = x39['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x39['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x39) != 2: return False
   if 'results' in x35:
    x36 += 1
    x40 = x35['results']
    if type(x40) is not dict: return False
    if len(x40) != 0:
     x41 = 0
     if 'items' in x40:
      x41 += 1
      x42 = x40['items']
      if type(x42) is not list: return False
      for x43 in x42:
       if type(x43) is not dict: return False
       if len(x43) != 0:
        x44 = 0
        if 'document' in x43:
         x44 += 1
         x45 = x43['document']
         if type(x45) is not dict: return False
         v = x45['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
         if len(x45) != 1:
          if len(x45) != 2: return False
          v = x45['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
        if 'page' in x43:
         x44 += 1
         x46 = x43['page']
         if type(x46) is not dict: return False
         v = x46['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or v in x16 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
         if len(x46) != 1:
          x47 = 1
          if 'title' in x46:
           x47 += 1
           v = x46['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
          if 'referrer' in x46:
           x47 += 1
           v = x46['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or (ordinary_url(v) is None and absolute_uri(v) is None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
          if len(x46) != x47: return False
        if len(x43) != x44: return False
     if 'total_results' in x40:
      x41 += 1
      v = x40['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x40) != x41: return False
    if len(x40.get('items', ())) > x40.get('total_results', 1e9): return False
    if len(x40.get('items', ())) > 1 and len({i['document'].get('id') for i in x40.get('items', ()) if 'document' in i}) < len(x40.get('items', ())): return False
   if len(x35) != x36: return False
  if len(event) != 3: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean4(event):
 try:
  if type(event) is not dict: return False
  x48 = event['session']
  if type(x48) is not dict: return False
  v = x48['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x48
  if type(k) is not str: return False
  x49 = event['user']
  if type(x49) is not dict: return False
  v = x49['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x49
  if type(k) is not str: return False
  x50 = event['search']
  if type(x50) is not dict: return False
  v = x50['query']
  if not isascii(v) and has_surrogate(v): return False
  for k in x50:
   if type(k) is not str: return False
  if len(x50) != 1:
   x51 = 1
   if 'search_application' in x50:
    x51 += 1
    v = x50['search_application']
    if not isascii(v) and has_surrogate(v): return False
   if 'sort' in x50:
    x51 += 1
    x52 = x50['sort']
    if type(x52) is not dict: return False
    v = x52['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x52:
     if type(k) is not str: return False
    if len(x52) != 1:
     if len(x52) != 2: return False
     v = x52['direction']
     if not isascii(v) and has_surrogate(v): return False
   if 'filters' in x50:
    x51 += 1
    v = x50['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x50:
    x51 += 1
    x53 = x50['page']
    if type(x53) is not dict: return False
    v = x53['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x53['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    for k in x53:
     if type(k) is not str: return False
    if len(x53) != 2: return False
   if 'results' in x50:
    x51 += 1
    x54 = x50['results']
    if type(x54) is not dict: return False
    for k in x54:
     if type(k) is not str: return False
    if len(x54) != 0:
     x55 = 0
     if 'items' in x54:
      x55 += 1
      x56 = x54['items']
      if type(x56) is not list: return False
      dumps(x56)
      for x57 in x56:
       if type(x57) is not dict: return False
       if len(x57) != 0:
        x58 = 0
        if 'document' in x57:
         x58 += 1
         x59 = x57['document']
         if type(x59) is not dict: return False
         v = x59['id']
         if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
         if len(x59) != 1:
          if len(x59) != 2: return False
          v = x59['index']
          if not isascii(v) and has_surrogate(v): return False
        if 'page' in x57:
         x58 += 1
         x60 = x57['page']
         if type(x60) is not dict: return False
         v = x60['url']
         if not isascii(v) and has_surrogate(v): return False
         if len(x60) != 1:
          x61 = 1
          if 'title' in x60:
           x61 += 1
           v = x60['title']
           if not isascii(v) and has_surrogate(v): return False
          if 'referrer' in x60:
           x61 += 1
           v = x60['referrer']
           if not isascii(v) and has_surrogate(v): return False
          if len(x60) != x61: return False
        if len(x57) != x58: return False
     if 'total_results' in x54:
      x55 += 1
      v = x54['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x54) != x55: return False
   if len(x50) != x51: return False
  for k in event:
   if type(k) is not str: return False
  if len(event) != 3:
   x62 = 3
   if 'page' in event:
    x62 += 1
    x63 = event['page']
    if type(x63) is not dict: return False
    v = x63['url']
    if not isascii(v) and has_surrogate(v): return False
    for k in x63:
     if type(k) is not str: return False
    if len(x63) != 1:
     x64 = 1
     if 'title' in x63:
      x64 += 1
      v = x63['title']
      if not isascii(v) and has_surrogate(v): return False
     if 'referrer' in x63:
      x64 += 1
      v = x63['referrer']
      if not isascii(v) and has_surrogate(v): return False
     if len(x63) != x64: return False
   if 'document' in event:
    x62 += 1
    x65 = event['document']
    if type(x65) is not dict: return False
    v = x65['id']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x65:
     if type(k) is not str: return False
    if len(x65) != 1:
     if len(x65) != 2: return False
     v = x65['index']
     if not isascii(v) and has_surrogate(v): return False
   if len(event) != x62: return False
  else: return False
 except Exception: return False
 return True
def clean5(event):
 try:
  if type(event) is not dict: return False
  x66 = event['session']
  if type(x66) is not dict: return False
  v = x66['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x66) != 1: return False
  x67 = event['user']
  if type(x67) is not dict: return False
  v = x67['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x67) != 1: return False
  x68 = event['search']
  if type(x68) is not dict: return False
  v = x68['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None) or not v.strip()) or v in SET: return False
  if len(x68) != 1:
   x69 = 1
   if 'search_application' in x68:
    x69 += 1
    v = x68['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'sort' in x68:
    x69 += 1
    x70 = x68['sort']
    if type(x70) is not dict: return False
    v = x70['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
    if len(x70) != 1:
     if len(x70) != 2: return False
     v = x70['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x38: return False
   if 'filters' in x68:
    x69 += 1
    v = x68['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x68:
    x69 += 1
    x71 = x68['page']
    if type(x71) is not dict: return False
    v = x71['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x71['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x71) != 2: return False
   if 'results' in x68:
    x69 += 1
    x72 = x68['results']
    if type(x72) is not dict: return False
    if len(x72) != 0:
     x73 = 0
     if 'items' in x72:
      x73 += 1
      x74 = x72['items']
      if type(x74) is not list: return False
      for x75 in x74:
       if type(x75) is not dict: return False
       if len(x75) != 0:
        x76 = 0
        if 'document' in x75:
         x76 += 1
         x77 = x75['document']
         if type(x77) is not dict: return False
         v = x77['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
         if len(x77) != 1:
          if len(x77) != 2: return False
          v = x77['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
        if 'page' in x75:
         x76 += 1
         x78 = x75['page']
         if type(x78) is not dict: return False
         v = x78['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or v in x16 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
         if len(x78) != 1:
          x79 = 1
          if 'title' in x78:
           x79 += 1
           v = x78['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
          if 'referrer' in x78:
           x79 += 1
           v = x78['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or (ordinary_url(v) is None and absolute_uri(v) is None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
          if len(x78) != x79: return False
        if len(x75) != x76: return False
     if 'total_results' in x72:
      x73 += 1
      v = x72['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x72) != x73: return False
    if len(x72.get('items', ())) > x72.get('total_results', 1e9): return False
    if len(x72.get('items', ())) > 1 and len({i['document'].get('id') for i in x72.get('items', ()) if 'document' in i}) < len(x72.get('items', ())): return False
   if len(x68) != x69: return False
  if len(event) != 3:
   x80 = 3
   if 'page' in event:
    x80 += 1
    x81 = event['page']
    if type(x81) is not dict: return False
    v = x81['url']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or v in x16 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
    if len(x81) != 1:
     x82 = 1
     if 'title' in x81:
      x82 += 1
      v = x81['title']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
     if 'referrer' in x81:
      x82 += 1
      v = x81['referrer']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and x12(v) is not None and x13(v) is not None or '%' in v and x14(v) is not None)) or x15(v) is not None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
     if len(x81) != x82: return False
   if 'document' in event:
    x80 += 1
    x83 = event['document']
    if type(x83) is not dict: return False
    v = x83['id']
    if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
    if len(x83) != 1:
     if len(x83) != 2: return False
     v = x83['index']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if len(event) != x80: return False
  else: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
  if (items := event.get('search', NONE).get('results', NONE).get('items', None)) and {'document': event.get('document')} not in items and {'page': event.get('page')} not in items: return False
 except Exception: return False
 return True
FUNCTIONS: dict[tuple[str, tuple[str, ...]], Callable[[object], bool]] = {
    ('urn:eventlint:event:page_view:1-0-0', ('refuse',)): clean0,
    ('urn:eventlint:event:page_view:1-0-0', ('refuse', 'report')): clean1,
    ('urn:eventlint:event:search:1-0-0', ('refuse',)): clean2,
    ('urn:eventlint:event:search:1-0-0', ('refuse', 'report')): clean3,
    ('urn:eventlint:event:search_click:1-0-0', ('refuse',)): clean4,
    ('urn:eventlint:event:search_click:1-0-0', ('refuse', 'report')): clean5,
}
