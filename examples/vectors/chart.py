"""How do times grow with sizes? Draws lines on two logarithmic scales as SVG."""

from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 80, 70, 50, 50
COLORS = ("#1a7f37", "#0969da", "#cf222e")

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.page { fill: #ffffff }
.grid { stroke: #d1d9e0 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .page { fill: #0d1117 } .grid { stroke: #3d444d }
}
"""


def draw(series):
    """A chart of microseconds over numbers of vectors.

    Args:
        series: For each name the time of each number; a Java `Map` of `Map`s when Java calls.

    Returns:
        The SVG as text.
    """
    numbers = sorted({number for points in series.values() for number in points})
    times = [time for points in series.values() for time in points.values()]
    low, high = floor(log10(min(times))), ceil(log10(max(times)))
    last = log10(numbers[-1])

    def x(number):
        return LEFT + (WIDTH - LEFT - RIGHT) * log10(number) / last

    def y(time):
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - log10(time)) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="Time until NumPy has vectors">',
        f"<style>{STYLE}</style>",
        '<rect class="page" width="100%" height="100%"/>',
        '<text class="title" x="16" y="26">Time until NumPy has vectors of 128 float32</text>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
            f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_duration(power)}</text>'
        )
    for number in numbers:
        parts.append(
            f'<text x="{x(number):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">'
            f"{number:,}</text>"
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">'
        "vectors</text>"
    )
    for (name, points), color in zip(series.items(), COLORS):
        line = " ".join(f"{x(number):.1f},{y(time):.1f}" for number, time in points.items())
        number, time = list(points.items())[-1]
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2.5"/>'
            f'<text x="{x(number) + 8:.1f}" y="{y(time) + 4:.1f}">{name}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _duration(power):
    for unit, least in (("s", 6), ("ms", 3), ("µs", 0)):
        if power >= least:
            return f"{10 ** (power - least)} {unit}"
    return f"{10 ** (power + 3)} ns"
