"""Slack's limits for blocks, counted anew from its papers and not from our renderer."""

import json
from typing import Any


def broken_limit(blocks: list[dict[str, Any]]) -> str | None:
    """Return Slack's error for blocks that are too many or too long, ``None`` if they are fine."""
    if len(blocks) > 50 or not all(_is_fine(block) for block in blocks):
        return "invalid_blocks"
    return "msg_blocks_too_long" if len(json.dumps(blocks, ensure_ascii=False)) > 13_200 else None


def _is_fine(block: dict[str, Any]) -> bool:
    match block["type"]:
        case "header":
            return block["text"]["type"] == "plain_text" and 1 <= len(block["text"]["text"]) <= 150
        case "section":
            return 1 <= len(block["text"]["text"]) <= 3_000
        case "context":
            elements = block["elements"]
            return 1 <= len(elements) <= 10 and all(element["text"] for element in elements)
        case "actions":
            ids = [element["action_id"] for element in block["elements"]]
            return (
                1 <= len(ids) <= 25
                and len(set(ids)) == len(ids)
                and all(
                    1 <= len(element["text"]["text"]) <= 75
                    and len(element["value"]) <= 2_000
                    and len(element["action_id"]) <= 255
                    for element in block["elements"]
                )
            )
        case _:
            return False
