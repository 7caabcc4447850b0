package dev.carousel.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns a refused value of a flag into a usage failure, which ends with exit code 2. */
final class Usage {
  private Usage() {}

  /** Something made from flags. */
  @FunctionalInterface
  interface Made<R> {
    /** Makes it; an {@link IllegalArgumentException} says which flag is wrong. */
    R make() throws IOException;
  }

  /** What {@code made} makes; its refusal is one of the command's usage. */
  static <R> R of(CommandSpec spec, Made<R> made) throws IOException {
    try {
      return made.make();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
