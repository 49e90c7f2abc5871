"""Who has which role, and which servers may not be started."""

from __future__ import annotations

from typing import Any

import pytest

from ccm_data import access
from ccm_data.access import Role, configured
from ccm_data.errors import CcmError
from ccm_data.vocab import Confidentiality

AUTH = {
    "redirect_uri": "https://ccm.example.org/oauth2callback", "cookie_secret": "x" * 32, "client_id": "ccm",
    "client_secret": "y", "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}  # fmt: skip
ROLES = {
    "viewer": ["intern@isu.example"], "partner": ["@icrc.example"], "editor": ["Ana@Mission.example", "@isu.example"],
    "administrator": ["chairs"], "claim": "groups",
}  # fmt: skip


def role(person: dict[str, Any] | None, **more: str) -> Role | None:
    return configured({"auth": AUTH, "roles": ROLES | more}, [""]).role(person)


def test_what_each_role_sees_and_does() -> None:
    assert [(one.sees, one.writes, one.administers) for one in Role] == [
        (Confidentiality.PUBLIC, False, False),
        (Confidentiality.PARTNERS, False, False),
        (Confidentiality.INTERNAL, True, False),
        (Confidentiality.INTERNAL, True, True),
    ]


@pytest.mark.parametrize(("person", "expected"), [
    ({"email": "ana@mission.EXAMPLE"}, Role.EDITOR),
    ({"email": "ana@mission.example", "email_verified": True}, Role.EDITOR),
    ({"email": "ana@mission.example", "email_verified": False}, None),
    ({"email": "ana@mission.example", "email_verified": "false"}, None),
    ({"email": "ana@mission.example.evil"}, None),
    ({"email": "@isu.example"}, None),
    ({"email": "x@isu.example@evil.example"}, None),
    ({"email": "bo@sub.icrc.example"}, None),
    ({"email": "bo@icrc.example"}, Role.PARTNER),
    ({"email": "bo@icrc.example", "groups": ["other", "chairs"]}, Role.ADMINISTRATOR),
    ({"email": "bo@icrc.example", "groups": "chairs"}, Role.ADMINISTRATOR),
    ({"email": "bo@icrc.example", "groups": ["@isu.example"]}, Role.PARTNER),
    ({"email": "intern@isu.example"}, Role.VIEWER),
    ({"email": "intern@isu.example", "groups": ["chairs"]}, Role.VIEWER),
    ({"email": "lu@isu.example"}, Role.EDITOR),
    ({"roles": ["chairs"]}, None),
    ({"groups": ["Chairs", "chair"]}, None),
    ({"groups": None, "email": 7}, None),
    ({"sub": "1"}, None),
    (None, None),
])  # fmt: skip
def test_the_role_of_a_person(person: dict[str, Any] | None, expected: Role | None) -> None:
    assert role(person) is expected


def test_who_is_named_nowhere_and_who_has_not_signed_in() -> None:
    assert role({"email": "who@else.example"}, default="viewer") is Role.VIEWER
    assert role(None, default="viewer") is None
    assert role(None, anonymous="viewer") is Role.VIEWER
    assert role({"email": "who@else.example"}, anonymous="viewer") is None


@pytest.mark.parametrize(("person", "signed"), [
    ({"name": "Ana", "email": "Ana@mission.example"}, "Ana <ana@mission.example>"),
    ({"name": "Boss <boss@mission.example>", "email": "ana@mission.example"},
     "Boss boss@mission.example <ana@mission.example>"),
    ({"name": "Ana\nB", "sub": "17"}, "Ana B <17>"),
    ({"name": "Ana", "email": "ana@mission.example", "email_verified": False, "sub": "17"}, "Ana <17>"),
    ({"email": "ana@mission.example"}, "ana@mission.example"),
    ({"sub": "17"}, "17"),
])  # fmt: skip
def test_a_signature_says_who_it_is_by_what_the_provider_stands_for(person: dict[str, Any], signed: str) -> None:
    assert access.signature(person) == signed


def test_a_sign_in_that_says_nobody_is_refused() -> None:
    with pytest.raises(CcmError, match="says neither a name nor an e-mail"):
        access.signature({"groups": ["chairs"]})


@pytest.mark.parametrize(
    "by", [["localhost"], ["127.0.0.1"], ["::1", "localhost", "127.0.0.1"], ["LOCALHOST."], ["127.8.9.1"]]
)
def test_only_this_machine_reaches_it(by: list[str]) -> None:
    assert configured({}, by) == access.SELF
    assert configured({}, by).role(None) is Role.ADMINISTRATOR


@pytest.mark.parametrize("by", [
    "", "0.0.0.0", "::", "*", "192.168.1.7", "ccm.example.org", "localhost.evil.example", "https://localhost.evil.example",
    "unix:///run/ccm.sock", "127.0.0.1.nip.io",
])  # fmt: skip
def test_a_server_that_others_reach_is_not_served_naked(by: str) -> None:
    with pytest.raises(CcmError, match=r"without sign-in.*\[auth\] and \[roles\].*--public.*localhost alone"):
        configured({}, ["localhost", by])
    assert configured({}, ["localhost", by], public=True) == access.EVERYBODY
    assert configured({"auth": AUTH, "roles": ROLES}, ["localhost", by]).signs_in


def test_the_public_is_never_more_than_a_viewer() -> None:
    served = configured({"auth": AUTH, "roles": ROLES}, [""], public=True)
    assert (served.role(None), served.signs_in, served.is_own) == (Role.VIEWER, False, False)


@pytest.mark.parametrize(("secrets", "said"), [
    ({"roles": ROLES}, "The secrets have [roles] without [auth], so nobody could sign in to have one; add [auth]."),
    ({"auth": {}}, "[auth] in the secrets lacks redirect_uri, cookie_secret, client_id, client_secret, "
                   "server_metadata_url."),
    ({"auth": "yes"}, "auth in the secrets is no table; possible: [auth] and its settings below."),
    ({"auth": AUTH | {"cookie_secret": "short"}},
     "cookie_secret in [auth] is too short to be safe; it needs 32 characters or more."),
    ({"auth": AUTH | {"redirect_uri": "https://ccm.example.org/"}},
     "redirect_uri in [auth] ends in /oauth2callback, such as https://ccm.example.org/oauth2callback."),
    ({"auth": AUTH | {"google": {"client_id": "a"}}}, "[auth] in the secrets lacks google.client_secret, "
                                                      "google.server_metadata_url."),
    ({"auth": AUTH}, "[roles] in the secrets gives nobody a role, so nobody could come in; possible: viewer, partner, "
                     "editor, administrator, claim, default, anonymous."),
    ({"auth": AUTH, "roles": {"writer": ["a@b"]}}, "'writer' is no setting of [roles] in the secrets; possible: "
                                                   "viewer, partner, editor, administrator, claim, "
                                                   "default, anonymous."),
    ({"auth": AUTH, "roles": {"editor": "a@b"}},
     'editor in [roles] is no list of names; possible: editor = ["ana@example.org", "@isu.org"].'),
    ({"auth": AUTH, "roles": {"editor": ["@"]}},
     'editor in [roles] is no list of names; possible: editor = ["ana@example.org", "@isu.org"].'),
    ({"auth": AUTH, "roles": {"editor": ["chairs"]}}, "'chairs' under editor in [roles] is neither an e-mail nor a "
     '@domain; for a group name the claim that says it, as claim = "groups".'),
    ({"auth": AUTH, "roles": {"editor": ["A@b.org"], "viewer": ["a@B.org"]}},
     "'A@b.org' has two roles in [roles], viewer and editor; name it once."),
    ({"auth": AUTH, "roles": {"default": "boss"}},
     "default in [roles] is 'boss'; possible: viewer, partner, editor, administrator."),
    ({"auth": AUTH, "roles": {"anonymous": "editor"}}, "anonymous in [roles] is 'editor'; possible: viewer."),
])  # fmt: skip
def test_settings_that_cannot_be_meant_are_one_sentence(secrets: dict[str, Any], said: str) -> None:
    with pytest.raises(CcmError) as refused:
        configured(secrets, ["localhost"])
    assert str(refused.value) == said


def test_the_environment_says_whether_the_public_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, public in (("", False), ("false", False), ("True", True)):
        monkeypatch.setenv(access.PUBLIC, given)
        assert access.is_public() is public
    monkeypatch.setenv(access.PUBLIC, "yes")
    with pytest.raises(CcmError, match=r"CCM_PUBLIC is 'yes'; possible: true, false."):
        access.is_public()
