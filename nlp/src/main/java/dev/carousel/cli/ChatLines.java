package dev.carousel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** What somebody types: with history and line editing on a terminal, plainly from a pipe. */
sealed interface ChatLines extends AutoCloseable {
  /**
   * Whoever is there. The property {@code carousel.keyboard} says whether standard input and output
   * are a terminal, which a JVM cannot find out; the launcher for Windows does not set it.
   */
  static ChatLines open(Console console) throws IOException {
    if (console.in() != System.in || !Boolean.getBoolean("carousel.keyboard")) {
      return new Piped(
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)));
    }
    Terminal terminal = TerminalBuilder.builder().system(true).build();
    return new Typed(terminal, LineReaderBuilder.builder().terminal(terminal).build());
  }

  /** The next line, or null at the end. */
  @Nullable String next() throws IOException;

  @Override
  void close() throws IOException;

  /** Lines from a pipe or a file, which stays open. */
  record Piped(BufferedReader lines) implements ChatLines {
    @Override
    public @Nullable String next() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() {
      // standard input is the process's
    }
  }

  /** Lines that are edited; the history is that of this conversation. */
  record Typed(Terminal terminal, LineReader reader) implements ChatLines {
    @Override
    public @Nullable String next() {
      try {
        return reader.readLine("> ");
      } catch (EndOfFileException | UserInterruptException e) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      terminal.close();
    }
  }
}
