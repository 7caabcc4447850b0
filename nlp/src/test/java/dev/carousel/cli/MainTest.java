package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.train.ProgressBar.Display;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
  @Test
  void aMissingVerbIsAUsageFailure() {
    Run run = Run.of();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("a verb is missing").contains("carousel --help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMistypedVerbIsAnsweredWithTheNearestOne() {
    Run run = Run.of("docter");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("docter").contains("carousel doctor");
  }

  @Test
  void aMistypedFlagIsAnsweredWithTheNearestOne() {
    Run run = Run.of("doctor", "--jsno");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--jsno").contains("--json");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbExplainsItselfWithAnExample(List<String> verb) {
    List<String> words = new ArrayList<>(verb);
    words.add("--help");
    Run run = Run.of(words.toArray(String[]::new));
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: carousel").contains("Example:\n  carousel ");
    assertThat(run.err()).isEmpty();
  }

  static List<List<String>> verbs() {
    List<List<String>> found = new ArrayList<>();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Display.PLAIN);
    collect(Main.commandLine(console), List.of(), found);
    return found;
  }

  private static void collect(CommandLine command, List<String> words, List<List<String>> found) {
    found.add(words);
    command
        .getSubcommands()
        .forEach(
            (name, verb) -> {
              List<String> longer = new ArrayList<>(words);
              longer.add(name);
              collect(verb, longer, found);
            });
  }

  @Test
  void doctorNamesTheJvmInProseAndInJson() throws Exception {
    assertThat(Run.of("doctor").out()).contains(System.getProperty("java.version"));
    JsonNode json = new ObjectMapper().readTree(Run.of("doctor", "--json").lastLine());
    assertThat(json.get("cores").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(json.get("backends").isArray()).isTrue();
  }
}
