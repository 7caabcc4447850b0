package dev.carousel.autograd;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plans of one backend, kept by shape and shared by threads. The least recently used are closed
 * when there are more than the capacity, but never one in use. The creator closes it.
 */
public final class Plans implements AutoCloseable {
  /** Enough for every length bucket of a data set at two batch sizes. */
  public static final int DEFAULT_CAPACITY = 128;

  private record Key(RnnSpec spec, int steps, int batch, Pass pass) {}

  private static final class Entry {
    private final RnnPlan plan;
    private int users;

    Entry(RnnPlan plan) {
      this.plan = plan;
    }
  }

  private final RnnKernels kernels;
  private final int capacity;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Plans of these kernels, at most {@code capacity} idle ones kept. */
  public Plans(RnnKernels kernels, int capacity) {
    this.kernels = kernels;
    this.capacity = capacity;
  }

  /** A plan for this shape, made if there is none; {@link #giveBack} it. */
  synchronized RnnPlan take(RnnSpec spec, int steps, int batch, Pass pass) {
    Key key = new Key(spec, steps, batch, pass);
    Entry e = entries.get(key);
    if (e == null) {
      e = new Entry(kernels.plan(spec, steps, batch, pass));
      entries.put(key, e);
      evict();
    }
    e.users++;
    return e.plan;
  }

  /** Takes plans that are in use once more; {@link #giveBack} each. */
  synchronized void takeAgain(List<RnnPlan> taken) {
    taken.forEach(plan -> entry(plan).users++);
  }

  synchronized void giveBack(RnnPlan plan) {
    entry(plan).users--;
  }

  private Entry entry(RnnPlan plan) {
    Entry e = entries.get(new Key(plan.spec(), plan.steps(), plan.batch(), plan.pass()));
    if (e == null || e.plan != plan || e.users == 0) {
      throw new IllegalStateException("a plan was given back that was not taken here");
    }
    return e;
  }

  private void evict() {
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > capacity && oldest.hasNext()) {
      Entry e = oldest.next();
      // the newest entry has no user yet, and is last in line
      if (e.users == 0 && oldest.hasNext()) {
        oldest.remove();
        e.plan.close();
      }
    }
  }

  /** What was chosen for each shape so far, for reports. */
  public synchronized List<String> describe() {
    List<String> lines = new ArrayList<>();
    entries.forEach((k, e) -> lines.add(k + ": " + e.plan.describe()));
    return lines;
  }

  @Override
  public synchronized void close() {
    entries.values().forEach(e -> e.plan.close());
    entries.clear();
  }
}
