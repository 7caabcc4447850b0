// Runs kernels that were compiled for the host, and the table of them that is made before compiling.
#include <jni.h>
#include <setjmp.h>
#include <ucontext.h>

#include <tuple>
#include <utility>

#include "host_shim.h"

Dim3 gridDim, blockDim, blockIdx, threadIdx;

namespace {
const int MOST = 1024;
const int STACK = 64 * 1024;

struct Fiber {
  ucontext_t context;
  jmp_buf at;
  bool started;
  bool done;
  char exchange[16];
};

Fiber fibers[MOST];
char* stacks;
ucontext_t scheduler;
jmp_buf back;
// A barrier of some threads: who comes last lets all go on.
struct Barrier {
  int arrived;
  unsigned round;
};

Barrier ofBlock;
Barrier ofWarp[MOST / 32];
int current;
void (*body)(void**);
void** arguments;

void yield() {
  if (!_setjmp(fibers[current].at)) _longjmp(back, 1);
  threadIdx = {(unsigned)current, 0, 0};
}

void fiber() {
  for (;;) {
    body(arguments);
    fibers[current].done = true;
    yield();
  }
}

void resume(int i) {
  current = i;
  threadIdx = {(unsigned)i, 0, 0};
  if (_setjmp(back)) return;
  if (fibers[i].started) _longjmp(fibers[i].at, 1);
  fibers[i].started = true;
  getcontext(&fibers[i].context);
  fibers[i].context.uc_stack.ss_sp = stacks + (long)i * STACK;
  fibers[i].context.uc_stack.ss_size = STACK;
  fibers[i].context.uc_link = nullptr;
  makecontext(&fibers[i].context, fiber, 0);
  swapcontext(&scheduler, &fibers[i].context);
}

void wait(Barrier& barrier, int threads) {
  unsigned round = barrier.round;
  if (++barrier.arrived == threads) {
    barrier.arrived = 0;
    barrier.round++;
  }
  while (barrier.round == round) yield();
}

void run_block() {
  for (unsigned i = 0; i < blockDim.x; i++) fibers[i].done = false;
  bool left = true;
  while (left) {
    left = false;
    for (unsigned i = 0; i < blockDim.x; i++) {
      if (!fibers[i].done) {
        resume((int)i);
        left = left || !fibers[i].done;
      }
    }
  }
}

template <class F>
struct Call;

template <class... A>
struct Call<void (*)(A...)> {
  template <void (*kernel)(A...), size_t... I>
  static void unpack(void** args, std::index_sequence<I...>) {
    kernel(*(A*)args[I]...);
  }
  template <void (*kernel)(A...)>
  static void run(void** args) {
    unpack<kernel>(args, std::index_sequence_for<A...>());
  }
};

struct Entry {
  const char* name;
  void (*run)(void**);
  bool barriers;
};
}  // namespace

void __syncthreads() { wait(ofBlock, (int)blockDim.x); }

void warp_exchange(const void* mine, void* all, int bytes) {
  memcpy(fibers[current].exchange, mine, bytes);
  wait(ofWarp[current / 32], 32);
  int first = current / 32 * 32;
  for (int i = 0; i < 32; i++) memcpy((char*)all + i * bytes, fibers[first + i].exchange, bytes);
  wait(ofWarp[current / 32], 32);
}

#define KERNEL_ENTRY(name, barriers) {#name, Call<decltype(&name)>::run<name>, barriers}
#include "kernel_table.inc"

extern "C" JNIEXPORT jint JNICALL Java_dev_carousel_cuda_HostKernels_find(JNIEnv* env, jclass, jstring name) {
  const char* wanted = env->GetStringUTFChars(name, nullptr);
  int found = -1;
  for (int i = 0; i < (int)(sizeof(TABLE) / sizeof(TABLE[0])); i++) {
    if (strcmp(TABLE[i].name, wanted) == 0) found = i;
  }
  env->ReleaseStringUTFChars(name, wanted);
  return found;
}

extern "C" JNIEXPORT void JNICALL Java_dev_carousel_cuda_HostKernels_run(JNIEnv*, jclass, jint kernel, jint gx,
                                                                         jint gy, jint block, jlong args) {
  if (stacks == nullptr) stacks = new char[(long)MOST * STACK];
  const Entry& entry = TABLE[kernel];
  body = entry.run;
  arguments = (void**)args;
  gridDim = {(unsigned)gx, (unsigned)gy, 1};
  blockDim = {(unsigned)block, 1, 1};
  for (unsigned y = 0; y < gridDim.y; y++) {
    for (unsigned x = 0; x < gridDim.x; x++) {
      blockIdx = {x, y, 0};
      if (entry.barriers) {
        run_block();
        continue;
      }
      for (unsigned i = 0; i < blockDim.x; i++) {
        threadIdx = {i, 0, 0};
        entry.run(arguments);
      }
    }
  }
}
