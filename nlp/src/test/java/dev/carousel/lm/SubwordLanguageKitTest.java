package dev.carousel.lm;

import dev.carousel.taskkit.WritingKit;

/** Subwords, whose merges are learned from the training text. */
class SubwordLanguageKitTest extends WritingKit<LanguageModel> {
  SubwordLanguageKitTest() {
    super(new RhymesKit(LanguageText.SUBWORDS.withMerges(20)));
  }
}
