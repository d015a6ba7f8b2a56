"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""

# mypy: ignore-errors
import marshal
from collections.abc import Callable

from eventlint.jsontext.measures import byte_length, has_surrogate, key_byte_length, query_of, utf16_length
from eventlint.screen.string_tests import is_word, searcher

NONE = {}
WHITE_SPACE = '\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000'
isascii = str.isascii
STARTS = frozenset(['#', '$', '%', '<', '[', '{'])
ENDS = frozenset([')', '>', ']', 'd', 's', '}'])
search = searcher(globals(), 'search', '(?:\\+|%2B)(?:[\\s().-]{0,2}\\d){8}')
x7 = searcher(globals(), 'x7', '(?<![\\w+.-])(?:\\(\\d{3}\\)\\s?|\\d{3}[-.\\s])\\d{3}[-.\\s]\\d{4}(?![\\w-])')
SET = frozenset(['(null)', '-Infinity', 'FIXME', 'Infinity', 'N/A', 'NULL', 'NaN', 'None', 'Null', 'TBD', 'TODO', 'XXX', 'n/a', 'nil', 'null', 'undefined'])
ordinary_url = searcher(globals(), 'ordinary_url', '\\A(?:https?://[0-9A-Za-z.\\-]++(?::[0-9]{1,5})?+(?:[/?#](?s:.*))?+)?+\\Z')
x10 = searcher(globals(), 'x10', '=(?<=(?:(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK](?:[Ee][NTYnty]|[Ii][Ee])|[Mm](?:[Dd][Pp]|[Ff][Aa]|[Aa][Cc])|[Oo](?:[Tt][CPcp]|[Dd][Ee]|[Oo][Ff]|[Ll][Aa]|[Cc][KkK]|[Rr][DTdt])|[Pp](?:[Ii][Nn]|[Ssſ][KkK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][ENOeno]|[Rr][Ff]|[Ll][Oo]|[Ee][Tt]|[Ww][Dd])|[Tt](?:[KkK][Nn]|[Oo][KkK]|[Ii][Dd])|[Uu](?:[Tt][Hh]|[Ll][Tt]|[Rr][Ee])|[Rr](?:[Ee][DFRTdfrt]|[Ii][Dd]|[Dd][Ssſ])|[Ee](?:[DTYdty][Ssſ]|[Ee][Dd]|[Ssſ][HSThstſ]|[Nn][ASasſ]|[Aa][Tt])|[Aa](?:[Ssſ][EHSehsſ]|[Ll][STstſ]|[Nn][ATat]|[Tt][AEae]|[Rr][Tt]|[Ii][Nn])|[Ii](?:[GOgo][Nn]|[Tt][EYey]|[Ff][Yy]|[Rr][Mm]|[Ee][RSrsſ]|[Nn][GKTgktK]|[Aa][Ll])|[Gg][Ii][CNcn]|[Nn](?:[CGScgsſ][Ee]|[Hh][Aa]|[Ii][CDcd])|[\\-\\.HY_hy][Ii][Dd]|[BDWbdw][Ee][Rr]|[Ll][Uu][Ee])|..[\\d\\]])=)')
x11 = searcher(globals(), 'x11', '=(?:(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KkK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[KkK][Ee][Yy][Ssſ]|[Pp][Aa][Ssſ][Ssſ]|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])=)|(?<=(?:[Cc][Rr][Ee][Dd][Ssſ]|[Gg][Rr][Aa][Nn][Tt]|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp][Rr][Oo][Oo][Ff]|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Ee][Nn][Hh][Aa]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Pp](?:[Aa](?:[Rr][Oo][Ll][Aa]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Pp][Ww][\\-\\._][Hh][Aa][Ssſ][Hh]|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh][Dd][Aa][Tt][Aa])|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm][Nn][Ee][Mm][Oo][Nn][Ii][Cc]|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._][Dd][Aa][Tt][Aa])|[Cc][Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee]|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp][Aa][Ssſ][Ssſ](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd][Ssſ])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll])|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll][Ssſ])|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Vv][Aa][Ll][Uu][Ee])=)|(?<=(?:[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))=)|(?<=(?:[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Rr][Ee][Pp][Ee][Aa][Tt])|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr])=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][\\-\\._][Rr][Ee][Pp][Ee][Aa][Tt]|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr])=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]=)|(?<=[\\d\\]]=)(?:(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KkK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))[\\d\\]]=)|(?<=(?:2[Ff][Aa]|[Cc][Vv][CVcv]|[Jj][Ww][Tt]|[KkK][Ee][Yy]|[Mm](?:[Dd][Pp]|[Ff][Aa])|[Oo][Tt][CPcp]|[Pp](?:[Ii][Nn]|[Ssſ][KkK]|[Ww][Dd])|[Ssſ](?:[Aa][Ssſ]|[Ii][DGdg]|[Ssſ][NOno])|[Tt](?:[KkK][Nn]|[Oo][KkK]))\\d\\]=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[KkK][Ee][Yy][Ssſ]|[Pp][Aa][Ssſ][Ssſ]|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])[\\d\\]]=)|(?<=(?:[Aa][Uu][Tt][Hh]|[Cc](?:[Oo][Dd][Ee]|[Rr][Ee][Dd]|[Ssſ][Rr][Ff])|[Hh][Mm][Aa][Cc]|[KkK][Ee][Yy][Ssſ]|[Pp][Aa][Ssſ][Ssſ]|[Ssſ](?:[Aa][Ll][Tt]|[Ee](?:[Ee][Dd]|[Ssſ][Ssſ])|[Ii][Gg][Nn])|[Xx][Ssſ][Rr][Ff])\\d\\]=)|(?<=(?:[Cc][Rr][Ee][Dd][Ssſ]|[Gg][Rr][Aa][Nn][Tt]|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp][Rr][Oo][Oo][Ff]|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Ee][Nn][Hh][Aa]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])[\\d\\]]=)|(?<=(?:[Cc][Rr][Ee][Dd][Ssſ]|[Gg][Rr][Aa][Nn][Tt]|[Hh][AEae][Ssſ][Ll][Oo]|[Ll][Oo][Gg][Ii][Nn]|[Mm][Aa][Gg][Ii][Cc]|[Nn][Oo][Nn][Cc][Ee]|[Pp][Rr][Oo][Oo][Ff]|[Rr][Ee][Ssſ][Ee][Tt]|[Ssſ](?:[Ee][Nn][Hh][Aa]|[Tt][Aa][Tt][Ee])|[Tt][Oo][KkK][Ee][Nn])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Pp](?:[Aa](?:[Rr][Oo][Ll][Aa]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ]|[Uu][Tt][Hh][Ii][Dd])|[Bb][Ee][Aa][Rr][Ee][Rr]|[Cc][Oo][Oo][KkK][Ii][Ee]|[Ii][Nn][Vv][Ii][Tt][Ee]|[Pp](?:[Aa](?:[Rr][Oo][Ll][Aa]|[Ssſ][Ssſ][Ww][Dd])|[Ww][Hh][Aa][Ssſ][Hh])|[Ssſ][Ee][Cc][Rr][Ee][Tt]|[Tt](?:[Ii][Cc][KkK][Ee][Tt]|[Oo][KkK][Ee][Nn][Ssſ])|[Uu][Nn][Ll][Oo][Cc][KkK]|[Vv][Ee][Rr][Ii][Ff][Yy])\\d\\]=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Pp][Ww][\\-\\._][Hh][Aa][Ssſ][Hh]|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])[\\d\\]]=)|(?<=(?:[Aa][Uu][Tt][Hh][\\-\\._][Ii][Dd]|[Cc][Oo](?:[Nn][Ff][Ii][Rr][Mm]|[Oo][KkK][Ii][Ee][Ssſ])|[Pp][Ww][\\-\\._][Hh][Aa][Ssſ][Hh]|[Rr][Ee][Ff][Rr][Ee][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll][Aa][Rr][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Ssſ]|[Ssſ][Ssſ](?:[\\-\\._][Ii][Dd]|[Ii][Oo][Nn])))|[Tt][Oo][KkK][Ee][Nn][Ii][Dd]|[Ww][Rr][Ee][Ssſ][Uu][Ll][Tt])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh][Dd][Aa][Tt][Aa])|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm][Nn][Ee][Mm][Oo][Nn][Ii][Cc]|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ee]|[Uu][Tt][Hh][Dd][Aa][Tt][Aa])|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy]|[KkK][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Ll][Oo][Ssſ][Ee][Nn][Oo][Rr][Dd]|[Mm][Nn][Ee][Mm][Oo][Nn][Ii][Cc]|[Pp][Aa][Ssſ][Ssſ](?:[Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][DTdt])|[Ssſ](?:[Aa](?:[Ll][Aa][Ssſ][Aa][Nn][Aa]|[Mm][Ll][\\-\\._][Aa][Rr][Tt])|[Ee][Cc][Rr][Ee][Tt][Ii][Dd])|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Ii][Dd]|[Vv][Ee][Rr][Ii][Ff][Ii][Ee][Rr])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._][Dd][Aa][Tt][Aa])|[Cc][Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee]|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp][Aa][Ssſ][Ssſ](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd][Ssſ])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ee][Rr][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][\\-\\._][Dd][Aa][Tt][Aa])|[Cc][Hh][Aa][Ll][Ll][Ee][Nn][Gg][Ee]|[KkK][Ee][Yy][Pp][Aa][Ii][Rr][Ii][Dd]|[Mm][Aa][Gg][Ii][Cc][Ll][Ii][Nn][KkK]|[Pp][Aa][Ssſ][Ssſ](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Ww][Oo][Rr][Dd][Ssſ])|[Ssſ](?:[Ee](?:[Cc][Rr][Ee][Tt][\\-\\._][Ii][Dd]|[Ssſ][Ssſ][Ii][Oo][Nn][Ii][Dd])|[Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee])|[Tt][Oo][KkK][Ee][Nn][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt]))\\d\\]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll])|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Tt][Ii][Vv][Aa][Tt][Ii][Oo][Nn]|[Uu][Tt][Hh][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][Nn][Uu][Mm][Bb][Ee][Rr]|[Oo][Nn][Tt][Rr][Aa][Ssſ][Ee][Nn][Aa]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll])|[Ii][Nn][Vv][Ii][Tt][Aa][Tt][Ii][Oo][Nn]|[Mm](?:[Aa][Gg][Ii][Cc][\\-\\._][Ll][Ii][Nn][KkK]|[Oo][Tt][Dd][Ee][Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee](?:[Ee][Dd][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn](?:[\\-\\._][Ii][Dd]|[Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn](?:[\\-\\._][Hh](?:[Aa][Ssſ][Hh]|[Ii][Nn][Tt])|[Vv][Aa][Ll][Uu][Ee])|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll][Ssſ])|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Vv][Aa][Ll][Uu][Ee])[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ][KkK][Ee][Yy][Ii][Dd]|[Dd][Gg][Aa][Nn][Gg][Ssſ][KkK][Oo][Dd][Ee]|[Uu][Tt][Hh][\\-\\._][Hh][Ee][Aa][Dd][Ee][Rr])|[Cc](?:[Aa][Rr][Dd][\\-\\._][Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll][Ssſ])|[KkK][Ee][Yy](?:\\-[Pp][Aa][Ii][Rr]\\-[Ii][Dd]|\\.[Pp][Aa][Ii][Rr]\\.[Ii][Dd]|_[Pp][Aa][Ii][Rr]_[Ii][Dd])|[Pp][Aa][Ssſ][Ssſ][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ](?:[Aa][Mm][Ll][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Ee](?:[Cc][Rr][Ee][Tt][Vv][Aa][Ll][Uu][Ee]|[Ee][Dd][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ssſ][Ii][Oo][Nn][\\-\\._][Rr][Ee][Ff]))|[Tt][Oo][KkK][Ee][Nn][\\-\\._][Vv][Aa][Ll][Uu][Ee])\\d\\]=)|(?<=(?:[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])[\\d\\]]=)|(?<=(?:[Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Tt][Ii][Oo][Nn]|[Mm][Oo][Tt](?:\\-[Dd][Ee]\\-[Pp][Aa][Ssſ][Ssſ][Ee]|\\.[Dd][Ee]\\.[Pp][Aa][Ssſ][Ssſ][Ee]|_[Dd][Ee]_[Pp][Aa][Ssſ][Ssſ][Ee])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][Hh][Aa][Ssſ][Hh]|[Ssſ](?:[Aa][Mm][Ll](?:[\\-\\._][Rr][Ee][Qq][Uu][Ee][Ssſ][Tt]|[Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])|[Ee][Cc][Rr][Ee][Tt](?:[\\-\\._][Vv][Aa][Ll][Uu][Ee]|[Aa][Nn][Ssſ][Ww][Ee][Rr]))|[Vv][Ee][Rr][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn])\\d\\]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))[\\d\\]]=)|(?<=(?:[Aa](?:[Cc][Cc][Ee][Ssſ][Ssſ](?:\\-[KkK][Ee][Yy]\\-[Ii][Dd]|\\.[KkK][Ee][Yy]\\.[Ii][Dd]|_[KkK][Ee][Yy]_[Ii][Dd])|[Uu][Tt][Hh][Oo][Rr][Ii][SZszſ][Aa][Tt][Ii][Oo][Nn])|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Hh][Aa][Ssſ][Hh]|[Aa][Gg][Aa][Ii][Nn])|[Ssſ](?:[Aa][Mm][Ll][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Ee][Cc][Rr][Ee][Tt][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr]))\\d\\]=)|(?<=(?:[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Rr][Ee][Pp][Ee][Aa][Tt])|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr])[\\d\\]]=)|(?<=(?:[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd](?:[\\-\\._][Aa][Gg][Aa][Ii][Nn]|[Rr][Ee][Pp][Ee][Aa][Tt])|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][Aa][Nn][Ssſ][Ww][Ee][Rr])\\d\\]=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][\\-\\._][Rr][Ee][Pp][Ee][Aa][Tt]|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr])[\\d\\]]=)|(?<=(?:[Cc][Aa][Pp][Tt][Cc][Hh][Aa][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Pp][Aa][Ssſ][Ssſ][Ww][Oo][Rr][Dd][\\-\\._][Rr][Ee][Pp][Ee][Aa][Tt]|[Rr][Ee][Cc][Oo][Vv][Ee][Rr][Yy][\\-\\._][Pp][Hh][Rr][Aa][Ssſ][Ee]|[Ssſ][Ee][Cc][Uu][Rr][Ii][Tt][Yy][\\-\\._][Aa][Nn][Ssſ][Ww][Ee][Rr])\\d\\]=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])[\\d\\]]=)|(?<=[Cc](?:[Aa][Pp][Tt][Cc][Hh][Aa][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]|[Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][Ssſ][Tt][Rr][Ii][Nn][Gg])\\d\\]=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])[\\d\\]]=)|(?<=(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn][\\-\\._][Ssſ][Tt][Rr][Ii][Nn][Gg]|[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee])\\d\\]=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee][\\d\\]]=)|(?<=[Tt][Uu][Rr][Nn][Ssſ][Tt][Ii][Ll][Ee][\\-\\._][Rr][Ee][Ssſ][Pp][Oo][Nn][Ssſ][Ee]\\d\\]=)))')
x12 = searcher(globals(), 'x12', '%(?:25|2[DdEe]|3[0-9Dd]|4[1-9A-Fa-f]|5[0-9AaFf]|5[Dd]=|6[1-9A-Fa-f]|7[0-9Aa])')
x13 = searcher(globals(), 'x13', '[=/\\?\\#](?:1//0|A(?:[BS]IA|C|GE\\-SECRET\\-KEY\\-1|Iza|KI[AD]|Q(?:E|VN)|T(?:[AC]TT3|BB|OA))|C(?:CIP(?:AT_|RJ_)|FPAT\\-)|E(?:AA(?:A[El]|[BCGJ])|Z[AT]K)|F(?:LWSECK[\\-_]|lyV1)|G(?:OCSPX\\-|R1348941)|HRKU\\-|LTAI|NR(?:A[KL]\\-|II\\-|JS\\-)|PMAK\\-|S(?:G\\.|K)|YCAJ|a(?:ccess\\-(?:development\\-|production\\-|sandbox\\-)|pi(?:_org_|fy_api_))|bk(?:aj_|ct_|ua_)|cio|d(?:api|ckr_[op]at_|iscord(?:\\.com/api/webhooks/|app\\.com/api/webhooks/)|kea|o(?:[opr]_v1_|se)|p\\.(?:audit\\.|[cp]t\\.|s(?:[at]\\.|cim\\.))|t0(?:c01\\.|s0[12]\\.))|e(?:ssu_|yJ)|f(?:ig[dou]_|m(?:1r_|2_)|o1_)|g(?:h[oprsu]_|ithub_pat_|l(?:agent\\-|c(?:_|bt\\-)|[dr]t\\-|f(?:fct\\-|t\\-)|imt\\-|oas\\-|p[at]t\\-|s(?:a_|oat\\-))|sk_)|h(?:f_|ooks\\.slack\\.com/(?:services/|workflows/)|v[brs]\\.)|jina_|key\\-|l(?:in_(?:api_|oauth_)|sv2_(?:pt_|sk_))|n(?:f[cop]_|pm_|tn_)|oy2|p(?:at|h[csx]_|k_(?:live_|test_)|n[bu]_|plx\\-|scale_(?:oauth_|pw_|tkn_)|ul\\-|ypi\\-)|r(?:8_|dme_|k_(?:live_|test_)|ubygems_|zp_(?:live_|test_))|s(?:b(?:_secret_|p_)|e(?:cret_|ss\\-)|gp_|h(?:ippo_(?:live_|test_)|p(?:at_|[cp]a_|ss_|tka_))|k(?:\\-|\\.eyJ|_(?:live_|test_))|l\\.|ntry[asu]_|q0(?:atp\\-|csp\\-|idp\\-))|t(?:1\\.9eu|fp_|k\\.eyJ|skey\\-|vly\\-)|v\\^1\\.1\\#i\\^1\\#|whsec_|x(?:a(?:i\\-|pp\\-)|keysib\\-|ox(?:[aboprs]\\-|e[\\-\\.])|smtpsib\\-|wfp\\-)|ya29\\.)')
x14 = frozenset([''])
dumps = marshal.dumps
x36 = frozenset(['asc', 'desc'])
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
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x6) != 1: return False
  x8 = event['user']
  if type(x8) is not dict: return False
  v = x8['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x8) != 1: return False
  x9 = event['page']
  if type(x9) is not dict: return False
  v = x9['url']
  if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
  if len(x9) != 1:
   x15 = 1
   if 'title' in x9:
    x15 += 1
    v = x9['title']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
   if 'referrer' in x9:
    x15 += 1
    v = x9['referrer']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
   if len(x9) != x15: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x16 = event['document']
   if type(x16) is not dict: return False
   v = x16['id']
   if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
   if len(x16) != 1:
    if len(x16) != 2: return False
    v = x16['index']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean2(event):
 try:
  if type(event) is not dict: return False
  x17 = event['session']
  if type(x17) is not dict: return False
  v = x17['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x17
  if type(k) is not str: return False
  x18 = event['user']
  if type(x18) is not dict: return False
  v = x18['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x18
  if type(k) is not str: return False
  x19 = event['search']
  if type(x19) is not dict: return False
  v = x19['query']
  if not isascii(v) and has_surrogate(v): return False
  for k in x19:
   if type(k) is not str: return False
  if len(x19) != 1:
   x20 = 1
   if 'search_application' in x19:
    x20 += 1
    v = x19['search_application']
    if not isascii(v) and has_surrogate(v): return False
   if 'sort' in x19:
    x20 += 1
    x21 = x19['sort']
    if type(x21) is not dict: return False
    v = x21['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x21:
     if type(k) is not str: return False
    if len(x21) != 1:
     if len(x21) != 2: return False
     v = x21['direction']
     if not isascii(v) and has_surrogate(v): return False
   if 'filters' in x19:
    x20 += 1
    v = x19['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x19:
    x20 += 1
    x22 = x19['page']
    if type(x22) is not dict: return False
    v = x22['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x22['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    for k in x22:
     if type(k) is not str: return False
    if len(x22) != 2: return False
   if 'results' in x19:
    x20 += 1
    x23 = x19['results']
    if type(x23) is not dict: return False
    for k in x23:
     if type(k) is not str: return False
    if len(x23) != 0:
     x24 = 0
     if 'items' in x23:
      x24 += 1
      x25 = x23['items']
      if type(x25) is not list: return False
      dumps(x25)
      for x26 in x25:
       if type(x26) is not dict: return False
       if len(x26) != 0:
        x27 = 0
        if 'document' in x26:
         x27 += 1
         x28 = x26['document']
         if type(x28) is not dict: return False
         v = x28['id']
         if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
         if len(x28) != 1:
          if len(x28) != 2: return False
          v = x28['index']
          if not isascii(v) and has_surrogate(v): return False
        if 'page' in x26:
         x27 += 1
         x29 = x26['page']
         if type(x29) is not dict: return False
         v = x29['url']
         if not isascii(v) and has_surrogate(v): return False
         if len(x29) != 1:
          x30 = 1
          if 'title' in x29:
           x30 += 1
           v = x29['title']
           if not isascii(v) and has_surrogate(v): return False
          if 'referrer' in x29:
           x30 += 1
           v = x29['referrer']
           if not isascii(v) and has_surrogate(v): return False
          if len(x29) != x30: return False
        if len(x26) != x27: return False
     if 'total_results' in x23:
      x24 += 1
      v = x23['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x23) != x24: return False
   if len(x19) != x20: return False
  for k in event:
   if type(k) is not str: return False
  if len(event) != 3: return False
 except Exception: return False
 return True
def clean3(event):
 try:
  if type(event) is not dict: return False
  x31 = event['session']
  if type(x31) is not dict: return False
  v = x31['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x31) != 1: return False
  x32 = event['user']
  if type(x32) is not dict: return False
  v = x32['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x32) != 1: return False
  x33 = event['search']
  if type(x33) is not dict: return False
  v = x33['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None) or not v.strip()) or v in SET: return False
  if len(x33) != 1:
   x34 = 1
   if 'search_application' in x33:
    x34 += 1
    v = x33['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
   if 'sort' in x33:
    x34 += 1
    x35 = x33['sort']
    if type(x35) is not dict: return False
    v = x35['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
    if len(x35) != 1:
     if len(x35) != 2: return False
     v = x35['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x36: return False
   if 'filters' in x33:
    x34 += 1
    v = x33['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x33:
    x34 += 1
    x37 = x33['page']
    if type(x37) is not dict: return False
    v = x37['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x37['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x37) != 2: return False
   if 'results' in x33:
    x34 += 1
    x38 = x33['results']
    if type(x38) is not dict: return False
    if len(x38) != 0:
     x39 = 0
     if 'items' in x38:
      x39 += 1
      x40 = x38['items']
      if type(x40) is not list: return False
      for x41 in x40:
       if type(x41) is not dict: return False
       if len(x41) != 0:
        x42 = 0
        if 'document' in x41:
         x42 += 1
         x43 = x41['document']
         if type(x43) is not dict: return False
         v = x43['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
         if len(x43) != 1:
          if len(x43) != 2: return False
          v = x43['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
        if 'page' in x41:
         x42 += 1
         x44 = x41['page']
         if type(x44) is not dict: return False
         v = x44['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
         if len(x44) != 1:
          x45 = 1
          if 'title' in x44:
           x45 += 1
           v = x44['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
          if 'referrer' in x44:
           x45 += 1
           v = x44['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or ordinary_url(v) is None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
          if len(x44) != x45: return False
        if len(x41) != x42: return False
     if 'total_results' in x38:
      x39 += 1
      v = x38['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x38) != x39: return False
    if len(x38.get('items', ())) > x38.get('total_results', 1e9): return False
    if len(x38.get('items', ())) > 1 and len({i['document'].get('id') for i in x38.get('items', ()) if 'document' in i}) < len(x38.get('items', ())): return False
   if len(x33) != x34: return False
  if len(event) != 3: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean4(event):
 try:
  if type(event) is not dict: return False
  x46 = event['session']
  if type(x46) is not dict: return False
  v = x46['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x46
  if type(k) is not str: return False
  x47 = event['user']
  if type(x47) is not dict: return False
  v = x47['id']
  if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
  k, = x47
  if type(k) is not str: return False
  x48 = event['search']
  if type(x48) is not dict: return False
  v = x48['query']
  if not isascii(v) and has_surrogate(v): return False
  for k in x48:
   if type(k) is not str: return False
  if len(x48) != 1:
   x49 = 1
   if 'search_application' in x48:
    x49 += 1
    v = x48['search_application']
    if not isascii(v) and has_surrogate(v): return False
   if 'sort' in x48:
    x49 += 1
    x50 = x48['sort']
    if type(x50) is not dict: return False
    v = x50['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x50:
     if type(k) is not str: return False
    if len(x50) != 1:
     if len(x50) != 2: return False
     v = x50['direction']
     if not isascii(v) and has_surrogate(v): return False
   if 'filters' in x48:
    x49 += 1
    v = x48['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x48:
    x49 += 1
    x51 = x48['page']
    if type(x51) is not dict: return False
    v = x51['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x51['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    for k in x51:
     if type(k) is not str: return False
    if len(x51) != 2: return False
   if 'results' in x48:
    x49 += 1
    x52 = x48['results']
    if type(x52) is not dict: return False
    for k in x52:
     if type(k) is not str: return False
    if len(x52) != 0:
     x53 = 0
     if 'items' in x52:
      x53 += 1
      x54 = x52['items']
      if type(x54) is not list: return False
      dumps(x54)
      for x55 in x54:
       if type(x55) is not dict: return False
       if len(x55) != 0:
        x56 = 0
        if 'document' in x55:
         x56 += 1
         x57 = x55['document']
         if type(x57) is not dict: return False
         v = x57['id']
         if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
         if len(x57) != 1:
          if len(x57) != 2: return False
          v = x57['index']
          if not isascii(v) and has_surrogate(v): return False
        if 'page' in x55:
         x56 += 1
         x58 = x55['page']
         if type(x58) is not dict: return False
         v = x58['url']
         if not isascii(v) and has_surrogate(v): return False
         if len(x58) != 1:
          x59 = 1
          if 'title' in x58:
           x59 += 1
           v = x58['title']
           if not isascii(v) and has_surrogate(v): return False
          if 'referrer' in x58:
           x59 += 1
           v = x58['referrer']
           if not isascii(v) and has_surrogate(v): return False
          if len(x58) != x59: return False
        if len(x55) != x56: return False
     if 'total_results' in x52:
      x53 += 1
      v = x52['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x52) != x53: return False
   if len(x48) != x49: return False
  for k in event:
   if type(k) is not str: return False
  if len(event) != 3:
   x60 = 3
   if 'page' in event:
    x60 += 1
    x61 = event['page']
    if type(x61) is not dict: return False
    v = x61['url']
    if not isascii(v) and has_surrogate(v): return False
    for k in x61:
     if type(k) is not str: return False
    if len(x61) != 1:
     x62 = 1
     if 'title' in x61:
      x62 += 1
      v = x61['title']
      if not isascii(v) and has_surrogate(v): return False
     if 'referrer' in x61:
      x62 += 1
      v = x61['referrer']
      if not isascii(v) and has_surrogate(v): return False
     if len(x61) != x62: return False
   if 'document' in event:
    x60 += 1
    x63 = event['document']
    if type(x63) is not dict: return False
    v = x63['id']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))): return False
    for k in x63:
     if type(k) is not str: return False
    if len(x63) != 1:
     if len(x63) != 2: return False
     v = x63['index']
     if not isascii(v) and has_surrogate(v): return False
   if len(event) != x60: return False
  else: return False
 except Exception: return False
 return True
def clean5(event):
 try:
  if type(event) is not dict: return False
  x64 = event['session']
  if type(x64) is not dict: return False
  v = x64['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x64) != 1: return False
  x65 = event['user']
  if type(x65) is not dict: return False
  v = x65['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x65) != 1: return False
  x66 = event['search']
  if type(x66) is not dict: return False
  v = x66['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None) or not v.strip()) or v in SET: return False
  if len(x66) != 1:
   x67 = 1
   if 'search_application' in x66:
    x67 += 1
    v = x66['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
   if 'sort' in x66:
    x67 += 1
    x68 = x66['sort']
    if type(x68) is not dict: return False
    v = x68['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
    if len(x68) != 1:
     if len(x68) != 2: return False
     v = x68['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x36: return False
   if 'filters' in x66:
    x67 += 1
    v = x66['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x66:
    x67 += 1
    x69 = x66['page']
    if type(x69) is not dict: return False
    v = x69['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x69['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x69) != 2: return False
   if 'results' in x66:
    x67 += 1
    x70 = x66['results']
    if type(x70) is not dict: return False
    if len(x70) != 0:
     x71 = 0
     if 'items' in x70:
      x71 += 1
      x72 = x70['items']
      if type(x72) is not list: return False
      for x73 in x72:
       if type(x73) is not dict: return False
       if len(x73) != 0:
        x74 = 0
        if 'document' in x73:
         x74 += 1
         x75 = x73['document']
         if type(x75) is not dict: return False
         v = x75['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
         if len(x75) != 1:
          if len(x75) != 2: return False
          v = x75['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
        if 'page' in x73:
         x74 += 1
         x76 = x73['page']
         if type(x76) is not dict: return False
         v = x76['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
         if len(x76) != 1:
          x77 = 1
          if 'title' in x76:
           x77 += 1
           v = x76['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
          if 'referrer' in x76:
           x77 += 1
           v = x76['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or ordinary_url(v) is None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
          if len(x76) != x77: return False
        if len(x73) != x74: return False
     if 'total_results' in x70:
      x71 += 1
      v = x70['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x70) != x71: return False
    if len(x70.get('items', ())) > x70.get('total_results', 1e9): return False
    if len(x70.get('items', ())) > 1 and len({i['document'].get('id') for i in x70.get('items', ()) if 'document' in i}) < len(x70.get('items', ())): return False
   if len(x66) != x67: return False
  if len(event) != 3:
   x78 = 3
   if 'page' in event:
    x78 += 1
    x79 = event['page']
    if type(x79) is not dict: return False
    v = x79['url']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
    if len(x79) != 1:
     x80 = 1
     if 'title' in x79:
      x80 += 1
      v = x79['title']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
     if 'referrer' in x79:
      x80 += 1
      v = x79['referrer']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or (('=' in v and x10(v) is not None and x11(v) is not None or '%' in v and x12(v) is not None)) or x13(v) is not None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
     if len(x79) != x80: return False
   if 'document' in event:
    x78 += 1
    x81 = event['document']
    if type(x81) is not dict: return False
    v = x81['id']
    if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
    if len(x81) != 1:
     if len(x81) != 2: return False
     v = x81['index']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or v in SET: return False
   if len(event) != x78: return False
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
