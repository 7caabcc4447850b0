// Native memory that calls borrow, each its own block, so that concurrent callers do not wait for each other.
#pragma once
#include <cstdlib>
#include <pthread.h>

namespace carousel {

class Scratch {
 public:
  explicit Scratch(long bytes) : size((bytes + 63) / 64 * 64) {}

  ~Scratch() {
    while (free != nullptr) ::free(take());
  }

  // Null when there is no memory.
  char* borrow() {
    pthread_mutex_lock(&guard);
    char* block = free == nullptr ? nullptr : take();
    pthread_mutex_unlock(&guard);
    return block != nullptr ? block : static_cast<char*>(aligned_alloc(64, size));
  }

  void giveBack(char* block) {
    pthread_mutex_lock(&guard);
    Free* f = reinterpret_cast<Free*>(block);
    f->next = free;
    free = f;
    pthread_mutex_unlock(&guard);
  }

 private:
  struct Free {
    Free* next;
  };

  char* take() {
    Free* f = free;
    free = f->next;
    return reinterpret_cast<char*>(f);
  }

  const long size;
  Free* free = nullptr;
  pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
};

}  // namespace carousel
