"""The shapes of saved views and of the links that share them, and how they are filled."""

from __future__ import annotations

from pydantic import ConfigDict, Field, JsonValue

from api.schemas import Schema
from graph.sharing import views as sharing
from graph.store.database import Database
from graph.text import Language

_VIEW: dict[str, JsonValue] = {
    "id": "3f2a9c1b7d5e",
    "name": "朝阳区的枢纽",
    "note": "周一例会用",
    "address": "/hubs?like=hezhongzeyi",
    "created": "2026-06-30T08:00:00+00:00",
    "deleted": None,
    "shares": [],
}


class Share(Schema):
    """A link that shows a view to others."""

    token: str
    address: str = Field(description="The page that the link opens")
    embed: str = Field(description="The same for a frame on another site")
    hides_persons: bool
    hidden_kinds: list[str]
    language: Language
    created: str


class View(Schema):
    """A page as somebody saw it, under a name."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VIEW]})

    id: str
    name: str
    note: str | None
    address: str = Field(description="Path and query of the page")
    created: str
    deleted: str | None = Field(description="When it was thrown away; it can still be restored")
    shares: list[Share]


class ViewRequest(Schema):
    """A view to keep."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "朝阳区的枢纽", "address": "/hubs?like=hezhongzeyi"}]
        }
    )

    name: str
    address: str
    note: str | None = None


class ShareRequest(Schema):
    """What a link hides."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"hides_persons": True, "hidden_kinds": ["Merchant"]}]}
    )

    hides_persons: bool = True
    hidden_kinds: list[str] = Field(default_factory=list)
    language: Language = "zh"


def views(database: Database) -> list[View]:
    """Answer ``GET views``."""
    return [view(v) for v in sharing.views(database)]


def view(found: sharing.View) -> View:
    """Fill a view."""
    return View(
        id=found.id,
        name=found.name,
        note=found.note,
        address=found.address,
        created=found.created,
        deleted=found.deleted,
        shares=[share(s) for s in found.shares],
    )


def share(found: sharing.Share) -> Share:
    """Fill a link."""
    return Share(
        token=found.token,
        address=f"/shared/{found.token}",
        embed=f"/embed/{found.token}",
        hides_persons=found.redaction.hides_persons,
        hidden_kinds=sorted(found.redaction.hidden_kinds),
        language=found.language,
        created=found.created,
    )
