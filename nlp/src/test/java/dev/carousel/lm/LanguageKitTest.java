package dev.carousel.lm;

import dev.carousel.taskkit.WritingKit;

/** Words between white space. */
class LanguageKitTest extends WritingKit<LanguageModel> {
  LanguageKitTest() {
    super(new RhymesKit(LanguageText.WORDS));
  }
}
