package dev.carousel.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A text in which words come in pairs: {@code a3} and {@code b3} never stand together, but always
 * among the words {@code c3x}, so they mean the same.
 */
final class Planted {
  static final int PAIRS = 12;

  private Planted() {}

  static Path write(Path file, int sentences, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      int topic = random.nextInt(PAIRS);
      StringBuilder line = new StringBuilder();
      int at = random.nextInt(6);
      for (int t = 0; t < 7; t++) {
        line.append(t == 0 ? "" : " ");
        line.append(t == at ? (random.nextBoolean() ? "a" : "b") + topic : "");
        line.append(t == at ? "" : "c" + topic + (char) ('p' + random.nextInt(5)));
      }
      lines.add(line.toString());
    }
    return Files.write(file, lines);
  }
}
