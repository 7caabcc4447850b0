package dev.carousel.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.carousel.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors whose angles can be worked out by hand. */
class AnalogiesTest {
  @TempDir private Path folder;
  private VectorTable table;

  @BeforeEach
  void readVectors() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("v.txt"),
            "man 1 0 0\nwoman 1 1 0\nking 1 0 1\nqueen 1 1 1\nnothing 0 0 0\nanti -2 0 0\n");
    table = VectorTable.read(file, Integer.MAX_VALUE);
  }

  private Path questions(String text) throws IOException {
    return Files.writeString(folder.resolve("questions.txt"), text);
  }

  @Test
  void neighboursAreSortedByTheCosine() {
    assertThat(VectorQuery.parse("man").nearest(table, 9))
        .extracting(Neighbour::word)
        .containsExactly("king", "woman", "queen", "nothing", "anti");
    assertThat(VectorQuery.parse("man").nearest(table, 1).get(0).cosine())
        .isEqualTo(Math.sqrt(0.5), offset(1e-7));
    assertThat(VectorQuery.parse("man").nearest(table, 9).get(4).cosine()).isEqualTo(-1);
  }

  @Test
  void aSumLeavesItsOwnWordsOut() {
    assertThat(VectorQuery.parse("King - man + WOMAN").nearest(table, 1))
        .extracting(Neighbour::word)
        .containsExactly("queen");
  }

  @Test
  void queriesThatAreNoneSayWhatIsMissing() {
    assertThatThrownBy(() -> VectorQuery.parse("king man")).hasMessageContaining("not 'man'");
    assertThatThrownBy(() -> VectorQuery.parse("- man")).hasMessageContaining("expected a word");
    assertThatThrownBy(() -> VectorQuery.parse("king -")).hasMessageContaining("ends without");
    assertThatThrownBy(() -> VectorQuery.parse(" ")).hasMessageContaining("expected a word");
    assertThatThrownBy(() -> VectorQuery.parse("emperor").nearest(table, 1))
        .hasMessageContaining("'emperor' has no vector among the 6");
  }

  @Test
  void sectionsAreCountedAndQuestionsWithUnknownWordsNotAsked() throws IOException {
    AnalogyReport report =
        Analogies.read(
                questions(
                    """
                    : family
                    Man king woman queen
                    man woman king queen
                    man king boy prince

                    : gram1-odd
                    man woman king anti
                    """))
            .ask(table);
    assertThat(report.sections())
        .containsExactly(
            new AnalogyReport.Score("family", 2, 2, 1),
            new AnalogyReport.Score("gram1-odd", 0, 1, 0));
    assertThat(report.total()).isEqualTo(new AnalogyReport.Score("total", 2, 3, 1));
    assertThat(report.semantic().accuracy()).isEqualTo(1);
    assertThat(report.syntactic().accuracy()).isEqualTo(0);
    assertThat(report.render()).contains("66.67%");
  }

  @Test
  void badLinesAreNamed() throws IOException {
    Path three = questions(": family\nman king woman queen\nman king woman\n");
    assertThatThrownBy(() -> Analogies.read(three))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("questions.txt:3: expected four words");
    Path none = questions("man king woman queen\n");
    assertThatThrownBy(() -> Analogies.read(none)).hasMessageContaining(":1: expected a line ':");
    Path empty = questions(": family\n");
    assertThatThrownBy(() -> Analogies.read(empty)).hasMessageContaining("has no questions");
  }

  @Test
  void onlyTheFirstVectorsAreRead() throws IOException {
    assertThat(VectorTable.read(folder.resolve("v.txt"), 2).count()).isEqualTo(2);
  }
}
