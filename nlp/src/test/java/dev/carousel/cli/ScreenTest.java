package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.cli.Screen.Colour;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void onlyATerminalIsColoured() {
    assertThat(Screen.ofStandardOutput()).isEqualTo(new Screen(100, Colour.OFF));
    assertThat(new Screen(80, Colour.OFF).share(0.9, "x")).isEqualTo("x");
    Screen terminal = new Screen(80, Colour.ON);
    assertThat(terminal.share(1, "x")).isEqualTo("\u001b[38;5;255mx\u001b[0m");
    assertThat(terminal.share(-3, "x")).isEqualTo("\u001b[38;5;240mx\u001b[0m");
    assertThat(terminal.sign(1, "x")).isNotEqualTo(terminal.sign(-1, "x"));
    assertThat(terminal.sign(0, "x")).isEqualTo("x");
    assertThatThrownBy(() -> terminal.withColumns(39)).hasMessageContaining("at least 40");
  }

  @Test
  void barsGrowByEighthsOfAColumn() {
    assertThat(TokenText.bar(0, 4)).isEmpty();
    assertThat(TokenText.bar(1, 4)).isEqualTo("████");
    assertThat(TokenText.bar(0.5, 1)).isEqualTo("▌");
    assertThat(TokenText.bar(7, 2)).isEqualTo("██");
    assertThat(TokenText.padded("很长的词语", 7)).isEqualTo("很长…  ");
  }
}
