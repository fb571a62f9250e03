"""The settings of one run of Wushe: a frozen value, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from graph.errors import InvalidArgument
from graph.text import Language, Text

# What a Content-Security-Policy takes as a source, without a path.
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set, each with the environment variable that sets it.

    Attributes
    ----------
    data_dir : where the graph lies (``WUSHE_DATA``, ``--data``).
    cache_dir : downloads shared between data directories and clones (``WUSHE_CACHE``).
    neo4j_uri : an own Neo4j server instead of the managed one (``WUSHE_NEO4J_URI``).
    neo4j_user, neo4j_password, neo4j_database : its login (``WUSHE_NEO4J_USER``,
        ``WUSHE_NEO4J_PASSWORD``, ``WUSHE_NEO4J_DATABASE``).
    maven_repository : a mirror for Neo4j's jars (``WUSHE_MAVEN_REPOSITORY``).
    offline_jars : a folder that already holds the jars (``WUSHE_OFFLINE_JARS``).
    neo4j_release : which lock file the managed Neo4j is built from (``WUSHE_NEO4J_RELEASE``).
    port : where the pages are served, on loopback (``PORT``).
    embed_origins : which sites may show a shared view in a frame (``WUSHE_EMBED_ORIGINS``,
        origins such as ``https://example.org`` with blanks between them).
    language : the language of the command line (``WUSHE_LANG``, else the locale).
    """

    data_dir: Path
    cache_dir: Path
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str | None = None
    neo4j_database: str = "neo4j"
    maven_repository: str | None = None
    offline_jars: Path | None = None
    neo4j_release: str = "2026.09.0"
    port: int = 8765
    embed_origins: tuple[str, ...] = ()
    language: Language = "zh"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Build the settings from ``environ`` (the process's own by default).

        Raises `InvalidArgument` on a port or an origin that is none.
        """
        env = os.environ if environ is None else environ
        offline = env.get("WUSHE_OFFLINE_JARS")
        return cls(
            data_dir=Path(env.get("WUSHE_DATA") or user_data_path("wushe", appauthor=False)),
            cache_dir=Path(env.get("WUSHE_CACHE") or user_cache_path("wushe", appauthor=False)),
            neo4j_uri=env.get("WUSHE_NEO4J_URI") or None,
            neo4j_user=env.get("WUSHE_NEO4J_USER") or "neo4j",
            neo4j_password=env.get("WUSHE_NEO4J_PASSWORD") or None,
            neo4j_database=env.get("WUSHE_NEO4J_DATABASE") or "neo4j",
            maven_repository=env.get("WUSHE_MAVEN_REPOSITORY") or None,
            offline_jars=Path(offline) if offline else None,
            neo4j_release=env.get("WUSHE_NEO4J_RELEASE") or "2026.09.0",
            port=_port(env.get("PORT") or "8765"),
            embed_origins=_origins(env.get("WUSHE_EMBED_ORIGINS") or ""),
            language=language_of(env),
        )


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise InvalidArgument(
        "PORT",
        Text(
            f"PORT 应是 1 到 65535 的整数，不是“{text}”。",
            f"PORT is a whole number from 1 to 65535, not “{text}”.",
        ),
    )


def _origins(text: str) -> tuple[str, ...]:
    for origin in text.split():
        if not _ORIGIN.fullmatch(origin):
            raise InvalidArgument(
                "WUSHE_EMBED_ORIGINS",
                Text(
                    f"WUSHE_EMBED_ORIGINS 的“{origin}”应写成 https://example.org 这样。",
                    f"“{origin}” in WUSHE_EMBED_ORIGINS is no origin; write https://example.org.",
                ),
            )
    return tuple(text.split())


def language_of(env: Mapping[str, str]) -> Language:
    """Return the language that a person's environment asks for."""
    chosen = env.get("WUSHE_LANG") or env.get("LC_ALL") or env.get("LANG") or ""
    return "zh" if chosen.lower().startswith("zh") else "en"
