package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
  private static final Path FILE = Path.of("config.json");

  enum Colour {
    RED,
    BLUE
  }

  record Inner(boolean on) {}

  record Outer(int n, long big, double x, String s, Colour c, List<Inner> list, Inner one) {
    Outer {
      if (n < 0) {
        throw new IllegalArgumentException("n must not be negative");
      }
    }
  }

  record Numbers(Map<String, Double> values) {}

  private static final String GOOD =
      """
      {"n":1,"big":2,"x":3.5,"s":"t","c":"BLUE","list":[{"on":true}],"one":{"on":false}}""";

  @Test
  void readsExactlyWhatTheRecordHolds() {
    assertThat(StrictJson.read(FILE, GOOD, Outer.class))
        .isEqualTo(
            new Outer(1, 2, 3.5, "t", Colour.BLUE, List.of(new Inner(true)), new Inner(false)));
  }

  @Test
  void writesTheSameTextForEqualRecordsOnEveryPlatform() {
    Map<String, Double> unsorted = new LinkedHashMap<>();
    unsorted.put("b", 1.5);
    unsorted.put("a", -0.0);
    assertThat(StrictJson.write(new Numbers(unsorted)))
        .isEqualTo("{\n  \"values\" : {\n    \"a\" : -0.0,\n    \"b\" : 1.5\n  }\n}\n");
  }

  @Test
  void carriesNumbersThatJsonLacks() {
    Numbers numbers =
        new Numbers(Map.of("a", Double.NaN, "b", Double.NEGATIVE_INFINITY, "c", 1e-320));
    assertThat(StrictJson.read(FILE, StrictJson.write(numbers), Numbers.class)).isEqualTo(numbers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "n":1 | "n":1,"m":2 | field 'm': unknown field; known are [big, c, list, n, one, s, x]
          "n":1 | "n":1,"n":2 | Duplicate field 'n'
          "n":1, | `` | field 'n': Missing creator property 'n' (index 0) (line 1
          "n":1 | "n":null | field 'n'
          "n":1 | "n":1.5 | field 'n'
          "n":1 | "n":"1" | field 'n'
          "n":1 | "n":true | field 'n'
          "n":1 | "n":99999999999 | field 'n'
          "n":1 | "n":-1 | n must not be negative
          "n":1 | "n":1e999999999 | field 'n'
          "big":2 | "big":9223372036854775808 | field 'big'
          "x":3.5 | "x":"3.5" | field 'x'
          "s":"t" | "s":7 | field 's'
          "s":"t" | "s":null | field 's'
          "c":"BLUE" | "c":1 | field 'c'
          "c":"BLUE" | "c":"GREEN" | field 'c'
          "c":"BLUE" | "c":"blue" | field 'c'
          {"on":true} | {"on":true,"off":1} | field 'list[0].off'
          {"on":true} | {"on":"true"} | field 'list[0].on'
          {"on":true} | null | field 'list[0]'
          {"on":true} | 5 | field 'list[0]'
          [{"on":true}] | {"on":true} | field 'list'
          }} | }} x | (line 1
          }} | }} {} | (line 1
          }} | } | (line 1
          {"n" | [{"n" | is not valid
          {"n" | // comment {"n" | (line 1
          {"n" | {n | (line 1
          """)
  void refusesAnythingElse(String part, String replacement, String problem) {
    assertThat(GOOD).contains(part);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> StrictJson.read(FILE, GOOD.replace(part, replacement), Outer.class))
        .withMessageStartingWith("config.json: ")
        .withMessageContaining(problem);
  }

  @Test
  void refusesNullEmptinessAndBombs() {
    String deep = "[".repeat(100_000);
    String digits = "{\"n\":" + "9".repeat(100_000) + "}";
    for (String text : List.of("null", "", " ", deep, digits, "\u0000", "{\"\ud800\":1}")) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> StrictJson.read(FILE, text, Outer.class));
    }
  }
}
