package dev.carousel.lm;

import dev.carousel.decode.RepetitionControl;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The latest tokens of a text, as many as repetition control may look back on: memory is taken as
 * the text grows, up to twice its longest window.
 */
final class LatestTokens {
  private static final int MOST = RepetitionControl.MAX_WINDOW;
  private static final int FIRST = 64;

  private int[] ids = new int[FIRST];
  private int size;

  void add(int id) {
    if (size == 2 * MOST) {
      System.arraycopy(ids, size - MOST, ids, 0, MOST);
      size = MOST;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  /** Tells the latest {@code count} of them, or all if there are fewer, in the text's order. */
  void tell(int count, IntConsumer to) {
    for (int i = Math.max(0, size - count); i < size; i++) {
      to.accept(ids[i]);
    }
  }
}
