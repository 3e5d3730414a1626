"""What an edited article takes back, and what it leaves standing."""

from dataclasses import replace

from bot.track.versions import still_told
from tests.builders import article, event, logged, source

WORDS = "Ana Mar will lead the delegation of Vestria in Geneva."
LEADS = event("delegation-named", "Vestria", person="Ana Mar", role="head", words=WORDS)


def test_what_an_update_no_longer_reads_but_still_says_stands() -> None:
    before = logged(LEADS)
    new = article("Update", f"More came out. {WORDS}", feed="wire")
    new = replace(new, ref=source().ref)

    assert still_told([before], new, ()) == {before.id}


def test_what_an_update_says_otherwise_is_taken_back() -> None:
    before = logged(LEADS)
    words = WORDS.replace("Ana Mar", "Bo Lund")
    after = logged(replace(LEADS, person="Bo Lund"), hours=1)
    new = replace(article("Update", words), ref=source().ref)

    assert still_told([before], new, [after]) == set()


def test_a_new_title_unsays_no_session() -> None:
    title = "Geneva talks end after two hours"
    told = event("talks-held", "Vestria", "Korland", stage="ended", words=title)
    before = logged(told, title=title)
    new = replace(article("UPDATE: three hundred freed by both"), ref=source().ref)

    assert still_told([before], new, ()) == {before.id}
