package dev.carousel.reference;

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

/**
 * Every kernel group in plain Java. Tensors are {@link dev.carousel.tensor.HeapStorage}, scratch is
 * an array of doubles, sums are in double. Work is cut into pieces whose results do not depend on
 * which thread computes them, so the number of threads changes the time and never a bit (R10).
 *
 * <p>What a kernel needs beside its operands is kept for each thread and grows to the largest call
 * that the thread has made (R6).
 */
public final class ReferenceBackend implements Backend {
  private final Workers workers;
  private final Memory memory = new HeapMemory();
  private final Capture capture = new ReferenceCapture();
  private final RnnKernels rnn;
  private final LinearKernels linear;
  private final ElementwiseKernels elementwise = new ReferenceElementwise();
  private final EmbeddingKernels embedding = new ReferenceEmbedding();
  private final PoolingKernels pooling = new ReferencePooling();
  private final AttentionKernels attention;
  private final AdditiveAttentionKernels additiveAttention;
  private final NormalizationKernels normalization;
  private final LossKernels loss;
  private final CrfKernels crf = new ReferenceCrf();
  private final NoiseKernels noise;
  private final OptimizerKernels optimizer;

  /**
   * Opens the backend.
   *
   * @param options 0 threads means as many as the machine has processors
   */
  public ReferenceBackend(BackendOptions options) {
    int threads = options.threads();
    workers = new Workers(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    Gemm gemm = new Gemm();
    ThreadScratch scratch = new ThreadScratch();
    rnn = new ReferenceRnn(workers, gemm);
    linear = new ReferenceLinear(workers, gemm, scratch);
    attention = new ReferenceAttention(workers, gemm, scratch);
    additiveAttention = new ReferenceAdditiveAttention(workers, gemm, scratch);
    normalization = new ReferenceNormalization(scratch);
    loss = new ReferenceLoss(workers, scratch);
    noise = new ReferenceNoise(workers);
    optimizer = new ReferenceOptimizer(workers, scratch);
  }

  static String device() {
    return "Java %s (%s), %d processors"
        .formatted(
            Runtime.version(),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }

  @Override
  public String name() {
    return ReferenceProvider.NAME;
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", device());
    facts.put("threads", Integer.toString(workers.threads()));
    facts.put("arithmetic", "double, whatever the storage");
    for (String group :
        new String[] {
          "rnn", "linear", "attention", "additive attention", "loss", "noise", "optimizer",
        }) {
      facts.put(group, "plain Java, " + workers.threads() + " threads");
    }
    for (String group :
        new String[] {"elementwise", "embedding", "pooling", "normalization", "crf"}) {
      facts.put(group, "plain Java, the calling thread");
    }
    facts.put("capture", "none; a replay runs the step again");
    return facts;
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
    return capture;
  }

  @Override
  public void close() {
    workers.close();
  }
}
