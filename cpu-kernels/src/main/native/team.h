// The threads of a backend, and how they wait for each other.
#pragma once
#include <atomic>
#include <pthread.h>

namespace carousel {

// Ranks 0 to size - 1 of a team, each calling wait() the same number of times.
class Barrier {
 public:
  void wait(int size) {
    if (size < 2) return;
    int now = phase.load(std::memory_order_relaxed);
    if (arrived.fetch_add(1, std::memory_order_acq_rel) == size - 1) {
      arrived.store(0, std::memory_order_relaxed);
      phase.store(now + 1, std::memory_order_release);
    } else {
      spinUntilNot(phase, now);
    }
  }

  // Busy for some microseconds, then giving way: the other thread may need this core.
  static void spinUntilNot(std::atomic<int>& value, int old);

 private:
  alignas(64) std::atomic<int> arrived{0};
  alignas(64) std::atomic<int> phase{0};
};

// A part of a job: called once for each rank.
typedef void Work(void* job, int rank, int size);

// A fixed number of threads, the caller among them. They wait for work without sleeping for some microseconds after the
// last, then asleep.
class Team {
 public:
  explicit Team(int size);
  ~Team();

  int size() const { return threads; }

  // Runs work on `wanted` threads at most; on the caller alone while another caller has the team. What is computed must
  // not depend on how many there are.
  void run(int wanted, Work* work, void* job);

 private:
  struct Worker {
    Team* team;
    int rank;
    pthread_t thread;
  };

  static void* enter(void* worker);
  void serve(int rank);

  int threads;  // fewer than asked for if the system gave no more
  Worker* workers;
  pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;    // who may hand out work
  pthread_mutex_t asleep = PTHREAD_MUTEX_INITIALIZER;  // guards the sleepers
  pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
  int sleepers = 0;
  bool closing = false;
  Work* work = nullptr;
  void* job = nullptr;
  int active = 0;
  alignas(64) std::atomic<int> issued{0};
  alignas(64) std::atomic<int> pending{0};
};

}  // namespace carousel
