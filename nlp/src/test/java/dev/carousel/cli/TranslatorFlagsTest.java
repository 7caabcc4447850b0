package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Precision;
import dev.carousel.translate.TranslatorSettings;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatorFlagsTest {
  private static TranslatorSettings parse(String... args) throws IOException {
    TranslatorFlags flags = new TranslatorFlags();
    Main.parser(flags).parseArgs(args);
    return flags.settings(Precision.F32);
  }

  @Test
  void flagsOfCellsReachBothNetworks() throws IOException {
    assertThat(
            parse(
                    "--layer-norm",
                    "--recurrent-dropout=0.1",
                    "--candidate-dropout=0.2",
                    "--zoneout=0.3")
                .architecture()
                .cells())
        .isEqualTo(
            CellVariant.of(CellWiring.LAYER_NORM).withDropout(0.1, 0.2).withZoneout(0.3, 0.3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--input-feeding", "--scheduled-sampling=0.2"})
  void whatDropsTheSameUnitsAtEveryStepCannotGoStepByStep(String stepwise) {
    assertThatThrownBy(() -> parse(stepwise, "--recurrent-dropout=0.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave one of them out");
  }
}
