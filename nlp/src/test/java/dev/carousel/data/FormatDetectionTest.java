package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.FormatDetection.Ambiguous;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatDetectionTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} → {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.csv       | whatever                                   | csv:text,label
          a.jsonl     | whatever                                   | jsonl:text,label
          a.ft        | whatever                                   | fasttext
          a.txt       | __label__x some text                       | fasttext
          a.data      | {"text":"x","label":"a"}                   | jsonl:text,label
          a.json      | [{"text":"x","class":0}]                   | sentiment-json
          TREC.train  | NUM:dist How far ?;ENTY:cremat What ?      | trec:coarse
          stsa.train  | 0 bad;1 good                               | sst2
          a.tsv       | pos~some text;pos~other text;neg~more text;neg~yet more | tsv:label,text
          dev.tsv     | some text~pos;other text~pos;more text~neg;yet more~neg | tsv:text,label
          a.tsv       | sentence~label;x~y                         | tsv:text,label,header
          a.tsv       | label~text;x~y                             | tsv:label,text,header
          """)
  void theFormatIsDetected(String name, String rows, String spec) throws IOException {
    assertThat(FormatDetection.require(write(name, rows)).spec()).isEqualTo(spec);
    assertThat(FormatDetection.of(folder.resolve(name)).reason()).isNotBlank();
  }

  @Test
  void twoColumnsThatLookAlikeAreAmbiguousAndBothOrdersAreOffered() throws IOException {
    Path file = write("a.tsv", "x~y;x~y;x~z;x~z");
    FormatDetection detection = FormatDetection.of(file);
    assertThat(detection)
        .isInstanceOfSatisfying(
            Ambiguous.class,
            ambiguous ->
                assertThat(ambiguous.candidates())
                    .extracting(DataFormat::spec)
                    .containsExactly("tsv:label,text", "tsv:text,label"));
    assertThatThrownBy(() -> FormatDetection.require(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("both columns look like labels; name the format: tsv:label,text or");
  }

  @Test
  void plainProseFitsNothingAndTheKnownFormatsAreListed() throws IOException {
    Path file = write("a.txt", "Call me Ishmael.;Some years ago");
    assertThatThrownBy(() -> FormatDetection.require(file))
        .hasMessageContaining("the first 2 rows fit no known format; name the format: tsv");
    assertThatThrownBy(() -> FormatDetection.require(write("empty", "")))
        .hasMessageContaining("the file has no rows");
  }

  private Path write(String name, String rows) throws IOException {
    return Files.writeString(folder.resolve(name), rows.replace(';', '\n').replace('~', '\t'));
  }
}
