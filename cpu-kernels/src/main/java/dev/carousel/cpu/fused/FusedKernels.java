package dev.carousel.cpu.fused;

import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LossKernels;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.spi.RnnKernels;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carousel's own kernels with a fixed number of threads. The creator closes it, after everything
 * made from it.
 */
public final class FusedKernels implements AutoCloseable {
  private final long engine;
  private final InstructionSet instructions;
  private final FusedRnnKernels rnn;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What the kernels are compiled for, narrowest first. */
  public enum InstructionSet {
    /** 256-bit vectors with fused multiply-add. */
    AVX2(1),
    /** 512-bit vectors. */
    AVX512(2),
    /** 512-bit vectors, and products of integers of eight bits. */
    AVX512_VNNI(3),
    /** 512-bit vectors, and products of these integers and of bfloat16. */
    AVX512_BF16(4);

    /** As {@link Native#instructionSet} counts them. */
    private final int level;

    InstructionSet(int level) {
      this.level = level;
    }

    private InstructionSet butAtMost(int highest) {
      InstructionSet widest = AVX2;
      for (InstructionSet i : values()) {
        widest = i.level <= Math.min(level, highest) ? i : widest;
      }
      return widest;
    }
  }

  private FusedKernels(InstructionSet instructions, int threads) {
    this.instructions = instructions;
    this.engine = Native.open(instructions.level, threads);
    this.rnn = new FusedRnnKernels(engine, precisions(instructions), Native.threads(engine));
  }

  private static Set<Precision> precisions(InstructionSet instructions) {
    return switch (instructions) {
      case AVX2, AVX512 -> EnumSet.of(Precision.F32);
      case AVX512_VNNI -> EnumSet.of(Precision.F32, Precision.INT8);
      case AVX512_BF16 -> EnumSet.of(Precision.F32, Precision.INT8, Precision.BF16);
    };
  }

  /** Why there are none on this machine; null if there are. */
  public static @Nullable String refusal() {
    return FusedLibrary.outcome().refusal();
  }

  /** The widest instruction set of this processor, where there is no {@link #refusal}. */
  public static InstructionSet widest() {
    return InstructionSet.AVX512_BF16.butAtMost(Native.instructionSet());
  }

  /** Whether the processor has AMX as well, whose instructions are not used here. */
  public static boolean hasTiles() {
    return Native.tiles();
  }

  /**
   * Starts the threads.
   *
   * @param widest the widest instruction set to use; what the processor lacks is not used
   * @param threads at least 1, the calling thread among them
   * @throws BackendException if this machine has no such kernels, with the reason
   */
  public static FusedKernels open(InstructionSet widest, int threads) {
    FusedLibrary.Outcome outcome = FusedLibrary.outcome();
    if (outcome.refusal() != null) {
      throw new BackendException(
          "Carousel's own CPU kernels are not available: " + outcome.refusal(), outcome.cause());
    }
    return new FusedKernels(widest.butAtMost(Native.instructionSet()), threads);
  }

  /**
   * Whether a network can run here: in one of {@link #precisions}, without projection, reset after
   * the product.
   */
  public boolean runs(RnnSpec spec) {
    return rnn.runs(spec);
  }

  /**
   * {@link Precision#F32}, {@link Precision#INT8} from {@link InstructionSet#AVX512_VNNI} on, and
   * {@link Precision#BF16} with {@link InstructionSet#AVX512_BF16}: operands of products are then
   * rounded, all else is in single precision.
   */
  public Set<Precision> precisions() {
    return rnn.precisions();
  }

  /** For example {@code Carousel's kernels, AVX512, built by g++ 12.2.0}. */
  public String describe() {
    return "Carousel's kernels, " + instructions + ", built by " + Native.builtBy();
  }

  /**
   * Linear layers in {@link Precision#F32}, and in {@link Precision#INT8} where {@link #precisions}
   * has it.
   *
   * @param others for matrices of another precision
   */
  public LinearKernels linear(LinearKernels others) {
    return new FusedLinearKernels(engine, precisions().contains(Precision.INT8), others);
  }

  /** Updates in single precision. */
  public OptimizerKernels optimizer() {
    return new FusedOptimizerKernels(engine);
  }

  /**
   * Losses of F32 logits and predictions.
   *
   * @param others for those of another type
   */
  public LossKernels loss(LossKernels others) {
    return new FusedLossKernels(engine, others);
  }

  /**
   * Layer normalisation of F32 tensors.
   *
   * @param others for tensors of another type
   */
  public NormalizationKernels normalization(NormalizationKernels others) {
    return new FusedNormalizationKernels(engine, others);
  }

  /**
   * Dropout of F32 tensors.
   *
   * @param others for tensors of another type
   */
  public NoiseKernels noise(NoiseKernels others) {
    return new FusedNoiseKernels(engine, others);
  }

  /**
   * Sums, products and activations of F32 tensors.
   *
   * @param others for tensors of another type
   */
  public ElementwiseKernels elementwise(ElementwiseKernels others) {
    return new FusedElementwiseKernels(engine, others);
  }

  /**
   * Lookup in F32 tables.
   *
   * @param others for tables of another type
   */
  public EmbeddingKernels embedding(EmbeddingKernels others) {
    return new FusedEmbeddingKernels(engine, others);
  }

  /**
   * Reductions of F32 sequences.
   *
   * @param others for sequences of another type
   */
  public PoolingKernels pooling(PoolingKernels others) {
    return new FusedPoolingKernels(engine, others);
  }

  /**
   * Attention of F32 tensors.
   *
   * @param others for tensors of another type
   */
  public AttentionKernels attention(AttentionKernels others) {
    return new FusedAttentionKernels(new FusedAttention(engine), others);
  }

  /**
   * Additive attention of F32 tensors.
   *
   * @param others for tensors of another type
   */
  public AdditiveAttentionKernels additiveAttention(AdditiveAttentionKernels others) {
    return new FusedAdditiveAttentionKernels(new FusedAttention(engine), others);
  }

  /**
   * Conditional random fields over F32 scores; their scratch is native.
   *
   * @param others for scores of another type
   */
  public CrfKernels crf(CrfKernels others) {
    return new FusedCrfKernels(engine, others);
  }

  /** Recurrent layers, of those networks that {@link #runs}. */
  public RnnKernels rnn() {
    return rnn;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      rnn.close();
      Native.close(engine);
    }
  }
}
