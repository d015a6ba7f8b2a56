"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""

# mypy: ignore-errors
from collections.abc import Callable

from eventlint.jsontext.measures import byte_length, has_surrogate, query_of, utf16_length
from eventlint.screen.string_tests import is_word, searcher

NONE = {}
isascii = str.isascii
WHITE_SPACE = '\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000'
STARTS = frozenset(['#', '$', '%', '<', '[', '{'])
search = searcher(globals(), 'search', '(?:\\+|%2B)(?:[\\s().-]{0,2}\\d){8}')
x7 = searcher(globals(), 'x7', '(?<![\\w+.-])(?:\\(\\d{3}\\)\\s?|\\d{3}[-.\\s])\\d{3}[-.\\s]\\d{4}(?![\\w-])')
SET = frozenset(['(null)', '-Infinity', 'FIXME', 'Infinity', 'N/A', 'NULL', 'NaN', 'None', 'Null', 'TBD', 'TODO', 'XXX', 'n/a', 'nil', 'null', 'undefined'])
ordinary_url = searcher(globals(), 'ordinary_url', "\\A(?:https?://[0-9A-Za-z.\\-]++(?::[0-9]{1,5})?+(?:/(?:[0-9A-Za-z_!.~'()*;:@&=+$,\\-/]++|%[0-9A-Fa-f]{2})*+)?+(?:\\?(?:[0-9A-Za-z_!.~'()*;:@&=+$,\\-/?]++|%[0-9A-Fa-f]{2})*+)?+(?:#(?:[0-9A-Za-z_!.~'()*;:@&=+$,\\-/?]++|%[0-9A-Fa-f]{2})*+)?+)?+\\Z")
x10 = searcher(globals(), 'x10', '(?i)[?&;][^=&;#%]*+(?:%|(?:(?<=token)|(?<=password)|(?<=passwd)|(?<=pwd)|(?<=secret)|(?<=session)|(?<=sessionid)|(?<=session_id)|(?<=sid)|(?<=jwt)|(?<=auth)|(?<=key)|(?<=sig)|(?<=signature)|(?<=code))=)')
x11 = frozenset([''])
x33 = frozenset(['asc', 'desc'])
def clean0(event):
 try:
  if type(event) is not dict: return False
  x1 = event['session']
  if type(x1) is not dict: return False
  v = x1['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x1) != 1: return False
  x2 = event['user']
  if type(x2) is not dict: return False
  v = x2['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x2) != 1: return False
  x3 = event['page']
  if type(x3) is not dict: return False
  v = x3['url']
  if not isascii(v) and (has_surrogate(v)): return False
  if len(x3) != 1:
   x4 = 1
   if 'title' in x3:
    x4 += 1
    v = x3['title']
    if not isascii(v) and (has_surrogate(v)): return False
   if 'referrer' in x3:
    x4 += 1
    v = x3['referrer']
    if not isascii(v) and (has_surrogate(v)): return False
   if len(x3) != x4: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x5 = event['document']
   if type(x5) is not dict: return False
   v = x5['id']
   if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
   if len(x5) != 1:
    if len(x5) != 2: return False
    v = x5['index']
    if not isascii(v) and (has_surrogate(v)): return False
 except Exception: return False
 return True
def clean1(event):
 try:
  if type(event) is not dict: return False
  x6 = event['session']
  if type(x6) is not dict: return False
  v = x6['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x6) != 1: return False
  x8 = event['user']
  if type(x8) is not dict: return False
  v = x8['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x8) != 1: return False
  x9 = event['page']
  if type(x9) is not dict: return False
  v = x9['url']
  if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or v in x11 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
  if len(x9) != 1:
   x12 = 1
   if 'title' in x9:
    x12 += 1
    v = x9['title']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
   if 'referrer' in x9:
    x12 += 1
    v = x9['referrer']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
   if len(x9) != x12: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x13 = event['document']
   if type(x13) is not dict: return False
   v = x13['id']
   if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
   if len(x13) != 1:
    if len(x13) != 2: return False
    v = x13['index']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean2(event):
 try:
  if type(event) is not dict: return False
  x14 = event['session']
  if type(x14) is not dict: return False
  v = x14['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x14) != 1: return False
  x15 = event['user']
  if type(x15) is not dict: return False
  v = x15['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x15) != 1: return False
  x16 = event['search']
  if type(x16) is not dict: return False
  v = x16['query']
  if not isascii(v) and (has_surrogate(v)): return False
  if len(x16) != 1:
   x17 = 1
   if 'search_application' in x16:
    x17 += 1
    v = x16['search_application']
    if not isascii(v) and (has_surrogate(v)): return False
   if 'sort' in x16:
    x17 += 1
    x18 = x16['sort']
    if type(x18) is not dict: return False
    v = x18['name']
    if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
    if len(x18) != 1:
     if len(x18) != 2: return False
     v = x18['direction']
     if not isascii(v) and (has_surrogate(v)): return False
   if 'filters' in x16:
    x17 += 1
    v = x16['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x16:
    x17 += 1
    x19 = x16['page']
    if type(x19) is not dict: return False
    v = x19['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x19['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x19) != 2: return False
   if 'results' in x16:
    x17 += 1
    x20 = x16['results']
    if type(x20) is not dict: return False
    if len(x20) != 0:
     x21 = 0
     if 'items' in x20:
      x21 += 1
      x22 = x20['items']
      if type(x22) is not list: return False
      for x23 in x22:
       if type(x23) is not dict: return False
       if len(x23) != 0:
        x24 = 0
        if 'document' in x23:
         x24 += 1
         x25 = x23['document']
         if type(x25) is not dict: return False
         v = x25['id']
         if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
         if len(x25) != 1:
          if len(x25) != 2: return False
          v = x25['index']
          if not isascii(v) and (has_surrogate(v)): return False
        if 'page' in x23:
         x24 += 1
         x26 = x23['page']
         if type(x26) is not dict: return False
         v = x26['url']
         if not isascii(v) and (has_surrogate(v)): return False
         if len(x26) != 1:
          x27 = 1
          if 'title' in x26:
           x27 += 1
           v = x26['title']
           if not isascii(v) and (has_surrogate(v)): return False
          if 'referrer' in x26:
           x27 += 1
           v = x26['referrer']
           if not isascii(v) and (has_surrogate(v)): return False
          if len(x26) != x27: return False
        if len(x23) != x24: return False
     if 'total_results' in x20:
      x21 += 1
      v = x20['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x20) != x21: return False
   if len(x16) != x17: return False
  if len(event) != 3: return False
 except Exception: return False
 return True
def clean3(event):
 try:
  if type(event) is not dict: return False
  x28 = event['session']
  if type(x28) is not dict: return False
  v = x28['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x28) != 1: return False
  x29 = event['user']
  if type(x29) is not dict: return False
  v = x29['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x29) != 1: return False
  x30 = event['search']
  if type(x30) is not dict: return False
  v = x30['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None) or not v.strip()) or v in SET: return False
  if len(x30) != 1:
   x31 = 1
   if 'search_application' in x30:
    x31 += 1
    v = x30['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
   if 'sort' in x30:
    x31 += 1
    x32 = x30['sort']
    if type(x32) is not dict: return False
    v = x32['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
    if len(x32) != 1:
     if len(x32) != 2: return False
     v = x32['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x33: return False
   if 'filters' in x30:
    x31 += 1
    v = x30['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET or (len(k) + len(v) > 8191 and byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x30:
    x31 += 1
    x34 = x30['page']
    if type(x34) is not dict: return False
    v = x34['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x34['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x34) != 2: return False
   if 'results' in x30:
    x31 += 1
    x35 = x30['results']
    if type(x35) is not dict: return False
    if len(x35) != 0:
     x36 = 0
     if 'items' in x35:
      x36 += 1
      x37 = x35['items']
      if type(x37) is not list: return False
      for x38 in x37:
       if type(x38) is not dict: return False
       if len(x38) != 0:
        x39 = 0
        if 'document' in x38:
         x39 += 1
         x40 = x38['document']
         if type(x40) is not dict: return False
         v = x40['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
         if len(x40) != 1:
          if len(x40) != 2: return False
          v = x40['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET: return False
        if 'page' in x38:
         x39 += 1
         x41 = x38['page']
         if type(x41) is not dict: return False
         v = x41['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or v in x11 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
         if len(x41) != 1:
          x42 = 1
          if 'title' in x41:
           x42 += 1
           v = x41['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET: return False
          if 'referrer' in x41:
           x42 += 1
           v = x41['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or v in SET or ('?' in v and x10(v) is not None) or ordinary_url(v) is None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
          if len(x41) != x42: return False
        if len(x38) != x39: return False
     if 'total_results' in x35:
      x36 += 1
      v = x35['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x35) != x36: return False
    if len(x35.get('items', ())) > x35.get('total_results', 1e9): return False
    if len(x35.get('items', ())) > 1 and len({i['document'].get('id') for i in x35.get('items', ()) if 'document' in i}) < len(x35.get('items', ())): return False
   if len(x30) != x31: return False
  if len(event) != 3: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
 except Exception: return False
 return True
def clean4(event):
 try:
  if type(event) is not dict: return False
  x43 = event['session']
  if type(x43) is not dict: return False
  v = x43['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x43) != 1: return False
  x44 = event['user']
  if type(x44) is not dict: return False
  v = x44['id']
  if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
  if len(x44) != 1: return False
  x45 = event['search']
  if type(x45) is not dict: return False
  v = x45['query']
  if not isascii(v) and (has_surrogate(v)): return False
  if len(x45) != 1:
   x46 = 1
   if 'search_application' in x45:
    x46 += 1
    v = x45['search_application']
    if not isascii(v) and (has_surrogate(v)): return False
   if 'sort' in x45:
    x46 += 1
    x47 = x45['sort']
    if type(x47) is not dict: return False
    v = x47['name']
    if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
    if len(x47) != 1:
     if len(x47) != 2: return False
     v = x47['direction']
     if not isascii(v) and (has_surrogate(v)): return False
   if 'filters' in x45:
    x46 += 1
    v = x45['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)): return False
   if 'page' in x45:
    x46 += 1
    x48 = x45['page']
    if type(x48) is not dict: return False
    v = x48['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x48['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x48) != 2: return False
   if 'results' in x45:
    x46 += 1
    x49 = x45['results']
    if type(x49) is not dict: return False
    if len(x49) != 0:
     x50 = 0
     if 'items' in x49:
      x50 += 1
      x51 = x49['items']
      if type(x51) is not list: return False
      for x52 in x51:
       if type(x52) is not dict: return False
       if len(x52) != 0:
        x53 = 0
        if 'document' in x52:
         x53 += 1
         x54 = x52['document']
         if type(x54) is not dict: return False
         v = x54['id']
         if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
         if len(x54) != 1:
          if len(x54) != 2: return False
          v = x54['index']
          if not isascii(v) and (has_surrogate(v)): return False
        if 'page' in x52:
         x53 += 1
         x55 = x52['page']
         if type(x55) is not dict: return False
         v = x55['url']
         if not isascii(v) and (has_surrogate(v)): return False
         if len(x55) != 1:
          x56 = 1
          if 'title' in x55:
           x56 += 1
           v = x55['title']
           if not isascii(v) and (has_surrogate(v)): return False
          if 'referrer' in x55:
           x56 += 1
           v = x55['referrer']
           if not isascii(v) and (has_surrogate(v)): return False
          if len(x55) != x56: return False
        if len(x52) != x53: return False
     if 'total_results' in x49:
      x50 += 1
      v = x49['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x49) != x50: return False
   if len(x45) != x46: return False
  if len(event) != 3:
   x57 = 3
   if 'page' in event:
    x57 += 1
    x58 = event['page']
    if type(x58) is not dict: return False
    v = x58['url']
    if not isascii(v) and (has_surrogate(v)): return False
    if len(x58) != 1:
     x59 = 1
     if 'title' in x58:
      x59 += 1
      v = x58['title']
      if not isascii(v) and (has_surrogate(v)): return False
     if 'referrer' in x58:
      x59 += 1
      v = x58['referrer']
      if not isascii(v) and (has_surrogate(v)): return False
     if len(x58) != x59: return False
   if 'document' in event:
    x57 += 1
    x60 = event['document']
    if type(x60) is not dict: return False
    v = x60['id']
    if not (isascii(v) and v >= '!') and (has_surrogate(v) or not v.strip(WHITE_SPACE)): return False
    if len(x60) != 1:
     if len(x60) != 2: return False
     v = x60['index']
     if not isascii(v) and (has_surrogate(v)): return False
   if len(event) != x57: return False
  else: return False
 except Exception: return False
 return True
def clean5(event):
 try:
  if type(event) is not dict: return False
  x61 = event['session']
  if type(x61) is not dict: return False
  v = x61['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x61) != 1: return False
  x62 = event['user']
  if type(x62) is not dict: return False
  v = x62['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
  if len(x62) != 1: return False
  x63 = event['search']
  if type(x63) is not dict: return False
  v = x63['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None) or not v.strip()) or v in SET: return False
  if len(x63) != 1:
   x64 = 1
   if 'search_application' in x63:
    x64 += 1
    v = x63['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
   if 'sort' in x63:
    x64 += 1
    x65 = x63['sort']
    if type(x65) is not dict: return False
    v = x65['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
    if len(x65) != 1:
     if len(x65) != 2: return False
     v = x65['direction']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x33: return False
   if 'filters' in x63:
    x64 += 1
    v = x63['filters']
    if type(v) is not dict: return False
    for k, e in v.items():
     v = k
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v): return False
     for v in e if type(e) is list else (e,):
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET or (len(k) + len(v) > 8191 and byte_length(k) + byte_length(v) > 32765): return False
   if 'page' in x63:
    x64 += 1
    x66 = x63['page']
    if type(x66) is not dict: return False
    v = x66['current']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    v = x66['size']
    if type(v) is not int or not 0 <= v <= 2147483647: return False
    if len(x66) != 2: return False
   if 'results' in x63:
    x64 += 1
    x67 = x63['results']
    if type(x67) is not dict: return False
    if len(x67) != 0:
     x68 = 0
     if 'items' in x67:
      x68 += 1
      x69 = x67['items']
      if type(x69) is not list: return False
      for x70 in x69:
       if type(x70) is not dict: return False
       if len(x70) != 0:
        x71 = 0
        if 'document' in x70:
         x71 += 1
         x72 = x70['document']
         if type(x72) is not dict: return False
         v = x72['id']
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
         if len(x72) != 1:
          if len(x72) != 2: return False
          v = x72['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET: return False
        if 'page' in x70:
         x71 += 1
         x73 = x70['page']
         if type(x73) is not dict: return False
         v = x73['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or v in x11 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
         if len(x73) != 1:
          x74 = 1
          if 'title' in x73:
           x74 += 1
           v = x73['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or v in SET: return False
          if 'referrer' in x73:
           x74 += 1
           v = x73['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or v in SET or ('?' in v and x10(v) is not None) or ordinary_url(v) is None or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
          if len(x73) != x74: return False
        if len(x70) != x71: return False
     if 'total_results' in x67:
      x68 += 1
      v = x67['total_results']
      if type(v) is not int or not -2147483648 <= v <= 2147483647: return False
     if len(x67) != x68: return False
    if len(x67.get('items', ())) > x67.get('total_results', 1e9): return False
    if len(x67.get('items', ())) > 1 and len({i['document'].get('id') for i in x67.get('items', ()) if 'document' in i}) < len(x67.get('items', ())): return False
   if len(x63) != x64: return False
  if len(event) != 3:
   x75 = 3
   if 'page' in event:
    x75 += 1
    x76 = event['page']
    if type(x76) is not dict: return False
    v = x76['url']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or v in x11 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
    if len(x76) != 1:
     x77 = 1
     if 'title' in x76:
      x77 += 1
      v = x76['title']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
     if 'referrer' in x76:
      x77 += 1
      v = x76['referrer']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or ('//127.' in v or '//0.0.0.0' in v) or ordinary_url(v) is None or v in SET or ('?' in v and x10(v) is not None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and (('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None))): return False
     if len(x76) != x77: return False
   if 'document' in event:
    x75 += 1
    x78 = event['document']
    if type(x78) is not dict: return False
    v = x78['id']
    if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1].isspace() or v[-1:].isspace()) or v[:1] in STARTS or ('@' in v or '%40' in v) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x7(v) is not None)) or v in SET: return False
    if len(x78) != 1:
     if len(x78) != 2: return False
     v = x78['index']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v[:1] in STARTS or v in SET: return False
   if len(event) != x75: return False
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
