"""Samples of each rule: files in ``<rule>/bad`` have findings of the rule, and files in ``<rule>/good`` have none.

The name of a file starts with its event type: ``search.json``, ``search.long.json``. A ``.http`` file contains a
request, and a ``.literal`` file a Python value. ``<rule>/expected.json`` lists the findings in each bad file. To add a
test, add a file.
"""
