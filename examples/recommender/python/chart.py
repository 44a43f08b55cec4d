"""How do some figures go over time? Draws charts one above the other, with one scale of time, as SVG."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP, BOTTOM = 760, 130, 80, 30, 56, 52, 46
COLORS = ("#0969da", "#1a7f37", "#bc4c00", "#8250df")

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.panel { font-weight: 600 }
.page { fill: #ffffff }
.grid { stroke: #d1d9e0 }
.mark { stroke: #cf222e; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .page { fill: #0d1117 } .grid { stroke: #3d444d }
}
"""


@dataclass
class Panel:
    """One chart: lines of (second, value) points by name.

    Attributes:
        steps: Whether a value stays until the next one, instead of sloping towards it.
    """

    title: str
    lines: dict[str, list[tuple[float, float]]]
    steps: bool = False
    top: float = field(init=False)

    def __post_init__(self) -> None:
        highest = max(value for points in self.lines.values() for _, value in points)
        self.top = _round_up(highest)


def draw(title: str, panels: list[Panel], marks: dict[str, float]) -> str:
    """Returns the SVG; `marks` are moments in seconds that a vertical line shows."""
    last = max(at for one in panels for points in one.lines.values() for at, _ in points)
    height = TOP + len(panels) * (HEIGHT + GAP) - GAP + BOTTOM

    def x(at: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * at / last

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{title}">',
        f"<style>{STYLE}</style>",
        '<rect class="page" width="100%" height="100%"/>',
        f'<text class="title" x="16" y="24">{title}</text>',
    ]
    for number, one in enumerate(panels):
        parts += _panel(one, TOP + number * (HEIGHT + GAP), x)
    for name, at in marks.items():
        parts.append(
            f'<line class="mark" x1="{x(at):.1f}" x2="{x(at):.1f}" y1="{TOP}" y2="{height - BOTTOM}"/>'
            f'<text x="{x(at) + 4:.1f}" y="{TOP + 12}">{name}</text>'
        )
    for second in range(0, int(last) + 1, max(1, round(last / 8))):
        parts.append(
            f'<text x="{x(second):.1f}" y="{height - BOTTOM + 18}" text-anchor="middle">{second}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{height - 10}" text-anchor="middle">seconds</text>'
    )
    return "\n".join([*parts, "</svg>\n"])


def _panel(one: Panel, top: float, x) -> list[str]:
    def y(value: float) -> float:
        return top + HEIGHT * (1 - value / one.top)

    parts = []
    for share in (0, 0.5, 1):
        at = y(one.top * share)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
            f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{one.top * share:,.6g}</text>'
        )
    for points, color in zip(one.lines.values(), COLORS):
        corners = []
        for at, value in points:
            if one.steps and corners:
                corners.append((x(at), corners[-1][1]))
            corners.append((x(at), y(value)))
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
    names = "".join(
        f'<tspan dx="14" style="fill: {color}">{name}</tspan>'
        for name, color in zip(one.lines, COLORS)
    )
    parts.append(f'<text class="panel" x="{LEFT}" y="{top - 8}">{one.title}{names}</text>')
    return parts


def _round_up(value: float) -> float:
    """Returns the next of 1, 2, 5, 10, 20, 50 and so on."""
    scale = 10.0 ** floor(log10(max(value, 1)))
    return next(scale * digit for digit in (1, 2, 5, 10) if scale * digit >= value)
