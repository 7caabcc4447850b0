package dev.carousel.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorReaderTest {
  private static final List<String> WORDS = List.of("cat", "dog", "at & t", "absent");

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("vectors"), text);
  }

  @Test
  void glovesLinesAreReadAndUnwantedWordsLeftOut() throws IOException {
    Path file = file("the 0 0\ncat 1 -2.5\nat & t 3e-1 4\n");
    WordVectors vectors = VectorReader.read(file, WORDS);
    assertThat(vectors.size()).isEqualTo(2);
    assertThat(vectors.words()).containsExactlyInAnyOrder("cat", "at & t");
    assertThat(vectors.vector("cat")).containsExactly(1f, -2.5f);
    assertThat(vectors.vector("at & t")).containsExactly(0.3f, 4f);
    assertThat(vectors.report().read()).isEqualTo(3);
    assertThat(vectors.report().describe()).contains("3 vectors read, 2 of 4 words found");
  }

  @Test
  void aHeaderMakesItWord2vecOrFastText() throws IOException {
    WordVectors vectors = VectorReader.read(file("2 3\ncat 1 2 3 \ndog 4 5 6\n"), WORDS);
    assertThat(vectors.size()).isEqualTo(3);
    assertThat(vectors.vector("dog")).containsExactly(4f, 5f, 6f);
  }

  @Test
  void duplicatesAndBadLinesAreReportedAndTheFirstVectorCounts() throws IOException {
    WordVectors vectors =
        VectorReader.read(file("cat 1 2\ncat 3 4\ndog 1\ndog 1 x\ndog NaN 1\n"), WORDS);
    assertThat(vectors.vector("cat")).containsExactly(1f, 2f);
    assertThat(vectors.vector("dog")).isNull();
    VectorReport report = vectors.report();
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.bad()).isEqualTo(3);
    assertThat(report.listed()).extracting(p -> p.line()).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void duplicatesAndBadNumbersOfUnwantedWordsAreCountedToo() throws IOException {
    WordVectors text =
        VectorReader.read(file("cat 1 2\nthe 1 2\nthe 3 4\nof 1 x\nof 1 inf\n"), WORDS);
    assertThat(text.words()).containsExactly("cat");
    assertThat(text.report().duplicates()).isEqualTo(1);
    assertThat(text.report().bad()).isEqualTo(2);
    assertThat(text.report().unparsed()).isEqualTo(2);
    assertThat(text.report().describe())
        .contains("3 vectors read, 1 of 4 words found, 1 duplicates, 2 bad entries among all")
        .contains("of 2 vectors of other words only the numbers' characters were checked")
        .contains("vectors:3: the word 'the' has a vector already")
        .contains("vectors:5: the vector of 'of'");
    byte[] bytes = Files.readAllBytes(binary(3));
    int dog = "dog ".length() + 8;
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(bytes.length - dog - 4, Float.NaN);
    VectorReport report =
        VectorReader.read(Files.write(folder.resolve("damaged.bin"), bytes), WORDS).report();
    assertThat(report.unparsed()).isZero();
    assertThat(report.listed())
        .singleElement()
        .satisfies(p -> assertThat(p.problem()).contains("übel"));
  }

  @Test
  void aTextThatHasFewerVectorsThanItsFirstLinePromisesIsWarnedOf() throws IOException {
    VectorReport cut = VectorReader.read(file("3 2\ncat 1 2\ndog 3 4\n"), WORDS).report();
    assertThat(cut.complete()).isFalse();
    assertThat(cut.describe())
        .contains("the first line promises 3 vectors, the file has 2: is it cut off?");
    VectorReport whole = VectorReader.read(file("2 2\ncat 1 2\ndog 3 4\n"), WORDS).report();
    assertThat(whole.complete()).isTrue();
    assertThat(whole.describe()).doesNotContain("promises");
    assertThat(VectorReader.read(file("cat 1 2\n"), WORDS).report().complete()).isTrue();
  }

  @Test
  void aModelOfFastTextIsNoFileOfVectors() throws IOException {
    byte[] start = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(793712314).array();
    Path model = Files.write(folder.resolve("cc.en.300.bin"), start);
    for (VectorFormat format : VectorFormat.values()) {
      assertThatThrownBy(() -> VectorReader.read(model, format, WORDS))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is a model of fastText");
    }
    assertThatThrownBy(() -> VectorReader.readFirst(model, 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("give the .vec file");
  }

  @Test
  void seed1_wordsAreSeenOnce() {
    Random random = new Random(1);
    Set<String> expected = new HashSet<>();
    SeenWords seen = new SeenWords();
    for (int i = 0; i < 200_000; i++) {
      String word = Integer.toString(random.nextInt(100_000), 36);
      assertThat(seen.add(word)).isEqualTo(expected.add(word));
    }
  }

  private Path binary(int words, String... lineFeeds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((words + " 2\n").getBytes(StandardCharsets.UTF_8));
    String[] names = {"cat", "übel", "dog"};
    for (int i = 0; i < names.length; i++) {
      out.writeBytes((names[i] + " ").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat(i + 0.5f)
              .putFloat(-i)
              .array());
      for (String lineFeed : lineFeeds) {
        out.writeBytes(lineFeed.getBytes(StandardCharsets.UTF_8));
      }
    }
    return Files.write(folder.resolve("vectors.bin"), out.toByteArray());
  }

  @Test
  void binaryFilesAreReadWithAndWithoutLineFeeds() throws IOException {
    for (Path file : List.of(binary(3), binary(3, "\n"))) {
      WordVectors vectors = VectorReader.read(file, WORDS);
      assertThat(vectors.vector("dog")).containsExactly(2.5f, -2f);
      assertThat(vectors.words()).containsExactlyInAnyOrder("cat", "dog");
    }
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    Path file = binary(4);
    assertThatThrownBy(() -> VectorReader.read(file, WORDS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ends within entry 4 of 4");
  }

  @Test
  void aFileWithoutVectorsIsRefused() throws IOException {
    Path empty = file("");
    assertThatThrownBy(() -> VectorReader.read(empty, WORDS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("empty");
  }
}
