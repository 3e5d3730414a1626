"""Pictures follow their words into the channel; Slack takes them in three steps."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.audience import Channel
from bot.domain.picture import Picture
from bot.locales import _
from bot.platforms.shorten import shorten

_log = log.get("slack")

OK = 200
#: Why a picture may not be posted, by Slack's word for it.
OUTSIDE = _("I cannot post in this channel yet: invite me with `/invite @{name}`.")
WHY = {
    "missing_scope": _("I may not post pictures here: whoever installed me gives me `files:write` and reinstalls me."),
    "not_in_channel": OUTSIDE,
    "channel_not_found": OUTSIDE,
}
#: What Slack keeps of the words for who does not see a picture.
ALT = 1_000


async def show(picture: Picture, channel: Channel, client: AsyncWebClient) -> str | None:
    """Post a picture; return why it may not be posted, if there is something that people can do about it.

    The words before it can bear that it does not come.
    """
    try:
        # Most of Slack is light.
        place = await client.files_getUploadURLExternal(
            filename=f"{picture.name}.png", length=len(picture.light), alt_txt=shorten(picture.alt, ALT)
        )
        if not await _sent(str(place["upload_url"]), picture.light, client):
            return None
        title = picture.name.replace("-", " ").capitalize()
        await client.files_completeUploadExternal(
            files=[{"id": str(place["file_id"]), "title": title}], channel_id=channel.address
        )
    except SlackApiError as refused:
        # The app was installed before it could send files, or is not in the channel.
        _log.warning("picture refused", channel=channel.id, error=str(refused.response.data)[:80])
        answer = refused.response.data
        return WHY.get(str(answer.get("error"))) if isinstance(answer, dict) else None
    except (aiohttp.ClientError, TimeoutError) as lost:
        _log.warning("picture lost", channel=channel.id, why=type(lost).__name__)
    return None


async def _sent(url: str, content: bytes, client: AsyncWebClient) -> bool:
    session = client.session
    if session is None:
        return False
    async with session.post(url, data=content, headers={"Content-Type": "image/png"}) as answer:
        return answer.status == OK
