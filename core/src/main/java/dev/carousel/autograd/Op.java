package dev.carousel.autograd;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.Activation;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.Noise;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tape keeps of one kernel call, and how its gradient flows. An op whose result has no
 * gradient is skipped; an op never overwrites what an earlier op still needs.
 */
sealed interface Op {
  /** Adds the gradients of the operands, given those of the results. */
  void backward(Tape tape);

  /** {@link Ops#parameter}. */
  record Use(Parameter parameter, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        tape.backend().elementwise().addScaled(1, d, parameter.gradient());
      }
    }
  }

  /** {@link Ops#embed}. */
  record Embed(Tensor ids, Parameter table, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        tape.backend().embedding().scatterAdd(ids, d, table.gradient());
      }
    }
  }

  /** {@link Ops#recur} and those with a state. */
  record Recur(
      Var x,
      @Nullable StateVar initial,
      RnnUse use,
      RnnPlan plan,
      RnnForward io,
      Var y,
      @Nullable StateVar last)
      implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor dy = y.gradient();
      RnnState dLast = last == null ? null : last.gradients(tape);
      if (dy == null && dLast == null) {
        return;
      }
      Tensor dx = x.needsGradient() ? tape.like(x) : null;
      RnnState dInitial = initial == null || !initial.needsGradient() ? null : initial.like(tape);
      Tensor dWeights = use.gradient(tape);
      plan.backward(new RnnBackward(io, tape.gradientOrZeros(y), dLast, dx, dInitial, dWeights));
      use.accumulate(tape, dWeights);
      if (dx != null) {
        tape.accumulate(x, dx);
      }
      if (initial != null && dInitial != null) {
        initial.accumulate(tape, dInitial);
      }
    }
  }

  /** {@link Ops#linear}. */
  record Linear(Var x, LinearParameter weights, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d == null) {
        return;
      }
      Tensor dx = x.needsGradient() ? tape.like(x) : null;
      Parameter bias = weights.bias();
      tape.backend()
          .linear()
          .backward(
              new LinearBackward(
                  x.value(),
                  weights.packed(),
                  d,
                  dx,
                  weights.weight().gradientIfTrained(),
                  bias == null ? null : bias.gradientIfTrained()));
      if (dx != null) {
        tape.accumulate(x, dx);
      }
    }
  }

  /** {@link Ops#layerNorm}. */
  record LayerNorm(Var x, Parameter gain, Parameter shift, LayerNormForward io, Var out)
      implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        Tensor dx = tape.like(x);
        tape.backend()
            .normalization()
            .backward(
                new LayerNormBackward(
                    io, d, dx, gain.gradientIfTrained(), shift.gradientIfTrained()));
        tape.accumulate(x, dx);
      }
    }
  }

  /** {@link Ops#add}. */
  record Add(Var a, Var b, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        tape.accumulateCopy(a, d);
        tape.accumulateCopy(b, d);
      }
    }
  }

  /** {@link Ops#multiply}. */
  record Multiply(Var a, Var b, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        flow(tape, d, a, b);
        flow(tape, d, b, a);
      }
    }

    private static void flow(Tape tape, Tensor d, Var to, Var other) {
      if (to.needsGradient()) {
        Tensor g = tape.like(to);
        tape.backend().elementwise().multiply(d, other.value(), g);
        tape.accumulate(to, g);
      }
    }
  }

  /** {@link Ops#scale}. */
  record Scale(Var x, double factor, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null && x.needsGradient()) {
        Tensor g = tape.zeros(x);
        tape.backend().elementwise().addScaled(factor, d, g);
        tape.accumulate(x, g);
      }
    }
  }

  /** {@link Ops#activate}. */
  record Activate(Activation f, Var x, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null && x.needsGradient()) {
        Tensor g = tape.like(x);
        tape.backend().elementwise().activateBackward(f, out.value(), d, g);
        tape.accumulate(x, g);
      }
    }
  }

  /** {@link Ops#reshape}. */
  record Reshape(Var x, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        tape.accumulateCopy(x, d);
      }
    }
  }

  /** {@link Ops#concat}. */
  record Concat(List<Var> parts, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null) {
        Tensor[] g = parts.stream().map(tape::like).toArray(Tensor[]::new);
        tape.backend().elementwise().split(d, g);
        for (int i = 0; i < g.length; i++) {
          tape.accumulate(parts.get(i), g[i]);
        }
      }
    }
  }

  /** {@link Ops#split}. */
  record Split(Var whole, List<Var> parts) implements Op {
    @Override
    public void backward(Tape tape) {
      if (!whole.needsGradient() || parts.stream().allMatch(p -> p.gradient() == null)) {
        return;
      }
      Tensor[] g = parts.stream().map(tape::gradientOrZeros).toArray(Tensor[]::new);
      Tensor d = tape.like(whole);
      tape.backend().elementwise().concat(g, d);
      tape.accumulate(whole, d);
    }
  }

  /** {@link Ops#steps}. */
  record Steps(Var whole, List<Var> parts) implements Op {
    @Override
    public void backward(Tape tape) {
      if (parts.stream().allMatch(p -> p.gradient() == null)) {
        return;
      }
      Tensor d = tape.like(whole);
      long at = 0;
      for (Var part : parts) {
        Tensor own = d.slice(at, part.shape());
        Tensor g = part.gradient();
        if (g == null) {
          tape.backend().memory().fill(own, 0);
        } else {
          tape.backend().memory().copy(g, own);
        }
        at += own.size();
      }
      tape.accumulate(whole, d);
    }
  }

  /** {@link Ops#stack}; each part takes over its share of the gradient. */
  record Stack(List<Var> parts, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d == null) {
        return;
      }
      long at = 0;
      for (Var part : parts) {
        tape.accumulate(part, d.slice(at, part.shape()));
        at += part.value().size();
      }
    }
  }

  /** {@link Ops#dropout} and {@link Ops#lockedDropout}. */
  record Dropout(Var x, double rate, int period, Noise noise, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null && x.needsGradient()) {
        Tensor g = tape.like(x);
        tape.backend().noise().dropout(d, g, rate, period, noise);
        tape.accumulate(x, g);
      }
    }
  }

  /** {@link Ops#dropRows}. */
  record DropRows(Tensor ids, Var x, double rate, Noise noise, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null && x.needsGradient()) {
        Tensor g = tape.like(x);
        tape.backend().noise().dropRows(ids, d, g, rate, noise);
        tape.accumulate(x, g);
      }
    }
  }

  /** {@link Ops#penalizeSize}: over M elements the gradient is 2 w x / M. */
  record PenalizeSize(Var x, double weight) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor g = tape.zeros(x);
      tape.backend().elementwise().addScaled(2 * weight / x.value().size(), x.value(), g);
      tape.accumulate(x, g);
    }
  }

  /** {@link Ops#penalizeChange}: each change d between two steps pulls at both, 2 w d / M. */
  record PenalizeChange(Var x, double weight) implements Op {
    @Override
    public void backward(Tape tape) {
      ElementwiseKernels kernels = tape.backend().elementwise();
      Tensor g = tape.zeros(x);
      Tensor change = tape.take(DType.F32, part(x.value(), 0).shape().dims());
      tape.backend().memory().copy(part(x.value(), 1), change);
      kernels.addScaled(-1, part(x.value(), 0), change);
      double pull = 2 * weight / change.size();
      kernels.addScaled(pull, change, part(g, 1));
      kernels.addScaled(-pull, change, part(g, 0));
      tape.accumulate(x, g);
    }

    /** T − 1 steps of [T, N, C] from step {@code from} on. */
    private static Tensor part(Tensor whole, int from) {
      int n = whole.shape().dim(1);
      int c = whole.shape().dim(2);
      return whole.slice((long) from * n * c, Shape.of(whole.shape().dim(0) - 1, n, c));
    }
  }

  /** {@link Ops#pool}. */
  record Pool(
      Pooling pooling,
      Direction direction,
      Var x,
      Lengths lengths,
      @Nullable Tensor argmax,
      Var out)
      implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d != null && x.needsGradient()) {
        Tensor g = tape.like(x);
        tape.backend().pooling().backward(pooling, direction, lengths, d, argmax, g);
        tape.accumulate(x, g);
      }
    }
  }

  /** {@link Ops#attend}. */
  record Attend(Var q, Var k, Var v, AttentionForward io, Var out) implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d == null) {
        return;
      }
      Tensor dq = tape.like(q);
      Tensor dk = tape.like(k);
      Tensor dv = tape.like(v);
      tape.backend().attention().backward(new AttentionBackward(io, d, dq, dk, dv));
      tape.accumulate(q, dq);
      tape.accumulate(k, dk);
      tape.accumulate(v, dv);
    }
  }

  /** {@link Ops#attendAdditively}. */
  record AttendAdditively(Var q, Var k, Var v, Parameter energy, AttentionForward io, Var out)
      implements Op {
    @Override
    public void backward(Tape tape) {
      Tensor d = out.gradient();
      if (d == null) {
        return;
      }
      Tensor dq = tape.like(q);
      Tensor dk = tape.like(k);
      Tensor dv = tape.like(v);
      tape.backend()
          .additiveAttention()
          .backward(
              new AttentionBackward(io, d, dq, dk, dv), energy.value(), energy.gradientIfTrained());
      tape.accumulate(q, dq);
      tape.accumulate(k, dk);
      tape.accumulate(v, dv);
    }
  }

  /** A loss: its gradient was computed with its value. */
  record Loss(Var logits, Tensor dLogits) implements Op {
    @Override
    public void backward(Tape tape) {
      tape.accumulate(logits, dLogits);
    }
  }
}
