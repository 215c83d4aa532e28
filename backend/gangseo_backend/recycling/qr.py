"""The sheet of QR codes to print for benches. Pure."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

import segno

from gangseo_backend.core.texts import Catalog


@dataclass(frozen=True, slots=True)
class Label:
    """One code to print."""

    spot_id: str
    name_ko: str
    name_en: str
    url: str


def sheet(labels: Iterable[Label], texts: Catalog) -> str:
    """A4 pages to print, six codes each, Korean and English."""
    title, scan = texts.text("sheet.title"), texts.text("sheet.scan")
    cards = "\n".join(_card(label, scan.ko, scan.en) for label in labels)
    return (
        f'<!doctype html>\n<html lang="ko"><head><meta charset="utf-8"><title>{html.escape(title.ko)}</title>'
        f"<style>{_STYLE}</style></head><body>\n{cards}\n</body></html>\n"
    )


def _card(label: Label, scan_ko: str, scan_en: str) -> str:
    code = segno.make(label.url, error="m", micro=False)
    image = code.svg_inline(scale=6, border=4)
    return (
        f'<section><h2>{html.escape(label.name_ko)}</h2><p lang="en">{html.escape(label.name_en)}</p>{image}'
        f'<p class="scan">{html.escape(scan_ko)}</p><p class="scan" lang="en">{html.escape(scan_en)}</p>'
        f"<small>{html.escape(label.spot_id)}</small></section>"
    )


_STYLE = (
    "@page{size:A4;margin:12mm}body{font-family:Pretendard,'Noto Sans KR',sans-serif;margin:0;display:grid;"
    "grid-template-columns:1fr 1fr;gap:6mm}section{break-inside:avoid;border:1px solid #888;border-radius:4mm;"
    "height:84mm;text-align:center;padding:3mm;box-sizing:border-box}h2{margin:0;font-size:14pt}"
    "p{margin:1mm 0;font-size:10pt}.scan{font-weight:600}svg{width:44mm;height:44mm}small{color:#555}"
)
