"""A picture drawn by a page, on a sheet of its own as PDF, with Chinese fonts embedded.

The picture comes from outside, so only what a drawing needs is taken over: shapes, lines, text and
how they are painted. Anything else (scripts, styles, images, references) refuses the whole.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from graph.brief.pdf import chinese_font
from graph.errors import InvalidArgument
from graph.text import Text

MAX_SVG_BYTES = 8 * 1024 * 1024
_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset({"svg", "g", "path", "line", "circle", "rect", "text", "tspan", "title"})
_ATTRIBUTES = frozenset(
    {
        *("viewBox", "width", "height", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2"),
        *("cx", "cy", "r", "rx", "d", "transform", "fill", "stroke", "stroke-width"),
        *("fill-opacity", "stroke-opacity", "opacity", "stroke-dasharray", "stroke-linejoin"),
        *("fill-rule", "font-size", "font-weight", "text-anchor", "paint-order", "role"),
    }
)
_PLAIN = re.compile(r"[\w\s.,#%()+-]*\Z")
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set document(title: sys.inputs.title)
#image(bytes(sys.inputs.svg), format: "svg", width: 26cm, alt: sys.inputs.title)
"""


class SvgTooLarge(InvalidArgument):
    """A picture of more bytes than are taken."""

    def __init__(self) -> None:
        n_mb = MAX_SVG_BYTES // 1024**2
        super().__init__(
            "picture",
            Text(
                f"图太大（超过 {n_mb} MB），做不成 PDF。请少显示一些主体，或存为 PNG。",
                f"The picture is too large for a PDF (more than {n_mb} MB). Show fewer actors, or "
                "save it as PNG.",
            ),
        )


def sheet_pdf(svg: bytes) -> bytes:
    """Return a picture as a PDF of one page, 26 cm wide and as high as it is.

    Raises `SvgTooLarge`, `InvalidArgument` for anything but a plain drawing, and `NoChineseFont`.
    Time and memory are linear in the size of the picture.
    """
    import typst

    if len(svg) > MAX_SVG_BYTES:
        raise SvgTooLarge
    drawing, title = plain_drawing(svg, chinese_font())
    inputs = {"svg": drawing, "title": title}
    pdf: bytes = typst.compile(_PAGE, format="pdf", sys_inputs=inputs)
    return pdf


def plain_drawing(svg: bytes, font: str) -> tuple[str, str]:
    """Return the drawing written anew in one font, and its title; raises `InvalidArgument`."""
    try:
        given = fromstring(svg)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _refused("XML") from error
    if given.tag != f"{{{_SVG}}}svg":
        raise _refused(str(given.tag))
    drawing = Element("svg", {"xmlns": _SVG, "font-family": font})
    _copy(given, drawing)
    title = next((child.text or "" for child in drawing if child.tag == "title"), "")
    return tostring(drawing, encoding="unicode"), title


def _copy(given: Element, made: Element) -> None:
    """Take over what a drawing needs, iteratively: the depth is not ours."""
    pairs = [(given, made)]
    while pairs:
        source, target = pairs.pop()
        for name, value in source.attrib.items():
            if name == "font-family":
                continue
            if name not in _ATTRIBUTES or not _PLAIN.match(value) or "url" in value.lower():
                raise _refused(name)
            target.set(name, value)
        target.text = source.text
        for child in source:
            name = str(child.tag).removeprefix(f"{{{_SVG}}}")
            if name not in _ELEMENTS:
                raise _refused(name)
            copied = SubElement(target, name)
            copied.tail = child.tail
            pairs.append((child, copied))


def _refused(what: str) -> InvalidArgument:
    short = what[:60]
    return InvalidArgument(
        "picture",
        Text(
            f"这张图里有不能放进 PDF 的内容：{short}。请用网络图页面上的按钮生成。",
            f"The picture holds something that cannot go into a PDF: {short}. Make it with the "
            "buttons of the map page.",
        ),
    )
