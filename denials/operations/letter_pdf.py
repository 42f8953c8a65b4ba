"""An appeal letter as a PDF: the practice's letterhead over the text, page numbers under it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

MARGIN = 72  # points: one inch
HEAD = 108
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, alignment=TA_LEFT, spaceAfter=9)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=16, bulletIndent=4, spaceAfter=3)
# Letters beyond Latin-1 that the standard fonts lack, as close as they come.
PLAIN = str.maketrans({"\u2212": "-", "\u2009": " ", "\u202f": " ", "\u2011": "-", "\u2264": "<=", "\u2265": ">="})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes; `reference` stands at the foot of every page."""

    name: str
    address: tuple[str, ...]
    reference: str


def letter_pdf(text: str, head: Letterhead) -> bytes:
    """Lay the letter out on US letter paper. The same text gives the same bytes."""
    out = BytesIO()
    width, height = LETTER
    document = BaseDocTemplate(
        out, pagesize=LETTER, title=head.reference, author=head.name, invariant=1, pageCompression=1
    )
    first = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - MARGIN - HEAD, 0, 0, 0, 0)
    later = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=_first(head), autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=_foot(head)),
        ]
    )
    document.build(_flowables(text))
    return out.getvalue()


def _flowables(text: str) -> list[Flowable]:
    found: list[Flowable] = []
    for block in text.translate(PLAIN).replace("\r\n", "\n").split("\n\n"):
        plain: list[str] = []
        for line in block.strip("\n").split("\n"):
            if line.startswith("- "):
                _flush(found, plain)
                found.append(Paragraph(escape(line[2:]), ITEM, bulletText="\u2022"))
            else:
                plain.append(escape(line))
        _flush(found, plain)
        if found and isinstance(found[-1], Paragraph) and found[-1].style is ITEM:
            found.append(Spacer(1, 6))
    return found


def _flush(found: list[Flowable], plain: list[str]) -> None:
    if any(plain):
        found.append(Paragraph("<br/>".join(plain), BODY))
    plain.clear()


def _first(head: Letterhead) -> Callable[[Canvas, BaseDocTemplate], None]:
    foot = _foot(head)

    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        top = LETTER[1] - 54
        canvas.setFont("Times-Bold", 13)
        canvas.drawString(MARGIN, top, head.name)
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(MARGIN, top - 14, "  ·  ".join(part for part in head.address if part))
        canvas.setLineWidth(0)
        canvas.line(MARGIN, top - 22, LETTER[0] - MARGIN, top - 22)
        foot(canvas, document)

    return draw


def _foot(head: Letterhead) -> Callable[[Canvas, BaseDocTemplate], None]:
    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(MARGIN, 42, head.reference)
        canvas.drawRightString(LETTER[0] - MARGIN, 42, f"Page {canvas.getPageNumber()}")

    return draw
