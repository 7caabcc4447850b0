package dev.carousel.cuda;

/**
 * The calls to the CUDA driver that the backend makes, on one device and one stream. Addresses and
 * handles are numbers, so that a recording or emulating stand-in needs no GPU. Every failure is a
 * {@link dev.carousel.spi.BackendException} that names the call and its status.
 */
interface Driver extends AutoCloseable {
  /** What the device is. */
  DeviceFacts facts();

  /** Makes the device's context current for the calling thread. */
  void enter();

  /** Device memory, aligned to 256 bytes; 0 if there is not enough. */
  long allocate(long bytes);

  /** Gives device memory back. */
  void free(long address);

  /** Bytes of device memory that nobody uses. */
  long freeBytes();

  /** Page-locked host memory. */
  long allocatePinned(long bytes);

  /** Gives page-locked memory back. */
  void freePinned(long address);

  /** Starts a copy from pinned memory. */
  void upload(long pinned, long to, long bytes);

  /** Starts a copy to pinned memory. */
  void download(long from, long pinned, long bytes);

  /** Starts a copy within the device. */
  void copy(long from, long to, long bytes);

  /** Starts writing zeros. */
  void zero(long at, long bytes);

  /** Waits for everything started so far. */
  void synchronize();

  /** A new point in time, for {@link #mark}. */
  long createEvent();

  /** Gives an event back. */
  void destroyEvent(long event);

  /** Places an event behind everything started so far. */
  void mark(long event);

  /** Waits until the device has passed an event. */
  void await(long event);

  /** Milliseconds that the device spent between two events that it has passed. */
  float millis(long from, long to);

  /** Loads compiled kernels. */
  long load(byte[] image);

  /** One kernel of a loaded image. */
  long function(long module, String name);

  /**
   * Starts a kernel.
   *
   * @param arguments address of a host array of pointers, one to each argument; read before the
   *     call returns
   */
  void launch(long function, int gridX, int gridY, int block, long arguments);

  /** From here on calls are kept instead of started. */
  void beginCapture();

  /** Ends a capture and makes it launchable. */
  long endCapture();

  /** Ends a capture and forgets it; does nothing where there is none. */
  void abandonCapture();

  /** Starts everything that a capture kept. */
  void replay(long graph);

  /** Gives a capture back. */
  void destroyGraph(long graph);

  @Override
  void close();
}
