package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.TaggedSentence;
import dev.carousel.model.UpdateSettings;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnlineTaggerTest {
  private static final TaggedSentence CORRECTION =
      TaggedSentence.of(List.of("we", "saw", "Oslo", "today"), List.of("O", "O", "B-LOC", "O"))
          .withLabel("nobody");

  @Test
  void itLearnsANameThatItHasNeverSeenAndRefusesTagsAndIntentsThatItHasNot() {
    try (Backend backend = Backends.named("reference");
        SequenceTagger model =
            SequenceTagger.train(
                SyntheticTags.sentences(40, 1),
                SyntheticTags.sentences(10, 2),
                SyntheticTags.tiny(2),
                backend);
        OnlineTagger learner = OnlineTagger.of(model, new UpdateSettings(0.02, 0.001, 1))) {
      List<Tagging> before = model.tag(List.of(CORRECTION));
      for (int i = 0; i < 30; i++) {
        learner.learn(List.of(CORRECTION));
      }
      assertThat(learner.unknownTokens(List.of(CORRECTION))).isEqualTo(1);
      try (SequenceTagger after = learner.snapshot()) {
        assertThat(after.tag(List.of(CORRECTION)).get(0).tags()).isEqualTo(CORRECTION.tags());
        assertThat(after.tag(List.of(CORRECTION)).get(0).intent()).isEqualTo("nobody");
      }
      assertThat(model.tag(List.of(CORRECTION))).isEqualTo(before);
      refused(learner, CORRECTION.withTags(List.of("O", "O", "B-CITY", "O")), "'B-CITY'");
      refused(learner, CORRECTION.withLabel("everybody"), "'everybody'");
      refused(learner, CORRECTION.withTags(List.of()), "sentence 1 has no tags");
    }
  }

  private static void refused(OnlineTagger learner, TaggedSentence sentence, String part) {
    assertThatThrownBy(() -> learner.learn(List.of(sentence)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }
}
