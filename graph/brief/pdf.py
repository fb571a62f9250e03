"""A brief as a PDF, typeset by Typst with the Chinese fonts of this machine embedded."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from graph.brief.contents import Block, Contents, Listing, Picture, Table
from graph.errors import WusheError
from graph.text import Text

MEDIA_TYPE = "application/pdf"
# Those that come with the usual systems; the first that is there is taken.
FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
)
_PICTURE_DPI = 200
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 17cm)
"""


class NoChineseFont(WusheError):
    """No font for Chinese on this machine, so a PDF would show boxes."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这台电脑上没有找到中文字体，做不出 PDF。请安装 Noto Sans CJK（思源黑体）后再试，"
                "或下载 Word 文件。",
                "No Chinese font was found on this computer, so no PDF can be made. Install Noto "
                "Sans CJK (Source Han Sans) and try again, or take the Word file.",
            )
        )


def write(contents: Contents) -> bytes:
    """Return the brief as PDF on A4 pages; raises `NoChineseFont`."""
    import typst

    source = (files("graph.brief") / "brief.typ").read_bytes()
    document = {
        "title": contents.title,
        "day": contents.day,
        "language": contents.language,
        "font": chinese_font(),
        "sections": [
            {"title": s.title, "blocks": [_block(b) for b in s.blocks]} for s in contents.sections
        ],
    }
    pdf: bytes = typst.compile(source, format="pdf", sys_inputs={"brief": json.dumps(document)})
    return pdf


def picture_png(svg: str) -> bytes:
    """Return a picture as PNG, 17 cm wide at 200 dots per inch."""
    import typst

    png: Any = typst.compile(_PICTURE, format="png", ppi=_PICTURE_DPI, sys_inputs={"svg": svg})
    return bytes(png)


@cache
def chinese_font() -> str:
    """Return the first of `FONTS` that is on this machine; raises `NoChineseFont`."""
    import typst

    there = set(typst.Fonts().families())
    for name in FONTS:
        if name in there:
            return name
    raise NoChineseFont


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "sort": "table",
            "headers": block.headers,
            "rows": block.rows,
            "numbers": block.numbers,
        }
    if isinstance(block, Listing):
        return {"sort": "list", "items": block.items}
    if isinstance(block, Picture):
        return {"sort": "picture", "svg": block.svg, "caption": block.caption}
    return {"sort": "paragraph", "text": block}
