#!/bin/sh
# ffmpeg 9.0.2 (the build in imageio-ffmpeg 0.8.1), subtitles read from WebVTT and written as WebVTT again.
#
# In WebVTT a cue says < and & by the escapes &lt; and &amp;; a bare < begins a tag. ffmpeg reads the escapes and writes
# what they stand for bare, without an error or a warning: a valid file that says 甲 <好> becomes one in which <好> is
# a tag, which players and webvtt-py 0.6.0 do not show. To go from WebVTT to WebVTT with -c:s copy keeps them. From SRT,
# which knows no escapes, two signs of comparison are taken for a tag and go with all between them: 1<2 且 3>2 is 12.
#
# Seen in December 2026:
#   in: 甲 &amp; 乙 &lt;好&gt;
#   vtt to vtt: 甲 & 乙 <好>, exit 0, 0 bytes of messages
#   as webvtt-py shows it, before: 甲 &amp; 乙 &lt;好&gt;
#   as webvtt-py shows it, after: 甲 & 乙
#   vtt to vtt with -c:s copy: 甲 &amp; 乙 &lt;好&gt;
#   srt to vtt: 1<2 且 3>2 becomes 12
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check imageio-ffmpeg==0.8.1 webvtt-py==0.6.0
cat >"$folder/ask.py" <<'PY'
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import webvtt

folder = Path(sys.argv[1])
one, two = folder / "one.vtt", folder / "two.vtt"


def convert(source: Path, *options: str) -> tuple[str, subprocess.CompletedProcess[bytes]]:
    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-y", "-i", str(source), *options, str(two)]
    done = subprocess.run(call, capture_output=True)
    return two.read_text(encoding="utf-8").splitlines()[3], done


one.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n甲 &amp; 乙 &lt;好&gt;\n", encoding="utf-8")
print("in:", one.read_text(encoding="utf-8").splitlines()[3])
said, done = convert(one)
print(f"vtt to vtt: {said}, exit {done.returncode}, {len(done.stderr)} bytes of messages")
print("as webvtt-py shows it, before:", webvtt.read(str(one))[0].text)
print("as webvtt-py shows it, after:", webvtt.read(str(two))[0].text.strip())
print("vtt to vtt with -c:s copy:", convert(one, "-c:s", "copy")[0])
srt = folder / "one.srt"
srt.write_text("1\n00:00:01,000 --> 00:00:02,000\n1<2 且 3>2\n", encoding="utf-8")
print("srt to vtt: 1<2 且 3>2 becomes", convert(srt)[0])
PY
PYTHONIOENCODING=utf-8 "$folder/env/bin/python" "$folder/ask.py" "$folder" >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
