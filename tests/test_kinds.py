from bot.kinds import CATALOGUE, TABLE


def test_no_two_kinds_share_a_name() -> None:
    assert len(CATALOGUE) == len(TABLE)


def test_a_code_by_stage_names_a_stage_of_its_kind() -> None:
    for kind in TABLE:
        assert set(kind.cameo_by_stage) <= set(kind.stages), kind.name
