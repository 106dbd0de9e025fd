#!/usr/bin/python3
"""Make one bundled font from one of Debian's Inter files.

    freeze.py SOURCE.otf TARGET.otf

Four changes, the first two because egui cannot switch OpenType features on or off:

* tabular figures become the ordinary ones (the single substitutions of `tnum`
  are written into the character map), so that numbers stand in columns;
* contextual alternates (`calt`) are left out, because they redraw what a person
  typed: "2x4" as "2×4", "->" as an arrow. What is on the screen is what goes
  into the journal;
* characters nobody will meet here (private use, rare phonetics) are cut;
* the sign for a character that no font has is a hollow box.

The result is then checked; a font that fails a check is not written.
"""

import sys

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Character blocks kept, where the source has them.
KEPT = [
    (0x0020, 0x024F),  # Latin, Latin-1, Latin Extended-A and -B
    (0x0259, 0x0259),  # ə
    (0x02B0, 0x036F),  # modifier letters, combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional (Vietnamese)
    (0x1F00, 0x1FFF),  # Greek Extended
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letterlike, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # keys
    (0x25A0, 0x27BF),  # shapes, signs, ticks
    (0xFB00, 0xFB06),  # ligatures that come in by paste
]

# Signs the window uses: each must be there.
REQUIRED = "→←↑↓✓●■▲▼–—…·×−±≤≥≈%‰₿€£¥₩₺₹’‘“”‚„«»°§\u00a0\u2007\u2009\u202f"

# What the bundled font does without being asked.
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]


def tabular(font):
    """The substitutions of `tnum`: glyph name to glyph name."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    mapping = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(table, "ExtSubTable", table).mapping)
    if not mapping:
        sys.exit("The source has no tabular figures.")
    return mapping


def freeze(font, mapping):
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {c: mapping.get(glyph, glyph) for c, glyph in table.cmap.items()}


def level(font, mapping):
    """Give the ten figures one width: SemiBold's differ by 3 of 2,816 units.

    Only the advance is set, which OpenType reads from `hmtx` alone.
    """
    figures = [mapping[font.getBestCmap()[ord(figure)]] for figure in "0123456789"]
    metrics = font["hmtx"].metrics
    widest = max(metrics[glyph][0] for glyph in figures)
    for glyph in figures:
        width, bearing = metrics[glyph]
        if widest - width > 4:
            sys.exit(f"{glyph} is {width} units wide, not about {widest}.")
        metrics[glyph] = (widest, bearing)


def cut(font):
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.desubroutinize = False
    subsetter = Subsetter(options)
    subsetter.populate(
        unicodes=[c for c in font.getBestCmap() if any(a <= c <= b for a, b in KEPT)]
    )
    subsetter.subset(font)


def calm_missing_sign(font):
    """Draw a character that no font has as a hollow box, not as Inter's striped block."""
    width, _ = font["hmtx"].metrics[".notdef"]
    height = font["OS/2"].sCapHeight
    edge, line = width // 8, font["head"].unitsPerEm // 20
    left, right = edge, width - edge
    pen = T2CharStringPen(width, None)
    corners = [(left, 0), (left, height), (right, height), (right, 0)]
    inner = [
        (left + line, line),
        (right - line, line),
        (right - line, height - line),
        (left + line, height - line),
    ]
    for outline in (corners, inner):
        pen.moveTo(outline[0])
        for corner in outline[1:]:
            pen.lineTo(corner)
        pen.closePath()
    (top,) = font["CFF "].cff.topDictIndex
    old = top.CharStrings[".notdef"]
    top.CharStrings[".notdef"] = pen.getCharString(old.private, old.globalSubrs)
    font["hmtx"].metrics[".notdef"] = (width, left)


def sign(font, source_version):
    """Say in the font itself that it was changed, as its licence wants it known."""
    note = "; tabular figures frozen, contextual alternates left out, subset for Impulse Audit"
    for record in list(font["name"].names):
        if record.nameID == 5:
            font["name"].setName(
                source_version + note,
                5,
                record.platformID,
                record.platEncID,
                record.langID,
            )


def check(font):
    cmap = font.getBestCmap()
    missing = [f"U+{ord(sign):04X} {sign}" for sign in REQUIRED if ord(sign) not in cmap]
    if missing:
        sys.exit("Missing in the result: " + ", ".join(missing))
    widths = font["hmtx"].metrics
    figures = {widths[cmap[ord(figure)]][0] for figure in "0123456789"}
    if len(figures) != 1:
        sys.exit(f"The figures differ in width: {sorted(figures)}")
    (figure,) = figures
    for sign_ in ".,":
        width = widths[cmap[ord(sign_)]][0]
        if not figure // 4 < width < figure * 3 // 4:
            sys.exit(f"“{sign_}” is {width} units wide beside figures of {figure}.")
    tags = {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}
    if not tags <= set(FEATURES):
        sys.exit(f"Features left that should be gone: {sorted(tags - set(FEATURES))}")


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    version = font["name"].getDebugName(5)
    mapping = tabular(font)
    level(font, mapping)
    freeze(font, mapping)
    cut(font)
    calm_missing_sign(font)
    sign(font, version)
    check(font)
    font.save(target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
