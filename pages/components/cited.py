"""A sentence with what it rests on, as small links."""

from __future__ import annotations

from collections.abc import Iterable

from ccm_data import escape
from pages.components.frame import Context


def cited(context: Context, said: str, source_ids: Iterable[str]) -> str:
    """The words as Markdown, then a small link to each source; a source's publisher is told on hover."""
    known = context.workspace.sources
    links: dict[str, str] = {}
    for one in source_ids:
        if one in known.index and (row := known.loc[one])["url"]:
            links.setdefault(str(row["url"]), str(row["publisher"] or row["title"]).replace('"', "'"))
    shown = " ".join(f':small[[source](<{url}> "{escape.markdown(name)}")]' for url, name in links.items())
    return f"{escape.markdown(said)} {shown}".rstrip()
