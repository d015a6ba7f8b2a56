"""Screens: which events certainly have no finding, without reading them as the server does.

Every rule declares, beside its check, a *screen*: terms of a small vocabulary (:mod:`eventlint.screen.terms`) that
over-approximate what the rule reports. The specification and all screens compile to one plan, which is data
(:mod:`eventlint.screen.plan`, :mod:`eventlint.screen.plan_compiler`). Functions generated from the plan alone
(:mod:`eventlint.screen.code_generator`, :mod:`eventlint.screen.fast_path`) answer *clean* or *suspect*. A suspect event
goes to the full check, which decides.
"""
