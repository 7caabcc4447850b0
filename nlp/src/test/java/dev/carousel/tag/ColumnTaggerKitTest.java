package dev.carousel.tag;

import dev.carousel.task.ClassWeighting;
import dev.carousel.task.LossSettings;
import dev.carousel.taskkit.TaskKit;
import java.util.List;

/** Two further columns, characters by an LSTM, and a softmax whose loss is weighted and focal. */
class ColumnTaggerKitTest extends TaskKit<SequenceTagger> {
  private static final TaggerSettings TINY = SyntheticTags.tiny(1);

  ColumnTaggerKitTest() {
    super(
        new TaggerTask(
            TINY.withArchitecture(
                    TINY.architecture()
                        .withCharacters(new CharacterSettings(CharacterFeatures.LSTM, 4, 6, 3))
                        .withDecoder(TagDecoder.SOFTMAX))
                .withLearning(
                    TINY.learning().withLoss(new LossSettings(ClassWeighting.BALANCED, 0, 1))),
            List.of("capital", "again")));
  }
}
