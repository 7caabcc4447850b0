package dev.carousel.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_BIDIRECTIONAL;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_BFLOAT16;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_HALF;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DEFAULT_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FMA_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_INFERENCE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_TRAINING;
import static org.bytedeco.cuda.global.cudnn.CUDNN_GRU;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LINEAR_INPUT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LSTM;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_PERSIST_DYNAMIC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_PERSIST_STATIC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_STANDARD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DOUBLE_BIAS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_PADDED_IO_DISABLED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_PADDED_IO_ENABLED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_RELU;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_TANH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TENSOR_OP_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_UNIDIRECTIONAL;
import static org.bytedeco.cuda.global.cudnn.CUDNN_WGRAD_MODE_ADD;

import dev.carousel.cuda.Choice.Layout;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNDataStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** cuDNN through JavaCPP, with functions that cuDNN 9.0 has. */
final class JavaCppDnn implements Dnn {
  private final cudnnContext handle = new cudnnContext();
  private final cudnnDropoutStruct noDropout = new cudnnDropoutStruct();
  private final Map<Long, cudnnRNNStruct> networks = new HashMap<>();
  private final Map<Long, cudnnRNNDataStruct> sequences = new HashMap<>();
  private final Map<Long, cudnnTensorStruct> states = new HashMap<>();
  private final HostBytes[] operands = new HostBytes[13];
  private final HostInts lengths = new HostInts();

  JavaCppDnn(CUstream_st stream) {
    Arrays.setAll(operands, i -> new HostBytes());
    check("cudnnCreate", cudnn.cudnnCreate(handle));
    check("cudnnSetStream", cudnn.cudnnSetStream(handle, stream));
    check("cudnnCreateDropoutDescriptor", cudnn.cudnnCreateDropoutDescriptor(noDropout));
    check(
        "cudnnSetDropoutDescriptor",
        cudnn.cudnnSetDropoutDescriptor(noDropout, handle, 0, new HostBytes(), 0, 0));
  }

  private static void check(String call, int status) {
    if (status != CUDNN_STATUS_SUCCESS) {
      throw new LibraryException(call, status, cudnn.cudnnGetErrorString(status).getString());
    }
  }

  @Override
  public CudaVersion version() {
    return CudaVersion.ofCudnn(cudnn.cudnnGetVersion());
  }

  @Override
  public long createNetwork(DnnNetwork n) {
    cudnnRNNStruct made = new cudnnRNNStruct();
    check("cudnnCreateRNNDescriptor", cudnn.cudnnCreateRNNDescriptor(made));
    RnnSpec spec = n.spec();
    int status =
        cudnn.cudnnSetRNNDescriptor_v8(
            made,
            algorithm(n.choice()),
            mode(spec.cell()),
            CUDNN_RNN_DOUBLE_BIAS,
            spec.direction() == Direction.FORWARD ? CUDNN_UNIDIRECTIONAL : CUDNN_BIDIRECTIONAL,
            CUDNN_LINEAR_INPUT,
            type(n.type()),
            CUDNN_DATA_FLOAT,
            math(spec),
            spec.inputSize(),
            spec.hiddenSize(),
            spec.stateSize(),
            spec.layers(),
            noDropout,
            n.choice().layout() == Layout.UNPACKED
                ? CUDNN_RNN_PADDED_IO_ENABLED
                : CUDNN_RNN_PADDED_IO_DISABLED);
    if (status != CUDNN_STATUS_SUCCESS) {
      cudnn.cudnnDestroyRNNDescriptor(made);
      check("cudnnSetRNNDescriptor_v8 of " + spec, status);
    }
    networks.put(made.address(), made);
    return made.address();
  }

  private static int algorithm(Choice choice) {
    return switch (choice.algorithm()) {
      case STANDARD -> CUDNN_RNN_ALGO_STANDARD;
      case PERSIST_STATIC -> CUDNN_RNN_ALGO_PERSIST_STATIC;
      case PERSIST_DYNAMIC -> CUDNN_RNN_ALGO_PERSIST_DYNAMIC;
      case PERSIST_STATIC_SMALL_H -> CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H;
    };
  }

  private static int mode(Cell cell) {
    return switch (cell) {
      case LSTM -> CUDNN_LSTM;
      case GRU -> CUDNN_GRU;
      case RNN_TANH -> CUDNN_RNN_TANH;
      case RNN_RELU -> CUDNN_RNN_RELU;
      case GRU_RESET_BEFORE -> throw new IllegalArgumentException("cuDNN has no " + cell);
    };
  }

