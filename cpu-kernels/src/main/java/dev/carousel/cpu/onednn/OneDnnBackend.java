package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.Capture;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LossKernels;
import dev.carousel.spi.Memory;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.spi.RnnKernels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carousel's own kernels where the processor runs them, oneDNN's recurrent layers and matrix
 * products for what they leave out, and the reference backend's kernels for F64 and where there are
 * none of our own; all on the same heap tensors.
 */
final class OneDnnBackend implements Backend {
  private static final String OWN = "Carousel's kernels";
  private static final String REFERENCE = "reference backend";

  private final Backend reference;
  private final CpuFeatures cpu;
  private final int threads;
  private final Memory memory;
  private final OneDnn oneDnn;
  private final @Nullable FusedKernels fused;
  private final RnnKernels rnn;
  private final LinearKernels linear;
  private final OptimizerKernels optimizer;
  private final LossKernels loss;
  private final NormalizationKernels normalization;
  private final NoiseKernels noise;
  private final CrfKernels crf;
  private final ElementwiseKernels elementwise;
  private final EmbeddingKernels embedding;
  private final PoolingKernels pooling;
  private final AttentionKernels attention;
  private final AdditiveAttentionKernels additiveAttention;

  /**
   * @param reference runs the kernel groups that are not here; closed together with this
   * @param options threads only, there is one device
   */
  OneDnnBackend(Backend reference, BackendOptions options) {
    this.reference = reference;
    cpu = CpuFeatures.detect();
    threads = options.threads() == 0 ? ThreadCount.processDefault() : options.threads();
    memory = new HostMemory(reference.memory());
    oneDnn = new OneDnn(threads);
    fused =
        cpu.instructions() == null || FusedKernels.refusal() != null
            ? null
            : FusedKernels.open(cpu.instructions(), threads);
    rnn = fused == null ? oneDnn.rnn() : new HostRnnKernels(fused, oneDnn);
    optimizer = fused == null ? new HostOptimizerKernels(threads) : fused.optimizer();
    linear = fused == null ? oneDnn.linear() : fused.linear(oneDnn.linear());
    CrfKernels crfOnHeap = new CrfOnHeap(reference.crf(), reference.memory());
    // spelt out, since as many method references would take longer than opening the rest
    loss = fused == null ? reference.loss() : fused.loss(reference.loss());
    normalization =
        fused == null ? reference.normalization() : fused.normalization(reference.normalization());
    noise = fused == null ? reference.noise() : fused.noise(reference.noise());
    crf = fused == null ? crfOnHeap : fused.crf(crfOnHeap);
    elementwise =
        fused == null ? reference.elementwise() : fused.elementwise(reference.elementwise());
    embedding = fused == null ? reference.embedding() : fused.embedding(reference.embedding());
    pooling = fused == null ? reference.pooling() : fused.pooling(reference.pooling());
    attention = fused == null ? reference.attention() : fused.attention(reference.attention());
    additiveAttention =
        fused == null
            ? reference.additiveAttention()
            : fused.additiveAttention(reference.additiveAttention());
  }

  @Override
  public String name() {
    return CpuProvider.NAME;
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> d = new LinkedHashMap<>();
    d.put("library", OneDnnLibrary.version());
    d.put("processor", cpu.name());
    d.put("threads", threads + " a calling thread (OpenMP)");
    d.put("memory", "Java heap; scratch native");
    d.put("rnn", describeRnn());
    d.put("linear", fused == null ? "oneDNN" : OWN + "; oneDNN for BF16");
    d.put("optimizer", fused == null ? "Java, single precision" : OWN);
    for (String group :
        new String[] {
          "loss",
          "normalization",
          "noise",
          "elementwise",
          "embedding",
          "pooling",
          "attention",
          "additive attention",
          "crf"
        }) {
      d.put(group, own());
    }
    d.put("capture", REFERENCE);
    return d;
  }

  private String own() {
    return fused == null ? REFERENCE : OWN + "; the " + REFERENCE + " for F64";
  }

  private String describeRnn() {
    if (fused != null) {
      String bfloat16 = fused.precisions().contains(Precision.BF16) ? "" : "BF16, ";
      return fused.describe()
          + "; oneDNN for "
          + bfloat16
          + "projections and the reset before the product";
    }
    String refusal = FusedKernels.refusal();
    return "oneDNN; Carousel's own kernels are not used: "
        + (refusal == null ? "the instruction set is capped below AVX2" : refusal);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public RnnKernels rnn() {
    return rnn;
  }

  @Override
  public LinearKernels linear() {
    return linear;
  }

  @Override
  public ElementwiseKernels elementwise() {
    return elementwise;
  }

  @Override
  public EmbeddingKernels embedding() {
    return embedding;
  }

  @Override
  public PoolingKernels pooling() {
    return pooling;
  }

  @Override
  public AttentionKernels attention() {
    return attention;
  }

  @Override
  public AdditiveAttentionKernels additiveAttention() {
    return additiveAttention;
  }

  @Override
  public NormalizationKernels normalization() {
    return normalization;
  }

  @Override
  public LossKernels loss() {
    return loss;
  }

  @Override
  public CrfKernels crf() {
    return crf;
  }

  @Override
  public NoiseKernels noise() {
    return noise;
  }

  @Override
  public OptimizerKernels optimizer() {
    return optimizer;
  }

  @Override
  public Capture capture() {
    return reference.capture();
  }

  @Override
  public void close() {
    oneDnn.close();
    if (fused != null) {
      fused.close();
    }
    reference.close();
  }
}
