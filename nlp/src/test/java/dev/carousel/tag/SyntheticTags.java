package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.tag.TaggerArchitecture.Recurrence;
import dev.carousel.task.Regularisation;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences whose spans a tiny network can learn: people and places of one to three words. */
final class SyntheticTags {
  private static final List<String> NOISE = List.of("we", "saw", "that", "near", "with", "today");
  private static final List<String> PEOPLE = List.of("Anna", "Bob", "Carla", "Dan");
  private static final List<String> PLACES = List.of("Linz", "Lugano", "Munich", "Lenzburg");

  private SyntheticTags() {}

  /** {@code count} sentences of BIO tags; a sentence's label says whether it has a person. */
  static TaggedData sentences(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TaggedSentence> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> tokens = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      boolean person = false;
      for (int part = 0; part < 3; part++) {
        int noise = random.nextInt(3);
        for (int k = 0; k < noise; k++) {
          tokens.add(NOISE.get(random.nextInt(NOISE.size())));
          tags.add("O");
        }
        boolean isPerson = random.nextBoolean();
        person |= isPerson;
        int length = 1 + random.nextInt(3);
        for (int k = 0; k < length; k++) {
          List<String> names = isPerson ? PEOPLE : PLACES;
          tokens.add(names.get(random.nextInt(names.size())));
          tags.add((k == 0 ? "B-" : "I-") + (isPerson ? "PER" : "LOC"));
        }
        tokens.add("and");
        tags.add("O");
      }
      all.add(TaggedSentence.of(tokens, tags).withLabel(person ? "somebody" : "nobody"));
    }
    return TaggedData.of("synthetic", all);
  }

  /** A network of about a thousand parameters. */
  static TaggerSettings tiny(int epochs) {
    TrainingSettings training =
        TaggerSettings.DEFAULT
            .training()
            .withSchedule(new ConstantRate(0.02))
            .withLimits(TrainingSettings.Limits.epochs(epochs));
    return TaggerSettings.DEFAULT
        .withArchitecture(
            TaggerArchitecture.DEFAULT
                .withEmbedding(8)
                .withCharacters(new CharacterSettings(CharacterFeatures.CNN, 4, 6, 3))
                .withRecurrent(new Recurrence(Cell.LSTM, Direction.BIDIRECTIONAL, 1, 8)))
        .withRegularisation(new Regularisation(0.1, 0, 0, 0.02))
        .withLearning(new TaggerLearning(8, 1, training));
  }
}
