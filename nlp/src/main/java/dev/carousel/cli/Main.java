package dev.carousel.cli;

import picocli.CommandLine;

/** The program behind {@code ./carousel}. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    Program.main(new CarouselCommand(), args);
  }

  /**
   * Runs one command line.
   *
   * @param console where it reads and writes
   * @param args the words after {@code carousel}
   * @return 0 if all went well, 1 for a failure whose message stands on the console's error stream,
   *     2 if the command line was not understood
   */
  public static int run(Console console, String... args) {
    return Program.run(new CarouselCommand(), console, args);
  }

  /** The parser of the whole command line. */
  static CommandLine commandLine(Console console) {
    return Program.commandLine(new CarouselCommand(), console);
  }

  /** A parser of one object's flags alone, as a recipe's settings are. */
  static CommandLine parser(Object flags) {
    return new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
