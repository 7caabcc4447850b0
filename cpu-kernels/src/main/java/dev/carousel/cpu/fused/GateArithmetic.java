package dev.carousel.cpu.fused;

import dev.carousel.rnn.Lengths;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.RnnPlan;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The gates of a plan's calls alone, for benchmarks: everything between the products, forwards and,
 * of a plan for training, backwards, on as many threads as the plan uses. Each step works on the
 * same tiles, which stay in a near cache, so this is arithmetic without traffic to memory. Use it
 * before the plan is closed, in one thread.
 */
public final class GateArithmetic implements AutoCloseable {
  private static final int CACHE_LINE = 64;

  private final FusedRnnPlan plan;
  private final Lengths lengths;
  private final long y;
  private final long reserve;
  private final long work;

  private GateArithmetic(FusedRnnPlan plan, Lengths lengths) {
    this.plan = plan;
    this.lengths = lengths;
    y = zeros(4L * plan.batch() * plan.spec().outputSize());
    reserve = zeros(plan.reserveBytes());
    work = zeros(plan.workBytes());
  }

  /**
   * Those of a plan; empty if its network runs on other kernels.
   *
   * @param lengths of the rows, of the plan's steps and batch
   */
  public static Optional<GateArithmetic> of(RnnPlan plan, Lengths lengths) {
    return plan instanceof FusedRnnPlan own
        ? Optional.of(new GateArithmetic(own, lengths))
        : Optional.empty();
  }

  /**
   * Zeros remain what they are or settle, so that no step meets numbers that are slow to compute.
   */
  private static long zeros(long bytes) {
    long size = bytes + CACHE_LINE;
    long address = size > Integer.MAX_VALUE ? 0 : FusedMemory.allocate(size);
    if (address == 0) {
      throw new BackendException("the system has no " + size + " bytes of native memory left");
    }
    ByteBuffer view = FusedMemory.view(address, (int) size);
    while (view.hasRemaining()) {
      view.put((byte) 0);
    }
    return address;
  }

  private static long aligned(long address) {
    return (address + CACHE_LINE - 1) & -CACHE_LINE;
  }

  /** Does the work of one call. */
  public void run() {
    plan.gates(lengths, aligned(y), aligned(reserve), aligned(work));
  }

  @Override
  public void close() {
    FusedMemory.free(y);
    FusedMemory.free(reserve);
    FusedMemory.free(work);
  }
}
