package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordShapeTest {
  @ParameterizedTest
  @CsvSource({
    "word, LOWER",
    "NATO, UPPER",
    "A, TITLE",
    "Word, TITLE",
    "O'Neill, MIXED",
    "iPhone, MIXED",
    "'1,000.50', NUMBER",
    "B2B, DIGITS",
    "--, SYMBOL",
    "中文, CASELESS",
    "U.S., UPPER"
  })
  void aWordsShape(String word, WordShape shape) {
    assertThat(WordShape.of(word)).isEqualTo(shape);
  }
}
