package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.run.Deviation;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.kit.run.Tolerance;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Operands of more than a block, a warp or a grid, where a partition of the work can go wrong; the
 * reference backend is the judge.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LargeOperandsTest {
  private Emulation emulation;
  private Backend reference;

  @BeforeAll
  void open() {
    emulation = Emulation.open(Chunks.LIMIT);
    reference = Backends.named("reference", 1);
  }

  @AfterAll
  void close() {
    if (emulation != null) {
      emulation.close();
      reference.close();
    }
  }

  private void assertAlike(Consumer<KernelCall> kernel) {
    List<Deviation> wrong =
        run(emulation.backend, kernel).beyond(Tolerance.of(Precision.F32), run(reference, kernel));
    assertThat(wrong).isEmpty();
  }

  private static Outcome run(Backend backend, Consumer<KernelCall> kernel) {
    try (KernelCall call = new KernelCall(backend, DType.F32)) {
      kernel.accept(call);
      return call.outcome();
    }
  }

  @Test
  void softmax_over_a_large_vocabulary() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(1);
          int[] gold = r.integers(70, -1, 3010);
          call.backend()
              .loss()
              .softmax(
                  new SoftmaxLoss(
                      call.in("logits", r.uniform(70 * 3011, 8), 70, 3011),
                      call.in("gold", gold, 70),
                      call.in("weights", r.between(3011, 0.1, 2), 3011),
                      0.1,
                      call.written("loss", 2),
                      call.written("dLogits", 70, 3011),
                      2));
        });
  }

  @Test
  void probabilities_of_many_rows() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(2);
          call.backend()
              .loss()
              .probabilities(
                  call.in("logits", r.uniform(100 * 301, 9), 100, 301),
                  call.written("p", 100, 301));
        });
  }

  @Test
  void logistic_loss_of_many_elements() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(3);
          call.backend()
              .loss()
              .sigmoid(
                  new SigmoidLoss(
                      call.in("logits", r.uniform(900 * 111, 5), 900, 111),
                      call.in("targets", r.between(900 * 111, 0, 1), 900, 111),
                      null,
                      call.written("loss", 2),
                      call.written("dLogits", 900, 111),
                      1));
        });
  }

  @Test
  void scattering_many_rows_of_many_features() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(4);
          call.backend()
              .embedding()
              .scatterAdd(
                  call.in("ids", r.integers(1500, -1, 30), 1500),
                  call.in("dOut", r.uniform(1500 * 300, 1), 1500, 300),
                  call.added("dTable", 31, 300));
        });
  }

  @Test
  void attention_to_many_keys_with_many_features() {
    assertAlike(
        call -> {
          AttentionBackward io = attention(call, new RandomValues(5));
          call.backend().attention().forward(io.forward());
          call.backend().attention().backward(io);
        });
  }

  @Test
  void additive_attention_to_many_keys_with_many_features() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(8);
          AttentionBackward io = attention(call, r);
          Tensor energy = call.in("energy", r.uniform(70, 1), 70);
          Tensor dEnergy = call.added("dEnergy", 70);
          call.backend().additiveAttention().forward(io.forward(), energy);
          call.backend().additiveAttention().backward(io, energy, dEnergy);
        });
  }

  private static AttentionBackward attention(KernelCall call, RandomValues r) {
    int[] keys = {300, 0, 257};
    AttentionForward f =
        new AttentionForward(
            call.in("q", r.uniform(9 * 3 * 70, 1), 9, 3, 70),
            call.in("k", r.uniform(300 * 3 * 70, 1), 300, 3, 70),
            call.in("v", r.uniform(300 * 3 * 290, 1), 300, 3, 290),
            Lengths.of(300, keys, call.in("keys", keys, 3)),
            0.12,
            call.written("weights", 9, 3, 300),
            call.written("out", 9, 3, 290));
    return new AttentionBackward(
        f,
        call.in("dOut", r.uniform(9 * 3 * 290, 1), 9, 3, 290),
        call.written("dq", 9, 3, 70),
        call.written("dk", 300, 3, 70),
        call.written("dv", 300, 3, 290));
  }

  @Test
  void crf_of_many_labels_and_steps() {
    int[] lengths = {60, 1, 0, 33, 59};
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(6);
          Sequences e =
              new Sequences(
                  call.in("emissions", r.uniform(60 * 5 * 40, 3), 60, 5, 40),
                  Lengths.of(60, lengths, call.in("lengths", lengths, 5)));
          var transitions = call.in("transitions", r.uniform(42 * 40, 2), 42, 40);
          var work = call.bytes(call.backend().crf().workBytes(60, 5, 40));
          call.backend()
              .crf()
              .loss(
                  new CrfLoss(
                      e,
                      transitions,
                      call.in("gold", r.integers(300, 0, 39), 60, 5),
                      call.written("loss", 2),
                      call.written("dEmissions", 60, 5, 40),
                      call.added("dTransitions", 42, 40),
                      3,
                      work));
          call.backend()
              .crf()
              .viterbi(
                  e, transitions, call.writtenInts("path", 60, 5), call.written("score", 5), work);
        });
  }

  @Test
  void bias_gradients_of_many_rows() {
    assertAlike(
        call -> {
          RandomValues r = new RandomValues(7);
          var w = call.packed(call.in("w", r.uniform(290 * 3, 1), 290, 3), Precision.F32);
          call.backend()
              .linear()
              .backward(
                  new LinearBackward(
                      call.in("x", r.uniform(2100 * 3, 1), 2100, 3),
                      w,
                      call.in("dy", r.uniform(2100 * 290, 1), 2100, 290),
                      null,
                      null,
                      call.added("dBias", 290)));
        });
  }
}
