"""`kg build` and `kg export`: the RDF files, the graph in other formats."""

from __future__ import annotations

from pathlib import Path

from kg.cli.commands import KgCommand
from kg.cli.loading import folder_of, read_dataset, read_with_faults
from kg.cli.options import Session, build_command, text_option
from kg.errors import UsageError
from kg.words import Words

EXPORT_FORMATS = ("json", "csv", "turtle", "trig", "nquads", "jsonld")


def build_command_(words: Words) -> KgCommand:
    """`kg build -o DIR`, `kg build --store DIR`."""
    return build_command(words, "build", _build, params=[text_option(words, "--store", "folder")])


def _build(session: Session, store: str | None) -> None:
    from kg.export.linked_data import rdf_files
    from kg.files import write_atomic_dir

    if store is None:
        _needed_output(session, "kg build -o DIR")
    dataset, faults = read_with_faults(session)
    files = rdf_files(dataset)
    if session.output is not None:
        write_atomic_dir(Path(session.output), files)
        session.note("written_files", path=session.output, names=" ".join(sorted(files)))
    if store is not None:
        from kg.store.bulk import write_store

        write_store(Path(store), files["all.nq"], faults=faults)
        session.note("written", path=store)


def export_command(words: Words) -> KgCommand:
    """`kg export --format F`."""
    return build_command(words, "export", _export, formats=EXPORT_FORMATS)


def _export(session: Session) -> None:
    if session.format == "csv":
        _export_ledger(session)
        return
    dataset = read_dataset(session)
    if session.format == "json":
        from kg.export.graph_json import to_json

        session.write(to_json(dataset))
    else:
        from kg.export.linked_data import to_rdf

        session.write(to_rdf(dataset, session.format))


def _export_ledger(session: Session) -> None:
    """Write the tables, and beside them the policy and the reviews that the data have."""
    from kg.export.ledger_csv import to_ledger
    from kg.files import write_atomic_dir
    from kg.sources.beside import read_side_files

    output = _needed_output(session, "kg export --format csv -o DIR")
    files = to_ledger(read_dataset(session)) | read_side_files(folder_of(session))
    write_atomic_dir(Path(output), files)
    session.note("written_files", path=output, names=" ".join(sorted(files)))


def _needed_output(session: Session, example: str) -> str:
    if session.output is None:
        raise UsageError("output-needed", where="-o", example=example)
    return session.output
