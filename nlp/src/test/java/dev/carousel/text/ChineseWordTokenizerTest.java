package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChineseWordTokenizerTest {
  private static final Tokenizer TOKENIZER = new ChineseWordTokenizer(Normalizer.NONE);

  @Test
  void chineseIsCutIntoWordsAndTheRestByTheRulesForWords() {
    assertThat(TOKENIZER.words("房间太小。商品的不足暂时还没发现，don't buy at www.a.cn！"))
        .containsExactly(
            "房间",
            "太小",
            "。",
            "商品",
            "的",
            "不足",
            "暂时",
            "还",
            "没",
            "发现",
            "，",
            "don't",
            "buy",
            "at",
            "www.a.cn",
            "！");
  }

  @Test
  void offsetsPointIntoTheOriginal() {
    Tokenizer nfkc = new ChineseWordTokenizer(Normalizer.of(Normalization.NFKC));
    assertThat(nfkc.tokenize(" 房间１２ 太小"))
        .containsExactly(new Token("房间", 1, 3), new Token("12", 3, 5), new Token("太小", 6, 8));
  }

  @Test
  void rareCharactersAndVariantsAreNotCut() {
    // 𠮷 lies outside the basic plane; 葛 carries a variation selector.
    String text = "在𠮷野家吃饭，葛\uDB40\uDD00城";
    for (Token token : TOKENIZER.tokenize(text)) {
      assertThat(TokenizerPropertiesTest.boundaries(text)).contains(token.start(), token.end());
    }
    assertThat(String.join("", TOKENIZER.words(text))).isEqualTo(text);
  }

  @Test
  void manyThreadsGetTheSameWords() {
    List<String> texts = List.of("北京大学的学生", "订单处理速度实在太慢", "笔记本的键盘确实爽", "下雨天留客天");
    List<List<String>> alone = texts.stream().map(TOKENIZER::words).toList();
    boolean same =
        IntStream.range(0, 4_000)
            .parallel()
            .allMatch(i -> TOKENIZER.words(texts.get(i % 4)).equals(alone.get(i % 4)));
    assertThat(same).isTrue();
  }

  @Test
  @Timeout(60)
  void aVeryLongRunIsCut() {
    assertThat(TOKENIZER.tokenize("北京大学".repeat(50_000))).hasSizeGreaterThan(40_000);
  }
}
