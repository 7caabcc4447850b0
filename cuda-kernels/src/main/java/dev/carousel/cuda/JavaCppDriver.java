package dev.carousel.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_RELAXED;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The driver through JavaCPP. Only functions that CUDA 13.0 has: the bindings are made for a newer
 * one, and a symbol that is missing ends the process.
 */
final class JavaCppDriver implements Driver {
  private final int device;
  private final CUctx_st context = new CUctx_st();
  private final CUstream_st stream = new CUstream_st();
  private final DeviceFacts facts;
  private final List<CUmod_st> modules = new ArrayList<>();
  private final List<CUfunc_st> functions = new ArrayList<>();
  private final Map<Long, CUevent_st> events = new HashMap<>();
  private final Map<Long, CUgraphExec_st> graphs = new HashMap<>();
  private final HostBytes host = new HostBytes();
  private final HostBytes arguments = new HostBytes();

  /** Opens device {@code ordinal} with the context that NVIDIA's libraries use too. */
  JavaCppDriver(int ordinal) {
    check("cuInit", cudart.cuInit(0));
    int[] handle = new int[1];
    check("cuDeviceGet", cudart.cuDeviceGet(handle, ordinal));
    device = handle[0];
    check("cuDevicePrimaryCtxRetain", cudart.cuDevicePrimaryCtxRetain(context, device));
    enter();
    check("cuStreamCreate", cudart.cuStreamCreate(stream, CU_STREAM_NON_BLOCKING));
    facts = read();
  }

  private DeviceFacts read() {
    byte[] name = new byte[256];
    check("cuDeviceGetName", cudart.cuDeviceGetName(name, name.length, device));
    try (SizeTPointer bytes = new SizeTPointer(1)) {
      check("cuDeviceTotalMem", cudart.cuDeviceTotalMem(bytes, device));
      return new DeviceFacts(
          new String(name, StandardCharsets.UTF_8).trim(),
          attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
          attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
          attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
          bytes.get());
    }
  }

