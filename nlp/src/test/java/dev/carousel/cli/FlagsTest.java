package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.task.ClassWeighting;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.TextPooling;
import dev.carousel.train.AdamW;
import dev.carousel.train.AveragedSgd;
import dev.carousel.train.DelayedDecay;
import dev.carousel.train.Goal;
import dev.carousel.train.RateByEpoch;
import dev.carousel.train.Schedule;
import dev.carousel.train.Sgd;
import dev.carousel.train.StepDecay;
import dev.carousel.train.WarmUp;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
  private static ClassifierSettings parse(String... args) throws IOException {
    SettingsFlags flags = new SettingsFlags();
    Main.parser(flags).parseArgs(args);
    return flags.settings(Precision.F32);
  }

  @Test
  void withoutFlagsTheDefaultsAreTheLibrarysButForwardsOnly() throws IOException {
    ClassifierSettings none = parse();
    assertThat(none.architecture().direction()).isEqualTo(Direction.FORWARD);
    Map<String, String> expected = ClassifierSettings.DEFAULT.describe();
    expected.put("direction", "FORWARD");
    assertThat(none.describe()).isEqualTo(expected);
  }

  @Test
  void everyFlagReachesItsSetting() throws IOException {
    ClassifierSettings s =
        parse(
            "--cell=gru-reset-before --bidirectional --layers=3 --hidden=7 --embedding=9"
                .concat(" --pooling=attention --dropout=0.1 --locked-dropout=0.2")
                .concat(
                    " --self-attention=7 --embedding-dropout=0.3 --word-dropout=0.4 --epochs=5"
                        + " --batch=6")
                .concat(" --accumulate=2 --clip=0 --label-smoothing=0.15 --seed=99")
                .concat(" --class-weights=balanced --sample=over --min-count=3 --max-vocabulary=50")
                .concat(" --max-tokens=8 --tokenizer=character:keep --normalize=nfkc")
                .split(" ", -1));
    assertThat(s.architecture().cell()).isEqualTo(Cell.GRU_RESET_BEFORE);
    assertThat(s.architecture().pooling()).isEqualTo(TextPooling.ATTENTION);
    assertThat(s.learning().loss().classWeights()).isEqualTo(ClassWeighting.BALANCED);
    assertThat(s.describe())
        .containsEntry("direction", "BIDIRECTIONAL")
        .containsEntry("layers", "3")
        .containsEntry("hidden", "7")
        .containsEntry("embedding", "9")
        .containsEntry("self-attention", "7")
        .containsEntry("dropout", "0.1")
        .containsEntry("locked-dropout", "0.2")
        .containsEntry("embedding-dropout", "0.3")
        .containsEntry("word-dropout", "0.4")
        .containsEntry("epochs", "5")
        .containsEntry("batch", "6")
        .containsEntry("accumulate", "2")
        .containsEntry("sample", "OVER")
        .containsEntry("clip", "Infinity")
        .containsEntry("label-smoothing", "0.15")
        .containsEntry("seed", "99")
        .containsEntry("min-count", "3")
        .containsEntry("max-vocabulary", "50")
        .containsEntry("max-tokens", "8")
        .containsEntry("tokenizer", "character:keep")
        .containsEntry("normalize", "nfkc");
  }

  @Test
  void aFocalLossTakesItsGammaButNoSmoothing() throws IOException {
    assertThat(parse("--focal-gamma=2").learning().loss().focus()).isEqualTo(2);
    assertThatThrownBy(() -> parse("--focal-gamma=2", "--label-smoothing=0.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave one of them out");
  }

  @Test
  void flagsOfCellsReachTheirSettings() throws IOException {
    assertThat(
            parse("--recurrent-dropout=0.1", "--candidate-dropout=0.2", "--zoneout=0.3")
                .architecture()
                .cells())
        .isEqualTo(CellVariant.PLAIN.withDropout(0.1, 0.2).withZoneout(0.3, 0.3));
    assertThat(parse("--zoneout=0.3", "--cell-zoneout=0.5", "--peephole").architecture().cells())
        .isEqualTo(CellVariant.of(CellWiring.PEEPHOLE).withZoneout(0.3, 0.5));
    assertThat(parse("--cell=gru", "--zoneout=0.3", "--layer-norm").architecture().cells())
        .isEqualTo(CellVariant.of(CellWiring.LAYER_NORM).withZoneout(0.3, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "--layer-norm --peephole, give one of them",
    "--cell=gru --peephole, take LSTM",
    "--cell=rnn --layer-norm, only for LSTM and GRU",
    "--cell=gru --cell-zoneout=0.1, cell zoneout is not for GRU",
    "--cell=gru-reset-before --zoneout=0.1, take GRU"
  })
  void variantsThatMakeNoSenseAreRefused(String flags, String reason) {
    assertThatThrownBy(() -> parse(flags.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void optimizersTakeTheirOwnFlags() throws IOException {
    assertThat(parse("--optimizer=nesterov").learning().training().rule())
        .isEqualTo(Sgd.nesterov(0.9));
    assertThat(parse("--optimizer=adamw", "--weight-decay=0.1").learning().training().rule())
        .isEqualTo(new AdamW(0.9, 0.999, 1e-8, 0.1));
    assertThat(parse("--optimizer=asgd", "--non-monotone=3").learning().training().rule())
        .isEqualTo(new AveragedSgd(3, 0));
    assertThatThrownBy(() -> parse("--optimizer=adam", "--momentum=0.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--momentum");
  }

  @Test
  void schedulesAreReadWithTheirArguments() {
    assertThat(new ScheduleSpec("step:5,0.5", 0, Goal.MAXIMIZE).schedule(0.1, 10))
        .isEqualTo(new StepDecay(0.1, 0.5, 5, Schedule.Unit.EPOCH));
    assertThat(new ScheduleSpec("hold:4,0.5", 0, Goal.MINIMIZE).schedule(1, 13))
        .isEqualTo(new DelayedDecay(1, 0.5, 4));
    assertThat(new ScheduleSpec("epochs:0=0.1,4=0.01", 0, Goal.MAXIMIZE).schedule(1, 10))
        .isEqualTo(new RateByEpoch(Map.of(0, 0.1, 4, 0.01)));
    assertThat(new ScheduleSpec("cosine", 100, Goal.MAXIMIZE).schedule(0.1, 10))
        .isInstanceOf(WarmUp.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "step",
        "step:1",
        "step:x,0.5",
        "step:1.5,0.5",
        "constant:1",
        "epochs:1"
      })
  void aScheduleThatIsNotUnderstoodIsRefusedWithTheChoices(String spec) {
    assertThatThrownBy(() -> new ScheduleSpec(spec, 0, Goal.MAXIMIZE).schedule(0.1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(spec)
        .hasMessageContaining("plateau:PATIENCE,FACTOR");
  }

  @ParameterizedTest
  @CsvSource({
    "--dropout=1, dropout",
    "--word-dropout=-0.1, word dropout",
    "--hidden=0, hidden",
    "--layers=0, layers",
    "--epochs=0, epochs",
    "--batch=0, batch",
    "--clip=-1, clipping",
    "--label-smoothing=1, label smoothing",
    "--focal-gamma=-1, focal gamma",
    "--min-count=0, min count",
    "--lr=0, rate",
    "--tokenizer=sentence, sentence",
    "--normalize=upper-case, upper-case"
  })
  void aValueOutOfRangeIsRefusedByName(String flag, String name) {
    assertThatThrownBy(() -> parse(flag))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
