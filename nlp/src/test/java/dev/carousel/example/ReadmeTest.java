package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The READMEs show what is compiled here, and nothing else. */
class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/carousel/example/ReadmeExample.java");

  @Test
  void theReadmeShowsTheExampleThatIsCompiledHere() throws IOException {
    String source = Files.readString(SOURCE);
    String example =
        source.substring(source.indexOf("import "), source.indexOf("// … to here.")).strip();
    assertThat(Files.readString(Path.of("../README.md"))).contains(example);
  }
}
