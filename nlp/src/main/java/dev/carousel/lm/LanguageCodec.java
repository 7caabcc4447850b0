package dev.carousel.lm;

import dev.carousel.data.Corpus;
import dev.carousel.text.BpeTrainer;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import dev.carousel.text.VocabularyBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Text to a model's tokens: line by line, with a token for the end of each. Immutable and safe for
 * any number of threads.
 *
 * @param level what tokens are
 * @param tokenizer cuts a line
 * @param vocabulary the tokens that are known
 * @param reading from which end texts are read
 */
record LanguageCodec(Level level, Tokenizer tokenizer, Vocabulary vocabulary, Reading reading) {
  private static final String LINE_FEED = "\n";

  /** Learns subwords, if they are asked for, and the vocabulary. */
  static LanguageCodec learn(LanguageText settings, Corpus corpus) {
    Tokenizer tokenizer = tokenizer(settings, corpus);
    VocabularyBuilder builder =
        new VocabularyBuilder().minCount(settings.minCount()).maxSize(settings.maxVocabulary());
    Level level = settings.level();
    if (level == Level.CHARACTER) {
      builder.add(LINE_FEED, settings.minCount());
    } else {
      builder.reserve(Reserved.EOS);
    }
    forEachLine(
        corpus.text(),
        line -> {
          builder.add(tokens(tokenizer, line));
          if (level == Level.CHARACTER) {
            builder.add(LINE_FEED, 1);
          }
        });
    return new LanguageCodec(level, tokenizer, builder.build(), settings.reading());
  }

  private static Tokenizer tokenizer(LanguageText settings, Corpus corpus) {
    if (settings.merges() == 0) {
      return settings.tokenizer();
    }
    BpeTrainer trainer = new BpeTrainer(Normalizer.parse(settings.tokenizer().spec().normalizer()));
    forEachLine(corpus.text(), trainer::add);
    return trainer.train(settings.merges(), 2);
  }

  /**
   * The same, knowing also what occurs {@code minCount} times or more in a corpus.
   *
   * @param minCount at least 1
   */
  LanguageCodec extended(Corpus corpus, int minCount) {
    VocabularyBuilder builder = new VocabularyBuilder().minCount(minCount);
    forEachLine(corpus.text(), line -> builder.add(tokens(tokenizer, line)));
    List<String> further =
        builder.build().tokens().stream().filter(token -> !vocabulary.contains(token)).toList();
    return new LanguageCodec(level, tokenizer, vocabulary.with(further), reading);
  }

  /** Every line without its end; what follows the last line feed is a line if it is not empty. */
  private static void forEachLine(String text, Consumer<String> action) {
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      action.accept(text.substring(from, end));
      from = end + 1;
    }
  }

  private static List<String> tokens(Tokenizer tokenizer, String line) {
    return tokenizer.tokenize(line).stream().map(Token::text).toList();
  }

  /** The token before every text, and at the end of each line. */
  int lineEnd() {
    return level == Level.CHARACTER ? vocabulary.id(LINE_FEED) : vocabulary.id(Reserved.EOS);
  }

  /**
   * A text's tokens: those of each line, and after each line feed the end of the line. What follows
   * the last line feed is not ended.
   */
  int[] encode(String text) {
    Ids ids = new Ids();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      for (String token : tokens(tokenizer, text.substring(from, end < 0 ? text.length() : end))) {
        ids.add(vocabulary.id(token));
      }
      if (end >= 0) {
        ids.add(lineEnd());
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return ids.toArray();
  }

  /**
   * A corpus as one stream that a model reads and predicts: the end of a line, then its tokens. The
   * last sentence of words or subwords is ended even where its line is not. Read backwards it is
   * the end of the line below, then the tokens from the last to the first, and the end of the line
   * above.
   */
  int[] stream(Corpus corpus) {
    String text = corpus.text();
    boolean open = level != Level.CHARACTER && !text.isEmpty() && !text.endsWith(LINE_FEED);
    int[] ids = encode(open ? text + LINE_FEED : text);
    int[] stream = new int[ids.length + 1];
    stream[0] = lineEnd();
    System.arraycopy(ids, 0, stream, 1, ids.length);
    return reading == Reading.FORWARD ? stream : backwards(stream);
  }

  private int[] backwards(int[] stream) {
    int n = stream.length;
    boolean ended = stream[n - 1] == lineEnd();
    int[] back = new int[n];
    back[0] = lineEnd();
    for (int i = 1; i < n; i++) {
      back[i] = stream[ended ? n - 1 - i : n - i];
    }
    return back;
  }

  /**
   * Characters of a corpus, by which bits per character are counted: code points, the end of each
   * line one; white space around a line of words or subwords does not count.
   */
  long characters(Corpus corpus) {
    String text = corpus.text();
    if (level == Level.CHARACTER) {
      return text.codePointCount(0, text.length());
    }
    long[] count = {0};
    forEachLine(
        text,
        line -> {
          String inner = line.strip();
          count[0] += inner.codePointCount(0, inner.length()) + 1L;
        });
    return count[0];
  }

  /** A growing array of ids. */
  private static final class Ids {
    private int[] ids = new int[256];
    private int size;

    void add(int id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, Math.multiplyExact(size, 2));
      }
      ids[size++] = id;
    }

    int[] toArray() {
      return Arrays.copyOf(ids, size);
    }
  }
}
