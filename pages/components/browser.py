"""What the reader's browser keeps for this app between visits: a few short texts by name, on that machine alone.

A page calls `connect` once where it reads or writes; `read` and `write` then work on what the session knows. Where
storage is off (a private window, a policy) the browser answers that it keeps nothing, and all else goes on as usual.
"""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

_HELD, _WRITES = "_browser_held", "_browser_writes"

# One mark per write: a rerun sends what was written again, and must not undo what another tab wrote since.
_COMPONENT = st.components.v2.component(
    "ccm_browser",
    css="""
/* It takes no place on the page. */
[class*="st-key-browser_"] { display: none }
""",
    js="""
const PREFIX = "ccm."
const done = (window.ccmBrowserDone ??= new Set())
export default function ({ data, setStateValue }) {
  const held = {}
  try {
    for (const [name, [mark, value]] of Object.entries(data.writes)) {
      if (done.has(mark)) continue
      if (value) localStorage.setItem(PREFIX + name, value)
      else localStorage.removeItem(PREFIX + name)
      done.add(mark)
    }
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX)) held[key.slice(PREFIX.length)] = localStorage.getItem(key)
  } catch (storageIsOff) { console.info("This browser keeps nothing for the app.") }
  // An answer begins a run. Streamlit loads widgets when they are first needed: one that comes after the answer would
  // lose the value that the run before gave it, so the answer waits until all are there.
  const app = document.querySelector("[data-testid=stApp]")
  const busy = () => app?.dataset.testScriptState === "running" || document.querySelector("[data-testid=stSkeleton]")
  let still = 0
  const answer = () => {
    still = busy() ? 0 : still + 1
    if (still > 5) setStateValue("held", held)
    else setTimeout(answer, 50)
  }
  if (data.asks) answer()
}
""",
    isolate_styles=False,
)


def connect(place: str) -> None:
    """Ask the browser once per session what it keeps, and hand it what was written. `place` names the caller.

    Writes reach the browser with the next call. The answer comes by a rerun of the page, or of the fragment that calls.
    """
    key = f"browser_{place}"

    def answered() -> None:
        st.session_state.setdefault(_HELD, {}).update(
            {name: f"{value}" for name, value in (st.session_state[key].get("held") or {}).items()}
        )

    _COMPONENT(
        key=key,
        data={"asks": not is_known(), "writes": st.session_state.get(_WRITES, {})},
        on_held_change=answered,
    )


def is_known() -> bool:
    """Whether the browser has said what it keeps."""
    return _HELD in st.session_state


def read(name: str) -> str:
    """The text kept under a name; blank where there is none, or the browser has not answered yet."""
    return str(_now().get(name, ""))


def names(prefix: str = "") -> list[str]:
    """The names that begin so and under which something is kept."""
    return sorted(name for name, value in _now().items() if value and name.startswith(prefix))


def write(name: str, value: str) -> None:
    """Keep a text under a name from the next `connect` on; a blank one is forgotten."""
    if value != read(name) or not is_known():
        st.session_state.setdefault(_WRITES, {})[name] = (uuid4().hex, value)


def _now() -> dict[str, str]:
    """What the browser said, with what was written since."""
    written = {name: value for name, (_mark, value) in st.session_state.get(_WRITES, {}).items()}
    held: dict[str, str] = st.session_state.get(_HELD, {})
    return held | written
