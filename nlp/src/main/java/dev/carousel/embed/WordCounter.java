package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.text.Vocabulary;
import dev.carousel.text.VocabularyBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers words in the order in which they first come, and counts them. */
final class WordCounter {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private long[] counts = new long[1024];

  /** Counts a word and returns its number. */
  int count(String word) {
    Integer known = ids.putIfAbsent(word, words.size());
    int id = known == null ? words.size() : known;
    if (known == null) {
      words.add(word);
      if (id == counts.length) {
        counts = Arrays.copyOf(counts, 2 * id);
      }
    }
    counts[id]++;
    return id;
  }

  /**
   * The words that are frequent enough. One with a space in it, which some characters become when
   * they are normalised, is left out: files of vectors end a word there.
   *
   * @throws DataException if there are none
   */
  CountedWords atLeast(long minCount, String source) {
    VocabularyBuilder builder = new VocabularyBuilder().minCount(minCount);
    for (int id = 0; id < words.size(); id++) {
      if (words.get(id).codePoints().noneMatch(Character::isWhitespace)) {
        builder.add(words.get(id), counts[id]);
      }
    }
    Vocabulary vocabulary = builder.build();
    int[] known = new int[words.size()];
    long[] kept = new long[vocabulary.size()];
    int most = 0;
    for (int id = 0; id < known.length; id++) {
      int row = vocabulary.id(words.get(id));
      known[id] = row == Vocabulary.UNK_ID || row == Vocabulary.PAD_ID ? -1 : row;
      if (known[id] >= 0) {
        kept[row] = counts[id];
        most++;
      }
    }
    if (most < 2) {
      throw DataException.in(
          source,
          "fewer than two words occur %d times; lower --min-count or give more text"
              .formatted(minCount));
    }
    return new CountedWords(vocabulary, kept, known);
  }
}
