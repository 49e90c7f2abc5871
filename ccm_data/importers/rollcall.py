"""A roll call of the First Committee as the press release prints it: lists of names after a word and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from ccm_data.errors import CcmError
from ccm_data.importers import bounds, un_names
from ccm_data.importers.call import COUNTED, DRAFT, RESOLUTION, SOURCE_FILE, TITLE, Call, source_id, web_address
from ccm_data.importers.model import Parsed
from ccm_data.importers.name_list import names
from ccm_data.vocab import Vote, VoteStage

_HEADS = {
    Vote.YES: r"in\s+favou?r|yes", Vote.NO: "against|no", Vote.ABSTAIN: "abstain(?:ing|ed)?|abstentions?",
    Vote.ABSENT: r"absent|non-voting|not\s+voting",
}  # fmt: skip
_HEAD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{vote.value}>{words})" for vote, words in _HEADS.items())
    + r")\s*(?:\((?P<stated>[0-9]{1,3})\)\s*)?:",
    re.IGNORECASE,
)  # fmt: skip
_NUMBER = r"([0-9]{1,3}|no|none|zero|one|two|three|four|five|six|seven|eight|nine)"
_RESULT = re.compile(
    _NUMBER + r"\s+(?:votes?\s+)?in\s+favou?r(?:\s+to|\s+and|,)?\s+" + _NUMBER
    + r"\s+(?:votes?\s+)?against(?:\s*\([^()]{0,800}(?:\([^()]{0,200}\)[^()]{0,800}){0,20}\))?,?"
    r"(?:\s+(?:with|and))?\s+" + _NUMBER + r"\s+(?:abst|member\s+states\s+abst)",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MOST_UNKNOWN = 20

Result = tuple[int, int, int]
"""Votes in favour, votes against, abstentions."""


def parse(
    text: str,
    *,
    session: int,
    year: int,
    resolution: str,
    vote_date: date,
    draft: str | None,
    totals: tuple[int, int, int] | None,
    url: str,
) -> Parsed:
    """The roll call in a pasted text. `totals` are the votes in favour, against, and the abstentions, where known.

    Raises CcmError for a text without a roll call, for names that are of no state (all at once), for a state in two
    lists, and for lists that do not add up to the totals given or to the result that the text states.
    """
    bounds.pasted(text)
    call = _call(session, year, resolution, vote_date, draft, url)
    text = re.sub("[\xad\u200b\u2060\ufeff]", "", text).replace("\xa0", " ").replace("\u202f", " ")
    heads = list(_HEAD.finditer(text))
    if not any(head["yes"] for head in heads):
        raise CcmError("The text has no list that begins with 'In favour:'; paste the roll call with its four lists.")
    result = _result(text[: heads[0].start()] + "\n" + _after(text[heads[-1].end() :])[1], totals)
    if result:
        call.stated = dict(zip(COUNTED, result, strict=True))
    listed = _cast(call, text, heads)
    call.check()
    return Parsed(
        SOURCE_FILE,
        _source(call),
        tuple(call.rows(source_id("press", resolution))),
        whole=call.whole() if Vote.ABSENT in listed else None,
        notes=tuple(call.notes),
    )


def _call(session: int, year: int, resolution: str, vote_date: date, draft: str | None, url: str) -> Call:
    name = "The roll call"
    found = RESOLUTION.fullmatch(resolution)
    if not found or int(found[1]) != session:
        raise CcmError(
            f"'{resolution[:40]}' is no resolution of session {session}; possible is one such as A/RES/{session}/58."
        )
    if draft and (not (of := DRAFT.fullmatch(draft)) or int(of[1]) != session):
        raise CcmError(
            f"'{draft[:40]}' is no draft of session {session}; possible is one such as A/C.1/{session}/L.25, or none."
        )
    if vote_date.year != year:
        raise CcmError(f"The vote is dated {vote_date}, which is not in {year}; correct the date or the year.")
    return Call(
        name, VoteStage.FIRST_COMMITTEE, session, vote_date, resolution, draft or "", web_address(name, url)
    )  # fmt: skip


def _source(call: Call) -> dict[str, str]:
    host = (urlsplit(call.url).hostname or "").removeprefix("www.")
    return {
        "source_id": source_id("press", call.resolution),
        "title": f"First Committee roll call on {call.draft or call.resolution}, {TITLE}",
        "publisher": "United Nations press service" if host == "press.un.org" else host,
        "url": call.url,
        "source_date": call.vote_date.isoformat(),
        "note": "",
    }


def _result(text: str, given: Result | None) -> Result | None:
    """The result to hold the lists to: the one given, and the one that the text states around the lists."""
    said = {(_number(found[1]), _number(found[2]), _number(found[3])): found[0] for found in _RESULT.finditer(text)}
    if not said or (given and given in said):
        return given
    if given:
        raise CcmError(
            f"The text states '{' '.join(next(iter(said.values())).split())[:120]}', but {_shown(given)} was given; "
            "correct one of them."
        )
    if len(said) > 1:
        raise CcmError(
            f"The text states {len(said)} results, {' and '.join(map(_shown, list(said)[:4]))}; paste the part about "
            "one vote only."
        )
    return next(iter(said))


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else _WORDS.index(word) if word in _WORDS else 0


def _shown(result: Result) -> str:
    return "-".join(map(str, result))


def _cast(call: Call, text: str, heads: list[re.Match[str]]) -> set[Vote]:
    """Cast the votes of every list, and say which kinds are listed."""
    unknown: list[str] = []
    listed: set[Vote] = set()
    for vote, head, names_of in _lists(call, text, heads):
        if vote in listed:
            raise CcmError(f"The text has two lists of '{vote.label}'; paste one roll call at a time.")
        listed.add(vote)
        before = len(call.votes)
        for name in names(names_of):
            if name.iso3 is None:
                unknown.append(name.text)
            else:
                call.cast(name.iso3, vote, f"{head['head']}: {name.text}")
        if (stated := head["stated"]) and not unknown and int(stated) != len(call.votes) - before:
            raise CcmError(
                f"The list '{head['head']}' states {stated} states, but names {len(call.votes) - before}; nothing "
                "of it is imported."
            )
    if unknown:
        raise CcmError(_unknown(unknown))
    for vote in set(COUNTED) - listed:
        if call.stated.get(vote, 0):
            raise CcmError(f"The text has no list of '{vote.label}', of which {call.stated[vote]} are stated.")
    if Vote.ABSENT not in listed:
        call.notes.append("The text has no list of absent states; nothing is said of states that it does not name.")
    if not call.stated:
        call.notes.append("No result is stated or given that the lists could be held to; their votes were counted.")
    return listed


def _lists(call: Call, text: str, heads: list[re.Match[str]]) -> Iterator[tuple[Vote, dict[str, str | None], str]]:
    for number, head in enumerate(heads):
        vote = next(vote for vote in Vote if head[vote.value])
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        content = text[head.end() : end]
        if number + 1 == len(heads):
            content, left = _after(content)
            if left := " ".join(left.split()):
                call.notes.append(f"Left aside after the lists: '{left[:80]}{'…' if len(left) > 80 else ''}'.")
        yield vote, {"head": head[vote.value], "stated": head["stated"]}, content


def _after(content: str) -> tuple[str, str]:
    """The last list and what follows its full stop, unless that goes on with the name of a state."""
    for stop in re.finditer(r"\.(?=\s)", content):
        following = next(names(re.split(r"[,;.]", content[stop.end() : stop.end() + 200], maxsplit=1)[0]), None)
        if following is None or following.iso3 is None:
            return content[: stop.start()], content[stop.end() :]
    return content, ""


def _unknown(unknown: list[str]) -> str:
    distinct = list(dict.fromkeys(" ".join(text.split()) for text in unknown))
    told = " ".join(_suggested(text) for text in distinct[:_MOST_UNKNOWN])
    more = f" And {len(distinct) - _MOST_UNKNOWN} more names are of no state." if len(distinct) > _MOST_UNKNOWN else ""
    return told + more


def _suggested(name: str) -> str:
    try:
        un_names.iso3(name)
    except CcmError as error:
        return str(error)
    return f"'{name[:80]}' is no state of the facts."
