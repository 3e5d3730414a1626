"""The languages that readers are answered in."""

#: What our sentences are written in, and what everybody reads whose language we lack.
WRITTEN = "en"

#: By code, each as it calls itself.
LANGUAGES = {
    WRITTEN: "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "español",
    "fr": "français",
    "ru": "русский",
    "tr": "Türkçe",
    "uk": "українська",
}

#: Written from right to left.
LEFTWARD = frozenset({"ar"})


def language_of(*locales: str) -> str:
    """Return the first of some locales' languages that is ours, English if none is.

    Args:
        locales: As platforms and browsers write them (``de``, ``es-419``, ``tr_TR``), the dearest first; may be empty.
    """
    spoken = (locale.replace("_", "-").partition("-")[0].lower() for locale in locales)
    return next((language for language in spoken if language in LANGUAGES), WRITTEN)
