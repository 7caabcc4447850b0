package dev.carousel.tag;

/**
 * How a word's characters become features.
 *
 * @param kind of network
 * @param embedding features of a character, at least 1
 * @param size units of each direction of the LSTM, or filters of the convolution, at least 1
 * @param window characters that a filter of the convolution sees, odd
 */
public record CharacterSettings(CharacterFeatures kind, int embedding, int size, int window) {
  /** No characters. */
  public static final CharacterSettings NONE =
      new CharacterSettings(CharacterFeatures.NONE, 1, 1, 1);

  /** The size of Ma and Hovy (2016). */
  public static final CharacterSettings CNN =
      new CharacterSettings(CharacterFeatures.CNN, 30, 30, 3);

  /** The size of Lample et al. (2016). */
  public static final CharacterSettings LSTM =
      new CharacterSettings(CharacterFeatures.LSTM, 25, 25, 3);

  /** Checks the ranges. */
  public CharacterSettings {
    if (embedding < 1 || size < 1 || window < 1 || window % 2 == 0) {
      throw new IllegalArgumentException(
          "character embedding and size must be at least 1, the window odd, not %d, %d and %d"
              .formatted(embedding, size, window));
    }
  }

  /** Features of a word. */
  int outputSize() {
    return switch (kind) {
      case NONE -> 0;
      case LSTM -> 2 * size;
      case CNN -> size;
    };
  }
}
