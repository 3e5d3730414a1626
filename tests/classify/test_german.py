import tomllib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from benchmarks.bench_language import SHARE
from benchmarks.corpus import FOLDER, division, read
from bot.classify.bending import Bending, Form
from bot.classify.languages import READ
from bot.classify.lexicon import table
from tests.builders import article
from tests.classify.reader import CLASSIFIER, kinds

PUBLISHED = datetime(2025, 5, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Teheran lehnt die von Katar vorgeschlagene Feuerpause ab.", "ceasefire-rejected"),
        ("Die Friedensverhandlungen in Genf sind gescheitert, sagte der UN-Vermittler.", "talks-postponed"),
        ("Der vestrische Außenminister nimmt nicht an der Konferenz in Wien teil.", "attendance-declined"),
        ("Frankreich und Ägypten riefen dazu auf, die Feindseligkeiten umgehend einzustellen.", "ceasefire-called"),
        ("Die Taliban weigern sich, mit der Regierung in Kabul zu verhandeln.", "talks-rejected"),
        ("Die Hamas entsendet eine Delegation nach Kairo.", "attendance-confirmed"),
        ("Die Delegation aus Damaskus wird von Vizeaußenminister Aiman Susan geleitet.", "delegation-named"),
    ],
)
def test_german_grammar_tells_its_kind(text: str, kind: str) -> None:
    assert CLASSIFIER.language(text) == "de"
    assert kinds(CLASSIFIER.events(text, published=PUBLISHED)) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Die Tarifverhandlungen zwischen Gewerkschaft und Arbeitgebern sind gescheitert.",
        "Scheitern die Verhandlungen zwischen Moskau und Kiew?",
        "Moskau und Kiew könnten die Gespräche in Genf womöglich bald fortsetzen, meinen Beobachter.",
        "Kanzler Scholz telefonierte am Montag mit Ministerpräsident Söder.",
        "Das Treffen der Finanzminister wurde wegen Nebels verschoben.",
        "Der Zug nach Wien hielt wegen eines Unwetters zwei Stunden lang in Linz.",
    ],
)
def test_german_without_an_act_between_states_is_silent(text: str) -> None:
    assert CLASSIFIER.events(text, published=PUBLISHED) == ()


def test_what_german_names_is_told_in_english() -> None:
    [event] = CLASSIFIER.events("Moskau lehnt eine Waffenruhe ab, sagte Wladimir Putin.", published=PUBLISHED)

    assert ("rus", "Russia") in [(actor.id, actor.name) for actor in event.actors]
    assert event.person == "Vladimir Putin"


def test_the_feeds_word_decides_which_language_a_headline_is_in() -> None:
    headline = "Hamas will Treffen in Doha fernbleiben"

    assert kinds(CLASSIFIER.events(headline, language="de-AT", published=PUBLISHED)) == ["attendance-declined"]
    assert kinds(CLASSIFIER.read(article(headline, "Das teilte sie mit.", language="de"))) == ["attendance-declined"]


def test_a_parted_verb_bends_in_one_word_and_in_two() -> None:
    forms = tomllib.loads((_folder("de") / "forms.toml").read_text(encoding="utf-8"))
    bending = Bending(forms)

    assert {("ablehnt", Form.THIRD), ("abgelehnt", Form.PARTICIPLE), ("abzulehnen", Form.BASE)} <= {
        *bending.verb("ab|lehnen")
    }
    assert {("lehnt ~ ab", Form.THIRD), ("lehnte ~ ab", Form.PAST)} <= {*bending.parted("ab|lehnen")}
    assert ("verschoben", Form.PARTICIPLE) in {*bending.verb("verschieben")}
    assert ("vertreten", Form.PARTICIPLE) in {*bending.verb("vertreten")}


@pytest.mark.parametrize("language", READ)
def test_what_a_language_has_no_words_for_is_empty(language: str) -> None:
    for name in ("grammar", "time", "actors"):
        assert set(table(READ[0], name)) <= set(table(language, name))

    assert table("xx", "grammar")["by"] == []


def test_held_out_german_is_read_well_enough() -> None:
    """Most kinds of texts that no lexicon was tuned on are right, and few texts without an event fire."""
    _, held = division(read(FOLDER.parent / "kinds-de"), SHARE)
    told = {text.id: set(kinds(CLASSIFIER.events(text.text, published=text.published))) for text in held}
    right = sum(len(told[text.id] & text.kinds) for text in held)
    said, true = sum(map(len, told.values())), sum(len(text.kinds) for text in held)
    silent = [text for text in held if not text.kinds]

    assert 2 * right / (said + true) >= 0.75
    assert sum(bool(told[text.id]) for text in silent) <= 0.05 * len(silent)


def _folder(language: str) -> Path:
    return Path(str(resources.files("bot.classify"))) / "lexicons" / language
