"""What stands around an article's own words."""

import pytest

from bot.announce.digest import digest
from bot.announce.furniture import is_furniture, lead_in


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("ANKARA, May 15 (Agency) - ", "Vestria left."),
        ("UNITED NATIONS / DAMASCUS — ", "Vestria left."),
        ("WOODSIDE, California, Nov. 15 -- ", "Vestria left."),
        ("KATHMANDU: ", "Vestria left."),
        ("18:40 BST - ", "Vestria left."),
        ("[9.15am] ", "Vestria left."),
        ("* ", "Vestria left."),
        ("3. ", "Vestria left."),
        ("GENF, 4. März (Meridian) - ", "Vestria left."),
        ("", "Vestria (with Korland) left."),
        ("", "Vestria and Korland left: nobody knows why."),
        ("", "15 soldiers left."),
    ],
)
def test_datelines_clock_times_and_marks_are_no_part_of_a_sentence(before: str, sentence: str) -> None:
    assert lead_in(before + sentence) == len(before)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: What is happening in Sudan?",
        "By MARTIN HALE and DUNJA PETROV",
        "By Carmen Ixchel | 3 min read | Updated 14:22",
        "Cookies and privacy: we value your choice.",
        "ADVERTISEMENT",
        "(Reporting by Chanda Mumba; editing by Rosalind Hart)",
        "Photo: the palace on Monday (Luis Paz/AGN)",
    ],
)
def test_lines_of_the_page_are_told_from_the_article(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Related talks on water resume in May.",
        "By Friday both armies are to leave the valley.",
        "Watch towers on both banks will be pulled down.",
        "Vestria and Korland share a newsletter of their armies, which both capitals print on the same day of each month.",
    ],
)
def test_sentences_that_begin_like_the_page_stay(line: str) -> None:
    assert not is_furniture(line)


def test_a_digest_holds_neither_dateline_nor_page() -> None:
    text = (
        "By Jana Olm\n\nGENEVA, Feb 20 (Meridian) - Vestria will leave the talks on Friday.\n\n"
        "Read more: The talks in pictures\n\nWe use cookies to improve your visit."
    )

    assert digest("Vestria to leave talks", text) == ("Vestria will leave the talks on Friday.",)
