package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.data.PairSet.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairSetTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void linesOfTwoFilesBelongTogether() throws IOException {
    PairSet set =
        PairSet.read(file("a", "one\ntwo\n"), file("b", "eins\nzwei"), ReadOptions.STRICT);
    assertThat(set.pairs())
        .containsExactly(new TextPair("one", "eins"), new TextPair("two", "zwei"));
    assertThat(set.sources()).extracting(SourceFile::name).containsExactly("a", "b");
    // printf 'one\ntwo\n' | sha256sum
    assertThat(set.sources().get(0).sha256())
        .isEqualTo("c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8");
  }

  @Test
  void filesOfDifferentLengthAreRefusedNamingBoth() throws IOException {
    Path a = file("a", "one\ntwo\n");
    Path b = file("b", "eins\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PairSet.read(a, b, ReadOptions.STRICT))
        .withMessageContaining(b.toString())
        .withMessageContaining(a.toString())
        .withMessageContaining("line 2");
  }

  @Test
  void columnsOfAFileWithTabsAreChosen() throws IOException {
    Path tsv = file("t.tsv", "\uFEFFHi.\t嗨。\tCC-BY\n\nRun!\t跑！\tCC-BY\n");
    assertThat(PairSet.readTsv(tsv, PairColumns.parse("2,1"), ReadOptions.STRICT).pairs())
        .containsExactly(new TextPair("嗨。", "Hi."), new TextPair("跑！", "Run!"));
  }

  @Test
  void badRowsAreNamedByLineOrLeftOut() throws IOException {
    Path tsv = file("t.tsv", "a\tb\nonly one\nc\t \nd\te\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PairSet.readTsv(tsv, PairColumns.FIRST, ReadOptions.STRICT))
        .withMessageContaining("2: 1 columns where 2 are needed")
        .withMessageContaining("3: the target is empty");
    PairSet rest = PairSet.readTsv(tsv, PairColumns.FIRST, ReadOptions.LENIENT);
    assertThat(rest.pairs()).containsExactly(new TextPair("a", "b"), new TextPair("d", "e"));
    assertThat(rest.report().skipped()).isEqualTo(2);
  }

  @Test
  void columnsThatAreNoPairAreRefused() {
    for (String wrong : new String[] {"1", "1,1", "0,1", "a,b", "1,2,3"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> PairColumns.parse(wrong));
    }
  }

  private static PairSet numbered(int count) {
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // every third source is that of the pair before, every fifth target likewise
      pairs.add(new TextPair("s" + (i % 3 == 2 ? i - 1 : i), "t" + (i % 5 == 4 ? i - 1 : i)));
    }
    return PairSet.of("numbers", pairs);
  }

  @Test
  void whatIsHeldOutSharesNoTextWithTheRest() {
    Parts parts = numbered(200).holdOut(40, 7);
    assertThat(parts.heldOut().size()).isEqualTo(40);
    assertThat(parts.train().size()).isEqualTo(160);
    assertThat(parts.train().pairs())
        .noneMatch(
            p ->
                parts.heldOut().pairs().stream()
                    .anyMatch(q -> p.source().equals(q.source()) || p.target().equals(q.target())));
  }

  @Test
  void theSameSeedHoldsOutTheSamePairs() {
    assertThat(numbered(100).holdOut(20, 7)).isEqualTo(numbered(100).holdOut(20, 7));
    assertThat(numbered(100).holdOut(20, 7)).isNotEqualTo(numbered(100).holdOut(20, 8));
  }

  @Test
  void pairsThatAllHangTogetherCannotBeHeldApart() {
    PairSet same = PairSet.of("same", List.of(new TextPair("a", "x"), new TextPair("a", "y")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> same.holdOut(1, 1))
        .withMessageContaining("hang together");
  }
}
