package dev.carousel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Adam;
import dev.carousel.train.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The lines of Java in this module's README. */
class ReadmeTest {
  private static final int T = 6;
  private static final int N = 16;

  @Test
  void theLinesInTheReadmeLearnTheSignOfTheFirstNumber() {
    float[] numbers = new float[T * N * 8];
    int[] classes = new int[N];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    for (int n = 0; n < N; n++) {
      classes[n] = numbers[8 * n] > 0 ? 1 : 0;
    }
    Tensor x = Tensor.of(numbers, T, N, 8);
    Tensor gold = Tensor.of(classes, N);
    Tensor loss = train(x, gold, Lengths.full(T, N));
    assertThat(loss.heap().floats()[loss.heapOffset()] / N).isLessThan(0.05f);
  }

  private static Tensor train(Tensor x, Tensor gold, Lengths lengths) {
    Tensor loss = gold;
    // README
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent lstm = new Recurrent(set, "lstm", RecurrentSettings.lstm(8, 32));
    Linear head = new Linear(set, "head", 32, 2);
    try (Backend backend = Backends.best();
        ParameterSet parameters = set.build(backend, 42);
        Plans plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
        Tape tape = new Tape(backend, plans, 1L << 30, 42);
        Optimizer adam = new Optimizer(parameters, Adam.DEFAULT, 1.0)) {
      for (int step = 0; step < 100; step++) {
        tape.begin();
        parameters.zeroGradients();
        Var h = lstm.apply(tape, tape.constant(x), lengths);
        Var last = tape.pool(Pooling.LAST, Direction.FORWARD, h, lengths);
        loss = tape.softmaxLoss(head.apply(tape, last), gold, LossOptions.PLAIN);
        tape.backward();
        adam.step(0.01);
      }
    }
    // README
    return loss;
  }

  @Test
  void theReadmeShowsTheseLines() throws IOException {
    List<String> source = Files.readAllLines(Path.of("src/test/java/dev/carousel/ReadmeTest.java"));
    List<String> readme = Files.readAllLines(Path.of("README.md"));
    assertThat(between(readme, "```java", "```"))
        .isNotEmpty()
        .isEqualTo(between(source, "// README", "// README"));
  }

  private static List<String> between(List<String> lines, String first, String last) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    int from = stripped.indexOf(first) + 1;
    return stripped.subList(from, from + stripped.subList(from, stripped.size()).indexOf(last));
  }
}
