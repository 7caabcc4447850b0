#!/bin/sh
# Makes one folder for GPU hosts without Java and without a network: ./carousel bundle --out DIR
set -eu

fail() {
  printf 'carousel: %s\n' "$1" >&2
  exit 1
}

usage() {
  cat <<'EOF'
Usage: carousel bundle --out DIR
Make a folder that runs on a Linux GPU host without Java and without a network: a trimmed JRE, the
libraries, the contract kit, a benchmark, and a script 'check' that runs them and writes one report.
It needs a JDK with jlink, Maven, tar and xz; DIR must not exist. DIR.tar.xz is made beside it.

Example:
  carousel bundle --out /tmp/carousel-gpu
EOF
}

out=""
while [ $# -gt 0 ]; do
  case $1 in
    --out) [ $# -ge 2 ] || fail "--out needs a folder"; out=$2; shift 2 ;;
    --out=*) out=${1#--out=}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "not understood: $1" ;;
  esac
done
[ -n "$out" ] || { usage >&2; exit 2; }
[ ! -e "$out" ] || fail "$out exists already"
for tool in jlink jar mvn tar xz; do
  command -v "$tool" >/dev/null 2>&1 || fail "no $tool on PATH"
done
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
home=$(dirname "$(dirname "$here")")
mkdir -p "$out/lib"
out=$(CDPATH='' cd "$out" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "carousel: building" >&2
mvn -f "$home/pom.xml" -q -B -ntp -Dfast -DskipTests -pl bench,cuda-kernels -am package >&2
version() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/pom.xml" | head -n 1; }
for artifact in \
  "org.junit.platform:junit-platform-console-standalone:$(version junit.version)" \
  "org.assertj:assertj-core:$(version assertj.version)"; do
  # Outside of the project, whose modules need not be in the local repository.
  (cd "$work" && mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
    -Dartifact="$artifact" -DoutputDirectory="$work/kit") >&2
done

cp "$work"/kit/*.jar "$out/lib"
libraries=$home/bench/target/lib
for jar in carousel-api carousel-core carousel-cuda carousel-nlp jackson; do
  cp "$libraries"/$jar*.jar "$out/lib"
done
cp "$home"/bench/target/carousel-bench.jar "$libraries"/javacpp-*.jar "$out/lib"
[ -e "$(ls "$out"/lib/carousel-api-*-tests.jar)" ] || fail "the contract kit is not in $libraries"
jar --create --file "$out/lib/carousel-cuda-tests.jar" -C "$home/cuda-kernels/target/test-classes" dev

# Of CUDA's bindings only what is called: 5 of 33 MB.
for jar in "$libraries"/cuda-*.jar; do
  case $jar in
    *-linux-x86_64.jar)
      (cd "$work" && for part in cudart cublas cudnn nvrtc; do
        jar --extract --file "$jar" "org/bytedeco/cuda/linux-x86_64/libjni$part.so"
      done && jar --create --file "$out/lib/$(basename "$jar")" org) ;;
    *) cp "$jar" "$out/lib" ;;
  esac
done

jlink --add-modules java.base,java.logging,java.management,java.xml,jdk.management,jdk.unsupported \
  --strip-debug --no-header-files --no-man-pages --output "$out/jre"
cp "$here/check" "$here/torch_rows.py" "$home/LICENSE" "$out"
chmod +x "$out/check"
git -C "$home" rev-parse HEAD >"$out/commit" 2>/dev/null || echo unknown >"$out/commit"

tar -C "$(dirname "$out")" -cf - "$(basename "$out")" | xz -T0 -6 >"$out.tar.xz"
bytes=$(wc -c <"$out.tar.xz")
echo "carousel: $out.tar.xz has $((bytes / 1024 / 1024)) MiB" >&2
[ "$bytes" -le $((55 * 1024 * 1024)) ] || fail "the bundle has $bytes bytes, more than 55 MiB"
