package dev.carousel.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of texts and where they came from.
 *
 * @param name a name for messages and reports
 * @param pairs the pairs in file order
 * @param sources the files they were read from, with checksums; empty for data made in memory
 * @param report the rows that were left out
 */
public record PairSet(
    String name, List<TextPair> pairs, List<SourceFile> sources, ReadReport report) {
  /** Copies the lists. */
  public PairSet {
    pairs = List.copyOf(pairs);
    sources = List.copyOf(sources);
  }

  /**
   * Two parts of a set, drawn by seed.
   *
   * @param train what to learn from
   * @param heldOut what to measure on
   */
  public record Parts(PairSet train, PairSet heldOut) {}

  /** Pairs made in memory. */
  public static PairSet of(String name, List<TextPair> pairs) {
    return new PairSet(name, pairs, List.of(), ReadReport.CLEAN);
  }

  /**
   * Reads two files whose lines belong together.
   *
   * @throws IOException if a file cannot be opened or read
   * @throws DataException if they have different numbers of lines, or a bad row is an error
   */
  public static PairSet read(Path source, Path target, ReadOptions options) throws IOException {
    return PairFileReader.readLines(source, target, options);
  }

  /**
   * Reads two columns of a file with tabs between its columns.
   *
   * @throws IOException if the file cannot be opened or read
   * @throws DataException if a row has too few columns and that is an error
   */
  public static PairSet readTsv(Path file, PairColumns columns, ReadOptions options)
      throws IOException {
    return PairFileReader.readTsv(file, columns, options);
  }

  /** Returns the number of pairs. */
  public int size() {
    return pairs.size();
  }

  /**
   * Holds out pairs drawn by {@code seed}; both parts keep the file order. Pairs with the same
   * source or the same target stay together, so that nothing measured was learned; a group that
   * would lead beyond {@code count} is passed over.
   *
   * @param count the most pairs held out, 1 to below {@link #size()}
   * @throws IllegalArgumentException if there are not so many pairs, or all hang together
   */
  public Parts holdOut(int count, long seed) {
    if (count < 1 || count >= size()) {
      throw new IllegalArgumentException(
          "cannot hold out %d of the %d pairs of %s".formatted(count, size(), name));
    }
    boolean[] held = PairGroups.of(pairs).draw(count, new SplitMix64(seed));
    List<TextPair> train = new ArrayList<>();
    List<TextPair> heldOut = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? heldOut : train).add(pairs.get(i));
    }
    if (train.isEmpty() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "the pairs of %s hang together by equal texts: they cannot be held apart"
              .formatted(name));
    }
    return new Parts(
        new PairSet(name + " (train)", train, sources, report),
        new PairSet(name + " (held-out)", heldOut, sources, report));
  }
}
