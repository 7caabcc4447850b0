package dev.carousel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lines to be answered: in batches where many are waiting, and at once where the next one is not
 * there yet, so that it works in a pipe and by hand.
 *
 * @param in where they come from
 */
record WaitingLines(BufferedReader in) {
  private static final int MAX_WAITING = 512;

  /** UTF-8 lines of a stream, which stays open. */
  static WaitingLines of(InputStream bytes) {
    return new WaitingLines(
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
  }

  /** Hands all lines on, in order. */
  void forEachBatch(Consumer<List<String>> answer) throws IOException {
    List<String> waiting = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      waiting.add(line);
      if (waiting.size() == MAX_WAITING || !in.ready()) {
        answer.accept(List.copyOf(waiting));
        waiting.clear();
      }
    }
    if (!waiting.isEmpty()) {
      answer.accept(List.copyOf(waiting));
    }
  }
}
