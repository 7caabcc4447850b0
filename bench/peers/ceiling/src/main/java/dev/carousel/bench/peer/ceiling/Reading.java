package dev.carousel.bench.peer.ceiling;

import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.RefusedRowException;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Bytes read from the first to the last, again and again, a part on each thread. */
final class Reading implements Exercise {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = 4;
  private static final int BLOCK = LANES * SPECIES.length();

  /** A step of a row takes microseconds; so many of them hide the start of the threads. */
  private static final int STEPS_AT_ONCE = 256;

  private static final long LEAST_BYTES = 64L << 20;
  private static final long NANOS = 300_000_000;

  private final Team team;
  private final float[][] parts;
  private final int steps;
  private final float[] sums;

  /**
   * @param bytes of all threads together
   * @param steps how often they are read in a call
   */
  Reading(Team team, long bytes, int steps) {
    this.team = team;
    this.steps = steps;
    this.parts = new float[team.size()][];
    this.sums = new float[team.size()];
    long floats = bytes / Float.BYTES / team.size();
    int rounded = Math.toIntExact(Math.max(BLOCK, (floats + BLOCK - 1) / BLOCK * BLOCK));
    team.run(i -> parts[i] = new float[rounded]); // each thread touches its own first
  }

  @Override
  public void run() {
    if (steps == 1) {
      read(STEPS_AT_ONCE);
    } else {
      once();
    }
  }

  /** All steps of a call. */
  void once() {
    read(steps);
  }

  private void read(int times) {
    team.run(
        i -> {
          float sum = 0;
          for (int t = 0; t < times; t++) {
            sum += sum(parts[i]);
          }
          sums[i] = sum;
        });
  }

  @Override
  public int passes() {
    return steps == 1 ? STEPS_AT_ONCE : 1;
  }

  private static float sum(float[] a) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int step = SPECIES.length();
    for (int i = 0; i < a.length; i += BLOCK) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, a, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, a, i + step));
      s2 = s2.add(FloatVector.fromArray(SPECIES, a, i + 2 * step));
      s3 = s3.add(FloatVector.fromArray(SPECIES, a, i + 3 * step));
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  /** GB/s, the median of a fraction of a second. */
  double gigabytes() throws Exception {
    long bytes = (long) parts[0].length * Float.BYTES * parts.length;
    int times = Math.toIntExact(Math.max(1, LEAST_BYTES / bytes));
    return (double) bytes * times / Measured.medianNanos(() -> read(times), NANOS);
  }

  @Override
  public Answer answer() throws RefusedRowException {
    throw new RefusedRowException("a limit computes nothing");
  }

  @Override
  public String implementation() {
    return "plain reads of " + parts[0].length * (long) Float.BYTES / 1024 + " KiB a thread";
  }
}
