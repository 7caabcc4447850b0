#!/bin/sh
# Renews the library that is shipped where no compiler is, and the checksum of the sources it was made from: prebuild.sh [JDK].
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$here/../prebuilt/linux-x86_64
jdk=${1:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
"$here/build.sh" "$to/libcarousel.so" "$jdk"
cd "$here"
LC_ALL=C ls -- *.cpp *.h build.sh | xargs cat | sha256sum | cut -d ' ' -f 1 > "$to/sources.sha256"
