package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordNetGlossesTest {
  @Test
  void theDatabaseHas117791GlossesIn45Classes() throws IOException {
    List<Gloss> glosses = WordNetGlosses.load();
    assertThat(glosses).hasSize(117_791);
    LabelCounts counts =
        WordNetGlosses.asDataSet(glosses, WordNetGlosses.Part.DEFINITION).labelCounts();
    assertThat(counts.labels()).hasSize(45);
    assertThat(counts.largestShare()).isCloseTo(0.123, within(0.0005));
    assertThat(glosses).noneMatch(gloss -> gloss.definition().isEmpty());
    assertThat(glosses.stream().mapToInt(gloss -> gloss.examples().size()).sum())
        .isBetween(47_000, 49_500);
  }

  @Test
  void theFirstNounIsEntity() throws IOException {
    Gloss entity = WordNetGlosses.load().get(0);
    assertThat(entity.lexicographerFile()).isEqualTo("noun.Tops");
    assertThat(entity.text())
        .isEqualTo(
            "that which is perceived or known or inferred to have its own distinct existence"
                + " (living or nonliving)");
  }

  @Test
  void definitionAndExamplesAreSeparated() {
    Gloss gloss = GlossText.split("adj.all", "the \"real\" one; \"a b; c\"; \"d\"");
    assertThat(gloss.definition()).isEqualTo("the \"real\" one");
    assertThat(gloss.examples()).containsExactly("a b; c", "d");
    assertThat(GlossText.split("x", "plain").definition()).isEqualTo("plain");
    assertThat(GlossText.split("x", "cut; \"open").examples()).containsExactly("open");
  }

  @Test
  void aDamagedLineIsNamed() {
    for (String line :
        List.of("00001740 45 n 01 x | y", "00001740 03 n", "junk | x", "1 zz 2 | x")) {
      assertThatThrownBy(() -> read("  1 licence\n" + line + "\n"))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("data.noun:2: expected 'offset lex_filenum");
    }
  }

  private static void read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WordNetGlosses.read(
        new Utf8Lines(new ByteArrayInputStream(bytes), "data.noun", 1 << 20), new ArrayList<>());
  }
}
