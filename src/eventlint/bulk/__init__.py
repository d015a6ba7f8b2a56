"""Checks files of any size: byte ranges that end at newlines, in several processes, with the results in input order.

- :mod:`eventlint.bulk.options`: how a run works, as one value.
- :mod:`eventlint.bulk.planning`: files become tasks: whole files, ranges of a file, and chunks of a stream.
- :mod:`eventlint.bulk.blocks`, :mod:`eventlint.bulk.archives`: bytes become blocks of whole lines.
- :mod:`eventlint.bulk.scanner`: counts the clean events of a block, and returns the lines that are suspect.
- :mod:`eventlint.bulk.block_check`: checks the suspect lines as a whole file is checked.
- :mod:`eventlint.bulk.work`: carries out a task, in this process or in a worker.
- :mod:`eventlint.bulk.pool`, :mod:`eventlint.bulk.worker`: worker processes.
- :mod:`eventlint.bulk.wire`: what workers send back, as bytes.
- :mod:`eventlint.bulk.run`: tasks become results, in order, with line numbers.
- :mod:`eventlint.bulk.split`, :mod:`eventlint.bulk.journal`: output files of lines, and how a run continues.

The only judge is :func:`eventlint.file_check.check_record`.
"""
