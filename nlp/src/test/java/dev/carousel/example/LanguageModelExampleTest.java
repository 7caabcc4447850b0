package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on language models shows what is compiled here, and nothing else. */
class LanguageModelExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/carousel/example/LanguageModelExample.java");

  @Test
  void thePageShowsTheExampleThatIsCompiledHere() throws IOException {
    String source = Files.readString(SOURCE);
    String example =
        source.substring(source.indexOf("import "), source.indexOf("// … to here.")).strip();
    assertThat(Files.readString(Path.of("../docs/language-models.md"))).contains(example);
  }
}
