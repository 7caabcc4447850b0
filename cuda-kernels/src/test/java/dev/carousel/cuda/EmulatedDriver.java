package dev.carousel.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A device that is this machine: its memory is the host's, its kernels are {@link HostKernels}, and
 * a capture is a list. What is started is done at once. It keeps count of what was not given back
 * and fills fresh memory with NaN.
 */
final class EmulatedDriver implements Driver {
  private static final int ARGUMENTS = 24;
  private static final long CAPACITY = 1L << 30;

  private final Map<Long, Long> blocks = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private final Map<Long, List<Runnable>> graphs = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final List<String> launches = new ArrayList<>();
  private @Nullable List<Runnable> captured;
  private long next = 1;
  private long used;
  private boolean closed;
  private boolean idle;

  /** Computes nothing for a while, so that what the host does can be measured alone. */
  void idle(boolean now) {
    idle = now;
  }

  /** Whether nothing is computed. */
  boolean isIdle() {
    return idle;
  }

  /** Device memory, events and graphs that were not given back. */
  int outstanding() {
    return blocks.size() + graphs.size();
  }

  /** The kernels started so far. */
  List<String> launches() {
    return launches;
  }

  /** Does something now, or in each replay of what is being captured. */
  void start(Runnable work) {
    if (captured != null) {
      captured.add(work);
    } else {
      work.run();
    }
  }

  @Override
  public DeviceFacts facts() {
    return new DeviceFacts("Emulated GPU", 9, 0, 1, CAPACITY);
  }

  @Override
  public void enter() {
    if (closed) {
      throw new IllegalStateException("the device is closed");
    }
  }

  @Override
  public long allocate(long bytes) {
    if (used + bytes > CAPACITY) {
      return 0;
    }
    Pointer raw = Pointer.malloc(bytes + 256);
    Pointer.memset(raw, 0xff, bytes + 256);
    long address = (raw.address() + 255) / 256 * 256;
    blocks.put(address, raw.address());
    used += bytes;
    sizes.put(address, bytes);
    return address;
  }

  @Override
  public void free(long address) {
    Long raw = blocks.remove(address);
    if (raw == null) {
      throw new IllegalStateException("not allocated, or freed twice: " + address);
    }
    used -= Objects.requireNonNull(sizes.remove(address));
    Pointer.free(new HostBytes().move(raw));
  }

  @Override
  public long freeBytes() {
    return CAPACITY - used;
  }

  @Override
  public long allocatePinned(long bytes) {
    return allocate(bytes);
  }

  @Override
  public void freePinned(long address) {
    free(address);
  }

  @Override
  public void upload(long pinned, long to, long bytes) {
    copy(pinned, to, bytes);
  }

  @Override
  public void download(long from, long pinned, long bytes) {
    copy(from, pinned, bytes);
  }

  @Override
  public void copy(long from, long to, long bytes) {
    if (idle) {
      return;
    }
    start(() -> Pointer.memcpy(new HostBytes(to, bytes), new HostBytes(from, bytes), bytes));
  }

  @Override
  public void zero(long at, long bytes) {
    if (idle) {
      return;
    }
    start(() -> Pointer.memset(new HostBytes(at, bytes), 0, bytes));
  }

  @Override
  public void synchronize() {
    if (captured != null) {
      throw new IllegalStateException("a capture cannot wait");
    }
  }

  @Override
  public long createEvent() {
    return next++;
  }

  @Override
  public void destroyEvent(long event) {
    // nothing is kept
  }

  @Override
  public void mark(long event) {
    // all is done already
  }

  @Override
  public void await(long event) {
    // all is done already
  }

  @Override
  public float millis(long from, long to) {
    return 1;
  }

  @Override
  public long load(byte[] image) {
    return 1;
  }

  @Override
  public long function(long module, String name) {
    int found = HostKernels.find(name);
    if (found < 0) {
      throw new IllegalStateException("no kernel " + name);
    }
    names.put((long) found, name);
    return found;
  }

  @Override
  public void launch(long function, int gridX, int gridY, int block, long arguments) {
    if (idle) {
      return;
    }
    launches.add(Objects.requireNonNull(names.get(function)));
    if (captured == null) {
      HostKernels.run((int) function, gridX, gridY, block, arguments);
      return;
    }
    long[] values = new long[ARGUMENTS];
    LongPointer pointers = new LongPointer(new HostBytes().move(arguments));
    for (int i = 0; i < ARGUMENTS; i++) {
      values[i] = new LongPointer(new HostBytes().move(pointers.get(i))).get(0);
    }
    captured.add(() -> launchAgain((int) function, new int[] {gridX, gridY, block}, values));
  }

  private static void launchAgain(int function, int[] grid, long[] values) {
    try (LongPointer slots = new LongPointer(values);
        LongPointer pointers = new LongPointer(ARGUMENTS)) {
      for (int i = 0; i < ARGUMENTS; i++) {
        pointers.put(i, slots.address() + 8L * i);
      }
      HostKernels.run(function, grid[0], grid[1], grid[2], pointers.address());
    }
  }

  @Override
  public void beginCapture() {
    captured = new ArrayList<>();
  }

  @Override
  public long endCapture() {
    List<Runnable> kept = Objects.requireNonNull(captured, "no capture");
    captured = null;
    graphs.put(next, kept);
    return next++;
  }

  @Override
  public void abandonCapture() {
    captured = null;
  }

  @Override
  public void replay(long graph) {
    Objects.requireNonNull(graphs.get(graph), "no such graph").forEach(Runnable::run);
  }

  @Override
  public void destroyGraph(long graph) {
    graphs.remove(graph);
  }

  @Override
  public void close() {
    closed = true;
  }
}
