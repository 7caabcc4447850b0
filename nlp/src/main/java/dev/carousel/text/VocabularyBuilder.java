package dev.carousel.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts tokens and makes a vocabulary of the frequent ones.
 *
 * <p>Ids after the reserved ones go by falling count, equal counts by the tokens' string order
 * ({@link String#compareTo}), so the same counts give the same ids. A token that reads like a
 * reserved one, such as the {@code <unk>} of the Penn Treebank's text, is the reserved one. Not
 * thread safe.
 */
public final class VocabularyBuilder {
  private static final Set<String> RESERVED_TOKENS =
      Set.of(Reserved.values()).stream().map(Reserved::token).collect(Collectors.toSet());

  private final Map<String, Long> counts = new HashMap<>();
  private final List<Reserved> reserved = new ArrayList<>(List.of(Reserved.PAD, Reserved.UNK));
  private long minCount = 1;
  private int maxSize = Vocabulary.MAX_SIZE;

  /**
   * Counts tokens.
   *
   * @param tokens tokens of a text, none empty
   * @return this builder
   */
  public VocabularyBuilder add(Iterable<String> tokens) {
    tokens.forEach(token -> add(token, 1));
    return this;
  }

  /**
   * Adds to a token's count.
   *
   * @param token a token, not empty
   * @param count how often it occurred, at least 0
   * @return this builder
   */
  public VocabularyBuilder add(String token, long count) {
    if (token.isEmpty() || count < 0) {
      throw new IllegalArgumentException(
          "an empty token or a negative count: '" + token + "', " + count);
    }
    counts.merge(token, count, Long::sum);
    return this;
  }

  /**
   * Gives further reserved tokens an id.
   *
   * @param tokens any of the reserved tokens; padding and unknown are always there
   * @return this builder
   */
  public VocabularyBuilder reserve(Reserved... tokens) {
    for (Reserved token : tokens) {
      if (!reserved.contains(token)) {
        reserved.add(token);
      }
    }
    reserved.sort(Comparator.naturalOrder());
    return this;
  }

  /**
   * Leaves out rare tokens.
   *
   * @param count how often a token must occur to be known, at least 1; the default is 1
   * @return this builder
   */
  public VocabularyBuilder minCount(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("minCount must be at least 1, not " + count);
    }
    this.minCount = count;
    return this;
  }

  /**
   * Bounds the vocabulary.
   *
   * @param size the most tokens, reserved ones included
   * @return this builder
   */
  public VocabularyBuilder maxSize(int size) {
    if (size < Reserved.values().length || size > Vocabulary.MAX_SIZE) {
      throw new IllegalArgumentException(
          "maxSize must be "
              + Reserved.values().length
              + " to "
              + Vocabulary.MAX_SIZE
              + ", not "
              + size);
    }
    this.maxSize = size;
    return this;
  }

  /** Returns the vocabulary of what was counted so far. */
  public Vocabulary build() {
    List<String> tokens = new ArrayList<>(reserved.stream().map(Reserved::token).toList());
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= minCount)
        .filter(entry -> !RESERVED_TOKENS.contains(entry.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(maxSize - tokens.size())
        .forEach(entry -> tokens.add(entry.getKey()));
    return new Vocabulary(tokens);
  }
}
