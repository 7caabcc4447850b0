package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The READMEs show what is compiled here, and nothing else. */
class ReadmeTest {
  private static final Path EXAMPLES = Path.of("src/test/java/dev/carousel/example");

  @ParameterizedTest
  @CsvSource({
    "ReadmeExample, README.md",
    "TranslationExample, docs/translation.md",
    "ChatExample, docs/chat.md"
  })
  void theTextShowsTheExampleThatIsCompiledHere(String example, String text) throws IOException {
    String source = Files.readString(EXAMPLES.resolve(example + ".java"));
    String shown =
        source.substring(source.indexOf("import "), source.indexOf("// … to here.")).strip();
    assertThat(Files.readString(Path.of("..").resolve(text))).contains(shown);
  }
}
