#include "team.h"

#include <sched.h>

namespace carousel {

namespace {

// About 50 microseconds of pauses: longer than what Java does between two kernels of a small network.
constexpr int PATIENCE = 2000;

inline void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Whether the value changed while it was watched.
inline bool watch(std::atomic<int>& value, int old) {
  for (int i = 0; i < PATIENCE; i++) {
    if (value.load(std::memory_order_acquire) != old) return true;
    pause();
  }
  return false;
}

}  // namespace

void Barrier::spinUntilNot(std::atomic<int>& value, int old) {
  while (!watch(value, old)) sched_yield();
}

Team::Team(int size) : threads(size), workers(new Worker[size]) {
  for (int i = 1; i < threads; i++) {
    workers[i].team = this;
    workers[i].rank = i;
    if (pthread_create(&workers[i].thread, nullptr, enter, &workers[i]) != 0) threads = i;
  }
}

Team::~Team() {
  pthread_mutex_lock(&asleep);
  closing = true;
  issued.fetch_add(1, std::memory_order_acq_rel);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&asleep);
  for (int i = 1; i < threads; i++) pthread_join(workers[i].thread, nullptr);
  delete[] workers;
}

void* Team::enter(void* worker) {
  Worker* w = static_cast<Worker*>(worker);
  w->team->serve(w->rank);
  return nullptr;
}

void Team::serve(int rank) {
  int seen = 0;
  for (;;) {
    if (!watch(issued, seen)) {
      pthread_mutex_lock(&asleep);
      sleepers++;
      while (issued.load(std::memory_order_acquire) == seen) pthread_cond_wait(&wake, &asleep);
      sleepers--;
      pthread_mutex_unlock(&asleep);
    }
    seen = issued.load(std::memory_order_acquire);
    if (closing) return;
    if (rank < active) work(job, rank, active);
    pending.fetch_sub(1, std::memory_order_acq_rel);
  }
}

void Team::run(int wanted, Work* w, void* j) {
  int n = wanted < threads ? wanted : threads;
  if (n < 2 || pthread_mutex_trylock(&turn) != 0) {
    w(j, 0, 1);
    return;
  }
  work = w;
  job = j;
  active = n;
  pending.store(threads - 1, std::memory_order_relaxed);
  issued.fetch_add(1, std::memory_order_acq_rel);
  pthread_mutex_lock(&asleep);
  if (sleepers > 0) pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&asleep);
  w(j, 0, n);
  for (int left; (left = pending.load(std::memory_order_acquire)) != 0;) Barrier::spinUntilNot(pending, left);
  pthread_mutex_unlock(&turn);
}

}  // namespace carousel
