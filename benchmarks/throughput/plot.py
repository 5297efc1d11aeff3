"""A plot of cost against the length of the list as SVG: both axes logarithmic, beside them a cost that grows alike."""

from __future__ import annotations

import math

WIDTH, HEIGHT, EDGE = 640, 400, 60


def lines(points: list[tuple[int, float]]) -> str:
    """The plot of microseconds a name (second) by listed names (first), and the line of a cost in proportion."""
    first_length, first_cost = points[0]
    last_length = points[-1][0]
    alike = [(first_length, first_cost), (last_length, first_cost * last_length / first_length)]
    least = min(cost for _, cost in points) / 2
    most = alike[1][1] * 1.2

    def place(length: float, cost: float) -> tuple[float, float]:
        across = math.log(length / first_length) / math.log(last_length / first_length)
        up = math.log(cost / least) / math.log(most / least)
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    def path(of: list[tuple[int, float]]) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in of))

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13" fill="#333">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{EDGE}" y="28" font-size="15">Microseconds of one core for a name, by names on the list</text>',
        f'<polyline points="{path(alike)}" fill="none" stroke="#999" stroke-dasharray="5 4"/>',
        f'<polyline points="{path(points)}" fill="none" stroke="#b3261e" stroke-width="2.5"/>',
    ]
    for length, cost in points:
        x, y = place(length, cost)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#b3261e"/>')
        parts.append(f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{cost:,.0f} µs</text>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 28}" text-anchor="middle">{length:,}</text>')
    x, y = place(*alike[1])
    parts.append(f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">a cost in proportion to the list</text>')
    parts.append(f'<line x1="{EDGE}" y1="{HEIGHT - EDGE}" x2="{WIDTH - EDGE}" y2="{HEIGHT - EDGE}" stroke="#333"/>')
    return "\n".join([*parts, "</svg>", ""])
