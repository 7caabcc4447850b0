#!/bin/sh
# Builds the kernels for x86-64 Linux: build.sh OUTPUT JDK [COMPILER]. Code for several instruction sets lies side by side in one
# library, and the processor decides when it is loaded.
set -eu
out=$1
jdk=$2
cxx=${3:-g++}
here=$(cd "$(dirname "$0")" && pwd)
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

flags="-std=c++17 -O3 -fPIC -fvisibility=hidden -fno-exceptions -fno-rtti -fno-math-errno -ffp-contract=fast
  -Wall -Wextra -Wno-psabi -Wno-maybe-uninitialized -ffile-prefix-map=$here=. -I$jdk/include -I$jdk/include/linux"
kernels() { # kernels SOURCE ISA TABLE FLAGS...
  source=$1 isa=$2 table=$3
  shift 3
  "$cxx" $flags "$@" -DCAROUSEL_ISA="$isa" -DCAROUSEL_TABLE="$table" -c "$here/$source" -o "$objects/$isa.o"
}
avx512="-mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma"
kernels bf16.cpp avx512bf16 rnnAvx512Bf16 $avx512 -mavx512bf16
kernels int8.cpp avx512int8 rnnAvx512Int8 $avx512 -mavx512vnni
kernels isa.cpp avx512 kernelsAvx512 $avx512
kernels isa.cpp avx2 kernelsAvx2 -mavx2 -mfma
by=$("$cxx" --version | head -n 1)
"$cxx" $flags -c "$here/team.cpp" -o "$objects/team.o"
for part in jni_dense jni_elements jni_sequences; do "$cxx" $flags -c "$here/$part.cpp" -o "$objects/$part.o"; done
"$cxx" $flags "-DCAROUSEL_BUILT_BY=\"$by\"" -c "$here/jni.cpp" -o "$objects/jni.o"

mkdir -p "$(dirname "$out")"
"$cxx" -shared -s -static-libgcc -static-libstdc++ -Wl,--no-undefined -o "$objects/library" "$objects"/*.o -lpthread
mv "$objects/library" "$out"
