"""Screens: which events certainly have no finding, without reading them as the server does.

Every rule declares, beside its check, a *screen*: terms of a small vocabulary (:mod:`eventlint.screen.terms`) that
over-approximate what the rule reports. The specification and all screens compile to one plan, which is data
(:mod:`eventlint.screen.plan`, :mod:`eventlint.screen.plan_compiler`). Functions generated from the plan alone
(:mod:`eventlint.screen.code_generator`) answer *clean* or *suspect*; a suspect event goes to the full check, which
decides.
"""
