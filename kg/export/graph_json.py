"""A data set → graph JSON, the form that `kg --data graph.json` reads back."""

from __future__ import annotations

import json

from kg.document import dataset_document
from kg.model import Dataset


def to_json(dataset: Dataset) -> bytes:
    """The `kg-graph/1` document in UTF-8: two spaces of indent, one line feed at the end.

    Examples
    --------
    >>> from kg.model import Kind, Node
    >>> json.loads(to_json(Dataset((Node("d1", Kind.DIRECTIVE),))))["nodes"][0]["kind"]
    'directive'
    """
    text = json.dumps(dataset_document(dataset), ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8")
