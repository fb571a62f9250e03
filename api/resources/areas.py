"""An area in an answer: its path, and how much lies in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field

from api.schemas import Schema

AreaPath = Annotated[
    str, Query(description="The path of an area; everywhere by default", examples=["北京市/朝阳区"])
]


class AreaCount(Schema):
    """An area and how much lies in it or below it."""

    path: str
    name: str
    level: str | None = Field(description="province, city, district, street or community")
    n_communities: int
    n_actors: int
