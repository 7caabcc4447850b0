package dev.carousel.task;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts that a tiny network can learn: the label is decided by one word among noise. */
final class Synthetic {
  static final List<String> COLOURS = List.of("red", "green", "blue");
  private static final List<String> NOISE = List.of("the", "house", "is", "very", "old", "today");

  private Synthetic() {}

  /** {@code count} texts of 1 to 9 words, one of them a colour: the label. */
  static DataSet colours(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      examples.add(Example.of(String.join(" ", words(random, colour)), colour));
    }
    return DataSet.of("colours", examples);
  }

  /** Texts with one or two colours among the noise, which are their labels. */
  static DataSet severalColours(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> labels = new ArrayList<>(List.of(COLOURS.get(i % COLOURS.size())));
      List<String> words = words(random, labels.get(0));
      if (random.nextBoolean()) {
        labels.add(COLOURS.get((i + 1) % COLOURS.size()));
        words.add(random.nextInt(words.size() + 1), labels.get(1));
      }
      examples.add(new Example(String.join(" ", words), labels));
    }
    return DataSet.of("several colours", examples);
  }

  private static List<String> words(SplittableRandom random, String colour) {
    List<String> words = new ArrayList<>();
    int noise = random.nextInt(9);
    for (int i = 0; i < noise; i++) {
      words.add(NOISE.get(random.nextInt(NOISE.size())));
    }
    words.add(random.nextInt(words.size() + 1), colour);
    return words;
  }

  /** A network of a few hundred parameters, trained for {@code epochs}. */
  static ClassifierSettings tiny(int epochs) {
    return ClassifierSettings.DEFAULT
        .withArchitecture(
            new Architecture(8, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 8, TextPooling.MAX))
        .withRegularisation(new Regularisation(0.1, 0, 0, 0.02))
        .withBatch(8)
        .withLearningRate(0.02)
        .withEpochs(epochs);
  }
}
