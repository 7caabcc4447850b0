package dev.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Plans;
import dev.carousel.model.MultiTask.Weighted;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MultiTaskTest {
  private final List<String> asked = new ArrayList<>();

  /** A batch is a word, encoded it is in capitals. */
  private final class Shouting extends MultiTask<String, String, String> {
    private Shouting(List<Weighted<String, String>> heads) {
      super(heads);
    }

    @Override
    public String upload(Inputs inputs, String batch) {
      asked.add("upload " + batch);
      return batch;
    }

    @Override
    protected String encode(Ops ops, String batch) {
      asked.add("encode " + batch);
      return batch.toUpperCase(Locale.ROOT);
    }

    @Override
    public double rows(String batch) {
      return 1;
    }

    @Override
    public long tokens(String batch) {
      return 1;
    }
  }

  private Weighted<String, String> head(String name, double weight, float loss) {
    return new Weighted<>(
        (ops, encoded, batch, w) -> {
          asked.add(name + " " + encoded + " " + batch + " " + w);
          Tensor out = ops.take(DType.F32, 2);
          ops.backend().memory().upload(new float[] {loss, 1}, 0, out);
          return out;
        },
        weight);
  }

  @Test
  void oneEncodingServesAllHeadsAndTheFirstIsReported() {
    MultiTask<String, String, String> task =
        new Shouting(List.of(head("tags", 1, 7), head("intents", 0.5, 9)));
    try (Backend backend = Backends.named("reference");
        Plans plans = new Plans(backend.rnn(), 1);
        Eval eval = new Eval(backend, plans, 1 << 20)) {
      eval.begin();
      float[] reported = new float[2];
      backend.memory().download(task.loss(eval, "word", 0.25), reported, 0);
      assertThat(reported).containsExactly(7f, 1f);
    }
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "upload word", "encode word", "tags WORD word 0.25", "intents WORD word 0.125");
  }

  @Test
  void noHeadsAndWeightsOfZeroAreRefused() {
    assertThatThrownBy(() -> new Shouting(List.of())).hasMessageContaining("without a head");
    assertThatThrownBy(() -> head("tags", 0, 1)).hasMessageContaining("above 0");
  }
}