  private int attribute(int attribute) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", cudart.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  static void check(String call, int status) {
    if (status != CUDA_SUCCESS) {
      byte[] unknown = "unknown".getBytes(StandardCharsets.UTF_8);
      try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
        boolean known = cudart.cuGetErrorString(status, text) == CUDA_SUCCESS;
        byte[] meaning = known ? new BytePointer(text.get(0)).getStringBytes() : unknown;
        throw new LibraryException(call, status, new String(meaning, StandardCharsets.UTF_8));
      }
    }
  }

  /** The stream that all work runs on. */
  CUstream_st stream() {
    return stream;
  }

  @Override
  public DeviceFacts facts() {
    return facts;
  }

  @Override
  public void enter() {
    check("cuCtxSetCurrent", cudart.cuCtxSetCurrent(context));
  }

  @Override
  public long allocate(long bytes) {
    long[] address = new long[1];
    int status = cudart.cuMemAlloc(address, bytes);
    if (status == CUDA_ERROR_OUT_OF_MEMORY) {
      return 0;
    }
    check("cuMemAlloc", status);
    return address[0];
  }

  @Override
  public void free(long address) {
    check("cuMemFree", cudart.cuMemFree(address));
  }

  @Override
  public long freeBytes() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      check("cuMemGetInfo", cudart.cuMemGetInfo(free, total));
      return free.get();
    }
  }

  @Override
  public long allocatePinned(long bytes) {
    try (PointerPointer<Pointer> address = new PointerPointer<>(1)) {
      check("cuMemAllocHost", cudart.cuMemAllocHost(address, bytes));
      return address.get(0).address();
    }
  }

  @Override
  public void freePinned(long address) {
    check("cuMemFreeHost", cudart.cuMemFreeHost(host.move(address)));
  }

  @Override
  public void upload(long pinned, long to, long bytes) {
    if (bytes > 0) {
      check("cuMemcpyHtoDAsync", cudart.cuMemcpyHtoDAsync(to, host.move(pinned), bytes, stream));
    }
  }

  @Override
  public void download(long from, long pinned, long bytes) {
    if (bytes > 0) {
      check("cuMemcpyDtoHAsync", cudart.cuMemcpyDtoHAsync(host.move(pinned), from, bytes, stream));
    }
  }

  @Override
  public void copy(long from, long to, long bytes) {
    if (bytes > 0) {
      check("cuMemcpyDtoDAsync", cudart.cuMemcpyDtoDAsync(to, from, bytes, stream));
    }
  }

  @Override
  public void zero(long at, long bytes) {
    if (bytes > 0) {
      check("cuMemsetD8Async", cudart.cuMemsetD8Async(at, (byte) 0, bytes, stream));
    }
  }

  @Override
  public void synchronize() {
    check("cuStreamSynchronize", cudart.cuStreamSynchronize(stream));
  }

  @Override
  public long createEvent() {
    CUevent_st event = new CUevent_st();
    check("cuEventCreate", cudart.cuEventCreate(event, CU_EVENT_DEFAULT));
    events.put(event.address(), event);
    return event.address();
  }

  @Override
  public void destroyEvent(long event) {
    check("cuEventDestroy", cudart.cuEventDestroy(Objects.requireNonNull(events.remove(event))));
  }

  private CUevent_st event(long event) {
    return Objects.requireNonNull(events.get(event), "no such event");
  }

  @Override
  public void mark(long event) {
    check("cuEventRecord", cudart.cuEventRecord(event(event), stream));
  }

  @Override
  public void await(long event) {
    check("cuEventSynchronize", cudart.cuEventSynchronize(event(event)));
  }

  @Override
  public float millis(long from, long to) {
    float[] millis = new float[1];
    check("cuEventElapsedTime", cudart.cuEventElapsedTime(millis, event(from), event(to)));
    return millis[0];
  }

  @Override
  public long load(byte[] image) {
    CUmod_st module = new CUmod_st();
    try (BytePointer bytes = new BytePointer(image)) {
      check("cuModuleLoadData", cudart.cuModuleLoadData(module, bytes));
    }
    modules.add(module);
    return modules.size() - 1L;
  }

  @Override
  public long function(long module, String name) {
    CUfunc_st function = new CUfunc_st();
    check(
        "cuModuleGetFunction of " + name,
        cudart.cuModuleGetFunction(function, modules.get((int) module), name));
    functions.add(function);
    return functions.size() - 1L;
  }

  @Override
  public void launch(long function, int gridX, int gridY, int block, long pointers) {
    Pointer none = null;
    int status =
        cudart.cuLaunchKernel(
            functions.get((int) function),
            gridX,
            gridY,
            1,
            block,
            1,
            1,
            0,
            stream,
            (Pointer) arguments.move(pointers),
            none);
    if (status != CUDA_SUCCESS) {
      check("cuLaunchKernel of function " + function, status);
    }
  }

  @Override
  public void beginCapture() {
    check(
        "cuStreamBeginCapture",
        cudart.cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_RELAXED));
  }

  @Override
  public long endCapture() {
    CUgraph_st graph = new CUgraph_st();
    check("cuStreamEndCapture", cudart.cuStreamEndCapture(stream, graph));
    CUgraphExec_st executable = new CUgraphExec_st();
    try {
      check("cuGraphInstantiate", cudart.cuGraphInstantiate(executable, graph, 0));
    } finally {
      cudart.cuGraphDestroy(graph);
    }
    graphs.put(executable.address(), executable);
    return executable.address();
  }

  @Override
  public void abandonCapture() {
    CUgraph_st graph = new CUgraph_st();
    if (cudart.cuStreamEndCapture(stream, graph) == CUDA_SUCCESS && !graph.isNull()) {
      cudart.cuGraphDestroy(graph);
    }
  }

  @Override
  public void replay(long graph) {
    CUgraphExec_st executable = Objects.requireNonNull(graphs.get(graph), "no such graph");
    check("cuGraphLaunch", cudart.cuGraphLaunch(executable, stream));
  }

  @Override
  public void destroyGraph(long graph) {
    CUgraphExec_st executable = Objects.requireNonNull(graphs.remove(graph), "no such graph");
    check("cuGraphExecDestroy", cudart.cuGraphExecDestroy(executable));
  }

  @Override
  public void close() {
    modules.forEach(m -> check("cuModuleUnload", cudart.cuModuleUnload(m)));
    check("cuStreamDestroy", cudart.cuStreamDestroy(stream));
    check("cuDevicePrimaryCtxRelease", cudart.cuDevicePrimaryCtxRelease(device));
  }
}
