"""Who looks, and what they may: asked here by every page, before anything of it is drawn and where anything is written.

The rule is in ccm_data/access.py, the sign-in itself is Streamlit's (`[auth]` in secrets.toml, OpenID Connect).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitSecretNotFoundError

from ccm_data import access as rules
from ccm_data import escape
from ccm_data.access import Access, Role
from ccm_data.errors import CcmError
from ccm_data.vocab import Confidentiality

PRODUCT = "CCM universalization"
TO_THE_PUBLIC = ("map", "state", "votes", "changes", "data")
"""Pages that are shown to the public: facts and public entries, no advice, no order of states, nothing to write."""
TO_THE_TEAM = ("desk",)
"""Pages that are not shown to viewers: they are about the work of those who make the calls."""
_VISITOR = "_visitor"


def access() -> Access:
    """How this server serves. Raises CcmError for settings that are none, or that leave it naked."""
    return rules.configured(_secrets(), _reached_by(), public=rules.is_public())


def _secrets() -> dict[str, Any]:
    """The secrets; none where there is no such file. A file that cannot be read is no reason to do without sign-in."""
    try:
        return st.secrets.to_dict()
    except (StreamlitSecretNotFoundError, OSError, ValueError) as error:
        named = [Path(one) for one in st.get_option("secrets.files")]
        if config.is_manually_set("secrets.files") or any(one.exists() for one in named):
            raise CcmError(
                f"The secrets cannot be read from {', '.join(map(str, named))}: {' '.join(str(error).split())}"
            ) from error
        return {}


def _reached_by() -> list[str]:
    """The address and the hosts by which others reach this server; a blank one is every one there is."""
    if st.get_option("server.trustedUserHeaders"):
        raise CcmError(
            "server.trustedUserHeaders is set, but whoever reaches the port can write such headers; remove it and let "
            "people sign in ([auth] in secrets.toml)."
        )
    hosts = st.get_option("server.allowedHosts") or [""]
    return [st.get_option("server.address") or "", *hosts, *st.get_option("server.corsAllowedOrigins")]


@dataclass(frozen=True)
class Visitor:
    """Who looks: what the provider says of them, None for who has not signed in, at a server that serves so."""

    access: Access
    person: Mapping[str, Any] | None

    @cached_property
    def role(self) -> Role | None:
        """What they may; None is no role."""
        return self.access.role(self.person)


def look() -> Visitor:
    """See anew who looks; a run of a page does so once. Raises CcmError as `access`."""
    st.session_state.pop(_VISITOR, None)
    served = access()
    person = dict(st.user.to_dict()) if served.signs_in and st.user.get("is_logged_in") else None
    st.session_state[_VISITOR] = seen = Visitor(served, person)
    return seen


def _visitor() -> Visitor:
    held: Visitor | None = st.session_state.get(_VISITOR)
    return held or look()


def role() -> Role | None:
    """The role of whoever looks; None for no role."""
    return _visitor().role


def audience() -> Confidentiality:
    """The most confidential entries that whoever looks may see."""
    return (role() or Role.VIEWER).sees


def is_public() -> bool:
    """Whether whoever looks is nobody in particular, at a server that is not their own."""
    return not is_signed_in() and not _visitor().access.is_own


def is_signed_in() -> bool:
    """Whether whoever looks has signed in."""
    return _visitor().person is not None


def may_write() -> bool:
    """Whether whoever looks may change the log, the plan and the facts."""
    return bool((mine := role()) and mine.writes)


def administers() -> bool:
    """Whether whoever looks may undo what others did to the facts, and restore a whole history."""
    return bool((mine := role()) and mine.administers)


def signature() -> str:
    """How whoever signed in signs an edit; blank for who did not."""
    return rules.signature(person) if (person := _visitor().person) else ""


def name() -> str:
    """What whoever signed in is called; blank for who did not."""
    return rules.called(person) if (person := _visitor().person) else ""


def opens(page: str) -> bool:
    """Whether a page is shown to whoever looks."""
    if is_public():
        return page in TO_THE_PUBLIC
    return page not in TO_THE_TEAM or role() is not Role.VIEWER


def to_whom(page: str) -> str:
    """To whom a page is not shown of whom whoever looks is one, as "to viewers"; blank for a page that is shown."""
    return "" if opens(page) else "to the public" if is_public() else f"to {Role.VIEWER.value}s"


def gate() -> None:
    """End the page here for whoever may not see anything: with a way to sign in, or the one sentence that says why."""
    try:
        seen = look()
        if seen.role and (seen.person is None or rules.signature(seen.person)):
            return
    except CcmError as error:
        st.title(PRODUCT, anchor=False)
        st.error(escape.markdown(error), icon=":material/lock:")
        st.stop()
    st.title(PRODUCT, anchor=False)
    if seen.person is None:
        st.markdown("For the coordinators of universalization and those they work with.")
        _buttons(seen.access)
    else:
        st.warning(
            f"{escape.markdown(rules.signature(seen.person))} has no role here; ask an administrator for one.",
            icon=":material/lock:",
        )
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, key="_sign_out")
    st.stop()


def _buttons(given: Access) -> None:
    for provider in given.providers or ("",):
        st.button(
            f"Sign in with {escape.markdown(provider)}" if provider else "Sign in", icon=":material/login:",
            type="primary", on_click=st.login, args=(provider,) if provider else (), key=f"_sign_in_{provider}",
        )  # fmt: skip


def offer(bar: DeltaGenerator) -> None:
    """A way to sign in, for who sees the public's part of a server where people sign in."""
    if is_public() and _visitor().access.signs_in:
        with bar:
            _buttons(_visitor().access)


def panel() -> None:
    """Who signed in, as what, and the way out."""
    if mine := role() if is_signed_in() else None:
        st.text(signature())
        st.caption(mine.label)
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, key="_sign_out", width="stretch")
