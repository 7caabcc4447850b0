package dev.carousel.cli;

import dev.carousel.text.Normalizer;
import dev.carousel.translate.Segmentation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Segmentations as the command line names them: a tokenizer, or {@code bpe:N}. */
final class SegmentationFlag {
  private static final String SUBWORDS = "bpe";
  private static final int DEFAULT_MERGES = 8000;

  /** The usual steps before text is cut. */
  static final String NORMALIZE = "nfkc+straight-quotes";

  private SegmentationFlag() {}

  /**
   * Makes a segmentation.
   *
   * @param normalize the steps before; null for the usual ones
   * @throws IllegalArgumentException if there is none of that name; it lists those there are
   */
  static Segmentation parse(String named, @Nullable String normalize) throws IOException {
    Normalizer normalizer = TokenizerFlag.normalizer(named, normalize, NORMALIZE);
    if (named.equals(SUBWORDS)) {
      return new Segmentation.Subwords(normalizer, DEFAULT_MERGES);
    }
    if (!named.startsWith(SUBWORDS + ":")) {
      return new Segmentation.Fixed(TokenizerFlag.open(named, normalizer));
    }
    String number = named.substring(SUBWORDS.length() + 1);
    try {
      return new Segmentation.Subwords(normalizer, Integer.parseUnsignedInt(number));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "bpe:N needs a number of merges, as in bpe:8000, not '" + number + "'", e);
    }
  }
}
