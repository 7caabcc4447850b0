package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8LinesTest {
  private static final int LIMIT = 10;

  @Test
  void linesEndWithLfOrCrLfAndTheLastNeedsNoEnd() throws IOException {
    assertThat(read("a\nb\r\n\nc")).containsExactly("a", "b", "", "c");
    assertThat(read("a\n")).containsExactly("a");
    assertThat(read("")).isEmpty();
  }

  @Test
  void aLoneCarriageReturnIsText() throws IOException {
    assertThat(read("a\rb\n")).containsExactly("a\rb");
  }

  @Test
  void aByteOrderMarkIsSkippedAtTheStartOnly() throws IOException {
    assertThat(read("\uFEFFa\n\uFEFFb\n")).containsExactly("a", "\uFEFFb");
  }

  @Test
  void malformedBytesNameTheLineAndTheByte() {
    byte[] bytes = {'o', 'k', '\n', 'a', (byte) 0xC3, '(', '\n'};
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessage("f.txt:2: malformed UTF-8 at byte 2 of the line; convert the file to UTF-8");
  }

  @Test
  void encodedSurrogatesAndOverlongFormsAreMalformed() {
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] overlong = {(byte) 0xC0, (byte) 0xAF};
    assertThatThrownBy(() -> read(surrogate)).hasMessageContaining("f.txt:1: malformed UTF-8");
    assertThatThrownBy(() -> read(overlong)).hasMessageContaining("f.txt:1: malformed UTF-8");
  }

  @Test
  void aNulNamesTheLine() {
    assertThatThrownBy(() -> read("a\nb\0c\n")).hasMessageContaining("f.txt:2: NUL byte at byte 2");
  }

  @Test
  void aLineAtTheLimitIsReadAndALongerOneIsNot() throws IOException {
    String full = "0123456789";
    assertThat(read(full + "\r\n" + full)).containsExactly(full, full);
    for (String tooLong : List.of(full + "x\n", full + "x", full + "xxx", full + "x\r\n")) {
      assertThatThrownBy(() -> read("a\n" + tooLong))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("f.txt:2: the line is longer than 10 bytes");
    }
  }

  @Test
  void linesThatCrossTheBufferAreWhole() throws IOException {
    String line = "é".repeat(50_000);
    byte[] bytes = (line + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(lines(new Utf8Lines(new ByteArrayInputStream(bytes), "f.txt", 1 << 20)))
        .containsExactly(line, line);
  }

  private static List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(byte[] bytes) throws IOException {
    return lines(new Utf8Lines(new ByteArrayInputStream(bytes), "f.txt", LIMIT));
  }

  private static List<String> lines(Utf8Lines lines) throws IOException {
    List<String> read = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      read.add(line);
    }
    return read;
  }
}
