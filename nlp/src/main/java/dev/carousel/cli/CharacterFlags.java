package dev.carousel.cli;

import dev.carousel.tag.CharacterFeatures;
import dev.carousel.tag.CharacterSettings;
import dev.carousel.tag.TaggerArchitecture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: what a word's characters tell. */
final class CharacterFlags {
  private static final CharacterSettings DEFAULT = TaggerArchitecture.DEFAULT.characters();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--characters",
      paramLabel = "HOW",
      description = {
        "none, lstm or cnn: how a word's characters become features",
        "(default: ${DEFAULT-VALUE})."
      })
  private CharacterFeatures kind = DEFAULT.kind();

  @Option(
      names = "--character-embedding",
      paramLabel = "N",
      description = "Features of a character (default: ${DEFAULT-VALUE}).")
  private int embedding = DEFAULT.embedding();

  @Option(
      names = "--character-size",
      paramLabel = "N",
      description = {
        "Filters of the cnn, or units of each direction of the lstm",
        "(default: ${DEFAULT-VALUE})."
      })
  private int size = DEFAULT.size();

  @Option(
      names = "--character-window",
      paramLabel = "N",
      description = "Characters that a filter of the cnn sees, odd (default: ${DEFAULT-VALUE}).")
  private int window = DEFAULT.window();

  /**
   * What becomes of a word's characters.
   *
   * @throws IllegalArgumentException if a flag is given that this kind has not
   */
  CharacterSettings settings() {
    if (kind == CharacterFeatures.NONE) {
      GivenFlags.refuse(
          spec,
          "is about characters, and --characters none leaves them out",
          "--character-embedding",
          "--character-size",
          "--character-window");
    }
    if (kind == CharacterFeatures.LSTM) {
      GivenFlags.refuse(spec, "belongs to --characters cnn, not to lstm", "--character-window");
    }
    return kind == CharacterFeatures.NONE
        ? CharacterSettings.NONE
        : new CharacterSettings(kind, embedding, size, window);
  }
}
