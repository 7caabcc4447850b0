package dev.carousel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** What somebody types: with history and line editing on a terminal, plainly from a pipe. */
sealed interface ChatLines extends AutoCloseable {
  /** Columns and lines. */
  Size USUAL_SIZE = new Size(80, 24);

  /**
   * Whoever is there. The property {@code carousel.keyboard} says whether standard input and output
   * are a terminal, which a JVM cannot find out; the launcher for Windows does not set it.
   */
  static ChatLines open(Console console) throws IOException {
    if (console.in() != System.in || !Boolean.getBoolean("carousel.keyboard")) {
      return new Piped(
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)));
    }
    Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).encoding(StandardCharsets.UTF_8).build();
    if (terminal.getWidth() == 0) {
      // Nobody said how large it is, as under script(1): a line reader would show nothing at all.
      terminal.setSize(USUAL_SIZE);
    }
    return typed(terminal);
  }

  /**
   * Somebody at a terminal, which is closed with the lines. What is typed is taken as it stands: a
   * line reader would read {@code !} and a backslash as a shell does.
   */
  static ChatLines typed(Terminal terminal) {
    return new Typed(
        terminal,
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build());
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

  /**
   * Lines that are edited; the history is that of this conversation. Blank ones are passed over.
   * Ctrl-C gives up a line that was begun, and ends the conversation where none was; Ctrl-D ends
   * it.
   */
  record Typed(Terminal terminal, LineReader reader) implements ChatLines {
    @Override
    public @Nullable String next() {
      while (true) {
        try {
          String line = reader.readLine("> ");
          if (!line.isBlank()) {
            return line;
          }
        } catch (UserInterruptException e) {
          if (e.getPartialLine().isBlank()) {
            return null;
          }
        } catch (EndOfFileException e) {
          return null;
        }
      }
    }

    @Override
    public void close() throws IOException {
      terminal.close();
    }
  }
}
