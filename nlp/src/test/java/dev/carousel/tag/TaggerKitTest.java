package dev.carousel.tag;

import dev.carousel.taskkit.TaskKit;
import java.util.List;

/** Words, shapes and characters by convolution, a CRF, and intents. */
class TaggerKitTest extends TaskKit<SequenceTagger> {
  TaggerKitTest() {
    super(new TaggerTask(SyntheticTags.tiny(1), List.of()));
  }
}
