"""Text in the product's two languages, carried as data until somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in Chinese and in English."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """Return the text in ``language``."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Fill ``{name}`` fields in both languages.

        A value that is a `Text` itself is taken in the language of the sentence it goes into.
        """
        return Text(
            self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def as_dict(self) -> dict[str, str]:
        """Return ``{"zh": …, "en": …}``, the shape the API promises for a reason."""
        return {"zh": self.zh, "en": self.en}


def counted(n: int, singular: str, plural: str | None = None) -> str:
    """Return an English count: “1 pair”, “2 pairs”."""
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"
