package dev.carousel.kit.run;

import static dev.carousel.kit.run.OrdinaryOperands.C;
import static dev.carousel.kit.run.OrdinaryOperands.N;

import dev.carousel.kit.run.KernelCatalog.Kernel;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import java.util.List;

/** Pooling, attention and conditional random fields. */
final class TimeKernels {
  private TimeKernels() {}

  static List<Kernel> all() {
    return List.of(
        new Kernel("pooling.last", o -> pooling(o, Pooling.LAST)),
        new Kernel("pooling.mean", o -> pooling(o, Pooling.MEAN)),
        new Kernel("pooling.max", o -> pooling(o, Pooling.MAX)),
        new Kernel("attention", TimeKernels::attention),
        new Kernel("additive attention", TimeKernels::additiveAttention),
        new Kernel("crf.loss", TimeKernels::crf),
        new Kernel("crf.viterbi", TimeKernels::viterbi));
  }

  private static Runnable pooling(OrdinaryOperands o, Pooling pooling) {
    Sequences x = new Sequences(o.in("x", o.steps(), N, C), o.lengths());
    Tensor out = o.call().written("out", N, C);
    Tensor argmax = pooling == Pooling.MAX ? o.call().writtenInts("argmax", N, C) : null;
    Tensor dOut = o.in("dOut", N, C);
    Tensor dx = o.call().written("dx", o.steps(), N, C);
    var kernels = o.call().backend().pooling();
    return () -> {
      kernels.forward(pooling, Direction.BIDIRECTIONAL, x, out, argmax);
      kernels.backward(pooling, Direction.BIDIRECTIONAL, x.lengths(), dOut, argmax, dx);
    };
  }

  private static AttentionBackward attentionOperands(OrdinaryOperands o) {
    AttentionForward forward =
        new AttentionForward(
            o.in("q", 3, N, C),
            o.in("k", o.steps(), N, C),
            o.in("v", o.steps(), N, 5),
            o.lengths(),
            0.4,
            o.call().written("weights", 3, N, o.steps()),
            o.call().written("out", 3, N, 5));
    return new AttentionBackward(
        forward,
        o.in("dOut", 3, N, 5),
        o.call().written("dq", 3, N, C),
        o.call().written("dk", o.steps(), N, C),
        o.call().written("dv", o.steps(), N, 5));
  }

  private static Runnable attention(OrdinaryOperands o) {
    AttentionBackward io = attentionOperands(o);
    return () -> {
      o.call().backend().attention().forward(io.forward());
      o.call().backend().attention().backward(io);
    };
  }

  private static Runnable additiveAttention(OrdinaryOperands o) {
    AttentionBackward io = attentionOperands(o);
    Tensor energy = o.in("energy", C);
    Tensor dEnergy = o.call().added("dEnergy", C);
    return () -> {
      o.call().backend().additiveAttention().forward(io.forward(), energy);
      o.call().backend().additiveAttention().backward(io, energy, dEnergy);
    };
  }

  private static Runnable crf(OrdinaryOperands o) {
    CrfLoss io =
        new CrfLoss(
            new Sequences(o.in("emissions", o.steps(), N, C), o.lengths()),
            o.in("transitions", C + 2, C),
            o.ids("gold", 0, C - 1),
            o.call().written("loss", 2),
            o.call().written("dEmissions", o.steps(), N, C),
            o.call().added("dTransitions", C + 2, C),
            1,
            o.call().bytes(o.call().backend().crf().workBytes(o.steps(), N, C)));
    return () -> o.call().backend().crf().loss(io);
  }

  private static Runnable viterbi(OrdinaryOperands o) {
    Sequences emissions = new Sequences(o.in("emissions", o.steps(), N, C), o.lengths());
    Tensor transitions = o.in("transitions", C + 2, C);
    Tensor path = o.call().writtenInts("path", o.steps(), N);
    Tensor score = o.call().written("score", N);
    Tensor work = o.call().bytes(o.call().backend().crf().workBytes(o.steps(), N, C));
    return () -> o.call().backend().crf().viterbi(emissions, transitions, path, score, work);
  }
}
