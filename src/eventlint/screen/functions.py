"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""

# mypy: ignore-errors
import marshal
from collections.abc import Callable
from functools import lru_cache

from eventlint.jsontext.measures import byte_length, has_surrogate, key_byte_length, query_of, utf16_length
from eventlint.screen.string_tests import ending_before_equals, is_word, searcher, text_after

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
absolute_uri = searcher(globals(), 'absolute_uri', "\\A[A-Za-z][A-Za-z0-9+.\\-]*+:(?:/(?:(?!/)|/(?:(?=[^/?#])(?:[0-9A-Za-z_!.~'()*\\-;:&=+$,]++|%[0-9A-Fa-f]{2}|[^\\x00-\\xa0\\s])*+|\\[(?![0:]*+1\\])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?!(?::*+[0-9A-Fa-f]++){8})(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*+)?+::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*+)?+)\\](?::[0-9]{0,5})?+)(?![^/?#]))(?:[0-9A-Za-z_!.~'()*\\-;/:@&=+$,]++|%[0-9A-Fa-f]{2}|[^\\x00-\\xa0\\s])*+(?:\\?(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\\x00-\\xa0\\s])*+)?+|(?!/)(?=[^#])(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\\x00-\\xa0\\s])*+)(?:#(?:[0-9A-Za-z_!.~'()*\\-;/?:@&=+$,\\[\\]]++|%[0-9A-Fa-f]{2}|[^\\x00-\\xa0\\s])*+)?+\\Z")
has_name = ending_before_equals(('2fa', 'cvc', 'cvv', 'jwt', 'key', 'mdp', 'mfa', 'otc', 'otp', 'pin', 'psk', 'psw', 'pwd', 'sas', 'sid', 'sig', 'ssn', 'sso', 'tkn', 'tok', 'auth', 'code', 'cred', 'csrf', 'hmac', 'iban', 'keys', 'mima', 'otac', 'pass', 'pswd', 'salt', 'seed', 'sess', 'sign', 'xsrf', 'clave', 'creds', 'geslo', 'grant', 'haslo', 'heslo', 'login', 'magic', 'nonce', 'passw', 'proof', 'reset', 'sandi', 'senha', 'sifre', 'state', 'token', 'access', 'authid', 'bearer', 'cookie', 'geheim', 'invite', 'jelszo', 'parola', 'parole', 'passwd', 'pwhash', 'secret', 'ticket', 'tokens', 'unlock', 'verify', 'auth-id', 'auth.id', 'auth_id', 'confirm', 'cookies', 'lozinka', 'matkhau', 'passord', 'passwrd', 'pasword', 'pw-hash', 'pw.hash', 'pw_hash', 'refresh', 'samlart', 'secrets', 'sess-id', 'sess.id', 'sess_id', 'session', 'tokenid', 'wresult', 'activate', 'authdata', 'authhash', 'ccnumber', 'identity', 'kennwort', 'losenord', 'mat-khau', 'mat.khau', 'mat_khau', 'mnemonic', 'passhash', 'password', 'passwort', 'salasana', 'saml-art', 'saml.art', 'saml_art', 'secretid', 'token-id', 'token.id', 'token_id', 'verifier', 'access-id', 'access.id', 'access_id', 'assertion', 'auth-data', 'auth-hash', 'auth.data', 'auth.hash', 'auth_data', 'auth_hash', 'cc-number', 'cc.number', 'cc_number', 'challenge', 'keypairid', 'magiclink', 'pass-hash', 'pass-word', 'pass.hash', 'pass.word', 'pass_hash', 'pass_word', 'passwords', 'pinnumber', 'secret-id', 'secret.id', 'secret_id', 'sessionid', 'signature', 'tokenhash', 'tokenhint', 'activation', 'authheader', 'cardnumber', 'contrasena', 'credential', 'creditcard', 'invitation', 'magic-link', 'magic.link', 'magic_link', 'motdepasse', 'passphrase', 'pin-number', 'pin.number', 'pin_number', 'rememberme', 'seedphrase', 'session-id', 'session.id', 'session_id', 'sessionref', 'token-hash', 'token-hint', 'token.hash', 'token.hint', 'token_hash', 'token_hint', 'tokenvalue', 'wachtwoord', 'accesskeyid', 'adgangskode', 'auth-header', 'auth.header', 'auth_header', 'bankaccount', 'card-number', 'card.number', 'card_number', 'credentials', 'credit-card', 'credit.card', 'credit_card', 'key-pair-id', 'key.pair.id', 'key_pair_id', 'pass-phrase', 'pass.phrase', 'pass_phrase', 'remember-me', 'remember.me', 'remember_me', 'samlrequest', 'secretvalue', 'seed-phrase', 'seed.phrase', 'seed_phrase', 'session-ref', 'session.ref', 'session_ref', 'slaptazodis', 'token-value', 'token.value', 'token_value', 'tokenstring', 'bank-account', 'bank.account', 'bank_account', 'confirmation', 'mot-de-passe', 'mot.de.passe', 'mot_de_passe', 'passwordhash', 'privatekeyid', 'saml-request', 'saml.request', 'saml_request', 'samlresponse', 'secret-value', 'secret.value', 'secret_value', 'secretanswer', 'token-string', 'token.string', 'token_string', 'verification', 'access-key-id', 'access.key.id', 'access_key_id', 'authorisation', 'authorization', 'connectionuri', 'password-hash', 'password.hash', 'password_hash', 'passwordagain', 'privatekeypem', 'saml-response', 'saml.response', 'saml_response', 'secret-answer', 'secret.answer', 'secret_answer', 'secretkeybase', 'signedrequest', 'authentication', 'connection-uri', 'connection.uri', 'connection_uri', 'passportnumber', 'password-again', 'password.again', 'password_again', 'passworddigest', 'passwordrepeat', 'private-key-id', 'private.key.id', 'private_key_id', 'recoveryphrase', 'securityanswer', 'signed-request', 'signed.request', 'signed_request', 'captcharesponse', 'passport-number', 'passport.number', 'passport_number', 'password-digest', 'password-repeat', 'password.digest', 'password.repeat', 'password_digest', 'password_repeat', 'private-key-pem', 'private.key.pem', 'private_key_pem', 'recovery-phrase', 'recovery.phrase', 'recovery_phrase', 'secret-key-base', 'secret.key.base', 'secret_key_base', 'security-answer', 'security.answer', 'security_answer', 'captcha-response', 'captcha.response', 'captcha_response', 'connectionstring', 'connection-string', 'connection.string', 'connection_string', 'turnstileresponse', 'turnstile-response', 'turnstile.response', 'turnstile_response', 'socialsecuritynumber', 'social-security-number', 'social.security.number', 'social_security_number'))
x12 = searcher(globals(), 'x12', '%(?:25|2[DdEe]|3[0-9Dd]|4[1-9A-Fa-f]|5[0-9AaFf]|5[Dd]=|6[1-9A-Fa-f]|7[0-9Aa]|[Ee]2%84%[Aa][Aa])')
x13 = searcher(globals(), 'x13', '[=/\\?\\#](?:1//|A(?:[BS]I|C|GE|[It]z|K[CI]|PA|Q[EV]|T[ABCO])|BBD|C(?:CI|FP)|E(?:AA|Z[AT])|F(?:LW|ly)|G(?:OC|R1)|HRK|IG[AQ]|LTA|NR[AIJ]|PMA|S(?:G\\.|K)|YCA|a(?:cc|mz|pi)|bk[acu]|c(?:f[au]|io|mV)|d(?:ap|ck|is|ke|o[oprs]|p\\.|t0|uf)|e(?:ss|yJ)|f(?:i[go]|m[12]|o1)|g(?:h[oprsu]|it|l[acdfioprs]|sk)|h(?:f_|oo|v[brs])|jin|key|l(?:in|sv)|mob|n(?:f[cop]|pm|se|tn)|oy2|p(?:at|h[csx]|k_|n[bu]|[pu]l|sc|yp)|r(?:[8k]_|dm|nd|ub|zp)|s(?:b[_p]|dk|e[cs]|gp|h[ip]|k[\\-\\._]|l\\.|nt|q[0apu])|t(?:[1k]\\.|fp|sk|vl)|v(?:\\^1|cp|er)|whs|x(?:a[ip]|ke|ox|pr|sm|wf)|ya2)')
follows = text_after('=/?#', ('1//0', 'ABIA', 'AC', 'AGE-SECRET-KEY-1', 'AIza', 'AKCp', 'AKIA', 'AKID', 'APA91b', 'AQE', 'AQVN', 'ASIA', 'ATATT3', 'ATBB', 'ATCTT3', 'ATOA', 'Atza|', 'Atzr|', 'BBDC-', 'CCIPAT_', 'CCIPRJ_', 'CFPAT-', 'EAAAE', 'EAAAl', 'EAAB', 'EAAC', 'EAAG', 'EAAJ', 'EZAK', 'EZTK', 'FLWSECK-', 'FLWSECK_', 'FlyV1', 'GOCSPX-', 'GR1348941', 'HRKU-', 'IGAA', 'IGQV', 'LTAI', 'NRAK-', 'NRAL-', 'NRII-', 'NRJS-', 'PMAK-', 'SG.', 'SK', 'YCAJ', 'access-development-', 'access-production-', 'access-sandbox-', 'access_token$production$', 'access_token$sandbox$', 'amzn.mws.', 'api_org_', 'apify_api_', 'bkaj_', 'bkct_', 'bkua_', 'cfat_', 'cfut_', 'cio', 'cmVmdGtu', 'dapi', 'dckr_oat_', 'dckr_pat_', 'discord.com/api/webhooks/', 'discordapp.com/api/webhooks/', 'dkea', 'doo_v1_', 'dop_v1_', 'dor_v1_', 'dose', 'dp.audit.', 'dp.ct.', 'dp.pt.', 'dp.sa.', 'dp.scim.', 'dp.st.', 'dt0c01.', 'dt0s01.', 'dt0s02.', 'duffel_live_', 'duffel_test_', 'essu_', 'eyJ', 'figd_', 'figo_', 'figu_', 'fio-u-', 'fm1r_', 'fm2_', 'fo1_', 'gho_', 'ghp_', 'ghr_', 'ghs_', 'ghu_', 'github_pat_', 'glagent-', 'glc_', 'glcbt-', 'gldt-', 'glffct-', 'glft-', 'glimt-', 'gloas-', 'glpat-', 'glptt-', 'glrt-', 'glsa_', 'glsoat-', 'gsk_', 'hf_', 'hooks.slack.com/services/', 'hooks.slack.com/workflows/', 'hooks.zapier.com/hooks/catch/', 'hvb.', 'hvr.', 'hvs.', 'jina_', 'key-', 'lin_api_', 'lin_oauth_', 'lsv2_pt_', 'lsv2_sk_', 'mob-', 'nfc_', 'nfo_', 'nfp_', 'npm_', 'nsec1', 'ntn_', 'oy2', 'pat', 'phc_', 'phs_', 'phx_', 'pk_live_', 'pk_test_', 'pnb_', 'pnu_', 'pplx-', 'pscale_oauth_', 'pscale_pw_', 'pscale_tkn_', 'pul-', 'pypi-', 'r8_', 'rdme_', 'rk_live_', 'rk_test_', 'rnd_', 'rubygems_', 'rzp_live_', 'rzp_test_', 'sb_secret_', 'sbp_', 'sdk-', 'secret_', 'sess-', 'sgp_', 'shippo_live_', 'shippo_test_', 'shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_', 'sk-', 'sk.eyJ', 'sk_live_', 'sk_test_', 'sl.', 'sntrya_', 'sntrys_', 'sntryu_', 'sq0atp-', 'sq0csp-', 'sq0idp-', 'sqa_', 'sqp_', 'squ_', 't1.9eu', 'tfp_', 'tk.eyJ', 'tskey-', 'tvly-', 'v^1.1#i^1#', 'vcp_', 'vercel_', 'whsec_', 'xai-', 'xapp-', 'xkeysib-', 'xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xprv', 'xsmtpsib-', 'xwfp-', 'ya29.'))
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
  if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
  if len(x11) != 1:
   x15 = 1
   if 'title' in x11:
    x15 += 1
    v = x11['title']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'referrer' in x11:
    x15 += 1
    v = x11['referrer']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
   if len(x11) != x15: return False
  if len(event) != 3:
   if len(event) != 4: return False
   x16 = event['document']
   if type(x16) is not dict: return False
   v = x16['id']
   if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
   if len(x16) != 1:
    if len(x16) != 2: return False
    v = x16['index']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
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
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x31) != 1: return False
  x32 = event['user']
  if type(x32) is not dict: return False
  v = x32['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x32) != 1: return False
  x33 = event['search']
  if type(x33) is not dict: return False
  v = x33['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None) or not v.strip()) or v in SET: return False
  if len(x33) != 1:
   x34 = 1
   if 'search_application' in x33:
    x34 += 1
    v = x33['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'sort' in x33:
    x34 += 1
    x35 = x33['sort']
    if type(x35) is not dict: return False
    v = x35['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
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
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
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
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
         if len(x43) != 1:
          if len(x43) != 2: return False
          v = x43['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
        if 'page' in x41:
         x42 += 1
         x44 = x41['page']
         if type(x44) is not dict: return False
         v = x44['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
         if len(x44) != 1:
          x45 = 1
          if 'title' in x44:
           x45 += 1
           v = x44['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
          if 'referrer' in x44:
           x45 += 1
           v = x44['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or (ordinary_url(v) is None and absolute_uri(v) is None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
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
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x64) != 1: return False
  x65 = event['user']
  if type(x65) is not dict: return False
  v = x65['id']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
  if len(x65) != 1: return False
  x66 = event['search']
  if type(x66) is not dict: return False
  v = x66['query']
  if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None) or not v.strip()) or v in SET: return False
  if len(x66) != 1:
   x67 = 1
   if 'search_application' in x66:
    x67 += 1
    v = x66['search_application']
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if 'sort' in x66:
    x67 += 1
    x68 = x66['sort']
    if type(x68) is not dict: return False
    v = x68['name']
    if type(v) is not str or ((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
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
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765): return False
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
         if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
         if len(x75) != 1:
          if len(x75) != 2: return False
          v = x75['index']
          if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
        if 'page' in x73:
         x74 += 1
         x76 = x73['page']
         if type(x76) is not dict: return False
         v = x76['url']
         if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
         if len(x76) != 1:
          x77 = 1
          if 'title' in x76:
           x77 += 1
           v = x76['title']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
          if 'referrer' in x76:
           x77 += 1
           v = x76['referrer']
           if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or (ordinary_url(v) is None and absolute_uri(v) is None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
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
    if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
    if len(x79) != 1:
     x80 = 1
     if 'title' in x79:
      x80 += 1
      v = x79['title']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
     if 'referrer' in x79:
      x80 += 1
      v = x79['referrer']
      if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))): return False
     if len(x79) != x80: return False
   if 'document' in event:
    x78 += 1
    x81 = event['document']
    if type(x81) is not dict: return False
    v = x81['id']
    if type(v) is not str or not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET: return False
    if len(x81) != 1:
     if len(x81) != 2: return False
     v = x81['index']
     if type(v) is not str or (not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET: return False
   if len(event) != x78: return False
  else: return False
  if event.get('user', NONE).get('id', None) == event.get('session', NONE).get('id', None): return False
  if (items := event.get('search', NONE).get('results', NONE).get('items', None)) and {'document': event.get('document')} not in items and {'page': event.get('page')} not in items: return False
 except Exception: return False
 return True
def leaf0(v):
 return bool(not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 8191 and byte_length(v) > 32766) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET)
def leaf1(v):
 return bool(not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET)
def leaf2(v):
 return bool((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))))
def leaf3(v):
 return bool((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET)
def leaf4(v):
 return bool((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))))
def leaf5(v):
 return bool(not (v.isascii() and (v.isalnum() or is_word(v)) and len(v) <= 1024) and ((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None) or not v.strip()) or v in SET)
def leaf6(v):
 return bool(((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or (len(v) > 512 and utf16_length(v) > 1024) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET)
def leaf7(v):
 return bool((not v.isascii() and has_surrogate(v)) or (len(v) > 512 and utf16_length(v) > 1024) or v not in x36)
@lru_cache(4)
def leaf8_key(v):
 return bool((not v.isascii() and has_surrogate(v)) or (len(v) > 12500 and byte_length(v) > 50000) or ('\x00' in v))
def leaf8(k, v):
 return leaf8_key(k) or bool((not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET or (len(k) + len(v) > 8191 and key_byte_length(k) + byte_length(v) > 32765))
def leaf9(v):
 return bool(False)
def leaf10(v):
 return bool(not (v.isascii() and (v.isalnum() or is_word(v))) and (((v < '!' or not v.isascii()) and (has_surrogate(v) or not v.strip(WHITE_SPACE))) or ((v[:1].isspace() or v[-1:].isspace()) and not v.isspace()) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or (('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None)) or v in SET)
def leaf11(v):
 return bool((not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or v in SET)
def leaf12(v):
 return bool((not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or (ordinary_url(v) is None and absolute_uri(v) is None) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or v in x14 or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))))
def leaf13(v):
 return bool((not v.isascii() and has_surrogate(v)) or (v[:1] in STARTS and v[-1:] in ENDS) or (v[:1] in x7 and v[-1:] in x8) or ('//127.' in v or '//0.0.0.0' in v) or v in SET or (('=' in v and has_name(v) or '%' in v and x12(v) is not None)) or (x13(v) is not None and follows(v)) or (ordinary_url(v) is None and absolute_uri(v) is None) or ('local' in v.lower()) or '?' in v and (v := query_of(v)) and (not (v.isascii() and (v.isalnum() or is_word(v))) and ((('@' in v or '%40' in v or '＠' in v) and ('.' in v or '[' in v)) or (('+' in v or '%2B' in v) and search(v) is not None) or (len(v) >= 12 and x9(v) is not None))))
def leaf14(v):
 return bool(False)
FUNCTIONS: dict[tuple[str, tuple[str, ...]], Callable[[object], bool]] = {
    ('urn:eventlint:event:page_view:1-0-0', ('refuse',)): clean0,
    ('urn:eventlint:event:page_view:1-0-0', ('refuse', 'report')): clean1,
    ('urn:eventlint:event:search:1-0-0', ('refuse',)): clean2,
    ('urn:eventlint:event:search:1-0-0', ('refuse', 'report')): clean3,
    ('urn:eventlint:event:search_click:1-0-0', ('refuse',)): clean4,
    ('urn:eventlint:event:search_click:1-0-0', ('refuse', 'report')): clean5,
}
LEAVES: dict[str, Callable[..., bool]] = {
    '{"kind": "string", "refuse": [["unencodable"], ["blank", "\\t\\n\\u000b\\f\\r\\u001c\\u001d\\u001e\\u001f \\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2008\\u2009\\u200a\\u2028\\u2029\\u205f\\u3000"]], "report": [["max_bytes", 32766], ["max_utf16", 1024], ["malformed"], ["whitespace_ends"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]}': leaf0,
    '{"kind": "string", "refuse": [["unencodable"], ["blank", "\\t\\n\\u000b\\f\\r\\u001c\\u001d\\u001e\\u001f \\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2008\\u2009\\u200a\\u2028\\u2029\\u205f\\u3000"]], "report": [["max_utf16", 1024], ["malformed"], ["whitespace_ends"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]}': leaf1,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["url"], ["max_utf16", 1024], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["in_query", [["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]], ["parameter", {"set": "s1"}], ["contains_any_after", "=/?#", {"set": "s2"}], ["in_set", [""]], ["contains_any", ["//127.", "//0.0.0.0"]], ["contains_any_ignoring_case", ["local"]]]}': leaf2,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["max_utf16", 1024], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"]]}': leaf3,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["url"], ["max_utf16", 1024], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["in_query", [["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]], ["parameter", {"set": "s1"}], ["contains_any_after", "=/?#", {"set": "s2"}], ["contains_any", ["//127.", "//0.0.0.0"]], ["contains_any_ignoring_case", ["local"]]]}': leaf4,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["max_utf16", 1024], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4], ["whitespace"]]}': leaf5,
    '{"kind": "string", "refuse": [["unencodable"], ["blank", "\\t\\n\\u000b\\f\\r\\u001c\\u001d\\u001e\\u001f \\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2008\\u2009\\u200a\\u2028\\u2029\\u205f\\u3000"]], "report": [["max_utf16", 1024], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"]]}': leaf6,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["max_utf16", 1024], ["malformed"], ["not_in_set", ["asc", "desc"]]]}': leaf7,
    '{"kind": "entries", "key": {"refuse": [["unencodable"], ["max_bytes", 50000]], "report": [["contains_any", ["\\u0000"]], ["malformed"]]}, "value": {"refuse": [["unencodable"]], "report": [["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"]]}, "pair": {"refuse": [], "report": [["max_bytes_with_key", 32765]]}}': leaf8,
    '{"kind": "integer", "minimum": 0, "maximum": 2147483647, "refuse": [], "report": [["not_integer"]]}': leaf9,
    '{"kind": "string", "refuse": [["unencodable"], ["blank", "\\t\\n\\u000b\\f\\r\\u001c\\u001d\\u001e\\u001f \\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2008\\u2009\\u200a\\u2028\\u2029\\u205f\\u3000"]], "report": [["malformed"], ["whitespace_ends"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]}': leaf10,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"]]}': leaf11,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["url"], ["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["in_query", [["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]], ["parameter", {"set": "s1"}], ["contains_any_after", "=/?#", {"set": "s2"}], ["in_set", [""]], ["contains_any", ["//127.", "//0.0.0.0"]], ["contains_any_ignoring_case", ["local"]]]}': leaf12,
    '{"kind": "string", "refuse": [["unencodable"]], "report": [["malformed"], ["in_set", {"set": "s0"}], ["starts_and_ends_with_any", "#$<[{", ">]}"], ["starts_and_ends_with_any", "%", ")}ds"], ["in_query", [["contains_any_before", ["@", "%40", "\\uff20"], [".", "["]], ["digits_after", 8, ["+", "%2B"]], ["digit_groups", 3, 3, 4]]], ["parameter", {"set": "s1"}], ["contains_any_after", "=/?#", {"set": "s2"}], ["url"], ["contains_any", ["//127.", "//0.0.0.0"]], ["contains_any_ignoring_case", ["local"]]]}': leaf13,
    '{"kind": "integer", "minimum": -2147483648, "maximum": 2147483647, "refuse": [], "report": [["not_integer"]]}': leaf14,
}
