package dev.carousel.train;

import dev.carousel.spi.Backend;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/**
 * Sums losses where they are computed, so that nobody waits for them, and over an epoch on the
 * host.
 */
final class LossMeter implements AutoCloseable {
  private final Backend backend;
  private final Storage pending;
  private double sum;
  private double weight;
  private long tokens;

  /**
   * What a resumed meter needs.
   *
   * @param pending not read yet: sum and weight
   * @param epoch read since the epoch began: sum and weight
   * @param tokens of the losses not read yet
   */
  @SuppressWarnings("ArrayRecordComponent") // two numbers each, never compared
  record State(float[] pending, double[] epoch, long tokens) {
    double pendingSum() {
      return pending[0];
    }
  }

  /**
   * What a read gives.
   *
   * @param loss mean since the last read
   * @param tokens since then
   */
  record Reading(double loss, long tokens) {}

  LossMeter(Backend backend) {
    this.backend = backend;
    this.pending = backend.memory().allocate(DType.F32, 2);
  }

  /** Adds a loss [2], sum and weight, where it was computed; does not wait. */
  void add(Tensor loss) {
    backend.elementwise().addScaled(1, loss, Tensor.of(pending));
  }

  /** Counts the tokens of a batch. */
  void count(long itsTokens) {
    tokens += itsTokens;
  }

  /** Waits for the losses added since the last read. */
  Reading read() {
    float[] p = download();
    backend.memory().fill(Tensor.of(pending), 0);
    Reading reading = new Reading(mean(p[0], p[1]), tokens);
    sum += p[0];
    weight += p[1];
    tokens = 0;
    return reading;
  }

  /** Mean of what was read since the epoch began. */
  double epochMean() {
    return mean(sum, weight);
  }

  void beginEpoch() {
    sum = 0;
    weight = 0;
  }

  State state() {
    return new State(download(), new double[] {sum, weight}, tokens);
  }

  void restore(State s) {
    backend.memory().upload(s.pending(), 0, Tensor.of(pending));
    sum = s.epoch()[0];
    weight = s.epoch()[1];
    tokens = s.tokens();
  }

  private float[] download() {
    float[] p = new float[2];
    backend.memory().download(Tensor.of(pending), p, 0);
    return p;
  }

  /** Of no rows at all the mean is 0: nothing was there to be wrong about. */
  private static double mean(double sum, double weight) {
    return weight == 0 ? sum : sum / weight;
  }

  @Override
  public void close() {
    pending.close();
  }
}
