#!/bin/sh
# Builds the kernels for x86-64 Linux: build.sh OUTPUT JDK [COMPILER]. AVX2 and AVX-512 code lie side by side in one library, and
# the processor decides when it is loaded.
set -eu
out=$1
jdk=$2
cxx=${3:-g++}
here=$(cd "$(dirname "$0")" && pwd)
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

flags="-std=c++17 -O3 -fPIC -fvisibility=hidden -fno-exceptions -fno-rtti -fno-math-errno -ffp-contract=fast
  -Wall -Wextra -Wno-psabi -Wno-maybe-uninitialized -ffile-prefix-map=$here=. -I$jdk/include -I$jdk/include/linux"
kernels() { # kernels ISA TABLE FLAGS...
  isa=$1 table=$2
  shift 2
  "$cxx" $flags "$@" -DCAROUSEL_ISA="$isa" -DCAROUSEL_TABLE="$table" -c "$here/isa.cpp" -o "$objects/$isa.o"
}
kernels avx512 kernelsAvx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma
kernels avx2 kernelsAvx2 -mavx2 -mfma
by=$("$cxx" --version | head -n 1)
"$cxx" $flags -c "$here/team.cpp" -o "$objects/team.o"
"$cxx" $flags -c "$here/jni_dense.cpp" -o "$objects/jni_dense.o"
"$cxx" $flags "-DCAROUSEL_BUILT_BY=\"$by\"" -c "$here/jni.cpp" -o "$objects/jni.o"

mkdir -p "$(dirname "$out")"
"$cxx" -shared -s -static-libgcc -static-libstdc++ -Wl,--no-undefined -o "$objects/library" "$objects"/*.o -lpthread
mv "$objects/library" "$out"
