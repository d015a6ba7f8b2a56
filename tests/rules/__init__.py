"""The samples of each rule: files in ``<rule>/bad`` that it finds something in, and in ``<rule>/good`` that are clean.

A file is called after the type of its event: ``search.json``, ``search.long.json``. A ``.http`` file holds a request,
and a ``.literal`` file a Python value. ``<rule>/expected.json`` tells what is found in each bad one, and where. To drop
a file into a folder is to add a test.
"""
