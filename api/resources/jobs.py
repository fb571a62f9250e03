"""The shape of a job, and how one is filled."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.jobs import Job as Running
from api.jobs import State
from api.schemas import Schema, Text
from graph.errors import WusheError
from graph.text import Text as BilingualText

_FAILED = BilingualText(
    "程序出错，已记入日志；数据没有改变。",
    "Something went wrong; it has been logged, and the data are as they were.",
)


class Job(Schema):
    """Work that goes on by itself: where it stands, and where its answer will be."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "q2v9c0Hn3k7LmXyZ",
                    "state": "running",
                    "address": "/api/v1/gaps",
                    "doing": {"zh": "正在查缺口规则", "en": "Running the gap rules"},
                    "n_done": 12,
                    "n_total": 31,
                    "share": 0.39,
                    "result": None,
                    "message": None,
                }
            ]
        }
    )

    id: str
    state: State
    address: str = Field(description="What was asked for")
    doing: Text | None = Field(description="What is being done; null where nothing was said yet")
    n_done: int | None
    n_total: int | None = Field(description="Null where it cannot be known")
    share: float | None = Field(description="The part that is done, from 0 to 1")
    result: str | None = Field(description="Where the answer is, once it is done")
    message: Text | None = Field(description="Why there is no answer, where it failed")


def job(found: Running) -> Job:
    """Answer ``GET jobs/{id}``."""
    step, error = found.step, found.error
    message = error.message if isinstance(error, WusheError) else _FAILED if error else None
    return Job(
        id=found.id,
        state=found.state,
        address=found.address,
        doing=Text(**step.doing.as_dict()) if step else None,
        n_done=step.n_done if step else None,
        n_total=step.n_total if step else None,
        share=step.share if step else None,
        result=f"/api/v1/jobs/{found.id}/result" if found.state == "done" else None,
        message=Text(**message.as_dict()) if message else None,
    )
