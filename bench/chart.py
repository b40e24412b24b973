# SPDX-License-Identifier: GPL-3.0-or-later
"""A small chart as SVG: lines over sizes on logarithmic axes, panels side by side. Its numbers
stand in it as text; shapes tell the lines apart where colours do not."""
import math
from xml.sax.saxutils import escape

INK, MUTED, LINE, PAPER = "#17202b", "#525c68", "#d5d8d2", "#ffffff"
COLOURS = ["#8b2f83", "#0961a8", "#a85600", "#2f6b3c"]
PANEL, HEIGHT, LEFT, TOP, BOTTOM, GAP = 300, 250, 56, 56, 88, 76
INSET = 22  # of the first and last size in a panel


def number(value):
    """Three digits at most: 0.012, 1.2, 350."""
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def _text(x, y, words, size=12, anchor="start", fill=INK, weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{fill}" font-weight="{weight}">{escape(words)}</text>')


def _mark(shape, x, y, colour):
    if shape == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    points = {1: ((-4, -4), (4, -4), (4, 4), (-4, 4)), 2: ((0, -5), (5, 4), (-5, 4)),
              3: ((0, -5), (5, 0), (0, 5), (-5, 0))}[shape]
    at = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in points)
    return f'<polygon points="{at}" fill="{colour}"/>'


def _labels(marks):
    """The numbers of one size, [(x, y, value, colour)]: above their marks, or below where the next
    one's is too near."""
    out = []
    last = 0.0
    for x, y, value, colour in sorted(marks, key=lambda mark: mark[1]):
        at = y - 8 if y - 8 - last >= 22 else max(y + 16, last + 12)
        out.append(_text(x, at, number(value), size=11, anchor="middle", fill=colour))
        last = at
    return out


def _panel(left, title, sizes, lines):
    """lines: {name: values, one for each size (None: not measured)}."""
    known = [value for values in lines.values() for value in values if value]
    low = math.floor(math.log10(min(known)))
    high = max(math.ceil(math.log10(max(known))), low + 1)
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def place(size, value):
        return (left + INSET + (math.log10(size) - first) / (last - first) * (PANEL - 2 * INSET),
                TOP + HEIGHT - (math.log10(value) - low) / (high - low) * HEIGHT)

    out = [_text(left, TOP - 18, title, size=14, weight="bold")]
    for power in range(low, high + 1):
        y = place(sizes[0], 10.0 ** power)[1]
        out.append(f'<line x1="{left}" x2="{left + PANEL}" y1="{y:.1f}" y2="{y:.1f}" '
                   f'stroke="{LINE}"/>')
        out.append(_text(left - 8, y + 4, number(10.0 ** power), anchor="end", fill=MUTED))
    for size in sizes:
        out.append(_text(place(size, 10.0 ** low)[0], TOP + HEIGHT + 22,
                         f"{size / 1e6:g} M", anchor="middle", fill=MUTED))
    for i, size in enumerate(sizes):
        out += _labels([(*place(size, values[i]), values[i], COLOURS[k])
                        for k, values in enumerate(lines.values()) if values[i]])
    for i, (name, values) in enumerate(lines.items()):
        marks = [place(size, value) for size, value in zip(sizes, values) if value]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in marks)
        out.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[i]}" '
                   'stroke-width="2"/>')
        out += [_mark(i, x, y, COLOURS[i]) for x, y in marks]
        x, y = left + 6 + (i % 2) * 150, TOP + HEIGHT + 46 + i // 2 * 18
        out.append(_mark(i, x, y - 4, COLOURS[i]))
        out.append(_text(x + 12, y, name))
    return out


def svg(title, description, sizes, panels):
    """panels: [(title, {name: values})]."""
    width = LEFT + len(panels) * PANEL + (len(panels) - 1) * GAP + 30
    height = TOP + HEIGHT + BOTTOM
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
           f'aria-labelledby="t d" font-family="sans-serif">',
           f'<title id="t">{escape(title)}</title>', f'<desc id="d">{escape(description)}</desc>',
           f'<rect width="{width}" height="{height}" fill="{PAPER}"/>']
    for i, (name, lines) in enumerate(panels):
        out += _panel(LEFT + i * (PANEL + GAP), name, sizes, lines)
    return "\n".join(out + ["</svg>"]) + "\n"
