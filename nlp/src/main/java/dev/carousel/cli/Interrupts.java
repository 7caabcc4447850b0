package dev.carousel.cli;

import dev.carousel.train.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, a signal that ends the JVM (Ctrl-C) first asks the training to stop, and waits until
 * it has written its checkpoint.
 */
final class Interrupts implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final StopSignal stop = new StopSignal();
  private final Thread hook = new Thread(this::request, "stop-training");

  Interrupts() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the training is to listen to. */
  StopSignal stop() {
    return stop;
  }

  private void request() {
    stop.request();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("carousel: training did not stop in time; its last checkpoint stands");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the JVM end. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, which is what the hook was for.
    }
  }
}
