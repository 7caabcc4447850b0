// Rows of a table by their numbers; a negative number is no row.
#pragma once
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

// Tables are larger than caches: asks for the row of a later id, `from` and `width` numbers of it.
static inline void fetchRow(const LookupOperands& o, long i, const float* table, long from, long width) {
  constexpr long AHEAD = 3;
  if (i + AHEAD < o.count && o.ids[i + AHEAD] >= 0) fetch(table + o.ids[i + AHEAD] * o.width + from, (width + 15) / 16);
}

static void gather(Team& team, const LookupOperands& o, const float* table, float* out) {
  shareItems(team, o.count, o.count * o.width, [=](long i) {
    fetchRow(o, i, table, 0, o.width);
    float* row = out + i * o.width;
    if (o.ids[i] < 0) {
      memset(row, 0, o.width * sizeof(float));
    } else {
      memcpy(row, table + o.ids[i] * o.width, o.width * sizeof(float));
    }
  });
}

// Columns are shared out, so that every number of the table is added to in the order of the ids.
static void scatterAdd(Team& team, const LookupOperands& o, const float* d, float* table) {
  struct Job {
    const LookupOperands& o;
    const float* d;
    float* table;
  } job{o, d, table};
  auto work = [](void* j, int rank, int size) {
    const Job& job = *static_cast<Job*>(j);
    const LookupOperands& o = job.o;
    long vectors = (o.width + V - 1) / V;
    long from = vectors * rank / size * V, to = vectors * (rank + 1) / size * V;
    long width = (to < o.width ? to : o.width) - from;
    for (long i = 0; width > 0 && i < o.count; i++) {
      fetchRow(o, i, job.table, from, width);
      if (o.ids[i] < 0) continue;
      const float* x = job.d + i * o.width + from;
      float* row = job.table + o.ids[i] * o.width + from;
      eachVector(width, [=](long c, int n) { store(row + c, load(row + c, n) + load(x + c, n), n); });
    }
  };
  team.run(o.count * o.width < SHARE ? 1 : team.size(), work, &job);
}

static constexpr EmbeddingKernels embeddingKernels = {gather, scatterAdd};

}  // namespace carousel::CAROUSEL_ISA
