"""The configuration of Sphinx."""

import os

from eventlint import __version__

project = "eventlint"
author = "the authors of eventlint"
version = release = __version__
language = "en"
root_doc = "index"
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "tools.docs_site.extension"]
# Examples of mistakes are not valid JSON, on purpose.
suppress_warnings = ["misc.highlighting_failure"]

myst_heading_anchors = 4

autodoc_mock_imports = ["pyarrow", "pyspark"]
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "groupwise"
autodoc_class_signature = "mixed"
python_maximum_signature_line_length = 80
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"eventlint {version}"
html_short_title = "eventlint"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_static_path = ["static"]
html_css_files = ["site.css"]
templates_path = ["templates"]
html_sidebars = {
    "**": [
        *("sidebar/brand.html", "sidebar/search.html", "sidebar/scroll-start.html", "sidebar/navigation.html"),
        *("versions.html", "sidebar/scroll-end.html"),
    ]
}
html_context = {
    "versions": os.environ.get("EVENTLINT_SITE_VERSIONS", "").split(),
    "this_version": os.environ.get("EVENTLINT_SITE_VERSION", ""),
}
html_baseurl = os.environ.get("EVENTLINT_SITE_URL", "")
