package dev.carousel.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Flags that were given, so that those which have nothing to say beside the others are refused. */
final class GivenFlags {
  private GivenFlags() {}

  /** Whether a flag stood on the command line, with its default or another value. */
  static boolean given(CommandSpec spec, String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }

  /**
   * Refuses flags that would be ignored.
   *
   * @param reason why, as the message goes on after the flag's name
   */
  static void refuse(CommandSpec spec, String reason, String... flags) {
    for (String flag : flags) {
      if (given(spec, flag)) {
        throw new IllegalArgumentException(flag + " " + reason);
      }
    }
  }
}
