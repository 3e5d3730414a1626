"""Pictures follow their words into the channel; Slack takes them in three steps."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.audience import Channel
from bot.domain.picture import Picture
from bot.platforms.shorten import shorten

_log = log.get("slack")

OK = 200
#: What Slack keeps of the words for who does not see a picture.
ALT = 1_000


async def show(picture: Picture, channel: Channel, client: AsyncWebClient) -> bool:
    """Post a picture; ``False`` where it may not be posted, which the words before it can bear."""
    try:
        # Most of Slack is light.
        place = await client.files_getUploadURLExternal(
            filename=f"{picture.name}.png", length=len(picture.light), alt_txt=shorten(picture.alt, ALT)
        )
        if not await _sent(str(place["upload_url"]), picture.light, client):
            return False
        title = picture.name.replace("-", " ").capitalize()
        await client.files_completeUploadExternal(
            files=[{"id": str(place["file_id"]), "title": title}], channel_id=channel.address
        )
    except SlackApiError as refused:
        # The app was installed before it could send files, or is not in the channel.
        _log.warning("picture refused", channel=channel.id, error=str(refused.response.data)[:80])
        return False
    except (aiohttp.ClientError, TimeoutError) as lost:
        _log.warning("picture lost", channel=channel.id, why=type(lost).__name__)
        return False
    return True


async def _sent(url: str, content: bytes, client: AsyncWebClient) -> bool:
    session = client.session
    if session is None:
        return False
    async with session.post(url, data=content, headers={"Content-Type": "image/png"}) as answer:
        return answer.status == OK
