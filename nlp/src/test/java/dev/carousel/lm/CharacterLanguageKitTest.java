package dev.carousel.lm;

import dev.carousel.taskkit.WritingKit;

/** Characters, of which every text has many more than words. */
class CharacterLanguageKitTest extends WritingKit<LanguageModel> {
  CharacterLanguageKitTest() {
    super(new RhymesKit(LanguageText.CHARACTERS));
  }
}