  private static int type(ElementType type) {
    return switch (type) {
      case F32 -> CUDNN_DATA_FLOAT;
      case F16 -> CUDNN_DATA_HALF;
      case BF16 -> CUDNN_DATA_BFLOAT16;
    };
  }

  /** F32 keeps to fused multiply-add; the default would round products to TF32. */
  private static int math(RnnSpec spec) {
    return switch (spec.precision()) {
      case TF32 -> CUDNN_DEFAULT_MATH;
      case F16, BF16 -> CUDNN_TENSOR_OP_MATH;
      case F32, F64, INT8 -> CUDNN_FMA_MATH;
    };
  }

  @Override
  public void buildDynamic(long network, int batch) {
    check("cudnnBuildRNNDynamic", cudnn.cudnnBuildRNNDynamic(handle, network(network), batch));
  }

  private cudnnRNNStruct network(long network) {
    return Objects.requireNonNull(networks.get(network), "no such network");
  }

  @Override
  public void destroyNetwork(long network) {
    cudnnRNNStruct gone = Objects.requireNonNull(networks.remove(network), "no such network");
    check("cudnnDestroyRNNDescriptor", cudnn.cudnnDestroyRNNDescriptor(gone));
  }

  @Override
  public long createSequences(DnnNetwork network, int steps, int batch, int features) {
    cudnnRNNDataStruct made = new cudnnRNNDataStruct();
    check("cudnnCreateRNNDataDescriptor", cudnn.cudnnCreateRNNDataDescriptor(made));
    int[] lengths = new int[batch];
    Arrays.fill(lengths, steps);
    int layout =
        network.choice().layout() == Layout.UNPACKED
            ? CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED
            : CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED;
    check(
        "cudnnSetRNNDataDescriptor",
        cudnn.cudnnSetRNNDataDescriptor(
            made, type(network.type()), layout, steps, batch, features, lengths, new HostBytes()));
    sequences.put(made.address(), made);
    return made.address();
  }

  @Override
  public void destroySequences(long descriptor) {
    cudnnRNNDataStruct gone = Objects.requireNonNull(sequences.remove(descriptor));
    check("cudnnDestroyRNNDataDescriptor", cudnn.cudnnDestroyRNNDataDescriptor(gone));
  }

  @Override
  public long createStates(DnnNetwork network, int batch, int units) {
    cudnnTensorStruct made = new cudnnTensorStruct();
    check("cudnnCreateTensorDescriptor", cudnn.cudnnCreateTensorDescriptor(made));
    int blocks = network.spec().layers() * network.spec().direction().count();
    check(
        "cudnnSetTensorNdDescriptor",
        cudnn.cudnnSetTensorNdDescriptor(
            made,
            type(network.type()),
            3,
            new int[] {blocks, batch, units},
            new int[] {batch * units, units, 1}));
    states.put(made.address(), made);
    return made.address();
  }

  @Override
  public void destroyStates(long descriptor) {
    cudnnTensorStruct gone = Objects.requireNonNull(states.remove(descriptor));
    check("cudnnDestroyTensorDescriptor", cudnn.cudnnDestroyTensorDescriptor(gone));
  }

  @Override
  public long weightBytes(long network) {
    try (SizeTPointer bytes = new SizeTPointer(1)) {
      check(
          "cudnnGetRNNWeightSpaceSize",
          cudnn.cudnnGetRNNWeightSpaceSize(handle, network(network), bytes));
      return bytes.get();
    }
  }

