"""The first words in a new place: what it does, three things to try, how to make it quiet."""

from bot.domain.alert import Card, Section

WELCOME = Card(
    title="Dragoman posts one short, sourced alert when a negotiation's state changes",
    sections=(
        Section(
            title="Three things to try",
            lines=(
                "/summary istanbul-talks tells where a story stands",
                "/subscribe istanbul-talks posts its changes here",
                "/stories lists what is followed",
            ),
        ),
    ),
    foot="It says nothing here until this channel subscribes. Quieter: level:key. Silence: /unsubscribe.",
)
