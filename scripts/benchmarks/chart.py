"""What do the results look like? Draws bar charts with a logarithmic scale as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

LEFT, RIGHT, TOP = 190, 90, 64
WIDTH, BAR, GAP = 860, 13, 14

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.value { font-size: 11px; fill: #59636e }
.page { fill: #ffffff }
.grid { stroke: #d1d9e0; stroke-width: 1 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .value { fill: #9198a1 } .page { fill: #0d1117 } .grid { stroke: #3d444d }
}
"""


@dataclass(frozen=True)
class Bar:
    """One bar: who was measured, how much, and how the value reads."""

    series: str
    value: float
    label: str


def draw(title: str, groups: dict[str, list[Bar]], colors: dict[str, str]) -> str:
    """Draw a chart of horizontal bars, one group of them for each key, colored by series.

    The axis spans whole powers of ten around all values, which must be positive.
    """
    values = [bar.value for bars in groups.values() for bar in bars]
    low = math.floor(math.log10(min(values)))
    high = max(math.ceil(math.log10(max(values))), low + 1)
    plot = WIDTH - LEFT - RIGHT

    def x(value: float) -> float:
        return LEFT + plot * (math.log10(value) - low) / (high - low)

    body = [f'<text class="title" x="16" y="26">{escape(title)}</text>']
    legend = 16.0
    drawn = {bar.series for bars in groups.values() for bar in bars}
    for series, color in colors.items():
        if series not in drawn:
            continue
        body.append(f'<rect x="{legend:.0f}" y="38" width="11" height="11" fill="{color}"/>')
        body.append(f'<text x="{legend + 16:.0f}" y="48">{escape(series)}</text>')
        legend += 38 + 7 * len(series)

    y = TOP
    for name, bars in groups.items():
        middle = y + BAR * len(bars) / 2 + 4
        body.append(
            f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(name)}</text>'
        )
        for bar in bars:
            end = max(x(bar.value), LEFT + 2)
            body.append(
                f'<rect x="{LEFT}" y="{y}" width="{end - LEFT:.1f}" height="{BAR - 2}" '
                f'fill="{colors[bar.series]}"/>'
            )
            body.append(
                f'<text class="value" x="{end + 5:.1f}" y="{y + 9}">{escape(bar.label)}</text>'
            )
            y += BAR
        y += GAP

    grid = []
    for power in range(low, high + 1):
        at = x(10.0**power)
        grid.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 6}" y2="{y}"/>')
        grid.append(
            f'<text class="value" x="{at:.1f}" y="{y + 16}" text-anchor="middle">'
            f"{_tick(power)}</text>"
        )
    height = y + 28
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title)}">',
            f"<style>{STYLE}</style>",
            '<rect class="page" width="100%" height="100%"/>',
            *grid,
            *body,
            "</svg>\n",
        ]
    )


def _tick(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
