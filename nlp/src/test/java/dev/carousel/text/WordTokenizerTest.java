package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.text.WordTokenizer.Contractions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTokenizerTest {
  private static final Tokenizer SPLIT = new WordTokenizer(Normalizer.NONE, Contractions.SPLIT);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Don't do it.                      | Do n't do it .
          I can’t, won't and shouldn't've   | I ca n’t , wo n't and should n't 've
          it's O'Brien's dogs' bones        | it 's O'Brien 's dogs ' bones
          I'd've said they're we'll I'm     | I 'd 've said they 're we 'll I 'm
          We cannot; gonna GOTTA wanna      | We can not ; gon na GOT TA wan na
          it 's tokenised , do n't          | it 's tokenised , do n't
          well-known k-19 state-of-the-art  | well-known k-19 state-of-the-art
          cost $1,000.50 (10%) or 3/4       | cost $ 1,000.50 ( 10 % ) or 3/4
          at 10:30, the 1990s, 2nd .5 -5    | at 10:30 , the 1990s , 2nd .5 - 5
          U.S. and e.g. Dr. Who vs. AT&T.   | U.S. and e.g. Dr. Who vs. AT&T .
          He left.He came... and -- well!!  | He left . He came ... and -- well ! !
          and/or a,b ``quoted'' [x]         | and / or a , b `` quoted '' [ x ]
          see https://a.org/x?y=1#z, ok     | see https://a.org/x?y=1#z , ok
          (www.a.org/b_(c)) and HTTP://x.y. | ( www.a.org/b_(c)) and HTTP://x.y .
          mail a.b+c@d-e.co.uk. or x@y      | mail a.b+c@d-e.co.uk . or x @y
          #tag #1 @user_1 C#                | #tag # 1 @user_1 C #
          naïve Zürich Ελλάδα привет        | naïve Zürich Ελλάδα привет
          我爱NLP，3个iPhone！               | 我 爱 NLP ， 3 个 iPhone ！
          カラー テスト 한국어 문장            | カ ラ ー テ ス ト 한국어 문장
          ok👍🏽👨‍👩‍👧 x₂ ½            | ok 👍🏽 👨‍👩‍👧 x₂ ½
          """)
  void textIsCutAsTheTreebankDoes(String text, String expected) {
    assertThat(SPLIT.words(text)).containsExactly(expected.split(" "));
  }

  @Test
  void contractionsMayBeKept() {
    Tokenizer keep = new WordTokenizer(Normalizer.NONE, Contractions.KEEP);
    assertThat(keep.words("Don't: I cannot, it's"))
        .containsExactly("Don't", ":", "I", "cannot", ",", "it's");
  }

  @Test
  void offsetsPointIntoTheOriginal() {
    assertThat(SPLIT.tokenize(" don't\u3000👍🏽!"))
        .containsExactly(
            new Token("do", 1, 3),
            new Token("n't", 3, 6),
            new Token("👍🏽", 7, 11),
            new Token("!", 11, 12));
  }

  @Test
  void blankTextHasNoTokens() {
    assertThat(SPLIT.tokenize("")).isEmpty();
    assertThat(SPLIT.tokenize(" \t\n\u00A0\u3000\uFEFF\u200B\u0007")).isEmpty();
  }

  @Test
  void aVeryLongTextIsCutInLinearTime() {
    int n = 300_000;
    for (String unit :
        List.of("a", "a.", "a'", "www.", ")", "a@", "1,", "-", "http://(", "n't", "\u0301", "人")) {
      assertThat(SPLIT.tokenize(unit.repeat(n))).isNotEmpty();
    }
  }
}
