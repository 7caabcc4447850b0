package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphemesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "e\u0301", // e and a combining acute accent
        "\uD842\uDFB7", // 𠮷, outside the basic plane
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // family, joined by ZWJ
        "\uD83D\uDC4D\uD83C\uDFFD", // thumbs up with a skin tone
        "\u2764\uFE0F\u200D\uD83D\uDD25", // heart on fire
        "\uD83C\uDDEF\uD83C\uDDF5", // flag of Japan
        "1\uFE0F\u20E3", // keycap 1
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // England
        "\u1112\u1161\u11AB", // 한 as jamo
        "\uD55C\u11AB",
        "\u0BA8\u0BBF", // Tamil ni
        "\r\n",
        "\uD800", // lone surrogates
        "\uDC00"
      })
  void oneClusterStaysWhole(String cluster) {
    assertThat(clusters(cluster + "x" + cluster)).containsExactly(cluster, "x", cluster);
  }

  @Test
  void neighboursAreNotJoined() {
    assertThat(clusters("\uD83C\uDDEF\uD83C\uDDF5\uD83C\uDDEF")) // three regional indicators
        .containsExactly("\uD83C\uDDEF\uD83C\uDDF5", "\uD83C\uDDEF");
    assertThat(clusters("\n\u0301")).containsExactly("\n", "\u0301");
    assertThat(clusters("a\u200Db")).containsExactly("a\u200D", "b");
    assertThat(clusters("\u11AB\u1112")).containsExactly("\u11AB", "\u1112");
    assertThat(clusters("\uD83D\uDE00\uD83D\uDE00")).hasSize(2);
  }

  static List<String> clusters(String text) {
    List<String> clusters = new ArrayList<>();
    int end;
    for (int start = 0; start < text.length(); start = end) {
      end = Graphemes.next(text, start);
      clusters.add(text.substring(start, end));
    }
    return clusters;
  }
}
