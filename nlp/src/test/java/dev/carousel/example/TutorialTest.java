package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The five programs of the tutorial compile, run, and do what they say. */
class TutorialTest {
  private static final Path PROGRAMS = Path.of("../docs/examples");
  private static final int MOST_LINES = 60;
  private static final Map<String, String> GERMAN =
      Map.of(
          "man",
          "der Mann",
          "woman",
          "die Frau",
          "child",
          "das Kind",
          "sees",
          "sieht",
          "hears",
          "hört",
          "knows",
          "kennt",
          "dog",
          "den Hund",
          "cat",
          "die Katze",
          "house",
          "das Haus",
          "song",
          "das Lied");

  @TempDir private Path classes;

  private String run(String name, String... args) throws Exception {
    Path source = PROGRAMS.resolve(name + ".java");
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(MOST_LINES);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), "-Xlint:none", source.toString());
    assertThat(failed).as("the compiler's exit code").isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void topicsOfHeadlinesAreTold() throws Exception {
    assertThat(run("TopicClassification").lines().map(line -> line.substring(0, 5)))
        .containsExactly("sport", "money", "scien");
  }

  @Test
  void reviewsAreToldGoodFromBad() throws Exception {
    assertThat(run("Sentiment"))
        .contains("good  a great story with wonderful music")
        .contains("bad  stupid and boring");
  }

  @Test
  void aTextIsContinuedAtThreeTemperatures() throws Exception {
    String written = run("TextGeneration", "2");
    assertThat(written.lines().filter(line -> line.startsWith("--- diversity"))).hasSize(3);
    assertThat(written.split("--- diversity .*\n", -1)[1])
        .startsWith("Shall I compare thee to a summer's day?\n")
        .hasSizeGreaterThan(180);
  }

  @Test
  void sentencesThatWereNeverSeenAreTranslated() throws Exception {
    List<String> lines = run("Translation").lines().toList();
    assertThat(lines).hasSize(4);
    // the sentences are held out, so one may be wrong
    assertThat(lines.stream().filter(TutorialTest::isRight).count()).isGreaterThanOrEqualTo(3);
  }

  private static boolean isRight(String line) {
    String[] sides = line.split(" -> ", -1);
    String[] words = sides[0].split(" ", -1);
    return sides[1].equals(
        String.join(" ", GERMAN.get(words[1]), GERMAN.get(words[2]), GERMAN.get(words[4])));
  }

  @Test
  void knownQuestionsAreAnsweredAndUnknownOnesAreNot() throws Exception {
    assertThat(run("Chat")).contains("my name is carousel").contains("I don't know.");
  }

  @Test
  void theReadmeNamesEveryProgram() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    try (var programs = Files.list(PROGRAMS)) {
      programs.forEach(
          program -> assertThat(readme).contains(String.valueOf(program.getFileName())));
    }
  }
}
