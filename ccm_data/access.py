"""Who may see and do what: the roles, who has which, and whether a server may be reached as it is set up.

Three ways to serve: to oneself (nobody signs in, only this machine reaches it), to those who sign in, to the public.
`configured` says which it is; `Access.role` says what somebody may. pages/components/sign_in.py knows who looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from ccm_data.errors import CcmError
from ccm_data.vocab import Confidentiality, Term, codes

PUBLIC = "CCM_PUBLIC"
"""The environment variable that serves the public."""

SECRET_LENGTH = 32
"""Characters of a cookie secret at least: who guesses it can be anybody."""


CALLBACK = "/oauth2callback"
"""Where the provider sends people back to; Streamlit's."""


class Role(Term):
    """What somebody may, each more than the one before."""

    VIEWER = "viewer", "Viewer"
    PARTNER = "partner", "Partner"
    EDITOR = "editor", "Editor"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def sees(self) -> Confidentiality:
        """The most confidential entries that may be sent to this role."""
        return {Role.VIEWER: Confidentiality.PUBLIC, Role.PARTNER: Confidentiality.PARTNERS}.get(
            self, Confidentiality.INTERNAL
        )

    @property
    def writes(self) -> bool:
        """Whether it changes the log, the plan and the facts."""
        return self in (Role.EDITOR, Role.ADMINISTRATOR)

    @property
    def administers(self) -> bool:
        """Whether it undoes what others did to the facts, and restores a whole history of the log."""
        return self is Role.ADMINISTRATOR


def narrower(one: Confidentiality, other: Confidentiality) -> Confidentiality:
    """The one of two circles of readers that sees less."""
    return min(one, other, key=list(Confidentiality).index)


@dataclass(frozen=True)
class Access:
    """Who has which role on a server.

    signs_in: whether people sign in, with `providers` by name, blank for the one without. unsigned: the role of whoever
    has not; None where that is refused. people: role by e-mail; groups: role by "@domain" and by value of `claim`;
    default: the role of who signed in and is named nowhere. E-mails and domains are in lower case.
    """

    signs_in: bool
    unsigned: Role | None
    people: Mapping[str, Role] = field(default_factory=dict)
    groups: Mapping[str, Role] = field(default_factory=dict)
    claim: str = ""
    default: Role | None = None
    providers: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether whoever reaches the server is at its own machine, and may do all."""
        return self.unsigned is Role.ADMINISTRATOR

    def role(self, person: Mapping[str, Any] | None) -> Role | None:
        """The role of a person by the claims of the provider, None for whoever has not signed in; None is no role.

        Named by e-mail goes before named by domain or claim; of several of these the one that may most.
        """
        if person is None:
            return self.unsigned
        address = email(person)
        if address in self.people:
            return self.people[address]
        found = {"@" + address.rpartition("@")[2]} if address else set()
        found |= {one for one in _values(person.get(self.claim)) if self.claim and not one.startswith("@")}
        held = [self.groups[one] for one in found if one in self.groups]
        return max(held, key=list(Role).index, default=self.default)


SELF = Access(signs_in=False, unsigned=Role.ADMINISTRATOR)
EVERYBODY = Access(signs_in=False, unsigned=Role.VIEWER)


def email(person: Mapping[str, Any]) -> str:
    """A person's e-mail in lower case; blank for none, and for one that the provider says it has not verified."""
    if str(person.get("email_verified", True)).casefold() == "false":
        return ""
    given = person.get("email")
    told = given.strip().casefold() if isinstance(given, str) else ""
    return told if "@" in told[1:] else ""


def called(person: Mapping[str, Any]) -> str:
    """What a person is called, on one line and without signs that an address is made of; an e-mail for want of a name.

    Raises CcmError where the provider says nothing that could sign an edit.
    """
    for claim in ("name", "preferred_username", "email", "sub"):
        given = person.get(claim)
        if isinstance(given, str) and (said := " ".join(given.replace("<", " ").replace(">", " ").split())):
            return said[:100]
    raise CcmError("The sign-in says neither a name nor an e-mail, so nobody could tell who wrote; add a scope for it.")


def signature(person: Mapping[str, Any]) -> str:
    """How a person signs an edit: name <e-mail>. Without a verified e-mail it is the provider's own mark of them."""
    mark, name = email(person) or str(person.get("sub", "")).strip()[:100], called(person)
    return f"{name} <{mark}>" if mark and mark != name.casefold() else name


# -- how a server is set up


def is_public() -> bool:
    """Whether the environment serves the public. Raises CcmError for an answer that is none."""
    given = os.environ.get(PUBLIC, "").strip().casefold()
    if given not in ("", "true", "false"):
        raise CcmError(f"{PUBLIC} is {given!r}; possible: true, false.")
    return given == "true"


