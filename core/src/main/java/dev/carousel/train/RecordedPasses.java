package dev.carousel.train;

import dev.carousel.autograd.Tape;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a task in two parts: a batch is uploaded into tensors of its shape, and what is
 * launched on them is recorded once and replayed. Recordings are kept by shape, the least recently
 * used given up first.
 *
 * <p>The share is an argument of the loss's kernel, and so part of a recording. It is 1 without
 * accumulation; a batch with another share than its shape was recorded with is launched eagerly,
 * which gives the same bits.
 */
final class RecordedPasses<B, I> implements Passes<B> {
  /** Enough for the length buckets of a data set and the smaller last batch of each. */
  static final int CAPACITY = 64;

  private final StagedTask<B, I> task;
  private final Passes<B> eager;
  private final Tape tape;
  private final LossMeter meter;
  private final int capacity;
  private final Map<Staging.Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  RecordedPasses(StagedTask<B, I> task, Tape tape, LossMeter meter, int capacity) {
    this.task = task;
    this.eager = new EagerPasses<>(task, tape, meter);
    this.tape = tape;
    this.meter = meter;
    this.capacity = capacity;
  }

  /** The tensors of one shape, and what is recorded on them. */
  private final class Entry implements AutoCloseable {
    private final Staging.Fixed fixed;
    private final I inputs;
    private final double share;
    private final Recordable pass;
    private Tape.@Nullable Hold plans;

    Entry(Staging.Key key, B batch, double share) {
      Backend backend = tape.backend();
      this.fixed = new Staging.Fixed(backend.memory(), key);
      this.inputs = task.upload(fixed, batch);
      this.share = share;
      this.pass = new Recordable(backend.capture(), () -> launch(inputs, share));
    }

    void run(double itsShare) {
      if (itsShare == share) {
        pass.run();
        if (plans == null) {
          plans = tape.hold();
        }
      } else {
        launch(inputs, itsShare);
      }
    }

    @Override
    public void close() {
      pass.close();
      fixed.close();
      if (plans != null) {
        plans.close();
      }
    }
  }

  @Override
  public void run(B batch, double share) {
    if (!task.replayable(batch)) {
      eager.run(batch, share);
      return;
    }
    Staging staging = new Staging();
    task.upload(staging, batch);
    Staging.Key key = staging.key();
    Entry entry = entries.get(key);
    if (entry == null) {
      evict(capacity - 1);
      entry = new Entry(key, batch, share);
      entries.put(key, entry);
    }
    staging.send(tape.backend().memory(), entry.fixed.tensors());
    entry.run(share);
  }

  private void launch(I inputs, double share) {
    tape.begin();
    Tensor loss = task.launch(tape, inputs, share);
    tape.backward();
    meter.add(loss);
  }

  private void evict(int left) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > left) {
      oldest.next().close();
      oldest.remove();
    }
  }

  /** How many shapes are kept. */
  int size() {
    return entries.size();
  }

  @Override
  public void clear() {
    evict(0);
  }

  @Override
  public void close() {
    clear();
  }
}
