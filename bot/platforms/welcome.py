"""The first words in a new place: what it does, three things to try, how to make it quiet."""

from bot.domain.alert import Card, Section
from bot.locales import Voice


def welcome(say: Voice) -> Card:
    """Return the first words, in the language of who reads them there."""
    return Card(
        title=say("Dragoman posts one short, sourced alert when a negotiation's state changes"),
        sections=(
            Section(
                title=say("Three things to try"),
                lines=(
                    say("/summary istanbul-talks tells where a story stands"),
                    say("/subscribe istanbul-talks posts its changes here"),
                    say("/stories lists what is followed"),
                ),
            ),
        ),
        foot=say("It says nothing here until this channel subscribes. Quieter: level:key. Silence: /unsubscribe."),
    )