def configured(secrets: Mapping[str, Any], reached_by: Iterable[str], *, public: bool = False) -> Access:
    """How a server serves, by its secrets and the addresses and hosts by which it is reached (blank for all).

    Raises CcmError for a server that others reach and nobody signs in to, and for what cannot be meant.
    """
    if public:
        return EVERYBODY
    if "auth" in secrets:
        return _signing_in(_table(secrets, "auth"), _table(secrets, "roles"))
    if "roles" in secrets:
        raise CcmError("The secrets have [roles] without [auth], so nobody could sign in to have one; add [auth].")
    if far := [one for one in reached_by if not is_local(one)]:
        by = "every address of this machine" if far[0] in ("", "*", "0.0.0.0", "::") else far[0]
        raise CcmError(
            f"The dashboard would be reached by {by} without sign-in, and whoever reaches it reads internal entries. "
            "Possible: sign-in ([auth] and [roles] in secrets.toml, see docs/server.md), --public or CCM_PUBLIC=true "
            "for public facts and entries only, or localhost alone (server.address and server.allowedHosts)."
        )
    return SELF


def is_local(host: str) -> bool:
    """Whether only this machine reaches a host or an address of this name."""
    name = (urlsplit(host).hostname if "://" in host else host.strip("[]")) or ""
    if name.casefold().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


_CLIENT = ("client_id", "client_secret", "server_metadata_url")
_MORE = ("claim", "default", "anonymous")


def _signing_in(auth: Mapping[str, Any], roles: Mapping[str, Any]) -> Access:
    providers = tuple(name for name, held in auth.items() if isinstance(held, Mapping) and name != "client_kwargs")
    lacking = [name for name in ("redirect_uri", "cookie_secret") if not auth.get(name)]
    for name in providers or ("",):
        held = auth[name] if name else auth
        lacking += [f"{name}.{key}" if name else key for key in _CLIENT if not held.get(key)]
    if lacking:
        raise CcmError(f"[auth] in the secrets lacks {', '.join(lacking)}.")
    if not str(auth["redirect_uri"]).endswith(CALLBACK):
        raise CcmError(f"redirect_uri in [auth] ends in {CALLBACK}, such as https://ccm.example.org{CALLBACK}.")
    if len(str(auth["cookie_secret"])) < SECRET_LENGTH:
        raise CcmError(f"cookie_secret in [auth] is too short to be safe; it needs {SECRET_LENGTH} characters or more.")
    if find_spec("authlib") is None:
        raise CcmError('[auth] in the secrets needs the package Authlib; install it by `pip install ".[server]"`.')
    possible = ", ".join((*codes(Role), *_MORE))
    if unknown := [name for name in roles if name not in (*codes(Role), *_MORE)]:
        raise CcmError(f"{unknown[0]!r} is no setting of [roles] in the secrets; possible: {possible}.")
    claim = str(roles.get("claim", ""))
    people: dict[str, Role] = {}
    groups: dict[str, Role] = {}
    for role, name in _named(roles):
        held, key = (people, name.casefold()) if "@" in name.lstrip("@") else (groups, name)
        key = key.casefold() if key.startswith("@") else key
        if "@" not in name and not claim:
            raise CcmError(
                f"{name!r} under {role} in [roles] is neither an e-mail nor a @domain; for a group name the claim that "
                'says it, as claim = "groups".'
            )
        if held.setdefault(key, role) is not role:
            raise CcmError(f"{name!r} has two roles in [roles], {held[key]} and {role}; name it once.")
    default, anonymous = _one(roles, "default", list(Role)), _one(roles, "anonymous", [Role.VIEWER])
    if not (people or groups or default or anonymous):
        raise CcmError(f"[roles] in the secrets gives nobody a role, so nobody could come in; possible: {possible}.")
    return Access(True, anonymous, people, groups, claim, default, providers)


def _named(roles: Mapping[str, Any]) -> Iterator[tuple[Role, str]]:
    for role in Role:
        names = roles.get(role, [])
        if not isinstance(names, list) or not all(isinstance(one, str) and one.strip("@ ") for one in names):
            raise CcmError(
                f'{role} in [roles] is no list of names; possible: {role} = ["ana@example.org", "@isu.org"].'
            )
        yield from ((role, name.strip()) for name in names)


def _one(roles: Mapping[str, Any], name: str, possible: list[Role]) -> Role | None:
    if name not in roles:
        return None
    for role in possible:
        if role == roles[name]:
            return role
    raise CcmError(f"{name} in [roles] is {roles[name]!r}; possible: {', '.join(possible)}.")


def _table(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    held = secrets.get(name, {})
    if not isinstance(held, Mapping):
        raise CcmError(f"{name} in the secrets is no table; possible: [{name}] and its settings below.")
    return held


def _values(claim: Any) -> Iterator[str]:
    """The values of a claim, which providers write as text or as a list."""
    yield from (str(one) for one in claim) if isinstance(claim, (list, tuple)) else ([claim] if claim else [])
