"""Which thing of a data set a person means: by id, by IRI, or by words of its name."""

from __future__ import annotations

import unicodedata

from kg.model import Dataset


def find_named(dataset: Dataset, text: str) -> tuple[str, ...]:
    """The ids that a text may mean, sorted; one where it is plain, none where nothing fits.

    An id or an IRI means itself. Else a name, in either language, that is the text; else
    every name that holds all its words. Width, case and invisible characters do not matter.

    Examples
    --------
    >>> from kg.model import Kind, Node
    >>> nodes = (
    ...     Node("d1", Kind.DIRECTIVE, zh="深化平安建设"),
    ...     Node("m1", Kind.MEASURE, zh="平安建设考核"),
    ... )
    >>> dataset = Dataset(nodes)
    >>> find_named(dataset, "d1"), find_named(dataset, dataset.iri("m1"))
    (('d1',), ('m1',))
    >>> find_named(dataset, "平安"), find_named(dataset, "平安 考核")
    (('d1', 'm1'), ('m1',))
    """
    ids = {item.id for item in dataset.items}
    if text in ids:
        return (text,)
    if text.startswith(dataset.base_iri):
        return tuple(sorted(item for item in ids if dataset.iri(item) == text))
    wanted = _plain(text)
    if not wanted:
        return ()
    names = {node.id: (_plain(node.zh), _plain(node.en)) for node in dataset.nodes}
    whole = sorted(item for item, both in names.items() if wanted in both)
    if whole:
        return tuple(whole)
    words = wanted.split()
    return tuple(
        sorted(
            item
            for item, both in names.items()
            if any(all(word in name for word in words) for name in both)
        )
    )


def _plain(text: str) -> str:
    """A text by which names are compared."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", visible).casefold().split())
