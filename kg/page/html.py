"""The page as one file: own template, everything inlined, a policy that lets nothing else run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kg.analysis.coverage import Coverage
from kg.model import Basis, Dataset, Finding, Mention, QuoteStatus
from kg.page.choice import Part, choose_part
from kg.page.compact import to_compact
from kg.page.data import Opening, build_data, choose_layout
from kg.page.network import build_network, read_vis_source, to_drawing
from kg.words import load_words

if TYPE_CHECKING:
    from pyvis.network import Network

# The page's modules in the order in which they are put together.
MODULES: Final = (
    "dom",
    "unpack",
    "store",
    "words",
    "state",
    "shapes",
    "packing",
    "motion",
    "labels",
    "long",
    "visible",
    "unfold",
    "cells",
    "answer",
    "legend",
    "matrix",
    "gaps",
    "evidence",
    "facts",
    "reading",
    "panel",
    "search",
    "table",
    "drawing",
    "graph",
    "exports",
    "help",
    "keys",
    "main",
)

_IMPORT: Final = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_COMMENT: Final = re.compile(r"^//.*\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)
# What could end a script element or a line of it; and a lone surrogate, which is no UTF-8.
_UNSAFE_IN_SCRIPT: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def build_page(
    dataset: Dataset,
    coverage: Coverage,
    gaps: Sequence[Finding],
    *,
    lang: str = "zh",
    basis: Basis = Basis.STATED,
    quote_statuses: Mapping[Mention, QuoteStatus] | None = None,
    texts: Mapping[str, str] | None = None,
    part: Part | None = None,
    title: str | None = None,
) -> bytes:
    """The interactive page of a data set: one HTML file that needs no network.

    Parameters
    ----------
    dataset
        A data set without faults that would drop a row.
    coverage, gaps
        Its coverage, and its findings KG1xx to KG4xx.
    lang
        The language it opens in; the page holds both.
    basis
        The basis it opens at.
    quote_statuses
        What became of each quote (as `kg check` finds it); without, each is unverified.
    texts
        Source texts by source id, for the reading view; `None` to hold no text.
    part
        What is drawn; `None` for all that a page can hold.
    title
        Stands in place of the data set's own title.

    Returns
    -------
    bytes
        UTF-8; the same input gives the same bytes.

    Raises
    ------
    SourceError
        Where the installed vis-network is not the one the page was built with.
    """
    part = part or choose_part(dataset)
    layout = choose_layout(dataset, part=part, lang=lang)
    network = build_network(dataset.nodes, dataset.links, layout.spots)
    data = build_data(
        dataset,
        coverage,
        gaps,
        layout=layout,
        part=part,
        opening=Opening(lang, basis, title),
        quote_statuses=quote_statuses,
        texts=texts,
    )
    return render_page(data, network)


def render_page(data: Mapping[str, Any], network: Network) -> bytes:
    """The page of prepared data and a network: what is drawn is exactly what the network has.

    Parameters
    ----------
    data
        A document of `build_data`.
    network
        A network of `build_network`; nodes and edges taken out of it are not drawn.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    scripts = [read_vis_source(), read_script()]
    style = _read_static("style.css")
    lang = data["lang"]
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    template = environment.from_string(_read_static("page.html.j2"))
    html = template.render(
        lang=lang,
        policy=_policy(scripts, style),
        title=data["dataset"]["title"][0 if lang == "zh" else 1],
        say=load_words(lang).say,
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        data=Markup(to_script_json(to_compact(data, to_drawing(network)))),
    )
    return html.encode("utf-8")


def read_script() -> str:
    """The page's own modules as one script.

    Every module stands in one scope, so what they import from each other is already there:
    only the `import` lines, the word `export`, comments and indents are taken out.
    """
    parts = [_read_static(f"{name}.mjs") for name in MODULES]
    for pattern in (_INDENT, _IMPORT, _COMMENT, _EXPORT):
        parts = [pattern.sub("", part) for part in parts]
    return "\n" + "".join(parts)


def to_script_json(document: Mapping[str, Any]) -> str:
    r"""JSON that can stand inside a script element: nothing in it ends the element.

    >>> to_script_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _read_static(name: str) -> str:
    text = files(__package__).joinpath("static", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _policy(scripts: Sequence[str], style: str) -> str:
    """Nothing may be loaded from anywhere; only these very scripts and this style run."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
