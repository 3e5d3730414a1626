"""A text is made to fit after it was escaped."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.fit import fit, size


def doubled(text: str) -> str:
    """Escape every star."""
    return text.replace("*", "\\*")


@given(st.text(alphabet="ab .*\U0001f54a"), st.integers(min_value=-1, max_value=40))
def test_what_is_written_keeps_the_limit_and_is_whole_if_it_fits(text: str, limit: int) -> None:
    written = fit(text, limit, doubled)

    assert size(written) <= max(limit, 0)
    assert written == doubled(text) or size(doubled(text)) > limit


def test_an_escape_is_never_cut_in_two() -> None:
    assert fit("****", 6, doubled) == "\\*\\*…"
    assert fit("****", 8, doubled) == "\\*" * 4


def test_a_character_beyond_the_first_plane_counts_for_two() -> None:
    assert size("a\U0001f54a") == 3