  @Override
  public WeightPart part(long network, int pseudoLayer, long weights, int part) {
    cudnnTensorStruct matrix = new cudnnTensorStruct();
    cudnnTensorStruct bias = new cudnnTensorStruct();
    check("cudnnCreateTensorDescriptor", cudnn.cudnnCreateTensorDescriptor(matrix));
    check("cudnnCreateTensorDescriptor", cudnn.cudnnCreateTensorDescriptor(bias));
    try (PointerPointer<Pointer> matrixAt = new PointerPointer<>(1);
        PointerPointer<Pointer> biasAt = new PointerPointer<>(1)) {
      matrixAt.put(0, new HostBytes());
      biasAt.put(0, new HostBytes());
      check(
          "cudnnGetRNNWeightParams",
          cudnn.cudnnGetRNNWeightParams(
              handle,
              network(network),
              pseudoLayer,
              weightBytes(network),
              new HostBytes().move(weights),
              part,
              matrix,
              matrixAt,
              bias,
              biasAt));
      Pointer m = matrixAt.get(0);
      Pointer b = biasAt.get(0);
      return new WeightPart(
          m == null || m.isNull() ? -1 : m.address() - weights,
          b == null || b.isNull() ? -1 : b.address() - weights);
    } finally {
      cudnn.cudnnDestroyTensorDescriptor(matrix);
      cudnn.cudnnDestroyTensorDescriptor(bias);
    }
  }

  @Override
  public Sizes sizes(long network, long x, Pass pass) {
    try (SizeTPointer work = new SizeTPointer(1);
        SizeTPointer reserve = new SizeTPointer(1)) {
      work.put(0);
      reserve.put(0);
      check(
          "cudnnGetRNNTempSpaceSizes",
          cudnn.cudnnGetRNNTempSpaceSizes(
              handle, network(network), mode(pass), sequences(x), work, reserve));
      return new Sizes(work.get(), pass == Pass.TRAINING ? reserve.get() : 0);
    }
  }

  private static int mode(Pass pass) {
    return pass == Pass.TRAINING ? CUDNN_FWD_MODE_TRAINING : CUDNN_FWD_MODE_INFERENCE;
  }

  private cudnnRNNDataStruct sequences(long id) {
    return Objects.requireNonNull(sequences.get(id), "no such sequences");
  }

  private cudnnTensorStruct states(long id) {
    return Objects.requireNonNull(states.get(id), "no such states");
  }

  /** The i-th of the pointers that are used again in every call. */
  private HostBytes at(int i, long address) {
    return operands[i].move(address);
  }

  private HostInts lengths(DnnCall c) {
    return lengths.move(c.lengths);
  }

  @Override
  public void forward(DnnCall c) {
    check(
        "cudnnRNNForward",
        cudnn.cudnnRNNForward(
            handle,
            network(c.network),
            mode(c.pass),
            lengths(c),
            sequences(c.xDesc),
            at(0, c.x),
            sequences(c.yDesc),
            at(1, c.y),
            states(c.hDesc),
            at(2, c.hx),
            at(3, c.hy),
            states(c.cDesc),
            at(4, c.cx),
            at(5, c.cy),
            c.weightBytes,
            at(6, c.weights),
            c.workBytes,
            at(7, c.work),
            c.reserveBytes,
            at(8, c.reserveBytes == 0 ? 0 : c.reserve)));
  }

  @Override
  public void backwardData(DnnCall c) {
    check(
        "cudnnRNNBackwardData_v8",
        cudnn.cudnnRNNBackwardData_v8(
            handle,
            network(c.network),
            lengths(c),
            sequences(c.yDesc),
            at(0, c.y),
            at(1, c.dy),
            sequences(c.xDesc),
            at(2, c.dx),
            states(c.hDesc),
            at(3, c.hx),
            at(4, c.dhy),
            at(5, c.dhx),
            states(c.cDesc),
            at(6, c.cx),
            at(7, c.dcy),
            at(8, c.dcx),
            c.weightBytes,
            at(9, c.weights),
            c.workBytes,
            at(10, c.work),
            c.reserveBytes,
            at(11, c.reserve)));
  }

  @Override
  public void backwardWeights(DnnCall c) {
    check(
        "cudnnRNNBackwardWeights_v8",
        cudnn.cudnnRNNBackwardWeights_v8(
            handle,
            network(c.network),
            CUDNN_WGRAD_MODE_ADD,
            lengths(c),
            sequences(c.xDesc),
            at(0, c.x),
            states(c.hDesc),
            at(1, c.hx),
            sequences(c.yDesc),
            at(2, c.y),
            c.weightBytes,
            at(3, c.dWeights),
            c.workBytes,
            at(4, c.work),
            c.reserveBytes,
            at(5, c.reserve)));
  }

  @Override
  public void close() {
    check("cudnnDestroyDropoutDescriptor", cudnn.cudnnDestroyDropoutDescriptor(noDropout));
    check("cudnnDestroy", cudnn.cudnnDestroy(handle));
  }
}
