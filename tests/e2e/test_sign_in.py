"""Sign-in against a real OpenID provider: what reaches the browser of each role, what an edit carries, the way out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread

from ccm_data.log import open_store
from ccm_data.paths import ROOT
from ccm_data.vocab import Confidentiality
from tests.e2e.driver import Tab
from tests.e2e.server import Server, free_port, running
from tests.e2e.test_hosts import answer
from tests.e2e.test_meeting import entry, listen

MARKERS = {level: f"Quitte-{level.value}" for level in Confidentiality}
PEOPLE = {
    "vera": {"name": "Vera Viewer", "email": "vera@example.org", "email_verified": True},
    "pia": {"name": "Pia Partner", "email": "pia@partner.example", "email_verified": True},
    "eva": {"name": "Eva Editor", "email": "eva@example.org", "email_verified": True, "groups": ["editors"]},
    "mallory": {"name": "Eva Editor", "email": "vera@example.org", "email_verified": False},
}
SECRETS = """
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "a-secret-of-this-test-alone-and-of-no-server"
client_id = "ccm"
client_secret = "of no use elsewhere"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile email" }}

[roles]
claim = "groups"
viewer = ["Vera@example.org"]
partner = ["@partner.example"]
editor = ["editors"]
"""


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An app where people sign in at a provider of its own, with an entry of each confidentiality in its log."""
    home, port = tmp_path / "home", free_port()
    monkeypatch.setenv("CCM_HOME", str(home))
    store = open_store()
    store.save([entry(marker, level) for level, marker in MARKERS.items()], author="Tester")
    store.close()
    people = [User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=people) as provider:
        secrets = tmp_path / "secrets.toml"
        url = f"http://localhost:{port}"
        secrets.write_text(SECRETS.format(url=url, provider=f"http://localhost:{provider.server_port}"), "utf-8")
        with running(home, port=port, STREAMLIT_SECRETS_FILES=str(secrets)) as server:
            yield server
            assert not server.asked_outside()


LOOKS = re.compile(r"https://cdn\.|/favicon\.ico$")
"""What the pages of the provider fetch to look well."""


def sign_in(tab: Tab, who: str) -> None:
    tab.page.route(LOOKS, lambda route: route.fulfill(body=""))
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.get_by_role("button", name=who).click()
    tab.page.wait_for_url(f"{tab.url}/**")
    tab.settle()


def only_sign_in(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Sign in").wait_for()
    assert tab.page.get_by_role("button").count() == 1


def heard(sent: list[bytes]) -> set[str]:
    return {marker for marker in MARKERS.values() if any(marker.encode() in payload for payload in sent)}


def test_each_role_is_sent_what_it_may_see_and_signs_what_it_writes(
    signed: Server, open_tab: Callable[..., Tab]
) -> None:
    public, partners, internal = MARKERS.values()
    seen = {"vera": {public}, "pia": {public, partners}, "eva": {public, partners, internal}, "mallory": set()}
    for who, markers in seen.items():
        tab = open_tab(signed)
        sent = listen(tab)
        tab.open("/log?log_scope=all")
        only_sign_in(tab)
        assert "Activity log" not in tab.page.content()
        assert heard(sent) == set()
        sign_in(tab, who)
        if markers:
            for path in ("/state?state=KEN", "/log?log_scope=all&log_seen=internal"):
                tab.open(path)
        assert heard(sent) == markers, who
        if not markers:
            assert "has no role here" in tab.notices()
            tab.requests[:] = [url for url in tab.requests if not LOOKS.search(url)]
            continue
        assert tab.page.get_by_role("button", name="Log a contact").count() == (who == "eva")
        if who == "eva":
            tab.open("/log?new=contact&state=KEN")
            assert tab.page.get_by_label("Your name").count() == 0
            tab.page.get_by_label("What was said").fill("They will ratify")
            tab.page.get_by_role("button", name=re.compile("^(save )?Save$")).first.click()
            tab.settle()
            store = open_store()
            last = max(store.activities(), key=lambda one: one.number)
            store.close()
            assert (last.activity.summary, last.author) == ("They will ratify", "Eva Editor <eva@example.org>")
            assert last.activity.owner == "Eva Editor"
        tab.page.locator(".st-key-settings").get_by_role("button").first.click()
        assert PEOPLE[who]["email"] in tab.page.get_by_test_id("stPopoverBody").inner_text()
        tab.page.get_by_role("button", name="Sign out").click()
        tab.page.get_by_role("button", name="End session").click()  # the provider asks
        only_sign_in(tab.open("/log"))
        tab.requests[:] = [url for url in tab.requests if not LOOKS.search(url)]


def test_another_page_of_this_machine_is_another_place(tmp_path: Path) -> None:
    """Not even for its own address is an outside host asked, which Streamlit does for a foreign page."""
    with running(tmp_path / "home") as server:
        host = server.url.removeprefix("http://")
        assert answer(server, host, f"http://{host}").split()[1] == "101"
        assert answer(server, host, "http://localhost:1").split()[1] == "403"
        assert answer(server, host, "http://evil.example").split()[1] == "403"
        assert answer(server, host, "null").split()[1] == "403"
        assert metrics(server, host) == 200
        assert metrics(server, "ccm.example.org") == 403
        assert not server.asked_outside()


def metrics(server: Server, host: str) -> int:
    asked = urllib.request.Request(f"{server.url}/_stcore/metrics", headers={"Host": host})
    try:
        with urllib.request.urlopen(asked, timeout=20) as given:
            return int(given.status)
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.parametrize("options", [
    ["--server.address", "0.0.0.0"], ["--server.address", ""], ["--server.allowedHosts", "ccm.example.org"],
])  # fmt: skip
def test_a_naked_server_does_not_start_and_says_why(tmp_path: Path, options: list[str]) -> None:
    done = start(tmp_path, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(free_port()), *options)
    assert done.returncode == 1
    (said,) = done.stderr.strip().splitlines()
    assert said.startswith("ccm: The dashboard would be reached by ")


def test_the_public_is_served_from_afar_without_sign_in(tmp_path: Path) -> None:
    with running(tmp_path / "home", CCM_PUBLIC="true", STREAMLIT_SERVER_ADDRESS="0.0.0.0") as server:
        host = server.url.removeprefix("http://")
        assert answer(server, host, f"http://{host}").split()[1] == "101"


def start(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_", "STREAMLIT_"))}
    kept |= {"CCM_HOME": str(home), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=kept, capture_output=True, text=True, timeout=60, check=False
    )
