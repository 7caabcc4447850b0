package dev.carousel.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The two checkpoints a run keeps in its directory: {@code last.safetensors} to go on from, {@code
 * best.safetensors} to build the model from. Each is replaced in one step, so a run killed at any
 * moment still has the one before.
 */
public final class Checkpoints {
  private final Path directory;

  /** The checkpoints in {@code directory}, which the first save creates. */
  public Checkpoints(Path directory) {
    this.directory = directory;
  }

  /** Replaces the last checkpoint; see {@link Checkpoint#save}. */
  public void saveLast(Checkpoint checkpoint) {
    checkpoint.save(lastFile());
  }

  /** Replaces the best checkpoint; see {@link Checkpoint#save}. */
  public void saveBest(Checkpoint checkpoint) {
    checkpoint.save(bestFile());
  }

  /**
   * The last checkpoint, or empty if none was ever saved.
   *
   * @throws StoreException if there is one but it is damaged
   */
  public Optional<Checkpoint> last() {
    return load(lastFile());
  }

  /** The best checkpoint; as {@link #last}. */
  public Optional<Checkpoint> best() {
    return load(bestFile());
  }

  /** Where the last checkpoint is. */
  public Path lastFile() {
    return directory.resolve("last.safetensors");
  }

  /** Where the best checkpoint is. */
  public Path bestFile() {
    return directory.resolve("best.safetensors");
  }

  private static Optional<Checkpoint> load(Path file) {
    return AtomicFiles.exists(file) ? Optional.of(Checkpoint.load(file)) : Optional.empty();
  }
}
