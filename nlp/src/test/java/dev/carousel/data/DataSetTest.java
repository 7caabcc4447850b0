package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {
  @TempDir private Path folder;

  @Test
  void tsvSplitsAtTheFirstTabWhereTheLabelComesFirst() throws IOException {
    assertThat(read("tsv", "pos\ta\tb\n\nneg\t\n"))
        .containsExactly(Example.of("a\tb", "pos"), Example.of("", "neg"));
  }

  @Test
  void tsvSplitsAtTheLastTabWhereTheLabelComesLast() throws IOException {
    assertThat(read("tsv:text,label", "a\tb\tpos\r\n")).containsExactly(Example.of("a\tb", "pos"));
    assertThat(read("chnsenticorp", "房间太小。\tnegative\n"))
        .containsExactly(Example.of("房间太小。", "negative"));
  }

  @Test
  void tsvLeavesOutTheHeaderItIsToldOf() throws IOException {
    assertThat(read("tsv:text,label,header", "sentence\tlabel\na\t1\n"))
        .containsExactly(Example.of("a", "1"));
  }

  @Test
  void fastTextTakesSeveralLabels() throws IOException {
    assertThat(read("fasttext", "__label__a __label__b some text\n__label__a\n"))
        .containsExactly(new Example("some text", List.of("a", "b")), Example.of("", "a"));
  }

  @Test
  void jsonLinesTakeStringsNumbersBooleansAndArraysAsLabels() throws IOException {
    assertThat(
            read(
                "jsonl:t,l",
                """
                {"t":"a\\nb","l":"x"}
                {"l":1,"t":"","other":null}
                {"t":"c","l":true}
                {"t":"d","l":["x",2]}
                """))
        .containsExactly(
            Example.of("a\nb", "x"),
            Example.of("", "1"),
            Example.of("c", "true"),
            new Example("d", List.of("x", "2")));
  }

  @Test
  void trecLabelsAreCoarseOrFine() throws IOException {
    String row = "NUM:dist How far is it from Denver to Aspen ?\n";
    String question = "How far is it from Denver to Aspen ?";
    assertThat(read("trec", row)).containsExactly(Example.of(question, "NUM"));
    assertThat(read("trec:fine", row)).containsExactly(Example.of(question, "NUM:dist"));
  }

  @Test
  void sst2LabelsAreADigit() throws IOException {
    assertThat(read("sst2", "0 a gob of drivel\n1 fine\n"))
        .containsExactly(Example.of("a gob of drivel", "0"), Example.of("fine", "1"));
  }

  @Test
  void sentimentFixturesLeaveOutTheirUnlabelledLastElement() throws IOException {
    assertThat(
            read(
                "sentiment-json",
                "[{\"text\":\"Great.\",\"class\":1},{\"text\":\"\",\"class\":null}]"))
        .containsExactly(Example.of("Great.", "1"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tsv            | no tab here                     | no tab; expected label<TAB>text
          tsv            | ~  \ttext                       | the label is empty
          trec           | NUM dist: x                     | expected 'COARSE:fine question'
          trec           | NUM: x                          | expected 'COARSE:fine question'
          sst2           | 2 x                             | expected '0 sentence' or '1 sentence'
          fasttext       | x __label__a                    | does not start with __label__
          fasttext       | __label__a x __label__b         | put labels first
          fasttext       | __label__a __label__a x         | a label is repeated: [a, a]
          fasttext       | __label__ x                     | the label is empty
          jsonl          | {"text":"x"}                    | no label under the key "label"
          jsonl          | {"text":1,"label":"a"}          | no string under the key "text"
          jsonl          | {"text":"x","label":{}}         | must be a string, number, boolean or array
          jsonl          | {"text":"x","label":[]}         | the label is empty
          jsonl          | {"text":"x","text":"y"}         | invalid JSON: Duplicate
          jsonl          | {"text":"x",                    | invalid JSON: Unexpected end-of-input
          jsonl          | {"text":"x","label":"a"} 1      | invalid JSON: Trailing token
          jsonl          | [1]                             | expected a JSON object
          sentiment-json | [{"text":"x"}]                  | element 1: no label under the key "class"
          """)
  void aBadRowIsNamedByFileAndLine(String format, String row, String problem) throws IOException {
    Path file = write(row.replace("~", "").replace("\\t", "\t") + "\n");
    assertThatThrownBy(() -> DataSet.read(file, DataFormat.named(format), ReadOptions.STRICT))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ":1: 1 bad rows for the format")
        .hasMessageContaining(file + ":1: ")
        .hasMessageContaining(problem);
  }

  @Test
  void lenientReadingSkipsReportsAndCountsBadRows() throws IOException {
    Path file = write("a\tx\nbad\n\nb\ty\nworse\nworst\n");
    ReadOptions options = new ReadOptions(BadRows.SKIP_AND_REPORT, 2, 100);
    DataSet data = DataSet.read(file, DataFormat.named("tsv"), options);
    assertThat(data.examples()).containsExactly(Example.of("x", "a"), Example.of("y", "b"));
    assertThat(data.report().skipped()).isEqualTo(3);
    assertThat(data.report().listed()).extracting(RowProblem::line).containsExactly(2L, 5L);
    assertThat(data.report().describe())
        .isEqualTo(
            file
                + ":2: no tab; expected label<TAB>text\n"
                + file
                + ":5: no tab; expected label<TAB>text\n"
                + "and 1 more bad rows\n");
  }

  @Test
  void lenientReadingSkipsALineThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("data.txt");
    Files.write(file, new byte[] {'a', '\t', (byte) 0xFF, '\n', 'b', '\t', 'y', '\n'});
    DataSet data = DataSet.read(file, DataFormat.named("tsv"), ReadOptions.LENIENT);
    assertThat(data.examples()).containsExactly(Example.of("y", "b"));
    assertThat(data.report().listed().get(0).problem()).startsWith("malformed UTF-8 at byte 3");
  }

  @Test
  void theSourceIsKnownByItsChecksum() throws IOException {
    DataSet data = DataSet.read(write("a\tabc\n"), DataFormat.named("tsv"), ReadOptions.STRICT);
    // printf 'a\tabc\n' | sha256sum
    assertThat(data.sources())
        .containsExactly(
            new SourceFile(
                "data.txt", 6, "3160326da95e968fe0da1626a0ac466a9ec5a65a492a3c00fed186513a762b9f"));
    assertThat(data.name()).isEqualTo("data.txt");
  }

  @Test
  void severalFilesBecomeOneDataSet() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "a\tx\n");
    Path two = Files.writeString(folder.resolve("two"), "b\ty\n");
    DataSet data =
        DataSet.read("both", List.of(one, two), DataFormat.named("tsv"), ReadOptions.STRICT);
    assertThat(data.examples()).extracting(Example::label).containsExactly("a", "b");
    assertThat(data.sources()).extracting(SourceFile::name).containsExactly("one", "two");
  }

  @Test
  void labelCountsGiveTheLabelsTheLargestClassAndItsShare() {
    LabelCounts counts =
        LabelCounts.of(
            List.of(
                Example.of("1", "b"),
                Example.of("2", "a"),
                Example.of("3", "b"),
                new Example("4", List.of("a", "c"))));
    assertThat(counts.labels()).containsExactly("a", "b", "c");
    assertThat(counts.largest()).isEqualTo("a");
    assertThat(counts.largestShare()).isEqualTo(0.5);
    assertThatThrownBy(() -> LabelCounts.of(List.of()).largest())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyFormatIsFoundByItsOwnSpecAndUnknownOnesListTheKnown() {
    for (String spec :
        List.of(
            "tsv:label,text",
            "tsv:text,label,header",
            "csv:a,b",
            "jsonl:a,b",
            "fasttext",
            "trec:fine",
            "sst2",
            "sentiment-json")) {
      assertThat(DataFormat.named(spec).spec()).isEqualTo(spec);
    }
    for (String unknown : List.of("xml", "tsv:x", "csv:a", "jsonl:a,", "trec:middle", "sst2:x")) {
      assertThatThrownBy(() -> DataFormat.named(unknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no data format '" + unknown + "'; known formats: tsv");
    }
  }

  @Test
  void anExampleWithSeveralLabelsHasNoSingleLabel() {
    assertThatThrownBy(() -> new Example("x", List.of("a", "b")).label())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[a, b]");
    assertThatThrownBy(() -> new Example("x", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Example> read(String format, String content) throws IOException {
    return DataSet.read(write(content), DataFormat.named(format), ReadOptions.STRICT).examples();
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("data.txt"), content);
  }
}
