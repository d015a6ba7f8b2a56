"""The language server: ``eventlint lsp`` shows in an editor what ``eventlint check`` reports.

All knowledge is in modules that do not import the protocol: documents, positions, settings, diagnostics, and so on.
They work with offsets in bytes. Only ``server``, ``protocol``, ``convert`` and the modules of handlers import ``pygls``
and ``lsprotocol``.
"""
