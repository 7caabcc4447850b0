package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
  private static final DataFormat FORMAT = new DataFormat.Csv("text", "label");

  @TempDir private Path folder;

  @Test
  void columnsAreFoundByNameInAnyOrder() throws IOException {
    assertThat(read("id,label,text\n1,a,x\n2,b,\n"))
        .containsExactly(Example.of("x", "a"), Example.of("", "b"));
  }

  @Test
  void quotedFieldsHoldCommasQuotesAndLineBreaksAsTheyStand() throws IOException {
    assertThat(read("text,label\n\"a, \"\"b\"\"\r\n\nc\",\"x\"\r\n\"\",y"))
        .containsExactly(Example.of("a, \"b\"\r\n\nc", "x"), Example.of("", "y"));
  }

  @Test
  void theHeaderMayHaveAByteOrderMarkAndQuotes() throws IOException {
    assertThat(read("\uFEFF\"text\",\"label\"\nx,a\n")).containsExactly(Example.of("x", "a"));
  }

  @Test
  void aRowIsNamedByTheLineItStartsAt() {
    assertThatThrownBy(() -> read("text,label\n\"a\nb\",x\nc\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(":4: the row has 1 columns, the header 2");
    assertThatThrownBy(() -> read("text,label\na,b,c\n")).hasMessageContaining("has 3 columns");
  }

  @Test
  void strayQuotesAreBadRows() {
    assertThatThrownBy(() -> read("text,label\na\"b,x\n"))
        .hasMessageContaining(":2: a quote inside a field");
    assertThatThrownBy(() -> read("text,label\n\"a\"b,x\n"))
        .hasMessageContaining(":2: text after a field's closing quote");
  }

  @Test
  void anUnclosedQuoteEndsEvenLenientReading() throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), "text,label\na,x\n\"b,y\nc,z\n");
    assertThatThrownBy(() -> DataSet.read(file, FORMAT, ReadOptions.LENIENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("d.csv:3: a quote opened in this row is never closed");
    ReadOptions small = new ReadOptions(BadRows.SKIP_AND_REPORT, 5, 100);
    Files.writeString(file, "text,label\n\"" + "x\n".repeat(100));
    assertThatThrownBy(() -> DataSet.read(file, FORMAT, small))
        .hasMessageContaining("d.csv:2: the row is longer than 100 bytes");
  }

  @Test
  void aMissingOrRepeatedColumnIsNamed() {
    assertThatThrownBy(() -> read("texts,label\nx,a\n"))
        .hasMessageContaining(":1: no column 'text' in the header [texts, label]");
    assertThatThrownBy(() -> read("text,label,text\nx,a,y\n"))
        .hasMessageContaining("more than one column 'text'");
    assertThatThrownBy(() -> read("")).hasMessageContaining("needs a header row");
    assertThatThrownBy(() -> read("te\"xt,label\n")).hasMessageContaining(":1: in the header: ");
  }

  private List<Example> read(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), content);
    return DataSet.read(file, FORMAT, ReadOptions.STRICT).examples();
  }
}
