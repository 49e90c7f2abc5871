"""In a meeting no word of an internal entry, plan item or campaign is sent, nor is one in a public calendar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from ccm_data import campaign as campaigns
from ccm_data.log import Create, Filter, open_store
from ccm_data.log.calendar import ics
from ccm_data.paths import ROOT
from ccm_data.vocab import Confidentiality
from pages.components import frame
from tests.app.test_plain_text import hostile

SECRET = "Zwanzigtausend-Quitten"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose log holds the word in every field, all of it internal."""
    folder = tmp_path_factory.mktemp("secret")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(folder))
        patch.delenv("CCM_DATABASE_URL", raising=False)
        store = open_store()
        for create in hostile(SECRET):
            values = create.record.model_dump()
            if "confidentiality" in values:
                values["confidentiality"] = Confidentiality.INTERNAL
            store.save([Create(type(create.record).model_validate(values))], SECRET, SECRET)
        store.close()
        yield folder


def messages(app: AppTest) -> bytes:
    """Everything that was sent to the browser."""
    sent: list[bytes] = []

    def look(node: Node) -> None:
        proto: Any = getattr(node, "proto", None)
        if isinstance(proto, Message):
            sent.append(proto.SerializeToString())
        if isinstance(node, Block):
            for child in node.children.values():
                look(child)

    look(app._tree)
    return b"".join(sent)


@pytest.mark.usefixtures("home")
def test_no_page_of_a_meeting_says_an_internal_word() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"state": "KEN"})
    assert SECRET.encode() in messages(app.run()), "the word must be there to be kept back"
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"state": "KEN", "meeting": "on", "campaign": SECRET})
    app.run()
    sent = messages(app)
    for name in frame.PAGES:
        app.switch_page(f"pages/{name}.py").run()
        assert not app.exception, name
        assert SECRET.encode() not in messages(app), name
    assert len(sent) > 10_000
    assert SECRET.encode() not in sent
    assert SECRET not in str(app.query_params)


@pytest.mark.usefixtures("home")
def test_no_calendar_for_the_public_says_one() -> None:
    store, public = open_store(), Confidentiality.PUBLIC
    entries = campaigns.named_to(public, store, store.activities(Filter(max_confidentiality=public)))
    told = ics([*entries, *campaigns.plan_items(store, public)]).replace(b"\r\n ", b"")  # long lines are folded
    assert SECRET.encode() not in told
    everything = [*store.activities(), *campaigns.plan_items(store, Confidentiality.INTERNAL)]
    assert SECRET.encode() in ics(everything)
    store.close()
