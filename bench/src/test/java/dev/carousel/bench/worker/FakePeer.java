package dev.carousel.bench.worker;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.rnn.Precision;
import java.util.Map;

/** A peer that computes nothing, and misbehaves on request. */
public final class FakePeer implements Peer {
  private final int threads;

  /** With more than eight threads it cannot be loaded. */
  public FakePeer(int threads) {
    if (threads > 8) {
      throw new UnsatisfiedLinkError("no fake in java.library.path");
    }
    this.threads = threads;
  }

  @Override
  public String describe() {
    System.out.println("a library that talks");
    return "fake,\n" + threads + " threads";
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    if (row.task() == Task.TRAIN) {
      throw new RefusedRowException("a fake has no gradients");
    }
    if (row.task() == Task.RAGGED) {
      throw new IllegalStateException("outside", new ArithmeticException("inside"));
    }
    if (row.task() == Task.LONG) {
      Runtime.getRuntime().halt(3);
    }
    return new Nothing(row);
  }

  private record Nothing(Row row) implements Exercise {
    @Override
    public void run() throws InterruptedException {
      Thread.sleep(2);
    }

    @Override
    public Answer answer() {
      return Answer.of("y", new float[] {row.hidden(), -0.5f});
    }

    @Override
    public Map<String, Action> parts() {
      return Map.of("sleep", () -> Thread.sleep(1));
    }

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public String implementation() {
      return "nothing";
    }
  }
}
