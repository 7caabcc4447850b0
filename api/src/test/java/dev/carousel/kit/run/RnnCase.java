package dev.carousel.kit.run;

import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.EnumSet;
import java.util.Set;

/**
 * One use of a recurrent network; together with its seed it decides every number.
 *
 * @param spec the network
 * @param steps T
 * @param batch N
 * @param lengths how the rows are padded
 * @param operands which optional operands are given or wanted
 * @param seed of the data
 */
public record RnnCase(
    RnnSpec spec, int steps, int batch, LengthPattern lengths, Set<Operand> operands, long seed) {

  /** How long the rows are. */
  public enum LengthPattern {
    /** All T, without a lengths tensor. */
    FULL,
    /** 1 to T in no order. */
    RAGGED,
    /** 0 to T in no order; at least one row is empty. */
    WITH_EMPTY
  }

  /** The operands that a caller may leave out. */
  public enum Operand {
    /** The initial state. */
    INITIAL,
    /** The last state. */
    LAST,
    /** The gradient of the last state. */
    D_LAST,
    /** The gradient of the input. */
    DX,
    /** The gradient of the initial state. */
    D_INITIAL,
    /** The gradient of the weights. */
    D_WEIGHTS
  }

  /** A case with every operand. */
  public static RnnCase of(RnnSpec spec, int steps, int batch, LengthPattern lengths, long seed) {
    return new RnnCase(spec, steps, batch, lengths, EnumSet.allOf(Operand.class), seed);
  }

  /** Whether this operand takes part. */
  public boolean has(Operand operand) {
    return operands.contains(operand);
  }

  /** The same numbers in another arithmetic. */
  public RnnCase withPrecision(Precision p) {
    return new RnnCase(spec.withPrecision(p), steps, batch, lengths, operands, seed);
  }

  /** The same with other numbers. */
  public RnnCase withSeed(long other) {
    return new RnnCase(spec, steps, batch, lengths, operands, other);
  }

  /** The same without some operands. */
  public RnnCase without(Operand... absent) {
    Set<Operand> rest = EnumSet.copyOf(operands);
    for (Operand o : absent) {
      rest.remove(o);
    }
    return new RnnCase(spec, steps, batch, lengths, rest, seed);
  }

  /** For example {@code LSTM F32 C=5 H=7 L=2 BIDIRECTIONAL T=5 N=3 RAGGED [INITIAL] seed=42}. */
  @Override
  public String toString() {
    return "%s%s %s C=%d H=%d L=%d %s T=%d N=%d %s %s seed=%d"
        .formatted(
            spec.cell(),
            spec.projectionSize() == 0 ? "" : " P=" + spec.projectionSize(),
            spec.precision(),
            spec.inputSize(),
            spec.hiddenSize(),
            spec.layers(),
            spec.direction(),
            steps,
            batch,
            lengths,
            operands,
            seed);
  }
}
