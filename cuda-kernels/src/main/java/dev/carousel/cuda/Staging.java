package dev.carousel.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pinned memory between Java's arrays and the device: two halves, so that one is filled while the
 * device still reads the other. An upload returns when its last piece is on its way.
 */
final class Staging implements AutoCloseable {
  private static final int HALF = 4 << 20;

  private final Gpu gpu;
  private final long address;
  private final PinnedView[] views = new PinnedView[2];
  private final long[] events = new long[2];
  private int half;

  /** Moves elements {@code done} to {@code done + n − 1} of an array between it and a view. */
  interface Piece {
    void move(PinnedView view, int done, int n);
  }

  Staging(Gpu gpu) {
    this.gpu = gpu;
    try (Gpu.Turn turn = gpu.turn()) {
      address = turn.driver().allocatePinned(2L * HALF);
      ByteBuffer all =
          new HostBytes(address, 2L * HALF).asByteBuffer().order(ByteOrder.nativeOrder());
      for (int i = 0; i < 2; i++) {
        views[i] = new PinnedView(all.slice(i * HALF, HALF).order(ByteOrder.nativeOrder()));
        events[i] = turn.driver().createEvent();
      }
    }
  }

  void upload(long to, long size, int bytes, Piece piece) {
    try (Gpu.Turn turn = gpu.turn()) {
      gpu.requireNoCapture("upload");
      int most = HALF / bytes;
      for (long done = 0; done < size; done += most) {
        int n = (int) Math.min(most, size - done);
        half = 1 - half;
        turn.driver().await(events[half]);
        piece.move(views[half], (int) done, n);
        turn.driver().upload(address + (long) half * HALF, to + done * bytes, (long) n * bytes);
        turn.driver().mark(events[half]);
      }
    }
  }

  void download(long from, long size, int bytes, Piece piece) {
    try (Gpu.Turn turn = gpu.turn()) {
      gpu.requireNoCapture("read back");
      int most = HALF / bytes;
      for (long done = 0; done < size; done += most) {
        int n = (int) Math.min(most, size - done);
        turn.driver().download(from + done * bytes, address, (long) n * bytes);
        turn.driver().synchronize();
        piece.move(views[0], (int) done, n);
      }
    }
  }

  @Override
  public void close() {
    try (Gpu.Turn turn = gpu.turn()) {
      turn.driver().synchronize();
      for (long event : events) {
        turn.driver().destroyEvent(event);
      }
      turn.driver().freePinned(address);
    }
  }
}
