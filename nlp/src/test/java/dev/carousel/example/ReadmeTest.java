package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pages show what is compiled here, and nothing else. */
class ReadmeTest {
  private static final Path EXAMPLES = Path.of("src/test/java/dev/carousel/example");
  private static final Pattern SHOWN_IN = Pattern.compile("// (\\S+\\.md) shows the lines");

  @TestFactory
  List<DynamicTest> aPageShowsTheExampleThatIsCompiledHere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (var files = Files.list(EXAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Example.java")).sorted().toList()) {
        tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> shown(file)));
      }
    }
    return tests;
  }

  private static void shown(Path file) throws IOException {
    String source = Files.readString(file);
    var page = SHOWN_IN.matcher(source);
    assertThat(page.find()).as("the line that names the page").isTrue();
    String example =
        source.substring(source.indexOf("import "), source.indexOf("// … to here.")).strip();
    assertThat(Files.readString(Path.of("..", page.group(1)))).contains(example);
  }
}
