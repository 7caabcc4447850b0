package dev.carousel.cli;

import dev.carousel.data.TaggedData;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.tag.SequenceTagger;
import dev.carousel.tag.TagDecoder;
import dev.carousel.tag.TaggerArchitecture;
import dev.carousel.tag.TaggerArchitecture.Recurrence;
import dev.carousel.tag.TaggerArchitecture.SchemeChoice;
import dev.carousel.tag.TaggerArchitecture.Shapes;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import dev.carousel.tag.TaggerLearning;
import dev.carousel.tag.TaggerSettings;
import dev.carousel.train.Goal;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All flags that decide what a tagger becomes. */
final class TaggerFlags {
  private static final TaggerArchitecture DEFAULT = TaggerArchitecture.DEFAULT;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private WordFlags words;

  @Mixin
  private RecurrentFlags recurrent =
      new RecurrentFlags(
          Direction.BIDIRECTIONAL, DEFAULT.embedding(), DEFAULT.recurrent().hidden());

  @Option(
      names = "--feature-embedding",
      paramLabel = "N",
      description = {
        "Features of a word's shape and of a value of a further column",
        "(default: ${DEFAULT-VALUE})."
      })
  private int feature = DEFAULT.feature();

  @Mixin private CharacterFlags characters;
  @Mixin private SelfAttentionFlag selfAttention;

  @Option(
      names = "--decoder",
      paramLabel = "HOW",
      description = {
        "crf learns which tags follow each other; softmax learns each tag on its own, with class",
        "weights, focal loss or label smoothing if wanted. Either keeps to the scheme when it",
        "answers (default: ${DEFAULT-VALUE})."
      })
  private TagDecoder decoder = DEFAULT.decoder();

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      description = {
        "data, bio, bioes or bmes: the scheme that is learned; answers are in the data's",
        "(default: ${DEFAULT-VALUE})."
      })
  private SchemeChoice scheme = DEFAULT.scheme();

  @Option(
      names = "--intent-weight",
      paramLabel = "X",
      description = {
        "Of the loss of the sentences' labels, where the data has them, beside the tags'; 0 leaves",
        "them out (default: ${DEFAULT-VALUE})."
      })
  private double intentWeight = TaggerSettings.DEFAULT.learning().intentWeight();

  @Mixin private LossFlags loss;
  @Mixin private DropoutFlags drop = new DropoutFlags(TaggerSettings.DEFAULT.regularisation());

  @Mixin private TrainingFlags training = new TrainingFlags(TrainingDefaults.TAGGER);

  /**
   * Refuses flags about what the sentences have not.
   *
   * @param columns the further ones, with an embedding each
   * @throws IllegalArgumentException naming the flag
   */
  void checkFeatures(List<String> columns) {
    if (!words.shapes() && columns.isEmpty()) {
      GivenFlags.refuse(
          spec,
          "is for shapes and further columns: there are none (--shapes, --columns)",
          "--feature-embedding");
    }
  }

  /**
   * Refuses a weight of intents that there are not.
   *
   * @throws IllegalArgumentException if one is given
   */
  void checkIntents(TaggedData train) {
    if (intentWeight > 0 && !train.labelled()) {
      GivenFlags.refuse(
          spec,
          "weighs the labels of sentences, and those of " + train.name() + " have none",
          "--intent-weight");
    }
  }

  long seed() {
    return training.seed();
  }

  /**
   * The settings.
   *
   * @param table what becomes of the words' features
   */
  TaggerSettings settings(Precision precision, WordTable table) throws IOException {
    return new TaggerSettings(
        words.settings(),
        new TaggerArchitecture(
            recurrent.embedding(),
            feature,
            words.shapes() ? Shapes.EMBEDDED : Shapes.NONE,
            characters.settings(),
            new Recurrence(
                recurrent.cell(),
                recurrent.direction(),
                recurrent.layers(),
                recurrent.hidden(),
                recurrent.variant()),
            decoder,
            scheme,
            table,
            selfAttention.heads()),
        drop.regularisation(),
        new TaggerLearning(
            training.batch(),
            intentWeight,
            loss.settings(),
            training.settings(SequenceTagger.SCORE, Goal.MAXIMIZE)),
        precision);
  }
}
