// What the functions that Java calls have in common.
#pragma once
#include <jni.h>

#include "kernels.h"
#include "scratch.h"

namespace carousel {

// A backend's threads and the kernels for its instruction set.
struct Engine {
  const Kernels* kernels;
  Team team;
  Scratch scratch;
  Engine(const Kernels* k, int threads) : kernels(k), team(threads), scratch(k->linear.scratchBytes(threads)) {}
};

inline Engine& engine(jlong handle) { return *reinterpret_cast<Engine*>(handle); }

// A Java array in use, from an offset; nothing if there is no array.
template <class T>
class Pinned {
 public:
  Pinned(JNIEnv* e, jarray a, jint offset) : env(e), array(a) {
    if (array != nullptr) {
      start = static_cast<T*>(env->GetPrimitiveArrayCritical(array, nullptr));
      at = start == nullptr ? nullptr : start + offset;
    }
  }
  ~Pinned() {
    if (start != nullptr) env->ReleasePrimitiveArrayCritical(array, start, 0);
  }
  Pinned(const Pinned&) = delete;

  operator T*() const { return at; }

  // Whether there is an array that could not be had; an OutOfMemoryError is then pending.
  bool failed() const { return array != nullptr && start == nullptr; }

 private:
  JNIEnv* env;
  jarray array;
  T* start = nullptr;
  T* at = nullptr;
};

inline char* bytes(jlong address) { return reinterpret_cast<char*>(address); }

}  // namespace carousel

#define NATIVE_OF(owner, type, name) extern "C" JNIEXPORT type JNICALL Java_dev_carousel_cpu_fused_##owner##_##name
#define NATIVE(type, name) NATIVE_OF(Native, type, name)
