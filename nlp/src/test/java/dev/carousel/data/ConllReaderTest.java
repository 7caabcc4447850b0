package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConllReaderTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.conll"), text);
  }

  @Test
  void columnsAreReadByName() throws IOException {
    Path file = file("-DOCSTART- X O\n\nHe PRP B-NP\nran VBD B-VP\n\n\nNow RB B-ADVP");
    TaggedData data = ConllReader.read(file, Columns.parse("token,pos,chunk"));
    assertThat(data.features()).containsExactly("pos");
    assertThat(data.sentences())
        .containsExactly(
            new TaggedSentence(
                List.of("He", "ran"),
                List.of(List.of("PRP", "VBD")),
                List.of("B-NP", "B-VP"),
                null),
            new TaggedSentence(List.of("Now"), List.of(List.of("RB")), List.of("B-ADVP"), null));
    assertThat(data.sources().get(0).sha256()).hasSize(64);
  }

  @Test
  void aColumnThatIsNotReadLeavesNoTrace() throws IOException {
    TaggedData data = ConllReader.read(file("1 He x O\n"), Columns.parse("_,token,_,tag"));
    assertThat(data.features()).isEmpty();
    assertThat(data.sentences()).containsExactly(TaggedSentence.of(List.of("He"), List.of("O")));
  }

  @Test
  void aTabLetsTokensHoldSpaces() throws IOException {
    TaggedData data = ConllReader.read(file("New York\tB-LOC\r\n\t\r\n.\tO\r\n"), Columns.DEFAULT);
    assertThat(data.sentences())
        .containsExactly(
            TaggedSentence.of(List.of("New York"), List.of("B-LOC")),
            TaggedSentence.of(List.of("."), List.of("O")));
  }

  @Test
  void aMissingColumnIsNamedByItsLine() throws IOException {
    Path file = file("He PRP O\nran O\n");
    assertThatThrownBy(() -> ConllReader.read(file, Columns.parse("token,pos,tag")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.conll:2")
        .hasMessageContaining("3 columns token,pos,tag, found 2");
  }

  @Test
  void aBadLineLeavesItsSentenceOutIfAsked() throws IOException {
    Path file = file("He O\nran\naway x y z\n\nShe O\n\nIt\n\nruns O\n");
    TaggedData data = ConllReader.read(file, Columns.DEFAULT, ReadOptions.LENIENT);
    assertThat(data.sentences())
        .containsExactly(
            TaggedSentence.of(List.of("She"), List.of("O")),
            TaggedSentence.of(List.of("runs"), List.of("O")));
    assertThat(data.report().skipped()).isEqualTo(2);
    assertThat(data.report().listed()).extracting(RowProblem::line).containsExactly(2L, 7L);
    assertThatThrownBy(() -> ConllReader.read(file, Columns.DEFAULT))
        .hasMessageContaining("data.conll:2")
        .hasMessageContaining("and 1 more");
  }

  @Test
  void tagsMayBeAbsentWhereTheyAreToBeFound() throws IOException {
    byte[] bytes = "He PRP\nran VBD\n\nNow RB O\n".getBytes(StandardCharsets.UTF_8);
    try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(bytes), "in", 100)) {
      ConllReader reader =
          new ConllReader(Columns.parse("token,pos,tag"), ConllReader.Tags.OPTIONAL, lines);
      TaggedSentence first = reader.next();
      assertThat(first).isNotNull();
      assertThat(first.tags()).isEmpty();
      TaggedSentence second = reader.next();
      assertThat(second).isNotNull();
      assertThat(second.tags()).containsExactly("O");
      assertThat(reader.next()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "tag", "token,token,tag", "tag,token", "token,,tag", "token,_"})
  void columnsThatMakeNoSenseAreRefused(String columns) {
    assertThatThrownBy(() -> Columns.parse(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token,pos,tag");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    TaggedSentence sentence =
        new TaggedSentence(
            List.of("New York", "🙂"), List.of(List.of("NNP", "SYM")), List.of("B-LOC", "O"), null);
    StringBuilder out = new StringBuilder();
    new ConllWriter(out).write(sentence, List.of(sentence.tags()));
    TaggedData data = ConllReader.read(file(out.toString()), Columns.parse("token,pos,tag"));
    assertThat(data.sentences()).containsExactly(sentence);
  }

  @Test
  void aSlotFolderIsThreeFilesSideBySide() throws IOException {
    Files.writeString(folder.resolve("seq.in"), "fly to linz\nhow much\n");
    Files.writeString(folder.resolve("seq.out"), "O O B-city\nO O\n");
    Files.writeString(folder.resolve("label"), "flight\nfare\n");
    TaggedData data = SlotFolder.read(folder);
    assertThat(data.labelled()).isTrue();
    assertThat(data.sentences().get(1))
        .isEqualTo(TaggedSentence.of(List.of("how", "much"), List.of("O", "O")).withLabel("fare"));
    assertThat(data.sources()).hasSize(3);
    Files.writeString(folder.resolve("seq.out"), "O O B-city\nO\n");
    assertThatThrownBy(() -> SlotFolder.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("seq.out:2");
    TaggedData rest = SlotFolder.read(folder, ReadOptions.LENIENT);
    assertThat(rest.size()).isEqualTo(1);
    assertThat(rest.report().listed()).extracting(RowProblem::line).containsExactly(2L);
    Files.writeString(folder.resolve("label"), "flight\n");
    assertThatThrownBy(() -> SlotFolder.read(folder)).isInstanceOf(DataException.class);
  }

  @Test
  void aSeededTenthIsHeldOutAndTheSameEachTime() {
    List<TaggedSentence> all =
        IntStream.range(0, 50)
            .mapToObj(i -> TaggedSentence.of(List.of("w" + i), List.of("O")))
            .toList();
    TaggedSplit split = TaggedData.of("all", all).tenth(3);
    assertThat(split.heldOut().size()).isEqualTo(5);
    assertThat(split.train().size()).isEqualTo(45);
    assertThat(split.train().sentences()).doesNotContainAnyElementsOf(split.heldOut().sentences());
    assertThat(TaggedData.of("all", all).tenth(3)).isEqualTo(split);
    assertThat(TaggedData.of("all", all).tenth(4)).isNotEqualTo(split);
  }
}
