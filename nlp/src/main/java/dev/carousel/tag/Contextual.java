package dev.carousel.tag;

import dev.carousel.lm.CharacterStates;
import dev.carousel.lm.LanguageModel;
import dev.carousel.text.TokenizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Contextual features of tokens: the states of character models that read the sentence, side by
 * side (Akbik et al. 2018). The models are frozen. Closes them; safe for any number of threads.
 */
final class Contextual implements AutoCloseable {
  /** No features. */
  static final Contextual NONE = new Contextual(List.of());

  private final List<LanguageModel> models;
  private final List<CharacterStates> readers;
  private final int size;
  private final AtomicInteger owners = new AtomicInteger(1);

  /**
   * Takes models over.
   *
   * @throws IllegalArgumentException if one cannot serve for it
   */
  Contextual(List<LanguageModel> models) {
    this.models = List.copyOf(models);
    this.readers = models.stream().map(LanguageModel::states).toList();
    this.size = readers.stream().mapToInt(CharacterStates::size).sum();
  }

  List<LanguageModel> models() {
    return models;
  }

  /** C, features of a token; 0 for none. */
  int size() {
    return size;
  }

  /** The sentences with the features of all; those that have them already keep them. */
  List<EncodedSentence> fill(List<EncodedSentence> sentences) {
    return fill(sentences, Long.MAX_VALUE);
  }

  /**
   * The same for the first sentences only, as many as fit into so many bytes: what does not fit is
   * read anew each time that it is used.
   */
  List<EncodedSentence> fill(List<EncodedSentence> sentences, long bytes) {
    if (readers.isEmpty()) {
      return sentences;
    }
    List<Integer> wanting = new ArrayList<>();
    long left = bytes;
    for (int i = 0; i < sentences.size(); i++) {
      left -= bytes(sentences.get(i));
      if (left < 0) {
        break;
      }
      if (sentences.get(i).states() == null) {
        wanting.add(i);
      }
    }
    List<EncodedSentence> filled = new ArrayList<>(sentences);
    List<float[]> states = read(wanting.stream().map(i -> sentences.get(i).place()).toList());
    for (int k = 0; k < wanting.size(); k++) {
      int i = wanting.get(k);
      filled.set(i, sentences.get(i).withStates(states.get(k)));
    }
    return filled;
  }

  /** Memory that the features of a sentence take. */
  long bytes(EncodedSentence sentence) {
    return (long) Float.BYTES * sentence.size() * size;
  }

  /** For each text [T, C]. */
  private List<float[]> read(List<TokenizedText> texts) {
    List<List<float[]>> each = readers.stream().map(reader -> reader.read(texts)).toList();
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(joined(i, texts.get(i).tokens().size(), each));
    }
    return all;
  }

  private float[] joined(int text, int tokens, List<List<float[]>> each) {
    float[] row = new float[tokens * size];
    int offset = 0;
    for (int m = 0; m < readers.size(); m++) {
      int h = readers.get(m).size();
      for (int t = 0; t < tokens; t++) {
        System.arraycopy(each.get(m).get(text), t * h, row, t * size + offset, h);
      }
      offset += h;
    }
    return row;
  }

  /** This, for one more owner: the last one to close it closes the models. */
  Contextual share() {
    owners.incrementAndGet();
    return this;
  }

  @Override
  public void close() {
    if (owners.decrementAndGet() == 0) {
      models.forEach(LanguageModel::close);
    }
  }
}
