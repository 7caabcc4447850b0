package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.eval.TagSpan;
import dev.carousel.eval.TagSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TagSchemeTest {
  private static List<String> tags(String joined) {
    return List.of(joined.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "BIO, B-a I-a I-a O B-b B-a",
    "BIOES, B-a I-a E-a O S-b S-a",
    "BMES, B-a M-a E-a O S-b S-a"
  })
  void aSentenceInEachScheme(TagScheme scheme, String expected) {
    List<TagSpan> spans =
        List.of(new TagSpan("a", 0, 3), new TagSpan("b", 4, 5), new TagSpan("a", 5, 6));
    assertThat(scheme.encode(spans, 6)).isEqualTo(tags(expected));
    assertThat(TagSpans.of(tags(expected))).isEqualTo(spans);
  }

  @ParameterizedTest
  @CsvSource({
    "B-a I-a O, BIO",
    "I-a I-b O, BIO",
    "B-a E-a O, BMES",
    "B-a I-a E-a S-b O, BIOES",
    "B-a M-a E-a S-b O, BMES",
    "S-a O, BMES",
    "DT NN O, PLAIN",
    "B-a X-b O, PLAIN",
    "O O, PLAIN",
    "B I O, PLAIN"
  })
  void theSchemeIsFoundOut(String joined, TagScheme scheme) {
    assertThat(TagScheme.detect(tags(joined))).isEqualTo(scheme);
  }

  @Test
  void theOlderBioIsConvertedByItsSpans() {
    assertThat(TagScheme.BIO.convert(tags("I-a I-a O I-b B-b")))
        .isEqualTo(tags("B-a I-a O B-b B-b"));
    assertThat(TagScheme.BIOES.convert(tags("I-a I-a O I-b B-b")))
        .isEqualTo(tags("B-a E-a O S-b S-b"));
  }

  @ParameterizedTest
  @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
  void randomSpansSurviveEveryConversion(TagScheme scheme) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      List<TagSpan> spans = randomSpans(random);
      List<String> encoded = scheme.encode(spans, 12);
      assertThat(TagSpans.of(encoded)).isEqualTo(spans);
      for (TagScheme other : List.of(TagScheme.BIO, TagScheme.BIOES, TagScheme.BMES)) {
        assertThat(scheme.convert(other.convert(encoded))).isEqualTo(encoded);
      }
      assertThat(keepsTo(scheme, encoded)).isTrue();
    }
  }

  private static List<TagSpan> randomSpans(SplittableRandom random) {
    List<TagSpan> spans = new ArrayList<>();
    int at = random.nextInt(3);
    while (at < 12) {
      int end = Math.min(12, at + 1 + random.nextInt(4));
      spans.add(new TagSpan(random.nextBoolean() ? "a" : "b", at, end));
      at = end + random.nextInt(3);
    }
    return spans;
  }

  private static boolean keepsTo(TagScheme scheme, List<String> tags) {
    boolean lawful = scheme.follows(null, tags.get(0));
    for (int t = 1; t < tags.size(); t++) {
      lawful &= scheme.follows(tags.get(t - 1), tags.get(t));
    }
    return lawful && scheme.follows(tags.get(tags.size() - 1), null);
  }

  /** Enumeration: a sequence keeps to its scheme exactly if encoding its spans gives it back. */
  @ParameterizedTest
  @CsvSource({
    "BIO, O B-a I-a B-b I-b",
    "BIOES, O B-a I-a E-a S-a B-b E-b",
    "BMES, O B-a M-a E-a S-a B-b E-b"
  })
  void whatMayFollowIsWhatSpansCanEncode(TagScheme scheme, String joined) {
    List<String> alphabet = tags(joined);
    int n = alphabet.size();
    for (int code = 0; code < n * n * n; code++) {
      List<String> tags =
          List.of(alphabet.get(code % n), alphabet.get(code / n % n), alphabet.get(code / n / n));
      assertThat(keepsTo(scheme, tags))
          .as(tags.toString())
          .isEqualTo(scheme.convert(tags).equals(tags));
    }
  }
}
