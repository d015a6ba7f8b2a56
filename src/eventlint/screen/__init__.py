"""Screens: which events certainly have no finding, without reading them as the server does.

Every rule declares, beside its check, a *screen*: terms of a small vocabulary (:mod:`eventlint.screen.terms`) that
over-approximate what the rule reports. The specification and all screens compile to one plan
(:mod:`eventlint.screen.plan`), which is data. The interpreter (:mod:`eventlint.screen.interpreter`) answers *clean* or
*suspect* from the plan alone; a suspect event goes to the full check, which decides.
"""
