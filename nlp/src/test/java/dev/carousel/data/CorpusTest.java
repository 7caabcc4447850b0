package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.Corpus.Cut;
import dev.carousel.data.Corpus.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir private Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void aFileIsReadWholeAndItsLineEndsBecomeLineFeeds() throws IOException {
    Path file = write("text.txt", "\uFEFFone\r\ntwo\n\nthree".getBytes(StandardCharsets.UTF_8));
    Corpus corpus = Corpus.read(file);
    assertThat(corpus.text()).isEqualTo("one\ntwo\n\nthree");
    assertThat(corpus.name()).isEqualTo("text.txt");
    assertThat(corpus.sources()).hasSize(1);
    assertThat(corpus.sources().get(0).bytes()).isEqualTo(Files.size(file));
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirLine() throws IOException {
    Path file = write("bad.txt", new byte[] {'a', '\n', (byte) 0xFF, '\n'});
    assertThatThrownBy(() -> Corpus.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bad.txt:2:");
  }

  @Test
  void anAbsentAndAnEmptyFileAreRefused() throws IOException {
    assertThatThrownBy(() -> Corpus.read(folder.resolve("none.txt")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such file");
    Path empty = write("empty.txt", new byte[0]);
    assertThatThrownBy(() -> Corpus.read(empty))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void theLastTenthOfTheCharactersIsCutOffWhateverTheirLength() {
    Parts parts = Corpus.of("text", "😀23456789\n😀").cutLast(0.1, Cut.CHARACTER);
    // 11 characters: 9 stay, for ⌊9.9⌋ = 9
    assertThat(parts.first().text()).isEqualTo("😀23456789");
    assertThat(parts.last().text()).isEqualTo("\n😀");
  }

  @Test
  void linesAreNotCut() {
    Parts parts = Corpus.of("text", "aaaa\nbbbb\ncccc\n").cutLast(0.5, Cut.LINE);
    assertThat(parts.first().text()).isEqualTo("aaaa\n");
    assertThat(parts.last().text()).isEqualTo("bbbb\ncccc\n");
  }

  @Test
  void aTextThatIsTooShortToCutIsRefused() {
    Corpus line = Corpus.of("line", "only one line\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> line.cutLast(0.5, Cut.LINE))
        .withMessageContaining("line is too short");
    assertThatIllegalArgumentException().isThrownBy(() -> line.cutLast(0, Cut.CHARACTER));
    assertThatIllegalArgumentException().isThrownBy(() -> line.cutLast(1, Cut.CHARACTER));
  }
}
