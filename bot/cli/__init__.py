"""What an operator types; each command's work stands in a file of its own."""

import asyncio
import sys
from collections.abc import Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.domain.audience import Level
from bot.errors import BotError, ConfigError

# A command loads what it needs and nothing else: `classify` must not wait for
# Slack's libraries, nor `check` for the page.
# ruff: noqa: PLC0415

app = typer.Typer(
    name="dragoman",
    help="Diplomatic-news alerts for Slack and Discord.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
slack = typer.Typer(help="What Slack's set-up pages ask for.", no_args_is_help=True)
app.add_typer(slack, name="slack")
discord = typer.Typer(help="What Discord's set-up pages ask for.", no_args_is_help=True)
app.add_typer(discord, name="discord")
feeds_ = typer.Typer(help="Lists of feeds, in and out.", no_args_is_help=True)
app.add_typer(feeds_, name="feeds")


class ListForm(StrEnum):
    """What a list of feeds may be written as."""

    OPML = "opml"
    JSON = "json"
    TOML = "toml"


Config = Annotated[Path | None, typer.Option("--config", "-c", help="The settings; ./config.toml if not given.")]
Database = Annotated[str | None, typer.Option(help="Where to keep it: a file's path, sqlite:///path or postgresql://…")]


def run() -> None:
    """Read the command line and do what it says; mistakes are told, never traced."""
    try:
        app()
    except ConfigError as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)
    except BotError as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


@app.command("run")
def run_(config: Config = None) -> None:
    """Poll feeds, keep stories, post alerts, answer; until Ctrl-C."""
    from bot.cli.serve import serve

    _do(serve(config))


@app.command()
def demo(
    exit_: Annotated[bool, typer.Option("--exit", help="End after the week instead of staying up.")] = False,
    seconds: Annotated[float, typer.Option(help="How long the week takes.", min=5)] = 60.0,
    recording: Annotated[bool, typer.Option(help="Print the week as lines for `dragoman replay` instead.")] = False,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes any that is free.")] = 8321,
) -> None:
    """Play the bundled week of May 2025 to the real bot, fast."""
    from bot import demo as week
    from bot.cli.serve import until_told

    async def _play(**how: Any) -> None:
        await week.play(**how, until=until_told())

    if recording:
        for line in week.recording():
            print(line)
    else:
        _do(_play(seconds=seconds, stay=not exit_, port=port))


@app.command()
def classify(
    file: Annotated[Path | None, typer.Argument(help="A text, or JSON lines; standard input if not given.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell what was seen and why it fired or did not.")] = False,
) -> None:
    """Print the diplomatic events of texts as JSON lines."""
    from bot.cli.classify import classify as work

    raise typer.Exit(work(file, explain=explain))


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="Recorded entries, one JSON object a line; - is standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines alone.")] = False,
    level: Annotated[Level, typer.Option(help="What the one channel hears.")] = Level.NORMAL,
    stories: Annotated[Path | None, typer.Option(help="A folder of stories instead of ours; may be empty.")] = None,
    database: Database = None,
) -> None:
    """Send recorded entries through the whole pipeline, as fast as it goes."""
    from bot.cli.replay import replay as work

    raise typer.Exit(_do(work(file, as_json=as_json, level=level, stories=stories, database=database)))


@app.command()
def cluster(
    file: Annotated[Path | None, typer.Argument(help="Articles as JSON lines; standard input if not given.")] = None,
) -> None:
    """Print for each article of a stream its cluster, and what it copies."""
    from bot.cli.stream import cluster as work

    raise typer.Exit(work(file))


@app.command()
def pairs(
    file: Annotated[Path | None, typer.Argument(help="Headlines as JSON lines; standard input if not given.")] = None,
) -> None:
    """Print for each pair of headlines, `a` and `b`, how alike they are."""
    from bot.cli.stream import pairs as work

    raise typer.Exit(work(file))


@app.command()
def bullets(
    file: Annotated[Path | None, typer.Argument(help="Articles as JSON lines; standard input if not given.")] = None,
) -> None:
    """Print for each article its key sentences, at most 60 words."""
    from bot.cli.stream import bullets as work

    raise typer.Exit(work(file))


@app.command()
def summary(
    story: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    at: Annotated[str | None, typer.Option(help="As it stood then, ISO 8601, e.g. 2025-05-14T22:41Z.")] = None,
    database: Database = None,
    config: Config = None,
) -> None:
    """Tell where a story stands."""
    from bot.cli.ask import summary as work

    _do(work(story, as_json=as_json, at=at, database=database, config=config))


@app.command()
def stories(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    database: Database = None,
    config: Config = None,
) -> None:
    """List the stories that are followed."""
    from bot.cli.ask import stories as work

    _do(work(as_json=as_json, database=database, config=config))


@app.command()
def ask(
    line: Annotated[str, typer.Argument(help="A command as in the chat, e.g. '/summary istanbul-talks'.")],
    database: Database = None,
    config: Config = None,
) -> None:
    """Ask one command, as in a channel, and print the answer."""
    from bot.cli.ask import ask as work

    raise typer.Exit(_do(work(line, database=database, config=config)))


@app.command()
def check(
    config: Config = None,
    feeds: Annotated[bool, typer.Option("--feeds", help="Ask each feed once, and tell which fail.")] = False,
) -> None:
    """Print what would run, secrets masked, and every mistake in the settings."""
    from bot.cli.check import check as work

    settings, will = work(config)
    if feeds:
        from bot.cli.probe import probe

        raise typer.Exit(_do(probe(settings, will.feeds)))


@feeds_.command("import")
def feeds_import(
    file: Annotated[Path, typer.Argument(help="OPML, JSON, TOML, or an address a line; - is standard input.")],
    database: Database = None,
    config: Config = None,
) -> None:
    """Read the feeds of a list from now on; those that are read already stay as they are."""
    from bot.cli.feeds import take_in

    raise typer.Exit(_do(take_in(file, database=database, config=config)))


@feeds_.command("export")
def feeds_export(
    as_: Annotated[ListForm, typer.Option("--as", help="TOML is what stands in config.toml.")] = ListForm.OPML,
    database: Database = None,
    config: Config = None,
) -> None:
    """Print the feeds that are read, as a list for other readers or another Dragoman."""
    from bot.cli.feeds import give_out

    _do(give_out(as_, database=database, config=config))


@slack.command("manifest")
def slack_manifest(
    url: Annotated[
        str, typer.Option(help="Where Slack reaches you, for signed HTTP mode, e.g. https://bot.example.org.")
    ] = "",
    shared: Annotated[bool, typer.Option("--shared", help="Other workspaces may install it by themselves.")] = False,
    groups: Annotated[bool, typer.Option("--groups", help="`managers` names user groups.")] = False,
) -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    from bot.cli.install import manifest

    print(manifest(url, shared=shared, groups=groups))


@slack.command("key")
def slack_key() -> None:
    """Print a fresh key that seals the tokens of workspaces; keep it in DRAGOMAN_SLACK__KEY."""
    from bot.cli.install import sealing_key

    print(sealing_key())


@discord.command("invite")
def discord_invite(
    application: Annotated[
        str | None, typer.Argument(help="The application's id; the token's own if not given.")
    ] = None,
    config: Config = None,
) -> None:
    """Print the link that invites the bot to a server."""
    from bot.cli.install import invite
    from bot.config import load

    print(invite(application, load(config)))


def _do(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)
