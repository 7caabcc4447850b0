package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.carousel.train.ProgressBar.Display;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show to be typed is understood: verbs, options and their values. */
class PagesTest {
  private static final Path PAGES = Path.of("../docs");
  private static final String PROGRAM = "    carousel ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static List<Path> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<String> commands(Path page) throws IOException {
    String text = Files.readString(page).replaceAll("\\\\\n\\s*", "");
    return text.lines()
        .filter(line -> line.startsWith(PROGRAM))
        .map(line -> line.substring(PROGRAM.length()).replaceAll("\\s+[|<>#] .*", ""))
        .toList();
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(command); word.find(); ) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandOfAPageIsUnderstood(Path page) throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Display.PLAIN);
    for (String command : commands(page)) {
      assertThatCode(() -> Main.commandLine(console).parseArgs(words(command)))
          .as(page + ": " + command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theGuideShowsTheSameCommandsInBothLanguages() throws IOException {
    assertThat(commands(PAGES.resolve("guide.zh.md")))
        .isEqualTo(commands(PAGES.resolve("guide.md")))
        .isNotEmpty();
  }
}
