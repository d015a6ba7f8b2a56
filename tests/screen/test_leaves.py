"""The functions that decide which leaves the rules are asked about."""

from __future__ import annotations

from eventlint.screen.leaf_tests import LeafTests
from eventlint.screen.plan import plan_of
from eventlint.spec import Object, compiled, identifier_of, release


def test_the_first_look_up_compiles_a_function() -> None:
    """Most events have only a few suspect leaves, and a process may check only one."""
    identifier = identifier_of("search_click", release("latest").era.events)
    plan, event = plan_of(identifier), compiled(identifier)
    tests = LeafTests(event, plan["events"][identifier], plan["sets"])
    assert not tests
    user = event.fields["user"] if isinstance(event, Object) else None
    assert isinstance(user, Object)
    leaf = id(user.fields["id"])
    assert tests[leaf](" u-1")
    assert not tests[leaf]("u-1")
    assert list(tests) == [leaf]
