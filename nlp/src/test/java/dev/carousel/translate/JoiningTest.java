package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {
  @Test
  void wordsAreJoinedAsPeopleWrite() {
    List<String> words =
        List.of("It", "'s", "late", ",", "is", "n't", "it", "(", "at", "least", "here", ")", "?");
    assertThat(Joining.of("word").join(words)).isEqualTo("It's late, isn't it (at least here)?");
  }

  @Test
  void othersAreJoinedAsTheyWereCut() {
    assertThat(Joining.of("whitespace").join(List.of("a", ",", "b"))).isEqualTo("a , b");
    assertThat(Joining.of("character").join(List.of("我", "们"))).isEqualTo("我们");
    assertThat(Joining.of("chinese-word").join(List.of("我们", "去"))).isEqualTo("我们去");
    assertThat(Joining.of("bpe").join(List.of("▁the", "▁ca", "t"))).isEqualTo("the cat");
  }
}
