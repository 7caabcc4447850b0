package dev.carousel.cli;

/** What a training verb has to say at its end. */
interface Ending {
  /** Prints it, as JSON if wanted, and returns the exit code. */
  int print(Console console, boolean json);
}
