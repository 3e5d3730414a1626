"""``dragoman check``: what would run, before it runs."""

from pathlib import Path

from bot import seeds
from bot.clock import machine_now
from bot.config import Settings, load
from bot.feeds.extras import missing
from bot.services.seeding import Wanted
from bot.setup import wanted


def check(config: Path | None) -> tuple[Settings, Wanted]:
    """Print what would run, secrets masked, and return it.

    Raises:
        ConfigError: Naming every mistake.
        SeedError: If a seed file is broken.
    """
    settings = load(config)
    folders = (seeds.packaged(), settings.seeds) if settings.seeds else (seeds.packaged(),)
    will = wanted(settings, folders, machine_now())
    gazetteer = seeds.gazetteer(*folders)
    print(f"database       {_without_password(settings.database)}")
    print(f"engine         {settings.engine}")
    for name in ("console", "web", "slack", "discord"):
        print(f"{name:14} {_platform(settings, name)}")
    print(f"feeds          {len(will.feeds)}" + (", the starter feeds among them" if settings.feeds.starter else ""))
    print(f"stories        {len(will.stories)} defined")
    print(f"actors         {len(gazetteer.actors)}, persons {len(gazetteer.persons)}, places {len(gazetteer.places)}")
    for subscription in will.subscriptions:
        print(f"subscription   {subscription.channel} follows {subscription.story}, level {subscription.level}")
    for watch in will.watches:
        print(f"watch          {watch.channel} {watch.name}: {watch.query}")
    lacking = missing() if any(feed.full_text for feed in will.feeds) else None
    if lacking:
        print(f"full text      needs {lacking}: pip install -e '.[fulltext]'; until then teasers stay teasers")
    print("All settings can be used.")
    return settings, will


def _platform(settings: Settings, name: str) -> str:
    if name == "console":
        return "on" if settings.console else "off"
    if name == "web":
        return f"http://{settings.web.host}:{settings.web.port}/" if settings.web.enabled else "off"
    part = getattr(settings, name)
    shown = {key: value for key, value in part if value and key not in {"mode", "api", "host", "port"}}
    return " ".join([part.mode, *(f"{key}={value}" for key, value in shown.items())]) if part.mode != "off" else "off"


def _without_password(url: str) -> str:
    scheme, found, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}://{user.split(':')[0]}:***@{place}" if found and at and ":" in user else url
