package dev.carousel.bench.cli;

import dev.carousel.cli.Program;

/** The program behind {@code ./carousel bench}, which needs more than {@code carousel} has. */
public final class BenchMain {
  private BenchMain() {}

  /** Runs one command line, the words after {@code carousel bench}, and ends the JVM. */
  public static void main(String[] args) {
    Program.main(new BenchCommand(), args);
  }
}
