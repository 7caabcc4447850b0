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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The five programs of the tutorial compile, run, and do what they say. */
class TutorialTest {
  private static final Path PROGRAMS = Path.of("../docs/examples");
  private static final int MOST_LINES = 60;

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
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("the \\w+ \\w+ the \\w+ -> .+ .+ .+"));
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
