package dev.carousel.cuda;

import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.spi.Backend;
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
 * One NVIDIA GPU. Everything runs on it: recurrent networks by cuDNN, products by cuBLASLt, and the
 * rest by kernels of our own.
 */
final class CudaBackend implements Backend {
  private final Gpu gpu;
  private final CudaMemory memory;
  private final CudaRnn rnn;
  private final CudaLinear linear;
  private final ChoiceCache choices;
  private final int device;
  private final Support support;
  private boolean closed;

  /**
   * What may differ between backends.
   *
   * @param device its number
   * @param choices where measured choices are kept
   * @param most steps that cuDNN is given at once
   */
  record Settings(int device, ChoiceCache choices, int most) {}

  /** Takes over the GPU and closes it. */
  CudaBackend(Gpu gpu, Settings settings) {
    this(gpu, settings, new DnnStopwatch(gpu));
  }

  CudaBackend(Gpu gpu, Settings settings, Tuner.Stopwatch stopwatch) {
    this.gpu = gpu;
    this.choices = settings.choices();
    this.device = settings.device();
    support = new Support(gpu.facts(), gpu.dnn().version());
    memory = new CudaMemory(gpu);
    Tuner tuner = new Tuner(gpu, choices, stopwatch);
    rnn = new CudaRnn(gpu, memory, support, tuner, settings.most());
    linear = new CudaLinear(gpu, support);
  }

  /** What it can do. */
  Support support() {
    return support;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> d = new LinkedHashMap<>();
    d.put("backend", "cuda");
    d.put("device", device + ": " + gpu.facts());
    d.put("memory", gpu.facts().bytes() + " bytes");
    d.put("rnn", "cuDNN " + gpu.dnn().version());
    d.put("linear", "cuBLASLt " + gpu.blas().version());
    d.put("other kernels", "carousel's own");
    d.put("capture", "CUDA graphs");
    d.put("choices", choices.describe());
    return d;
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
    return new CudaElementwise(gpu);
  }

  @Override
  public EmbeddingKernels embedding() {
    return new CudaEmbedding(gpu);
  }

  @Override
  public PoolingKernels pooling() {
    return new CudaPooling(gpu);
  }

  @Override
  public AttentionKernels attention() {
    return new CudaAttention(gpu);
  }

  @Override
  public AdditiveAttentionKernels additiveAttention() {
    return new CudaAdditiveAttention(gpu);
  }

  @Override
  public NormalizationKernels normalization() {
    return new CudaNormalization(gpu);
  }

  @Override
  public LossKernels loss() {
    return new CudaLoss(gpu);
  }

  @Override
  public CrfKernels crf() {
    return new CudaCrf(gpu);
  }

  @Override
  public NoiseKernels noise() {
    return new CudaNoise(gpu);
  }

  @Override
  public OptimizerKernels optimizer() {
    return new CudaOptimizer(gpu);
  }

  @Override
  public Capture capture() {
    return new CudaCapture(gpu);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      linear.close();
      memory.close();
      gpu.close();
    }
  }
}
