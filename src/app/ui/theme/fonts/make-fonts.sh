#!/usr/bin/env bash
# Makes the font files of this folder from their npm packages. See docs/decisions/010-shipped-fonts.md.
# Needs npm, and fonttools with brotli (Debian: fonttools python3-brotli).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# unpack NAME@VERSION FOLDER
unpack() {
  mkdir "$2"
  tar xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1
}

# subset SOURCE TARGET FEATURES UNICODES; the copyright and the license stay in the name table
subset() {
  pyftsubset "$1" --output-file="$here/$2" --flavor=woff2 --no-hinting \
    --name-IDs=0,1,2,13,14 --layout-features="$3" --unicodes="$4"
}

unpack inter-ui@4.1.1 inter
unpack @fontsource/stix-two-math@5.3.0 stix
unpack @fontsource/jetbrains-mono@5.3.0 mono
cp inter/LICENSE.txt "$here/inter-license.txt"
cp stix/LICENSE "$here/stix-two-math-license.txt"
cp mono/LICENSE "$here/jetbrains-mono-license.txt"

# The weights that the page uses, at the optical size of small text.
fonttools varLib.instancer -q -o inter.ttf inter/variable/InterVariable.woff2 opsz=14 wght=400:700

text=kern,ccmp,mark,mkmk,tnum
# The ranges of the Inter faces stand in ../fonts.css too: fonts.test.ts compares them.
subset inter.ttf inter-basic.woff2 $text \
  "U+20-7E,U+A0,U+B0-B3,U+B7,U+D7,U+302,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026,U+2039,U+203A,U+2081,U+2082,U+2190-2193,U+2212,U+221A,U+221E,U+2264,U+2265,U+2318,U+2713"
subset inter.ttf inter-more.woff2 $text \
  "U+A1-AC,U+AE-AF,U+B4-B6,U+B8-D6,U+D8-148,U+14A-17F,U+391-3A1,U+3A3-3A9,U+3B1-3C9,U+2010,U+2011,U+2015,U+201A,U+201E,U+2020-2022,U+2030,U+2032,U+2033,U+2044,U+2070,U+2074-2080,U+2083-2089,U+20AC,U+2122,U+2194,U+2202,U+2211,U+222B,U+2248,U+2260"
subset mono/files/jetbrains-mono-latin-400-normal.woff2 jetbrains-mono.woff2 "" "U+20-7E,U+A0"
stix=stix/files/stix-two-math-latin-400-normal.woff2
# A sign that Inter lacks.
subset $stix stix-two-angle.woff2 "" "U+2220"
# The MATH table stays, and with it the sizes and parts of stretchy operators.
subset $stix stix-two-math.woff2 "*" \
  "U+20-7E,U+A0,U+AF,U+B0-B3,U+B7,U+D7,U+F7,U+2C6,U+302-304,U+307,U+391-3A1,U+3A3-3A9,U+3B1-3C9,U+3D1,U+3D5,U+3F5,U+2013,U+2016,U+2026,U+2032,U+203E,U+2061-2064,U+2190-2194,U+2200,U+2202,U+2203,U+2207-220B,U+220F,U+2211-2213,U+2217,U+221A,U+221D-2220,U+2223,U+2225,U+2227-222B,U+223C,U+2243,U+2248,U+2260,U+2261,U+2264,U+2265,U+226A,U+226B,U+2282,U+2286,U+2295,U+2297,U+22C5,U+22EF,U+2308-230B,U+27E8,U+27E9,U+210E,U+1D434-1D454,U+1D456-1D467,U+1D6A4,U+1D6E2-1D71B"

ls -l "$here"/*.woff2
